"""What to order: how much of each item, from whom, how urgent it is, and why in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.rules.deliveries import next_delivery
from core.purchasing.rules.packs import packed, smallest_order
from core.purchasing.types.ordering import Need, Slot, Suggestion, SupplierFacts, SupplierPlan, Urgency
from core.values import digits_of, plain, round_decimal

NO_COVER = Decimal("Infinity")
QTY_DIGITS = 6
_BLOCKED = _("This supplier is blocked: choose another one for these items.")


@dataclass(frozen=True, slots=True)
class _Want:
    qty: Decimal
    why: Text


def suggest(needs: Iterable[Need], suppliers: Mapping[int, SupplierFacts], now: datetime) -> tuple[SupplierPlan, ...]:
    """The proposed orders, one a supplier, the most urgent first. `now` is an aware moment in the site's zone.

    Needs of suppliers that are not in `suppliers` raise KeyError: the caller reads both (and may use a supplier 0 for items
    that nobody sells yet).
    """
    groups: dict[int, list[Need]] = defaultdict(list)
    for need in needs:
        groups[need.supply.supplier_id].append(need)
    plans = []
    for supplier_id, group in groups.items():
        facts = suppliers[supplier_id]
        slot = next_delivery(now, facts)
        days = (slot.delivered_on - now.date()).days if slot else facts.lead_days
        found = [suggest_item(need, days, digits_of(facts.currency)) for need in group]
        lines = [line for line in found if line is not None]
        if lines:
            plans.append(_plan(facts, lines, slot))
    return tuple(sorted(plans, key=lambda plan: (plan.lines[0].urgency, plan.supplier_id)))


def suggest_item(need: Need, days: int, digits: int) -> Suggestion | None:
    """What to order of one item when goods ordered now arrive in `days` days; None when there is enough.

    An item is ordered when what will be free reaches its reorder point; without one when it is below par; without par
    when it is below minimum or safety stock; without any level when more is promised or asked for than there is. It is
    filled up to par, else to the maximum, else to what started it; the usual lot is the least that is ordered, without
    any of them one smallest order.
    """
    want = _want(need)
    if want is None:
        return None
    maximum = need.levels.maximum
    order = packed(want.qty, need.supply, None if maximum is None else maximum - need.projected)
    base_qty = plain(round_decimal(order.qty * need.supply.factor, QTY_DIGITS))
    reason = want.why
    for note in order.notes:
        reason = _("{clause}, {next}", clause=reason, next=note)
    return Suggestion(
        item_id=need.item_id,
        qty=order.qty,
        base_qty=base_qty,
        price=order.price,
        value=None if order.price is None else round_decimal(order.qty * order.price, digits),
        cover=days_of_cover(need.projected + base_qty, need.usage),
        urgency=urgency_of(need, days),
        reason=_("{sentence}.", sentence=reason),
    )


def wanted_qty(need: Need) -> Decimal | None:
    """How many base units are wanted of an item before packs and minimum quantities; None when there is enough."""
    want = _want(need)
    return None if want is None else want.qty


def days_of_cover(qty: Decimal, usage: Decimal | None) -> Decimal | None:
    """For how many days a quantity lasts, one decimal; None when nobody knows the usage or nothing is used."""
    if usage is None or usage <= 0:
        return None
    return round_decimal(max(qty, Decimal(0)) / usage, 1)


def urgency_of(need: Need, days: int) -> Urgency:
    """Red: nothing free on the shelf, or what will be there is used up before the goods can come. Orange: below minimum
    or safety stock, now or by then. Yellow: at or below the reorder point by then. Green: filled up, no hurry."""
    by_then = need.projected - (need.usage or Decimal(0)) * days
    levels = need.levels
    if need.free <= 0 or by_then <= 0:
        return Urgency.RED
    if levels.floor is not None and min(need.free, by_then) < levels.floor:
        return Urgency.ORANGE
    if levels.reorder_point is not None and by_then <= levels.reorder_point:
        return Urgency.YELLOW
    return Urgency.GREEN


def _want(need: Need) -> _Want | None:
    trigger = _trigger(need)
    if trigger is None:
        return None
    level, why = trigger
    levels = need.levels
    upto = levels.par if levels.par is not None else levels.maximum
    target = max(one for one in (level, levels.floor, upto) if one is not None)
    least = levels.order_qty or Decimal(0)
    if upto is None and not least:
        least = smallest_order(need.supply) * need.supply.factor
    qty = max(target - need.projected, least)
    return _Want(qty, why) if target > need.projected or upto is None else None


def _trigger(need: Need) -> tuple[Decimal, Text] | None:
    """The level that is reached or missed, and the sentence about it; None when there is enough."""
    have, levels = need.projected, need.levels
    facts = {"have": plain(have), "unit": need.unit}
    floor = levels.floor
    if levels.reorder_point is not None and have <= levels.reorder_point:
        level = levels.reorder_point
        return level, _("{have} {unit} will be free, the reorder point is {level}", level=plain(level), **facts)
    if levels.reorder_point is None and levels.par is not None and have < levels.par:
        return levels.par, _("{have} {unit} will be free, par is {level}", level=plain(levels.par), **facts)
    if floor is not None and have < floor:
        return floor, _("{have} {unit} will be free, at least {level} should be there", level=plain(floor), **facts)
    if have < 0:
        missing = plain(-have)
        return Decimal(0), _(
            "{missing} {unit} more are promised or asked for than there are", missing=missing, unit=need.unit
        )
    return None


def _plan(facts: SupplierFacts, found: list[Suggestion], slot: Slot | None) -> SupplierPlan:
    lines = sorted(found, key=lambda line: (line.urgency, _cover(line), line.item_id))
    value = sum((line.value for line in lines if line.value is not None), Decimal(0))
    missing = max((facts.minimum_value or Decimal(0)) - value, Decimal(0))
    over = Decimal(0) if facts.budget is None else max(value - facts.budget, Decimal(0))
    return SupplierPlan(
        supplier_id=facts.supplier_id,
        lines=tuple(lines),
        value=value,
        slot=slot,
        missing=missing,
        over=over,
        postponable=_postponable(lines, over),
        notes=tuple(_notes(facts, lines, missing, over, slot)),
    )


def _cover(line: Suggestion) -> Decimal:
    return NO_COVER if line.cover is None else line.cover


def _postponable(lines: list[Suggestion], over: Decimal) -> tuple[int, ...]:
    """The lines that can wait, least urgent first, until the rest is within budget; red ones never wait."""
    waiting: list[int] = []
    for line in reversed(lines):
        if over <= 0 or line.urgency is Urgency.RED:
            break
        if line.value:
            waiting.append(line.item_id)
            over -= line.value
    return tuple(waiting)


def _notes(
    facts: SupplierFacts, lines: list[Suggestion], missing: Decimal, over: Decimal, slot: Slot | None
) -> Iterable[Text]:
    if facts.is_blocked:
        yield _BLOCKED
    if missing:
        yield _(
            "{missing} {currency} are missing to the minimum order of {minimum}.",
            missing=missing, currency=facts.currency, minimum=facts.minimum_value,
        )  # fmt: skip
    if over:
        yield _(
            "{over} {currency} above the budget of {budget}.", over=over, currency=facts.currency, budget=facts.budget
        )
    unpriced = sum(line.value is None for line in lines)
    if unpriced:
        yield _("Lines without a price, not in the total: {count}.", count=unpriced)
    yield from _day_notes(facts, slot)


def standing_notes(facts: SupplierFacts, slot: Slot | None) -> Iterable[Text]:
    """What is to be said of a supplier whatever is ordered."""
    if facts.is_blocked:
        yield _BLOCKED
    yield from _day_notes(facts, slot)


def _day_notes(facts: SupplierFacts, slot: Slot | None) -> Iterable[Text]:
    if slot is not None and slot.delivered_on in facts.ordered_for:
        yield _("An order for {day} exists already: add to it instead.", day=slot.delivered_on)
    if slot is None:
        yield _("No delivery day within a year: check the delivery days of this supplier.")
