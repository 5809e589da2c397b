"""Which fields the lines of a form have, and how they are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core import catalog, stock
from core.errors import CoreError
from core.i18n import Text, _
from core.values import parse_quantity
from desktop.stock.entry.finder import Finder
from desktop.widgets import (
    Choice,
    CodeEdit,
    DateEdit,
    Found,
    MoneyEdit,
    QtyEdit,
    RecordPicker,
    TextEdit,
    date_words,
    number_words,
)
from desktop.widgets.strip import Strip

_TIMES = re.compile(r"^[*\u00d7xX]\s*([\d.,]+)$")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a line of a form has.

    `unit` is the item's unit it starts with (purchase, issue, count, base). `comes_in`: lot and expiry are typed, else a
    lot that is there is chosen. `any_lot`: what expired or is blocked may be taken too. `scans_add`: a scan adds one pack
    at once. `reasons` are reasons of waste.
    """

    unit: str = "issue"
    comes_in: bool = False
    priced: bool = False
    signed: bool = False
    any_lot: bool = False
    place: Text | None = None
    reasons: bool = False
    note: bool = False
    scans_add: bool = True


@dataclass(frozen=True, slots=True)
class Times:
    """`*24` typed where an item was expected: the quantity of the line before."""

    qty: Decimal


def completion(finder: Finder) -> Callable[[str, Callable[[Sequence[Found]], None]], object]:
    """What the item field asks: `*24` first, everything else the finder."""

    def complete(text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        times = _TIMES.match(text.strip())
        if times is None:
            finder.complete(text, answer)
            return
        try:
            qty = parse_quantity(times[1])
        except CoreError:
            answer([])
            return
        words = _("Quantity of the line before: {qty}", qty=number_words(qty))
        answer([Found("times", "", words, "", Times(qty))])

    return complete


def make_fields(strip: Strip, finder: Finder, fields: Fields) -> None:
    """Put the fields of a form's lines into the bar."""
    strip.add("item", _("Item or scan"), RecordPicker(_("Item or scan"), completion(finder)), share=26)
    strip.add("qty", _("Quantity"), QtyEdit(_("Quantity"), negative=fields.signed), share=16)
    if fields.comes_in:
        strip.add("lot", _("Lot"), CodeEdit(_("Lot"), most=60), share=12)
        strip.add("expires_on", _("Expiry date"), DateEdit(_("Expiry date"), today=finder.today), share=14)
    else:
        strip.add("lot_id", _("Lot"), Choice(_("Lot"), [(None, _("First expired, first out"))], search=False), share=18)
    if fields.priced:
        strip.add("price", _("Unit price"), MoneyEdit(_("Unit price"), decimals=6), share=11)
        strip.add("value", _("Line value"), MoneyEdit(_("Line value")), share=11)
    if fields.reasons:
        strip.add("reason", _("Reason"), Choice(_("Reason"), search=False), share=17)
    if fields.place is not None:
        strip.add("place_id", fields.place, Choice(fields.place, search=False), share=18)
    if fields.note:
        strip.add("note", _("Note"), TextEdit(_("Note"), most=200), share=10)


def default_unit(fields: Fields, table: catalog.UnitTable) -> str:
    """The unit a line of this form starts with."""
    named = {"purchase": table.purchase, "issue": table.issue, "count": table.count}
    return named.get(fields.unit, table.base)


def lot_options(
    rows: Sequence[stock.OnHandRow], place_id: int | None, unit: str
) -> list[tuple[int | None, str | Text]]:
    """The lots of an item at a place, first expired first; before them the proposal to take them in that order."""
    here = [row for row in rows if row.lot_id and row.qty > 0 and place_id in (None, row.location_id)]
    here.sort(key=lambda row: (row.expires_on or date.max, row.lot))
    first: str | Text = _("First expired, first out")
    if here:
        first = _("First expired: {lot}", lot=_lot_words(here[0]))
    return [(None, first), *((row.lot_id, f"{_lot_words(row)} · {number_words(row.qty)} {unit}") for row in here)]


def _lot_words(row: stock.OnHandRow) -> str:
    return f"{row.lot} · {date_words(row.expires_on)}" if row.expires_on else row.lot
