"""The small store of counting's tests, looked into."""

from __future__ import annotations

from tests.core.counting.conftest import sign_in, store

__all__ = ["sign_in", "store"]
