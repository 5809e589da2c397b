"""The pages of the dock with something in them, for the pictures of the tour, and their papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.i18n import Language, Text, _
from core.office import Office
from core.words import ClaimKind
from core.words import Permission as P
from desktop.context import Paper
from desktop.purchasing.receive.page import ReceivePage
from desktop.purchasing.receive.papers import source_of
from desktop.shell.registry import PaperMaker, Variant


def _first_order(office: Office) -> Mapping[str, object]:
    rows = office.ask(purchasing.list_expected)
    return {"order_ids": (rows[0].order_id,)} if rows else {}


def _work(page: QWidget) -> None:
    """All as ordered but one line short, one over, one partly refused."""
    dock = cast(ReceivePage, page).dock
    dock.all_as_ordered()
    for line, fields in zip(dock.lines(), _DIFFERENCES, strict=False):
        dock.change(line.id, **fields(line.qty))
    if dock.lines():
        dock.go_to(dock.lines()[0].id)
    cast(ReceivePage, page).drafting.box.clear()


_DIFFERENCES: tuple[Callable[[Decimal], dict[str, Any]], ...] = (
    lambda qty: {"qty": qty - 1},
    lambda qty: {"qty": qty + 1},
    lambda qty: {"qty": qty - 1, "rejected": Decimal(1), "reject_reason": str(ClaimKind.DAMAGED)},
)


def _newest_receipt(office: Office) -> Mapping[str, object]:
    rows = office.ask(purchasing.list_receipts)
    return {"receipt_id": rows[0].id} if rows else {}


DOCK = (
    Variant("opened", find_args=_first_order),
    Variant("worked", find_args=_first_order, prepare=_work),
    Variant("blank", prepare=lambda page: cast(ReceivePage, page).opening.open_blank(lambda: None)),
)
RECEIPTS = (Variant("one", find_args=_newest_receipt),)
QUARANTINE: tuple[Variant, ...] = ()
RETURN = (Variant("form"), Variant("receipt", find_args=_newest_receipt))


def _of_receipts(kind: str, query: Callable[..., Any]) -> Callable[[Office, Language], list[Paper]]:
    def examples(office: Office, language: Language) -> list[Paper]:
        rows = [row for row in office.ask(purchasing.list_receipts) if row.posting_id is not None][:1]
        return [source_of(office, language, kind, query, ("receipt", row.id), receipt_id=row.id)() for row in rows]

    return examples


def _of_claims(office: Office, language: Language) -> list[Paper]:
    rows = office.ask(purchasing.list_claims)[:1]
    query = purchasing.get_claim_paper
    return [source_of(office, language, "claim", query, ("claim", row.id), claim_id=row.id)() for row in rows]


def _of_returns(office: Office, language: Language) -> list[Paper]:
    ids = [row.return_id for row in office.ask(purchasing.list_claims) if row.return_id is not None][:1]
    query = purchasing.get_return_paper
    return [source_of(office, language, "return", query, ("posting", one), posting_id=one)() for one in ids]


def example_papers() -> tuple[PaperMaker, ...]:
    """The papers of receiving."""
    made: tuple[tuple[str, Text, P, Callable[[Office, Language], list[Paper]]], ...] = (
        ("receipt", _("Goods receipt slip"), P.STOCK_VIEW, _of_receipts("receipt", purchasing.get_delivery_paper)),
        ("put_away", _("Put-away list"), P.STOCK_VIEW, _of_receipts("put_away", purchasing.get_put_away_paper)),
        ("claim", _("Claim slip"), P.PURCHASE_VIEW, _of_claims),
        ("return", _("Return slip"), P.STOCK_VIEW, _of_returns),
    )
    return tuple(PaperMaker(f"purchasing.{key}", title, right, examples) for key, title, right, examples in made)
