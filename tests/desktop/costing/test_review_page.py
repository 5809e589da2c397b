"""The month's cost in the window: figures, periods, why, files and the paper."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import costing
from core.clock import FixedClock
from core.costing import Days
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from desktop.context import AppContext
from desktop.costing import TABS, register
from desktop.costing.export import save_review
from desktop.costing.review_page import TAB_KEYS, ReviewPage
from desktop.shell.places import standard_registry
from desktop.widgets import PageBase, RowTable, WhyPanel, set_language
from tests.core.costing.house import Room
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

MARCH = Days(date(2026, 3, 1), date(2026, 3, 4))
FEBRUARY = Days(date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture
def page(room: Room, context: AppContext, shown: Shown) -> ReviewPage:
    return shown(ReviewPage(context))  # type: ignore[no-any-return]


def cells(table: RowTable, *keys: str) -> list[tuple[str, ...]]:
    return [tuple(table.words_at(n, key).strip() for key in keys) for n in range(table.total())]


def row_of(table: RowTable, number: int) -> Any:
    row = table.row_at(number)
    assert row is not None
    return row


def why(page: ReviewPage, settled: Settled) -> WhyPanel:
    settled()
    panel = page.panel()
    assert isinstance(panel, WhyPanel)
    assert panel.agrees()
    return panel


def test_the_month_until_today_is_shown_against_last_month(page: ReviewPage) -> None:
    assert page.period.days == MARCH
    names = {key: card.accessibleName() for key, card in page.cards.by_column.items()}
    assert names["opening"] == "Opening, ¥460.00, −8.0 % on last period"
    assert names["receipts"].startswith("Purchases, ¥83.30")
    assert names["usage"].startswith("Usage, ¥150.00")
    assert "of usage" in names["waste"]
    assert page.overview.tie_words().endswith("to the cent.")
    assert page.overview.bridge.labels()[0] == ("Opening", "460.00")
    assert ("Usage", "150.00") in cells(page.overview.table, "title", "now")
    assert page.head.search_text() == "" and page.error_text() == ""


def test_categories_stand_as_a_tree_with_the_total_below(page: ReviewPage) -> None:
    page.tabs.setCurrentIndex(TAB_KEYS.index("categories"))
    rows = cells(page.categories, "title", "usage", "usage_qty")
    assert rows[0] == ("食品", "150.00", "")
    assert ("叶菜", "150.00", "30 kg") in rows
    assert rows[-1] == ("Total", "150.00", "")
    assert page.categories.words_at(3, "title").startswith("\N{IDEOGRAPHIC SPACE}" * 2)


def test_every_figure_opens_its_entries(page: ReviewPage, settled: Settled, qtbot: QtBot) -> None:
    for column, card in page.cards.by_column.items():
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert why(page, settled).sum_words() == card.accessibleName().split(", ")[1], column
    for n in range(page.overview.table.total()):
        page.overview.table.row_activated.emit(page.overview.table.row_at(n))
        why(page, settled)
    for table in (page.categories, page.items.table):
        for n in range(table.total()):
            for figure in table.columns:
                if figure.why and figure.of(row_of(table, n)) is not None:
                    table.why_requested.emit(row_of(table, n), figure.key)
                    why(page, settled)


def test_waste_and_counts_open_their_entries(page: ReviewPage, settled: Settled) -> None:
    assert cells(page.waste.table, "title", "value") == [("Expired", "10.00"), ("Spoiled", "8.00")]
    page.waste.chart.picked.emit(row_of(page.waste.table, 0).row)
    assert why(page, settled).sum_words() == "¥10.00"
    assert {row[0] for row in cells(page.counts.table, "title")} == {"Tomato", "Cucumber"}
    for n in range(page.counts.table.total()):
        for key in ("qty", "gain", "loss", "net"):
            page.counts.table.why_requested.emit(page.counts.table.row_at(n), key)
            why(page, settled)


def test_an_entry_leads_to_its_posting(page: ReviewPage, settled: Settled, shell: NotingShell) -> None:
    page.why_of_total("usage")
    panel = why(page, settled)
    panel.table.row_activated.emit(panel.table.row_at(0))
    assert shell.went[-1][0] == "stock.posting"


def test_another_period_is_chosen_by_chip_and_by_dates(page: ReviewPage, settled: Settled, qtbot: QtBot) -> None:
    last_month = page.period._presets[1][0]
    qtbot.mouseClick(last_month, Qt.MouseButton.LeftButton)
    settled()
    assert page.period.days == FEBRUARY and last_month.isChecked()
    assert page.cards.by_column["waste"].accessibleName().startswith("Waste, ¥20.00")
    page.period.first.type_text("2026-02-15")
    page.period.last.type_text("2026-02-10")
    page.period.last.committed.emit()
    assert "ends before it starts" in page.period.last.error()
    assert page.period.days == FEBRUARY
    page.period.last.type_text("2026-02-20")
    page.period.last.committed.emit()
    settled()
    assert page.period.days == Days(date(2026, 2, 15), date(2026, 2, 20))
    assert not last_month.isChecked()
    assert page.cards.by_column["waste"].accessibleName().startswith("Waste, ¥20.00")


def test_a_period_without_anything_says_so(page: ReviewPage, settled: Settled) -> None:
    page.period.choose(Days(date(2020, 1, 1), date(2020, 1, 31)))
    settled()
    assert page._stack.currentWidget() is page._nothing
    page.period.choose(MARCH)
    settled()
    assert page._stack.currentWidget() is page._content


def test_what_is_posted_meanwhile_is_seen(page: ReviewPage, room: Room, qtbot: QtBot, settled: Settled) -> None:
    room.post(K.ISSUE, NewLine(room.items[0], Decimal(1)))
    qtbot.waitUntil(lambda: page.cards.by_column["usage"].accessibleName().startswith("Usage, ¥155"))
    settled()


def test_items_are_found_narrowed_and_sorted(page: ReviewPage, settled: Settled) -> None:
    page._find("toma")
    assert page.tabs.currentWidget() is page.items
    assert [row[0] for row in cells(page.items.table, "title")] == ["Tomato"]
    page._find("")
    assert page.items.total() == 4
    page.items.table.sort_by("closing", descending=True)
    values = [row_of(page.items.table, n).row.value("closing") for n in range(4)]
    assert values == sorted(values, reverse=True)
    page.categories.row_activated.emit(page.categories.row_at(0))
    assert {row[0] for row in cells(page.items.table, "title")} == {"Tomato", "Cucumber", "Milk"}
    page.categories.row_activated.emit(page.categories.row_at(page.categories.total() - 1))
    assert page.items.total() == 4
    assert page.items.table.words_at(0, "usage_qty") != ""


def test_the_workbook_holds_numbers_that_sum_to_the_figures(
    page: ReviewPage, context: AppContext, settled: Settled, tmp_path: Path, office_here: Office, shell: NotingShell
) -> None:
    file = tmp_path / "review.xlsx"
    save_review(context, page, MARCH, file, None)
    settled()
    assert shell.said == ["Writing review.xlsx…", "Saved as review.xlsx."]
    book = load_workbook(file)
    assert book.sheetnames[:4] == ["By category", "By item", "Waste by reason", "Count differences"]
    site = office_here.site
    start, end = costing.period_moments(MARCH, site.zone, site.day_start_hour)
    total = office_here.ask(costing.get_review, start=start, end=end).total
    sheet = book["By item"]
    head = [str(cell.value) for cell in sheet[1]]
    at = head.index("Usage: value (¥)") + 1
    values = [sheet.cell(row, at).value for row in range(2, sheet.max_row)]
    assert all(isinstance(value, int | float) for value in values)
    assert sum(Decimal(str(value)) for value in values) == total.value("usage")
    categories = book["By category"]
    roots = [row for row in categories.iter_rows(min_row=2, values_only=True) if row[0] == 1]
    closing = [str(cell.value) for cell in categories[1]].index("Closing (¥)")
    assert sum(Decimal(str(row[closing])) for row in roots) == total.value("closing")


def test_a_part_is_saved_as_csv_and_a_file_that_cannot_be_written_is_told(
    page: ReviewPage, context: AppContext, settled: Settled, tmp_path: Path, shell: NotingShell
) -> None:
    file = tmp_path / "waste.csv"
    save_review(context, page, MARCH, file, 2)
    settled()
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "Reason" and rows[1][:3] == ["Expired", "1", "10.00"]
    save_review(context, page, MARCH, tmp_path / "no" / "folder.xlsx", None)
    settled()
    assert "cannot be written" in shell.errors[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_says_the_same_in_both_languages(
    page: ReviewPage, context: AppContext, shell: NotingShell, language: str, office_here: Office
) -> None:
    from dataclasses import replace

    page._context = replace(context, language=language)
    page.print_page()
    paper = shell.papers[-1]
    document = pypdfium2.PdfDocument(paper.pdf)
    words = "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    assert paper.kind == "month_review"
    for figure in ("460.00", "83.30", "150.00"):
        assert figure in words
    assert ("编制" in words and "复核" in words and "审批" in words) is (language == "zh")
    assert ("Prepared by" in words) is (language == "en")


def test_chinese_is_said_in_place(page: ReviewPage) -> None:
    set_language("zh")
    assert page.tabs.tabText(1) == "按分类"
    assert page.cards.by_column["receipts"].accessibleName().startswith("购进")


def test_the_keyboard_and_a_screen_reader_reach_everything(page: ReviewPage, settled: Settled) -> None:
    assert nameless_controls(page) == []
    page.why_of_total("closing")
    why(page, settled)
    assert nameless_controls(page) == []
    assert page.escape() and page.panel() is None
    hints = page.keys()
    assert {"F2", "F8"} <= {hint.key for hint in hints}


def test_without_the_right_the_page_says_so(
    room: Room, context: AppContext, shown: Shown, sign_in_without_costs: Callable[[], None]
) -> None:
    sign_in_without_costs()
    page: PageBase = shown(ReviewPage(context))
    assert "no right" in page.error_text()


def test_a_hundred_thousand_items_are_shown_at_once(page: ReviewPage, clock: FixedClock) -> None:
    """Only the rows that are seen become cells."""
    from dataclasses import replace

    review = page._review
    assert review is not None
    row = review.items[0]
    many = replace(review, items=tuple(row._replace(key=n, code=f"I{n:06d}") for n in range(100_000)))
    page.items.show_review(many, None)
    assert page.items.total() == 100_000
    assert len(page.items.table._model.rows_at_hand()) <= 400
    page.items.search("I099999")
    assert page.items.total() == 1


def test_every_part_opens_by_its_route(room: Room, context: AppContext, shown: Shown, shell: NotingShell) -> None:
    registry = standard_registry()
    register(registry)
    assert TABS == TAB_KEYS
    entry = registry.page("month_end.review")
    for variant in entry.variants:
        page = shown(entry.factory(context, **variant.args))  # type: ignore[arg-type]
        assert page.error_text() == ""
        page.close()
    page = shown(entry.factory(context, first="2026-02-10", last="2026-02-20"))  # type: ignore[arg-type]
    assert page.period.days == Days(date(2026, 2, 10), date(2026, 2, 20))
    registry.action("costing.review").run(context)
    assert shell.went[-1] == ("month_end.review", {})
    paper = next(one for one in registry.papers if one.id == "month_review")
    assert paper.examples(context.office, "en")[0].pdf.startswith(b"%PDF")
