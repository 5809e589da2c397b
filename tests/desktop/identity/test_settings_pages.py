"""The operation log, the site's settings and one's own account in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from core import identity
from core.identity import AuditFilter
from core.office import Office
from core.words import ApprovalSubject
from desktop.context import AppContext
from desktop.identity import register
from desktop.identity.account_page import AccountPage
from desktop.identity.audit_page import AuditPage
from desktop.identity.audit_panel import AuditPanel
from desktop.identity.export import AuditExport
from desktop.identity.site_page import SitePage
from desktop.shell.places import standard_registry
from desktop.widgets import Form, PageBase, set_language
from tests.desktop.identity.conftest import PASSWORD, PIN, MakePerson
from tests.desktop.noting import NotingShell
from tests.helpers.sites import ADMIN
from tests.helpers.sites import PASSWORD as ADMIN_PASSWORD

Shown = Callable[[PageBase], Any]
Settled = Callable[[], None]


def _type(form: Form, **values: str) -> None:
    for key, value in values.items():
        form.editor(key).type_text(value)  # type: ignore[attr-defined]


@pytest.fixture
def log(context: AppContext, make_person: MakePerson, shown: Shown) -> AuditPage:
    make_person("王师傅", "Kitchen manager")
    make_person("=1+1", "Buyer")
    return shown(AuditPage(context))  # type: ignore[no-any-return]


def test_the_log_is_shown_newest_first(log: AuditPage) -> None:
    table = log.table
    assert [table.words_at(number, "label") for number in range(3)] == ["Add a person", "Add a person", "Sign in"]
    assert table.words_at(1, "what") == "王师傅 · Roles: – → 厨房经理"
    assert table.words_at(0, "person") == ADMIN
    set_language("zh")
    assert table.words_at(0, "label") == "新增人员"


def test_the_log_is_narrowed_and_says_when_nothing_fits(log: AuditPage, settled: Settled, qtbot: QtBot) -> None:
    log.chips.set_value("command", "identity.sign_in")
    settled()
    assert [log.table.words_at(n, "label") for n in range(log.table.total())] == ["Sign in"]
    log.chips.set_value("command", None)
    log.chips.set_value("period", "week")
    settled()
    assert (str(log.wanted().from_on), str(log.wanted().to_on)) == ("2026-02-26", "2026-03-04")
    assert log.table.total() == 3
    log._search.setText("no such thing")
    qtbot.waitUntil(lambda: log.head.count_words() == "0 rows")
    assert log.error_text() == ""


def test_an_act_opens_with_before_and_after(log: AuditPage, qtbot: QtBot) -> None:
    row = log.table.row_at(1)
    log.table.row_activated.emit(row)
    panel = log.panel()
    assert isinstance(panel, AuditPanel)
    assert panel.row == row


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_log_is_exported_as_filtered_and_harmless(
    log: AuditPage, context: AppContext, tmp_path: Path, settled: Settled, shell: NotingShell, ending: str
) -> None:
    path = tmp_path / f"log.{ending}"
    AuditExport(context, log).save(path, AuditFilter(command="identity.add_person"))
    settled()
    assert shell.said == [f"2 rows saved as log.{ending}."]
    if ending == "csv":
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 3
        assert "Name = =1+1" in lines[1]
        return
    sheet = load_workbook(path).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum("Add a person" in [str(one) for one in row] for row in cells) == 2
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_file_that_cannot_be_written_is_said(
    log: AuditPage, context: AppContext, tmp_path: Path, settled: Settled, shell: NotingShell
) -> None:
    AuditExport(context, log).save(tmp_path / "no folder" / "log.csv", AuditFilter())
    settled()
    assert "cannot be written" in shell.errors[0]


@pytest.fixture
def site(context: AppContext, shown: Shown) -> SitePage:
    return shown(SitePage(context))  # type: ignore[no-any-return]


def test_settings_are_saved(site: SitePage, office_here: Office, settled: Settled, shell: NotingShell) -> None:
    _type(site.form, name_en="The Sample", phone="010-1234")
    site.form.editor("lock_minutes").set_value(3)
    assert site.has_unsaved()
    site.primary()
    settled()
    facts = office_here.site
    assert (facts.name_en, facts.phone, facts.lock_minutes) == ("The Sample", "010-1234", 3)
    assert shell.said == ["Saved."]
    assert not site.has_unsaved()


def test_a_wrong_setting_is_said_at_its_field_and_stays_typed(site: SitePage, settled: Settled) -> None:
    _type(site.form, currency="XX")
    site.save()
    settled()
    assert "not a currency" in site.form.editor("currency").error()
    assert site.form.editor("currency").value() == "XX"


def test_what_was_typed_goes_on_top_of_what_another_saved(
    site: SitePage, office_here: Office, settled: Settled
) -> None:
    card = office_here.ask(identity.get_site)
    _type(site.form, phone="1", address="Mine")
    office_here.do(identity.update_site, version=card.version, new=replace(card.settings, phone="2", name_en="Theirs"))
    site.save()
    settled()
    assert "save again" in site._notice.text()
    site.save()
    settled()
    now = office_here.site
    assert (now.phone, now.address, now.name_en) == ("1", "Mine", "Theirs")


def test_approval_rules_are_set_and_removed(site: SitePage, office_here: Office, settled: Settled) -> None:
    subject, rules = ApprovalSubject.WRITE_OFF, site.rules
    rules.limits[subject].type_text("500")
    site.save()
    assert rules.roles[subject].error() != ""
    manager = next(role for role in office_here.ask(identity.list_roles) if role.name_en == "Manager")
    rules.roles[subject].set_value(manager.role_id)
    site.save()
    settled()
    stored = {row.subject: row for row in office_here.ask(identity.list_approval_rules)}[subject]
    assert (stored.limit_amount, stored.role_en) == (Decimal(500), "Manager")
    assert not site.has_unsaved()
    rules.limits[subject].set_value(None)
    site.save()
    settled()
    assert all(row.limit_amount is None for row in office_here.ask(identity.list_approval_rules))


def test_ones_own_password_and_pin(context: AppContext, office_here: Office, shown: Shown, settled: Settled) -> None:
    page: AccountPage = shown(AccountPage(context))
    form = page.password_form
    _type(form, old_password="wrong wrong", new_password=PASSWORD, new_password_again=PASSWORD)
    page.save_password()
    settled()
    assert "present password" in form.editor("old_password").error()
    _type(form, old_password=ADMIN_PASSWORD, new_password_again="other")
    page.save_password()
    assert "do not match" in form.editor("new_password_again").error()
    _type(form, new_password_again=PASSWORD)
    page.save_password()
    settled()
    assert form.editor("old_password").value() is None
    _type(page.pin_form, password=PASSWORD, new_pin=PIN, new_pin_again=PIN)
    page.save_pin()
    settled()
    assert office_here.sign_in_with_pin(ADMIN, PIN).name == ADMIN
    page.language_form.editor("language").set_value("en")
    page.save_language()
    settled()
    assert office_here.ask(identity.get_me).language == "en"


def test_every_page_opens_by_its_route(context: AppContext, shown: Shown) -> None:
    registry = standard_registry()
    register(registry)
    routes = [page.route for page in registry.pages]
    assert routes == ["settings.people", "settings.roles", "settings.site", "settings.audit", "settings.account"]
    for page in registry.pages:
        for args in ({}, *(variant.args for variant in page.variants)):
            made = page.factory(context, **args)
            assert isinstance(made, PageBase)
            shown(made)
            assert made.error_text() == ""
            made.close()


def test_the_actions_lead_to_their_pages(context: AppContext, shell: NotingShell) -> None:
    registry = standard_registry()
    register(registry)
    for action in registry.actions:
        action.run(context)
    assert shell.went == [("settings.people", {"is_adding": True}), ("settings.account", {})]
