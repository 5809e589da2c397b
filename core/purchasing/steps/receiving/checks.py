"""What is asked before a delivery is booked: one question of a kind, with all lines it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules import arrivals as rules
from core.purchasing.rules.slips import change_percent, date_slips, price_slips, qty_slips
from core.purchasing.steps.receiving.facts import Facts, day_of
from core.purchasing.steps.receiving.meanwhile import ask_about_meanwhile, ask_about_same_document
from core.purchasing.steps.receiving.questions import Questions
from core.purchasing.types.arrivals import Arrived, AwaitedLine, Terms
from core.purchasing.types.receipts import NewDelivery
from core.purchasing.types.slips import SlipKind
from core.uow import UnitOfWork
from core.values import from_micro, plain
from core.words import word
from db.enums import InspectionState

_TOO_MANY = frozenset({SlipKind.TIMES_TEN, SlipKind.TIMES_HUNDRED, SlipKind.FAR})


LOOK_FROM = 5
"""From so many times the least that came before a quantity is looked at more closely."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A delivery with its lines resolved."""

    new: NewDelivery
    terms: Terms
    arrived: list[Arrived]


def ask_all(uow: UnitOfWork, facts: Facts, one_delivery: Resolved, questions: Questions) -> list[Arrived]:
    """Note everything worth a question about one delivery; answers the lines whose price needs a reason. What was received
    counts for the orders from here on. Raises InvalidInput for a day ahead.
    """
    delivery, terms, arrived = one_delivery.new, one_delivery.terms, one_delivery.arrived
    day, today = day_of(uow, delivery.at), day_of(uow, None)
    for slip in date_slips(day, today, "at"):
        if slip.is_refused:
            raise InvalidInput(slip.text, field="at")
        questions.add(slip.key, "at", slip.text)
    ask_about_same_document(uow, delivery, questions)
    ask_about_meanwhile(uow, delivery, arrived, questions)
    _ask_about_orders(facts, delivery, arrived, day, questions)
    for one in arrived:
        _ask_about_qty(facts, delivery.supplier_id, one, questions)
        _ask_about_life(one, day, questions)
    jumps = [one for one in arrived if _ask_about_price(facts, delivery, terms, one, questions)]
    _ask_about_warmth(facts, delivery, arrived, questions)
    return jumps


def check_reasons(jumps: Sequence[Arrived]) -> None:
    """A price beyond the limit has a reason. Raises InvalidInput with the row."""
    for one in jumps:
        if not one.new.price_reason.strip():
            raise InvalidInput(
                _("{item}: the price moved by more than the limit. Write why it is right.", item=one.item.name),
                field="price_reason",
                row=one.row,
            )


def _ask_about_orders(
    facts: Facts, delivery: NewDelivery, arrived: Sequence[Arrived], day: date, questions: Questions
) -> None:
    has_orders = bool(delivery.order_ids) or any(one.awaited is not None for one in arrived)
    deal = facts.suppliers.get(delivery.supplier_id or 0)
    tolerance = deal.over_tolerance if deal is not None else Decimal(0)
    early: dict[int, AwaitedLine] = {}
    for one in arrived:
        if one.awaited is None:
            if has_orders and one.is_kept and not one.new.is_free:
                questions.add("not_ordered", "item", _("was not ordered. Take it in?"), one)
            continue
        if rules.is_early(one.awaited.due_on, day):
            early.setdefault(one.awaited.order.id, one.awaited)
        if not one.new.is_free or one.awaited.is_free:
            _count(one, one.awaited, tolerance, questions)
    for line in early.values():
        questions.add(
            "early", "at", _("{number} is awaited on {day}. Is it here already?", number=line.order.number, day=line.due_on)
        )  # fmt: skip


def _count(one: Arrived, line: AwaitedLine, tolerance: Decimal, questions: Questions) -> None:
    """Ask about more than was ordered, then count it for the order."""
    is_more = line.is_closed or rules.is_over(line.ordered, line.received, one.counted, tolerance)
    if one.counted and is_more and not _slip_of_qty(one):
        facts = {"qty": plain(one.new.qty), "unit": one.unit, "left": _in_unit(line.outstanding, one)}
        questions.add(
            "over_delivery", "qty", _("{qty} {unit} came, {left} were awaited. Take it all in?", **facts), one
        )
    line.received += one.counted


def _in_unit(micro: int, one: Arrived) -> Decimal:
    return plain((from_micro(micro) / one.factor).quantize(Decimal("0.000001")))


def _slip_of_qty(one: Arrived) -> bool:
    return any(slip.kind in _TOO_MANY for slip in qty_slips(one.new.qty, _expected(one)))


def _expected(one: Arrived) -> Decimal | None:
    if one.awaited is None or one.awaited.item_id != one.item.id:
        return None
    return _in_unit(one.awaited.ordered, one)


def _ask_about_qty(facts: Facts, supplier_id: int | None, one: Arrived, questions: Questions) -> None:
    past: Sequence[int] = facts.usual.get((one.item.id, supplier_id or 0), ())
    if one.awaited is not None and one.awaited.item_id == one.item.id:
        past = (one.awaited.ordered,)
    if not past or one.qty < LOOK_FROM * min(past):
        return
    for slip in qty_slips(one.new.qty, _expected(one), [_in_unit(qty, one) for qty in past]):
        if slip.kind in _TOO_MANY:
            questions.add(slip.key, slip.field, slip.text, one)


def _ask_about_life(one: Arrived, day: date, questions: Questions) -> None:
    expires_on, life = one.expires_on, one.item.shelf_life_days
    if expires_on is None or expires_on < day or not one.is_kept:
        return
    if rules.is_short_lived(expires_on, life, day):
        left = (expires_on - day).days
        text = _("keeps only {n} of its {life} days. Take it in?", n=left, life=life)
        questions.add("short_life", "expires_on", text, one)


def _ask_about_price(facts: Facts, delivery: NewDelivery, terms: Terms, one: Arrived, questions: Questions) -> bool:
    """Whether the price needs a reason; likely slips of the hand are asked about."""
    if one.is_estimate or one.new.price is None or not (one.qty or one.new.rejected_qty):
        return False
    if _is_as_ordered(one, terms):
        return False
    prices = known_prices(facts, delivery.supplier_id, terms, one)
    last = next(prices, None)
    if last is None or (last == one.price and last > 0):
        return one.price == 0 and _ask_about_slips(one, [], Decimal(0), questions)
    return _ask_about_slips(one, [last, *prices], jump_limit(facts, delivery.supplier_id), questions)


def _ask_about_slips(one: Arrived, known: Sequence[Decimal], limit: Decimal, questions: Questions) -> bool:
    """Whether the price moved by more than the limit; likely slips of the hand are asked about."""
    for slip in price_slips(one.price, known, limit, is_free=one.new.is_free):
        if slip.kind is not SlipKind.PRICE_JUMP:
            questions.add(slip.key, slip.field, slip.text, one)
    last = next((price for price in known if price > 0), None)
    return one.price > 0 and last is not None and abs(change_percent(one.price, last)) > limit


def _is_as_ordered(one: Arrived, terms: Terms) -> bool:
    """Whether the price is the order's to the letter."""
    line = one.awaited
    return (
        line is not None
        and line.price == one.price
        and line.unit == one.unit
        and line.order.is_tax_incl == terms.is_tax_incl
        and line.item_id == one.item.id
    )


def known_prices(facts: Facts, supplier_id: int | None, terms: Terms, one: Arrived) -> Iterator[Decimal]:
    """What one unit is known to cost, as the delivery's prices are written: by the order, then the last prices paid."""
    table = facts.units[one.item.id]
    line, incl = one.awaited, terms.is_tax_incl
    if line is not None and line.price is not None and line.item_id == one.item.id and not line.is_free:
        price = line.price
        if line.unit != one.unit:
            price = table.price_from_base(table.price_to_base(price, line.unit), one.unit)
        yield rules.price_with(price, line.tax_rate, is_incl=line.order.is_tax_incl, wanted_incl=incl)
    for micro in facts.past(one.item.id, supplier_id, terms.currency):
        price = from_micro(micro)
        if one.unit != table.base:
            price = table.price_from_base(price, one.unit)
        yield rules.price_with(price, one.tax_rate, is_incl=False, wanted_incl=incl)


def jump_limit(facts: Facts, supplier_id: int | None) -> Decimal:
    """From how many per cent of change a price needs a reason."""
    deal = facts.suppliers.get(supplier_id or 0)
    return deal.price_jump_percent if deal is not None else facts.rules.price_jump_percent


def _ask_about_warmth(facts: Facts, delivery: NewDelivery, arrived: Sequence[Arrived], questions: Questions) -> None:
    limits = facts.rules.limits
    kept = [one for one in arrived if one.qty and one.new.inspection is InspectionState.ACCEPTED]
    kinds = {one.item.storage_kind for one in kept}
    for check in delivery.checks:
        rules.check_reading(check.reading)
        if check.storage_kind in kinds and rules.is_warm(check.storage_kind, check.reading, limits):
            shown = {"kind": word(check.storage_kind), "reading": plain(check.reading)}
            limit = plain(limits[check.storage_kind])
            text = _("{kind}: {reading} °C, at most {limit} °C allowed. Take it in anyway?", **shown, limit=limit)
            questions.add("too_warm", "temperature", text)
    for one in kept:
        reading = one.new.temperature
        if reading is not None and rules.is_warm(one.item.storage_kind, reading, limits):
            limit = plain(limits[one.item.storage_kind])
            text = _(
                "{reading} °C, at most {limit} °C allowed. Take it in anyway?", reading=plain(reading), limit=limit
            )
            questions.add("too_warm", "temperature", text, one)
