"""From the start of the program to the frame: sites, signing in, lock, switching people and language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from core import identity
from core.i18n import _
from core.identity import NewPerson
from core.sites import save_site, saved_sites
from desktop.app import Program
from desktop.shell import ShellRegistry
from desktop.shell.question import ask_question
from desktop.shell.session import Session
from desktop.shell.signin import SignInStage
from desktop.shell.sites import PasswordNeeded
from desktop.shell.start import StartStage
from desktop.shell.start_forms import NewSiteForm
from tests.desktop.shell.conftest import PlainPage
from tests.helpers.accessibility import nameless_controls
from tests.helpers.sites import ADMIN, PASSWORD, SITE_NAME

if TYPE_CHECKING:
    from core.office import Office


def start_stage(qtbot: QtBot, program: Program) -> StartStage:
    qtbot.waitUntil(lambda: isinstance(program.window.stage(), StartStage))
    stage = program.window.stage()
    assert isinstance(stage, StartStage)
    return stage


def sign_in_stage(qtbot: QtBot, program: Program) -> SignInStage:
    qtbot.waitUntil(lambda: isinstance(program.window.stage(), SignInStage))
    stage = program.window.stage()
    assert isinstance(stage, SignInStage)
    return stage


def sign_in(qtbot: QtBot, program: Program, secret: str = PASSWORD, name: str = ADMIN) -> Session:
    stage = sign_in_stage(qtbot, program)
    stage.choose(name)
    QTest.keyClicks(stage._secret, secret)
    QTest.keyClick(stage._secret, Qt.Key.Key_Return)
    session = program.session
    assert session is not None
    qtbot.waitUntil(lambda: program.window.stage() is session.frame)
    return session


@pytest.fixture
def opened(qtbot: QtBot, program: Program, sqlite_site: str, registry: ShellRegistry) -> Session:
    """The program on a site, with the administrator before the frame."""
    program.start(sqlite_site)
    sign_in_stage(qtbot, program)
    assert program.session is not None
    program.session._registry = registry
    return sign_in(qtbot, program)


def page_of(session: Session) -> PlainPage:
    assert session.frame is not None
    page = session.frame.host.page()
    assert isinstance(page, PlainPage)
    return page


def fill(form: NewSiteForm, **words: str) -> None:
    for name, text in words.items():
        editor = form.fields[name].editor
        editor.clear()
        QTest.keyClicks(editor, text)


def test_a_first_start_offers_three_ways(qtbot: QtBot, program: Program) -> None:
    program.start()
    stage = start_stage(qtbot, program)
    assert nameless_controls(stage) == []
    stage.show_new_site()
    assert nameless_controls(stage.new_form) == []
    stage.show_join()
    assert nameless_controls(stage.join_form) == []


def test_a_new_site_is_made_listed_and_opened(qtbot: QtBot, program: Program) -> None:
    program.start()
    stage = start_stage(qtbot, program)
    stage.show_new_site()
    form = stage.new_form
    fill(form, name="Jiangnan", admin="Wang", password="long enough", again="long enough")
    form.submit()
    assert sign_in_stage(qtbot, program).chosen == "Wang"
    assert list(saved_sites()) == ["Jiangnan"]
    assert program.settings.last_site == "Jiangnan"
    assert Path(saved_sites()["Jiangnan"]).is_file()


@pytest.mark.parametrize(
    ("field", "words", "said"),
    [
        ("name", {"name": ""}, "Write the name of the site."),
        ("again", {"again": "long enouhg"}, "The two passwords differ. Type the same one twice."),
        ("password", {"password": "short", "again": "short"}, "too short"),
        ("currency", {"currency": "YUAN"}, "not a currency"),
        ("zone", {"zone": "Mars/Base"}, "not a time zone"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_made(
    qtbot: QtBot, program: Program, field: str, words: dict[str, str], said: str
) -> None:
    program.start()
    stage = start_stage(qtbot, program)
    stage.show_new_site()
    form = stage.new_form
    right = {"name": "Jiangnan", "admin": "Wang", "password": "long enough", "again": "long enough"}
    fill(form, **{**right, **words})
    form.submit()
    qtbot.waitUntil(lambda: said in form.fields[field].error_words)
    assert saved_sites() == {}
    assert form._submit.isEnabled()


def test_a_shared_database_is_joined_and_its_password_kept_in_the_keyring(
    qtbot: QtBot, program: Program, postgres_site: str
) -> None:
    from core import secrets

    program.start()
    stage = start_stage(qtbot, program)
    stage.show_join()
    stage.join_form.fill(postgres_site)
    QTest.keyClicks(stage.join_form.fields["password"].editor, "s3cret")
    qtbot.waitUntil(lambda: program.ops.is_idle)
    stage.join_form.submit()
    sign_in_stage(qtbot, program)
    place = saved_sites()[SITE_NAME]
    assert "s3cret" not in place
    assert secrets.find_password(place) == "s3cret"


def test_a_server_that_does_not_answer_is_said_in_the_form(qtbot: QtBot, program: Program) -> None:
    program.start()
    stage = start_stage(qtbot, program)
    stage.show_join()
    stage.join_form.fill("postgresql://nobody@127.0.0.1:1/steward")
    stage.join_form.submit()
    qtbot.waitUntil(lambda: "does not answer" in stage.join_form.fields["host"].error_words)


def test_a_database_without_a_site_offers_to_make_one(qtbot: QtBot, program: Program, postgres: object) -> None:
    url = postgres.create()  # type: ignore[attr-defined]
    program.start()
    stage = start_stage(qtbot, program)
    stage.show_join()
    stage.join_form.fill(url)
    stage.join_form.submit()
    qtbot.waitUntil(lambda: stage.join_form.new_here.isVisible())
    stage.join_form.new_here.click()
    fill(stage.new_form, name="Jiangnan", admin="Wang", password="long enough", again="long enough")
    stage.new_form.submit()
    assert sign_in_stage(qtbot, program).chosen == "Wang"
    assert "://" in saved_sites()["Jiangnan"]
    session = program.session
    program.leave_site()
    start_stage(qtbot, program)
    qtbot.waitUntil(lambda: not shiboken6.isValid(session))
    postgres.drop(url)  # type: ignore[attr-defined]


def test_a_missing_password_leads_to_the_form(qtbot: QtBot, program: Program) -> None:
    program.start()
    start_stage(qtbot, program)
    program.starting.show(PasswordNeeded("postgresql://wang@server:5433/books", is_wrong=False))
    qtbot.waitUntil(lambda: start_stage(qtbot, program).join_form.isVisible())
    form = start_stage(qtbot, program).join_form
    assert form.fields["host"].text == "server"
    assert form.fields["port"].text == "5433"
    assert "Type the password" in form.error.text()


def test_a_site_that_is_gone_is_said_and_can_be_taken_off_the_list(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    save_site("Old", str(tmp_path / "gone.steward"))
    program.start("Old")
    stage = start_stage(qtbot, program)
    assert stage.error.text() != ""
    stage.forget_pressed.emit("Old")
    qtbot.waitUntil(lambda: saved_sites() == {})


def test_a_wrong_password_is_said_and_the_name_stays(qtbot: QtBot, program: Program, sqlite_site: str) -> None:
    program.start(sqlite_site)
    stage = sign_in_stage(qtbot, program)
    stage.choose(ADMIN)
    QTest.keyClicks(stage._secret, "guess")
    QTest.keyClick(stage._secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "wrong" in stage.error_words)
    assert stage.chosen == ADMIN
    assert stage._secret.text() == ""
    for _unused in range(4):
        QTest.keyClicks(stage._secret, "guess")
        QTest.keyClick(stage._secret, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: program.ops.is_idle and stage._go.isEnabled())
    assert "min" in stage.error_words
    assert nameless_controls(stage) == []


def test_a_name_is_found_by_typing_and_a_badge_asks_for_its_pin(
    qtbot: QtBot, program: Program, sqlite_site: str, office_here: Office, registry: ShellRegistry
) -> None:
    office_here.do(identity.add_person, new=NewPerson("Lin Mei", pin="2468", badge="B-77"))
    program.start(sqlite_site)
    stage = sign_in_stage(qtbot, program)
    assert program.session is not None
    program.session._registry = registry
    QTest.keyClicks(stage._find, "mei")
    QTest.keyClick(stage._find, Qt.Key.Key_Return)
    assert stage.chosen == "Lin Mei"
    QTest.keyClicks(stage._find, "B-77")
    QTest.keyClick(stage._find, Qt.Key.Key_Return)
    assert stage._kind == "badge"
    QTest.keyClicks(stage._secret, "2468")
    QTest.keyClick(stage._secret, Qt.Key.Key_Return)
    session = program.session
    qtbot.waitUntil(lambda: session.frame is not None)
    assert session._actor is not None
    assert session._actor.name == "Lin Mei"


def test_locking_covers_the_page_and_unlocking_shows_it_as_it_was(
    qtbot: QtBot, program: Program, opened: Session
) -> None:
    frame, page = opened.frame, page_of(opened)
    page.field.setText("half typed")
    opened.lock()
    assert opened.is_locked
    assert not page.isVisible()
    sign_in(qtbot, program)
    assert opened.frame is frame
    assert page_of(opened).field.text() == "half typed"


def test_a_dialog_is_put_away_by_the_lock_and_comes_back(qtbot: QtBot, program: Program, opened: Session) -> None:
    answers: list[bool] = []
    box = ask_question(page_of(opened), _("Settings"), answers.append)
    opened.lock()
    assert not box.isVisible()
    sign_in(qtbot, program)
    assert box.isVisible()
    assert answers == []
    box.reject()
    assert answers == [False]


def test_another_person_does_not_see_it(qtbot: QtBot, program: Program, opened: Session, office_here: Office) -> None:
    answers: list[bool] = []
    office_here.do(identity.add_person, new=NewPerson("Lin", pin="2468"))
    ask_question(page_of(opened), _("Settings"), answers.append)
    opened.switch_user()
    stage = sign_in_stage(qtbot, program)
    qtbot.waitUntil(lambda: len(stage._tiles) == 2)
    sign_in(qtbot, program, "2468", "Lin")
    assert answers == [False]


def test_settings_of_the_site_count_at_once(qtbot: QtBot, opened: Session, office_here: Office) -> None:
    site = office_here.ask(identity.get_site)
    edit = replace(site.settings, lock_minutes=3)
    office_here.do(identity.update_site, version=site.version, new=edit)
    qtbot.waitUntil(lambda: opened.idle.minutes == 3)


@pytest.mark.parametrize("yes", [True, False])
def test_an_older_site_is_upgraded_only_after_a_yes(
    qtbot: QtBot, program: Program, sqlite_site: str, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    from core import maintenance
    from core.errors import Refused
    from core.office import Office

    upgraded: list[str] = []
    real_open = Office.open

    def open_when_upgraded(site: str, **more: object) -> Office:
        if not upgraded:
            raise Refused(_("Settings"))
        return real_open(site)

    monkeypatch.setattr(Office, "open", open_when_upgraded)
    monkeypatch.setattr(maintenance, "is_outdated", lambda _site: True)
    monkeypatch.setattr(maintenance, "upgrade_site", lambda site, progress: upgraded.append(site))
    program.start(sqlite_site)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "older Steward" in box.text()
    next(button for button in box.buttons() if (button.text() == "Upgrade") == yes).click()
    if yes:
        sign_in_stage(qtbot, program)
    assert upgraded == ([sqlite_site] if yes else [])


def test_nobody_at_the_pc_locks_it(qtbot: QtBot, opened: Session) -> None:
    opened.idle.start(0.0001)

    def is_locked() -> bool:
        opened.idle.check()
        return opened.is_locked

    qtbot.waitUntil(is_locked)


def test_another_person_gets_their_own_frame(
    qtbot: QtBot, program: Program, opened: Session, office_here: Office
) -> None:
    office_here.do(identity.add_person, new=NewPerson("Lin", pin="2468"))
    before = opened.frame
    opened.switch_user()
    stage = sign_in_stage(qtbot, program)
    qtbot.waitUntil(lambda: len(stage._tiles) == 2)
    sign_in(qtbot, program, "2468", "Lin")
    assert opened.frame is not before
    assert opened.frame is not None
    assert opened.frame.desk.actor.name == "Lin"


def test_switching_user_asks_before_typed_text_is_lost(
    qtbot: QtBot, program: Program, opened: Session, office_here: Office
) -> None:
    office_here.do(identity.add_person, new=NewPerson("Lin", pin="2468"))
    page_of(opened).field.setText("half typed")
    before = opened.frame
    opened.switch_user()
    stage = sign_in_stage(qtbot, program)
    qtbot.waitUntil(lambda: len(stage._tiles) == 2)
    stage.choose("Lin")
    QTest.keyClicks(stage._secret, "2468")
    QTest.keyClick(stage._secret, Qt.Key.Key_Return)
    question = QApplication.activeModalWidget()
    assert isinstance(question, QMessageBox)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: stage.chosen == ADMIN)
    assert opened.frame is before


def test_the_language_switches_live_and_keeps_the_page(qtbot: QtBot, program: Program, opened: Session) -> None:
    assert opened.frame is not None
    opened.frame.go("stock.count")
    program.switch_language()
    assert opened.frame.topbar._place.text() == "库存"
    assert opened.frame.host.step is not None
    assert opened.frame.host.step.route == "stock.count"
    qtbot.waitUntil(lambda: opened.ops.is_idle)
    assert opened.office.actor is not None
    assert opened.office.actor.language == "zh"
    program.switch_language()
    assert opened.frame.topbar._place.text() == "Stock"


def test_light_and_dark_switch_live(program: Program, opened: Session) -> None:
    from desktop.theme import theme

    before = theme().name
    program.switch_theme()
    assert theme().name != before
    program.switch_theme()
    assert theme().name == before


def test_signing_out_forgets_the_person(qtbot: QtBot, program: Program, opened: Session) -> None:
    opened.sign_out()
    stage = sign_in_stage(qtbot, program)
    assert opened.frame is None
    assert stage.chosen == ADMIN
    assert opened.office.actor is None


def test_rights_that_change_show_at_once(qtbot: QtBot, opened: Session, office_here: Office) -> None:
    people = next(role for role in office_here.ask(identity.list_roles) if role.name_en == "Kitchen manager")
    lin = office_here.do(identity.add_person, new=NewPerson("Lin", password="long enough"))
    frame = opened.frame
    assert frame is not None
    opened._signed_in(opened.office.sign_in("Lin", "long enough"))
    assert opened.frame is not None
    assert opened.frame.rail.place_ids == ["today"]
    office_here.do(identity.give_role, person_id=lin, role_id=people.role_id)
    qtbot.waitUntil(lambda: opened.frame is not None and opened.frame.rail.place_ids == ["today", "stock"])


def test_what_another_program_changes_is_asked_again(qtbot: QtBot, opened: Session, office_here: Office) -> None:
    page = page_of(opened)
    office_here.do(identity.add_person, new=NewPerson("Lin"))
    qtbot.waitUntil(lambda: page.reloads > 0)


@pytest.mark.log_warnings_expected
def test_a_bug_shows_its_number_and_writes_a_report(
    qtbot: QtBot, program: Program, opened: Session, home: Path
) -> None:
    opened.ops.run(page_of(opened), lambda: 1 // 0)
    qtbot.waitUntil(lambda: program.crashes.count == 1)
    dialog = program.crashes._open
    assert dialog is not None
    reports = list((home / "log").glob("crash-*.txt"))
    assert len(reports) == 1
    assert dialog.report_id in reports[0].name
    assert "ZeroDivisionError" in reports[0].read_text(encoding="utf-8")
    dialog.accept()
