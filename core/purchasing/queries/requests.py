"""Requests of departments: the list, one with its lines, and its slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import aliased

from core.clock import business_day
from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.rules.states import REQUEST, can
from core.purchasing.types.requests import RequestCard, RequestLine, RequestRow
from core.purchasing.types.states import Event
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item, Supplier
from db.enums import LocationKind, Permission, RequestState
from db.identity import Person
from db.purchasing import PurchaseOrder, PurchaseOrderLine, PurchaseRequest, PurchaseRequestLine
from db.sql import total
from db.stock import Location, StockBalance

R, L = PurchaseRequest, PurchaseRequestLine
MOST_ROWS = 1000
DONE = (RequestState.ORDERED, RequestState.CANCELLED, RequestState.REJECTED)
ASKING = frozenset({Event.SUBMIT, Event.WITHDRAW, Event.CANCEL, Event.REOPEN})
DECIDING = frozenset({Event.APPROVE, Event.REJECT})


@query(None)
def list_requests(
    uow: UnitOfWork,
    *,
    states: tuple[RequestState, ...] = (),
    department: str = "",
    item_id: int | None = None,
    mine: bool = False,
    limit: int = 500,
) -> list[RequestRow]:
    """Purchase requests, newest first, with how much of each is ordered.

    Who may only request sees their own.
    """
    mine = _sees_own_only(uow) or mine
    wanted = _requests().order_by(R.id.desc()).limit(min(limit, MOST_ROWS))
    if states:
        wanted = wanted.where(R.state.in_(states))
    if department:
        wanted = wanted.where(R.department == department)
    if mine:
        wanted = wanted.where(R.person_id == uow.actor.person_id)
    if item_id is not None:
        wanted = wanted.where(R.id.in_(select(L.request_id).where(L.item_id == item_id)))
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    return [_row(row, today) for row in uow.sql.execute(wanted)]


@query(None)
def count_requests(uow: UnitOfWork, *, state: RequestState = RequestState.SUBMITTED) -> int:
    """How many purchase requests stand there."""
    wanted = select(func.count()).select_from(R).where(R.state == state)
    if _sees_own_only(uow):
        wanted = wanted.where(R.person_id == uow.actor.person_id)
    return int(uow.sql.execute(wanted).scalar_one())


@query(None)
def list_departments(uow: UnitOfWork) -> list[str]:
    """The departments that asked for goods so far, the one that asked last first."""
    _sees_own_only(uow)
    last = func.max(R.id)
    rows = uow.sql.execute(select(R.department).where(R.department != "").group_by(R.department).order_by(last.desc()))
    return list(rows.scalars())


@query(None)
def find_request(uow: UnitOfWork, *, number: str) -> int | None:
    """The request with this number (as its slip's barcode says), or None."""
    wanted = select(R.id).where(R.number == number.strip().upper())
    if _sees_own_only(uow):
        wanted = wanted.where(R.person_id == uow.actor.person_id)
    found = uow.sql.execute(wanted).scalar()
    return None if found is None else int(found)


@query(None)
def get_request(uow: UnitOfWork, *, purchase_request_id: int) -> RequestCard:
    """One purchase request with its lines. Raises NotFound."""
    decider = aliased(Person)
    extra = (R.location_id, R.submitted_at, R.decided_at, R.decision_note, decider.name.label("decider"))
    wanted = _requests().add_columns(*extra).outerjoin(decider, decider.id == R.decided_by_id)
    if _sees_own_only(uow):
        wanted = wanted.where(R.person_id == uow.actor.person_id)
    row = uow.sql.execute(wanted.where(R.id == purchase_request_id)).first()
    if row is None:
        raise NotFound(_("This purchase request is not there any more."), field="request")
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    lines = _lines(uow, purchase_request_id)
    head = _row(row, today)
    return RequestCard(
        row=head, location_id=row.location_id, lines=lines, submitted_at=row.submitted_at,
        decided_by=row.decider or "", decided_at=row.decided_at, decision_note=row.decision_note,
        can=_possible(uow, head, lines),
    )  # fmt: skip


def _sees_own_only(uow: UnitOfWork) -> bool:
    """Whether this person sees only what they asked for themselves. Raises NotAllowed for who may neither see purchasing
    nor request goods."""
    if uow.may(Permission.PURCHASE_VIEW):
        return False
    uow.require(Permission.PURCHASE_REQUEST)
    return True


def _possible(uow: UnitOfWork, row: RequestRow, lines: Sequence[RequestLine]) -> frozenset[str]:
    """What this person may do with a request as it stands."""
    found: set[str] = set()
    is_ordered = any(line.order_line_id is not None for line in lines)
    if uow.may(Permission.PURCHASE_REQUEST) and row.state is not RequestState.ORDERED:
        found |= {event for event in ASKING if can(REQUEST, row.state, event)}
        found |= {"edit"} if row.state is RequestState.DRAFT else set()
        found -= {Event.WITHDRAW, Event.CANCEL} if is_ordered else set()
    if uow.may(Permission.PURCHASE_APPROVE):
        found |= {event for event in DECIDING if can(REQUEST, row.state, event)}
    return frozenset(str(one) for one in found)


def _requests() -> Select[*tuple[Any, ...]]:
    """One row a request, with what its list shows; the names are of its first line."""
    sums = (
        select(
            L.request_id,
            func.count().label("lines"),
            total(case((L.order_line_id.is_not(None), 1), else_=0)).label("ordered"),
        )
        .group_by(L.request_id)
        .subquery()
    )
    wanted: Select[*tuple[Any, ...]] = select(
        R.id, R.version, R.number, R.state, R.department, R.needed_on, R.note, R.created_at, Person.name.label("by"),
        Location.name.label("place"), Location.name_en.label("place_en"), Item.name.label("item"),
        Item.name_en.label("item_en"), sums.c.lines, sums.c.ordered,
    )  # fmt: skip
    return (
        wanted.join(Person, Person.id == R.person_id)
        .join(sums, sums.c.request_id == R.id)
        .outerjoin(Location, Location.id == R.location_id)
        .join(L, and_(L.request_id == R.id, L.line == 1))
        .join(Item, Item.id == L.item_id)
    )


def _row(row: Any, today: date) -> RequestRow:
    state = RequestState(row.state)
    is_late = row.needed_on is not None and row.needed_on < today and state not in DONE
    return RequestRow(
        id=row.id, version=row.version, number=row.number, state=state, department=row.department,
        place=Name(row.place or "", row.place_en or ""), needed_on=row.needed_on, is_late=is_late, note=row.note,
        by=row.by, created_at=row.created_at, lines=row.lines, ordered=row.ordered,
        first_items=Name(row.item, row.item_en),
    )  # fmt: skip


def _lines(uow: UnitOfWork, request_id: int) -> tuple[RequestLine, ...]:
    b = StockBalance
    held = (
        select(total(b.qty))
        .join(Location, Location.id == b.location_id)
        .where(b.item_id == L.item_id, Location.kind != LocationKind.TRANSIT)
        .scalar_subquery()
    )
    rows = uow.sql.execute(
        select(
            L.id, L.line, L.item_id, L.qty, L.unit, L.base_qty, L.supplier_id, L.note, L.order_line_id,
            Item.code, Item.name, Item.name_en, Item.base_unit, Supplier.name.label("supplier"),
            Supplier.name_en.label("supplier_en"), PurchaseOrderLine.order_id, PurchaseOrder.number.label("order_number"),
            held.label("held"),
        )
        .join(Item, Item.id == L.item_id)
        .outerjoin(Supplier, Supplier.id == L.supplier_id)
        .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == L.order_line_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
        .where(L.request_id == request_id)
        .order_by(L.line)
    )  # fmt: skip
    return tuple(
        RequestLine(
            id=row.id, line=row.line, item_id=row.item_id, code=row.code, name=Name(row.name, row.name_en),
            qty=row.qty, unit=row.unit, base_qty=from_micro(row.base_qty), base_unit=row.base_unit,
            on_hand=from_micro(row.held), supplier_id=row.supplier_id,
            supplier=Name(row.supplier or "", row.supplier_en or ""), note=row.note, order_line_id=row.order_line_id,
            order_id=row.order_id, order_number=row.order_number or "",
        )
        for row in rows
    )  # fmt: skip
