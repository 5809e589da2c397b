"""Subtotals, order, the first values with the rest, and the lines behind a figure: each is the sum of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core import reports
from core.clock import FixedClock
from core.errors import InvalidInput
from core.office import Office
from core.reports import DrillKind, Pivot, PivotAsked, PivotFilter, PivotSort
from tests.core.reports.test_pivot import KEYS, Entry, fill

NESTED = PivotAsked("movements", ("branch", "category", "item"), ("kind",), ("value", "lines"), language="en")


@pytest.fixture
def entries(site_url: str) -> list[Entry]:
    return fill(site_url)


@pytest.fixture
def late(site_url: str, entries: list[Entry], clock: FixedClock) -> Iterator[Office]:
    with Office.open(site_url, station="test", clock=clock) as opened:
        opened.sign_in_as_system()
        yield opened


def money(entries: list[Entry]) -> Decimal:
    return Decimal(sum(entry["value"] for entry in entries)).scaleb(-2)


def within(entries: list[Entry], fields: tuple[str, ...], keys: tuple[object, ...]) -> list[Entry]:
    return [entry for entry in entries if tuple(KEYS[field](entry) for field in fields[: len(keys)]) == keys]


def test_subtotals_are_sums_of_their_entries(late: Office, entries: list[Entry]) -> None:
    pivot = late.ask(reports.get_pivot, asked=NESTED)
    assert {len(group.keys) for group in pivot.groups} == {1, 2}
    for group in pivot.groups:
        mine = within(entries, NESTED.rows, group.keys)
        assert group.total[0].value == money(mine)
        rows = pivot.rows[group.first : group.first + group.count]
        assert all(row.keys[: len(group.keys)] == group.keys for row in rows)
        for cell, column in zip(group.cells, pivot.columns, strict=True):
            theirs = [entry for entry in mine if entry["kind"] == column.keys[0]]
            assert (cell is None) == (not theirs)
            assert cell is None or cell[0].value == money(theirs)
    assert sum(group.count for group in pivot.groups if len(group.keys) == 1) == len(pivot.rows)


def test_groups_stand_by_their_subtotals_and_rows_within_them(late: Office) -> None:
    pivot = late.ask(reports.get_pivot, asked=replace(NESTED, sort=PivotSort("value", is_descending=False)))
    outer = [group.total[0].value or Decimal(0) for group in pivot.groups if len(group.keys) == 1]
    assert outer == sorted(outer)
    for group in pivot.groups:
        if len(group.keys) == 2:
            inner = [
                pivot.row_totals[at][0].value or Decimal(0) for at in range(group.first, group.first + group.count)
            ]
            assert inner == sorted(inner)


def test_rows_stand_by_one_column(late: Office) -> None:
    asked = PivotAsked("movements", ("month",), ("kind",), ("lines",), sort=PivotSort("lines", True, ("waste",)))
    pivot = late.ask(reports.get_pivot, asked=asked)
    at = [column.keys for column in pivot.columns].index(("waste",))
    values = [cells[at][0].value if cells[at] else None for cells in pivot.cells]  # type: ignore[index]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == known, "months without waste stand last"


def rest_of(pivot: Pivot) -> int:
    return next(at for at, row in enumerate(pivot.rows) if row.is_rest)


@pytest.mark.parametrize("rows", [("month",), ("month", "kind")])
def test_the_first_values_stand_alone_and_the_rest_in_one_row(
    late: Office, entries: list[Entry], rows: tuple[str, ...]
) -> None:
    asked = PivotAsked("movements", rows, (), ("value",), sort=PivotSort("value"), top=3, language="en")
    pivot = late.ask(reports.get_pivot, asked=asked)
    alone = {row.keys[0] for row in pivot.rows if not row.is_rest}
    months = {KEYS["month"](entry) for entry in entries}
    assert len(alone) == 3
    assert rest_of(pivot) == len(pivot.rows) - 1
    assert str(pivot.rows[-1].titles[0]) == f"{len(months) - 3} others"
    assert pivot.row_totals[-1][0].value == money([one for one in entries if KEYS["month"](one) not in alone])
    assert pivot.total[0].value == money(entries)
    totals = {month: money(within(entries, ("month",), (month,))) for month in months}
    assert min(totals[month] for month in alone) >= max(totals[month] for month in months - alone)
    for form in reports.PIVOT_FORMS:
        assert late.ask(reports.get_pivot_file, asked=asked, form=form)


@pytest.mark.parametrize(
    "field", ["day", "week", "month", "quarter", "year", "weekday", "hour", "branch", "item", "kind"]
)
def test_lines_behind_a_figure_add_up_to_it(late: Office, field: str) -> None:
    asked = PivotAsked("movements", (field,), ("location",), ("value",), (PivotFilter("kind", ("waste", "issue")),))
    pivot = late.ask(reports.get_pivot, asked=asked)
    for row, cells in list(zip(pivot.rows, pivot.cells, strict=True))[:6]:
        for column, cell in zip(pivot.columns, cells, strict=True):
            lines = late.ask(reports.list_pivot_lines, asked=asked, row=row.keys, column=column.keys)
            assert not lines.is_cut
            values = [line.figures[0].value or Decimal(0) for line in lines.rows]
            assert sum(values) == (cell[0].value if cell else 0)
            assert all(line.drill is not None and line.drill.kind is DrillKind.POSTING for line in lines.rows)


def test_lines_are_the_newest_and_say_when_there_are_more(late: Office, entries: list[Entry]) -> None:
    asked = PivotAsked("movements", ("kind",), (), ("value",))
    lines = late.ask(reports.list_pivot_lines, asked=asked, limit=5)
    assert lines.is_cut
    newest = sorted((entry["at"] for entry in entries), reverse=True)[:5]
    from db.columns import moment

    assert [line.at for line in lines.rows] == [moment(at) for at in newest]
    with pytest.raises(InvalidInput):
        late.ask(reports.list_pivot_lines, asked=asked, row=("waste", "more"))


def test_every_prepared_table_has_lines(late: Office) -> None:
    for table in late.ask(reports.list_pivot_tables):
        asked = PivotAsked(table.name, (table.dimensions[0].key,), (), (table.measures[0].key,))
        lines = late.ask(reports.list_pivot_lines, asked=asked)
        made = late.ask(reports.get_pivot, asked=asked)
        assert bool(lines.rows) == bool(made.rows), table.name


def test_files_for_people_have_the_subtotals_and_those_for_programs_do_not(late: Office) -> None:
    pivot = late.ask(reports.get_pivot, asked=NESTED)
    several = [group for group in pivot.groups if group.count > 1]
    assert several
    book = load_workbook(BytesIO(late.ask(reports.get_pivot_file, asked=NESTED, form="xlsx")))
    rows = list(book.worksheets[0].iter_rows(min_row=2))
    bold = [row for row in rows if row[-1].font.b]
    assert len(rows) == len(pivot.rows) + len(several) + 1 and len(bold) == len(several) + 1
    told = {(len([cell for cell in row[:3] if cell.value]), Decimal(str(row[-2].value))) for row in bold[:-1]}
    assert told == {(len(group.keys), group.total[0].value) for group in several}
    assert {str(row[len(several[0].keys) - 1].value)[:7] for row in bold} >= {"Total: "}
    csv = late.ask(reports.get_pivot_file, asked=NESTED, form="csv").decode("utf-8-sig")
    assert len(csv.split("\r\n")) == len(pivot.rows) + 2 and "Total: " not in csv.split("\r\n", 1)[1]
