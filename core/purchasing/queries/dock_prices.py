"""A price typed at the dock beside those paid before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from core.i18n import Text
from core.purchasing.rules import arrivals as rules
from core.purchasing.rules.slips import change_percent, price_slips
from core.purchasing.steps.receiving.checks import jump_limit, known_prices
from core.purchasing.steps.receiving.facts import Facts, day_of, load_facts
from core.purchasing.steps.receiving.lines import Resolver
from core.purchasing.steps.receiving.past_prices import last_paid, points_of
from core.purchasing.types.arrivals import Arrived, Stocked, Terms
from core.purchasing.types.receipts import (
    NewDelivery,
    NewDeliveryLine,
)
from core.purchasing.types.sheets import (
    PriceCheck,
    PricePoint,
)
from core.purchasing.types.slips import SlipKind
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of
from db.enums import Permission


@dataclass(frozen=True, slots=True)
class _Typed:
    """A price with what is known around it; `rate` None where nobody knows it."""

    facts: Facts
    terms: Terms
    rate: Decimal | None
    one: Arrived

    def cost(self, price: Decimal | None) -> Decimal | None:
        """What one base unit costs the site at a price, without the tax it gets back."""
        if price is None or self.rate is None:
            return None
        net = rules.price_with(
            price, self.one.tax_rate, is_incl=self.terms.is_tax_incl,
            wanted_incl=not self.facts.rules.is_tax_recoverable,
        )  # fmt: skip
        return net * self.rate / self.one.factor


@query(Permission.STOCK_RECEIVE)
def check_price(
    uow: UnitOfWork,
    *,
    item_id: int,
    supplier_id: int | None,
    unit: str,
    price: Decimal,
    currency: str = "",
    order_line_id: int | None = None,
) -> PriceCheck:
    """What a price typed at the dock means: its change, the last five prices, what is left of the sale price, and whether
    it needs a reason.

    It is read as the order's prices are written, else as the supplier's. Without the right to see costs only the change
    is told. Raises InvalidInput below zero, NotFound.
    """
    typed = _typed(
        uow,
        NewDelivery((NewDeliveryLine(item_id, Decimal(1), unit, order_line_id, price=price),), supplier_id),
        currency,
    )
    facts, terms, one = typed.facts, typed.terms, typed.one
    known = list(known_prices(facts, supplier_id, terms, one))
    limit = jump_limit(facts, supplier_id)
    last = next((past for past in known if past > 0), None)
    percent = change_percent(price, last) if last is not None else None
    sale = _sale_price(one.item)
    margin = rules.margin_percent(sale, typed.cost(price))
    check = PriceCheck(
        item_id=item_id, unit=one.unit, currency=terms.currency, price=price, last=None, percent=percent, limit=limit,
        needs_reason=price > 0 and percent is not None and abs(percent) > limit, last_prices=(), sale_price=None,
        margin_before=None, margin_after=None, margin_limit=facts.rules.margin_percent,
        is_margin_low=margin is not None and margin < facts.rules.margin_percent, slip=_slip(price, known, limit),
    )  # fmt: skip
    if not uow.may(Permission.COST_VIEW):
        return check
    return replace(
        check, last=last, last_prices=_points(uow, typed), sale_price=one.item.sale_price,
        margin_before=rules.margin_percent(sale, typed.cost(last)), margin_after=margin,
    )  # fmt: skip


def _typed(uow: UnitOfWork, delivery: NewDelivery, currency: str) -> _Typed:
    facts = load_facts(uow, [delivery])
    line = facts.lines.get(delivery.lines[0].order_line_id or 0)
    deal = facts.suppliers.get(delivery.supplier_id or 0)
    if line is not None:
        order = line.order
        rate: Decimal | None = order.rate
        terms = Terms(order.currency, order.rate, digits_of(order.currency), order.is_tax_incl)
    else:
        word = currency or (deal.currency if deal is not None else uow.site.currency)
        rate = Decimal(1) if word == uow.site.currency else None
        is_incl = deal.prices_incl_tax if deal is not None else False
        terms = Terms(word, rate or Decimal(1), digits_of(word), is_incl)
    one = Resolver(facts, delivery, terms, day_of(uow, None)).line(delivery.lines[0], 1)
    return _Typed(facts, terms, rate, one)


def _slip(price: Decimal, known: list[Decimal], limit: Decimal) -> Text | None:
    slips = (slip for slip in price_slips(price, known, limit) if slip.kind is not SlipKind.PRICE_JUMP)
    return next((slip.text for slip in slips), None)


def _points(uow: UnitOfWork, typed: _Typed) -> tuple[PricePoint, ...]:
    one = typed.one
    paid = last_paid(uow, [one.item.id]).get(one.item.id, ())
    tax_rate = one.tax_rate if typed.terms.is_tax_incl else None
    return points_of(paid, typed.facts.units[one.item.id], one.unit, tax_rate)


def _sale_price(item: Stocked) -> Decimal | None:
    """The sale price of one base unit without tax, where its rate is known."""
    if item.sale_price is None:
        return None
    return rules.price_with(item.sale_price, item.tax_rate or Decimal(0), is_incl=True, wanted_incl=False)
