"""What to count: when an item is due, which line is riskiest, in which order a sheet goes along the shelves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.values import round_half_up

DAYS_BETWEEN = {"A": 30, "B": 91, "C": 182}
NEVER = 365
LEAST_ERROR = 20
A_SHARE, B_SHARE = 80, 95
SECONDS_A_LINE = 8
SHARE_RANGE = (Decimal(1), Decimal(50))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be counted. `qty` millionths, `value` minor units, `days` since it was counted (None: never),
    `error` past differences in thousandths of what was expected."""

    item_id: int
    location_id: int
    lot_id: int
    qty: int
    value: int
    abc_class: str
    days: int | None
    error: int = 0

    @property
    def place(self) -> tuple[int, int]:
        """Item and location: what is counted together whatever the lots."""
        return self.item_id, self.location_id


def classes_by_value(values: Mapping[int, int]) -> dict[int, str]:
    """ABC classes of items by their value: those that make 80 % of it are A, up to 95 % B, the rest C."""
    whole = sum(value for value in values.values() if value > 0)
    found: dict[int, str] = {}
    run = 0
    for item_id, value in sorted(values.items(), key=lambda one: (-one[1], one[0])):
        before = run
        run += max(value, 0)
        if value <= 0:
            found[item_id] = "C"
        else:
            found[item_id] = "A" if before * 100 < whole * A_SHARE else "B" if before * 100 < whole * B_SHARE else "C"
    return found


def days_between(abc_class: str) -> int:
    """How often a class is counted: A monthly, B quarterly, C half-yearly."""
    return DAYS_BETWEEN.get(abc_class, DAYS_BETWEEN["C"])


def due_in(one: Candidate) -> int:
    """Days until a line is due; 0 or less is due now."""
    return 0 if one.days is None else days_between(one.abc_class) - one.days


def risk(one: Candidate) -> int:
    """How much a count of this line is worth: days since counted times value times past error.

    What the book holds below zero is certainly wrong and comes first.
    """
    if one.qty < 0:
        return 2**62
    days = NEVER if one.days is None else one.days
    return (days + 1) * max(one.value, 1) * (LEAST_ERROR + one.error)


def due_lines(candidates: Iterable[Candidate], most: int | None) -> list[Candidate]:
    """What is due, longest overdue (in intervals of its class) first; lots of one place stay together."""
    due = [one for one in candidates if due_in(one) <= 0]
    late = {one.place: (NEVER if one.days is None else one.days) * 1000 // days_between(one.abc_class) for one in due}
    worth = _by_place(due, lambda one: max(one.value, 0))
    return _first(due, sorted(set(late), key=lambda place: (-late[place], -worth[place], place)), most)


def riskiest_lines(candidates: Sequence[Candidate], share: Decimal, most: int | None) -> list[Candidate]:
    """A sample of `share` percent of the places with goods, riskiest first; at least one."""
    if not SHARE_RANGE[0] <= share <= SHARE_RANGE[1]:
        raise InvalidInput(_("A spot count takes from 1 to 50 percent of the lines."), field="share")
    ranked = ranked_places(candidates)
    wanted = max(round_half_up(int(len(ranked) * share * 10), 1000), 1)
    return _first(candidates, ranked, min(wanted, most or wanted))


def ranked_places(candidates: Sequence[Candidate]) -> list[tuple[int, int]]:
    """Item and location, riskiest first."""
    risks = _by_place(candidates, risk)
    return sorted(risks, key=lambda place: (-risks[place], place))


def _by_place(candidates: Iterable[Candidate], weigh: Callable[[Candidate], int]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for one in candidates:
        found[one.place] = found.get(one.place, 0) + weigh(one)
    return found


def _first(candidates: Iterable[Candidate], places: Sequence[tuple[int, int]], most: int | None) -> list[Candidate]:
    wanted = {place: at for at, place in enumerate(places[:most] if most else places)}
    return sorted((one for one in candidates if one.place in wanted), key=lambda one: wanted[one.place])


def minutes_for(lines: int) -> int:
    """How long a count takes: about eight seconds a line, from reading the shelf to Enter."""
    return max(-(-lines * SECONDS_A_LINE // 60), 1) if lines else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line stands: its place, where it stood on the last good count there, and its name for sorting."""

    location_id: int
    learned: int | None
    sort_key: str
    code: str
    lot: str = ""


def walk_ranks(places: Mapping[int, tuple[int | None, int, str]]) -> dict[int, int]:
    """Rank of every place along the walk. `places` holds parent, walk order and code by id."""
    keys: dict[int, tuple[tuple[int, str], ...]] = {}

    def key(place_id: int) -> tuple[tuple[int, str], ...]:
        if place_id not in keys:
            parent, order, code = places[place_id]
            keys[place_id] = (*(key(parent) if parent is not None and parent in places else ()), (order, code))
        return keys[place_id]

    return {place_id: rank for rank, place_id in enumerate(sorted(places, key=key))}


def shelf_order(spots: Sequence[Spot], ranks: Mapping[int, int]) -> list[int]:
    """The numbers of the spots in the order of the walk: place, then as last time, then what is new by name."""

    def key(at: int) -> tuple[int, int, int, str, str, str]:
        spot = spots[at]
        is_new = spot.learned is None
        return ranks[spot.location_id], is_new, spot.learned or 0, spot.sort_key, spot.code, spot.lot

    return sorted(range(len(spots)), key=key)
