"""Where goods are taken from: what lies at each place, which place a form proposes, and which others hold enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core import stock
from core.words import LocationKind
from desktop.stock.entry.finder import Finder
from desktop.widgets import number_words

MOST_OFFERED = 3
ROOMS = (LocationKind.SITE, LocationKind.AREA)


def held_by_place(
    rows: Sequence[stock.OnHandRow], *, usable_on: date | None = None, lot_id: int | None = None
) -> dict[int, Decimal]:
    """How much of an item lies at each place, in base units; with a day only what may be used on it."""
    held: dict[int, Decimal] = {}
    for row in rows:
        if (lot_id is None or row.lot_id == lot_id) and (usable_on is None or row.is_usable_on(usable_on)):
            held[row.location_id] = held.get(row.location_id, Decimal(0)) + row.qty
    return held


def place_options(finder: Finder, rows: Sequence[stock.OnHandRow], unit: str) -> list[tuple[int | None, str]]:
    """The places with what lies there, those that have some first, the fullest at the top."""
    held = held_by_place(rows)
    places = sorted(finder.usable_places(), key=lambda row: -held.get(row.location_id, Decimal(0)))
    return [(row.location_id, with_stock(finder.title_of(row), held.get(row.location_id), unit)) for row in places]


def with_stock(name: str, qty: Decimal | None, unit: str) -> str:
    """A place's name with what lies there."""
    return f"{name} · {number_words(qty)} {unit}" if qty else name


def proposed_place(
    finder: Finder, held: Mapping[int, Decimal], wanted: Sequence[int | None], avoided: int | None = None
) -> int | None:
    """The first of the wanted places that holds some, else the fullest; when none holds any, the first wanted one or a bin.

    Goods on their way, locked places and the avoided place (where a transfer goes) are never proposed.
    """
    open_ones = [row.location_id for row in finder.usable_places() if row.location_id != avoided]
    known = [place_id for place_id in wanted if place_id in open_ones]
    filled = {place_id: held[place_id] for place_id in open_ones if held.get(place_id, 0) > 0}
    if filled:
        first = next((place_id for place_id in known if place_id in filled), None)
        return first if first is not None else max(filled, key=lambda place_id: filled[place_id])
    return next(iter(known), None) or _first_bin(finder, open_ones)


def _first_bin(finder: Finder, open_ones: Sequence[int]) -> int | None:
    """Goods lie in bins: a room, or the whole site, only where there is nothing smaller."""
    rows = [row for row in finder.usable_places() if row.location_id in open_ones]
    rows.sort(key=lambda row: ROOMS[::-1].index(row.kind) + 1 if row.kind in ROOMS else 0)
    return rows[0].location_id if rows else None


def places_with(
    finder: Finder, held: Mapping[int, Decimal], need: Decimal, avoided: Sequence[int | None]
) -> list[tuple[int, Decimal]]:
    """Places that hold enough, the fullest first."""
    open_ones = {row.location_id for row in finder.usable_places()} - set(avoided)
    enough = [(place_id, qty) for place_id, qty in held.items() if qty >= need and place_id in open_ones]
    return sorted(enough, key=lambda one: -one[1])[:MOST_OFFERED]
