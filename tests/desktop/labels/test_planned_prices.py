"""Planned prices are carried out by the open program, without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core import catalog, identity, labels
from core.catalog import NewItem
from core.clock import FixedClock, business_day
from core.identity import NewPerson
from core.office import Office
from desktop.context import AppContext
from desktop.domains import full_registry
from desktop.labels.planned_prices import carry_out_hourly
from tests.desktop.noting import NotingShell

D = Decimal


def planned(office: Office, clock: FixedClock) -> int:
    item_id = office.do(catalog.create_item, item=NewItem("牛奶", "L", "M-1", sale_price=D(5)))
    tomorrow = business_day(clock.now(), office.site.zone, office.site.day_start_hour) + timedelta(days=1)
    office.do(labels.set_new_prices, prices={item_id: D(6)}, from_on=tomorrow)
    return item_id


def price_of(office: Office, item_id: int) -> object:
    return office.ask(catalog.get_item, item_id=item_id).values["sale_price"]


def commands(office: Office) -> list[str]:
    return [row.command for row in office.ask(identity.search_audit).rows]


def test_nothing_happens_before_the_day_and_the_price_holds_when_it_has_come(
    context: AppContext, office_here: Office, clock: FixedClock, settled: Callable[[], None], qtbot: QtBot,
    shell: NotingShell,
) -> None:  # fmt: skip
    item_id = planned(office_here, clock)
    owner = QWidget()
    qtbot.addWidget(owner)
    before = commands(office_here)
    timer = carry_out_hourly(context, owner)
    settled()
    assert price_of(office_here, item_id) == D(5) and commands(office_here) == before
    assert timer.isActive() and timer.interval() == 3_600_000
    clock.advance(days=1)
    timer.timeout.emit()
    settled()
    assert price_of(office_here, item_id) == D(6)
    timer.timeout.emit()
    settled()
    assert commands(office_here).count("labels.take_over_prices") == 1
    assert shell.said == [] and shell.errors == []


def test_it_works_for_somebody_without_rights(
    context: AppContext, office_here: Office, clock: FixedClock, settled: Callable[[], None], qtbot: QtBot
) -> None:
    item_id = planned(office_here, clock)
    office_here.do(identity.add_person, new=NewPerson("Nobody", password="only looks 8"))
    me = office_here.actor
    assert me is not None
    clock.advance(days=1)
    office_here.sign_in("Nobody", "only looks 8")
    owner = QWidget()
    qtbot.addWidget(owner)
    carry_out_hourly(context, owner)
    settled()
    office_here.sign_in_as_system()
    assert price_of(office_here, item_id) == D(6)


def test_the_frame_starts_it() -> None:
    assert "labels.planned_prices" in [chore.id for chore in full_registry().chores]
