"""The house while its history is made: who posts, what stands where, what it costs today."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.clock import FixedClock
from core.sample.commands import Slips, post_sample_day
from core.sample.masters import Ids
from core.sample.people import Crew
from core.sample.prices import Prices
from core.sample.shelf import Piece, Shelf
from core.sample.tables import ItemSpec, items
from core.stock import NewLine, NewPosting

Typed = Callable[[int], None]
"""What is done once a slip is typed in; told the posting's id."""


ARRIVES_AT = {
    "S-01": (6, 50), "S-02": (7, 40), "S-03": (8, 10), "S-04": (8, 30), "S-05": (9, 20), "S-06": (9, 35),
    "S-07": (9, 50), "S-08": (10, 0), "S-09": (10, 5), "S-10": (10, 10),
}  # fmt: skip
"""When each supplier's truck stands at the door."""


def _nothing(posting_id: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line of a receipt: what came, for what a piece of work with it later needs."""

    posting_id: int
    supplier: str
    code: str
    place: str
    lot: str
    qty: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class Bought:
    """A delivery that came through an order, for the invoice to follow."""

    supplier: str
    day: date
    posting_id: int
    order_id: int
    order_lines: tuple[int, ...]
    lines: tuple[NewLine, ...]


@dataclass(slots=True)
class World:
    """Everything a day's work looks at. No posting is later than `now`. The books begin on `began`, the months lived day by
    day on `first`."""

    crew: Crew
    clock: FixedClock
    ids: Ids
    zone: ZoneInfo
    now: datetime
    chance: random.Random
    prices: Prices
    devices: Mapping[str, int] = field(default_factory=dict)
    shelf: Shelf = field(default_factory=Shelf)
    arrivals: list[Arrival] = field(default_factory=list)
    began: date = date.max
    first: date = date.max
    last: date = date.max
    bought: list[Bought] = field(default_factory=list)
    short: list[Bought] = field(default_factory=list)
    waiting: dict[str, list[tuple[NewPosting, Typed]]] = field(default_factory=dict)

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of a day on the site's clock."""
        return datetime.combine(day, time(hour, minute), self.zone)

    def is_past(self, moment: datetime) -> bool:
        """Whether that has happened by now."""
        return moment <= self.now

    def post(self, role: str, moment: datetime, postings: Sequence[NewPosting]) -> tuple[int, ...]:
        """Somebody types in documents at a moment; answers their ids."""
        if not postings:
            return ()
        self.set_clock(moment)
        return self.crew[role].do(post_sample_day, slips=Slips(postings))

    def hand_in(self, role: str, posting: NewPosting, then: Typed = _nothing) -> None:
        """A slip that this person types in later, with the others of the hour."""
        self.waiting.setdefault(role, []).append((posting, then))

    def type_in(self, role: str, moment: datetime) -> None:
        """The slips handed in so far are typed in, at this moment or now."""
        slips = self.waiting.pop(role, [])
        posted = self.post(role, min(moment, self.now), [posting for posting, _then in slips])
        for posting_id, (_posting, then) in zip(posted, slips, strict=True):
            then(posting_id)

    def type_in_all(self, role: str, moment: datetime) -> None:
        """All slips of everybody are typed in by one person, in the order of what happened."""
        slips = [posting for several in self.waiting.values() for posting, _then in several]
        self.waiting.clear()
        self.post(role, moment, sorted(slips, key=lambda one: one.at or moment))

    def set_clock(self, moment: datetime) -> None:
        """It is this late now; the clock never goes back."""
        self.clock.at = max(self.clock.at, moment)

    def spec(self, code: str) -> ItemSpec:
        """An item by its code."""
        return items()[code]

    def line(self, code: str, place: str, piece: Piece, **more: object) -> NewLine:
        """A line that takes or counts goods of one lot at a place."""
        return NewLine(
            self.ids.items[code],
            piece.qty,
            location_id=self.ids.places[place],
            lot=piece.lot,
            **more,  # type: ignore[arg-type]
        )

    def lines_taken(self, code: str, place: str, qty: Decimal, day: date, **more: object) -> list[NewLine]:
        """Take goods from a place, first expired first, as far as there are any; a line for each lot."""
        return [self.line(code, place, piece, **more) for piece in self.shelf.take(code, place, qty, day)]
