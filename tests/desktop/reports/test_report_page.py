"""A report on screen: chips ask, chart, table and totals answer, every figure says where it comes from."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import reports
from core.office import Office
from core.reports import Asked, Sort, ViewEdit
from core.words import Period, ViewKind
from desktop.context import AppContext
from desktop.reports.report.files import ReportSource, write_to
from desktop.reports.report.many import ExactChip
from desktop.reports.report.page import STOPPED, ReportPage
from desktop.reports.report.panels import ColumnsPanel, DefinitionsPanel, FigurePanel, ViewPanel
from desktop.reports.report.records import RecordsFilter
from desktop.widgets import Button, Found, set_language
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls
from tests.helpers.stock import receive


def column(page: ReportPage, key: str) -> list[str]:
    table = page.body.table
    assert table is not None
    return [table.words_at(at, key) for at in range(table.total())]


@pytest.fixture
def value(context: AppContext, goods: list[int], shown: Shown) -> ReportPage:
    return shown(ReportPage(context, name="stock-value"))  # type: ignore[no-any-return]


def test_it_shows_rows_totals_and_a_chart(value: ReportPage) -> None:
    assert column(value, "value") == ["80.00", "80.00", "10.00", "20.00", "20.00"]
    assert value.body.totals.words() == {"qty": "26", "value": "210.00"}
    assert value.body.chart.isVisible() and value.body.chart.reading(0).endswith("210.00")
    assert value.detail_title() == "Stock value"
    assert nameless_controls(value) == []


def test_a_chart_is_read_by_keys(context: AppContext, goods: list[int], shown: Shown, qtbot: QtBot) -> None:
    page: ReportPage = shown(ReportPage(context, name="usage-by-item"))
    chart = page.body.chart
    for _times in range(5):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart._current == 2 and chart.reading(chart._current) == "大米 3\n10.00"
    page._shaping.chart.setChecked(False)  # type: ignore[union-attr]
    assert not chart.isVisible()


def test_it_says_the_same_in_chinese(value: ReportPage) -> None:
    set_language("zh")
    assert value.detail_title() == "库存金额"
    assert value.body.table is not None and value.body.table.table_words()[0][0] == "物料编码"


def test_a_head_says_what_its_figure_means(value: ReportPage) -> None:
    table = value.body.table
    assert table is not None
    hint = next(str(one.hint) for one in table.columns if one.key == "value")
    assert "ledger" in hint
    value.show_definitions()
    assert isinstance(value.panel(), DefinitionsPanel)


def test_a_click_on_a_head_sorts(value: ReportPage, settled: Settled) -> None:
    table = value.body.table
    assert table is not None
    table.sort_by("value", True)
    settled()
    assert column(value, "value")[0] == "80.00" and column(value, "value")[-1] == "10.00"
    assert value._asked.sort == (Sort("value", True),)


def test_groups_have_subtotals_and_can_be_shut(
    context: AppContext, goods: list[int], shown: Shown, settled: Settled
) -> None:
    asked = Asked(group="method")
    page: ReportPage = shown(ReportPage(context, name="stock-value", asked=asked))
    table = page.body.table
    assert table is not None and table.total() == 6
    assert table.words_at(0, "name").endswith("· 5 rows") and table.words_at(0, "value") == "210.00"
    table.row_activated.emit(table.row_at(0))
    assert table.total() == 1
    page.body.shut_groups(False)
    assert table.total() == 6


def test_filters_narrow_it_and_can_be_taken_away(
    context: AppContext, goods: list[int], shown: Shown, settled: Settled
) -> None:
    asked = Asked(filters=(("item", (goods[2],)),))
    page: ReportPage = shown(ReportPage(context, name="stock-value", asked=asked))
    settled()
    assert column(page, "value") == ["10.00"]
    page._shaping.filters._search.setText("nothing like it")  # type: ignore[union-attr]
    page._shaping.filters._tell()  # type: ignore[union-attr]
    settled()
    assert page.body.table is not None and page.body.table.total() == 0
    page._without_filters()
    settled()
    assert page.body.table.total() == 5


def test_several_items_are_searched_for_one_after_the_other(
    context: AppContext, goods: list[int], shown: Shown, settled: Settled
) -> None:
    page: ReportPage = shown(ReportPage(context, name="stock-value", asked=Asked(filters=(("item", (goods[0],)),))))
    settled()
    records = page._shaping.filters._parts["item"]  # type: ignore[union-attr]
    assert isinstance(records, RecordsFilter) and records.chip.text().startswith("Item: ")
    for _twice in range(2):
        records.picker._take(Found(goods[2], "I-3", "大米 3"))
        settled()
        assert column(page, "value") == ["80.00", "10.00"] and records.picker.text() == ""
    assert records.chip.text().endswith("+1") and page._asked.filters == (("item", (goods[0], goods[2])),)
    records.chip.toggle_value(goods[0])
    settled()
    assert column(page, "value") == ["10.00"] and not records.chip.text().endswith("+1")
    records.chip.toggle_value(None)
    settled()
    assert column(page, "value")[0] == "80.00" and records.chip.isHidden()


def test_usual_periods_follow_the_day(context: AppContext, goods: list[int], shown: Shown, settled: Settled) -> None:
    page: ReportPage = shown(ReportPage(context, name="usage-by-item"))
    assert page._asked.period == Period.MONTH_TO_DATE
    assert page.body.totals.words()["value"] == "50.00"
    page._shaping.period.choose(Period.LAST_MONTH)  # type: ignore[union-attr]
    settled()
    assert page._answer is not None and page._answer.count == 0
    start = page._answer.span.start
    assert start is not None and start.astimezone(UTC) == datetime(2026, 1, 31, 20, tzinfo=UTC)


def test_days_of_ones_own(context: AppContext, goods: list[int], shown: Shown, settled: Settled) -> None:
    page: ReportPage = shown(ReportPage(context, name="usage-by-item"))
    period = page._shaping.period  # type: ignore[union-attr]
    period.first.set_value(date(2026, 3, 2))
    period.last.set_value(date(2026, 3, 1))
    period.last.committed.emit()
    assert period.last.error() and page._asked.period == Period.MONTH_TO_DATE
    period.last.set_value(date(2026, 3, 4))
    period.last.committed.emit()
    settled()
    assert page._asked.period == "" and page.body.totals.words()["value"] == "50.00"


def test_columns_are_chosen(value: ReportPage, settled: Settled) -> None:
    value.show_columns()
    panel = value.panel()
    assert isinstance(panel, ColumnsPanel)
    panel._boxes["category"].set_value(False)
    panel._on_change()
    settled()
    assert value.body.table is not None
    assert "category" not in [one.key for one in value.body.table.columns]
    panel.chosen.emit(())
    settled()
    assert "category" in [one.key for one in value.body.table.columns]


def test_enter_opens_the_record_and_a_figure_its_entries(
    value: ReportPage, goods: list[int], shell: NotingShell, qtbot: QtBot
) -> None:
    table = value.body.table
    assert table is not None
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert shell.went[-1] == ("catalog.item", {"item_id": goods[0]})
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    panel = value.panel()
    assert isinstance(panel, FigurePanel)
    value.body.why.emit(table.row_at(0), "value")
    panel = value.panel()
    assert isinstance(panel, FigurePanel) and panel.value == Decimal("80.00")
    value.body.why.emit(None, "value")
    total = value.panel()
    assert isinstance(total, FigurePanel) and total.value == Decimal("210.00")


def entries_from(page: ReportPage, row: int | None, key: str) -> Asked:
    """What “Open the entries” of a figure asks of the report of entries."""
    table, shell = page.body.table, page._context.shell
    assert table is not None and isinstance(shell, NotingShell)
    page.body.why.emit(None if row is None else table.row_at(row), key)
    panel = page.panel()
    assert isinstance(panel, FigurePanel)
    next(one for one in panel.findChildren(Button) if one.text() == "Open the entries").click()
    route, told = shell.went[-1]
    assert (route, told["name"]) == ("reports.report", "figure-entries")
    asked = told["asked"]
    assert isinstance(asked, Asked)
    return asked


def test_the_entries_behind_a_row_and_a_total_add_up_to_them(
    context: AppContext, value: ReportPage, goods: list[int], shown: Shown, settled: Settled
) -> None:
    for row, figure in ((0, "80.00"), (3, "20.00"), (None, "210.00")):
        opened: ReportPage = shown(ReportPage(context, name="figure-entries", asked=entries_from(value, row, "value")))
        settled()
        assert opened.body.totals.words()["share"] == figure
    usage: ReportPage = shown(ReportPage(context, name="usage-by-category"))
    asked = entries_from(usage, 0, "value")
    entries: ReportPage = shown(ReportPage(context, name="figure-entries", asked=asked))
    settled()
    assert entries.body.totals.words()["share"] == usage.body.totals.words()["value"] == "50.00"
    only = entries._shaping.filters._parts["only_category_id"]  # type: ignore[union-attr]
    assert isinstance(only, ExactChip) and only.text() == "Only category: –" and not only.isHidden()
    only.toggle_value(None)
    settled()
    assert only.isHidden() and dict(entries._asked.filters) == {"figure": ("usage",)}


def test_what_is_posted_elsewhere_comes_in(
    value: ReportPage, office_here: Office, goods: list[int], qtbot: QtBot
) -> None:
    receive(office_here, goods[:1], "1", "10")
    qtbot.waitUntil(lambda: value.body.totals.words() == {"qty": "27", "value": "220.00"})


def test_a_long_list_comes_as_it_is_seen(
    context: AppContext, shown: Shown, settled: Settled, monkeypatch: pytest.MonkeyPatch, goods: list[int]
) -> None:
    monkeypatch.setattr("desktop.reports.report.page.FIRST_ROWS", 1)
    monkeypatch.setattr("desktop.reports.report.lines.BLOCK", 2)
    monkeypatch.setattr("desktop.reports.report.lines.KEPT_BLOCKS", 1)
    for asked, heads in ((Asked(), 0), (Asked(group="method"), 1)):
        page: ReportPage = shown(ReportPage(context, name="stock-value", asked=asked))
        settled()
        assert column(page, "value")[heads:] == ["80.00", "80.00", "10.00", "20.00", "20.00"]


def test_who_may_not_see_a_report_is_not_led_there(
    context: AppContext, office_here: Office, goods: list[int], shown: Shown, shell: NotingShell
) -> None:
    page: ReportPage = shown(ReportPage(context, name="usage-by-item"))
    table = page.body.table
    assert table is not None
    known = page._known
    page._known = {"usage-by-item": known["usage-by-item"]}
    table.row_activated.emit(table.row_at(0))
    assert shell.went == []
    page._known = known
    table.row_activated.emit(table.row_at(0))
    assert shell.went[0][1]["name"] == "usage-log"


def test_a_view_is_saved_and_opened_again(
    value: ReportPage, context: AppContext, office_here: Office, shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    value._asked = Asked(filters=(("text", ("0001",)),), sort=(Sort("value", True),), period=Period.LAST_MONTH)
    value.keeping.save()
    panel = value.panel()
    assert isinstance(panel, ViewPanel)
    panel.form.set_values({"name": "First item", "is_shared": True})
    panel.save()
    settled()
    (row,) = office_here.ask(reports.list_views)
    assert row.name == "First item" and row.asked.period == "last_month" and row.is_shared
    page: ReportPage = shown(ReportPage(context, name="stock-value", view_id=row.id))
    settled()
    assert page.keeping.view_id == row.id and page._asked.sort == (Sort("value", True),)
    page.keeping.remove()
    settled()
    assert office_here.ask(reports.list_views) == () and page.keeping.view_id == 0
    (posted,) = shell.postings
    assert posted.take_back is not None and posted.undo is not None
    office_here.do(posted.take_back, new=posted.undo["new"])
    assert [one.name for one in office_here.ask(reports.list_views)] == ["First item"]


def test_a_name_that_is_taken_is_said_at_its_field(value: ReportPage, office_here: Office, settled: Settled) -> None:
    office_here.do(reports.save_view, new=ViewEdit(ViewKind.REPORT, "stock-value", "Mine", Asked()))
    settled()
    value.keeping.save()
    panel: Any = value.panel()
    panel.form.set_values({"name": "Mine"})
    panel.save()
    settled()
    assert "Mine" in str(panel.form.editor("name").error())


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf", "json"])
def test_it_is_written_in_every_form(
    value: ReportPage, context: AppContext, shell: NotingShell, settled: Settled, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"value.{ending}"
    write_to(context, value, "stock-value", Asked(filters=(("text", ("0001",)),)), path)
    settled()
    assert shell.errors == [] and path.stat().st_size > 100
    if ending == "csv":
        lines = [row for row in csv.reader(path.read_text("utf-8-sig").splitlines()) if "80.00" in row]
        assert lines


def test_stopped_half_way_nothing_is_left(
    value: ReportPage, context: AppContext, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.reports.queries.catalogue.TOLD_EVERY", 1)
    folder = tmp_path / "files"
    folder.mkdir()
    path = folder / "value.csv"
    path.write_text("before")
    run = context.ops.run

    def cancelled(*args: Any, **over: Any) -> Any:
        job = run(*args, **over)
        job.cancel()
        return job

    monkeypatch.setattr(context.ops, "run", cancelled)
    write_to(context, value, "stock-value", Asked(), path)
    settled()
    assert path.read_text() == "before" and [one.name for one in folder.iterdir()] == ["value.csv"]


def test_a_place_that_cannot_be_written_is_said(
    value: ReportPage, context: AppContext, shell: NotingShell, settled: Settled, tmp_path: Path
) -> None:
    write_to(context, value, "stock-value", Asked(), tmp_path / "gone" / "value.csv")
    settled()
    assert len(shell.errors) == 1 and "value.csv" in shell.errors[0]


def test_it_prints_in_both_languages(value: ReportPage, shell: NotingShell, settled: Settled) -> None:
    value.print_page()
    source: Any = shell.makers[0]
    assert isinstance(source, ReportSource)
    assert source().pdf.startswith(b"%PDF") and source.make("zh").language == "zh"


def test_reading_can_be_stopped(value: ReportPage, settled: Settled) -> None:
    value.reload()
    value._stop()
    settled()
    assert value.error_text() == str(STOPPED)
    value.reload()
    settled()
    assert value.error_text() == "" and value.body.table is not None


def test_a_report_there_is_not_says_so(context: AppContext, shown: Shown) -> None:
    page: ReportPage = shown(ReportPage(context, name="nothing"))
    assert "no such report" in page.error_text()


def test_a_chart_without_room_stands_in_the_place_of_the_table(value: ReportPage) -> None:
    body, chip = value.body, value._shaping.chart  # type: ignore[union-attr]
    assert body.table is not None and chip.isChecked() and body.chart.isVisible() and body.table.isVisible()
    body.setFixedHeight(230)
    assert not chip.isChecked() and not body.chart.isVisible() and body.table.isVisible()
    chip.click()
    assert chip.isChecked() and body.chart.isVisible() and not body.table.isVisible() and not body.totals.isVisible()
    body.setFixedHeight(600)
    assert body.chart.isVisible() and body.table.isVisible() and body.totals.isVisible()
    chip.click()
    assert not body.chart.isVisible() and not chip.isChecked()


def test_filters_are_folded_where_the_page_is_low(context: AppContext, goods: list[int], shown: Shown) -> None:
    asked = Asked(filters=(("item", (goods[0],)),))
    page: ReportPage = shown(ReportPage(context, name="figure-entries", asked=asked))
    shaping = page._shaping
    assert shaping is not None and shaping.more.isHidden()
    shaping.fit(400)
    parts = shaping.filters._parts
    assert not shaping.more.isHidden() and parts["category"].isHidden() and not parts["item"].isHidden()
    shaping.more.click()
    assert not parts["category"].isHidden() and not parts["supplier"].isHidden()
    shaping.fit(700)
    assert shaping.more.isHidden() and not parts["category"].isHidden()
