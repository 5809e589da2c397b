"""What may stand in the fields of an item or a category: each value as it is kept, or a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.catalog.rules.allergens import normal_allergens
from core.catalog.rules.codes import normal_code
from core.errors import InvalidInput
from core.i18n import Text, _
from core.values import MICRO, QTY_LIMIT
from db.enums import CostMethod, StorageKind

MOST_DAYS = 36_500
LONGEST_ALIASES = 400
LONGEST_NOTE = 10_000
Clean = Callable[[Any], object]


def line(text: str, longest: int, field: str) -> str:
    """A single line of text without control characters and blanks around. Raises InvalidInput when it is too long."""
    words = " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).split())
    if len(words) > longest:
        raise InvalidInput(
            _("“{start}…” is too long: at most {most} characters.", start=words[:20], most=longest), field=field
        )
    return words


def required(text: str, longest: int, field: str, missing: Text) -> str:
    """A line that must not be empty. Raises InvalidInput with `missing`."""
    words = line(text, longest, field)
    if not words:
        raise InvalidInput(missing, field=field)
    return words


def amount(number: Decimal | None, field: str) -> Decimal | None:
    """A price or quantity that is not negative, with at most six decimals, or none. Raises InvalidInput."""
    if number is None:
        return None
    number = Decimal(number)
    if not number.is_finite() or number < 0:
        raise InvalidInput(
            _("{number} is less than 0. Write 0 or more, or leave it empty.", number=number), field=field
        )
    if number >= QTY_LIMIT or number * MICRO != (number * MICRO).to_integral_value():
        raise InvalidInput(
            _("{number} cannot be kept: at most six decimals and below 1,000,000,000.", number=number), field=field
        )
    return number


def days(number: int | None, field: str) -> int | None:
    """A number of days from 1 to 100 years, or none. Raises InvalidInput."""
    if number is not None and not 1 <= number <= MOST_DAYS:
        raise InvalidInput(
            _("{n} is no number of days: write 1 to {most}, or leave it empty.", n=number, most=MOST_DAYS), field=field
        )
    return number


def tax(rate: Decimal | None) -> Decimal | None:
    """A tax rate in per cent (13 is 13 %), 0 to 100, or none. Raises InvalidInput."""
    rate = amount(rate, "tax_rate")
    if rate is not None and rate > 100:
        raise InvalidInput(_("{rate} is no tax rate: write per cent, 13 for 13 %.", rate=rate), field="tax_rate")
    return rate


def normal_aliases(aliases: Iterable[str]) -> str:
    """Other names, each once, as they are kept: a line each. Raises InvalidInput."""
    names = list(dict.fromkeys(name for name in (line(alias, 200, "aliases") for alias in aliases) if name))
    kept = "\n".join(names)
    if len(kept) > LONGEST_ALIASES:
        raise InvalidInput(
            _("The other names are too long together: at most {most} characters.", most=LONGEST_ALIASES),
            field="aliases",
        )
    return kept


def aliases_of(kept: str) -> tuple[str, ...]:
    """The opposite of `normal_aliases`."""
    return tuple(kept.split("\n")) if kept else ()


def _storage(word: str) -> str:
    if word not in tuple(StorageKind):
        raise InvalidInput(_("{word} is no storage kind: dry, chilled or frozen.", word=word), field="storage_kind")
    return str(StorageKind(word))


def _method(word: str) -> str:
    if word not in tuple(CostMethod):
        raise InvalidInput(_("The cost method is fifo, average, standard or lot."), field="cost_method")
    return str(CostMethod(word))


def _abc(word: str) -> str:
    if word not in ("", "A", "B", "C"):
        raise InvalidInput(_("{word} is no ABC class: A, B, C or empty.", word=word), field="abc_class")
    return word


def note_text(text: str) -> str:
    """A remark of several lines. Raises InvalidInput when it is too long."""
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(_("The remark is too long: at most {most} characters.", most=LONGEST_NOTE), field="note")
    return text.strip()


def _line(longest: int, field: str) -> Clean:
    return lambda text: line(text, longest, field)


def unit_word(text: str) -> str:
    """A unit as it is kept: at most 20 characters, half-width. Raises InvalidInput."""
    return line(unicodedata.normalize("NFKC", text), 20, "unit")


def _base_unit(text: str) -> str:
    word = unit_word(text)
    if not word:
        raise InvalidInput(_("An item needs a base unit, such as kg or each."), field="base_unit")
    return word


ITEM_FIELDS: Mapping[str, Clean] = {
    "code": normal_code,
    "name": lambda text: required(text, 200, "name", _("An item needs a name.")),
    "name_en": _line(200, "name_en"),
    "aliases": normal_aliases,
    "spec": _line(200, "spec"),
    "brand": _line(80, "brand"),
    "origin": _line(80, "origin"),
    "category_id": lambda key: key,
    "base_unit": _base_unit,
    "purchase_unit": unit_word,
    "issue_unit": unit_word,
    "count_unit": unit_word,
    "storage_kind": _storage,
    "shelf_life_days": lambda number: days(number, "shelf_life_days"),
    "opened_life_days": lambda number: days(number, "opened_life_days"),
    "allergens": normal_allergens,
    "tax_rate": tax,
    "sale_price": lambda number: amount(number, "sale_price"),
    "cost_method": _method,
    "standard_cost": lambda number: amount(number, "standard_cost"),
    "lot_tracked": bool,
    "abc_class": _abc,
    "note": note_text,
}


def cleaned(fields: Mapping[str, Clean], values: Mapping[str, object]) -> dict[str, object]:
    """Values of known fields as they are kept. Raises InvalidInput for a value, TypeError for a field there is not."""
    unknown = set(values) - set(fields)
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    return {field: fields[field](value) for field, value in values.items()}


def check_standard(cost_method: str | None, standard_cost: Decimal | None) -> None:
    """An item that is to be valued at standard needs the standard. Raises InvalidInput."""
    if cost_method == CostMethod.STANDARD and standard_cost is None:
        raise InvalidInput(
            _("An item valued at standard cost needs that cost, for one base unit."), field="standard_cost"
        )
