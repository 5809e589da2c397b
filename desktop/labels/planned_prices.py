"""Planned prices begin to hold when their day comes: whichever program is open sees to it, quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from desktop.context import AppContext

if TYPE_CHECKING:
    from core.labels import DuePrices
    from core.office import Office

HOUR_MS = 3_600_000


def carry_out_hourly(context: AppContext, owner: QWidget) -> QTimer:
    """Look now and every hour whether plans are due, and let them hold; labels need not wait for it."""

    def look() -> None:
        office = context.office
        context.ops.run(owner, lambda: _find_due(office), then=carry_out, failed=_quiet)

    def carry_out(due: DuePrices) -> None:
        if due.count:
            from core import labels

            context.ops.do(owner, labels.take_over_prices, request_id=due.request_id, failed=_quiet)

    timer = QTimer(owner)
    timer.setInterval(HOUR_MS)
    timer.timeout.connect(look)
    timer.start()
    look()
    return timer


def _find_due(office: Office) -> DuePrices:
    from core import labels  # on the thread that asks: it takes a moment when it is the first to need it

    return office.ask(labels.find_due_prices)


def _quiet(_error: CoreError) -> None:
    """An hour later it is looked at again."""
