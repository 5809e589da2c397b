"""The first page on the same real office as the review's pages."""

from __future__ import annotations

from tests.desktop.costing.conftest import context, room, settled, shell, shown, sign_in_without_costs

__all__ = ["context", "room", "settled", "shell", "shown", "sign_in_without_costs"]
