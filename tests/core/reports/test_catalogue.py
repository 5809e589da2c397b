"""Every report of the catalogue: on a filled and an empty site, in every form and both languages, on both databases; and
figures of each against what the ledger says by another way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

import pypdfium2
import pytest
from openpyxl import load_workbook

from core import costing, documents, reports, stock
from core.clock import FixedClock
from core.errors import InvalidInput, NotAllowed, NotFound
from core.office import Office
from core.reports import Asked, ReportPage, Sort, Span
from db.enums import Permission
from tests.core.costing.test_months import sign_in_with
from tests.helpers.sample_site import SAMPLE_NOW

LEAST = 40
NAMES = reports.REPORT_NAMES
CLASSIC = frozenset(
    {
        "stock-on-hand", "stock-value", "stock-ledger", "month-review", "open-orders", "goods-received-not-invoiced",
        "payables", "supplier-scorecard",
    }
)  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The sample site, made once for this module on each database; reports change nothing."""
    from core.sample import create_sample_site

    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("sample") / "sample.db")
    else:
        url = request.getfixturevalue("postgres").create()
    create_sample_site(url, clock=FixedClock(SAMPLE_NOW))
    with Office.open(url, station="test", clock=FixedClock(SAMPLE_NOW)) as office:
        office.sign_in_as_system()
        yield office


def page(office: Office, name: str, *, limit: int = 10_000, **asked: Any) -> ReportPage:
    return office.ask(reports.get_report_page, name=name, asked=Asked(**asked), limit=limit)


def written(office: Office, name: str, form: str, **asked: Any) -> bytes:
    target = io.BytesIO()
    office.ask(reports.write_report, name=name, asked=Asked(**asked), form=form, target=target)
    return target.getvalue()


def total(made: ReportPage, key: str) -> Any:
    return made.totals[[column.key for column in made.columns].index(key)]


def column(made: ReportPage, key: str) -> list[Any]:
    at = [one.key for one in made.columns].index(key)
    return [row[at] for row in made.rows]


def test_there_are_many_and_each_says_what_its_figures_mean(filled: Office) -> None:
    entries = filled.ask(reports.list_reports)
    assert len(entries) >= LEAST and len({entry.name for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.title.render("zh") != entry.title.render("en")
        keys = {one.key for one in entry.columns}
        assert set(entry.groups) <= keys
        assert entry.chart is None or {entry.chart.x, *entry.chart.y} <= keys
        reckoned = [one for one in entry.columns if one.formula is not None]
        assert all(one.about is not None for one in reckoned), entry.name
        assert all(about.render("zh") != about.render("en") for _title, about in entry.definitions)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_adds_up(filled: Office, name: str) -> None:
    """Groups hold all rows, their sums are the totals, and every row of a page has a cell for every column."""
    made = page(filled, name)
    assert made.count >= len(made.rows) and all(len(row) == len(made.columns) for row in made.rows)
    for group in made.entry.groups:
        grouped = page(filled, name, group=group)
        assert sum(one.count for one in grouped.groups) == made.count
        assert grouped.totals == made.totals
        assert len(grouped.groups_of) == len(grouped.rows)
        if made.count <= 10_000:
            sizes = [grouped.groups_of.count(at) for at in range(len(grouped.groups))]
            assert sizes == [one.count for one in grouped.groups]
        for at, one in enumerate(made.columns):
            if one.adding is reports.Adding.SUM and made.totals:
                parts = [Decimal(str(group.cells[at] or 0)) for group in grouped.groups if group.cells]
                assert sum(parts, Decimal(0)) == (made.totals[at] or 0)
    if made.chart is not None:
        assert all(len(line.values) == len(made.chart.labels) for line in made.chart.series)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_in_both_languages(filled: Office, name: str) -> None:
    made = page(filled, name, limit=5)
    for language in ("zh", "en"):
        sheet = written(filled, name, "csv", language=language).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(sheet)))
        if name not in CLASSIC:
            heads = [one.title.render(language) for one in made.columns]
            assert [head.split(" (")[0] for head in rows[0]] == [head.split(" (")[0] for head in heads]
            assert len(rows) == made.count + 1
        table = written(filled, name, "table", language=language).decode()
        assert len(table.splitlines()) >= 2
    book = load_workbook(io.BytesIO(written(filled, name, "xlsx", language="zh")))
    assert book.worksheets[0].max_row >= 1


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("stock-ledger", "price-history")])
def test_every_report_on_paper(filled: Office, name: str) -> None:
    content = written(filled, name, "pdf", language="zh")
    paper = pypdfium2.PdfDocument(content)
    assert len(paper) >= 1
    paper.close()


def test_groups_stand_on_paper_with_their_subtotals(filled: Office) -> None:
    content = written(filled, "usage-by-item", "pdf", language="zh", group="category")
    paper = pypdfium2.PdfDocument(content)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    paper.close()
    made = page(filled, "usage-by-item", group="category")
    assert str(made.groups[0].value) in text


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CLASSIC])
def test_a_file_for_programs_is_the_same_in_both_languages(filled: Office, name: str) -> None:
    chinese, english = (written(filled, name, "json", language=language) for language in ("zh", "en"))
    assert chinese == english
    rows = json.loads(chinese)
    assert len(rows) == page(filled, name, limit=1).count
    for row in rows[:50]:
        assert all(value is None or isinstance(value, str | int) for value in row.values())


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_site(office: Office, name: str) -> None:
    made = page(office, name)
    assert made.count == len(made.rows) and all(not group.count for group in made.groups)
    for form in ("table", "csv", "json", "xlsx", "pdf"):
        assert written(office, name, form)


@pytest.mark.parametrize("name", NAMES)
def test_sorted_by_every_column(filled: Office, name: str) -> None:
    entry = next(one for one in filled.ask(reports.list_reports) if one.name == name)
    for one in entry.columns:
        if not one.can_sort:
            with pytest.raises(InvalidInput):
                page(filled, name, sort=(Sort(one.key),), limit=5)
            continue
        up = page(filled, name, sort=(Sort(one.key),), columns=(one.key,), limit=200)
        values = [row[0] for row in up.rows if isinstance(row[0], Decimal | int)]
        assert values == sorted(values), (name, one.key)


def test_usage_purchases_waste_and_value_are_those_of_the_review(filled: Office) -> None:
    start, end = reports.moment_from("2026-02-01", "Asia/Shanghai", 4, at_end=False), SAMPLE_NOW
    review = filled.ask(costing.get_review, start=start, end=end).total
    span = Span(start, end)
    wanted = {
        "usage": ("usage-by-item", "usage-by-category", "usage-by-department", "usage-by-day", "usage-by-weekday"),
        "receipts": ("purchases-by-item", "purchases-by-category", "purchases-by-supplier", "purchases-by-month"),
        "waste": (
            "waste-by-reason", "waste-by-item", "waste-by-category", "waste-by-location", "waste-by-stage",
            "waste-by-person", "waste-by-week",
        ),
    }  # fmt: skip
    for key, names in wanted.items():
        assert review.value(key)
        for name in names:
            assert total(page(filled, name, span=span), "value") == review.value(key), name
    days = page(filled, "movements-by-day", span=span)
    for key in ("receipts", "usage", "waste", "adjustments"):
        assert total(days, key) == review.value(key)
    assert total(days, "change") == review.value("closing") - review.value("opening")
    turnover = page(filled, "stock-turnover", span=span)
    assert total(turnover, "opening") == review.value("opening")
    assert total(turnover, "closing") == review.value("closing")
    assert total(turnover, "gone") == review.value("usage") + review.value("waste")
    log = page(filled, "waste-log", span=span)
    assert total(log, "cost") == review.value("waste")
    assert total(page(filled, "receipts-log", span=span), "value") == review.value("receipts")


def test_the_stock_is_worth_the_same_in_every_report(filled: Office) -> None:
    worth = sum((row.value for row in filled.ask(stock.list_values)), Decimal(0))
    for name in (
        "stock-by-category",
        "stock-by-supplier",
        "stock-by-location",
        "abc-xyz",
        "stock-age",
        "stock-age-summary",
    ):
        assert total(page(filled, name), "stock_value") == worth, name
    assert total(page(filled, "stock-value"), "value") == worth
    assert total(page(filled, "movements-by-kind", span=Span(_books_begin())), "net") == worth
    assert total(page(filled, "stock-ledger"), "value") == worth
    aged = page(filled, "stock-age")
    parts = [total(aged, key) for key in ("to_30", "to_90", "to_180", "to_365", "older")]
    assert sum(parts, Decimal(0)) == worth


def test_ages_reckoned_in_the_database_are_those_of_the_rule(filled: Office) -> None:
    now, then = page(filled, "stock-age"), page(filled, "stock-age", span=Span(None, SAMPLE_NOW))
    assert sorted(now.rows, key=str) == sorted(then.rows, key=str)


def _books_begin() -> Any:
    return stock.BOOKS_BEGIN


def test_payables_are_the_same_by_invoice_supplier_and_week(filled: Office) -> None:
    owed = total(page(filled, "payables"), "open_site")
    assert owed and total(page(filled, "payables-by-supplier"), "value") == owed
    assert total(page(filled, "payments-due"), "value") == owed
    invoices, tax = page(filled, "invoices"), page(filled, "tax-by-rate")
    assert total(invoices, "net") == total(tax, "net") and total(invoices, "tax") == total(tax, "tax")


def test_filters_keep_only_what_was_chosen(filled: Office) -> None:
    every = page(filled, "usage-log", columns=("item", "cost"))
    first = column(every, "item")[0]
    drills = page(filled, "usage-by-item").drills
    some = drills[0]
    assert some is not None and some.report == "usage-log"
    behind = page(filled, some.report, filters=some.filters)
    assert total(behind, "cost") == column(page(filled, "usage-by-item"), "value")[0]
    assert 0 < behind.count < every.count
    found = page(filled, "usage-log", filters=(("text", (str(first),)),))
    assert 0 < found.count < every.count
    by_place = page(filled, "waste-by-location")
    drill = by_place.drills[0]
    assert drill is not None
    assert total(page(filled, drill.report, filters=drill.filters), "cost") == column(by_place, "value")[0]


def test_a_drill_leads_to_what_the_figure_is_made_of(filled: Office) -> None:
    for name, key, behind in (
        ("waste-by-reason", "value", "cost"), ("waste-by-item", "value", "cost"), ("purchases-by-supplier", "value", "value"),
        ("stock-by-category", "stock_value", "value"), ("purchases-by-category", "value", "value"),
        ("payables-by-supplier", "value", "open_site"), ("usage-by-category", "value", "value"),
    ):  # fmt: skip
        made = page(filled, name)
        for value, drill in zip(column(made, key)[:4], made.drills, strict=False):
            assert drill is not None
            assert total(page(filled, drill.report, filters=drill.filters), behind) == value, (name, drill)


def test_who_may_not_see_cost_sees_no_money(office: Office) -> None:
    sign_in_with(office, Permission.REPORT_VIEW, Permission.STOCK_VIEW)
    entries = {entry.name: entry for entry in office.ask(reports.list_reports)}
    assert "stock-value" not in entries and "open-orders" not in entries
    assert not [one for one in entries["waste-log"].columns if one.kind in ("money", "cost")]
    with pytest.raises(NotAllowed):
        page(office, "stock-value")
    with pytest.raises(NotFound):
        page(office, "waste-log", columns=("cost",))


def test_what_a_report_does_not_have_is_said(filled: Office) -> None:
    for asked in ({"columns": ("nope",)}, {"group": "nope"}, {"filters": (("nope", (1,)),)}, {"sort": (Sort("nope"),)}):
        with pytest.raises(NotFound):
            page(filled, "waste-log", **asked)
    with pytest.raises(NotFound, match="There is no report nope"):
        page(filled, "nope")
    with pytest.raises(InvalidInput, match="knows only how things are now"):
        page(filled, "below-minimum", span=Span(None, SAMPLE_NOW))


@pytest.mark.parametrize(
    ("name", "group"), [("stock-ledger", "item"), ("stock-ledger", "category"), ("usage-log", "by")]
)
@pytest.mark.parametrize("is_descending", [False, True])
def test_a_part_of_a_grouped_report_is_that_of_the_whole(
    filled: Office, name: str, group: str, is_descending: bool
) -> None:
    asked: dict[str, Any] = {"group": group, "sort": (Sort(group, is_descending),)}
    whole = page(filled, name, limit=3_000, **asked)
    for offset in (0, 1, 150, 2_900):
        made = filled.ask(reports.get_report_page, name=name, asked=Asked(**asked), limit=60, offset=offset)
        assert made.rows == whole.rows[offset : offset + 60]
        assert made.groups_of == whole.groups_of[offset : offset + 60]


@pytest.mark.parametrize("name", ["usage-log", "receipts-log", "price-history", "count-differences", "back-dated"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_made_column_by_column_holds_the_rows_of_the_page(filled: Office, name: str, language: str) -> None:
    made = page(filled, name, limit=100_000, language=language)
    columns = tuple(documents.Column(one.key, one.title, cast("documents.Kind", one.kind)) for one in made.columns)
    sheet = documents.Sheet(made.entry.title, columns, made.rows, notation=made.notation)
    assert written(filled, name, "csv", language=language) == documents.to_csv(sheet, language)


def test_the_page_of_the_month_review_has_the_figures_of_its_file(filled: Office) -> None:
    made = page(filled, "month-review", columns=tuple(one.key for one in page(filled, "month-review").entry.columns))
    keys = [one.key for one in made.columns]
    lines = {row["item"]: row for row in json.loads(written(filled, "month-review", "json")) if row["level"] == "item"}
    assert len(lines) == made.count > 0
    for row in made.rows:
        cells = dict(zip(keys, row, strict=True))
        for key in keys[4:]:
            assert str(cells[key]) == str(lines[str(cells["item"])][key]), key
    for at, key in enumerate(keys):
        if key.endswith("_value"):
            assert made.totals[at] == sum((Decimal(line[key]) for line in lines.values()), Decimal(0))


def test_a_report_can_be_stopped_half_way(filled: Office) -> None:
    heard: list[int] = []

    def stop(rows: int) -> None:
        heard.append(rows)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled.ask(reports.write_report, name="stock-ledger", form="csv", target=io.BytesIO(), told=stop)
    assert heard == [500]
    assert page(filled, "stock-ledger", limit=1).count > 500
