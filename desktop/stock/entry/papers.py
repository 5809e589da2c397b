"""Slips on their way to the preview."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core import documents, stock
from core.i18n import Language, _
from core.office import Office
from core.words import PostingKind
from desktop.context import AppContext, Paper
from desktop.printing.source import PaperSource

PRINTED = (
    PostingKind.RECEIPT,
    PostingKind.ISSUE,
    PostingKind.TRANSFER,
    PostingKind.WASTE,
    PostingKind.ADJUSTMENT,
    PostingKind.RETURN_TO_SUPPLIER,
    PostingKind.RETURN_FROM_CUSTOMER,
    PostingKind.PRODUCTION_IN,
)


def slip_of(office: Office, language: Language, posting_id: int) -> PaperSource:
    """The slip of a posting."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(stock.get_slip, posting_id=posting_id, language=wanted)

    return PaperSource("slip", language, ask, owner_kind="posting", owner_id=posting_id)


def print_slip(context: AppContext, owner: QWidget, posting_id: int) -> None:
    """Show the slip of a posting in the preview."""
    context.shell.make_paper(owner, slip_of(context.office, context.language, posting_id))


def example_slips(kind: PostingKind) -> Callable[[Office, Language], list[Paper]]:
    """A maker of the newest slip of a kind, for the tour."""

    def examples(office: Office, language: Language) -> list[Paper]:
        rows = office.ask(stock.list_postings, kinds=(kind,), limit=1)
        return [slip_of(office, language, row.posting_id)() for row in rows]

    return examples


TITLES = {
    PostingKind.RECEIPT: _("Goods receipt slip"),
    PostingKind.ISSUE: _("Issue slip"),
    PostingKind.TRANSFER: _("Transfer slip"),
    PostingKind.WASTE: _("Waste slip"),
    PostingKind.ADJUSTMENT: _("Stock adjustment slip"),
    PostingKind.RETURN_TO_SUPPLIER: _("Supplier return slip"),
    PostingKind.RETURN_FROM_CUSTOMER: _("Goods return slip"),
    PostingKind.PRODUCTION_IN: _("Production slip"),
}
