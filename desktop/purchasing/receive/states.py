"""How each line stands against its order, and the delivery in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text, _, _n, verbatim
from core.values import plain, round_decimal
from desktop.purchasing.receive.lines import DockLine
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, number_words

MOST_NAMED = 4


class LineState(StrEnum):
    """How a line stands against what was ordered."""

    WAITING = "waiting"
    SHORT = "short"
    COMPLETE = "complete"
    OVER = "over"
    EXTRA = "extra"
    FREE = "free"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Standing:
    """A line's state; what is missing (below zero) or too much of what was taken in, and what was refused, in the unit
    of the order."""

    state: LineState
    gap: Decimal = Decimal(0)
    refused: Decimal = Decimal(0)

    @property
    def missing(self) -> Decimal:
        """What the supplier did not bring: what was refused did come."""
        return max(-self.gap - self.refused, Decimal(0))


def standings(lines: Sequence[DockLine]) -> dict[int, Standing]:
    """Each line by its id. Lines of one line of an order (several lots, a stand-in beside the goods) count together."""
    came: dict[int, Decimal] = {}
    refused: dict[int, Decimal] = {}
    touched: set[int] = set()
    for line in lines:
        of = line.order_line_id
        if of is not None:
            if not line.is_free or line.known.is_free:
                came[of] = came.get(of, Decimal(0)) + line.base
            refused[of] = refused.get(of, Decimal(0)) + line.rejected * line.factor
            if line.is_touched:
                touched.add(of)
    return {line.id: _standing(line, came, refused, touched) for line in lines}


def _standing(line: DockLine, came: dict[int, Decimal], refused: dict[int, Decimal], touched: set[int]) -> Standing:
    of = line.order_line_id
    expected = line.instead_of or line.known
    if of is None:
        return Standing(_of_extra(line))
    gap = plain(round_decimal((came.get(of, Decimal(0)) - expected.outstanding * expected.factor) / expected.factor, 6))
    if of not in touched:
        return Standing(LineState.WAITING, gap)
    if gap < 0:
        back = plain(round_decimal(refused.get(of, Decimal(0)) / expected.factor, 6))
        return Standing(LineState.SHORT, gap, back)
    return Standing(LineState.OVER if gap > 0 else LineState.COMPLETE, gap)


def _of_extra(line: DockLine) -> LineState:
    if line.is_free:
        return LineState.FREE
    return LineState.WRONG if line.rejected and not line.qty else LineState.EXTRA


def look_of(line: DockLine, standing: Standing, has_orders: bool) -> BadgeLook | None:
    """The badge of a line."""
    if line.error is not None:
        return BadgeLook(_("Please check"), Meaning.DANGER)
    state = standing.state
    if state is LineState.EXTRA and not has_orders:
        return None
    if line.rejected and state in (LineState.COMPLETE, LineState.SHORT) and not standing.missing:
        return BadgeLook(_("Part refused") if line.qty else _("Refused"), Meaning.SOON)
    return _LOOKS[state]


def meaning_of(line: DockLine, standing: Standing) -> Meaning | None:
    """The colour of what came."""
    look = _LOOKS[standing.state]
    return None if look is None or line.is_empty() else look.meaning


_LOOKS: dict[LineState, BadgeLook | None] = {
    LineState.WAITING: BadgeLook(_("Awaited"), Meaning.PLAIN),
    LineState.SHORT: BadgeLook(_("Short"), Meaning.SOON),
    LineState.COMPLETE: BadgeLook(_("Complete"), Meaning.GOOD),
    LineState.OVER: BadgeLook(_("Over"), Meaning.DANGER),
    LineState.EXTRA: BadgeLook(_("Not ordered"), Meaning.WATCH),
    LineState.FREE: BadgeLook(_("Free goods"), Meaning.ACCENT),
    LineState.WRONG: BadgeLook(_("Refused"), Meaning.SOON),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The delivery in figures: lines of the order that are complete, short, over, not touched; lines refused, extra."""

    expected: int
    complete: int
    short: tuple[tuple[DockLine, Decimal], ...]
    over: tuple[tuple[DockLine, Decimal], ...]
    waiting: tuple[DockLine, ...]
    refused: tuple[DockLine, ...]
    extra: tuple[DockLine, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all that was expected came, no more and no less, and nothing was refused."""
        return not (self.short or self.over or self.waiting or self.refused)


def summary_of(lines: Sequence[DockLine]) -> Summary:
    """Each line of an order counts once, however many lots it came in."""
    found = standings(lines)
    first: dict[int, DockLine] = {}
    for line in lines:
        if line.order_line_id is not None:
            first.setdefault(line.order_line_id, line)
    of_orders = [(line, found[line.id]) for line in first.values()]

    def gaps(state: LineState) -> tuple[tuple[DockLine, Decimal], ...]:
        return tuple((line, abs(one.gap)) for line, one in of_orders if one.state is state)

    return Summary(
        len(first),
        len(gaps(LineState.COMPLETE)),
        tuple((line, one.missing) for line, one in of_orders if one.state is LineState.SHORT and one.missing),
        gaps(LineState.OVER),
        tuple(line for line, one in of_orders if one.state is LineState.WAITING),
        tuple(line for line in lines if line.rejected),
        tuple(line for line in lines if line.order_line_id is None and line.qty),
    )


def summary_words(summary: Summary, language: str, unit_word: object) -> list[Text]:
    """What is short, over, refused and not touched yet, each as a sentence; nothing when all is as ordered."""
    words = unit_word if callable(unit_word) else str

    def named(gaps: Sequence[tuple[DockLine, Decimal]]) -> Text:
        told = [
            f"{line.title(language)} {number_words(qty)} {words((line.instead_of or line.known).unit)}"
            for line, qty in gaps
        ]
        return _shortened(told)

    said: list[Text] = []
    if summary.short:
        said.append(_("Short: {lines}.", lines=named(summary.short)))
    if summary.over:
        said.append(_("Over: {lines}.", lines=named(summary.over)))
    if summary.refused:
        refused = [(line, line.rejected) for line in summary.refused]
        told = [f"{line.title(language)} {number_words(qty)} {words(line.unit)}" for line, qty in refused]
        said.append(_("Refused: {lines}.", lines=_shortened(told)))
    if summary.waiting:
        count = len(summary.waiting)
        said.append(_n("{n} line has not come.", "{n} lines have not come.", count))
    return said


def _shortened(told: list[str]) -> Text:
    if len(told) <= MOST_NAMED:
        return verbatim(", ".join(told))
    return _("{lines} and {n} more", lines=", ".join(told[:MOST_NAMED]), n=len(told) - MOST_NAMED)
