"""A supplier's card in its parts, and the forms that change them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import catalog
from core.catalog import ClosedDay, NewContact, NewTerm
from core.i18n import _
from core.office import Office
from desktop.catalog.supplier_panel import SupplierPanel
from desktop.catalog.suppliers_page import SuppliersPage
from desktop.context import AppContext
from desktop.widgets import FormPanel, PageBase, RowTable, TrendChart
from tests.desktop.catalog.conftest import Larder
from tests.desktop.catalog.test_items_page import words_in
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal
Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def panel_of(page: Any) -> SupplierPanel:
    panel = page.panel()
    assert isinstance(panel, SupplierPanel), panel
    return panel


def form_of(page: Any, kind: str, row: object = None) -> FormPanel:
    panel_of(page).want_form(kind, row)
    panel = page.panel()
    assert isinstance(panel, FormPanel), panel
    return panel


def card(office: Office, larder: Larder) -> catalog.SupplierCard:
    return office.ask(catalog.get_supplier_card, supplier_id=larder.supplier)


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Shown, settled: Settled) -> SuppliersPage:
    made: SuppliersPage = shown(SuppliersPage(context, supplier_id=larder.supplier))
    settled()
    return made


def test_how_it_is_ordered_from_is_changed_in_one_form(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    panel_of(page).show_part("ordering")
    assert "any day" in words_in(page)
    form = form_of(page, "ordering")
    days = form.form.editor("delivery_days")
    qtbot.mouseClick(days.field(), Qt.MouseButton.LeftButton)
    for key, value in {"cutoff_time": "1630", "lead_days": 2, "minimum_value": D(150), "over_tolerance": D(5)}.items():
        form.form.editor(key).set_value(value)
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    settled()
    values = card(office_here, larder).values
    assert [values[key] for key in ("delivery_days", "cutoff_time", "lead_days", "minimum_value")] == [
        1,
        "16:30",
        2,
        D(150),
    ]
    assert panel_of(page).part == "ordering"
    words = words_in(page)
    assert "Mon" in words and "16:30" in words and "150 CNY" in words and "2 days" in words
    assert nameless_controls(page) == []


def test_money_is_changed_and_a_wrong_account_is_said_at_its_field(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    panel_of(page).show_part("money")
    form = form_of(page, "money")
    form.form.editor("iban").set_value("IE29 AIBK 9311 5212 3456 79")
    form.form.editor("payment_end_of_month").set_value(True)
    form.save()
    qtbot.waitUntil(lambda: "check digits" in words_in(form))
    form.form.editor("iban").set_value("IE29 AIBK 9311 5212 3456 78")
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    settled()
    assert card(office_here, larder).values["iban"] == "IE29AIBK93115212345678"
    words = words_in(page)
    assert "IE29 AIBK 9311 5212 3456 78" in words and "30 days from the end of the month" in words


def test_contacts_and_days_without_delivery_are_kept(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    form = form_of(page, "contact")
    for key, value in {"name": "Ann", "role": "orders", "email": "ann@farm.example", "gets_orders": True}.items():
        form.form.editor(key).set_value(value)
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    settled()
    assert "Ann" in words_in(page) and "ann@farm.example" in words_in(page)
    row = card(office_here, larder).contacts[0]
    again = form_of(page, "contact", row)
    again.form.editor("phone").set_value("085")
    again.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    assert card(office_here, larder).contacts[0].phone == "085"
    settled()
    closed = form_of(page, "closed")
    closed.form.editor("days").set_value([{"day": date(2099, 10, 1), "note": "National day"}])
    closed.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    assert card(office_here, larder).closed_days == (ClosedDay(date(2099, 10, 1), "National day"),)


def test_orders_are_stopped_with_a_reason_and_begun_again(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    assert panel_of(page).buttons["release"].isHidden()
    panel_of(page).buttons["block"].click()
    form = page.panel()
    assert isinstance(form, FormPanel)
    form.form.editor("note").set_value("Wrong goods three times")
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    settled()
    assert "Wrong goods three times" in words_in(page)
    qtbot.waitUntil(lambda: page.table.words_at(0, "state") == "No orders")
    panel_of(page).buttons["release"].click()
    qtbot.waitUntil(lambda: not card(office_here, larder).is_blocked)


def test_items_with_their_price_in_time_and_its_terms(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    milk = larder.items["DAI-001"]
    term = NewTerm(larder.supplier, "M-1", price=D(102), lead_days=2, valid_to=date(2020, 1, 1))
    office_here.do(catalog.save_term, item_id=milk, term=term, version=1)
    panel_of(page).show_part("items")
    panel_of(page).reload()
    settled()
    qtbot.waitUntil(lambda: len(panel_of(page).findChildren(TrendChart)) == 1)
    chart = panel_of(page).findChildren(TrendChart)[0]
    assert "8.50" in chart.reading(len(chart._points) - 1) or "8.5" in chart.accessibleDescription()
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    tables = {table.accessibleName(): table for table in panel_of(page).findChildren(RowTable)}
    sells = tables["What it sells"]
    assert sells.words_at(0, "valid_to") == "over"
    sells.row_activated.emit(sells.row_at(0))
    qtbot.waitUntil(lambda: isinstance(page.panel(), FormPanel))
    form = page.panel()
    assert isinstance(form, FormPanel)
    form.form.editor("valid_to").set_value(None)
    form.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    assert office_here.ask(catalog.get_item, item_id=milk).terms[0].valid_to is None
    assert panel_of(page).part == "items"


def test_files_of_a_supplier_have_no_photo(page: SuppliersPage, settled: Settled) -> None:
    panel_of(page).show_part("files")
    settled()
    words = words_in(panel_of(page))
    assert "No files yet." in words and "No photo yet." not in words


def test_a_price_list_is_imported_from_here(page: SuppliersPage, shell: NotingShell) -> None:
    entry = next(one for one in page.head._entries if one.words == _("Import a price list"))
    entry.do()
    assert shell.went[-1] == ("settings.import", {"kind": "supplier-prices"})


def test_a_contact_is_taken_away(
    page: SuppliersPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    office_here.do(catalog.save_contact, supplier_id=larder.supplier, contact=NewContact("Bob", phone="1"))
    panel_of(page).reload()
    settled()
    row = card(office_here, larder).contacts[0]
    panel_of(page).act(catalog.remove_contact, contact_id=row.id)
    qtbot.waitUntil(lambda: card(office_here, larder).contacts == ())
