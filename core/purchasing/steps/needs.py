"""Putting the sheet of needs together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core import catalog
from core.catalog import SupplierDeal
from core.clock import business_day
from core.i18n import Name, _
from core.purchasing.rules.deliveries import next_delivery
from core.purchasing.rules.needs import need_at
from core.purchasing.rules.packs import packed, smallest_order
from core.purchasing.rules.suggestions import days_of_cover, standing_notes, suggest, urgency_of, wanted_qty
from core.purchasing.steps.need_figures import Figures, read_figures
from core.purchasing.steps.need_market import (
    NOBODY,
    ItemFacts,
    Units,
    choices_of,
    facts_of,
    load_items,
    local,
    new_choice,
    seen_prices,
    spent_this_month,
    standing_orders,
)
from core.purchasing.steps.usage import daily_usage, usage_days, usage_rates
from core.purchasing.types.needs import NeedChoice, NeedGroup, NeedLine, NeedSheet, StandingOrder
from core.purchasing.types.ordering import Levels, Need, Suggestion, SupplierFacts, SupplierPlan
from core.uow import UnitOfWork
from core.values import digits_of, plain, round_decimal
from db.enums import Permission

ZERO = Decimal(0)
QTY_DIGITS = 6


@dataclass(slots=True)
class Market:
    """What a sheet is made of, read once."""

    today: date
    horizon: int
    usage_days: int
    figures: Figures
    items: dict[int, ItemFacts]
    deals: dict[int, SupplierDeal]
    choices: dict[int, tuple[NeedChoice, ...]]
    rates: dict[int, Decimal | None]
    daily: dict[int, tuple[Decimal, ...]]
    units: Units
    spent: dict[int, Decimal]
    orders: dict[int, tuple[StandingOrder, ...]]
    sees_prices: bool


def read_market(uow: UnitOfWork, ids: Collection[int] | None, horizon: int) -> Market:
    """Everything about these items (all that could be needed without `ids`): some twenty statements for any number."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    figures = read_figures(uow, ids)
    wanted = figures.candidates() if ids is None else set(ids)
    units = Units(uow)
    items = load_items(uow, wanted, units)
    deals = catalog.load_suppliers(uow)
    terms = catalog.load_terms(uow, items.keys(), today)
    sees = uow.may(Permission.COST_VIEW) or uow.may(Permission.PURCHASE_ORDER)
    choices = {
        item_id: choices_of(item, terms.get(item_id, ()), deals, units, figures.asked.get(item_id, ()))
        for item_id, item in items.items()
    }
    if not sees:
        choices = {item_id: tuple(map(_unpriced, several)) for item_id, several in choices.items()}
    days = usage_days(uow)
    daily = daily_usage(uow, items.keys(), days)
    return Market(
        today=today, horizon=horizon, usage_days=days, figures=figures, items=items, deals=deals, choices=choices,
        rates=usage_rates(uow, items.keys(), daily=daily), daily=daily, units=units,
        spent=spent_this_month(uow, deals), orders=standing_orders(uow, today), sees_prices=sees,
    )  # fmt: skip


def _unpriced(choice: NeedChoice) -> NeedChoice:
    return replace(choice, supply=replace(choice.supply, price=None, breaks=()))


def make_sheet(uow: UnitOfWork, market: Market, supplier_id: int | None) -> NeedSheet:
    """The proposed orders, the most urgent first; with `supplier_id` only that supplier's."""
    chosen = {item_id: _choice(uow, market, item_id) for item_id in market.items}
    if supplier_id is not None:
        chosen = {item_id: one for item_id, one in chosen.items() if one.supplier_id == supplier_id}
    needs = {item_id: need_of(market, item_id, choice) for item_id, choice in chosen.items()}
    facts = {one.supplier_id: _facts(uow, market, one.supplier_id) for one in chosen.values()}
    plans = suggest(needs.values(), facts, local(uow, uow.now))
    shown = {line.item_id: chosen[line.item_id] for plan in plans for line in plan.lines}
    prices = seen_prices(uow, shown) if market.sees_prices else {}
    groups = []
    for plan in sorted(plans, key=lambda one: one.supplier_id == NOBODY):
        lines = [_line(market, needs[line.item_id], chosen[line.item_id], line) for line in plan.lines]
        priced = tuple(replace(line, last_prices=prices.get(line.item_id, ())) for line in lines)
        groups.append(group_of(uow, market, facts[plan.supplier_id], plan, priced))
    return NeedSheet(
        at=uow.now, today=market.today, horizon=market.horizon, usage_days=market.usage_days,
        sees_prices=market.sees_prices, groups=tuple(groups),
        others=_others(uow, market, {group.supplier_id for group in groups}),
    )  # fmt: skip


def _others(uow: UnitOfWork, market: Market, shown: set[int]) -> tuple[NeedGroup, ...]:
    """The other suppliers that may be ordered from, by code, and nobody."""
    now = local(uow, uow.now)
    open_ones = [deal for deal in market.deals.values() if deal.is_active and not deal.is_blocked]
    ids = [deal.id for deal in sorted(open_ones, key=lambda deal: deal.code)]
    found = []
    for supplier_id in (*ids, NOBODY):
        if supplier_id not in shown:
            facts = _facts(uow, market, supplier_id)
            empty = SupplierPlan(supplier_id, (), ZERO, next_delivery(now, facts), ZERO, ZERO, (), ())
            found.append(group_of(uow, market, facts, empty, ()))
    return tuple(found)


def _choice(uow: UnitOfWork, market: Market, item_id: int) -> NeedChoice:
    """The first supplier that may be ordered from, else a blocked one, else nobody."""
    several = market.choices[item_id]
    return several[0] if several else new_choice(market.items[item_id], None, uow.site.currency, market.units)


def _facts(uow: UnitOfWork, market: Market, supplier_id: int) -> SupplierFacts:
    return facts_of(
        uow, market.deals.get(supplier_id), market.spent.get(supplier_id, ZERO), market.orders.get(supplier_id, ())
    )


def need_of(market: Market, item_id: int, choice: NeedChoice) -> Need:
    """An item as it stands: what drafts of orders hold counts as ordered, what the horizon will use as asked for."""
    figures, item = market.figures, market.items[item_id]
    asked = sum((line.qty for line in figures.asked.get(item_id, ())), ZERO)
    return Need(
        item_id=item_id, unit=item.unit, on_hand=figures.held.get(item_id, ZERO),
        levels=figures.levels.get(item_id, Levels()), supply=choice.supply,
        reserved=figures.reserved.get(item_id, ZERO),
        on_order=figures.awaited.get(item_id, ZERO) + figures.in_drafts.get(item_id, ZERO),
        in_transit=figures.in_transit.get(item_id, ZERO), asked=asked + expected(market, item_id),
        usage=market.rates.get(item_id),
    )  # fmt: skip


def expected(market: Market, item_id: int) -> Decimal:
    """What will be used of an item within the horizon."""
    return round_decimal((market.rates.get(item_id) or ZERO) * market.horizon, QTY_DIGITS)


def _line(market: Market, need: Need, choice: NeedChoice, found: Suggestion) -> NeedLine:
    item, item_id = market.items[need.item_id], need.item_id
    return NeedLine(
        item_id=item_id, code=item.code, name=item.name, spec=item.spec, need=need, choice=choice, qty=found.qty,
        base_qty=found.base_qty, price=found.price, value=found.value, before=days_of_cover(need.projected, need.usage),
        cover=found.cover, urgency=found.urgency, reason=found.reason, wanted=wanted_qty(need) or ZERO,
        in_drafts=market.figures.in_drafts.get(item_id, ZERO), expected=expected(market, item_id),
        daily=market.daily.get(item_id, ()), choices=market.choices[item_id],
        asked=tuple(market.figures.asked.get(item_id, ())),
    )  # fmt: skip


def group_of(
    uow: UnitOfWork, market: Market, facts: SupplierFacts, plan: SupplierPlan, lines: tuple[NeedLine, ...]
) -> NeedGroup:
    """The head of a supplier's lines."""
    deal = market.deals.get(facts.supplier_id)
    spent = market.spent.get(facts.supplier_id, ZERO)
    budget = deal.monthly_budget if deal is not None and market.sees_prices else None
    slot = plan.slot if deal is not None else None
    orders = market.orders.get(facts.supplier_id, ())
    return NeedGroup(
        supplier_id=facts.supplier_id, code=deal.code if deal else "", name=deal.name if deal else Name(""),
        phone=deal.phone if deal else "", currency=facts.currency, digits=digits_of(facts.currency), slot=slot,
        minimum_value=facts.minimum_value if market.sees_prices else None, budget=budget, spent=spent,
        left=None if budget is None else budget - spent, is_blocked=facts.is_blocked,
        notes=tuple(standing_notes(facts, slot)) if deal else (), postponable=plan.postponable,
        orders=tuple(one for one in orders if slot is not None and one.on == slot.delivered_on), lines=lines,
    )  # fmt: skip


def line_by_hand(uow: UnitOfWork, market: Market, item_id: int, choice: NeedChoice) -> NeedLine:
    """A line for an item somebody adds, whether it is needed or not: what is needed, else what departments ask for (though
    there is enough), else the smallest order."""
    need = need_of(market, item_id, choice)
    facts = _facts(uow, market, choice.supplier_id)
    now = local(uow, uow.now)
    plans = suggest([need], {choice.supplier_id: facts}, now)
    if plans:
        line = _line(market, need, choice, plans[0].lines[0])
    else:
        slot = next_delivery(now, facts)
        days = (slot.delivered_on - now.date()).days if slot else facts.lead_days
        asked = sum((one.qty for one in market.figures.asked.get(item_id, ())), ZERO)
        qty = packed(asked, choice.supply).qty if asked else smallest_order(choice.supply)
        line = replace(need_at(_line(market, need, choice, _unneeded(need, days)), qty), wanted=asked)
    prices = seen_prices(uow, {item_id: choice}) if market.sees_prices else {}
    return replace(line, last_prices=prices.get(item_id, ()))


def _unneeded(need: Need, days: int) -> Suggestion:
    have = plain(need.projected)
    reason = _("Added by hand: {have} {unit} will be free without it.", have=have, unit=need.unit)
    return Suggestion(need.item_id, ZERO, ZERO, None, None, None, urgency_of(need, days), reason)
