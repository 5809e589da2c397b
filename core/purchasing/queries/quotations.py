"""What a person can see of requests for quotation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from core import catalog, documents
from core.errors import NotFound
from core.i18n import Language, Name, _
from core.purchasing.rules.comparison import award_cheapest, award_to_one, supplier_sums
from core.purchasing.steps.papers_quotations import rfq_paper
from core.purchasing.steps.payables import calendar_today
from core.purchasing.steps.quotations import L, R, S, compared
from core.purchasing.types.quotations import (
    AskedSupplier,
    Landed,
    OfferRow,
    RfqCard,
    RfqLineRow,
    RfqRow,
    Seller,
    SupplierSum,
)
from core.registry import query
from core.uow import UnitOfWork
from core.values import round_decimal
from db.base import table_of
from db.catalog import Item, Supplier, SupplierTerm
from db.enums import Permission, RfqState
from db.identity import Person
from db.purchasing import PurchaseOrder

ITEM, SUPPLIER, PERSON, ORDER = table_of(Item), table_of(Supplier), table_of(Person), table_of(PurchaseOrder)


@query(Permission.PURCHASE_VIEW)
def list_rfqs(uow: UnitOfWork, *, is_open: bool = False, text: str = "") -> list[RfqRow]:
    """Requests for quotation, the newest first; `is_open`: those neither awarded nor closed; `text` in number, title, items
    and suppliers."""
    statement = _rows()
    if is_open:
        statement = statement.where(R.c.state.in_((RfqState.DRAFT, RfqState.SENT, RfqState.ANSWERED)))
    if text.strip():
        like = text.strip()
        items = (
            select(L.c.rfq_id)
            .join(ITEM, ITEM.c.id == L.c.item_id)
            .where(
                or_(*(column.icontains(like, autoescape=True) for column in (ITEM.c.code, ITEM.c.name, ITEM.c.name_en)))
            )
        )
        asked = (
            select(S.c.rfq_id)
            .join(SUPPLIER, SUPPLIER.c.id == S.c.supplier_id)
            .where(or_(*(column.icontains(like, autoescape=True) for column in (SUPPLIER.c.name, SUPPLIER.c.name_en))))
        )
        own = (column.icontains(like, autoescape=True) for column in (R.c.number, R.c.title))
        statement = statement.where(or_(*own, R.c.id.in_(items), R.c.id.in_(asked)))
    return [_row(uow, row) for row in uow.sql.execute(statement.order_by(R.c.id.desc()))]


@query(Permission.PURCHASE_ORDER)
def get_rfq(uow: UnitOfWork, *, rfq_id: int) -> RfqCard:
    """A request for quotation with all answers side by side by what they cost at the door. Raises NotFound."""
    found = uow.sql.execute(_rows().where(R.c.id == rfq_id)).first()
    if found is None:
        raise NotFound(_("This request for quotation is not there any more."), field="rfq")
    lines = _lines(uow, rfq_id)
    suppliers = uow.sql.execute(
        select(S, SUPPLIER.c.name, SUPPLIER.c.name_en)
        .join(SUPPLIER, SUPPLIER.c.id == S.c.supplier_id)
        .where(S.c.rfq_id == rfq_id)
        .order_by(S.c.id)
    ).all()
    stored, landed = compared(uow, lines, suppliers)
    sums = {one.supplier_id: one for one in supplier_sums(landed, len(lines))}
    wanted = {line.id: line.qty for line in lines}
    orders = uow.sql.execute(select(ORDER.c.id, ORDER.c.number).where(ORDER.c.rfq_id == rfq_id).order_by(ORDER.c.id))
    row = _row(uow, found)
    return RfqCard(
        row=row,
        note=found.note,
        lines=tuple(lines),
        suppliers=tuple(_asked(uow, one, sums.get(one.supplier_id), row) for one in suppliers),
        offers=_offers(uow, stored, landed, suppliers, lines),
        one_supplier=award_to_one(landed, wanted),
        cheapest=award_cheapest(landed, wanted),
        orders=tuple((one.id, one.number) for one in orders),
    )


def _rows() -> Any:
    lines = select(L.c.rfq_id, func.count().label("lines")).group_by(L.c.rfq_id).subquery()
    asked = (
        select(S.c.rfq_id, func.count().label("suppliers"), func.count(S.c.answered_at).label("answers"))
        .group_by(S.c.rfq_id)
        .subquery()
    )
    return (
        select(R, PERSON.c.name.label("by"), lines.c.lines, asked.c.suppliers, asked.c.answers)
        .join(PERSON, PERSON.c.id == R.c.person_id)
        .outerjoin(lines, lines.c.rfq_id == R.c.id)
        .outerjoin(asked, asked.c.rfq_id == R.c.id)
    )


def _row(uow: UnitOfWork, row: Any) -> RfqRow:
    state = RfqState(row.state)
    answers, suppliers = row.answers or 0, row.suppliers or 0
    is_waiting = state in (RfqState.SENT, RfqState.ANSWERED) and answers < suppliers
    return RfqRow(
        id=row.id,
        version=row.version,
        number=row.number,
        state=state,
        title=row.title,
        needed_on=row.needed_on,
        answer_by=row.answer_by,
        lines=row.lines or 0,
        suppliers=suppliers,
        answers=answers,
        is_overdue=is_waiting and row.answer_by is not None and row.answer_by < calendar_today(uow),
        by=row.by,
        created_at=row.created_at,
    )


def _lines(uow: UnitOfWork, rfq_id: int) -> list[RfqLineRow]:
    rows = uow.sql.execute(
        select(L, ITEM.c.code, ITEM.c.name, ITEM.c.name_en)
        .join(ITEM, ITEM.c.id == L.c.item_id)
        .where(L.c.rfq_id == rfq_id)
        .order_by(L.c.line)
    )
    return [
        RfqLineRow(
            row.id,
            row.line,
            row.item_id,
            row.code,
            Name(row.name, row.name_en),
            row.qty,
            row.unit,
            row.factor,
            row.note,
        )
        for row in rows
    ]


def _asked(uow: UnitOfWork, row: Any, found: SupplierSum | None, rfq: RfqRow) -> AskedSupplier:
    is_in_time = None
    if row.deliver_on is not None and rfq.needed_on is not None:
        is_in_time = row.deliver_on <= rfq.needed_on
    return AskedSupplier(
        supplier_id=row.supplier_id,
        supplier=Name(row.name, row.name_en),
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        is_declined=row.is_declined,
        currency=row.currency,
        rate=row.rate,
        is_tax_incl=row.is_tax_incl,
        freight=row.freight,
        deliver_on=row.deliver_on,
        valid_until=row.valid_until,
        note=row.note,
        lines=found.lines if found else 0,
        total=uow.money(found.total) if found else None,
        is_complete=found.is_complete if found else False,
        best=found.best if found else 0,
        is_in_time=is_in_time,
    )


def _offers(
    uow: UnitOfWork,
    stored: Sequence[Any],
    landed: Sequence[Landed],
    suppliers: Sequence[Any],
    lines: Sequence[RfqLineRow],
) -> tuple[OfferRow, ...]:
    supplier_of = {row.id: row.supplier_id for row in suppliers}
    rows = {(row.rfq_line_id, supplier_of[row.rfq_supplier_id]): row for row in stored}
    factors = {line.id: line.factor for line in lines}
    found = []
    for one in landed:
        row = rows[one.line_id, one.supplier_id]
        cost = uow.money(one.total) * factors[one.line_id] / one.qty
        found.append(
            OfferRow(
                one.line_id, one.supplier_id, row.price, row.unit, row.tax_rate, row.minimum_qty, row.lead_days,
                row.supplier_code, row.note, round_decimal(cost, 4), uow.money(one.total), one.rank,
                one.more, row.awarded_qty,
            )
        )  # fmt: skip
    return tuple(found)


@query(Permission.PURCHASE_VIEW)
def get_rfq_paper(uow: UnitOfWork, *, rfq_id: int, supplier_id: int, language: Language) -> documents.Paper:
    """The request on paper as one supplier gets it. Raises NotFound."""
    row = uow.sql.execute(select(R).where(R.c.id == rfq_id)).first()
    deal = catalog.load_suppliers(uow, [supplier_id]).get(supplier_id)
    if row is None or deal is None:
        raise NotFound(_("This request for quotation is not there any more."), field="rfq")
    return rfq_paper(uow, row, deal, language)


@query(Permission.PURCHASE_VIEW)
def list_sellers(uow: UnitOfWork, *, item_ids: tuple[int, ...]) -> list[Seller]:
    """Suppliers that may be asked, those who sell most of these items first, then by name."""
    sold = (
        select(SupplierTerm.supplier_id, func.count().label("known"))
        .where(SupplierTerm.item_id.in_(item_ids))
        .group_by(SupplierTerm.supplier_id)
        .subquery()
    )
    rows = uow.sql.execute(
        select(SUPPLIER.c.id, SUPPLIER.c.name, SUPPLIER.c.name_en, sold.c.known)
        .outerjoin(sold, sold.c.supplier_id == SUPPLIER.c.id)
        .where(SUPPLIER.c.is_active, SUPPLIER.c.is_blocked.is_(False))
    )
    found = [Seller(row.id, Name(row.name, row.name_en), row.known or 0) for row in rows]
    return sorted(found, key=lambda one: (-one.items, one.supplier.zh, one.supplier_id))
