"""Ids kept short: runs of consecutive ones as first and last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def ranges_of(ids: Iterable[int]) -> list[list[int]]:
    """Ids as runs: 1, 2, 3, 7 is [1, 3], [7, 7]."""
    found: list[list[int]] = []
    for key in sorted(ids):
        if found and found[-1][1] == key - 1:
            found[-1][1] = key
        else:
            found.append([key, key])
    return found


def ids_of(ranges: Iterable[Sequence[int]]) -> list[int]:
    """The opposite of `ranges_of`."""
    return [key for first, last in ranges for key in range(first, last + 1)]
