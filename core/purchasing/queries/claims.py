"""Claims: the list with what is still expected, and one with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased

from core import catalog
from core.clock import business_day, day_ends_at, day_starts_at
from core.errors import NotFound
from core.i18n import _
from core.purchasing.rules.money import convert
from core.purchasing.steps.claims import ENDED
from core.purchasing.types.claims import ClaimCard, ClaimFilter, ClaimLineRow, ClaimRow, ClaimSum
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from db.base import table_of
from db.catalog import Item, Supplier
from db.enums import ClaimKind, ClaimState, Permission
from db.identity import Person
from db.purchasing import Claim, ClaimLine, Invoice, PurchaseReceipt
from db.stock import StockPosting

C, CL, R, P = Claim, ClaimLine, PurchaseReceipt, StockPosting
_NOTE = aliased(Invoice)
MOST = 2_000


@query(Permission.PURCHASE_VIEW)
def list_claims(uow: UnitOfWork, *, filters: ClaimFilter | None = None) -> list[ClaimRow]:
    """Claims, the newest first, with what is still to be credited of each."""
    filters = filters or ClaimFilter()
    listed = _heads().where(*_conditions(uow, filters)).order_by(C.created_at.desc(), C.id.desc())
    rows = uow.sql.execute(listed.limit(min(filters.limit, MOST))).all()
    return [_row(uow, row) for row in rows]


@query(Permission.PURCHASE_VIEW)
def get_claim(uow: UnitOfWork, *, claim_id: int) -> ClaimCard:
    """A claim with its lines, and where it would be mailed to. Raises NotFound."""
    head = uow.sql.execute(_heads().where(C.id == claim_id)).first()
    if head is None:
        raise NotFound(_("There is no such claim."), field="claim")
    deal = catalog.load_suppliers(uow, [head.supplier_id])[head.supplier_id]
    return ClaimCard(_row(uow, head), head.rate, _lines(uow, claim_id, head.currency), deal.claim_emails, deal.phone)


@query(Permission.PURCHASE_VIEW)
def sum_claims(uow: UnitOfWork, *, supplier_id: int | None = None) -> ClaimSum:
    """How much credit is still expected from all suppliers, or from one."""
    listed = select(C.created_at, C.currency, C.rate, C.asked, C.credited).where(C.state.not_in(ENDED))
    if supplier_id is not None:
        listed = listed.where(C.supplier_id == supplier_id)
    rows = uow.sql.execute(listed).all()
    expected = sum(_expected(uow, row) for row in rows)
    oldest = min((_day(uow, row.created_at) for row in rows), default=None)
    return ClaimSum(len(rows), uow.money(expected) if uow.may(Permission.COST_VIEW) else None, oldest)


@query(Permission.PURCHASE_VIEW)
def find_claim(uow: UnitOfWork, *, number: str) -> int | None:
    """The claim with this number; None when there is none."""
    return uow.sql.execute(select(C.id).where(func.lower(C.number) == number.strip().casefold())).scalar()


def _heads() -> Any:
    lines = select(func.count()).where(CL.claim_id == C.id).correlate(C).scalar_subquery()
    return (
        select(
            table_of(C), Supplier.name, Supplier.name_en, R.number.label("receipt"), P.number.label("returned"),
            _NOTE.number.label("credit_note"), Person.name.label("by"), lines.label("n"),
        )
        .join(Supplier, Supplier.id == C.supplier_id)
        .join(Person, Person.id == C.person_id)
        .outerjoin(R, R.id == C.receipt_id)
        .outerjoin(P, P.id == C.return_id)
        .outerjoin(_NOTE, _NOTE.id == C.credit_note_id)
    )  # fmt: skip


def _conditions(uow: UnitOfWork, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    zone, hour = uow.site.zone, uow.site.day_start_hour
    found: list[ColumnElement[bool]] = []
    for column, value in ((C.supplier_id, wanted.supplier_id), (C.receipt_id, wanted.receipt_id)):
        if value is not None:
            found.append(column == value)
    if wanted.states:
        found.append(C.state.in_([str(state) for state in wanted.states]))
    if wanted.is_waiting:
        found.append(C.state.not_in(ENDED))
    if wanted.since is not None:
        found.append(C.created_at >= day_starts_at(wanted.since, zone, hour))
    if wanted.until is not None:
        found.append(C.created_at <= day_ends_at(wanted.until, zone, hour))
    if wanted.text.strip():
        found.append(_says(wanted.text.strip().casefold()))
    return found


def _says(text: str) -> ColumnElement[bool]:
    def within(column: Any) -> ColumnElement[bool]:
        return func.lower(column).contains(text, autoescape=True)

    items = (within(Item.code), within(Item.name), within(Item.name_en))
    of_item = exists().where(CL.claim_id == C.id, Item.id == CL.item_id, or_(*items))
    names = (within(C.number), within(Supplier.name), within(Supplier.name_en), within(R.number), within(R.document))
    return or_(*names, within(C.note), of_item)


def _row(uow: UnitOfWork, row: Any) -> ClaimRow:
    digits = digits_of(row.currency)
    sees = uow.may(Permission.COST_VIEW)
    state = ClaimState(row.state)
    is_over = state in ENDED
    today = _day(uow, uow.now)
    return ClaimRow(
        id=row.id, version=row.version, number=row.number, state=state, supplier_id=row.supplier_id, supplier=row.name,
        supplier_en=row.name_en, receipt_id=row.receipt_id, receipt_number=row.receipt or "", return_id=row.return_id,
        return_number=row.returned or "", invoice_id=row.invoice_id, credit_note_id=row.credit_note_id,
        credit_note=row.credit_note or "", currency=row.currency,
        asked=from_minor(row.asked, digits) if sees else None,
        credited=from_minor(row.credited, digits) if sees else None,
        site_expected=uow.money(0 if is_over else _expected(uow, row)) if sees else None, lines=int(row.n),
        created_at=row.created_at, sent_at=row.sent_at, ended_at=row.ended_at,
        days=0 if is_over else (today - _day(uow, row.created_at)).days, by=row.by, note=row.note,
        end_note=row.end_note,
    )  # fmt: skip


def _day(uow: UnitOfWork, at: datetime) -> date:
    return business_day(at, uow.site.zone, uow.site.day_start_hour)


def _expected(uow: UnitOfWork, row: Any) -> int:
    """What is still to be credited, in minor units of the site's currency."""
    return convert(row.asked - row.credited, row.rate, digits_of(row.currency), uow.site.digits)


def _lines(uow: UnitOfWork, claim_id: int, currency: str) -> tuple[ClaimLineRow, ...]:
    rows: Sequence[Any] = uow.sql.execute(
        select(table_of(CL), Item.code, Item.name, Item.name_en)
        .join(Item, Item.id == CL.item_id)
        .where(CL.claim_id == claim_id)
        .order_by(CL.line)
    ).all()
    sees, digits = uow.may(Permission.COST_VIEW), digits_of(currency)
    return tuple(
        ClaimLineRow(
            row.id, row.line, ClaimKind(row.kind), row.item_id, row.code, row.name, row.name_en, row.receipt_line_id,
            row.qty, row.unit, from_minor(row.amount, digits) if sees else None, row.note,
        )
        for row in rows
    )  # fmt: skip
