"""Where missing stock can come from, and what can be picked now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A place that holds the item: `spare` millionths above its own safety stock, and how far it is."""

    location_id: int
    spare: int
    distance: int


def shares_from(need: int, sources: Sequence[Source]) -> list[tuple[Source, int]]:
    """How much to take from which place: one place that can give all if there is one, the nearest of them; otherwise
    nearest first until the need is met or nothing is spare. All in millionths."""
    able = [source for source in sources if source.spare > 0]
    whole = [source for source in able if source.spare >= need]
    if whole:
        nearest = min(whole, key=_order)
        return [(nearest, need)]
    found: list[tuple[Source, int]] = []
    for source in sorted(able, key=_order):
        if need <= 0:
            break
        take = min(need, source.spare)
        found.append((source, take))
        need -= take
    return found


def _order(source: Source) -> tuple[int, int, int]:
    return (source.distance, -source.spare, source.location_id)


def steps_between(path: str, other: str) -> int:
    """How many steps lie between two places of the tree: neighbours in one area 2, areas of one site more.

    Paths are ids from the root, /1/4/9/.
    """
    one, two = path.strip("/").split("/"), other.strip("/").split("/")
    common = 0
    for here, there in zip(one, two, strict=False):
        if here != there:
            break
        common += 1
    return len(one) + len(two) - 2 * common
