"""People and roles in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core import identity
from core.identity import PersonEdit, RoleEdit
from core.office import Office
from core.words import Permission
from desktop.context import AppContext
from desktop.identity.people_page import PeoplePage
from desktop.identity.person_panel import PersonPanel
from desktop.identity.role_panel import RolePanel
from desktop.identity.roles_page import RolesPage
from desktop.widgets import FormPanel, PageBase, RowTable, set_language
from tests.desktop.identity.conftest import MakePerson
from tests.desktop.noting import NotingShell
from tests.helpers.sites import ADMIN

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def _names(table: RowTable) -> list[str]:
    return [table.words_at(number, "name") for number in range(table.total())]


def _panel(page: PageBase, kind: type[Any]) -> Any:
    panel = page.panel()
    assert isinstance(panel, kind), panel
    return panel


def _type(panel: FormPanel, **values: str) -> None:
    for key, value in values.items():
        panel.form.editor(key).type_text(value)  # type: ignore[attr-defined]


@pytest.fixture
def page(context: AppContext, make_person: MakePerson, shown: Shown) -> PeoplePage:
    make_person("王师傅", "Kitchen manager", badge="B-77")
    make_person("Anna", "Manager", "Buyer")
    return shown(PeoplePage(context))  # type: ignore[no-any-return]


def test_the_list_says_who_may_do_what(page: PeoplePage) -> None:
    assert _names(page.table) == [ADMIN, "Anna", "王师傅"]
    assert page.table.words_at(1, "roles") == "Manager, Buyer"
    assert page.table.words_at(2, "ways") == "Password · PIN · Badge"
    set_language("zh")
    assert page.table.words_at(2, "roles") == "厨房经理"
    assert page.table.words_at(2, "state") == "启用"


def test_the_list_is_narrowed(page: PeoplePage, office_here: Office, settled: Settled, qtbot: QtBot) -> None:
    roles = {role.name_en: role.role_id for role in page.roles}
    page.chips.set_value("role", roles["Buyer"])
    assert _names(page.table) == ["Anna"]
    page.chips.set_value("role", None)
    qtbot.keyClicks(page.head._search, "kitchen")
    qtbot.waitUntil(lambda: _names(page.table) == ["王师傅"])


def test_what_another_window_changes_is_seen(
    page: PeoplePage, office_here: Office, make_person: MakePerson, qtbot: QtBot
) -> None:
    person_id = make_person("New one")
    qtbot.waitUntil(lambda: "New one" in _names(page.table))
    office_here.do(identity.deactivate_person, person_id=person_id)
    qtbot.waitUntil(lambda: "New one" not in _names(page.table))
    page.chips.set_value("inactive", True)
    assert _names(page.table)[-1] == "New one"
    assert page.table.words_at(page.table.total() - 1, "state") == "Not active"


def test_a_person_is_added(
    page: PeoplePage, office_here: Office, settled: Settled, qtbot: QtBot, shell: NotingShell
) -> None:
    page.primary()
    panel = _panel(page, FormPanel)
    panel.save()
    assert panel.form.editor("name").error() == "Please fill this in."
    _type(panel, name=ADMIN, pin="2580", password="a good one 1")
    panel.form.editor("role_id").set_value(page.roles[2].role_id)
    panel.save()
    settled()
    assert "is there already" in panel.form.editor("name").error()
    assert page.has_unsaved()
    _type(panel, name="小李")
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), PersonPanel))
    card = next(row for row in office_here.ask(identity.list_people) if row.name == "小李")
    assert [role.name_en for role in card.roles] == ["Storekeeper"]
    assert shell.said == ["小李 was added."]
    assert not page.has_unsaved()


def test_a_role_is_given_and_taken_beside_the_list(
    page: PeoplePage, office_here: Office, settled: Settled, shell: NotingShell
) -> None:
    anna = office_here.ask(identity.list_people)[1].person_id
    page.open_person(anna)
    settled()
    panel = _panel(page, PersonPanel)
    contents = panel._inside.itemAt(0).widget()
    contents._give()
    assert contents._role.error() != ""
    contents._role.set_value(page.roles[2].role_id)
    contents._give()
    settled()
    assert len(office_here.ask(identity.get_person, person_id=anna).roles) == 3
    panel._inside.itemAt(0).widget()._take(panel.card.roles[0])
    settled()
    assert [role.name_en for role in office_here.ask(identity.get_person, person_id=anna).roles] == [
        "Buyer",
        "Storekeeper",
    ]
    assert shell.said == ["Anna has one more role.", "The role was taken away from Anna."]


def test_what_may_not_be_done_is_said_in_the_panel(page: PeoplePage, office_here: Office, settled: Settled) -> None:
    me = office_here.ask(identity.get_me).person_id
    page.open_person(me)
    settled()
    panel = _panel(page, PersonPanel)
    assert not panel.buttons["deactivate"].isVisible()
    assert not panel.buttons["password"].isVisible()
    panel._inside.itemAt(0).widget()._take(panel.card.roles[0])
    settled()
    assert "last administrator" in panel._notice.text()


@pytest.mark.parametrize(
    ("kind", "wrong", "answers"),
    [
        ("password", {"new_password": "short", "new_password_again": "short"}, ("at least 8", "a better one 1")),
        ("pin", {"new_pin": "1234", "new_pin_again": "1234"}, ("too easy", "8642")),
        ("pin", {"new_pin": "8642", "new_pin_again": "8643"}, ("do not match", "8642")),
        ("badge", {"badge": "B-77"}, ("belongs to 王师傅", "B-78")),
    ],
)
def test_secrets_are_set_in_a_form(
    page: PeoplePage, settled: Settled, qtbot: QtBot, kind: str, wrong: dict[str, str], answers: tuple[str, str]
) -> None:
    sentence, right = answers
    page.open_person(page._people[1].person_id)
    settled()
    _panel(page, PersonPanel).buttons[kind].click()
    panel = _panel(page, FormPanel)
    _type(panel, **wrong)
    panel.save()
    settled()
    assert any(sentence in panel.form.editor(key).error() for key in wrong)
    _type(panel, **dict.fromkeys(wrong, right))
    panel.save()
    qtbot.waitUntil(lambda: isinstance(page.panel(), PersonPanel))
    qtbot.waitUntil(lambda: page._people[1].has_badge is (kind == "badge"))


def test_a_lock_out_is_ended_from_the_panel(page: PeoplePage, office_here: Office, settled: Settled) -> None:
    for _try in range(5):
        with pytest.raises(Exception, match="wrong"):
            office_here.sign_in("Anna", "wrong wrong")
    anna = office_here.ask(identity.list_people)[1]
    page.open_person(anna.person_id)
    settled()
    panel = _panel(page, PersonPanel)
    assert panel.buttons["unlock"].isVisible()
    panel.buttons["unlock"].click()
    settled()
    assert not panel.buttons["unlock"].isVisible()
    assert office_here.ask(identity.get_person, person_id=anna.person_id).locked_until is None


@pytest.mark.parametrize("keeps_mine", [True, False])
def test_two_who_change_one_field_choose_whose_stays(
    page: PeoplePage, office_here: Office, settled: Settled, qtbot: QtBot, keeps_mine: bool
) -> None:
    anna = office_here.ask(identity.list_people)[1].person_id
    page.open_person(anna)
    settled()
    _panel(page, PersonPanel).buttons["edit"].click()
    panel = _panel(page, FormPanel)
    office_here.do(identity.update_person, person_id=anna, version=1, new=PersonEdit("Anna", "zh", "Theirs"))
    _type(panel, name="Anna Berg")
    panel.form.editor("note")._text.setPlainText("Mine")
    panel.save()
    settled()
    assert "Meanwhile: Remark = Theirs" in panel.question()
    panel.answer(keeps_mine=keeps_mine)
    qtbot.waitUntil(lambda: isinstance(page.panel(), PersonPanel))
    card = office_here.ask(identity.get_person, person_id=anna)
    assert card.edit() == PersonEdit("Anna Berg", "zh", "Mine" if keeps_mine else "Theirs")


@pytest.fixture
def roles_page(context: AppContext, shown: Shown) -> RolesPage:
    return shown(RolesPage(context))  # type: ignore[no-any-return]


def test_a_role_is_made_with_its_rights(
    roles_page: RolesPage, office_here: Office, settled: Settled, qtbot: QtBot
) -> None:
    roles_page.primary()
    panel = _panel(roles_page, RolePanel)
    _type(panel, name="早班", name_en="Morning shift")
    panel.matrix.tick(Permission.STOCK_WASTE).field().click()
    panel.matrix.tick(Permission.STOCK_VIEW).field().click()
    assert roles_page.has_unsaved()
    panel.save()
    qtbot.waitUntil(lambda: isinstance(roles_page.panel(), RolePanel) and roles_page.panel() is not panel)
    role = next(role for role in office_here.ask(identity.list_roles) if role.name == "早班")
    assert role.permissions == (Permission.STOCK_VIEW, Permission.STOCK_WASTE)
    assert _panel(roles_page, RolePanel).role == role


def test_an_area_is_ticked_at_once_and_a_copy_starts_a_new_role(roles_page: RolesPage) -> None:
    buyer = next(role for role in roles_page._roles if role.name_en == "Buyer")
    roles_page._on_row(buyer)
    panel = _panel(roles_page, RolePanel)
    assert panel.matrix.chosen() == buyer.permissions
    panel.copy_wanted.emit(buyer)
    copy = _panel(roles_page, RolePanel)
    assert (copy.role, copy.matrix.chosen(), copy.form.read()) == (None, buyer.permissions, None)


def test_the_administrators_rights_are_grey(roles_page: RolesPage) -> None:
    roles_page._on_row(next(role for role in roles_page._roles if role.is_fixed))
    panel = _panel(roles_page, RolePanel)
    assert not any(panel.matrix.tick(right).isEnabled() for right in Permission)
    assert set(panel.matrix.chosen()) == set(Permission)


def test_two_who_change_one_role_choose_whose_rights_stay(
    roles_page: RolesPage, office_here: Office, settled: Settled
) -> None:
    buyer = next(role for role in roles_page._roles if role.name_en == "Buyer")
    roles_page._on_row(buyer)
    panel = _panel(roles_page, RolePanel)
    _type(panel, name="采购员")
    panel.matrix.tick(Permission.COST_VIEW).field().click()
    theirs = RoleEdit(buyer.name, buyer.name_en, (Permission.STOCK_VIEW,))
    office_here.do(identity.update_role, role_id=buyer.role_id, version=buyer.version, new=theirs)
    panel.save()
    settled()
    assert panel.question()
    panel.answer(keeps_mine=False)
    settled()
    kept = next(role for role in office_here.ask(identity.list_roles) if role.role_id == buyer.role_id)
    assert kept.edit() == RoleEdit("采购员", "Buyer", (Permission.STOCK_VIEW,))


def test_a_role_in_use_is_not_deleted_and_says_why(
    roles_page: RolesPage, office_here: Office, settled: Settled
) -> None:
    role_id = office_here.do(identity.create_role, new=RoleEdit("早班", "", (Permission.STOCK_VIEW,)))
    me = office_here.ask(identity.get_me).person_id
    office_here.do(identity.give_role, person_id=me, role_id=role_id)
    roles_page.reload()
    settled()
    roles_page._on_row(next(role for role in roles_page._roles if role.role_id == role_id))
    panel = _panel(roles_page, RolePanel)
    panel._delete()
    settled()
    assert "1 person has this role" in panel.form._notice.text()
