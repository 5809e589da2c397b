"""Goods that are there, only not where the book has them: on another shelf, in another lot, under another item."""

from __future__ import annotations

from datetime import timedelta

from core.detective.rules.clues import MOSTLY, NEARLY, SETTLING, Clues, Gap, Held, distinct, moment_of
from core.detective.rules.figures import count_again
from core.detective.types import Evidence, EvidenceKind, Finding, FindingKind, Mend
from core.i18n import Name, Text, _
from core.values import MICRO, from_micro
from db.enums import Permission

BEFORE = timedelta(seconds=1)
FEW, SMALL = 3, 0.6
NO_LOT = "\N{EN DASH}"


def neighbour(clues: Clues) -> list[Finding]:
    """Another place has just as much too little as is too much here, or the other way round: the goods were put, or
    booked, at the wrong place."""
    found = []
    for one in clues.gaps:
        if one.item_id != clues.item_id or one.location_id == clues.location_id or one.lot_id != clues.lot_id:
            continue
        fit = clues.fits_mostly(-one.difference)
        if fit and clues.counted is not None:
            words = _neighbour_words(clues, one)
            likelihood = int(94 * _weight(clues, fit))
            found.append(_found(FindingKind.NEIGHBOUR, words, likelihood, clues, one, _move(clues, one)))
    return found or _held_elsewhere(clues)


def _neighbour_words(clues: Clues, other: Gap) -> Text:
    told = {"qty": from_micro(abs(other.difference)), "unit": clues.unit, "place": other.place}
    is_exact, is_more = other.difference == -clues.difference, other.difference > 0
    if is_exact and is_more:
        return _("{place} has {qty} {unit} too many, as many as are missing here. Put down at the wrong place?", **told)
    if is_exact:
        return _("{place} has {qty} {unit} too few, as many as are too many here. Put down at the wrong place?", **told)
    if is_more:
        return _("{place} has {qty} {unit} too many, nearly what is missing here. Put down at the wrong place?", **told)
    return _("{place} has {qty} {unit} too few, nearly what is too many here. Put down at the wrong place?", **told)


def _held_elsewhere(clues: Clues) -> list[Finding]:
    """Stock below zero while another place has enough of it: issued here, taken there."""
    others = [one for one in clues.held if one.location_id != clues.location_id and one.qty > 0]
    enough = [one for one in others if one.lot_id == clues.lot_id and one.qty >= clues.difference]
    if clues.counted is not None or clues.expected >= 0 or not enough:
        return []
    best = max(enough, key=lambda one: one.qty)
    words = _(
        "{place} has {held} {unit} of it. What was issued here may have been taken from there.",
        place=best.place, held=from_micro(best.qty), unit=clues.unit,
    )  # fmt: skip
    return [
        Finding(
            FindingKind.NEIGHBOUR, words, 70 if len(enough) == 1 else 58, from_micro(clues.difference),
            (_balance(best, clues),), _transfer(clues, best.location_id, clues.location_id, clues.place),
        )
    ]  # fmt: skip


def other_lot(clues: Clues) -> list[Finding]:
    """Another lot of the item at the same place has the opposite difference: counted, or issued, on the wrong lot."""
    found = []
    for one in clues.gaps:
        is_here = one.item_id == clues.item_id and one.location_id == clues.location_id
        fit = clues.fits_mostly(-one.difference)
        if is_here and one.lot_id != clues.lot_id and fit and clues.counted is not None:
            words = _lot_words(clues, one)
            likelihood = int(95 * _weight(clues, fit))
            found.append(_found(FindingKind.OTHER_LOT, words, likelihood, clues, one, _both_again(clues, one)))
    return found or _held_in_other_lot(clues)


def _lot_words(clues: Clues, other: Gap) -> Text:
    told = {"lot": other.lot or NO_LOT, "qty": from_micro(abs(other.difference)), "unit": clues.unit}
    is_exact, is_more = other.difference == -clues.difference, other.difference > 0
    if is_exact and is_more:
        return _("Lot {lot} here has {qty} {unit} too many, just what this one lacks. Wrong lot?", **told)
    if is_exact:
        return _("Lot {lot} here has {qty} {unit} too few, just what this one has too many. Wrong lot?", **told)
    if is_more:
        return _("Lot {lot} here has {qty} {unit} too many, nearly what this one lacks. Wrong lot?", **told)
    return _("Lot {lot} here has {qty} {unit} too few, nearly what this one has too many. Wrong lot?", **told)


def _held_in_other_lot(clues: Clues) -> list[Finding]:
    here = [one for one in clues.held if one.location_id == clues.location_id and one.lot_id != clues.lot_id]
    enough = [one for one in here if one.qty >= clues.difference]
    if clues.counted is not None or clues.expected >= 0 or not enough:
        return []
    best = max(enough, key=lambda one: one.qty)
    words = _(
        "Lot {lot} at the same place has {held} {unit}: issued on the wrong lot?",
        lot=best.lot or NO_LOT, held=from_micro(best.qty), unit=clues.unit,
    )  # fmt: skip
    return [
        Finding(
            FindingKind.OTHER_LOT, words, 80, from_micro(clues.difference), (_balance(best, clues),),
            _other_lot_mend(clues, best.lot_id),
        )
    ]  # fmt: skip


def other_item(clues: Clues) -> list[Finding]:
    """Another item's line has this one's figure and the other way round, or just the opposite difference: two lines or
    two items mixed up."""
    found = []
    for one in clues.gaps:
        if one.item_id == clues.item_id or one.location_id != clues.location_id or clues.counted is None:
            continue
        if one.counted == clues.expected and one.expected == clues.counted and clues.difference:
            words = _(
                "{item} was counted {here}, which is what the book has of this; and this was counted what the book has of"
                " {item}. Two lines mixed up?",
                item=one.item, here=from_micro(one.counted),
            )  # fmt: skip
            is_large = abs(clues.difference) * 7 >= max(abs(clues.expected), clues.counted)
            likelihood = 93 if is_large else 48
            found.append(_found(FindingKind.OTHER_ITEM, words, likelihood, clues, one, _both_again(clues, one)))
        elif one.difference == -clues.difference and _is_telling(clues) and _is_alike(clues, one):
            words = _(
                "{item} on the same shelf differs by just the opposite, {qty}. One was taken or booked for the other?",
                item=one.item, qty=from_micro(one.difference),
            )  # fmt: skip
            found.append(_found(FindingKind.OTHER_ITEM, words, 62, clues, one, _both_again(clues, one)))
    return found


def _is_telling(clues: Clues) -> bool:
    """A gap of at least a tenth of the book, where not many lines differ anyway: small gaps find their opposite by chance."""
    here = sum(1 for one in clues.gaps if one.location_id == clues.location_id)
    is_large = abs(clues.difference) * 10 >= abs(clues.expected)
    return is_large and here <= 40 and distinct(clues.difference) >= 0.9


def _weight(clues: Clues, fit: float) -> float:
    """Equal and opposite says much by itself; less where the figure is one that comes by chance, or does not quite fit, and
    where both are off by so little that each may have been miscounted."""
    if abs(clues.difference) < FEW * MICRO and distinct(clues.difference) < 0.9:
        return SMALL
    return fit if fit in (NEARLY, MOSTLY) else 0.35 + 0.65 * fit


def _is_alike(clues: Clues, other: Gap) -> bool:
    here = clues.here
    return here is not None and other.unit == here.unit and other.category_id == here.category_id


def _found(kind: FindingKind, words: Text, likelihood: int, clues: Clues, gap: Gap, mend: Mend | None) -> Finding:
    told = _("{item}, {place}: counted {counted}, book {expected}", item=gap.item, place=gap.place,
             counted=from_micro(gap.counted), expected=from_micro(gap.expected))  # fmt: skip
    evidence = Evidence(
        EvidenceKind.COUNT, told, gap.count_id, moment_of(gap.at), from_micro(gap.difference), clues.unit
    )
    return Finding(kind, words, likelihood, from_micro(clues.difference), (evidence,), mend)


def _balance(held: Held, clues: Clues) -> Evidence:
    return Evidence(
        EvidenceKind.BALANCE, _("In the book at {place}", place=held.place), 0, None, from_micro(held.qty), clues.unit
    )


def _move(clues: Clues, gap: Gap) -> Mend | None:
    """A transfer dated just before both were counted, so that neither count has a difference left."""
    if not clues.may_date_back:
        return None
    at = min(clues.at, gap.at)
    if clues.difference < 0:
        return _transfer(clues, clues.location_id, gap.location_id, gap.place, at)
    return _transfer(clues, gap.location_id, clues.location_id, clues.place, at)


def _transfer(clues: Clues, source: int, target: int, to: Name, at: int | None = None) -> Mend:
    qty = abs(clues.difference)
    line = {
        "item_id": clues.item_id, "qty": from_micro(qty), "location_id": source, "to_location_id": target,
        "lot_id": clues.lot_id or None,
    }  # fmt: skip
    args: dict[str, object] = {"lines": (line,)}
    if at is not None:
        args["at"] = moment_of(at) - BEFORE
    words = _("Transfer {qty} {unit} to {place}", qty=from_micro(qty), unit=clues.unit, place=to)
    return Mend(words, "stock.transfer_goods", args=args, permission=Permission.STOCK_TRANSFER)


def _both_again(clues: Clues, gap: Gap) -> Mend | None:
    is_same_count = clues.here is not None and clues.here.count_id == gap.count_id and gap.state in SETTLING
    return count_again(clues, gap.line_id) if is_same_count else count_again(clues)


def _other_lot_mend(clues: Clues, lot_id: int) -> Mend:
    qty, here = from_micro(clues.difference), clues.location_id
    note = _("Booked on the wrong lot")
    lines = (
        {"item_id": clues.item_id, "qty": -qty, "location_id": here, "lot_id": lot_id or None, "note": note},
        {"item_id": clues.item_id, "qty": qty, "location_id": here, "lot_id": clues.lot_id or None, "note": note},
    )
    words = _("Move {qty} {unit} to this lot", qty=qty, unit=clues.unit)
    return Mend(words, "stock.adjust_stock", args={"lines": lines}, permission=Permission.STOCK_ADJUST)
