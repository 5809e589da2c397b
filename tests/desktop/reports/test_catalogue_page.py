"""The catalogue on screen: every report, found as people type, recent and saved ones on top."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import reports
from core.office import Office
from core.reports import Asked, ViewEdit
from core.words import Permission, ViewKind
from desktop.context import AppContext
from desktop.reports.catalogue.finding import best_first, find_reports
from desktop.reports.catalogue.page import CataloguePage
from desktop.reports.recent import person_at, recent_reports, remember_report
from desktop.shell.registry import Hit
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls


def names(page: CataloguePage) -> list[str]:
    return [page.table.row_at(at).id for at in range(page.table.total())]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("turnover", "stock-turnover"),
        ("库存周转", "stock-turnover"),
        ("zhouzhuan", "stock-turnover"),
        ("kczz", "stock-turnover"),
        ("fill rate", "fill-rate"),
        ("stock-outs", "stock-outs"),
        ("比价", "price-comparison"),
    ],
)
def test_a_report_is_found_as_people_type(office_here: Office, typed: str, wanted: str) -> None:
    entries = office_here.ask(reports.list_reports)
    assert wanted in [entry.name for entry in best_first(entries, typed)[:3]]


def test_all_stand_by_area_and_enter_opens_one(
    context: AppContext, shown: Shown, shell: NotingShell, qtbot: QtBot
) -> None:
    page = shown(CataloguePage(context))
    assert len(names(page)) >= 40 and names(page)[0] == "stock-on-hand"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert shell.went == [("reports.report", {"name": "stock-on-hand"})]
    assert nameless_controls(page) == []


def test_typing_anywhere_narrows_the_list(context: AppContext, shown: Shown, qtbot: QtBot) -> None:
    page = shown(CataloguePage(context))
    qtbot.keyClicks(page.table, "z")
    assert page.search.text() == "z"
    page.search.setText("no such report")
    qtbot.waitUntil(lambda: page.table.total() == 0)
    page.search.setText("")
    page.chips.set_value("area", "waste")
    qtbot.waitUntil(lambda: 0 < page.table.total() < 40)
    assert {page.table.words_at(at, "area") for at in range(page.table.total())} == {"Waste"}


def test_recent_reports_and_views_stand_on_top(
    context: AppContext, office_here: Office, shown: Shown, shell: NotingShell
) -> None:
    person_id = person_at(office_here)
    for name in ("stock-value", "abc-xyz", "stock-value"):
        remember_report(context, person_id, name)
    assert recent_reports(context, person_id)[:2] == ["stock-value", "abc-xyz"]
    new = ViewEdit(ViewKind.REPORT, "stock-value", "Dear goods", Asked())
    view_id = office_here.do(reports.save_view, new=new)
    page = shown(CataloguePage(context))
    assert page.shortcuts.isVisible()
    row: Any = page.table.row_at(0)
    assert row.view is not None and page.table.words_at(0, "look") == "Own view"
    page.open_row(row)
    assert shell.went[-1] == ("reports.report", {"name": "stock-value", "view_id": view_id})
    page.chips.set_value("views", True)
    assert page.table.total() == 1


def test_a_view_saved_elsewhere_comes_into_the_list(
    context: AppContext, office_here: Office, shown: Shown, qtbot: QtBot
) -> None:
    page = shown(CataloguePage(context))
    before = page.table.total()
    office_here.do(reports.save_view, new=ViewEdit(ViewKind.REPORT, "abc-xyz", "Classes", Asked(), True))
    qtbot.waitUntil(lambda: page.table.total() == before + 1)


def test_reports_are_in_the_palette(context: AppContext, qtbot: QtBot, shown: Shown, settled: Settled) -> None:
    page = shown(CataloguePage(context))
    hits: list[Hit] = []
    find_reports(context, page, "turnover", hits.extend)
    settled()
    assert hits[0].title == "Stock turnover" and hits[0].group == "Stock"


def test_schedules_are_offered_to_who_may(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    shell.forbidden = {Permission.REPORT_SCHEDULE}
    page = shown(CataloguePage(context))
    assert "Schedules" not in [str(entry.words) for entry in page.head._entries]
