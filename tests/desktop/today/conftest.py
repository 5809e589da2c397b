"""The first page on the same real office as the review's pages."""

from __future__ import annotations

from tests.desktop.costing.conftest import room, shell, sign_in_without_costs

__all__ = ["room", "shell", "sign_in_without_costs"]
