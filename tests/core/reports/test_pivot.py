"""A pivot's every cell and total is the sum Python finds by reading the entries one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from core import reports
from core.clock import FixedClock, business_day
from core.errors import InvalidInput, NotFound, Refused
from core.office import Office
from core.reports import Pivot, PivotAsked, PivotFilter, PivotSort, Span
from db.catalog import Category, Item
from db.columns import micros, moment
from db.engine import open_engine, url_of
from db.identity import Person, Site
from db.stock import Location, StockEntry, StockPosting

ZONE = "Europe/Stockholm"
KINDS = ("receipt", "issue", "waste")
Entry = dict[str, Any]


def _moment(chance: random.Random) -> int:
    """Often near the hours at which clocks change or a business day begins."""
    edges = (
        datetime(2025, 3, 30, 1, tzinfo=UTC),
        datetime(2025, 10, 26, 1, tzinfo=UTC),
        datetime(2026, 1, 1, 3, tzinfo=UTC),
    )
    if chance.random() < 0.5:
        return micros(chance.choice(edges)) + chance.randint(-3_600_000_000 * 4, 3_600_000_000 * 4)
    return micros(datetime(2024, 12, 1, tzinfo=UTC)) + chance.randint(0, 400 * 86_400 * 1_000_000)


def fill(site: str) -> list[Entry]:
    """Four items of two units in a tree of categories, and three hundred entries; answers them as they are kept."""
    chance = random.Random(7)
    engine = open_engine(url_of(site))
    try:
        with engine.begin() as sql:
            sql.execute(update(Site).values(zone=ZONE, day_start_hour=4))
            person = sql.execute(select(Person.id).limit(1)).scalar_one()
            places = list(sql.execute(select(Location.id).limit(2)).scalars())
            roots = list(
                sql.execute(insert(Category).returning(Category.id), [_category("Food"), _category("Drink")]).scalars()
            )
            child = sql.execute(
                insert(Category).values(**_category("Fish", roots[0])).returning(Category.id)
            ).scalar_one()
            categories = (roots[0], child, roots[1], None)
            items = [
                sql.execute(insert(Item).values(**_item(at, category)).returning(Item.id)).scalar_one()
                for at, category in enumerate(categories)
            ]
            posting = sql.execute(
                insert(StockPosting).values(**_posting(person)).returning(StockPosting.id)
            ).scalar_one()
            entries = [_entry(chance, posting, line, (items, places)) for line in range(300)]
            sql.execute(insert(StockEntry), entries)
    finally:
        engine.dispose()
    above = (roots[0], roots[0], roots[1], "")
    facts = {
        item: {"unit": "kg" if at % 2 else "g", "branch": above[at], "category": categories[at] or ""}
        for at, item in enumerate(items)
    }
    return [{**entry, **facts[entry["item_id"]]} for entry in entries]


def _category(name: str, parent: int | None = None) -> Entry:
    return {"name": name, "name_en": name, "path": f"{parent or ''}/{name}", "path_en": name, "parent_id": parent}


def _item(number: int, category: int | None) -> Entry:
    unit = "kg" if number % 2 else "g"
    facts = {"code": f"P-{number}", "name": f"物 {number}", "base_unit": unit, "cost_method": "fifo", "allergens": []}
    return {**facts, "category_id": category, "created_at": datetime(2024, 1, 1, tzinfo=UTC)}


def _posting(person: int) -> Entry:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    words = {"number": "T-1", "kind": "issue", "station": "t", "request_id": "t", "previous_hash": "", "hash": "x"}
    return {**words, "at": at, "posted_at": at, "person_id": person}


def _entry(chance: random.Random, posting: int, line: int, of: tuple[list[int], list[int]]) -> Entry:
    qty = chance.choice([-1, 1]) * chance.randint(1, 10**9)
    return {
        "posting_id": posting, "line": line, "at": _moment(chance), "kind": chance.choice(KINDS), "item_id": chance.choice(of[0]),
        "location_id": chance.choice(of[1]), "lot_id": 0, "qty": qty, "unit": "kg", "unit_qty": qty,
        "value": chance.randint(-10**6, 10**6), "settled": chance.randint(-99, 99), "variance": 0,
    }  # fmt: skip


def _day(entry: Entry) -> date:
    return business_day(moment(entry["at"]), ZONE, 4)


KEYS: dict[str, Callable[[Entry], Any]] = {
    "item": lambda entry: entry["item_id"],
    "category": lambda entry: entry["category"],
    "branch": lambda entry: entry["branch"],
    "location": lambda entry: entry["location_id"],
    "kind": lambda entry: entry["kind"],
    "unit": lambda entry: entry["unit"],
    "day": lambda entry: _day(entry).isoformat(),
    "week": lambda entry: (_day(entry) - timedelta(days=_day(entry).weekday())).isoformat(),
    "month": lambda entry: f"{_day(entry):%Y-%m}",
    "quarter": lambda entry: f"{_day(entry).year}-Q{(_day(entry).month + 2) // 3}",
    "year": lambda entry: str(_day(entry).year),
    "weekday": lambda entry: _day(entry).weekday(),
    "hour": lambda entry: moment(entry["at"]).astimezone(ZoneInfo(ZONE)).hour,
}
FIELDS = sorted(KEYS)


def _figures(entries: list[Entry]) -> tuple[Any, ...]:
    units = {entry["unit"] for entry in entries}
    qty = sum(entry["qty"] for entry in entries)
    going = -sum(min(entry["qty"], 0) for entry in entries)
    one = len(units) == 1
    return (
        Decimal(len(entries)),
        Decimal(qty).scaleb(-6) if one else None,
        Decimal(going).scaleb(-6) if one else None,
        Decimal(sum(entry["value"] for entry in entries)).scaleb(-2),
    )


MEASURES = ("lines", "qty", "qty_out", "value")


def check(pivot: Pivot, entries: list[Entry], asked: PivotAsked) -> None:
    """Rows, columns, cells and totals against sums of plain lists."""
    cells: dict[tuple[Any, Any], list[Entry]] = {}
    for entry in entries:
        row, column = (tuple(KEYS[key](entry) for key in fields) for fields in (asked.rows, asked.columns))
        cells.setdefault((row, column), []).append(entry)
    assert {head.keys for head in pivot.rows} == {row for row, _column in cells}
    assert {head.keys for head in pivot.columns} == {column for _row, column in cells}
    for at, head in enumerate(pivot.rows):
        for place, across in enumerate(pivot.columns):
            found, expected = pivot.cells[at][place], cells.get((head.keys, across.keys))
            assert (found is None) == (expected is None)
            if found is not None and expected is not None:
                assert tuple(figure.value for figure in found) == _figures(expected)
        mine = [entry for (row, _column), some in cells.items() if row == head.keys for entry in some]
        assert tuple(figure.value for figure in pivot.row_totals[at]) == _figures(mine)
    for place, across in enumerate(pivot.columns):
        mine = [entry for (_row, column), some in cells.items() if column == across.keys for entry in some]
        assert tuple(figure.value for figure in pivot.column_totals[place]) == _figures(mine)
    assert tuple(figure.value for figure in pivot.total) == (_figures(entries) if entries else ())


@st.composite
def askings(draw: Any) -> PivotAsked:
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=4, unique=True))
    cut = draw(st.integers(0, len(fields)))
    return PivotAsked(
        "movements", tuple(fields[:cut]), tuple(fields[cut:]), MEASURES, language=draw(st.sampled_from(["zh", "en"]))
    )


@pytest.fixture
def entries(site_url: str) -> list[Entry]:
    return fill(site_url)


@pytest.fixture
def late(site_url: str, entries: list[Entry], clock: FixedClock) -> Iterator[Office]:
    """Opened when everything is there."""
    with Office.open(site_url, station="test", clock=clock) as opened:
        opened.sign_in_as_system()
        yield opened


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_figure_is_the_sum_of_its_entries(data: Any, late: Office, entries: list[Entry]) -> None:
    asked = data.draw(askings())
    try:
        check(late.ask(reports.get_pivot, asked=asked), entries, asked)
    except Refused:
        assert len({tuple(KEYS[key](entry) for key in asked.columns) for entry in entries}) > 100


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_filters_and_times_leave_exactly_the_entries_they_name(data: Any, late: Office, entries: list[Entry]) -> None:
    field = data.draw(st.sampled_from(FIELDS))
    values = sorted({KEYS[field](entry) for entry in entries}, key=str)
    keys = tuple(data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)))
    is_without = data.draw(st.booleans())
    start = moment(data.draw(st.sampled_from(entries))["at"])
    span = data.draw(st.sampled_from([Span(), Span(start), Span(None, start)]))
    asked = PivotAsked("movements", ("kind",), ("unit",), MEASURES, (PivotFilter(field, keys, is_without),), span)
    kept = [
        entry
        for entry in entries
        if (KEYS[field](entry) in keys) != is_without
        and (span.start is None or entry["at"] >= micros(span.start))
        and (span.end is None or entry["at"] <= micros(span.end))
    ]
    check(late.ask(reports.get_pivot, asked=asked), kept, asked)


def test_unit_cost_of_a_total_is_that_of_all_entries(late: Office, entries: list[Entry]) -> None:
    asked = PivotAsked("waste", ("unit",), (), ("unit_cost", "cost", "qty"))
    pivot = late.ask(reports.get_pivot, asked=asked)
    for head, (unit_cost, cost, qty) in zip(pivot.rows, pivot.row_totals, strict=True):
        wasted = [entry for entry in entries if entry["kind"] == "waste" and entry["unit"] == head.keys[0]]
        assert cost.value == Decimal(-sum(one["value"] + one["settled"] for one in wasted)).scaleb(-2)
        assert qty.value is not None
        assert unit_cost.value is not None
        assert abs(unit_cost.value * qty.value - cost.value) <= abs(qty.value) / 1_000_000
    assert pivot.total[0].value is None, "kilograms and grams have no common unit cost"


def test_rows_stand_by_name_or_by_a_figure(late: Office) -> None:
    by_name = late.ask(reports.get_pivot, asked=PivotAsked("movements", ("weekday",), (), ("value",), language="en"))
    assert [head.keys[0] for head in by_name.rows] == list(range(7))
    assert [str(head.titles[0]) for head in by_name.rows][:2] == ["Mon", "Tue"]
    asked = replace(by_name.asked, sort=PivotSort("value"))
    values = [total[0].value for total in late.ask(reports.get_pivot, asked=asked).row_totals]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]


def test_every_prepared_table_answers_every_field_and_measure(late: Office) -> None:
    for table in late.ask(reports.list_pivot_tables):
        measures = tuple(one.key for one in table.measures)
        for dimension in table.dimensions:
            pivot = late.ask(reports.get_pivot, asked=PivotAsked(table.name, (dimension.key,), (), measures))
            assert len(pivot.row_totals) == len(pivot.rows)
            late.ask(reports.list_pivot_values, table=table.name, field=dimension.key)
        assert table.title.render("zh") != table.title.render("en")


@pytest.mark.parametrize("form", reports.PIVOT_FORMS)
def test_a_pivot_becomes_a_file(late: Office, form: str) -> None:
    asked = PivotAsked("movements", ("item",), ("year",), ("qty", "value"))
    content = late.ask(reports.get_pivot_file, asked=asked, form=form)
    assert content and (form != "csv" or "P-1" in content.decode("utf-8-sig"))
    with pytest.raises(InvalidInput):
        late.ask(reports.get_pivot_file, asked=asked, form="doc")


@pytest.mark.parametrize(
    "over",
    [
        {"rows": ("nothing",)},
        {"measures": ()},
        {"measures": ("nothing",)},
        {"rows": ("item",), "columns": ("item",)},
        {"filters": (PivotFilter("nothing", (1,)),)},
        {"sort": PivotSort("qty")},
        {"rows": ("item", "kind", "unit", "day", "hour", "abc", "week")},
    ],
)
def test_what_cannot_be_asked_is_refused(office: Office, over: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        office.ask(reports.get_pivot, asked=replace(PivotAsked("movements", measures=("lines",)), **over))


def test_a_table_there_is_not_and_a_time_it_has_not_are_refused(office: Office) -> None:
    with pytest.raises(NotFound):
        office.ask(reports.get_pivot, asked=PivotAsked("nothing", measures=("lines",)))
    span = Span(datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(InvalidInput):
        office.ask(reports.get_pivot, asked=PivotAsked("stock-value", measures=("items",), span=span))


def test_an_empty_site_has_empty_pivots(office: Office) -> None:
    pivot = office.ask(reports.get_pivot, asked=PivotAsked("movements", ("month",), ("kind",), ("qty",)))
    assert (pivot.rows, pivot.columns, pivot.cells, pivot.total) == ((), (), (), ())


def test_too_many_columns_are_refused_with_the_way_out(late: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.reports.steps.pivot.groups.MOST_GROUPS", 10)
    with pytest.raises(Refused):
        late.ask(reports.get_pivot, asked=PivotAsked("movements", ("day",), (), ("lines",)))
