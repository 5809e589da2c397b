"""Units of an item: exact factors between them, packs and physical units alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.catalog.types import PackUnit, UnitRow
from core.errors import InvalidInput
from core.i18n import Name, _
from core.values import MICRO, QTY_LIMIT, from_micro, plain, round_half_up

MOST_PACKS = 20
MOST_ALIKE = 200
MICRO_LIMIT = int(QTY_LIMIT) * MICRO
OTHER_NAMES = {
    "公斤": "kg",
    "kgs": "kg",
    "市斤": "斤",
    "ltr": "L",
    "litre": "L",
    "liter": "L",
    "公升": "L",
    "毫升": "ml",
    "cc": "ml",
    "ea": "each",
}
Ratio = tuple[int, int]


@dataclass(slots=True, eq=False)  # not frozen, though never changed: every line that is posted makes one
class UnitTable:
    """The units one item can be written in. `ratios` holds base units in one unit as numerator and denominator;
    `base_words` is the base unit as it stands behind a number: kg and ml by their sign, all others by name."""

    item_id: int
    code: str
    base: str
    purchase: str
    issue: str
    count: str
    ratios: Mapping[str, Ratio]
    names: Mapping[str, str]
    base_words: Name

    def units(self) -> tuple[str, ...]:
        """The item's units: base, packs, then physical ones."""
        return tuple(self.ratios)

    def has(self, unit: str) -> bool:
        """Whether the item can be written in this unit."""
        return not unit or unit in self.ratios or unit.casefold() in self.names

    def unit(self, unit: str) -> str:
        """The stored word of a unit named by code or name, the base unit for none. Raises InvalidInput."""
        if unit in self.ratios:
            return unit
        known = self.names.get(unit.casefold()) if unit else self.base
        if known is None:
            units = ", ".join(self.ratios)
            raise InvalidInput(
                _("{item} has no unit {unit}. It has: {units}.", item=self.code, unit=unit, units=units), field="unit"
            )
        return known

    def factor(self, unit: str) -> Decimal:
        """Base units in one unit (12 for a case of 12), rounded to six decimals where it is no such number."""
        return _decimal(*self.ratios[self.unit(unit)])

    def to_base(self, qty: Decimal, unit: str = "") -> Decimal:
        """A quantity in base units, exactly. Raises InvalidInput as `to_micro` does."""
        return from_micro(self.to_micro(qty, unit))

    def to_micro(self, qty: Decimal, unit: str = "") -> int:
        """The same as whole millionths. Raises InvalidInput for a unit the item does not have, or when the result would
        need more than six decimals."""
        word = self.unit(unit) if unit else self.base
        top, bottom = self.ratios[word]
        numerator, denominator = qty.as_integer_ratio()
        micro, rest = divmod(numerator * top * MICRO, denominator * bottom)
        if rest:
            raise InvalidInput(
                _(
                    "{qty} {unit} is no exact quantity in {base}: it would need more than six decimals.",
                    qty=qty,
                    unit=word,
                    base=self.base,
                ),
                field="qty",
            )
        if abs(micro) >= MICRO_LIMIT:
            raise InvalidInput(_("{qty} {unit} is too large for a quantity.", qty=qty, unit=word), field="qty")
        return micro

    def from_base(self, qty: Decimal, unit: str) -> Decimal:
        """A quantity in base units as shown in another unit, rounded to six decimals."""
        top, bottom = self.ratios[self.unit(unit)]
        numerator, denominator = qty.as_integer_ratio()
        return _decimal(numerator * bottom, denominator * top)

    def price_to_base(self, price: Decimal, unit: str) -> Decimal:
        """The price of one base unit, from that of one `unit`, rounded to six decimals."""
        return self.from_base(price, unit)

    def price_from_base(self, price: Decimal, unit: str) -> Decimal:
        """The price of one `unit`, from that of one base unit, rounded to six decimals."""
        top, bottom = self.ratios[self.unit(unit)]
        numerator, denominator = price.as_integer_ratio()
        return _decimal(numerator * top, denominator * bottom)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a unit table is made of, besides the packs."""

    item_id: int
    code: str
    base: str
    purchase: str = ""
    issue: str = ""
    count: str = ""


class Units:
    """All units of the site, prepared so that tables of many items are made quickly."""

    def __init__(self, rows: Sequence[UnitRow]) -> None:
        self.rows = {row.code: row for row in rows}
        self._physical: dict[str, list[tuple[str, int]]] = {}
        for row in rows:
            if row.dimension:
                self._physical.setdefault(row.dimension, []).append((row.code, _micro(row.factor)))
        self._shared: dict[tuple[str | PackUnit, ...], tuple[dict[str, Ratio], dict[str, str], Name]] = {}
        self._names: dict[tuple[str, ...], dict[str, str]] = {}

    def table(self, facts: UnitFacts, packs: Sequence[PackUnit]) -> UnitTable:
        """The unit table of one item: its base and packs as they are, and every unit of a dimension one of them has."""
        purposes = (facts.purchase, facts.issue, facts.count)
        return self.table_of(facts.item_id, facts.code, facts.base, purposes, packs)

    def table_of(
        self, item_id: int, code: str, base: str, purposes: tuple[str, str, str], packs: Sequence[PackUnit]
    ) -> UnitTable:
        """The same; `purposes` are the units it is bought, issued and counted in, empty for the base unit."""
        alike: tuple[str | PackUnit, ...] = (base, *packs)
        shared = self._shared.get(alike)
        if shared is None:
            if len(self._shared) >= MOST_ALIKE:
                self._shared.clear()
            shared = self._shared[alike] = self._ratios_names_words(base, packs)
        purchase, issue, count = purposes
        return UnitTable(item_id, code, base, purchase or base, issue or base, count or base, *shared)

    def _ratios_names_words(
        self, base: str, packs: Sequence[PackUnit]
    ) -> tuple[dict[str, Ratio], dict[str, str], Name]:
        """What all items with this base and these packs have in common."""
        ratios: dict[str, Ratio] = {base: (1, 1)}
        ratios.update({pack.unit: (_micro(pack.factor), MICRO) for pack in packs})
        for anchor in list(ratios):
            self._add_physical(ratios, anchor)
        return ratios, self._names_of(tuple(ratios)), self._words_of(base)

    def known_as(self, written: str) -> UnitRow | None:
        """The physical unit meant by another way to write it (KG, 公斤, kilogram); None when it is none."""
        word = written.casefold()
        for row in self.rows.values():
            if row.dimension and word in (row.code.casefold(), row.name.casefold(), row.name_en.casefold()):
                return row
        return self.rows.get(OTHER_NAMES.get(word, ""))

    def _words_of(self, code: str) -> Name:
        row = self.rows.get(code)
        if row is None or (row.dimension and code.isascii()):
            return Name(code, code)
        return Name(row.name or code, row.name_en)

    def _add_physical(self, ratios: dict[str, Ratio], anchor: str) -> None:
        row = self.rows.get(anchor)
        if row is None or not row.dimension:
            return
        top, bottom = ratios[anchor]
        own = _micro(row.factor)
        for code, size in self._physical[row.dimension]:
            ratios.setdefault(code, (top * size, bottom * own))

    def _names_of(self, codes: tuple[str, ...]) -> dict[str, str]:
        if codes not in self._names:
            found = {other: code for other, code in OTHER_NAMES.items() if code in codes}
            for code in reversed(codes):
                row = self.rows.get(code)
                for name in (row.name, row.name_en) if row else ():
                    found[name.casefold()] = code
            found.update({code.casefold(): code for code in reversed(codes)})
            self._names[codes] = found
        return self._names[codes]


def check_packs(base: str, packs: Sequence[PackUnit]) -> None:
    """Pack units are named once, are not the base unit, and hold more than nothing. Raises InvalidInput."""
    if len(packs) > MOST_PACKS:
        raise InvalidInput(_("An item has at most {n} pack units.", n=MOST_PACKS), field="pack_units")
    seen: set[str] = set()
    for pack in packs:
        if not pack.unit.strip():
            raise InvalidInput(_("A pack unit needs a name, such as case=12."), field="pack_units")
        if pack.unit == base:
            raise InvalidInput(_("{unit} is the base unit already: it holds 1.", unit=pack.unit), field="pack_units")
        if pack.unit in seen:
            raise InvalidInput(_("The pack unit {unit} is there twice.", unit=pack.unit), field="pack_units")
        seen.add(pack.unit)
        _check_factor(pack)


def _check_factor(pack: PackUnit) -> None:
    if not pack.factor.is_finite() or pack.factor <= 0:
        raise InvalidInput(
            _("One {unit} must hold more than 0 base units, not {factor}.", unit=pack.unit, factor=pack.factor),
            field="pack_units",
        )
    if pack.factor >= QTY_LIMIT or pack.factor * MICRO != (pack.factor * MICRO).to_integral_value():
        raise InvalidInput(
            _(
                "{factor} is no factor of {unit}: at most six decimals and below 1,000,000,000.",
                unit=pack.unit,
                factor=pack.factor,
            ),
            field="pack_units",
        )


def check_packs_fit(facts: UnitFacts, packs: Sequence[PackUnit], units: Units) -> None:
    """A physical pack unit of the base's own dimension is computed, never typed (kg is 1000 g). Raises InvalidInput."""
    base = units.rows.get(facts.base)
    for pack in packs:
        row = units.rows.get(pack.unit)
        if base and row and row.dimension and row.dimension == base.dimension:
            right = _decimal(_micro(row.factor), _micro(base.factor))
            if right != pack.factor:
                raise InvalidInput(
                    _(
                        "One {unit} is {right} {base}, not {factor}.",
                        unit=pack.unit,
                        right=right,
                        base=facts.base,
                        factor=pack.factor,
                    ),
                    field="pack_units",
                )


def _micro(number: Decimal) -> int:
    return int(number.scaleb(6))


def _decimal(numerator: int, denominator: int) -> Decimal:
    return plain(Decimal(round_half_up(numerator * MICRO, denominator)).scaleb(-6))
