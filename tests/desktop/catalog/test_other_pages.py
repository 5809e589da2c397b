"""Suppliers, data quality, duplicates, unused items, categories and units."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.catalog import ItemFilter, NewSupplier, NewTerm
from core.clock import FixedClock
from core.office import Office
from core.words import Permission
from desktop.catalog.duplicates_page import DuplicatesPage, PairPanel
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.quality_page import QualityPage
from desktop.catalog.supplier_panel import SupplierPanel
from desktop.catalog.suppliers_page import SuppliersPage
from desktop.catalog.tree_pages import CategoriesPage, UnitsPage
from desktop.catalog.unused_page import UnusedPage
from desktop.context import AppContext
from desktop.widgets import FormPanel, PageBase, RowTable
from tests.desktop.catalog.conftest import Larder
from tests.desktop.catalog.test_item_forms import press, put
from tests.desktop.catalog.test_items_page import codes, words_in
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal
Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def names(table: RowTable, column: str = "name") -> list[str]:
    return [table.words_at(number, column).strip() for number in range(table.total())]


def form(page: PageBase) -> FormPanel:
    panel = page.panel()
    assert isinstance(panel, FormPanel), panel
    return panel


# --- suppliers


def test_a_supplier_says_what_it_sells_and_what_came(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page = shown(SuppliersPage(context, supplier_id=larder.supplier))
    settled()
    panel = page.panel()
    assert isinstance(panel, SupplierPanel)
    words = words_in(panel)
    assert "李明" in words and "13800000000" in words
    tables = {table.accessibleName(): table for table in panel.findChildren(RowTable)}
    sells, received = tables["What it sells"], tables["Last receipts"]
    assert (sells.words_at(0, "name"), sells.words_at(0, "price")) == ("Fresh milk", "96.00")
    assert received.words_at(0, "value") == "192.00"
    assert nameless_controls(page) == []


def test_a_supplier_is_made_changed_and_retired(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page = shown(SuppliersPage(context))
    page.primary()
    put(form(page), name="海汇水产", phone="028")
    form(page).save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    qtbot.waitUntil(lambda: page.table.total() == 2)
    panel = page.panel()
    settled()
    panel.buttons["edit"].click()
    edit = form(page)
    assert isinstance(edit, RecordForm)
    row = office_here.ask(catalog.get_supplier, supplier_id=panel.supplier_id)
    office_here.do(
        catalog.update_supplier, supplier_id=row.id, version=row.version, changes={"phone": "029", "contact": "王"}
    )
    put(edit, phone="030")
    edit.save()
    settled()
    box = edit.merge_box()
    assert box is not None
    edit.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), SupplierPanel))
    settled()
    fresh = office_here.ask(catalog.get_supplier, supplier_id=row.id)
    assert (fresh.phone, fresh.contact) == ("030", "王")
    page.panel().buttons["retire"].click()
    qtbot.waitUntil(lambda: page.table.total() == 1)
    page.chips.set_value("retired", True)
    qtbot.waitUntil(lambda: page.table.total() == 2)


def test_suppliers_are_found_and_saved_as_a_file(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    page = shown(SuppliersPage(context))
    page.search.setText("lypf")
    qtbot.waitUntil(lambda: names(page.table) == ["Green Spring"])
    page.file.save(tmp_path / "suppliers.xlsx")
    settled()
    assert (tmp_path / "suppliers.xlsx").stat().st_size > 1000
    page.search.setText("nobody")
    qtbot.waitUntil(lambda: "Nothing fits" in words_in(page))


# --- quality


def test_a_gap_is_filled_beside_the_list_and_the_next_one_comes(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page = shown(QualityPage(context, gap="no_english"))
    settled()
    assert codes(page.table) == ["BEER-1", "BEER-2"]
    page.table.select_row(0)
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    first = form(page)
    assert first.form.focusWidget() is first.form.editor("name_en").field()
    put(first, name_en="Snow beer")
    first.save()
    qtbot.waitUntil(lambda: page.panel() is not first and isinstance(page.panel(), FormPanel))
    settled()
    assert codes(page.table) == ["BEER-2"]
    put(form(page), name_en="Snow beer 2")
    form(page).save()
    qtbot.waitUntil(lambda: page.panel() is None)
    assert office_here.ask(catalog.list_item_ids, filters=ItemFilter(gap="no_english")) == []
    assert "Nothing is missing here." in words_in(page)


@pytest.mark.parametrize("gap", ["no_barcode", "no_supplier", "no_policy", "no_category", "no_price", "no_photo"])
def test_each_gap_has_its_form(context: AppContext, larder: Larder, shown: Shown, settled: Settled, gap: str) -> None:
    page = shown(QualityPage(context))
    page.choose(gap)
    settled()
    assert page.table.total() > 0
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    assert isinstance(page.panel(), ItemPanel if gap == "no_photo" else FormPanel)
    assert nameless_controls(page) == []


def test_without_the_right_the_card_opens(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    shell.forbidden = {Permission.ITEM_EDIT}
    page = shown(QualityPage(context, gap="no_english"))
    settled()
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    assert isinstance(page.panel(), ItemPanel)


# --- duplicates


def test_two_items_become_one(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    line = stock.NewLine(larder.items["BEER-2"], D(10), value=D(30))
    office_here.do(stock.receive_goods, lines=(line,))
    page = shown(DuplicatesPage(context))
    assert page.table.total() == 1
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    panel = page.panel()
    assert isinstance(panel, PairPanel)
    assert "BEER-1" in words_in(panel) and "¥30.00" in words_in(panel)
    assert nameless_controls(page) == []
    panel.ask_merge(larder.items["BEER-1"])
    assert "is retired" in panel._notice.text()
    panel.merge()
    qtbot.waitUntil(lambda: page.table.total() == 0)
    assert page.panel() is None
    assert office_here.ask(stock.get_availability, item_id=larder.items["BEER-1"]).on_hand == D(10)


def test_a_pair_is_said_to_be_two(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page = shown(DuplicatesPage(context))
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    page.panel().dismiss()
    qtbot.waitUntil(lambda: page.table.total() == 0)
    assert office_here.ask(catalog.list_duplicates) == []


def test_what_cannot_be_merged_says_why(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office
) -> None:
    card = office_here.ask(catalog.get_item, item_id=larder.items["BEER-2"])
    page = shown(DuplicatesPage(context))
    page.table.row_activated.emit(page.table.row_at(0))
    settled()
    office_here.do(catalog.update_item, item_id=card.id, version=card.version, changes={"base_unit": "kg"})
    settled()
    panel = page.panel()
    panel.ask_merge(larder.items["BEER-1"])
    panel.merge()
    settled()
    assert "different base units" in panel._notice.text()


# --- unused items


def test_unused_items_are_retired_together(
    context: AppContext, larder: Larder, shown: Shown, clock: FixedClock, shell: NotingShell, qtbot: QtBot
) -> None:
    clock.advance(days=200)
    page = shown(UnusedPage(context))
    assert names(page.table, "item_code") == ["BEER-1", "BEER-2", "VEG-001"]
    page.primary()
    assert "Choose rows first" in shell.said[-1]
    page.table.selectAll()
    page.primary()
    qtbot.waitUntil(lambda: page.table.total() == 0)
    assert shell.said[-1] == "3 items were retired."
    page.chips.set_value("days", 365)
    assert "Nothing is unused" in words_in(page)


# --- categories and units


def test_categories_are_made_moved_and_removed(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page = shown(CategoriesPage(context))
    assert names(page.table) == ["Dairy"]
    page.table.select_row(0)
    page.primary()
    put(form(page), name="酸奶", code_prefix="yog")
    form(page).save()
    qtbot.waitUntil(lambda: page.table.total() == 2)
    row = page.table.row_at(1)
    assert (row.path, row.code_prefix) == ("乳品/酸奶", "YOG")
    page.edit_category(row)
    put(form(page), name="发酵乳", parent_id=None)
    form(page).save()
    qtbot.waitUntil(lambda: "发酵乳" in names(page.table))
    dairy = next(one for one in office_here.ask(catalog.list_categories) if one.name == "乳品")
    page.edit_category(dairy)
    panel = form(page)
    press(panel, "Remove")
    settled()
    assert "still holds items" in words_in(panel)
    assert nameless_controls(page) == []


def test_units_are_made_and_renamed(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    page = shown(UnitsPage(context))
    before = page.table.total()
    page.primary()
    put(form(page), code="大桶罐", name_en="barrel", dimension="volume", factor="20000")
    form(page).save()
    qtbot.waitUntil(lambda: page.table.total() == before + 1)
    assert page.table.select_where(lambda line: line.id == "大桶罐")
    line = page.table.current_row()
    assert (line.name_en, line.factor) == ("barrel", D(20000))
    page.edit_unit(line.row)
    put(form(page), name_en="drum")
    form(page).save()
    qtbot.waitUntil(lambda: "drum" in names(page.table, "name_en"))
    assert nameless_controls(page) == []


def test_two_suppliers_of_one_item(
    context: AppContext, larder: Larder, office_here: Office, shown: Shown, settled: Settled
) -> None:
    other = office_here.do(catalog.create_supplier, supplier=NewSupplier("别家"))
    office_here.do(catalog.save_term, item_id=larder.items["DAI-001"], term=NewTerm(other, price=D(99), rank=2))
    page = shown(SuppliersPage(context))
    assert [page.table.row_at(at).items for at in range(2)] == [1, 1]
