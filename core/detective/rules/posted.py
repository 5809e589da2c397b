"""Mistakes in what was posted: twice, in another unit, with a digit too many, late, or without having happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from statistics import median_low

from core.detective.rules.clues import INWARD, Clues, Move, distinct, moment_of, swaps_of
from core.detective.types import Evidence, EvidenceKind, Finding, FindingKind, Mend
from core.i18n import Text, _
from core.values import MICRO, from_micro
from db.enums import Permission
from db.enums import PostingKind as K

HOUR = 3600 * MICRO
DAY = 24 * HOUR
JUST_BEFORE = timedelta(seconds=1)
NEARLY_SHARE, LATE_MOSTLY = 0.85, 52
OUTWARD = frozenset({K.ISSUE, K.WASTE, K.PRODUCTION_OUT})


def posted_twice(clues: Clues) -> list[Finding]:
    """The same receipt, or the same issue, stands in the ledger twice; the difference is one of the two."""
    found = []
    for second in clues.moves_here:
        fit = clues.fits_mostly(-second.qty)
        if not fit or second.kind not in INWARD | OUTWARD:
            continue
        for first in clues.moves:
            if first.entry_id < second.entry_id and _is_pair(first, second):
                likelihood = _twice_likelihood(clues, first, second) * fit
                if likelihood:
                    found.append(_twice(clues, first, second, int(likelihood)))
    return found


def _is_pair(first: Move, second: Move) -> bool:
    is_same = first.kind is second.kind and first.qty == second.qty and first.supplier_id == second.supplier_id
    return is_same and first.posting_id != second.posting_id and abs(second.at - first.at) <= 7 * DAY


def _twice_likelihood(clues: Clues, first: Move, second: Move) -> int:
    """The same delivery note says it; so does a posting repeated line for line, or soon after with a figure that is rare."""
    if first.document and first.document == second.document:
        return 97
    if first.document and second.document and second.kind in INWARD:
        return 0
    if clues.twins.get(second.posting_id) == first.posting_id:
        return 94 if abs(second.posted_at - first.posted_at) <= DAY else 78
    is_soon = abs(second.posted_at - first.posted_at) <= HOUR // 4 and first.purpose == second.purpose
    if clues.is_usual(second):
        return 58 if is_soon else 30
    if is_soon:
        return 90
    return 74 if abs(second.at - first.at) <= DAY else 52


def _twice(clues: Clues, first: Move, second: Move, likelihood: int) -> Finding:
    qty = from_micro(abs(second.qty))
    told = {"qty": qty, "unit": clues.unit, "first": first.number, "second": second.number}
    if second.kind in INWARD:
        kind = FindingKind.RECEIPT_TWICE
        words = _("{first} and {second} both received {qty} {unit}: the same delivery received twice?", **told)
    else:
        kind = FindingKind.ISSUE_TWICE
        words = _("{first} and {second} both took out {qty} {unit}: posted twice?", **told)
    evidence = (_entry(clues, first), _entry(clues, second))
    return Finding(kind, words, likelihood, from_micro(-second.qty), evidence, _take_back(clues, second))


def _take_back(clues: Clues, move: Move) -> Mend:
    """Reverse the posting when it has nothing else in it or repeats another one wholly; else look at it first. While the
    count is to be settled the reversal stands just before it."""
    is_whole = clues.lines.get(move.posting_id, 0) == 1 or move.posting_id in clues.twins
    if not is_whole or (clues.is_to_settle and not clues.may_date_back):
        return _open(move)
    args: dict[str, object] = {"posting_id": move.posting_id}
    if clues.is_to_settle:
        args["at"] = max(moment_of(clues.at) - JUST_BEFORE, moment_of(move.at))
    words = _("Take {number} back", number=move.number)
    return Mend(words, "stock.reverse_posting", args=args, permission=Permission.STOCK_REVERSE)


def posted_unit(clues: Clues) -> list[Finding]:
    """An entry was written in the wrong unit: 5 bottles for 5 cases, or the other way round."""
    found = []
    for one in _written(clues):
        for pack in clues.packs:
            as_pack = one.unit_qty * pack.top
            if one.unit != pack.unit and not as_pack % pack.bottom:
                found += _unit(clues, one, as_pack // pack.bottom, pack.name)
        if one.unit and one.unit_qty != abs(one.qty):
            found += _unit(clues, one, one.unit_qty, clues.unit)
    return found


def _unit(clues: Clues, one: Move, right: int, unit: object) -> list[Finding]:
    """What follows if the entry should have moved `right` (base units): 6 bottles written, 6 cases meant."""
    more = _signed(one, right) - one.qty
    fit = _wrong_fit(clues, one, right, more)
    if not fit or not more:
        return []
    written = next((pack.name for pack in clues.packs if pack.unit == one.unit), clues.unit)
    told = {"number": one.number, "qty": from_micro(one.unit_qty), "written": written, "unit": unit}
    words = _("{number} has {qty} {written}. Had it been {qty} {unit}, the book would agree.", **told)
    if more != clues.difference and clues.counted is not None:
        words = _("{number} has {qty} {written}. Had it been {qty} {unit}, the book would nearly agree.", **told)
    return [_wrong(clues, FindingKind.POSTED_UNIT, words, 87 * fit, one, more)]


def posted_ten(clues: Clues) -> list[Finding]:
    """An entry has a digit too many or too few: 120 for 12."""
    found = []
    for one in _written(clues):
        for top, bottom in ((10, 1), (1, 10), (100, 1), (1, 100)):
            right, rest = divmod(abs(one.qty) * top, bottom)
            more = _signed(one, right) - one.qty
            fit = 0.0 if rest else _wrong_fit(clues, one, right, more)
            if fit:
                told = {
                    "number": one.number, "qty": from_micro(abs(one.qty)), "unit": clues.unit, "right": from_micro(right),
                }  # fmt: skip
                words = _(
                    "{number} has {qty} {unit}. Had it been {right}, the book would agree: a digit too many or too few?",
                    **told,
                )
                if more != clues.difference and clues.counted is not None:
                    words = _(
                        "{number} has {qty} {unit}. Had it been {right}, the book would nearly agree: a digit too many or"
                        " too few?", **told,
                    )  # fmt: skip
                found.append(_wrong(clues, FindingKind.POSTED_TEN, words, 86 * fit, one, more))
    return found


def posted_swapped(clues: Clues) -> list[Finding]:
    """An entry's digits changed places: 54 for 45."""
    found = []
    for one in _written(clues):
        factor, rest = divmod(abs(one.qty), one.unit_qty) if one.unit_qty else (0, 1)
        for right in swaps_of(one.unit_qty) if not rest and clues.counted is not None else ():
            more = _signed(one, right * factor) - one.qty
            fit = clues.fits(more)
            if fit:
                words = _(
                    "{number} has {qty}. Had it been {right}, the book would agree: two digits changed places?",
                    number=one.number, qty=from_micro(one.unit_qty), right=from_micro(right),
                )  # fmt: skip
                found.append(_wrong(clues, FindingKind.POSTED_SWAPPED, words, 66 * fit, one, more))
    return found


def posted_only(clues: Clues) -> list[Finding]:
    """One entry is just the difference: posted here, though it happened elsewhere or not at all."""
    found = []
    for one in _written(clues):
        fit = clues.fits(-one.qty) if clues.counted is not None else 0.0
        if fit:
            likelihood = (34 if clues.is_usual(one) else 54) * fit
            words = _(
                "{number} is just the difference: did it happen at all, and here?", number=one.number,
            )  # fmt: skip
            found.append(_wrong(clues, FindingKind.POSTED_ONLY, words, likelihood, one, -one.qty))
    return found


def late(clues: Clues) -> list[Finding]:
    """What entered the ledger after the count with an earlier date is just the difference: counted with it already, or
    without it."""
    entered = [one for one in clues.moves_here if one.is_late]
    if clues.counted is None or not entered:
        return []
    together = sum(one.qty for one in entered)
    chosen = entered if together == -clues.difference else [one for one in entered if one.qty == -clues.difference]
    mostly = [one for one in entered if _leaves_little(clues, one)]
    if not chosen and not mostly:
        return []
    words = _(
        "{number} was entered after the count with an earlier date. Without it the count agrees: is its date right?",
        number=(chosen or mostly)[0].number,
    )  # fmt: skip
    likelihood = int(94 * (distinct(clues.difference) + 1) / 2)
    if not chosen:
        chosen, likelihood = mostly[:1], LATE_MOSTLY
        words = _(
            "{number} was entered after the count with an earlier date. Without it the count would differ by less than half"
            " as much: is its date right?", number=mostly[0].number,
        )  # fmt: skip
    evidence = tuple(_entry(clues, one) for one in chosen[:5])
    explains = from_micro(-chosen[0].qty if chosen == mostly[:1] else clues.difference)
    return [Finding(FindingKind.LATE, words, likelihood, explains, evidence, _open(chosen[0]))]


def _leaves_little(clues: Clues, move: Move) -> bool:
    """Whether less than half of the difference is left without an entry."""
    return abs(clues.difference + move.qty) * 2 < abs(clues.difference)


def count_before(clues: Clues) -> list[Finding]:
    """The last count differed by just the opposite: it was wrong then, and is right now."""
    before = clues.before
    if before is None or clues.counted is None or before.difference != -clues.difference or not clues.difference:
        return []
    words = _(
        "{number} found just the opposite, {qty} {unit}: that count was wrong, and this one puts it right.",
        number=before.number, qty=from_micro(before.difference), unit=clues.unit,
    )  # fmt: skip
    told = _(
        "Counted {counted}, book {expected}", counted=from_micro(before.counted), expected=from_micro(before.expected)
    )
    evidence = Evidence(
        EvidenceKind.COUNT, told, before.count_id, moment_of(before.at), from_micro(before.difference), clues.unit
    )
    likelihood = int(88 * (distinct(clues.difference) + 1) / 2)
    return [Finding(FindingKind.COUNT_BEFORE, words, likelihood, from_micro(clues.difference), (evidence,))]


def _written(clues: Clues) -> Iterable[Move]:
    """Entries a person wrote a quantity for, the latest first."""
    kinds = INWARD | OUTWARD | {K.ADJUSTMENT, K.TRANSFER, K.RETURN_TO_SUPPLIER}
    return sorted((one for one in clues.moves_here if one.kind in kinds), key=lambda one: -one.entry_id)


def _signed(move: Move, qty: int) -> int:
    return qty if move.qty > 0 else -qty


def _wrong_fit(clues: Clues, move: Move, right: int, more: int) -> float:
    """How well it explains the difference that an entry should have moved `right`. Nearly counts only for an entry that
    stands out, or where the gap is larger than whatever the item moves by: then some large mistake was made."""
    plausible = _plausible(clues, move, right)
    is_large = abs(clues.difference) >= 2 * max(abs(one.qty) for one in clues.moves if one.kind is move.kind)
    if is_large and plausible < 1:
        plausible = 0.7
    exact = clues.fits(more)
    return (exact or (clues.fits_nearly(more) * NEARLY_SHARE if plausible == 1 or is_large else 0.0)) * plausible


def _plausible(clues: Clues, move: Move, right: int) -> float:
    """Whether the other figure is nearer to what such entries usually are than the one posted. A mistake by a large factor
    stands out: 1 when the figure posted is far from the item's usual, or beyond all others by half as much again; less where
    it is the usual one itself."""
    usual = sorted(abs(one.qty) for one in clues.moves if one.kind is move.kind and one.entry_id != move.entry_id)
    if len(usual) < 3:
        return 0.9
    middle, posted = max(median_low(usual), 1), abs(move.qty)
    is_beyond = posted * 2 >= usual[-1] * 3 if posted > right else posted * 3 <= usual[0] * 2
    return 1.0 if is_beyond or _apart(posted, middle) > _apart(right, middle) else 0.45


def _apart(one: int, other: int) -> float:
    low, high = sorted((max(one, 1), max(other, 1)))
    return high / low


def _wrong(clues: Clues, kind: FindingKind, words: Text, likelihood: float, move: Move, more: int) -> Finding:
    return Finding(kind, words, int(likelihood), from_micro(more), (_entry(clues, move),), _open(move))


def _open(move: Move) -> Mend:
    words = _("Open {number}", number=move.number)
    return Mend(words, page="stock.posting", args={"posting_id": move.posting_id}, permission=Permission.STOCK_VIEW)


def _entry(clues: Clues, move: Move) -> Evidence:
    words = _("{number} at {place}", number=move.number, place=move.place)
    return Evidence(EvidenceKind.POSTING, words, move.posting_id, moment_of(move.at), from_micro(move.qty), clues.unit)
