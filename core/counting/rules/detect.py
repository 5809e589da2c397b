"""The variance detective: what is odd about a figure the moment it is entered, and what would explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.counting.types import Flag, FlagKind
from core.i18n import Text, _

NEAR = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A line just before or after on the sheet."""

    name: str
    expected: int
    counted: int | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the figure is held against, in millionths of the base unit.

    `packs` is base millionths in one of each pack unit; `movements` the signed quantities lately posted, by number.
    """

    expected: int
    last_counted: int | None = None
    packs: Mapping[str, int] | None = None
    neighbours: Sequence[Neighbour] = ()
    movements: Mapping[str, int] | None = None


def look(counted: int, around: Surroundings, *, sees_book: bool) -> tuple[Flag, ...]:
    """What is odd about a figure, the likeliest explanation first.

    Who counts blind is only told to look again when the figure is far from the last count; nothing of the book shows.
    """
    if not sees_book:
        return _look_blind(counted, around.last_counted)
    if counted == around.expected:
        return ()
    found = [*_explained(counted, around), *_size(counted, around.expected)]
    return tuple(found[:3])


def _look_blind(counted: int, last: int | None) -> tuple[Flag, ...]:
    if last is None or last <= 0:
        return ()
    is_far = counted * 2 < last or counted > last * 2
    return (Flag(FlagKind.LOOK_AGAIN),) if is_far else ()


def _explained(counted: int, around: Surroundings) -> list[Flag]:
    expected, found = around.expected, list[Flag]()
    if expected > 0 and counted > 0:
        found += _pack(counted, expected, around.packs or {})
        if _is_near(counted * 10, expected) or _is_near(counted, expected * 10):
            found.append(Flag(FlagKind.TEN))
        if is_swapped(counted, expected):
            found.append(Flag(FlagKind.SWAPPED))
    for one in around.neighbours:
        if counted == one.expected and counted > 0 and (one.counted is None or one.counted != one.expected):
            found.append(Flag(FlagKind.NEIGHBOUR, one.name))
            break
    missing = counted - expected
    for number, qty in (around.movements or {}).items():
        if qty == -missing or qty == missing:
            found.append(Flag(FlagKind.MOVEMENT, number))
            break
    return found


def _pack(counted: int, expected: int, packs: Mapping[str, int]) -> list[Flag]:
    for unit, size in packs.items():
        if size == 1_000_000:
            continue
        if _is_near(counted * size, expected * 1_000_000) or _is_near(counted * 1_000_000, expected * size):
            return [Flag(FlagKind.PACK, unit)]
    return []


def _size(counted: int, expected: int) -> list[Flag]:
    if expected <= 0:
        return [Flag(FlagKind.UNEXPECTED)]
    if counted == 0:
        return [Flag(FlagKind.ZERO)]
    if counted * 2 < expected:
        return [Flag(FlagKind.BELOW_HALF)]
    return [Flag(FlagKind.ABOVE_DOUBLE)] if counted > expected * 2 else []


def _is_near(one: int, other: int) -> bool:
    return abs(one - other) <= abs(other) * NEAR


def is_swapped(one: int, other: int) -> bool:
    """Whether two numbers differ only by two digits beside each other that changed places (54 and 45)."""
    first, second = str(one), str(other)
    if len(first) != len(second):
        return False
    apart = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]


def flag_words(flag: Flag) -> Text:
    """What to say about a flag."""
    about = flag.about
    words = {
        FlagKind.LOOK_AGAIN: _("Far from the last count. Please look once more."),
        FlagKind.ZERO: _("The book has stock here. Really none?"),
        FlagKind.BELOW_HALF: _("Less than half of the book."),
        FlagKind.ABOVE_DOUBLE: _("More than double the book."),
        FlagKind.UNEXPECTED: _("The book has none here."),
        FlagKind.PACK: _("Was it counted in {unit}? The figures differ by just that.", unit=about),
        FlagKind.TEN: _("Ten times more or less than the book: a digit too many or too few?"),
        FlagKind.SWAPPED: _("Two digits changed places?"),
        FlagKind.NEIGHBOUR: _("This is what the book has for {item}: two lines mixed up?", item=about),
        FlagKind.MOVEMENT: _("The difference is exactly {number}: entered twice, or not here?", number=about),
    }
    return words[flag.kind]
