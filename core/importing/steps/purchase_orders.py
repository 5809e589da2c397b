"""Purchase orders from a file: the rows of one order's word are one order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core import purchasing
from core.clock import business_day
from core.errors import InvalidInput
from core.i18n import _, _n, join
from core.importing.rules.cells import Cell, day_of, price_of, quantity_of, rate_of, short, text_of, word_of
from core.importing.steps.known import Known, load_known
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.purchasing import NewOrder, NewOrderLine
from core.uow import UnitOfWork
from db.enums import OrderState, Permission

STATES = {
    "": OrderState.DRAFT, "draft": OrderState.DRAFT, "草稿": OrderState.DRAFT,
    "sent": OrderState.SENT, "已发送": OrderState.SENT,
    "confirmed": OrderState.CONFIRMED, "已确认": OrderState.CONFIRMED, "供应商已确认": OrderState.CONFIRMED,
}  # fmt: skip
COLUMNS = {"lines": "order"}
MOST_ASKED = 10


@dataclass(slots=True)
class _Group:
    """All rows of one order: what its head says, its lines, and their rows in the file."""

    row: int
    head: dict[str, Any] = field(default_factory=dict)
    lines: list[NewOrderLine] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def make_purchase_orders(uow: UnitOfWork, rows: Rows) -> Made:
    """Make the orders of a file: drafts, or ones that are sent or confirmed already. What is wrong is added to
    `rows.faults`; a passed day and figures far from the usual are asked about."""
    uow.require(Permission.PURCHASE_ORDER)
    known = load_known(uow, items=rows.words("item"))
    groups: dict[str, _Group] = {}
    for row in rows:
        _read(row, known, groups)
    made = Made()
    if rows.faults:
        return made
    orders = [(_order(word, group), group.head.get("state", OrderState.DRAFT)) for word, group in groups.items()]
    numbers = [number for group in groups.values() for number in group.rows]
    ids = make_all(rows, numbers, lambda: purchasing.bring_in_orders(uow, orders), COLUMNS)
    made.ids = {"orders": ids}
    if ids:
        _ask(uow, made, list(groups.values()))
    return made


def _order(word: str, group: _Group) -> NewOrder:
    head = group.head
    return NewOrder(
        head["supplier"], tuple(group.lines), head.get("deliver_on"), own_note=word, currency=head.get("currency", ""),
        rate=head.get("rate"),
    )  # fmt: skip


def _read(row: RowReader, known: Known, groups: dict[str, _Group]) -> None:
    word = row.text("order", 60)
    if not word:
        row.refuse("order", _("Which order? Rows with the same word here are one order."))
    item_id = known.item(row)
    if item_id is None and not row.is_filled("item"):
        row.refuse("item", _("Which item? Write its code, or the supplier's own."))
    qty = row.take("qty", quantity_of)
    if qty is None and not row.is_filled("qty"):
        row.refuse("qty", _("How much? Write the quantity."))
    price = row.take("price", price_of) if row.is_filled("price") else None
    unit, note = row.text("unit", 20), row.text("note", 200)
    group = groups.get(word) or _Group(row.row)
    _read_head(row, known, group, is_first=word not in groups)
    if row.is_wrong or item_id is None or qty is None:
        return
    groups[word] = group
    group.lines.append(NewOrderLine(item_id, qty, unit, price, note=note))
    group.rows.append(row.row)


def _read_head(row: RowReader, known: Known, group: _Group, *, is_first: bool) -> None:
    """Cells that speak of the whole order: what is empty is as in its other rows, another value is a mix."""
    read: dict[str, Callable[[], Any]] = {
        "supplier": lambda: known.supplier(row),
        "deliver_on": lambda: row.take("deliver_on", day_of),
        "currency": lambda: row.text("currency", 3).upper(),
        "rate": lambda: row.take("rate", rate_of),
        "state": lambda: row.take("state", _state_of),
    }
    for name, value_of in read.items():
        if not row.is_filled(name):
            continue
        value = value_of()
        if value is not None and group.head.setdefault(name, value) != value:
            row.refuse(name, _("Row {row} says something else of this order.", row=group.row))
    if is_first and "supplier" not in group.head:
        row.refuse("supplier", _("Which supplier? Write its code."))


def _state_of(cell: Cell) -> OrderState:
    word = text_of(cell)
    state = STATES.get(word_of(word))
    if state is None:
        raise InvalidInput(
            _("“{state}” is no state of an order in a file. Write draft, sent or confirmed.", state=short(word))
        )
    return state


def _ask(uow: UnitOfWork, made: Made, groups: list[_Group]) -> None:
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    passed = [group for group in groups if group.head.get("deliver_on") and group.head["deliver_on"] < today]
    if passed:
        question = _n(
            "{n} order was wanted on a day that has passed. Bring it in?",
            "{n} orders were wanted on days that have passed. Bring them in?",
            len(passed),
        )
        made.questions.append(("orders.passed", question))
    said = []
    for order_id, group in zip(made.ids["orders"], groups, strict=True):
        for line, slip in purchasing.find_slips(uow, order_id):
            said.append(_("Row {row}: {question}", row=group.rows[line - 1], question=slip.text))
    if said:
        made.questions.append(("orders.slips", join(said[:MOST_ASKED], "\n")))
