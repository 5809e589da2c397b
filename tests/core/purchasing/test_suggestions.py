"""What to order: a supplier's rules are never broken, needs are met, and each line says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Name
from core.purchasing.rules.deliveries import delivers_on, next_delivery
from core.purchasing.rules.packs import SLACK, pack_slips, packed, price_at, smallest_order, step_of
from core.purchasing.rules.suggestions import days_of_cover, suggest, suggest_item
from core.purchasing.types.ordering import Levels, Need, SupplierFacts, Supply, Urgency
from core.values import to_micro

ZONE = ZoneInfo("Europe/Stockholm")
CASE, KG = Name("箱", "case"), Name("公斤", "kg")
SUNDAY = datetime(2026, 11, 22, 9, 30, tzinfo=ZONE)
AMOUNT = st.decimals("0", "500", places=2)
SOME = st.decimals("0.05", "60", places=2)
SUPPLY = st.builds(
    Supply,
    st.just(1),
    st.just(CASE),
    st.decimals("0.1", "24", places=2),
    st.none() | st.decimals("0.01", "99", places=2),
    st.none() | SOME,
    st.none() | st.decimals("0.05", "12", places=2),
    st.lists(st.tuples(SOME, SOME), max_size=3).map(tuple),
)
LEVELS = st.builds(Levels, *[st.none() | AMOUNT] * 6)
NEED = st.builds(
    Need, st.integers(1, 9), st.just(KG), st.decimals("-50", "500", places=2), LEVELS, SUPPLY,
    AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.none() | st.decimals("0", "40", places=1),
)  # fmt: skip
PLAIN = Supply(1, CASE, D(6), D("12.50"))


def need(on_hand: str, levels: Levels, supply: Supply = PLAIN, usage: str | None = None) -> Need:
    return Need(1, KG, D(on_hand), levels, supply, usage=None if usage is None else D(usage))


@given(wanted=st.decimals("0.01", "900", places=2), supply=SUPPLY, room=st.none() | AMOUNT)
def test_an_order_is_always_one_the_supplier_takes(wanted: D, supply: Supply, room: D | None) -> None:
    order = packed(wanted, supply, room)
    assert order.qty % step_of(supply) == 0
    assert order.qty >= smallest_order(supply) >= (supply.minimum_qty or 0)
    assert order.price == price_at(supply, order.qty)
    if room is None:
        assert order.qty * supply.factor >= wanted - step_of(supply) * supply.factor * SLACK
    elif order.qty * supply.factor > room:
        assert order.qty == max(smallest_order(supply), order.qty) and room < smallest_order(supply) * supply.factor


@given(wanted=st.decimals("0.01", "900", places=2), supply=SUPPLY)
def test_what_is_proposed_is_never_asked_about_and_what_would_fit_fits(wanted: D, supply: Supply) -> None:
    assert pack_slips(packed(wanted, supply).qty, "箱", supply.factor, supply) == ()
    for slip in pack_slips(wanted, "箱", supply.factor, supply):
        assert isinstance(slip.usual, D) and slip.usual > wanted and slip.field == "qty"
        assert pack_slips(slip.usual, "箱", supply.factor, supply) == ()


@pytest.mark.parametrize(
    ("qty", "factor", "unit", "said"),
    [
        ("5", "6", "箱", "5 箱 is less than the supplier delivers (7 箱). 8 箱 would fit."),
        ("7", "6", "箱", "7 箱 is no multiple of 2 箱. 8 箱 would fit."),
        ("8", "6", "箱", ""),
        ("50", "1", "kg", "50 kg is no multiple of 12 kg. 60 kg would fit."),
        ("3", "7", "包", "3 包 is less than the supplier delivers (6 包). 8 箱 would fit."),
    ],
)
def test_a_typed_quantity_is_asked_about_with_what_would_fit(qty: str, factor: str, unit: str, said: str) -> None:
    supply = Supply(1, CASE, D(6), minimum_qty=D(7), multiple_qty=D(2))
    assert "".join(slip.text.render("en") for slip in pack_slips(D(qty), unit, D(factor), supply)) == said
    assert pack_slips(D("2.5"), "箱", D(6), Supply(1, CASE, D(6), minimum_qty=D("2.5"))) == ()


@given(wanted=st.decimals("0.01", "900", places=2), supply=SUPPLY)
def test_a_price_break_is_taken_only_when_more_goods_cost_no_more(wanted: D, supply: Supply) -> None:
    without = packed(wanted, Supply(1, CASE, supply.factor, supply.price, supply.minimum_qty, supply.multiple_qty))
    order = packed(wanted, supply)
    assert order.qty >= without.qty
    if order.qty > without.qty:
        before = price_at(supply, without.qty)
        assert before is not None and order.price is not None
        assert order.qty * order.price <= without.qty * before


@given(one=NEED, days=st.integers(0, 30))
def test_a_suggestion_reaches_its_level_and_says_why(one: Need, days: int) -> None:
    found = suggest_item(one, days, 2)
    levels = one.levels
    triggers = [level for level in (levels.reorder_point, levels.floor) if level is not None]
    if levels.reorder_point is None and levels.par is not None:
        triggers.append(levels.par)
    if found is None:
        assert one.projected >= 0
        assert all(one.projected >= level for level in triggers)
        return
    assert abs(found.base_qty - found.qty * one.supply.factor) <= D("0.0000005")
    assert found.base_qty > 0 and to_micro(found.base_qty)
    after = one.projected + found.base_qty
    if levels.maximum is None:
        crumb = step_of(one.supply) * one.supply.factor * SLACK
        assert after >= max([*triggers, D(0)]) - crumb
    assert found.cover == days_of_cover(after, one.usage)
    assert found.reason.render("en").endswith(".") and found.reason.render("zh").endswith("。")
    if one.free <= 0:
        assert found.urgency is Urgency.RED


@given(
    minutes=st.integers(0, 2 * 365 * 24 * 60),
    mask=st.integers(0, 127),
    lead=st.integers(0, 14),
    cutoff=st.none() | st.times(),
)
def test_the_next_delivery_can_still_be_ordered(minutes: int, mask: int, lead: int, cutoff: time | None) -> None:
    here = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZONE)
    facts = SupplierFacts(1, mask, None if cutoff is None else cutoff.replace(second=0, microsecond=0), lead)
    slot = next_delivery(here, facts)
    assert slot is not None
    assert delivers_on(slot.delivered_on, facts)
    assert slot.order_by.replace(tzinfo=None) >= here.replace(tzinfo=None)
    assert slot.delivered_on - slot.order_by.date() == timedelta(days=lead)
    assert slot.delivered_on - here.date() <= timedelta(days=lead + 8)


def test_the_cut_off_decides_which_delivery_it_is() -> None:
    facts = SupplierFacts(1, 0b0010101, time(14), 1)
    assert next_delivery(datetime(2026, 11, 24, 14, 0, tzinfo=ZONE), facts).delivered_on == date(2026, 11, 25)  # type: ignore[union-attr]
    late = next_delivery(datetime(2026, 11, 24, 14, 1, tzinfo=ZONE), facts)
    assert late is not None and late.delivered_on == date(2026, 11, 27)
    assert late.order_by == datetime(2026, 11, 26, 14, 0, tzinfo=ZONE)
    closed = SupplierFacts(1, 0b0010101, time(14), 1, closed_on=frozenset({date(2026, 11, 27)}))
    moved = next_delivery(datetime(2026, 11, 24, 14, 1, tzinfo=ZONE), closed)
    assert moved is not None and moved.delivered_on == date(2026, 11, 30)


def test_a_line_says_why_in_both_languages() -> None:
    found = suggest_item(need("4", Levels(reorder_point=D(10), par=D(40)), usage="8"), 2, 2)
    assert found is not None
    assert (found.qty, found.base_qty, found.value, found.cover) == (D(6), D(36), D("75.00"), D("5.0"))
    assert found.urgency is Urgency.RED
    assert found.reason.render("en") == "4 kg will be free, the reorder point is 10."
    assert found.reason.render("zh") == "预计可用 4 公斤，再订货点为 10。"


@pytest.mark.parametrize(
    ("on_hand", "usage", "urgency"),
    [("0", None, 1), ("3", None, 2), ("8", None, 3), ("8", "5", 1), ("8", "1.5", 2), ("10", None, 3)],
)
def test_urgency_looks_at_the_day_of_delivery(on_hand: str, usage: str | None, urgency: int) -> None:
    found = suggest_item(need(on_hand, Levels(reorder_point=D(10), safety=D(5)), usage=usage), 3, 2)
    assert found is not None and found.urgency == urgency


def test_a_crumb_is_no_reason_for_another_case() -> None:
    third = Supply(1, CASE, D("0.333333"))
    assert packed(D(1), third).qty == 3
    assert packed(D("1.01"), third).qty == 4


def test_what_is_on_its_way_is_not_ordered_again() -> None:
    levels = Levels(par=D(30))
    assert suggest_item(Need(1, KG, D(6), levels, PLAIN, on_order=D(18), in_transit=D(6)), 1, 2) is None
    asked = suggest_item(Need(1, KG, D(30), levels, PLAIN, asked=D(5)), 1, 2)
    assert asked is not None and asked.qty == 1
    assert suggest_item(need("5", Levels()), 1, 2) is None


def test_at_the_reorder_point_one_smallest_order_is_proposed_when_nobody_said_how_much() -> None:
    found = suggest_item(need("10", Levels(reorder_point=D(10))), 1, 2)
    assert found is not None and found.qty == 1
    lot = suggest_item(need("10", Levels(reorder_point=D(10), order_qty=D(20))), 1, 2)
    assert lot is not None and lot.qty == 4
    assert suggest_item(need("10", Levels(reorder_point=D(10), par=D(10))), 1, 2) is None


def test_a_supplier_is_told_what_is_missing_to_the_minimum_and_what_can_wait() -> None:
    needs = [need("0", Levels(par=D(6))), Need(2, KG, D(20), Levels(par=D(30)), PLAIN)]
    poor = SupplierFacts(1, minimum_value=D(100), budget=D(20), is_blocked=True, ordered_for=frozenset({SUNDAY.date()}))
    (plan,) = suggest(needs, {1: poor}, SUNDAY)
    assert [line.item_id for line in plan.lines] == [1, 2]
    assert (plan.value, plan.missing, plan.over, plan.postponable) == (D("37.50"), D("62.50"), D("17.50"), (2,))
    assert [note.render("zh") for note in plan.notes] == [
        "该供应商已停用采购，请为这些物料另选供应商。",
        "距起订额 100 还差 62.50 CNY。",
        "超出预算 20：多 17.50 CNY。",
        "2026-11-22 已有订单，请加到该订单中。",
    ]


def test_plans_are_by_supplier_and_the_most_urgent_comes_first() -> None:
    levels = Levels(par=D(60), reorder_point=D(20))
    needs = [
        Need(number, KG, D(number), levels, Supply(number % 3, CASE, D(6)), usage=D(1 + number % 5))
        for number in range(1, 40)
    ]
    plans = suggest(needs, {number: SupplierFacts(number, lead_days=2) for number in range(3)}, SUNDAY)
    assert sorted(line.item_id for plan in plans for line in plan.lines) == list(range(1, 21))
    for plan in plans:
        order = [(line.urgency, line.cover) for line in plan.lines if line.cover is not None]
        assert order == sorted(order) and len(order) == len(plan.lines)
        assert plan.notes[0].render("en") == f"Lines without a price, not in the total: {len(order)}."
    assert [plan.lines[0].urgency for plan in plans] == sorted(plan.lines[0].urgency for plan in plans)
