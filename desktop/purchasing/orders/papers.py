"""An order on its way to the preview."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from core import documents, purchasing
from desktop.context import AppContext
from desktop.printing.source import PaperSource


def order_source(office: Any, language: Any, order_id: int) -> PaperSource:
    """An order's paper; it can be made again in another language."""

    def ask(wanted: str) -> documents.Paper:
        found: documents.Paper = office.ask(purchasing.get_order_paper, order_id=order_id, language=wanted)
        return found

    return PaperSource("order", language, ask, owner_kind="order", owner_id=order_id)


def order_paper(context: AppContext, owner: QWidget, order_id: int) -> None:
    """Show an order as it would be printed."""
    context.shell.make_paper(owner, order_source(context.office, context.language, order_id))
