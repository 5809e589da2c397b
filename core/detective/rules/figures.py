"""Mistakes in the figure that was counted: another unit, a digit too many, digits swapped, a part entered twice."""

from __future__ import annotations

from core.detective.rules.clues import SETTLING, Clues, Pack, is_near, swaps_of
from core.detective.types import Evidence, EvidenceKind, Finding, FindingKind, Mend
from core.i18n import Text, _
from core.values import MICRO, from_micro
from db.enums import CountState, Permission

LEAST_PACK, LEAST_PACKS = 6, 3


def pack(clues: Clues) -> list[Finding]:
    """Counted in packs and written as base units, or the other way round: the figures differ by just the pack's size.

    Packs and loose ones added up as if they were alike are found too (3 cases and 5 bottles entered as 8).
    """
    found = []
    for one in clues.packs:
        counted, expected = clues.counted or 0, clues.expected
        if counted <= 0 or expected <= 0 or one.top == one.bottom:
            continue
        is_in_base, is_in_pack = _may_be_typed(clues, ""), _may_be_typed(clues, one.unit)
        told = _(
            "{counted} counted, {expected} in the book: just as many {pack} as there should be {unit}. Was it counted in"
            " {pack} and entered in {unit}?",
            counted=from_micro(counted), expected=from_micro(expected), pack=one.name, unit=clues.unit,
        )  # fmt: skip
        is_small = max(one.top, one.bottom) < 4 * min(one.top, one.bottom)
        exact, close = (82, 44) if is_small else (92, 66)
        if is_in_base and is_near(counted * one.top, expected * one.bottom):
            is_exact = counted * one.top == expected * one.bottom
            found.append(_figure(clues, FindingKind.PACK, told, exact if is_exact else close))
        elif is_in_base and _is_full_packs(counted, expected, one):
            found.append(_figure(clues, FindingKind.PACK, told, close))
        elif is_in_pack and is_near(counted * one.bottom, expected * one.top):
            is_exact = counted * one.bottom == expected * one.top
            words = _(
                "{counted} counted, {expected} in the book: just {factor} times as many. Was it counted in {unit} and"
                " entered in {pack}?",
                counted=from_micro(counted), expected=from_micro(expected), pack=one.name, unit=clues.unit,
                factor=from_micro(one.top * MICRO // one.bottom),
            )  # fmt: skip
            found.append(_figure(clues, FindingKind.PACK, words, exact - 2 if is_exact else close - 2))
    return [*found, *_mixed(clues)]


def _may_be_typed(clues: Clues, unit: str) -> bool:
    """Whether the figure may have been entered in a unit: it is not when all its parts are known to be in others."""
    units = {one.unit for one in clues.typed if not one.is_replaced}
    base = clues.here.unit if clues.here is not None else ""
    return not units or (unit or base) in units or (not unit and "" in units)


def _is_full_packs(counted: int, expected: int, pack: Pack) -> bool:
    """Whether just the full packs were counted, at least three of six or more, and not what lies loose beside them."""
    is_large = pack.bottom == 1 and pack.top >= LEAST_PACK and counted >= LEAST_PACKS * MICRO
    return is_large and counted == expected // (pack.top * MICRO) * MICRO


def _mixed(clues: Clues) -> list[Finding]:
    counted, expected = clues.counted or 0, clues.expected
    for one in clues.packs:
        if counted <= 0 or one.bottom != 1 or one.top < 2 or expected < one.top * MICRO:
            continue
        packs, loose = divmod(expected, one.top * MICRO)
        if loose and packs * MICRO + loose == counted:
            words = _(
                "The book has {packs} {pack} and {loose} {unit}. Added up as if they were alike, that is the {counted}"
                " counted.",
                packs=packs, pack=one.name, loose=from_micro(loose), unit=clues.unit, counted=from_micro(counted),
            )  # fmt: skip
            return [_figure(clues, FindingKind.MIXED_PACK, words, 80)]
    return []


def ten(clues: Clues) -> list[Finding]:
    """A digit too many or too few, or the decimal point one place off: ten or a hundred times more or less."""
    counted, expected = clues.counted or 0, clues.expected
    if counted <= 0 or expected <= 0:
        return []
    for times in (10, 100):
        for more, less, words in (
            (counted, expected, _("{counted} counted is {times} times the {expected} in the book: a digit too many?",
              counted=from_micro(counted), expected=from_micro(expected), times=times)),
            (expected, counted, _("{expected} in the book is {times} times the {counted} counted: a digit too few?",
              counted=from_micro(counted), expected=from_micro(expected), times=times)),
        ):  # fmt: skip
            if more == less * times or is_near(more, less * times):
                return [_figure(clues, FindingKind.TEN, words, 86 if more == less * times else 62)]
    return []


def swapped(clues: Clues) -> list[Finding]:
    """Two digits beside each other changed places: 54 counted, 45 in the book. In any unit of the item."""
    counted, expected = clues.counted or 0, clues.expected
    if counted <= 0 or expected <= 0:
        return []
    for top, bottom, unit in ((1, 1, clues.unit), *((one.top, one.bottom, one.name) for one in clues.packs)):
        mine, rest = divmod(counted * bottom, top)
        book, more = divmod(expected * bottom, top)
        if not rest and not more and book in swaps_of(mine):
            words = _(
                "{counted} {unit} counted, {expected} {unit} in the book: two digits changed places?",
                counted=from_micro(mine), expected=from_micro(book), unit=unit,
            )  # fmt: skip
            return [_figure(clues, FindingKind.SWAPPED, words, 84 if max(mine, book) >= 100 * MICRO else 70)]
    return []


def entered_twice(clues: Clues) -> list[Finding]:
    """A part of the figure was entered twice: the difference is just that part."""
    valid = [one for one in clues.typed if not one.is_replaced]
    for at, one in enumerate(valid):
        is_twice = any(other.size == one.size for other in valid[:at])
        if is_twice and one.size == clues.difference > 0:
            words = _("The part of {qty} {unit} was entered twice.", qty=from_micro(one.size), unit=clues.unit)
            return [_figure(clues, FindingKind.ENTERED_TWICE, words, 88)]
    return []


def _figure(clues: Clues, kind: FindingKind, words: Text, likelihood: int) -> Finding:
    return Finding(kind, words, likelihood, from_micro(clues.difference), _typed(clues), count_again(clues))


def _typed(clues: Clues) -> tuple[Evidence, ...]:
    here = clues.here
    count_id = here.count_id if here is not None else 0
    names = {one.unit: one.name for one in clues.packs}
    found = []
    for one in clues.typed:
        words = _("Entered, then replaced") if one.is_replaced else _("Entered")
        unit = names.get(one.unit, clues.unit)
        found.append(Evidence(EvidenceKind.FIGURE, words, count_id, None, from_micro(one.qty), unit))
    return tuple(found)


def count_again(clues: Clues, *others: int) -> Mend | None:
    """Have the line (and others with it) counted again, or go to where it is counted."""
    here = clues.here
    if here is None:
        return None
    if here.state in SETTLING:
        args: dict[str, object] = {"count_id": here.count_id, "line_ids": (here.line_id, *others)}
        return Mend(_("Count it again"), "counting.request_recount", args=args, permission=Permission.COUNT_MANAGE)
    if here.state is CountState.COUNTING:
        return Mend(
            _("Go to the count"),
            page="stock.count",
            args={"count_id": here.count_id},
            permission=Permission.COUNT_ENTER,
        )
    return Mend(
        _("Start a new count"), page="stock.counts", args={"is_starting": True}, permission=Permission.COUNT_MANAGE
    )
