"""Sums of lines, and how those of categories roll up their tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from core.costing.rules.columns import COLUMNS

WIDTH = len(COLUMNS)


class Sums:
    """Whole numbers of one line while they are added up, in the order of COLUMNS: millionths and minor units.

    `unit` is None while nothing was added, and empty once units are mixed.
    """

    __slots__ = ("qty", "unit", "value", "variance")

    def __init__(self) -> None:
        self.qty = [0] * WIDTH
        self.value = [0] * WIDTH
        self.variance = 0
        self.unit: str | None = None

    def take_in(self, other: Sums) -> None:
        """Add another line; quantities in different units have no unit together."""
        self.qty = list(map(add, self.qty, other.qty))
        self.value = list(map(add, self.value, other.value))
        self.variance += other.variance
        self.unit = other.unit if self.unit in (None, other.unit) else ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A category with all below it: how deep it stands, and whether anything is below."""

    key: int
    depth: int
    has_children: bool
    sums: Sums


def roll_up(own: Mapping[int, Sums], parents: Mapping[int, int | None], order: Sequence[int]) -> list[Branch]:
    """The tree of categories in which something happened, parents before children, each with the sums of all below it.

    `own` are the sums of each category's own items, `parents` the category above, `order` the order among siblings.
    Keys that are in no tree (0: without category) stand at the end.
    """
    below: dict[int | None, list[int]] = defaultdict(list)
    for key in order:
        below[parents.get(key)].append(key)
    found: list[Branch] = []
    for root in below[None]:
        found.extend(_branch(root, 0, own, below)[1])
    seen = set(order)
    found.extend(Branch(key, 0, False, sums) for key, sums in own.items() if key not in seen)
    return found


def _branch(
    key: int, depth: int, own: Mapping[int, Sums], below: Mapping[int | None, Sequence[int]]
) -> tuple[Sums | None, list[Branch]]:
    whole: Sums | None = None
    children: list[Branch] = []
    for part, branches in _parts(key, depth, own, below):
        if part is None:
            continue
        whole = whole or Sums()
        whole.take_in(part)
        children += branches
    if whole is None:
        return None, []
    return whole, [Branch(key, depth, bool(children), whole), *children]


def _parts(
    key: int, depth: int, own: Mapping[int, Sums], below: Mapping[int | None, Sequence[int]]
) -> Iterator[tuple[Sums | None, list[Branch]]]:
    yield own.get(key), []
    for child in below.get(key, ()):
        yield _branch(child, depth + 1, own, below)
