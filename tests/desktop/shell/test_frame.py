"""The frame: rail, ways, keys, rights, footer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core import identity
from core.errors import Unavailable
from core.i18n import _, verbatim
from core.identity import NewPerson
from desktop.context import AppContext, LoadablePage, Posted
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.shell import Found, Hit, PaletteProvider, ShellRegistry
from desktop.shell.frame import Desk, Frame
from desktop.shell.host import MOST_PAGES
from desktop.shell.places import PLACES
from desktop.shell.rail import Rail
from desktop.theme import apply_theme
from desktop.widgets import KeysOverlay, Toast
from tests.desktop.shell.conftest import PlainPage
from tests.helpers.accessibility import nameless_controls

if TYPE_CHECKING:
    from core.office import Office


def page_of(frame: Frame) -> PlainPage:
    return cast(PlainPage, frame.host.page())


def route_of(frame: Frame) -> str:
    step = frame.host.step
    return step.route if step else ""


def toast_of(frame: Frame) -> str:
    toasts = [toast for toast in frame.findChildren(Toast) if toast.isVisible()]
    return toasts[-1].text() if toasts else ""


def test_only_places_with_pages_are_drawn(frame: Frame) -> None:
    assert frame.rail.place_ids == ["today", "stock", "settings"]
    assert route_of(frame) == "today.home"
    assert isinstance(page_of(frame), LoadablePage)


def test_a_person_sees_only_what_they_may(qtbot: QtBot, office_here: Office, ops: Ops, registry: ShellRegistry) -> None:
    kitchen = next(role.role_id for role in office_here.ask(identity.list_roles) if role.name_en == "Kitchen manager")
    lin = identity.NewPerson("Lin", password="long enough", roles=(identity.RoleGrant(kitchen),))
    office_here.do(identity.add_person, new=lin)
    actor = office_here.sign_in("Lin", "long enough")
    made = Frame(Desk(office_here, ops, Hub(ops), Settings(), registry, actor), "en")
    qtbot.addWidget(made)
    made.show()
    made.start()
    assert made.rail.place_ids == ["today", "stock"]
    made.go("settings.people")
    assert route_of(made) == "today.home"
    assert "no right" in toast_of(made)


def test_the_rail_tabs_and_breadcrumb_follow_the_page(qtbot: QtBot, frame: Frame) -> None:
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: route_of(frame) == "stock.on_hand")
    assert [frame.tabs.tabText(number) for number in range(frame.tabs.count())] == ["Stock", "Orders"]
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert route_of(frame) == "stock.count"
    frame.go("stock.count", detail="Tomato")
    assert frame.topbar._detail.text() == "Tomato"
    assert frame.tabs.currentIndex() == 1


def test_back_shows_the_page_as_it_was(frame: Frame) -> None:
    frame.go("stock.on_hand")
    page_of(frame).field.setText("half typed")
    frame.go("stock.count")
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_Escape)
    assert route_of(frame) == "stock.on_hand"
    assert page_of(frame).field.text() == "half typed"
    frame.back()
    assert route_of(frame) == "today.home"
    frame.back()
    assert route_of(frame) == "today.home"


def test_unused_pages_go_but_never_one_with_typed_text(frame: Frame) -> None:
    frame.go("stock.count", detail="keep")
    page_of(frame).field.setText("half typed")
    for number in range(MOST_PAGES + 5):
        frame.go("stock.count", detail=str(number))
    assert len(frame.host._pages) == MOST_PAGES + 1
    assert frame.host.has_unsaved()


def test_function_keys_reach_the_page_from_anywhere(frame: Frame) -> None:
    frame.topbar.search.setFocus()
    QTest.keyClick(frame.topbar.search, Qt.Key.Key_F5)
    QTest.keyClick(frame.topbar.search, Qt.Key.Key_F2)
    assert page_of(frame).reloads == 1
    assert page_of(frame).primary_count == 1
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_F5)
    assert page_of(frame).reloads == 2


def test_an_action_runs_by_its_key(frame: Frame, ran: list[str]) -> None:
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["waste"]


def test_the_palette_finds_pages_actions_and_records(
    qtbot: QtBot, frame: Frame, registry: ShellRegistry, ops: Ops, ran: list[str]
) -> None:
    def find(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
        def show(rows: tuple[identity.PersonRow, ...]) -> None:
            found([Hit(row.name, lambda: None, score=95) for row in rows if text in row.name])

        context.ops.ask(owner, identity.list_people, then=show)

    registry.add_provider(PaletteProvider("people", None, find))
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: frame.palette_list.isVisible() and ops.is_idle)
    box, model = frame.topbar.search, frame.palette_list.model
    QTest.keyClicks(box, "Adm")
    qtbot.waitUntil(lambda: [hit.title for hit in model.hits] == ["Admin"])
    box.clear()
    QTest.keyClicks(box, "bs")
    qtbot.waitUntil(lambda: [hit.title for hit in model.hits] == ["报损"])
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ran == ["waste"])
    assert not frame.palette_list.isVisible()


def test_enter_of_a_scanner_waits_for_the_answer(qtbot: QtBot, frame: Frame, registry: ShellRegistry, ops: Ops) -> None:
    opened: list[str] = []

    def find(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
        context.ops.ask(owner, identity.get_me, then=lambda _me: found([Hit(text, lambda: opened.append(text))]))

    registry.add_provider(PaletteProvider("items", None, find))
    frame.open_palette()
    QTest.keyClicks(frame.topbar.search, "6901234567892")
    QTest.keyClick(frame.topbar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened == ["6901234567892"])


def test_esc_gives_the_focus_back(frame: Frame) -> None:
    field = page_of(frame).field
    field.setFocus()
    frame.open_palette()
    QTest.keyClick(frame.topbar.search, Qt.Key.Key_Escape)
    assert field.hasFocus()
    assert not frame.palette_list.isVisible()


def test_the_question_mark_shows_keys_but_can_be_typed(frame: Frame) -> None:
    field = page_of(frame).field
    QTest.keyClicks(field, "?")
    assert field.text() == "?"
    assert frame.findChild(KeysOverlay) is None
    QTest.keyClicks(page_of(frame), "?")
    overlay = frame.findChild(KeysOverlay)
    assert overlay is not None
    assert overlay.isVisible()


def test_undo_takes_back_the_last_posting(qtbot: QtBot, frame: Frame, office_here: Office, ops: Ops) -> None:
    person_id = office_here.do(identity.add_person, new=NewPerson("Lin"))
    told: list[str] = []
    posted = Posted(verbatim("Lin added"), undo={"person_id": person_id}, undone=lambda: told.append("undone"))
    frame.posted(posted)
    assert "Lin added" in frame.footer.saved_words
    QTest.keyClick(page_of(frame).field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: told == ["undone"])
    assert frame.footer.saved_words.startswith("Undone")
    assert not office_here.ask(identity.get_person, person_id=person_id).is_active
    frame.last_posting.undo()
    assert toast_of(frame) == "There is nothing to undo."


def test_ctrl_z_in_a_field_takes_back_typing_first(frame: Frame) -> None:
    field = page_of(frame).field
    QTest.keyClicks(field, "12")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert toast_of(frame) == ""


def test_a_posting_can_say_which_command_takes_it_back(
    qtbot: QtBot, frame: Frame, office_here: Office, ops: Ops
) -> None:
    person_id = office_here.do(identity.add_person, new=NewPerson("Lin"))
    office_here.do(identity.deactivate_person, person_id=person_id)
    told: list[str] = []
    undone = lambda: told.append("undone")  # noqa: E731
    way = identity.reactivate_person
    frame.posted(Posted(verbatim("Lin left"), undo={"person_id": person_id}, undone=undone, take_back=way))
    frame.last_posting.undo()
    qtbot.waitUntil(lambda: told == ["undone"])
    assert office_here.ask(identity.get_person, person_id=person_id).is_active


def test_a_refused_undo_stays_the_last_posting(qtbot: QtBot, frame: Frame, ops: Ops) -> None:
    frame.posted(Posted(verbatim("Lin added"), undo={"person_id": 999}))
    frame.last_posting.undo()
    qtbot.waitUntil(lambda: toast_of(frame) != "")
    assert len(frame.last_posting.kept) == 1


def test_print_of_the_footer_prints_the_last_posting(frame: Frame) -> None:
    printed: list[str] = []
    frame.posted(Posted(verbatim("R-0012"), print_document=lambda: printed.append("R-0012")))
    frame.footer.print_pressed.emit()
    assert printed == ["R-0012"]


def test_a_lost_database_is_a_band_and_the_page_stays(frame: Frame) -> None:
    field = page_of(frame).field
    field.setText("half typed")
    frame.show_lost(Unavailable(_("Database not reached")).text)
    assert frame.banner.isVisible()
    assert field.text() == "half typed"
    frame.show_latency(2.4)
    assert not frame.banner.isVisible()
    assert frame.footer.database.words == "Database 2 ms"


def test_every_control_of_the_frame_has_a_name(frame: Frame) -> None:
    assert nameless_controls(frame) == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1093, 560), (911, 470)])
def test_no_place_is_cut_at_100_125_and_150_percent(qapp: QApplication, qtbot: QtBot, width: int, height: int) -> None:
    apply_theme(qapp, "light")
    rail = Rail(list(PLACES))
    qtbot.addWidget(rail)
    rail.resize(width, height)
    rail.show()
    qtbot.waitExposed(rail)
    for button in rail._buttons.values():
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text())
        assert button.height() >= button.iconSize().height() + button.fontMetrics().height()
    assert rail.sizeHint().height() <= height


def test_the_frame_fits_a_screen_at_150_percent(frame: Frame) -> None:
    assert frame.minimumSizeHint().width() <= 911
    assert frame.minimumSizeHint().height() <= 470


@pytest.mark.parametrize("name", ["shell.qss", "steward.qss"])
def test_the_style_sheets_are_there(name: str) -> None:
    assert (Path("resources") / "styles" / name).is_file()
