"""Changing an order: its head and its lines, and what that does to its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from core.edits import merge_edit
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import Name, _
from core.purchasing.rules.order_changes import is_same
from core.purchasing.rules.orders import check_rate
from core.purchasing.rules.states import ORDER, state_after
from core.purchasing.steps.orders.approval import approve_again, unapprove
from core.purchasing.steps.orders.awaited import RL, L, received_by_line
from core.purchasing.steps.orders.create import check_notes, check_place, line_values
from core.purchasing.steps.orders.market import Market, load_market
from core.purchasing.steps.orders.merge import merged_lines
from core.purchasing.steps.orders.records import last_sent, load_lines, order_facts
from core.purchasing.steps.requests import release_ordered
from core.purchasing.types.orders import NewOrderLine, OrderLineEdit
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.enums import OrderState
from db.purchasing import InvoiceLine

IL = table_of(InvoiceLine)
HEAD_FIELDS = ("deliver_on", "location_id", "note", "own_note", "rate", "supplier_ref")
LONGEST_REF = 60
S = OrderState


def merged_head(
    uow: UnitOfWork, row: Any, changes: Mapping[str, object], base: Mapping[str, object] | None, *, is_stale: bool
) -> dict[str, Any]:
    """The fields of an order's head to write, checked. Raises InvalidInput, Conflict, NotFound."""
    unknown = sorted(set(changes) - set(HEAD_FIELDS))
    if unknown:
        raise InvalidInput(_("An order has no field {field}.", field=unknown[0]), field=unknown[0])
    stored = {field: row._mapping[field] for field in HEAD_FIELDS}
    wanted: dict[str, Any] = merge_edit(changes=_trimmed(changes), base=base, stored=stored, is_stale=is_stale)
    check_notes(wanted.get("note", ""), wanted.get("own_note", ""))
    if len(wanted.get("supplier_ref", "")) > LONGEST_REF:
        raise InvalidInput(_("A number has at most {n} characters.", n=LONGEST_REF), field="supplier_ref")
    if "rate" in wanted:
        check_rate(wanted["rate"], row.currency, uow.site.currency)
    if "location_id" in wanted:
        check_place(uow, wanted["location_id"])
    return wanted


def _trimmed(changes: Mapping[str, object]) -> dict[str, object]:
    return {key: value.strip() if isinstance(value, str) else value for key, value in changes.items()}


def edit_of(line: Any) -> OrderLineEdit:
    """A stored line as a form has it."""
    return OrderLineEdit(
        line.id, line.item_id, line.qty, line.unit, line.price, bool(line.is_free), line.note, line.tax_rate
    )


def revise_lines(
    uow: UnitOfWork, row: Any, mine: Sequence[OrderLineEdit], base: Sequence[OrderLineEdit] | None, *, is_stale: bool
) -> set[int]:
    """Bring the lines of an order to what a form says; the ids of those written, or of a removed one.

    Raises Conflict where somebody else changed the same field, Refused for what has arrived already.
    """
    stored = load_lines(uow, row.id)
    edits = {line.id: edit_of(line) for line in stored}
    fresh = [line for line in mine if line.id is None]
    changed, removed = merged_lines(list(edits.values()), mine, base, is_stale=is_stale)
    if unknown := set(changed) - set(edits):
        raise NotFound(_("A line is not in this order ({line}).", line=min(unknown)), field="lines")
    if not (changed or removed or fresh):
        return set()
    if len(stored) - len(removed) + len(fresh) < 1:
        raise InvalidInput(_("An order needs at least one line."), field="lines")
    _check_removable(uow, stored, removed)
    wanted = {key: replace(edits[key], **values) for key, values in changed.items()}  # type: ignore[arg-type]
    market = load_market(uow, [row.supplier_id], [line.item_id for line in (*wanted.values(), *fresh)])
    _write_changed(uow, row, stored, wanted, market)
    if removed:
        release_ordered(uow, removed)
        uow.sql.execute(delete(L).where(L.c.id.in_(sorted(removed))))
    return {*wanted, *removed, *_add(uow, row, fresh, market, len(stored))}


def _values(market: Market, row: Any, line: OrderLineEdit, number: int) -> dict[str, Any]:
    new = NewOrderLine(line.item_id, line.qty, line.unit, line.price, line.is_free, line.note, line.tax_rate)
    try:
        return line_values(market, row.supplier_id, row.currency, new, keeps_price=line.id is not None)
    except (InvalidInput, NotFound, Refused) as fault:
        raise fault.in_row(number) from None


def _write_changed(
    uow: UnitOfWork, row: Any, stored: Sequence[Any], wanted: Mapping[int, OrderLineEdit], market: Market
) -> None:
    came = received_by_line(uow, L.c.order_id == row.id)
    for line in stored:
        if line.id not in wanted:
            continue
        values = _values(market, row, wanted[line.id], line.line)
        received = came.get(line.id, 0)
        if received and values["item_id"] != line.item_id:
            raise Refused(_("Of line {line} goods have come: its item stays.", line=line.line), field="lines")
        if values["base_qty"] < received:
            raise Refused(
                _(
                    "Of line {line} {received} have come already; less cannot be ordered. Close the line instead.",
                    line=line.line, received=from_micro(received) / line.factor,
                ),
                field="qty",
            ).in_row(line.line)  # fmt: skip
        uow.sql.execute(update(L).where(L.c.id == line.id).values(**values))


def _check_removable(uow: UnitOfWork, stored: Sequence[Any], removed: set[int]) -> None:
    if not removed:
        return
    ids = sorted(removed)
    tied = set(uow.sql.execute(select(RL.c.order_line_id).where(RL.c.order_line_id.in_(ids))).scalars())
    tied |= set(uow.sql.execute(select(IL.c.order_line_id).where(IL.c.order_line_id.in_(ids))).scalars())
    for line in stored:
        if line.id in tied:
            raise Refused(
                _(
                    "{item} was received or invoiced: its line stays. Close the line instead.",
                    item=Name(line.name, line.name_en),
                ),
                field="lines",
            ).in_row(line.line)


def _add(uow: UnitOfWork, row: Any, fresh: Sequence[OrderLineEdit], market: Market, count: int) -> set[int]:
    last = uow.sql.execute(select(L.c.line).where(L.c.order_id == row.id).order_by(L.c.line.desc()).limit(1)).scalar()
    made = set()
    for number, line in enumerate(fresh, start=(last or 0) + 1):
        values = {**_values(market, row, line, count + number), "order_id": row.id, "line": number}
        made.add(int(uow.sql.execute(insert(L).values(**values).returning(L.c.id)).scalar_one()))
    return made


def check_changeable(row: Any) -> None:
    """Refuse to change an order nothing can be changed of any more. Raises Refused."""
    if row.state != S.DRAFT:
        state_after(ORDER, S(row.state), Event.REVISE, row.number)


def state_after_change(uow: UnitOfWork, row: Any, *, is_worth_approval: bool) -> dict[str, Any]:
    """What a change does to an order that has been written already: the fields of its state to write with it.

    What was approved and never sent becomes a draft again when lines or rate changed. What was sent waits as approved to
    be sent anew, and is approved again by who changes it when it became dearer (NotAllowed over the limit). What is
    again as it was sent counts as sent.
    """
    state = S(row.state)
    if state is S.DRAFT:
        return {}
    if row.revision == 0:
        if state is not S.APPROVED or not is_worth_approval:
            return {}
        unapprove(uow, row)
        return {"state": str(state_after(ORDER, state, Event.REVISE, row.number)), "approved_at": None}
    if is_worth_approval:
        approve_again(uow, row)
    if state is S.PART_RECEIVED:
        return {}
    sent = last_sent(uow, row.id)
    if is_same(None if sent is None else sent.facts, order_facts(uow, row, load_lines(uow, row.id))):
        return {"state": str(S.SENT)} if state is S.APPROVED else {}
    return {"state": str(S.APPROVED), "confirmed_at": None}
