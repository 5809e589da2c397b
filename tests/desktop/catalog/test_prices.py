"""New sale prices from the card and from the list: at once, planned, dropped, by percent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core import catalog, labels
from core.clock import business_day
from core.office import Office
from core.words import Permission
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.items_page import ItemsPage
from desktop.catalog.price_form import PERCENT, PRICE, PriceForm
from desktop.context import AppContext
from desktop.widgets import PageBase
from tests.desktop.catalog.conftest import Larder
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal
Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Shown) -> ItemsPage:
    return shown(ItemsPage(context))  # type: ignore[no-any-return]


@pytest.fixture
def tomorrow(office_here: Office) -> date:
    site = office_here.site
    return business_day(office_here.clock.now(), site.zone, site.day_start_hour) + timedelta(days=1)


def words_in(widget: QWidget) -> str:
    labelled = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(labelled + [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()])


def card(page: ItemsPage, item_id: int, settled: Settled) -> ItemPanel:
    page.open_item(item_id)
    settled()
    panel = page.panel()
    assert isinstance(panel, ItemPanel)
    return panel


def form_of(page: ItemsPage, settled: Settled) -> PriceForm:
    settled()
    panel = page.panel()
    assert isinstance(panel, PriceForm)
    return panel


def price_of(office: Office, item_id: int) -> object:
    return office.ask(catalog.get_item, item_id=item_id).values["sale_price"]


def test_a_price_from_today_holds_at_once(
    page: ItemsPage, larder: Larder, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    milk = larder.items["DAI-001"]
    card(page, milk, settled).want_form("price")
    form = form_of(page, settled)
    assert nameless_controls(form) == []
    form.form.editor(PRICE).set_value(D("13.20"))
    form.save()
    settled()
    assert price_of(office_here, milk) == D("13.2")
    assert shell.said == ["1 price was changed."]
    panel = page.panel()
    assert isinstance(panel, ItemPanel) and "13.20" in words_in(panel)


def test_a_price_from_a_later_day_is_planned_shown_and_dropped(
    page: ItemsPage, larder: Larder, office_here: Office, settled: Settled, tomorrow: date, qtbot: QtBot
) -> None:
    milk = larder.items["DAI-001"]
    card(page, milk, settled).want_form("price")
    form = form_of(page, settled)
    form.form.editor(PRICE).set_value(D(14))
    form.form.editor("from_on").set_value(tomorrow)
    form.save()
    settled()
    assert isinstance(page.context.shell, NotingShell) and page.context.shell.said == ["1 price is planned."]
    assert price_of(office_here, milk) == D("12.5")
    panel = page.panel()
    assert isinstance(panel, ItemPanel)
    assert f"14.00 / L from {tomorrow}" in words_in(panel)
    drop = next(one for one in panel.findChildren(QPushButton) if one.accessibleName().startswith("Drop the price"))
    drop.click()
    settled()
    assert office_here.ask(labels.list_item_plans, item_id=milk) == []
    qtbot.waitUntil(lambda: "Planned sale price" not in words_in(panel))
    assert "New price from…" in words_in(panel)


def test_several_items_change_by_percent_and_show_what_comes_of_it(
    page: ItemsPage, larder: Larder, office_here: Office, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    page.table.selectAll()
    page.new_prices()
    assert "4 items" in words_in(page)
    form = form_of(page, settled)
    form.form.editor("way").set_value(PERCENT)
    form.form.changed.emit()
    assert form.form.editor(PERCENT).isVisible() and not form.form.editor(PRICE).isVisible()
    form.form.editor(PERCENT).set_value(D("5.5"))
    form.form.changed.emit()
    qtbot.waitUntil(lambda: [row.after for row in form.changes] == [None, None, D("13.19"), None])
    qtbot.waitUntil(lambda: "3 items have no price and stay so." in words_in(form))
    form.save()
    settled()
    assert price_of(office_here, larder.items["DAI-001"]) == D("13.19")
    assert price_of(office_here, larder.items["BEER-1"]) is None
    assert shell.said == ["1 price was changed."] and page.panel() is None


def test_what_is_missing_or_wrong_is_said_at_its_field(
    page: ItemsPage, larder: Larder, settled: Settled, tomorrow: date, office_here: Office
) -> None:
    card(page, larder.items["DAI-001"], settled).want_form("price")
    form = form_of(page, settled)
    form.save()
    assert form.form.editor(PRICE).error()
    form.form.editor(PRICE).set_value(D(9))
    form.form.editor("from_on").set_value(tomorrow - timedelta(days=3))
    form.save()
    settled()
    assert "over" in form.form.editor("from_on").error()
    form.form.editor("way").set_value(PERCENT)
    form.form.changed.emit()
    form.form.editor("from_on").set_value(tomorrow)
    form.form.editor(PERCENT).set_value(D(-200))
    form.save()
    settled()
    assert "-100" in form.form.editor(PERCENT).error()
    assert price_of(office_here, larder.items["DAI-001"]) == D("12.5")


def test_nothing_is_sent_when_no_price_could_change(
    page: ItemsPage, larder: Larder, settled: Settled, shell: NotingShell
) -> None:
    card(page, larder.items["BEER-1"], settled).want_form("price")
    form = form_of(page, settled)
    form.form.editor("way").set_value(PERCENT)
    form.form.changed.emit()
    form.form.editor(PERCENT).set_value(D(3))
    form.save()
    settled()
    assert "None of these items" in form.form.editor(PERCENT).error()
    assert form.save_button.isEnabled() and shell.said == []


def test_without_the_right_plans_are_seen_but_not_made(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell, tomorrow: date
) -> None:
    milk = larder.items["DAI-001"]
    context.office.do(labels.set_new_prices, prices={milk: D(14)}, from_on=tomorrow)
    shell.forbidden = {Permission.PRICE_EDIT}
    page = shown(ItemsPage(context))
    panel = card(page, milk, settled)
    assert "14.00" in words_in(panel) and "New price from…" not in words_in(panel)
    assert not any(one.accessibleName().startswith("Drop") for one in panel.findChildren(QPushButton))
