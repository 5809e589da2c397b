"""All explanations of one difference, the likeliest first."""

from __future__ import annotations

from core.detective.rules import elsewhere, figures, posted, waiting
from core.detective.rules.clues import Clues
from core.detective.types import WORTH_SAYING, EvidenceKind, Finding, FindingKind

MOST = 6
TESTS = (
    figures.pack, figures.ten, figures.swapped, figures.entered_twice,
    elsewhere.neighbour, elsewhere.other_lot, elsewhere.other_item,
    waiting.open_order, waiting.under_way, waiting.invoiced,
    posted.posted_twice, posted.posted_unit, posted.posted_ten, posted.posted_swapped, posted.posted_only, posted.late,
    posted.count_before,
)  # fmt: skip


def weigh(clues: Clues) -> tuple[Finding, ...]:
    """Test every explanation; of one kind only the two likeliest are kept, of all the six likeliest."""
    if not clues.difference:
        return ()
    found = sorted(
        (one for test in TESTS for one in test(clues) if one.likelihood >= WORTH_SAYING),
        key=lambda one: -one.likelihood,
    )
    kept: list[Finding] = []
    for one in found:
        if one.kind is FindingKind.POSTED_ONLY and _is_told(one, kept):
            continue
        if sum(1 for other in kept if other.kind is one.kind) < 2 and len(kept) < MOST:
            kept.append(one)
    return tuple(kept)


def _is_told(one: Finding, kept: list[Finding]) -> bool:
    """Whether a likelier finding says more about the same posting."""
    postings = {part.id for other in kept for part in other.evidence if part.kind is EvidenceKind.POSTING}
    return any(part.id in postings for part in one.evidence)
