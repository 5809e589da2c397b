"""The small store of counting's pages, counted with mistakes."""

from __future__ import annotations

from tests.desktop.counting.conftest import count_id, items

__all__ = ["count_id", "items"]
