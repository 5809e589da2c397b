"""The lines of an invoice that is being typed, and all that can be done to them. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.i18n import Name, Text, _
from core.purchasing import NewInvoiceLine, PreviewLine, ProposedLine
from core.values import amount_of, plain, round_decimal
from core.words import InvoiceLineKind, SplitBy

FINE = 6
NOTHING = Name("")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the receipt says of a line: its number, how much in base units, and what that comes to at its price."""

    entry_id: int
    receipt: str
    base: Decimal
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line as it is typed, never signed; `id` is its own on the page. `amount` was stated; None: quantity times price.
    `expected` is the receipt's line it was proposed from, `made` what the core reckons of it, `is_unknown` a line of a
    file whose item nobody knows yet; `factor` counts once `has_factor` says that somebody looked it up."""

    id: int
    kind: InvoiceLineKind = InvoiceLineKind.GOODS
    item_id: int | None = None
    code: str = ""
    name: Name = NOTHING
    order_line_id: int | None = None
    order_number: str = ""
    supplier_code: str = ""
    description: str = ""
    qty: Decimal | None = None
    unit: str = ""
    factor: Decimal = Decimal(1)
    price: Decimal | None = None
    amount: Decimal | None = None
    tax_rate: Decimal | None = None
    split_by: SplitBy | None = None
    account: str = ""
    note: str = ""
    expected: Expected | None = None
    made: PreviewLine | None = None
    is_unknown: bool = False
    has_factor: bool = False
    error: Text | None = None
    error_field: str = ""

    @property
    def is_goods(self) -> bool:
        """Whether it is for goods."""
        return self.kind is InvoiceLineKind.GOODS

    def title(self, language: Any) -> str:
        """The item's name, else what the paper calls it."""
        return self.name.render(language) or self.description or self.supplier_code

    def total(self, digits: int) -> Decimal | None:
        """What the line comes to: as stated, else quantity times price; None while neither is known."""
        if self.amount is not None:
            return self.amount
        if self.price is None:
            return None
        return amount_of(Decimal(1) if self.qty is None else self.qty, self.price, digits)

    def is_empty(self) -> bool:
        """Whether nothing was said of it."""
        return self.item_id is None and self.amount is None and self.price is None and not self.description

    def missing(self, *, is_credit: bool) -> Text | None:
        """What must still be typed; None when it can be sent."""
        if self.is_goods and self.qty is None and not is_credit:
            return _("How many were invoiced? Write the quantity.")
        if self.amount is None and self.price is None:
            return _("What does it cost? Write the price or the amount of the line.")
        return None

    def changed(self, **said: Any) -> EntryLine:
        """The line with what was typed. Quantity and price make a new amount; an amount makes the price of one unit."""
        line = replace(self, error=None, error_field="", made=None, **said)
        if "amount" in said:
            if said["amount"] is not None and line.qty:
                line = replace(line, price=plain(round_decimal(said["amount"] / line.qty, FINE)))
        elif {"qty", "price"} & said.keys() and line.price is not None:
            line = replace(line, amount=None)
        return line

    def in_unit(self, unit: str, factor: Decimal) -> EntryLine:
        """The number that stands there, of another unit; the price follows, for it is of one unit."""
        if self.price is None:
            return replace(self, unit=unit, factor=factor, has_factor=True, made=None)
        price = plain(round_decimal(self.price * factor / self.factor, FINE))
        return replace(self, unit=unit, factor=factor, has_factor=True, price=price, amount=None, made=None)

    def new_line(self, row: int) -> NewInvoiceLine:
        """The line as the core takes it; `row` comes back with its errors."""
        is_goods = self.is_goods
        return NewInvoiceLine(
            kind=self.kind,
            item_id=self.item_id if is_goods else None,
            order_line_id=self.order_line_id if is_goods else None,
            supplier_code=self.supplier_code,
            description=self.description,
            qty=self.qty,
            unit=self.unit if is_goods else "",
            price=self.price,
            amount=self.amount,
            tax_rate=self.tax_rate,
            split_by=self.split_by if self.kind is InvoiceLineKind.CHARGE else None,
            account=self.account if self.kind is InvoiceLineKind.COST else "",
            note=self.note,
            row=row,
        )


def as_received(line: ProposedLine) -> EntryLine:
    """A receipt's line as its invoice should have it."""
    base = plain(round_decimal(line.qty * line.factor, FINE))
    is_made = line.price is not None and line.amount == line.qty * line.price
    return EntryLine(
        0, item_id=line.item_id, code=line.code, name=line.name, order_line_id=line.order_line_id,
        order_number=line.order_number, qty=line.qty, unit=line.unit, factor=line.factor, price=line.price,
        amount=None if is_made else line.amount, tax_rate=line.tax_rate,
        expected=Expected(line.entry_id, line.receipt, base, line.amount), has_factor=True,
    )  # fmt: skip


def _of_same_goods(line: EntryLine, waiting: Iterable[ProposedLine]) -> ProposedLine | None:
    """The receipt's line of the same order line or item; the one of the same quantity first."""
    if line.expected is not None or line.item_id is None or not line.is_goods or not line.has_factor:
        return None
    base = None if line.qty is None else line.qty * line.factor
    fitting = [one for one in waiting if one.item_id == line.item_id]
    ranked = sorted(fitting, key=lambda one: (one.order_line_id != line.order_line_id, one.qty * one.factor != base))
    return ranked[0] if ranked else None


def _tied(line: EntryLine, found: ProposedLine) -> EntryLine:
    expected = as_received(found).expected
    return replace(line, expected=expected, order_number=line.order_number or found.order_number)


class Lines(QObject):
    """`changed`: something of them is different; `went_to(line)`: work goes on at another line."""

    changed = Signal()
    went_to = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[EntryLine] = []
        self._last_id = self._current_id = 0
        self._is_typed = False
        self.digits = 2

    # --- reading

    def all(self) -> list[EntryLine]:
        """All lines, in their order."""
        return list(self._lines)

    def line(self, line_id: int) -> EntryLine | None:
        """A line by its id."""
        return next((line for line in self._lines if line.id == line_id), None)

    def current(self) -> EntryLine | None:
        """The line that is worked at."""
        return self.line(self._current_id)

    def has_typing(self) -> bool:
        """Whether a person said something of them that is not sent."""
        return self._is_typed and bool(self._lines)

    def taken(self) -> set[int]:
        """The receipts' entries that stand here already."""
        return {line.expected.entry_id for line in self._lines if line.expected is not None}

    # --- filling

    def start(self, lines: Iterable[EntryLine] = ()) -> None:
        """Begin with these; they count as not typed."""
        self._lines, self._current_id = [], 0
        self._append(lines)
        self._is_typed = False
        self.changed.emit()

    def add(self, lines: Iterable[EntryLine]) -> int:
        """Put lines behind the others and go to the first of them; answers how many."""
        fresh = self._append(lines)
        if fresh:
            self._is_typed = True
            self._current_id = fresh[0].id
            self.changed.emit()
            self.went_to.emit(fresh[0])
        return len(fresh)

    def _append(self, lines: Iterable[EntryLine]) -> list[EntryLine]:
        fresh = []
        for line in lines:
            self._last_id += 1
            fresh.append(replace(line, id=self._last_id))
        self._lines += fresh
        return fresh

    # --- changing

    def go_to(self, line_id: int) -> None:
        """Work goes on at this line."""
        if line_id != self._current_id and (line := self.line(line_id)) is not None:
            self._current_id = line_id
            self.went_to.emit(line)

    def step(self, by: int) -> None:
        """The next or the line before."""
        ids = [line.id for line in self._lines]
        if ids:
            at = ids.index(self._current_id) + by if self._current_id in ids else 0
            self.go_to(ids[min(max(at, 0), len(ids) - 1)])

    def change(self, line_id: int, **said: Any) -> None:
        """What was typed of a line."""
        self._replace(line_id, lambda line: line.changed(**said))

    def put_unit(self, line_id: int, unit: str, factor: Decimal) -> None:
        """The line counts in another unit."""
        self._replace(line_id, lambda line: line.in_unit(unit, factor))

    def mark_error(self, line_id: int, error: Text, field: str) -> None:
        """What is wrong with a line."""
        self._replace(line_id, lambda line: replace(line, error=error, error_field=field), is_typing=False)

    def tie(self, lines: Iterable[ProposedLine]) -> None:
        """Lines that were typed or read from a file stand beside the receipts' lines that wait for the same goods."""
        taken = self.taken()
        waiting = [line for line in lines if line.entry_id not in taken]
        for at, line in enumerate(self._lines):
            found = _of_same_goods(line, waiting)
            if found is not None:
                waiting.remove(found)
                self._lines[at] = _tied(line, found)

    def take_made(self, made: Mapping[int, PreviewLine]) -> None:
        """What the core reckons of the lines; where nobody named a unit, it says which one it takes."""
        self._lines = [
            replace(line, made=one, unit=line.unit or one.unit) if (one := made.get(line.id)) is not None else line
            for line in self._lines
        ]

    def unsized(self) -> list[EntryLine]:
        """Lines of goods in a unit nobody looked up yet."""
        return [one for one in self._lines if one.is_goods and one.item_id and one.unit and not one.has_factor]

    def take_factor(self, line_id: int, unit: str, factor: Decimal) -> None:
        """How many base units the unit of a line is; the line stays as it was typed."""
        self._lines = [
            replace(line, factor=factor, has_factor=True) if line.id == line_id and line.unit == unit else line
            for line in self._lines
        ]

    def remove(self, line_id: int) -> Callable[[], None]:
        """Take a line off; calling the answer puts it back."""
        at = next(place for place, line in enumerate(self._lines) if line.id == line_id)
        gone = self._lines.pop(at)
        if self._current_id == line_id and self._lines:
            self._current_id = self._lines[min(at, len(self._lines) - 1)].id
        self._is_typed = True
        self.changed.emit()

        def put_back() -> None:
            self._lines.insert(min(at, len(self._lines)), gone)
            self._current_id = gone.id
            self.changed.emit()
            self.went_to.emit(gone)

        return put_back

    def _replace(self, line_id: int, new: Callable[[EntryLine], EntryLine], *, is_typing: bool = True) -> None:
        self._lines = [new(line) if line.id == line_id else line for line in self._lines]
        self._is_typed = self._is_typed or is_typing
        self.changed.emit()


_WORDS = ("code", "order_number", "supplier_code", "description", "unit", "account", "note")
_IDS = ("item_id", "order_line_id")
_NUMBERS = ("qty", "factor", "price", "amount", "tax_rate")


def line_to_draft(line: EntryLine) -> dict[str, Any]:
    """What was typed of a line as plain words."""
    kept: dict[str, Any] = {"kind": str(line.kind), "name": [line.name.zh, line.name.en]}
    kept.update({name: value for name in (*_WORDS, *_IDS) if (value := getattr(line, name))})
    numbers = {name: getattr(line, name) for name in _NUMBERS}
    kept.update({name: f"{number:f}" for name, number in numbers.items() if number is not None})
    if line.has_factor:
        kept["sized"] = True
    if line.split_by is not None:
        kept["split_by"] = str(line.split_by)
    if line.expected is not None:
        one = line.expected
        kept["of"] = [one.entry_id, one.receipt, f"{one.base:f}", None if one.amount is None else f"{one.amount:f}"]
    return kept


def line_from_draft(kept: Mapping[str, Any]) -> EntryLine:
    """The line of a draft. Raises ValueError, KeyError or TypeError for one that cannot be read."""
    given: dict[str, Any] = {name: kept[name] for name in (*_WORDS, *_IDS) if name in kept}
    given.update({name: Decimal(kept[name]) for name in _NUMBERS if name in kept})
    given["has_factor"] = bool(kept.get("sized"))
    if "split_by" in kept:
        given["split_by"] = SplitBy(kept["split_by"])
    if "of" in kept:
        entry_id, receipt, base, amount = kept["of"]
        given["expected"] = Expected(int(entry_id), receipt, Decimal(base), None if amount is None else Decimal(amount))
    return EntryLine(0, kind=InvoiceLineKind(kept["kind"]), name=Name(*kept["name"]), **given)
