"""Papers of a delivery on their way to the preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from core import documents, purchasing
from core.i18n import Language
from core.office import Office
from desktop.context import AppContext
from desktop.printing.source import PaperSource


def source_of(
    office: Office, language: Language, kind: str, query: Callable[..., documents.Paper], owner: tuple[str, int],
    **args: Any,
) -> PaperSource:  # fmt: skip
    """A paper that can be made again in another language; `owner` is the record it tells of."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(query, language=wanted, **args)

    return PaperSource(kind, language, ask, owner_kind=owner[0], owner_id=owner[1])


def _show(context: AppContext, owner: QWidget, source: PaperSource) -> None:
    context.shell.make_paper(owner, source)


def delivery_slip(context: AppContext, owner: QWidget, receipt_id: int) -> None:
    """The slip of a delivery."""
    query, of = purchasing.get_delivery_paper, ("receipt", receipt_id)
    _show(context, owner, source_of(context.office, context.language, "receipt", query, of, receipt_id=receipt_id))


def put_away_list(context: AppContext, owner: QWidget, receipt_id: int) -> None:
    """Where the goods of a delivery go, in the order one walks."""
    query, of = purchasing.get_put_away_paper, ("receipt", receipt_id)
    _show(context, owner, source_of(context.office, context.language, "put_away", query, of, receipt_id=receipt_id))


def claim_slip(context: AppContext, owner: QWidget, claim_id: int) -> None:
    """What is claimed, to be signed by the driver."""
    query, of = purchasing.get_claim_paper, ("claim", claim_id)
    _show(context, owner, source_of(context.office, context.language, "claim", query, of, claim_id=claim_id))


def return_slip(context: AppContext, owner: QWidget, posting_id: int) -> None:
    """What goes back to the supplier."""
    query, of = purchasing.get_return_paper, ("posting", posting_id)
    _show(context, owner, source_of(context.office, context.language, "return", query, of, posting_id=posting_id))
