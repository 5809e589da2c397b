"""Counts in the palette: the number on a printed sheet, typed or scanned, opens its count."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import counting
from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import Found, Hit

SURE = 95.0
LEAST = 4


def find_counts(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Ask for the count whose sheet carries this number."""
    number = text.strip().upper()
    if len(number) < LEAST or not number.startswith(counting.PREFIX):
        found([])
        return

    def take(count_id: int | None) -> None:
        found([] if count_id is None else [_hit(context, count_id, number)])

    context.ops.ask(
        owner, counting.find_count, then=take, failed=lambda _error: found([]), key="counting.find", number=number
    )


def _hit(context: AppContext, count_id: int, number: str) -> Hit:
    return Hit(
        number,
        lambda: context.shell.go("stock.count", count_id=count_id),
        icon="count",
        group=context.words(_("Count")),
        score=SURE,
    )
