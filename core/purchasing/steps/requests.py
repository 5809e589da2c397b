"""Building blocks: requests as they are stored, and lines of them that come into an order or fall out of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import case, func, insert, select, update

from core import catalog
from core.errors import Conflict, CoreError, InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.rules.states import REQUEST, state_after
from core.purchasing.types.requests import NewRequestLine
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from core.values import to_micro
from db.base import table_of
from db.catalog import Supplier
from db.enums import RequestState
from db.purchasing import PurchaseRequest, PurchaseRequestLine
from db.sql import chunks
from db.stock import Location

R, L = PurchaseRequest, PurchaseRequestLine
MOST_LINES = 500
LONGEST_NOTE = 200


def load_request(uow: UnitOfWork, request_id: int, version: int | None = None) -> Any:
    """The stored row of a request, locked. Raises NotFound, Conflict when it is not in the version that was seen."""
    row = uow.sql.execute(select(R.__table__).where(R.id == request_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This purchase request is not there any more."), field="request")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {name} meanwhile. Look at it again.", name=row.number), base={}, mine={}, theirs={}
        )
    return row


def move_request(uow: UnitOfWork, row: Any, event: Event, **values: object) -> int:
    """Bring a loaded request where an event takes it; answers its new version. Raises Refused."""
    after = state_after(REQUEST, RequestState(row.state), event, row.number)
    uow.sql.execute(update(R).where(R.id == row.id).values(state=after, version=row.version + 1, **values))
    uow.note(number=row.number, changes={"state": [row.state, str(after)]})
    return int(row.version) + 1


def check_lines(uow: UnitOfWork, lines: Sequence[NewRequestLine]) -> list[NewRequestLine]:
    """The lines with stored units and clean notes. Raises InvalidInput or Refused with the row that is wrong."""
    if not lines:
        raise InvalidInput(_("Nothing is asked for yet. Add an item."), field="lines")
    if len(lines) > MOST_LINES:
        raise InvalidInput(_("At most {n} lines fit on one paper.", n=MOST_LINES), field="lines")
    facts, tables = catalog.load_item_facts(uow, [line.item_id for line in lines])
    known = _suppliers(uow, lines)
    checked = []
    for number, line in enumerate(lines, start=1):
        try:
            checked.append(_checked(line, facts.get(line.item_id), tables.get(line.item_id), known))
        except CoreError as fault:
            raise fault.in_row(number) from None
    return checked


def _checked(
    line: NewRequestLine, item: catalog.ItemFacts | None, table: catalog.UnitTable | None, known: Mapping[int, bool]
) -> NewRequestLine:
    if item is None or table is None:
        raise InvalidInput(_("There is no such item ({item_id}).", item_id=line.item_id), field="item")
    if not item.is_active:
        raise Refused(_("{item} is retired: nothing of it is ordered any more.", item=item.name), field="item")
    if line.qty <= 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")
    to_micro(line.qty)
    table.to_micro(line.qty, line.unit)
    if line.supplier_id is not None and not known.get(line.supplier_id):
        raise Refused(_("This supplier is retired or not there. Choose another one, or none."), field="supplier")
    note = " ".join(line.note.split())[:LONGEST_NOTE]
    return replace(line, unit=table.unit(line.unit), note=note)


def _suppliers(uow: UnitOfWork, lines: Sequence[NewRequestLine]) -> dict[int, bool]:
    ids = sorted({line.supplier_id for line in lines if line.supplier_id is not None})
    if not ids:
        return {}
    rows = uow.sql.execute(select(Supplier.id, Supplier.is_active).where(Supplier.id.in_(ids)))
    return {row.id: row.is_active for row in rows}


def check_place(uow: UnitOfWork, location_id: int) -> None:
    """A place goods are asked for is there. Raises InvalidInput."""
    if location_id and not uow.sql.execute(select(Location.is_active).where(Location.id == location_id)).scalar():
        raise InvalidInput(_("This place is retired or not there. Choose another one."), field="location")


def add_lines(uow: UnitOfWork, request_id: int, lines: Sequence[NewRequestLine]) -> None:
    """Write the lines of a request in order, in one statement."""
    tables = catalog.load_units(uow, [line.item_id for line in lines])
    rows = [
        {
            "request_id": request_id, "line": number, "item_id": line.item_id, "supplier_id": line.supplier_id,
            "qty": line.qty, "unit": line.unit, "base_qty": tables[line.item_id].to_micro(line.qty, line.unit),
            "note": line.note,
        }
        for number, line in enumerate(lines, start=1)
    ]  # fmt: skip
    uow.sql.execute(insert(table_of(L)), rows)


def stored_lines(uow: UnitOfWork, request_id: int) -> tuple[NewRequestLine, ...]:
    """The lines of a request as a form would give them."""
    rows = uow.sql.execute(
        select(L.item_id, L.qty, L.unit, L.supplier_id, L.note).where(L.request_id == request_id).order_by(L.line)
    )
    return tuple(NewRequestLine(*row) for row in rows)


def mark_ordered(uow: UnitOfWork, ordered: Mapping[int, Iterable[int]]) -> None:
    """Note which lines of requests came into which line of an order: {order line: request lines}. A request whose lines
    all stand in orders is ordered. Raises Refused when a line is no longer approved or was ordered by somebody else.

    Two statements for any number of lines up to 500, and one a request that is done with.
    """
    owner = {line_id: order_line_id for order_line_id, ids in ordered.items() for line_id in ids}
    if not owner:
        return
    touched: set[int] = set()
    for part in chunks(sorted(owner)):
        rows = uow.sql.execute(
            select(L.id, L.request_id, L.order_line_id, R.state, R.number)
            .join(R, R.id == L.request_id)
            .where(L.id.in_(part))
            .with_for_update()
        ).all()
        for row in rows:
            if row.order_line_id is not None or row.state != RequestState.APPROVED:
                raise Refused(
                    _("Request {number} was ordered or changed by somebody else. Look at it again.", number=row.number),
                    field="request",
                )
        if len(rows) < len(part):
            raise Refused(_("This purchase request is not there any more."), field="request")
        touched |= {row.request_id for row in rows}
        which = case({line_id: owner[line_id] for line_id in part}, value=L.id)
        uow.sql.execute(update(L).where(L.id.in_(part)).values(order_line_id=which))
    _settle(uow, touched)


def release_ordered(uow: UnitOfWork, order_line_ids: Iterable[int]) -> None:
    """Free the lines of requests that stood in these order lines (removed or cancelled): they wait to be ordered again."""
    touched: set[int] = set()
    for part in chunks(sorted(set(order_line_ids))):
        found = update(L).where(L.order_line_id.in_(part)).values(order_line_id=None).returning(L.request_id)
        touched |= set(uow.sql.execute(found).scalars())
    _settle(uow, touched)


def _settle(uow: UnitOfWork, request_ids: Iterable[int]) -> None:
    """Set requests to ordered when all their lines are, and back to approved when one is not."""
    ids = sorted(request_ids)
    if not ids:
        return
    left = func.sum(case((L.order_line_id.is_(None), 1), else_=0)).label("left")
    rows = uow.sql.execute(
        select(R.id, R.number, R.state, R.version, left)
        .join(L, L.request_id == R.id)
        .where(R.id.in_(ids))
        .group_by(R.id, R.number, R.state, R.version)
    ).all()
    for row in rows:
        if not row.left and row.state == RequestState.APPROVED:
            _settled(uow, row, Event.ORDER)
        elif row.left and row.state == RequestState.ORDERED:
            _settled(uow, row, Event.REOPEN)


def _settled(uow: UnitOfWork, row: Any, event: Event) -> None:
    after = state_after(REQUEST, RequestState(row.state), event, row.number)
    uow.sql.execute(update(R).where(R.id == row.id).values(state=after, version=row.version + 1))
