"""The forms of items: a new one, changes with two people at once, and the small ones beside the card."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.catalog import NewItem, NewPolicy, PackUnit
from core.office import Office
from core.words import CostMethod, StorageKind
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_form import NewItemForm
from desktop.catalog.item_panel import ItemPanel
from desktop.catalog.items_page import ItemsPage
from desktop.context import AppContext
from desktop.widgets import FormPanel, Found, PageBase
from tests.desktop.catalog.conftest import MILK_CODE, Larder
from tests.desktop.conftest import Questions
from tests.desktop.noting import NotingShell

D = Decimal
Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Shown) -> ItemsPage:
    return shown(ItemsPage(context))  # type: ignore[no-any-return]


def form_of(page: ItemsPage, item_id: int, kind: str, settled: Settled, row: object = None) -> FormPanel:
    page.open_item(item_id)
    settled()
    card = page.panel()
    assert isinstance(card, ItemPanel)
    card.want_form(kind, row)
    settled()
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    return panel


def put(panel: FormPanel, **values: object) -> None:
    for key, value in values.items():
        editor = panel.form.editor(key)
        if isinstance(value, str) and hasattr(editor, "type_text"):
            editor.type_text(value)
        else:
            editor.set_value(value)


def press(panel: QWidget, words: str) -> None:
    next(one for one in panel.findChildren(QPushButton) if one.accessibleName() == words).click()


def new_form(page: ItemsPage, settled: Settled) -> NewItemForm:
    page.primary()
    settled()
    panel = page.panel()
    assert isinstance(panel, NewItemForm)
    return panel


def test_a_code_is_proposed_and_follows_the_category(page: ItemsPage, larder: Larder, settled: Settled) -> None:
    panel = new_form(page, settled)
    code = panel.form.editor("code")
    assert code.value() == "ITM-001"
    assert not page.has_unsaved()
    category = panel.form.editor("category_id")
    category.set_value(larder.category)
    category.changed.emit()
    settled()
    assert code.value() == "DAI-002"
    put(panel, code="OWN-1")
    category.set_value(None)
    category.changed.emit()
    settled()
    assert code.value() == "OWN-1"


def test_a_new_item_with_everything(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, shell: NotingShell, qtbot: QtBot
) -> None:
    panel = new_form(page, settled)
    panel.save()
    assert panel.form.editor("name").error() == "Please fill this in."
    put(
        panel, name="酸奶", name_en="Yoghurt", category_id=larder.category, base_unit="kg", purchase_unit="case",
        aliases="老酸奶，乳酪", shelf_life_days="21", storage_kind=StorageKind.CHILLED, lot_tracked=True,
        allergens=("milk",), sale_price="9.9", supplier_id=larder.supplier, supplier_code="Y-1", price="55",
        minimum="5", par="20", make_code=True, pack_units=[{"unit": "case", "factor": D(6)}],
    )  # fmt: skip
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    found = office_here.ask(catalog.find_item, code="ITM-001")
    assert found is not None
    card = office_here.ask(catalog.get_item, item_id=found.id)
    assert card.values["aliases"] == ("老酸奶", "乳酪")
    assert card.values["shelf_life_days"] == 21
    assert card.row.lot_tracked
    assert card.terms[0].price == D(55)
    assert (card.policies[0].minimum, card.policies[0].par) == (D(5), D(20))
    assert card.barcodes[0].is_internal
    assert [pack.factor for pack in card.units] == [D(6)]
    assert shell.said[0] == "酸奶 was created."


def test_a_wrong_check_digit_is_said_at_its_field(page: ItemsPage, settled: Settled) -> None:
    panel = new_form(page, settled)
    put(panel, name="x", base_unit="kg", barcodes=[{"code": "6901234567893", "unit": None}])
    panel.save()
    row = panel.form.editor("barcodes").rows()[0]  # type: ignore[attr-defined]
    assert "check digit" in row["code"].error()
    assert isinstance(page.panel(), NewItemForm)


def test_a_new_unit_is_asked_about(
    page: ItemsPage, settled: Settled, questions: Questions, office_here: Office, qtbot: QtBot
) -> None:
    panel = new_form(page, settled)
    put(panel, name="绳子", base_unit="卷筒")
    questions.answer = False
    panel.save()
    settled()
    assert "卷筒" in questions.asked[0]
    assert panel.save_button.isEnabled()
    questions.answer = True
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))


def test_what_was_typed_wrongly_is_said_and_kept(page: ItemsPage, settled: Settled) -> None:
    panel = new_form(page, settled)
    put(panel, name="盐", base_unit="kg", code="DAI-001")
    panel.save()
    settled()
    assert "鲜牛奶" in panel.form.editor("code").error()
    assert panel.form.editor("name").value() == "盐"
    assert page.has_unsaved()


def test_only_what_was_touched_is_sent(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    item_id = larder.items["VEG-001"]
    panel = form_of(page, item_id, "edit", settled)
    version = office_here.ask(catalog.get_item, item_id=item_id).version
    office_here.do(catalog.update_item, item_id=item_id, version=version, changes={"brand": "绿源"})
    put(panel, spec="A 级", shelf_life_days="5")
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    values = office_here.ask(catalog.get_item, item_id=item_id).values
    assert (values["brand"], values["spec"], values["shelf_life_days"]) == ("绿源", "A 级", 5)


@pytest.mark.parametrize("name", ["圣女果", "西红柿"])
def test_two_people_edit_one_field(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot, name: str
) -> None:
    item_id = larder.items["VEG-001"]
    panel = form_of(page, item_id, "edit", settled)
    assert isinstance(panel, RecordForm)
    version = office_here.ask(catalog.get_item, item_id=item_id).version
    office_here.do(catalog.update_item, item_id=item_id, version=version, changes={"name": "西红柿", "origin": "四川"})
    put(panel, name="圣女果", brand="绿源")
    panel.save()
    settled()
    box = panel.merge_box()
    assert box is not None
    if name == "西红柿":
        box.take_theirs("name")
    panel.settle()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    values = office_here.ask(catalog.get_item, item_id=item_id).values
    assert (values["name"], values["brand"], values["origin"]) == (name, "绿源", "四川")


def test_a_form_stays_while_the_list_is_read_again(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    page.table.select_row(0)
    panel = form_of(page, larder.items["VEG-001"], "edit", settled)
    office_here.do(catalog.create_item, item=NewItem("盐", "kg", "AAA"))
    qtbot.waitUntil(lambda: page.table.total() == 5)
    page.table.select_row(3)
    qtbot.waitUntil(lambda: page.table.current_row() is not None)
    settled()
    assert page.panel() is panel
    page.table.row_activated.emit(page.table.row_at(0))
    assert isinstance(page.panel(), ItemPanel)


def test_what_entries_hold_fast_is_grey(page: ItemsPage, larder: Larder, settled: Settled) -> None:
    panel = form_of(page, larder.items["DAI-001"], "edit", settled)
    assert not panel.form.editor("base_unit").isEnabled()
    assert not panel.form.editor("cost_method").isEnabled()
    panel.cancelled.emit()
    assert isinstance(page.panel(), ItemPanel)


def test_packs_are_changed(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    panel = form_of(page, larder.items["VEG-001"], "packs", settled)
    put(panel, pack_units=[{"unit": "箱", "factor": D("7.5")}])
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    assert office_here.ask(catalog.get_item, item_id=larder.items["VEG-001"]).units == (PackUnit("箱", D("7.5")),)


def test_barcodes_are_added_made_and_removed(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    item_id = larder.items["VEG-001"]
    panel = form_of(page, item_id, "barcode", settled)
    put(panel, barcode=MILK_CODE)
    panel.save()
    settled()
    assert "鲜牛奶" in panel.form.editor("barcode").error()
    put(panel, barcode="6900000000007")
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    panel = form_of(page, item_id, "barcode", settled)
    press(panel, "Make a code of our own")
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    codes = office_here.ask(catalog.get_item, item_id=item_id).barcodes
    assert [row.is_internal for row in codes] == [False, True]
    card = page.panel()
    assert isinstance(card, ItemPanel)
    card.act(catalog.remove_barcode, barcode_id=codes[0].id)
    settled()
    assert len(office_here.ask(catalog.get_item, item_id=item_id).barcodes) == 1


def test_terms_are_added_changed_and_removed(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    item_id = larder.items["VEG-001"]
    panel = form_of(page, item_id, "term", settled)
    put(panel, supplier_id=larder.supplier, price="3.5", lead_days="1", breaks=[{"from_qty": D(100), "price": D(3)}])
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    term = office_here.ask(catalog.get_item, item_id=item_id).terms[0]
    assert (term.price, term.rank, term.breaks[0].price) == (D("3.5"), 1, D(3))
    panel = form_of(page, item_id, "term", settled, term)
    put(panel, price="3.6", rank=2)
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    term = office_here.ask(catalog.get_item, item_id=item_id).terms[0]
    assert (term.price, term.rank, len(term.breaks)) == (D("3.6"), 2, 1)
    panel = form_of(page, item_id, "term", settled, term)
    press(panel, "Remove")
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    assert office_here.ask(catalog.get_item, item_id=item_id).terms == ()


def test_policies_stand_for_the_site_and_for_places(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    item_id = larder.items["VEG-001"]
    panel = form_of(page, item_id, "policy", settled)
    put(panel, minimum="9", maximum="4")
    panel.save()
    settled()
    assert isinstance(page.panel(), FormPanel)
    put(panel, maximum="40")
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    row = office_here.ask(catalog.get_item, item_id=item_id).policies[0]
    assert (row.location_id, row.minimum, row.maximum) == (0, D(9), D(40))
    office_here.do(catalog.save_policy, item_id=item_id, policy=NewPolicy(minimum=D(8)), version=row.version)
    panel = form_of(page, item_id, "policy", settled, row)
    panel.save()
    settled()
    assert "Somebody else" in panel.form._notice.text()


def test_substitutes_are_ranked(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, qtbot: QtBot
) -> None:
    item_id = larder.items["BEER-1"]
    for code in ("BEER-2", "DAI-001"):
        panel = form_of(page, item_id, "substitute", settled)
        put(panel, substitute=Found(larder.items[code], code, code), factor=D(2))
        panel.save()
        qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    rows = office_here.ask(catalog.get_item, item_id=item_id).substitutes
    assert [(row.code, row.factor) for row in rows] == [("BEER-2", D(2)), ("DAI-001", D(2))]
    card = page.panel()
    assert isinstance(card, ItemPanel)
    card.act(catalog.rank_substitutes, item_id=item_id, row_ids=[row.id for row in reversed(rows)])
    settled()
    assert [row.code for row in office_here.ask(catalog.get_item, item_id=item_id).substitutes] == ["DAI-001", "BEER-2"]


def test_another_cost_method_is_posted(
    page: ItemsPage, larder: Larder, settled: Settled, office_here: Office, shell: NotingShell, qtbot: QtBot
) -> None:
    item_id = larder.items["DAI-001"]
    panel = form_of(page, item_id, "revalue", settled)
    panel.save()
    settled()
    assert "Nothing changes" in panel.form.editor("method").error()
    put(panel, method=CostMethod.STANDARD, standard="9")
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), ItemPanel))
    value = office_here.ask(stock.list_values, item_id=item_id)[0]
    assert (value.method, value.value) == (CostMethod.STANDARD, D(216))
    assert shell.postings[0].undo is not None
    card = page.panel()
    assert isinstance(card, ItemPanel)
    qtbot.waitUntil(lambda: card.method() is CostMethod.STANDARD)
