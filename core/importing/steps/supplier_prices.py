"""Suppliers' price lists from a file: a row for the price of an item, further rows for what it costs from a quantity on.

What a file says of an item replaces what was agreed before: its price, the cells that are filled, and (where the file has
a column of quantities) all its price breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core import catalog
from core.clock import business_day
from core.i18n import _, _n
from core.importing.rules.cells import Cell, day_of, price_of, quantity_of, short, text_of, whole_of
from core.importing.steps.known import Known, load_known
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.importing.steps.updating import note_changes, plain_words
from core.uow import UnitOfWork
from db.enums import Permission

COLUMNS = {"breaks": "from_qty"}
SHARED: dict[str, Callable[[Cell], Any]] = {
    "supplier_code": text_of,
    "unit": text_of,
    "minimum_qty": quantity_of,
    "multiple_qty": quantity_of,
    "lead_days": whole_of,
    "valid_from": day_of,
    "valid_to": day_of,
}
Pair = tuple[int, int]


@dataclass(slots=True)
class _Group:
    """All rows of one item and supplier."""

    row: int
    rows: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    breaks: dict[Decimal, Decimal] = field(default_factory=dict)


def make_supplier_prices(uow: UnitOfWork, rows: Rows) -> Made:
    """Change suppliers' terms by the rows of a file. What is wrong is added to `rows.faults`."""
    uow.require(Permission.PRICE_EDIT)
    known = load_known(uow, items=rows.words("item"))
    own_codes = _own_codes(uow, rows, known)
    groups: dict[Pair, _Group] = {}
    for row in rows:
        _read(row, known, own_codes, groups)
    has_breaks = "from_qty" in rows.columns.values()
    edits = [
        catalog.TermEdit(item_id, supplier_id, _values(group, has_breaks=has_breaks))
        for (supplier_id, item_id), group in groups.items()
    ]
    numbers = [group.row for group in groups.values()]
    made = Made()
    if rows.faults:
        return made
    done = make_all(rows, numbers, lambda: catalog.revise_terms(uow, edits), COLUMNS)
    if done:
        _note(uow, made, list(groups.values()), edits, done)
    return made


def _values(group: _Group, *, has_breaks: bool) -> dict[str, Any]:
    steps = tuple(catalog.Break(start, price) for start, price in sorted(group.breaks.items()))
    return {**group.values, "breaks": steps} if has_breaks else group.values


def _own_codes(uow: UnitOfWork, rows: Rows, known: Known) -> dict[tuple[int, str], int]:
    """Items by supplier and the supplier's own code, for rows that name no item."""
    codes = {code for code in rows.words("supplier_code") if code}
    suppliers = {known.suppliers.get(name) or known.suppliers.get(name.casefold()) for name in rows.words("supplier")}
    return {
        (supplier_id, code): item_id
        for supplier_id in suppliers
        if supplier_id is not None and codes
        for code, item_id in catalog.find_item_by_supplier_code(uow, supplier_id, codes).items()
    }


def _read(row: RowReader, known: Known, own_codes: dict[tuple[int, str], int], groups: dict[Pair, _Group]) -> None:
    supplier_id = known.supplier(row)
    if supplier_id is None:
        row.refuse("supplier", _("Which supplier? Write its code."))
    item_id = _item(row, known, own_codes, supplier_id)
    price = _price(row)
    from_qty = row.take("from_qty", quantity_of) or Decimal(0)
    if from_qty < 0:
        row.refuse("from_qty", _("A price break starts from more than 0."))
    stated = _stated(row)
    if not row.is_filled("item"):
        stated.pop("supplier_code", None)  # it found the item: as it is written there it stays
    if row.is_wrong or supplier_id is None or item_id is None or price is None:
        return
    group = groups.setdefault((supplier_id, item_id), _Group(row.row))
    _add(row, group, from_qty, price)
    for name, value in stated.items():
        if group.values.setdefault(name, value) != value:
            row.refuse(name, _("Row {row} says something else of this item and supplier.", row=group.row))


def _add(row: RowReader, group: _Group, from_qty: Decimal, price: Decimal) -> None:
    group.rows += 1
    if from_qty in group.breaks or (not from_qty and "price" in group.values):
        row.refuse("from_qty", _("This item's price from {qty} stands in the file twice.", qty=from_qty))
    elif from_qty:
        group.breaks[from_qty] = price
    else:
        group.values["price"] = price


def _price(row: RowReader) -> Decimal | None:
    price = row.take("price", price_of)
    if price is None:
        row.refuse("price", _("What does it cost? Write the price."))
    elif not price:
        row.refuse("price", _("A price of 0 is no price. Leave the row out; goods for free need no price."))
    return price


def _item(row: RowReader, known: Known, own_codes: dict[tuple[int, str], int], supplier_id: int | None) -> int | None:
    if row.is_filled("item"):
        return known.item(row)
    code = row.text("supplier_code", 60)
    if not code:
        row.refuse("item", _("Which item? Write its code, or the supplier's own."))
        return None
    found = own_codes.get((supplier_id, code)) if supplier_id is not None else None
    if found is None and supplier_id is not None:
        row.refuse(
            "supplier_code",
            _("This supplier sells nothing under {code}. Write the item's own code once; it is remembered.", code=short(code)),
        )  # fmt: skip
    return found


def _stated(row: RowReader) -> dict[str, Any]:
    """The filled cells that are the same in all rows of an item."""
    return {name: row.take(name, read) for name, read in SHARED.items() if row.is_filled(name)}


def _note(
    uow: UnitOfWork,
    made: Made,
    groups: Sequence[_Group],
    edits: Sequence[catalog.TermEdit],
    done: Sequence[catalog.TermChange],
) -> None:
    """Keep what became of the file, and ask about what looks like a slip."""
    items, _tables = catalog.load_item_facts(uow, {edit.item_id for edit in edits})
    made.ids = {"terms": [], "prices": [one.price_id for one in done if one.price_id is not None]}
    jumps: list[_Jump] = []
    later: list[str] = []
    limits = {key: deal.price_jump_percent for key, deal in catalog.load_suppliers(uow, _suppliers(edits)).items()}
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    for group, edit, change in zip(groups, edits, done, strict=True):
        code = items[edit.item_id].code
        if change.is_new:
            made.ids["terms"].append(change.term_id)
            continue
        made.unchanged += 0 if change.facts else group.rows - 1
        note_changes(made, "terms", (change.term_id, code, group.row), dict(change.facts), _shown)
        before, after = change.facts.get("price", (None, None))
        if before is None or after is None:
            continue
        if "unit" not in change.facts:
            jumps += _jump(code, Decimal(before), Decimal(after), limits[edit.supplier_id])
        if (edit.values.get("valid_from") or date.min) > today:
            later.append(code)
    _ask(made, jumps, later)


def _suppliers(edits: Sequence[catalog.TermEdit]) -> set[int]:
    return {edit.supplier_id for edit in edits}


@dataclass(frozen=True, slots=True)
class _Jump:
    """A price that moved by more than is usual, in per cent of the old one."""

    percent: Decimal
    code: str
    before: Decimal
    after: Decimal


def _jump(code: str, before: Decimal, after: Decimal, limit: Decimal) -> list[_Jump]:
    if not before:
        return []
    percent = (after - before) * 100 / before
    return [_Jump(percent, code, before, after)] if abs(percent) > limit else []


def _ask(made: Made, jumps: list[_Jump], later: list[str]) -> None:
    if jumps:
        most = max(jumps, key=lambda one: abs(one.percent))
        question = _n(
            "{n} price moves far: {item} from {before} to {after} ({percent} %). Bring it in?",
            "{n} prices move far, most of all {item} from {before} to {after} ({percent} %). Bring them in?",
            len(jumps),
            item=most.code,
            before=most.before,
            after=most.after,
            percent=f"{most.percent:+.0f}",
        )
        made.questions.append(("prices.jump", question))
    if later:
        question = _n(
            "{n} new price begins on a later day and takes the place of today's ({items}). Bring it in now?",
            "{n} new prices begin on a later day and take the place of today's ({items}). Bring them in now?",
            len(later),
            items=", ".join(later[:5]),
        )
        made.questions.append(("prices.later", question))


def _shown(name: str, value: Any) -> tuple[str, str]:
    if name == "breaks":
        return "from_qty", "; ".join(f"{start}: {price}" for start, price in value or ())
    return name, plain_words(value)
