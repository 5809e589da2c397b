"""The list of items and the card beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core import catalog, documents
from core.catalog import NewItem
from core.errors import Refused
from core.i18n import _
from core.office import Office
from core.words import Permission
from desktop.catalog.files_part import FilesPart
from desktop.catalog.finding import find_records
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.items_page import ItemsPage
from desktop.context import AppContext
from desktop.shell.registry import Hit
from desktop.widgets import PageBase, RowTable, WhyPanel, set_language
from tests.desktop.catalog.conftest import MILK_CODE, Larder
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def codes(table: RowTable) -> list[str]:
    return [table.words_at(number, "code") for number in range(table.total())]


def words_in(widget: QWidget) -> str:
    labels = [one.text() for one in widget.findChildren(QLabel)]
    return "\n".join(labels + [one.text() for one in widget.findChildren(QPushButton)])


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Shown) -> ItemsPage:
    return shown(ItemsPage(context))  # type: ignore[no-any-return]


def card(page: ItemsPage, item_id: int, settled: Settled, part: str = "") -> ItemPanel:
    page.open_item(item_id, part)
    settled()
    panel = page.panel()
    assert isinstance(panel, ItemPanel)
    return panel


def test_the_list_shows_every_item(page: ItemsPage) -> None:
    assert codes(page.table) == ["BEER-1", "BEER-2", "DAI-001", "VEG-001"]
    assert page.table.words_at(2, "name") == "Fresh milk"
    assert page.table.words_at(2, "category") == "Dairy"
    assert page.table.words_at(2, "sale_price") == "12.50"
    assert page.head.count_words() == "4 rows"


@pytest.mark.parametrize(
    ("typed", "found"), [("xnn", ["DAI-001"]), ("fanqie", ["VEG-001"]), (MILK_CODE, ["DAI-001"]), ("啤酒", None)]
)
def test_items_are_found_as_people_type(page: ItemsPage, qtbot: QtBot, typed: str, found: list[str] | None) -> None:
    assert page.search is not None
    page.search.setText(typed)
    qtbot.waitUntil(lambda: sorted(codes(page.table)) == (found or ["BEER-1", "BEER-2"]))


def test_the_list_is_narrowed_and_widened_again(page: ItemsPage, larder: Larder, qtbot: QtBot) -> None:
    page.chips.set_value("category", larder.category)
    qtbot.waitUntil(lambda: codes(page.table) == ["DAI-001"])
    page.chips.set_value("gap", "no_barcode")
    qtbot.waitUntil(lambda: page.table.total() == 0)
    assert "Nothing fits" in words_in(page)
    page.clear_filters()
    qtbot.waitUntil(lambda: page.table.total() == 4)
    page.chips.set_value("supplier", larder.supplier)
    qtbot.waitUntil(lambda: codes(page.table) == ["DAI-001"])


def test_sorting_asks_for_another_order(page: ItemsPage, qtbot: QtBot) -> None:
    page.table.sort_by("sale_price")
    qtbot.waitUntil(lambda: codes(page.table)[0] == "DAI-001")


def test_what_another_window_adds_is_seen(page: ItemsPage, office_here: Office, qtbot: QtBot) -> None:
    office_here.do(catalog.create_item, item=NewItem("盐", "kg", "SALT"))
    qtbot.waitUntil(lambda: "SALT" in codes(page.table))


def test_retired_items_are_shown_on_wish(page: ItemsPage, larder: Larder, settled: Settled, qtbot: QtBot) -> None:
    panel = card(page, larder.items["VEG-001"], settled)
    panel.buttons["retire"].click()
    qtbot.waitUntil(lambda: "VEG-001" not in codes(page.table))
    page.chips.set_value("retired", True)
    qtbot.waitUntil(lambda: "VEG-001" in codes(page.table))
    assert page.table.words_at(3, "is_active") == "Retired"
    qtbot.waitUntil(lambda: panel.buttons["reactivate"].isVisible())
    panel.buttons["reactivate"].click()
    qtbot.waitUntil(lambda: panel.buttons["retire"].isVisible())


def test_the_card_says_everything(page: ItemsPage, larder: Larder, settled: Settled) -> None:
    panel = card(page, larder.items["DAI-001"], settled)
    words = words_in(panel)
    for said in (
        "Fresh milk",
        "鲜牛奶",
        "Dairy",
        "24 L",
        "¥192.00",
        "¥8.00",
        "First in, first out",
        MILK_CODE,
        "= 12 L",
    ):
        assert said in words, said
    panel.show_part("buying")
    tables = panel.findChildren(RowTable)
    supplier = next(table for table in tables if any(column.key == "rank" for column in table.columns))
    assert supplier.words_at(0, "supplier") == "绿源批发"
    assert supplier.words_at(0, "price") == "96.00"
    panel.show_part("stock")
    entries = next(table for table in panel.findChildren(RowTable) if any(c.key == "kind" for c in table.columns))
    assert entries.words_at(0, "kind") == "Goods receipt"


@pytest.mark.parametrize(("key", "sum_words"), [("on_hand", "24 L"), ("value", "¥192.00"), ("available", "24 L")])
def test_a_figure_says_why_and_the_card_comes_back(
    page: ItemsPage, larder: Larder, settled: Settled, key: str, sum_words: str
) -> None:
    panel = card(page, larder.items["DAI-001"], settled)
    panel.why_wanted.emit(key)
    settled()
    why = page.panel()
    assert isinstance(why, WhyPanel)
    assert why.agrees()
    assert why.sum_words() == sum_words
    assert page.escape()
    assert isinstance(page.panel(), ItemPanel)


def test_a_scan_opens_the_item(page: ItemsPage, larder: Larder, settled: Settled, shell: NotingShell) -> None:
    assert page.scan(scan_of(MILK_CODE))
    settled()
    panel = page.panel()
    assert isinstance(panel, ItemPanel)
    assert panel.item_id == larder.items["DAI-001"]
    page.scan(scan_of("4711"))
    settled()
    assert "4711" in shell.said[-1]


def test_without_the_right_no_price_is_seen(
    context: AppContext, larder: Larder, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    shell.forbidden = {Permission.COST_VIEW, Permission.PRICE_EDIT, Permission.ITEM_EDIT, Permission.SUPPLIER_EDIT}
    page = shown(ItemsPage(context))
    assert "sale_price" not in [column.key for column in page.table.columns]
    panel = card(page, larder.items["DAI-001"], settled)
    assert "¥" not in words_in(panel)
    assert not any(panel.buttons[key].isVisible() for key in ("edit", "retire", "revalue"))
    assert page.head.primary_words() == ""


def test_photo_and_files(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = card(page, larder.items["DAI-001"], settled, "files")
    files = panel.findChild(FilesPart)
    assert files is not None
    QGuiApplication.clipboard().clear()
    files.paste_photo()
    assert "no picture on the clipboard" in files._notice.text()
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    files.paste_photo()
    qtbot.waitUntil(lambda: len(files.rows) == 1)
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("keep cold")
    files.add_file(str(sheet))
    qtbot.waitUntil(lambda: len(files.rows) == 2)
    note = next(row for row in files.rows if not row.is_photo)
    files.save_file(note.id, tmp_path / "copy.txt")
    qtbot.waitUntil(lambda: (tmp_path / "copy.txt").exists())
    assert (tmp_path / "copy.txt").read_text() == "keep cold"
    files._remove(note.id)
    qtbot.waitUntil(lambda: len(files.rows) == 1)
    rows = office_here.ask(documents.list_attachments, owner_kind="item", owner_id=larder.items["DAI-001"])
    assert [row.is_photo for row in rows] == [True]


def test_the_list_is_saved_as_a_file(page: ItemsPage, tmp_path: Path, shell: NotingShell, settled: Settled) -> None:
    page.file.save(tmp_path / "items.csv")
    settled()
    lines = (tmp_path / "items.csv").read_text("utf-8-sig").splitlines()
    assert len([line for line in lines if line]) >= 5
    assert any("DAI-001" in line and "12.5" in line for line in lines)
    assert shell.said == ["4 rows saved as items.csv."]


def test_every_control_has_a_name(page: ItemsPage, larder: Larder, settled: Settled) -> None:
    panel = card(page, larder.items["DAI-001"], settled)
    for part in ("facts", "buying", "stock", "files"):
        panel.show_part(part)
        settled()
        assert nameless_controls(page) == []
    page.primary()
    settled()
    assert nameless_controls(page) == []


def test_the_page_speaks_chinese(page: ItemsPage) -> None:
    set_language("zh")
    assert "新建物料" in words_in(page)
    assert page.table.accessibleName() == "物料"


def test_an_empty_site_offers_the_two_ways_to_start(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    page = shown(ItemsPage(context))
    assert "No items yet" in words_in(page)
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "Import from a file")
    button.click()
    assert shell.went == [("settings.import", {})]


def test_a_failure_stands_in_place_of_the_list(
    context: AppContext, shown: Shown, monkeypatch: pytest.MonkeyPatch, office_here: Office, qtbot: QtBot
) -> None:
    ask = office_here.ask

    def refuse(query: Any, **args: Any) -> Any:
        if query is catalog.list_item_ids:
            raise Refused(_("Saved."))
        return ask(query, **args)

    monkeypatch.setattr(office_here, "ask", refuse)
    page = shown(ItemsPage(context))
    assert page.error_text() == "Saved."


def test_the_palette_finds_items_and_suppliers(
    context: AppContext, larder: Larder, settled: Settled, shell: NotingShell, qtbot: QtBot
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)

    def found(text: str) -> list[Hit]:
        hits: list[Hit] = []
        find_records(context, owner, text, hits.extend)
        settled()
        return hits

    assert [hit.title for hit in found("xnn")] == ["Fresh milk"]
    assert [hit.title for hit in found("niunai")] == ["Fresh milk"]
    assert [hit.title for hit in found(MILK_CODE)] == ["Fresh milk"]
    hit = found("green")[0]
    assert (hit.title, hit.group) == ("Green Spring", "Supplier")
    hit.run()
    found(MILK_CODE)[0].run()
    assert shell.went == [
        ("catalog.supplier", {"supplier_id": larder.supplier}),
        ("catalog.item", {"item_id": larder.items["DAI-001"]}),
    ]
