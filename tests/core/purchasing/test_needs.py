"""The sheet of needs on both databases: what is netted, who is asked, what orders come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from core import catalog, identity, purchasing, stock
from core.catalog import Break, NewItem, NewPolicy, NewTerm, PackUnit
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound, Refused
from core.office import Office
from core.purchasing import NeedLine, NeedSheet, NewOrder, NewOrderLine, NewRequest, NewRequestLine, Urgency
from core.purchasing.steps.usage import daily_usage, usage_rates
from core.registry import query
from core.stock import NewLine
from core.uow import UnitOfWork
from db.enums import RequestState
from tests.core.purchasing.people import sign_in_as
from tests.factories import make_item, make_items, make_place, make_supplier

D = Decimal


@query(None)
def rates_for_test(uow: UnitOfWork, *, item_ids: tuple[int, ...]) -> dict[int, Decimal | None]:
    """Usage rates."""
    return usage_rates(uow, item_ids)


@query(None)
def daily_for_test(uow: UnitOfWork, *, item_ids: tuple[int, ...], days: int = 28) -> dict[int, tuple[Decimal, ...]]:
    """Usage by day."""
    return daily_usage(uow, item_ids, days)


def policy(**levels: Decimal) -> NewPolicy:
    return NewPolicy(**levels)  # type: ignore[arg-type]


def sheet(office: Office, **chosen: object) -> NeedSheet:
    found: NeedSheet = office.ask(purchasing.list_suggestions, **chosen)
    return found


def lines(office: Office, **chosen: object) -> dict[int, NeedLine]:
    return {line.item_id: line for group in sheet(office, **chosen).groups for line in group.lines}


def bought(office: Office, code: str = "TOM", supplier_id: int | None = None, **over: object) -> int:
    """An item in kg sold in cases of 10 kg for 50, par 30."""
    supplier = supplier_id or make_supplier(office, f"S-{code}", **over.pop("supplier", {}))  # type: ignore[arg-type]
    term = NewTerm(supplier, unit="箱", price=D(50), **over.pop("term", {}))  # type: ignore[arg-type]
    fields = {"pack_units": (PackUnit("箱", D(10)),), "policy": policy(par=D(30)), **over}
    return make_item(office, code, terms=(term, *fields.pop("more", ())), **fields)  # type: ignore[misc]


def receive(office: Office, item: int, qty: Decimal, place: int, **over: object) -> None:
    line = NewLine(item, qty, location_id=place, value=qty * 5, **over)  # type: ignore[arg-type]
    office.do(stock.receive_goods, lines=(line,))


def issue(office: Office, item: int, qty: Decimal, place: int) -> int:
    posted = office.do(stock.issue_goods, lines=(NewLine(item, qty, location_id=place),), purpose="kitchen")
    return int(posted.posting_id)


def test_below_par_is_filled_up_in_whole_packs_with_reason_and_price(office: Office) -> None:
    item, place = bought(office), make_place(office)
    receive(office, item, D(12), place)
    line = lines(office)[item]
    assert (line.qty, line.base_qty, line.price, line.value) == (D(2), D(20), D(50), D("100.00"))
    assert line.reason.render("en") == "12 kg will be free, par is 30, rounded to whole case."
    assert (line.wanted, line.urgency, line.cover) == (D(18), Urgency.GREEN, None)
    receive(office, item, D(18), place)
    assert sheet(office).groups == ()


def test_what_is_on_its_way_in_drafts_promised_and_asked_for_counts(office: Office) -> None:
    item, place = bought(office), make_place(office)
    receive(office, item, D(20), place)
    supplier = lines(office)[item].choice.supplier_id
    office.do(stock.reserve_stock, item_id=item, qty=D(5), purpose="party")
    request = office.do(
        purchasing.create_request, new=NewRequest((NewRequestLine(item, D(8)),), "热厨"), is_submitted=True
    )
    assert lines(office)[item].need.projected == D(15)
    office.do(purchasing.approve_request, purchase_request_id=request)
    line = lines(office)[item]
    assert (line.need.reserved, line.need.asked, line.need.projected) == (D(5), D(8), D(7))
    assert (line.wanted, line.qty) == (D(23), D(3))
    assert [(one.department, one.qty) for one in line.asked] == [("热厨", D(8))]
    office.do(purchasing.make_orders, choices=(NewOrder(supplier, (NewOrderLine(item, D(1)),)),))
    line = lines(office)[item]
    assert (line.in_drafts, line.need.on_order, line.wanted) == (D(10), D(10), D(13))


def test_expired_and_blocked_goods_are_not_there(office: Office, clock: FixedClock) -> None:
    item, place = bought(office, lot_tracked=True), make_place(office)
    receive(office, item, D(40), place, lot="A", expires_on=date(2026, 3, 6))
    assert lines(office) == {}
    clock.advance(days=4)
    line = lines(office)[item]
    assert (line.need.on_hand, line.urgency) == (D(0), Urgency.RED)


def test_levels_of_places_are_summed_where_the_site_has_none(office: Office) -> None:
    item = bought(office, policy=None)
    first, second = make_place(office, "A"), make_place(office, "B")
    for place, par in ((first, D(6)), (second, D(7))):
        office.do(catalog.save_policy, item_id=item, policy=NewPolicy(location_id=place, par=par))
    assert lines(office)[item].need.levels.par == D(13)
    office.do(catalog.save_policy, item_id=item, policy=NewPolicy(par=D(9)))
    assert lines(office)[item].need.levels.par == D(9)


def test_usage_is_what_the_ledger_says_of_whole_days(office: Office, clock: FixedClock) -> None:
    item, place = bought(office, policy=policy(reorder_point=D(100))), make_place(office)
    receive(office, item, D(100), place)
    clock.advance(days=30)
    issue(office, item, D(14), place)
    clock.advance(days=3)
    wrong = issue(office, item, D(7), place)
    clock.advance(days=1)
    office.do(stock.reverse_posting, posting_id=wrong)
    issue(office, item, D(14), place)
    clock.advance(days=2)
    issue(office, item, D(50), place)
    daily = office.ask(daily_for_test, item_ids=(item,))[item]
    assert len(daily) == 28 and sum(daily) == D(28), "today is not over yet, the reversed issue is none"
    assert daily[-6] == D(14) and daily[-3] == D(7) and daily[-2] == D(7)
    assert office.ask(rates_for_test, item_ids=(item,))[item] == D(1)
    line = lines(office)[item]
    assert line.before == D(22) and line.cover == D(22) + line.base_qty
    assert lines(office, horizon=10)[item].expected == D(10)


def test_a_young_item_is_used_since_it_is_there(office: Office, clock: FixedClock) -> None:
    item, place = bought(office), make_place(office)
    receive(office, item, D(100), place)
    issue(office, item, D(10), place)
    clock.advance(days=5)
    assert office.ask(rates_for_test, item_ids=(item,)) == {item: D(2)}
    assert office.ask(rates_for_test, item_ids=(item, 99))[99] is None


def test_days_of_usage_are_told_right_when_clocks_change(office: Office, clock: FixedClock) -> None:
    card = office.ask(identity.get_site)
    office.do(identity.update_site, version=card.version, new=replace(card.settings, zone="Europe/Stockholm"))
    item, place = bought(office), make_place(office)
    clock.at = datetime(2026, 3, 20, 2, tzinfo=UTC)
    receive(office, item, D(100), place)
    for day in range(1, 12):  # half past three in winter: still the day before; half past four in summer
        clock.at = datetime(2026, 3, 20, 2, 30, tzinfo=UTC) + timedelta(days=day)
        issue(office, item, D(day), place)
    clock.at = datetime(2026, 4, 1, 12, tzinfo=UTC)
    daily = office.ask(daily_for_test, item_ids=(item,), days=14)[item]
    assert daily == tuple(map(D, (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 10, 11)))


def test_the_supplier_departments_wish_for_is_asked_first_and_a_blocked_one_last(office: Office) -> None:
    main, other = make_supplier(office, "MAIN"), make_supplier(office, "OTHER")
    item = bought(office, supplier_id=main, more=(NewTerm(other, unit="kg", price=D(6), rank=2),))
    assert [one.supplier_id for one in lines(office)[item].choices] == [main, other]
    request = office.do(
        purchasing.create_request, new=NewRequest((NewRequestLine(item, D(1), supplier_id=other),)), is_submitted=True
    )
    office.do(purchasing.approve_request, purchase_request_id=request)
    line = lines(office)[item]
    assert (line.choice.supplier_id, line.choice.is_wished, line.qty) == (other, True, D(31))
    office.do(catalog.block_supplier, supplier_id=other, version=1, note="late")
    assert lines(office)[item].choice.supplier_id == main
    office.do(catalog.block_supplier, supplier_id=main, version=1, note="late")
    group = sheet(office).groups[0]
    assert group.is_blocked and "blocked" in group.notes[0].render("en")
    with pytest.raises(Refused):
        order = purchasing.need_order(group, group.lines)
        assert order is not None
        office.do(purchasing.make_orders, choices=(order,))


def test_a_group_says_cut_off_minimum_budget_and_orders_that_stand_for_the_day(office: Office) -> None:
    deal = {
        "delivery_days": 0b0010000, "cutoff_time": "16:00", "minimum_value": D(200), "monthly_budget": D(260),
        "phone": "020 1234",
    }  # fmt: skip
    item = bought(office, supplier=deal)
    group = sheet(office).groups[0]
    assert group.slot is not None and group.slot.delivered_on == date(2026, 3, 6)
    assert group.slot.order_by.isoformat() == "2026-03-05T16:00:00+08:00"
    assert (group.minimum_value, group.budget, group.spent, group.left) == (D(200), D(260), D(0), D(260))
    found = purchasing.need_totals(group, group.lines)
    assert (found.lines, found.value, found.missing, found.over) == (1, D(150), D(50), D(0))
    more = purchasing.need_at(group.lines[0], D(6))
    assert (more.base_qty, more.value) == (D(60), D("300.00"))
    assert purchasing.need_totals(group, [more]).over == D(40)
    order = purchasing.need_order(group, group.lines)
    assert order is not None and order.deliver_on == date(2026, 3, 6)
    (made,) = office.do(purchasing.make_orders, choices=(order,))
    assert (made.lines, made.value, made.currency) == (1, D("150.00"), group.currency)
    assert sheet(office).groups == (), "what stands in a draft is not proposed again"
    other = bought(office, "ONI", supplier_id=group.supplier_id)
    group = sheet(office).groups[0]
    assert [line.item_id for line in group.lines] == [other] and item != other
    assert (group.spent, group.left, [one.number for one in group.orders]) == (D(150), D(110), [made.number])
    assert "exists already" in group.notes[0].render("en")


def test_another_supplier_rounds_to_its_own_packs_and_breaks(office: Office) -> None:
    main, other = make_supplier(office, "MAIN"), make_supplier(office, "OTHER")
    term = NewTerm(
        other, unit="kg", price=D(6), minimum_qty=D(25), multiple_qty=D(10), rank=2, breaks=(Break(D(40), D(5)),)
    )
    item = bought(office, supplier_id=main, more=(term,))
    line = lines(office)[item]
    swapped = purchasing.need_from(line, line.choices[1])
    assert (swapped.choice.supplier_id, swapped.qty, swapped.price) == (other, D(30), D(6))
    assert purchasing.need_at(swapped, D(40)).value == D("200.00")
    assert office.ask(purchasing.get_need_line, item_id=item, supplier_id=other).qty == D(30)


def test_what_is_asked_for_can_be_ordered_though_there_is_enough(office: Office) -> None:
    item, place = bought(office), make_place(office)
    receive(office, item, D(500), place)
    request = office.do(purchasing.create_request, new=NewRequest((NewRequestLine(item, D(12)),)), is_submitted=True)
    office.do(purchasing.approve_request, purchase_request_id=request)
    assert lines(office) == {}
    line = office.ask(purchasing.get_need_line, item_id=item)
    assert (line.qty, line.wanted, len(line.asked)) == (D(2), D(12), 1)


def test_an_item_is_added_by_hand_needed_or_not_sold_or_not(office: Office) -> None:
    item, place = bought(office), make_place(office)
    receive(office, item, D(500), place)
    line = office.ask(purchasing.get_need_line, item_id=item)
    assert (line.qty, line.value) == (D(1), D("50.00"))
    assert line.reason.render("en") == "Added by hand: 500 kg will be free without it."
    loose = make_item(office, "LOOSE", policy=policy(par=D(3)))
    assert {one.supplier_id for one in sheet(office).groups} == {0}
    assert purchasing.need_order(sheet(office).groups[0], sheet(office).groups[0].lines) is None
    supplier = make_supplier(office, "NEW")
    line = office.ask(purchasing.get_need_line, item_id=loose, supplier_id=supplier)
    assert (line.choice.supplier_id, line.qty, line.price) == (supplier, D(3), None)
    for wrong in ({"item_id": 999}, {"item_id": item, "supplier_id": 999}):
        with pytest.raises(NotFound):
            office.ask(purchasing.get_need_line, **wrong)


def test_orders_serve_requests_and_taking_them_back_frees_them(office: Office) -> None:
    item = bought(office, policy=None)
    request = office.do(purchasing.create_request, new=NewRequest((NewRequestLine(item, D(8)),)), is_submitted=True)
    office.do(purchasing.approve_request, purchase_request_id=request)
    group = sheet(office).groups[0]
    order = purchasing.need_order(group, group.lines)
    assert order is not None
    (made,) = office.do(purchasing.make_orders, choices=(order,))
    card = office.ask(purchasing.get_request, purchase_request_id=request)
    assert (card.row.state, card.lines[0].order_number) == (RequestState.ORDERED, made.number)
    with pytest.raises(Refused):
        office.do(purchasing.make_orders, choices=(order,))
    office.do(purchasing.take_back_orders, order_ids=(made.order_id,))
    assert office.ask(purchasing.get_request, purchase_request_id=request).row.state is RequestState.APPROVED
    assert sheet(office).groups[0].lines[0].item_id == item
    with pytest.raises(Refused):
        office.do(purchasing.take_back_orders, order_ids=(made.order_id,))
    with pytest.raises(InvalidInput):
        office.do(purchasing.make_orders, choices=())


def test_who_may_not_see_prices_sees_none(office: Office) -> None:
    item = bought(office, supplier={"monthly_budget": D(100)})
    sign_in_as(office, "Storekeeper")
    found = sheet(office)
    line = found.groups[0].lines[0]
    assert not found.sees_prices and line.item_id == item
    assert (line.price, line.value, line.last_prices, found.groups[0].budget) == (None, None, (), None)


def test_the_number_of_statements_does_not_grow_with_items(office: Office) -> None:
    supplier = make_supplier(office)

    def more(start: int, count: int) -> None:
        make_items(
            office,
            [
                NewItem(
                    f"N{n}", "kg", code=f"N{n:05d}", terms=(NewTerm(supplier, price=D(2)),), policy=policy(par=D(9))
                )
                for n in range(start, start + count)
            ],
        )

    def statements() -> int:
        sent: list[str] = []
        engine = office._reader

        def heard(*arguments: object) -> None:
            sent.append(str(arguments[2]))

        event.listen(engine, "before_cursor_execute", heard)
        try:
            sheet(office)
        finally:
            event.remove(engine, "before_cursor_execute", heard)
        return len(sent)

    more(0, 3)
    few = statements()
    more(10, 700)
    assert len(lines(office)) == 703
    assert statements() == few
