"""One line of a form that is not posted yet: what it holds, how it is kept as a draft, how it is told to the core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.i18n import Text
from core.stock import NewLine
from core.values import amount_of, plain


@dataclass(frozen=True, slots=True)
class Goods:
    """What a line knows of its item."""

    id: int
    code: str
    name: str
    name_en: str
    base_unit: str
    lot_tracked: bool = False

    def title(self, language: str) -> str:
        """The item's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line as typed. `id` is its own in the form; `price` is for one `unit`; a `value` that was typed goes before it.

    `left` is what of the line it returns can still go back; `side` says on which list of a production it stands.
    """

    id: int
    goods: Goods
    qty: Decimal
    unit: str
    lot: str = ""
    lot_id: int | None = None
    expires_on: date | None = None
    price: Decimal | None = None
    value: Decimal | None = None
    place_id: int | None = None
    to_place_id: int | None = None
    link_id: int | None = None
    left: Decimal | None = None
    reason: str = ""
    stage: str = ""
    note: str = ""
    side: str = ""
    error: Text | None = None
    error_field: str = ""

    def amount(self, digits: int) -> Decimal | None:
        """What the line comes to in money; None when no price is known."""
        if self.value is not None:
            return self.value
        return None if self.price is None else amount_of(self.qty, self.price, digits)

    def new_line(self, row: int) -> NewLine:
        """The line as the core takes it; `row` comes back with its errors."""
        return NewLine(
            self.goods.id,
            self.qty,
            self.unit,
            location_id=self.place_id,
            to_location_id=self.to_place_id,
            lot="" if self.lot_id else self.lot,
            lot_id=self.lot_id,
            expires_on=None if self.lot_id else self.expires_on,
            value=self.value,
            unit_cost=None if self.value is not None else self.price,
            link_id=self.link_id,
            reason=self.reason,
            stage=self.stage,
            note=self.note,
            row=row,
        )


_NUMBERS = ("qty", "price", "value", "left")
_PLAIN = ("unit", "lot", "lot_id", "place_id", "to_place_id", "link_id", "reason", "stage", "note", "side")


def line_to_draft(line: EntryLine) -> dict[str, Any]:
    """The line as plain words for a draft file."""
    goods = line.goods
    kept: dict[str, Any] = {
        "goods": [goods.id, goods.code, goods.name, goods.name_en, goods.base_unit, goods.lot_tracked]
    }
    kept.update({name: getattr(line, name) for name in _PLAIN if getattr(line, name)})
    numbers = {name: getattr(line, name) for name in _NUMBERS}
    kept.update({name: f"{plain(number):f}" for name, number in numbers.items() if number is not None})
    if line.expires_on is not None:
        kept["expires_on"] = line.expires_on.isoformat()
    return kept


def line_from_draft(kept: Mapping[str, Any], line_id: int) -> EntryLine:
    """The line of a draft. Raises ValueError, KeyError or TypeError for a draft that cannot be read."""
    goods_id, code, name, name_en, base_unit, lot_tracked = kept["goods"]
    goods = Goods(int(goods_id), str(code), str(name), str(name_en), str(base_unit), bool(lot_tracked))
    given: dict[str, Any] = {name: kept[name] for name in _PLAIN if name in kept}
    given.update({name: Decimal(kept[name]) for name in _NUMBERS if name in kept})
    if "expires_on" in kept:
        given["expires_on"] = date.fromisoformat(kept["expires_on"])
    return EntryLine(id=line_id, goods=goods, **given)
