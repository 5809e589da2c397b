"""Building blocks: pairs of items that may be one.

Names are compared with their neighbours in three orders (by sound, by name, by name read backwards), so that 100,000
items take seconds; a pair counts only when all numbers in both names are the same (330 ml is not 500 ml).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.catalog.rules.barcodes import INTERNAL_PREFIX
from core.gtin import is_gtin

NEIGHBOURS = 12
LEAST_SCORE = 92
LEAST_LETTERS = 4
_PARTS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What of an item is compared, folded: code, name, initials of its sound, and specification with brand."""

    id: int
    code: str
    name: str
    initials: str
    more: str


@dataclass(frozen=True, slots=True)
class Likely:
    """Two item ids, the lower one first, with a word of DUPLICATE_REASONS and a score up to 100."""

    first: int
    second: int
    reason: str
    score: int


def likely_pairs(candidates: Sequence[Candidate], barcodes: Mapping[str, int]) -> list[Likely]:
    """Pairs that may be one item, each once, the likeliest first."""
    found: dict[tuple[int, int], Likely] = {}
    for pair in (*_by_code(candidates, barcodes), *_by_same_name(candidates), *_by_similar_name(candidates)):
        found.setdefault((pair.first, pair.second), pair)
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))


def _pair(one: int, other: int, reason: str, score: int) -> Likely:
    return Likely(min(one, other), max(one, other), reason, score)


def _by_code(candidates: Iterable[Candidate], barcodes: Mapping[str, int]) -> Iterable[Likely]:
    """One's code is the other's barcode, or one's case code (GTIN-14) wraps the other's GTIN-13."""
    known = {candidate.id for candidate in candidates}
    for candidate in candidates:
        owner = barcodes.get(candidate.code)
        if owner is not None and owner != candidate.id and owner in known:
            yield _pair(candidate.id, owner, "same_barcode", 100)
    cores: dict[str, int] = {}
    for code, owner in barcodes.items():
        if len(code) in (13, 14) and is_gtin(code) and not code.startswith(INTERNAL_PREFIX) and owner in known:
            other = cores.setdefault(code[-13:-1], owner)
            if other != owner:
                yield _pair(other, owner, "same_barcode", 99)


def _plain(candidate: Candidate) -> str:
    return " ".join(sorted(part for part in _PARTS.split(f"{candidate.name} {candidate.more}") if part))


def _by_same_name(candidates: Iterable[Candidate]) -> Iterable[Likely]:
    groups: dict[str, int] = {}
    for candidate in candidates:
        key = _plain(candidate).replace(" ", "")
        first = groups.setdefault(key, candidate.id)
        if first != candidate.id:
            yield _pair(first, candidate.id, "same_name", 98)


def _by_similar_name(candidates: Sequence[Candidate]) -> Iterable[Likely]:
    from rapidfuzz.fuzz import ratio

    rows = [(candidate.id, _plain(candidate), candidate.initials) for candidate in candidates]
    rows = [row for row in rows if len(row[1]) >= LEAST_LETTERS]
    numbers = {key: _NUMBERS.findall(name) for key, name, _initials in rows}
    orders: tuple[Callable[[tuple[int, str, str]], object], ...] = (
        lambda row: (row[2], row[1]),
        lambda row: row[1],
        lambda row: row[1][::-1],
    )
    for order in orders:
        ordered = sorted(rows, key=order)  # type: ignore[arg-type]
        for place, (key, name, _initials) in enumerate(ordered):
            for other, other_name, _other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                score = ratio(name, other_name, score_cutoff=LEAST_SCORE)
                if score and numbers[key] == numbers[other]:
                    yield _pair(key, other, "similar_name", min(97, int(score)))
