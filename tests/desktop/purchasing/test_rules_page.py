"""The rules of purchasing in the settings."""

from __future__ import annotations

from decimal import Decimal

from pytestqt.qtbot import QtBot

from core import purchasing
from core.office import Office
from desktop.context import AppContext
from desktop.purchasing.settings.page import PurchaseRulesPage
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal


def test_what_changed_is_saved(
    context: AppContext, shown: Shown, settled: Settled, qtbot: QtBot, office_here: Office, shell: NotingShell
) -> None:
    page: PurchaseRulesPage = shown(PurchaseRulesPage(context))
    assert nameless_controls(page) == []
    page.save()
    assert shell.said[-1] == "Nothing was changed."
    page.form.editor("frozen_limit").set_value(D(-18))
    page.form.editor("usage_days").set_value(D(14))
    assert page.has_unsaved()
    page.save()
    qtbot.waitUntil(lambda: not page.has_unsaved())
    found = office_here.ask(purchasing.get_purchase_rules).values
    assert (found["frozen_limit"], found["usage_days"]) == (D(-18), 14)


def test_what_is_wrong_is_told_at_its_field(context: AppContext, shown: Shown, settled: Settled) -> None:
    page: PurchaseRulesPage = shown(PurchaseRulesPage(context))
    page.form.editor("iban").set_value("IE00 1234")
    page.save()
    settled()
    assert page.form.editor("iban").error()
    assert page.has_unsaved()


def test_two_people_on_one_rule_are_told(
    context: AppContext, shown: Shown, settled: Settled, office_here: Office
) -> None:
    page: PurchaseRulesPage = shown(PurchaseRulesPage(context))
    page.form.editor("match_percent").set_value(D(5))
    office_here.do(purchasing.save_purchase_rules, version=1, changes={"match_percent": D(7)})
    page.save()
    settled()
    assert "Somebody else" in page._notice.text()
