"""New sale prices: at once or from a day on, reckoned by percent, and carried out by whichever program is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import catalog, identity, labels
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound
from core.identity import NewPerson
from core.labels import DuePrices
from core.office import Office
from tests.core.labels.printing import make_priced
from tests.helpers.sites import ADMIN, PASSWORD

D = Decimal
TODAY = date(2026, 3, 4)
TOMORROW = TODAY + timedelta(days=1)
OTHER = "only looks 8"


def price_of(office: Office, item_id: int) -> object:
    return office.ask(catalog.get_item, item_id=item_id).values["sale_price"]


def acts(office: Office) -> list[identity.AuditRow]:
    rows: list[identity.AuditRow] = list(office.ask(identity.search_audit).rows)
    return [row for row in rows if row.command == "labels.take_over_prices"]


@pytest.fixture
def other(office: Office, site_url: str, clock: FixedClock) -> Iterator[Office]:
    """Another program on the same site, with somebody signed in who has no right to prices."""
    office.do(identity.add_person, new=NewPerson("Nobody", password=OTHER))
    with Office.open(site_url, station="other", clock=clock) as opened:
        opened.sign_in("Nobody", OTHER)
        yield opened


def carry_out(office: Office) -> int:
    due = office.ask(labels.find_due_prices)
    return office.do(labels.take_over_prices, request_id=due.request_id) if due.count else 0


def test_a_price_from_today_holds_at_once(office: Office) -> None:
    first, second = make_priced(office, 2)
    assert office.do(labels.set_new_prices, prices={first: D("9.90"), second: D("2.50")}, from_on=TODAY) == 1
    assert price_of(office, first) == D("9.9") and price_of(office, second) == D("2.5")
    assert office.ask(labels.find_due_prices) == DuePrices(0)
    row = office.ask(identity.search_audit).rows[0]
    assert [str(change.label) for change in row.changes] == ["S-0001"]


def test_what_cannot_be_is_refused(office: Office) -> None:
    (item_id,) = make_priced(office, 1)
    for prices, from_on in (
        ({item_id: D(3)}, TODAY - timedelta(days=1)), ({item_id: D(-1)}, TODAY), ({item_id: D(-1)}, TOMORROW),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            office.do(labels.set_new_prices, prices=prices, from_on=from_on)
    with pytest.raises(NotFound):
        office.do(labels.set_new_prices, prices={77_777: D(1)}, from_on=TODAY)
    for wrong in ({"price": D(-1)}, {"percent": D(-101)}, {"percent": D(1001)}):
        with pytest.raises(InvalidInput):
            office.ask(labels.reckon_prices, item_ids=(item_id,), **wrong)


def test_prices_are_reckoned_by_percent_with_the_currencys_decimals(office: Office) -> None:
    first, second, third = make_priced(office, 3)
    bare = office.ask(catalog.get_item, item_id=third)
    office.do(catalog.update_item, item_id=third, version=bare.version, changes={"sale_price": None})
    ids = (third, first, second)
    rows = office.ask(labels.reckon_prices, item_ids=ids, percent=D("4.5"))
    assert [(row.code, row.before, row.after) for row in rows] == [
        ("S-0001", D("1.5"), D("1.57")), ("S-0002", D("2.5"), D("2.61")), ("S-0003", None, None),
    ]  # fmt: skip
    assert [row.after for row in office.ask(labels.reckon_prices, item_ids=ids, price=D(7))] == [D(7)] * 3
    assert [row.after for row in office.ask(labels.reckon_prices, item_ids=ids)] == [None] * 3


def test_plans_stand_on_the_item_and_can_be_dropped(office: Office) -> None:
    (item_id,) = make_priced(office, 1)
    later = TODAY + timedelta(days=9)
    for day, price in ((later, D(8)), (TOMORROW, D(6))):
        assert office.do(labels.set_new_prices, prices={item_id: price}, from_on=day) == 1
    plans = office.ask(labels.list_item_plans, item_id=item_id)
    assert [(one.from_on, one.price, one.price_now, one.by) for one in plans] == [
        (TOMORROW, D(6), D("1.5"), ADMIN), (later, D(8), D("1.5"), ADMIN),
    ]  # fmt: skip
    office.do(labels.drop_planned_prices, plans=[(item_id, TOMORROW)])
    assert [one.from_on for one in office.ask(labels.list_item_plans, item_id=item_id)] == [later]


def test_nothing_is_done_before_the_day(office: Office, other: Office, clock: FixedClock) -> None:
    (item_id,) = make_priced(office, 1)
    office.do(labels.set_new_prices, prices={item_id: D(6)}, from_on=TOMORROW)
    assert carry_out(other) == 0 and acts(office) == []
    assert price_of(office, item_id) == D("1.5")


def test_anybodys_program_carries_plans_out_and_the_journal_names_who_planned(
    office: Office, other: Office, clock: FixedClock
) -> None:
    (item_id,) = make_priced(office, 1)
    office.do(labels.set_new_prices, prices={item_id: D(6)}, from_on=TOMORROW)
    office.do(labels.set_new_prices, prices={item_id: D(8)}, from_on=TODAY + timedelta(days=2))
    clock.advance(days=3)
    assert office.ask(labels.find_due_prices).count == 2
    assert carry_out(other) == 1
    assert price_of(office, item_id) == D(8), "the later of two days that have come"
    (row,) = acts(office)
    assert (row.person, row.station) == ("Nobody", "other")
    assert [(fact.label.render("en"), str(fact.value)) for fact in row.facts] == [("Planned by", ADMIN)]
    assert carry_out(office) == 0 and len(acts(office)) == 1


def test_of_two_programs_at_once_the_second_changes_nothing(office: Office, other: Office, clock: FixedClock) -> None:
    ids = make_priced(office, 5)
    office.do(labels.set_new_prices, prices=dict.fromkeys(ids, D(6)), from_on=TOMORROW)
    clock.advance(days=1)
    dues = [one.ask(labels.find_due_prices) for one in (office, other)]
    assert dues[0] == dues[1] and dues[0].count == 5
    answers: list[int] = []
    both = threading.Barrier(2)

    def run(one: Office, due: DuePrices) -> None:
        both.wait()
        answers.append(one.do(labels.take_over_prices, request_id=due.request_id))

    threads = [threading.Thread(target=run, args=pair) for pair in zip((office, other), dues, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [5, 5], "the second gets the first one's answer"
    assert len(acts(office)) == 1
    version = office.ask(catalog.get_item, item_id=ids[0]).version
    assert office.do(labels.take_over_prices) == 0
    assert office.ask(catalog.get_item, item_id=ids[0]).version == version


def test_a_plan_of_the_same_day_made_anew_is_carried_out_too(office: Office, clock: FixedClock) -> None:
    (item_id,) = make_priced(office, 1)
    requests = set()
    for price in (D(6), D(7)):
        office.do(labels.set_new_prices, prices={item_id: price}, from_on=TOMORROW)
        clock.advance(days=1)
        due = office.ask(labels.find_due_prices)
        requests.add(due.request_id)
        assert carry_out(office) == 1 and price_of(office, item_id) == price
        clock.advance(days=-1, minutes=1)
    assert len(requests) == 2 and all(len(one) <= 40 for one in requests)
    office.sign_in(ADMIN, PASSWORD)
