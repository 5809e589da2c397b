"""What a person posts to the ledger: receipt, issue, waste, transfer, adjustment, returns, production, landed cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import catalog
from core.errors import InvalidInput
from core.i18n import _
from core.registry import command
from core.stock.rules.cost import unit_cost
from core.stock.steps import Desk, post_reversal
from core.stock.steps.desk import Line
from core.stock.steps.places import check_rights_at
from core.stock.steps.posting import check_backdating, post_and_tell
from core.stock.steps.reverse import moment_of_reversal
from core.stock.types import NewLine, NewPosting, Posted
from core.uow import UnitOfWork
from core.values import split_by_weights, to_minor
from db.enums import CostMethod, Permission, WasteStage
from db.enums import PostingKind as K
from db.prepared import Prepared
from db.stock import StockEntry, StockPosting, WasteReason

_REASONS = Prepared(select(WasteReason.code, WasteReason.needs_note).where(WasteReason.is_active))


def _post(uow: UnitOfWork, permission: Permission, new: NewPosting) -> Posted:
    return _post_and_tell(uow, permission, new)[0]


def _post_and_tell(uow: UnitOfWork, permission: Permission, new: NewPosting) -> tuple[Posted, list[Line]]:
    """Post, and say what lines it became."""
    check_rights_at(uow, permission, new.lines)
    check_backdating(uow, new.at)
    return post_and_tell(uow, new)


@command(Permission.STOCK_RECEIVE)
def receive_goods(
    uow: UnitOfWork,
    *,
    lines: tuple[NewLine, ...],
    supplier_id: int | None = None,
    document: str = "",
    at: datetime | None = None,
    note: str = "",
) -> Posted:
    """Receive goods.

    Each line says the quantity in any unit of the item and its unit cost or value; a new lot number makes the lot. The
    prices paid are kept in the price history. Raises InvalidInput, Refused; NeedsConfirmation for a delivery note that
    this supplier's receipts hold already.
    """
    if document and supplier_id:
        _ask_about_same_document(uow, supplier_id, document)
    new = NewPosting(K.RECEIPT, lines, at, supplier_id, document, note=note)
    posted, made = _post_and_tell(uow, Permission.STOCK_RECEIVE, new)
    catalog.record_paid_prices(uow, posting_lines=_paid(uow, made), supplier_id=supplier_id, at=at or uow.now)
    return posted


def _ask_about_same_document(uow: UnitOfWork, supplier_id: int, document: str) -> None:
    number = uow.sql.execute(
        select(StockPosting.number).where(
            StockPosting.document == document, StockPosting.supplier_id == supplier_id, StockPosting.kind == K.RECEIPT
        )
    ).scalar()
    if number is not None:
        question = _(
            "Delivery note {document} was received already, as {number}. Receive it again?",
            document=document,
            number=number,
        )
        uow.confirm("same_document", question, field="document")


def _paid(uow: UnitOfWork, made: Sequence[Line]) -> list[tuple[int, Decimal]]:
    """Item and price of one base unit in money, of the lines that cost something."""
    digits = uow.site.digits
    costs = [(line.item_id, unit_cost(line.qty, line.given, digits)) for line in made if line.given]
    return [(item_id, price) for item_id, price in costs if price is not None]


@command(Permission.STOCK_ISSUE)
def issue_goods(
    uow: UnitOfWork,
    *,
    lines: tuple[NewLine, ...],
    purpose: str = "",
    document: str = "",
    at: datetime | None = None,
    note: str = "",
) -> Posted:
    """Issue goods to a department, ticket or order.

    Without a lot the lots that expire first are taken. Raises Refused when there is too little, the lot is expired or
    blocked, or the place is locked.
    """
    return _post(
        uow, Permission.STOCK_ISSUE, NewPosting(K.ISSUE, lines, at, document=document, purpose=purpose, note=note)
    )


@command(Permission.STOCK_WASTE)
def record_waste(
    uow: UnitOfWork, *, lines: tuple[NewLine, ...], at: datetime | None = None, note: str = "", document: str = ""
) -> Posted:
    """Post waste.

    Each line has its reason and where it happened. Raises InvalidInput for an unknown reason or a missing note; Refused;
    NeedsConfirmation when the amount needs somebody's approval.
    """
    reasons = _REASONS.made(uow.sql, _by_code)
    for number, line in enumerate(lines, start=1):
        reason = reasons.get(line.reason)
        if reason is None:
            raise InvalidInput(_("Why was it lost? Choose one of the reasons."), field="reason", row=line.row or number)
        if reason.needs_note and not (line.note or note).strip():
            raise InvalidInput(_("This reason needs a note: what happened?"), field="note", row=line.row or number)
        if line.stage and line.stage not in tuple(WasteStage):
            raise InvalidInput(
                _("Where was it lost? Receiving, storage, processing or service."),
                field="stage",
                row=line.row or number,
            )
    return _post(uow, Permission.STOCK_WASTE, NewPosting(K.WASTE, lines, at, document=document, note=note))


def _by_code(rows: list[Any]) -> dict[str, Any]:
    return {row.code: row for row in rows}


@command(Permission.STOCK_TRANSFER)
def transfer_goods(
    uow: UnitOfWork, *, lines: tuple[NewLine, ...], at: datetime | None = None, document: str = "", note: str = ""
) -> Posted:
    """Transfer goods from place to place in one step.

    Moves no value. Raises Refused when there is too little or a place is locked.
    """
    return _post(uow, Permission.STOCK_TRANSFER, NewPosting(K.TRANSFER, lines, at, document=document, note=note))


@command(Permission.STOCK_ADJUST)
def adjust_stock(
    uow: UnitOfWork, *, lines: tuple[NewLine, ...], at: datetime | None = None, document: str = "", note: str = ""
) -> Posted:
    """Adjust stock up or down.

    The sign of a line's quantity says the direction; the note says why. Raises InvalidInput without a note.
    """
    if not note.strip() and not all(line.note.strip() or line.reason for line in lines):
        raise InvalidInput(_("Why is it adjusted? Write a note."), field="note")
    return _post(uow, Permission.STOCK_ADJUST, NewPosting(K.ADJUSTMENT, lines, at, document=document, note=note))


@command(Permission.STOCK_RETURN)
def return_to_supplier(
    uow: UnitOfWork,
    *,
    lines: tuple[NewLine, ...],
    supplier_id: int | None = None,
    document: str = "",
    at: datetime | None = None,
    note: str = "",
) -> Posted:
    """Return goods to the supplier.

    A line linked to its receipt leaves at that receipt's own cost, any other at the item's method. Raises Refused when
    more goes back than was received.
    """
    new = NewPosting(K.RETURN_TO_SUPPLIER, lines, at, supplier_id, document, note=note)
    return _post(uow, Permission.STOCK_RETURN, new)


@command(Permission.STOCK_RETURN)
def return_from_customer(
    uow: UnitOfWork, *, lines: tuple[NewLine, ...], document: str = "", at: datetime | None = None, note: str = ""
) -> Posted:
    """Take goods back from a customer or department.

    A line linked to its issue comes back at that issue's cost, any other at the current cost. Raises Refused when more
    comes back than was issued.
    """
    return _post(
        uow, Permission.STOCK_RETURN, NewPosting(K.RETURN_FROM_CUSTOMER, lines, at, document=document, note=note)
    )


@command(Permission.STOCK_PRODUCE)
def produce_goods(
    uow: UnitOfWork,
    *,
    made: tuple[NewLine, ...],
    used: tuple[NewLine, ...],
    at: datetime | None = None,
    document: str = "",
    note: str = "",
) -> Posted:
    """Post production: what was used and what was made of it.

    Without a value of its own what was made costs what was used. Raises Refused when something used is not there.
    """
    lines = (
        *(replace(line, kind=K.PRODUCTION_OUT) for line in used),
        *(replace(line, kind=K.PRODUCTION_IN) for line in made),
    )
    return _post(uow, Permission.STOCK_PRODUCE, NewPosting(K.PRODUCTION_IN, lines, at, document=document, note=note))


@command(Permission.STOCK_RECEIVE)
def add_landed_cost(
    uow: UnitOfWork, *, receipt_id: int, amount: Decimal, document: str = "", at: datetime | None = None, note: str = ""
) -> Posted:
    """Add landed cost such as freight to a receipt.

    `amount` in money is shared over its lines by their value (by quantity when they cost nothing) and belongs to them
    from the receipt's time on. Raises InvalidInput when the posting is no receipt.
    """
    rows = uow.sql.execute(
        select(StockEntry.id, StockEntry.item_id, StockEntry.location_id, StockEntry.qty, StockEntry.given)
        .where(StockEntry.posting_id == receipt_id, StockEntry.kind == K.RECEIPT, StockEntry.is_reversal.is_(False))
        .order_by(StockEntry.id)
    ).all()
    if not rows:
        raise InvalidInput(_("Landed cost belongs to a receipt. Choose one."), field="ref")
    weights = [row.given or 0 for row in rows]
    shares = split_by_weights(to_minor(amount, uow.site.digits), weights if sum(weights) else [row.qty for row in rows])
    lines = tuple(
        NewLine(row.item_id, Decimal(1), location_id=row.location_id, value=uow.money(share), link_id=row.id)
        for row, share in zip(rows, shares, strict=True)
    )
    return _post(
        uow,
        Permission.STOCK_RECEIVE,
        NewPosting(K.LANDED_COST, lines, at, document=document, ref_id=receipt_id, note=note),
    )


@command(Permission.STOCK_REVALUE)
def revalue_item(
    uow: UnitOfWork,
    *,
    item_id: int,
    method: CostMethod | None = None,
    standard: Decimal | None = None,
    at: datetime | None = None,
    note: str = "",
) -> Posted:
    """Change an item's cost method or standard cost from a moment on.

    `standard` is money for one base unit. Stock on hand is revalued at that moment. Raises InvalidInput when nothing
    changes or a standard cost is missing.
    """
    if method is None and standard is None:
        raise InvalidInput(_("Nothing changes. Choose another method or another standard cost."), field="method")
    if standard is not None and standard < 0:
        raise InvalidInput(_("A cost cannot be below zero."), field="standard")
    line = NewLine(item_id, Decimal(1), new_method=method, new_standard=standard)
    return _post(uow, Permission.STOCK_REVALUE, NewPosting(K.REVALUATION, (line,), at, note=note))


@command(Permission.STOCK_REVERSE)
def reverse_posting(uow: UnitOfWork, *, posting_id: int, note: str = "", at: datetime | None = None) -> Posted:
    """Reverse a posting by counter-entries.

    Nothing is deleted: each entry is taken back at its own value, now, or at its own moment when the goods were counted
    since. Raises Refused when it is reversed already or its goods are no longer there.
    """
    check_backdating(uow, at)
    desk = Desk(uow)
    moment = at if at is not None else moment_of_reversal(uow, posting_id)
    post_reversal(uow, desk, posting_id=posting_id, at=moment, note=note)
    return desk.close()[0]
