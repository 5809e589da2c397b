"""The stock list and the recall list on their way to the preview."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core import documents, stock
from core.i18n import Language
from core.office import Office
from desktop.context import AppContext, Paper
from desktop.printing.source import PaperSource


def stock_paper(office: Office, language: Language, filters: stock.StockFilter) -> PaperSource:
    """The stock list."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(stock.get_stock_paper, filters=filters, language=wanted)

    return PaperSource("list", language, ask, "stock-list")


def recall_paper(office: Office, language: Language, lot_id: int) -> PaperSource:
    """The recall list of a lot."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(stock.get_recall_paper, lot_id=lot_id, language=wanted)

    return PaperSource("list", language, ask, "recall-list", "lot", lot_id)


def print_stock(context: AppContext, owner: QWidget, filters: stock.StockFilter) -> None:
    """Show the stock list in the preview."""
    context.shell.make_paper(owner, stock_paper(context.office, context.language, filters))


def print_recall(context: AppContext, owner: QWidget, lot_id: int) -> None:
    """Show the recall list of a lot in the preview."""
    context.shell.make_paper(owner, recall_paper(context.office, context.language, lot_id))


def stock_examples(office: Office, language: Language) -> list[Paper]:
    """The stock list of what is there, for the tour."""
    return [stock_paper(office, language, stock.StockFilter(with_stock=True))()]


def recall_examples(office: Office, language: Language) -> list[Paper]:
    """The recall list of the lot that expires first, for the tour."""
    lots = office.ask(stock.list_lots)
    return [recall_paper(office, language, lots[0].lot_id)()] if lots else []
