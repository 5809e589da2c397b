"""From what was typed at the dock to lines that can be booked: order's line, unit, price, dates, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.catalog import UnitTable, price_for
from core.errors import CoreError, InvalidInput, Refused
from core.i18n import _
from core.purchasing.rules import arrivals as rules
from core.purchasing.rules.money import convert_lines
from core.purchasing.rules.taxes import check_rate, stock_amounts
from core.purchasing.steps.receiving.facts import Facts, day_of
from core.purchasing.steps.receiving.questions import Questions
from core.purchasing.types.arrivals import Arrived, AwaitedLine, AwaitedOrder, Stocked, Terms
from core.purchasing.types.money import Priced
from core.purchasing.types.receipts import NewDelivery, NewDeliveryLine
from core.uow import UnitOfWork
from core.values import MICRO, digits_of, from_micro, round_decimal, round_to_minor

ONE = Decimal(1)


def resolve(uow: UnitOfWork, facts: Facts, delivery: NewDelivery, questions: Questions) -> tuple[Terms, list[Arrived]]:
    """The lines of one delivery, priced in its currency and in the site's. Raises CoreError with the row."""
    terms = terms_of(uow, facts, delivery)
    _ask_about_currency(facts, delivery, terms, questions)
    if not delivery.lines:
        raise InvalidInput(_("There is nothing to receive yet. Add a line."), field="lines")
    rules.check_texts(delivery.document.strip(), (delivery.note, *(check.note for check in delivery.checks)))
    resolver = Resolver(facts, delivery, terms, day_of(uow, delivery.at))
    arrived = []
    for number, new in enumerate(delivery.lines, start=1):
        try:
            arrived.append(resolver.line(new, new.row or number))
        except CoreError as fault:
            questions.refuse(fault, new.row or number)
    _value(uow, facts, terms, arrived)
    return terms, arrived


def terms_of(uow: UnitOfWork, facts: Facts, delivery: NewDelivery) -> Terms:
    """Currency, rate and tax of the delivery's prices: as stated, else as its orders', else as its supplier's.

    Raises Refused for orders that cannot take goods, of other suppliers or other currencies; InvalidInput for a rate.
    """
    orders = _orders_of(facts, delivery)
    deal = facts.suppliers.get(delivery.supplier_id or 0)
    currency = delivery.currency or (orders[0].currency if orders else deal.currency if deal else uow.site.currency)
    for order in orders:
        _check_order(order, delivery.supplier_id, currency)
    is_incl = delivery.is_tax_incl
    if is_incl is None:
        is_incl = orders[0].is_tax_incl if orders else deal.prices_incl_tax if deal else False
    rate = _rate(uow, currency, delivery.rate or (orders[0].rate if orders else None))
    return Terms(currency, rate, digits_of(currency), is_incl)


def _orders_of(facts: Facts, delivery: NewDelivery) -> list[AwaitedOrder]:
    lines = [facts.lines[line.order_line_id] for line in delivery.lines if line.order_line_id in facts.lines]
    if not facts.orders.keys() >= set(delivery.order_ids):
        raise InvalidInput(_("There is no such order."), field="order")
    return [
        facts.orders[order_id] for order_id in dict.fromkeys((*delivery.order_ids, *(one.order.id for one in lines)))
    ]


def _check_order(order: AwaitedOrder, supplier_id: int | None, currency: str) -> None:
    rules.check_takes_goods(order.state, order.number)
    if order.supplier_id != supplier_id:
        raise Refused(
            _("{number} is an order to another supplier. Receive it on its own.", number=order.number), field="order"
        )
    if order.currency != currency:
        raise Refused(rules.other_currency(order.number, order.currency, currency), field="currency")


def _ask_about_currency(facts: Facts, delivery: NewDelivery, terms: Terms, questions: Questions) -> None:
    deal = facts.suppliers.get(delivery.supplier_id or 0)
    if deal is None or delivery.order_ids or terms.currency == deal.currency:
        return
    if any(line.order_line_id is not None for line in delivery.lines):
        return
    text = _(
        "{supplier} has prices in {usual}; this delivery is in {currency}. Is that right?",
        supplier=deal.name,
        usual=deal.currency,
        currency=terms.currency,
    )
    questions.add("other_currency", "currency", text)


def _rate(uow: UnitOfWork, currency: str, rate: Decimal | None) -> Decimal:
    if currency == uow.site.currency:
        return Decimal(1)
    rate = None if rate is None else round_decimal(rate, 6)
    if rate is None or rate <= 0:
        raise InvalidInput(
            _("What does 1 {currency} cost in {site}? Write the rate.", currency=currency, site=uow.site.currency),
            field="rate",
        )
    return rate


class Resolver:
    """Resolves the lines of one delivery one after the other."""

    def __init__(self, facts: Facts, delivery: NewDelivery, terms: Terms, day: date) -> None:
        self._facts, self._delivery, self._terms, self._day = facts, delivery, terms, day
        self._deal = facts.suppliers.get(delivery.supplier_id or 0)

    def line(self, new: NewDeliveryLine, row: int) -> Arrived:
        """One line. Raises CoreError."""
        item = self._facts.item(new.item_id)
        rules.check_refusal(new.qty, new.rejected_qty, new.reject_reason)
        if new.note or new.price_reason:
            rules.check_texts("", (new.note, new.price_reason))
        if new.temperature is not None:
            rules.check_reading(new.temperature)
        awaited = self._awaited(new, item)
        table = self._facts.units[item.id]
        unit = table.unit(new.unit or self._unit(new, awaited))
        qty = table.to_micro(new.qty, unit)
        if new.rejected_qty:
            table.to_micro(new.rejected_qty, unit)
        tax_rate = self._tax_rate(new, item, awaited)
        price, is_estimate = self._price(new, unit, awaited, tax_rate)
        return Arrived(
            new, row, item, unit, self._factor(table, unit, awaited), qty, self._counted(new, unit, qty, awaited), awaited, price,
            is_estimate, tax_rate, 0 if new.is_free else round_to_minor(new.qty * price, self._terms.digits),
            self._expiry(new, item),
        )  # fmt: skip

    def _awaited(self, new: NewDeliveryLine, item: Stocked) -> AwaitedLine | None:
        ordered_item = new.instead_of_id or item.id
        if new.order_line_id is None:
            return self._found(ordered_item, is_free=new.is_free)
        awaited = self._facts.line(new.order_line_id)
        if awaited.item_id != ordered_item:
            raise Refused(
                _(
                    "{number} does not await {item} on that line. Say what it stands in for.",
                    number=awaited.order.number,
                    item=item.code,
                ),
                field="item",
            )
        return awaited

    def _found(self, item_id: int, *, is_free: bool) -> AwaitedLine | None:
        """The line of the delivery's orders that still awaits the item, the one due first; free goods belong to free lines
        only."""
        if not self._delivery.order_ids:
            return None
        mine = set(self._delivery.order_ids)
        lines = [one for one in self._facts.lines.values() if one.item_id == item_id and one.order.id in mine]
        lines = [one for one in lines if one.is_free or not is_free]
        lines.sort(key=lambda one: (not one.outstanding, one.due_on or date.max, one.id))
        return lines[0] if lines else None

    def _unit(self, new: NewDeliveryLine, awaited: AwaitedLine | None) -> str:
        table = self._facts.units[new.item_id]
        if awaited is not None and table.has(awaited.unit):
            return awaited.unit
        term = self._facts.terms.get((self._delivery.supplier_id or 0, new.item_id))
        return term.unit if term is not None else table.purchase or table.base

    def _factor(self, table: UnitTable, unit: str, awaited: AwaitedLine | None) -> Decimal:
        if unit == table.base:
            return ONE
        is_ordered = awaited is not None and awaited.unit == unit and awaited.item_id == table.item_id
        return awaited.factor if awaited is not None and is_ordered else table.factor(unit)

    def _counted(self, new: NewDeliveryLine, unit: str, qty: int, awaited: AwaitedLine | None) -> int:
        """What counts for the order's line. A substitute counts in the base unit both have, or in the order's own unit."""
        if awaited is None or awaited.item_id == new.item_id:
            return qty
        ordered = self._facts.units[awaited.item_id]
        if ordered.base == self._facts.units[new.item_id].base:
            return qty
        if not ordered.has(unit):
            raise InvalidInput(
                _("It stands in for {item}: write the quantity in {unit}.", item=ordered.code, unit=awaited.unit),
                field="unit",
            )
        return ordered.to_micro(new.qty, unit)

    def _tax_rate(self, new: NewDeliveryLine, item: Stocked, awaited: AwaitedLine | None) -> Decimal:
        if new.tax_rate is not None:
            check_rate(new.tax_rate)
            return new.tax_rate
        if awaited is not None:
            return awaited.tax_rate
        if item.tax_rate is not None:
            return item.tax_rate
        known = self._deal.tax_rate if self._deal is not None else None
        return self._facts.rules.default_tax_rate if known is None else known

    def _price(
        self, new: NewDeliveryLine, unit: str, awaited: AwaitedLine | None, tax_rate: Decimal
    ) -> tuple[Decimal, bool]:
        """The price of one unit as the delivery's prices are written, and whether nobody stated it."""
        if new.price is not None:
            if new.price < 0:
                raise InvalidInput(_("A price cannot be below zero. Use a return or a credit note."), field="price")
            return new.price if not new.price * MICRO % 1 else round_decimal(new.price, 6), False
        if new.is_free:
            return Decimal(0), True
        estimate = self._ordered_price(new, unit, awaited) or self._term_price(new, unit, tax_rate)
        if estimate is None:
            estimate = self._paid_price(new, unit, tax_rate)
        if estimate is None:
            raise InvalidInput(_("What does it cost? Nothing is known of its price yet."), field="price")
        return estimate, True

    def _ordered_price(self, new: NewDeliveryLine, unit: str, awaited: AwaitedLine | None) -> Decimal | None:
        if awaited is None or awaited.price is None or awaited.item_id != new.item_id or awaited.is_free:
            return None
        price = self._in_unit(new.item_id, awaited.price, awaited.unit, unit)
        return self._as_written(price, awaited.tax_rate, is_incl=awaited.order.is_tax_incl)

    def _term_price(self, new: NewDeliveryLine, unit: str, tax_rate: Decimal) -> Decimal | None:
        term = self._facts.terms.get((self._delivery.supplier_id or 0, new.item_id))
        if term is None or self._deal is None or self._deal.currency != self._terms.currency:
            return None
        table = self._facts.units[new.item_id]
        qty = table.from_base(table.to_base(new.qty or new.rejected_qty, unit), term.unit)
        price = price_for(term.price, term.breaks, qty)
        if price is None:
            return None
        price = self._in_unit(new.item_id, price, term.unit, unit)
        return self._as_written(price, tax_rate, is_incl=self._deal.prices_incl_tax)

    def _paid_price(self, new: NewDeliveryLine, unit: str, tax_rate: Decimal) -> Decimal | None:
        past = self._facts.past(new.item_id, self._delivery.supplier_id, self._terms.currency)
        if not past:
            return None
        price = self._facts.units[new.item_id].price_from_base(from_micro(past[0]), unit)
        return self._as_written(price, tax_rate, is_incl=False)

    def _in_unit(self, item_id: int, price: Decimal, unit: str, wanted: str) -> Decimal:
        table = self._facts.units[item_id]
        return price if unit == wanted else table.price_from_base(table.price_to_base(price, unit), wanted)

    def _as_written(self, price: Decimal, rate: Decimal, *, is_incl: bool) -> Decimal:
        return rules.price_with(price, rate, is_incl=is_incl, wanted_incl=self._terms.is_tax_incl)

    def _expiry(self, new: NewDeliveryLine, item: Stocked) -> date | None:
        if new.expires_on is None and new.produced_on is None:
            return None
        rules.check_produced(new.produced_on, self._day)
        expires_on = rules.expiry_of(new.expires_on, new.produced_on, item.shelf_life_days)
        if new.qty:
            rules.check_not_expired(expires_on, self._day, new.inspection)
        return expires_on


def _value(uow: UnitOfWork, facts: Facts, terms: Terms, arrived: Sequence[Arrived]) -> None:
    """What each line brings into stock: without the tax the site gets back, in its currency; the lines sum to the whole."""
    priced = [Priced(one.amount, one.tax_rate) for one in arrived]
    stocked = stock_amounts(priced, is_incl=terms.is_tax_incl, is_recoverable=facts.rules.is_tax_recoverable)
    for one, accrued in zip(arrived, convert_lines(stocked, terms.rate, terms.digits, uow.site.digits), strict=True):
        one.accrued = accrued


def net_price(one: Arrived, terms: Terms) -> Decimal:
    """The price of one base unit without tax, in the delivery's currency, six decimals."""
    net = rules.price_with(one.price, one.tax_rate, is_incl=terms.is_tax_incl, wanted_incl=False)
    return net if one.factor == 1 else round_decimal(net / one.factor, 6)
