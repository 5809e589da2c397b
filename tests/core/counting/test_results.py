"""What to count, how well it was counted, paper and files."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from core import counting, documents, stock
from core.counting import FlagKind, NewCount
from core.errors import InvalidInput, NotFound
from db.enums import CountKind, CountState, PostingKind, VarianceReason
from tests.core.counting.conftest import Store


def test_a_cycle_count_takes_what_is_due(store: Store) -> None:
    first = store.start()
    store.enter_rest(first)
    store.approve(first)
    with pytest.raises(InvalidInput, match="due"):
        store.start(CountKind.CYCLE)
    store.clock.advance(days=40)
    count = store.start(CountKind.CYCLE)
    assert {line.code for line in store.lines(count)} == {"OIL", "RICE"}


def test_a_cycle_count_may_be_short(store: Store) -> None:
    count = store.start(CountKind.CYCLE, most_lines=2)
    assert len(store.lines(count)) == 2


def test_key_items_are_counted_alone(store: Store) -> None:
    with pytest.raises(InvalidInput, match="key item"):
        store.start(CountKind.KEY)
    store.issue("OIL", "20")
    assert [row.code for row in store.office.ask(counting.list_key_items)] == ["OIL"]
    marked = store.office.do(counting.mark_key_items, item_ids=(store.items["OIL"], store.items["SALT"]))
    assert marked == 2
    store.office.do(counting.mark_key_items, item_ids=(store.items["SALT"],), is_key=False)
    assert [(row.code, row.is_key) for row in store.office.ask(counting.list_key_items)] == [("OIL", True)]
    assert [line.code for line in store.lines(store.start(CountKind.KEY))] == ["OIL"]
    with pytest.raises(NotFound):
        store.office.do(counting.mark_key_items, item_ids=(999_999,))


def test_the_riskiest_lines_say_why(store: Store) -> None:
    rows = store.office.ask(counting.list_count_risks, most=3)
    assert rows[0].code == "OIL"
    assert (rows[0].days, rows[0].value) == (None, D("2400.00"))


def test_special_tolerances(store: Store) -> None:
    office = store.office
    office.do(counting.set_count_tolerance, pct=D(50), abc_class="A")
    office.do(counting.set_count_tolerance, pct=D(10), item_id=store.items["SALT"])
    again = office.do(counting.set_count_tolerance, pct=D(30), amount=D(5), item_id=store.items["SALT"])
    rows = office.ask(counting.list_count_tolerances)
    assert [(row.abc_class, row.code, row.pct) for row in rows] == [("A", "", D(50)), ("", "SALT", D(30))]
    count = store.start()
    store.enter(count, "SALT", "8")
    store.enter_rest(count)
    assert store.complete(count).state is CountState.TO_APPROVE
    office.do(counting.remove_count_tolerance, tolerance_id=again)
    with pytest.raises(NotFound):
        office.do(counting.remove_count_tolerance, tolerance_id=again)
    for wrong in ({}, {"item_id": 1, "abc_class": "A"}, {"abc_class": "X"}):
        with pytest.raises(InvalidInput):
            office.do(counting.set_count_tolerance, pct=D(5), **wrong)


def test_flags_come_with_the_figure(store: Store) -> None:
    count = store.start()
    done = store.enter(count, "OIL", "4")
    assert done.flags[0] == counting.Flag(FlagKind.PACK, "case")
    assert counting.flag_words(done.flags[0]).render("zh") != counting.flag_words(done.flags[0]).render("en")
    store.issue("RICE", "7")
    assert FlagKind.MOVEMENT in [flag.kind for flag in store.enter(count, "RICE", "86").flags]


def test_differences_come_in_money_order_with_what_happened_since(store: Store) -> None:
    first = store.start()
    store.enter_rest(first)
    store.approve(first)
    store.clock.advance(hours=3)
    store.issue("OIL", "6")
    store.receive("OIL", "12", cost="52")
    count = store.start()
    store.enter(count, "RICE", "90")
    store.enter(count, "OIL", "50")
    store.enter_rest(count)
    review = store.office.ask(counting.get_count_review, count_id=count)
    assert [row.code for row in review.rows] == ["OIL", "RICE"]
    oil = review.rows[0]
    assert (oil.last_counted, oil.expected, oil.difference) == (D(48), D(54), D(-4))
    assert {one.kind: one.qty for one in oil.since} == {PostingKind.RECEIPT: 12, PostingKind.ISSUE: -6}
    assert D(48) + sum(one.qty for one in oil.since) == oil.expected
    story = store.office.ask(counting.get_line_story, line_id=oil.id)
    assert story.start + sum(entry.qty for entry in story.entries) == story.expected == oil.expected


def test_accuracy_and_history(store: Store) -> None:
    count = store.start()
    store.enter(count, "RICE", "98")
    store.enter(count, "OIL", "38")
    store.enter_rest(count)
    store.approve(count, VarianceReason.THEFT)
    today = date(2026, 3, 4)
    figures = store.office.ask(counting.get_count_accuracy, start=today, end=today)
    assert (figures.counts, figures.lines, figures.lines_within, figures.items) == (1, 6, 5, 5)
    assert (figures.coverage, figures.net, figures.absolute) == (D(1), D("-512.00"), D("512.00"))
    assert figures.value_accuracy == 1 - D(51200) / D(60 * 1000 + 240000 + 32000 + 21000 + 18000 + 2000)
    assert [(one.reason, one.lines, one.value) for one in figures.by_reason] == [("theft", 1, D("-500.00"))]
    later = today + timedelta(days=1)
    assert store.office.ask(counting.get_count_accuracy, start=later).lines == 0
    row = store.office.ask(counting.list_counts)[0]
    assert (row.accuracy, row.value, row.share) == (D(5) / 6, D("-512.00"), D(1))
    shown = store.office.ask(counting.list_item_counts, item_id=store.items["OIL"])[0]
    assert (shown.counted, shown.expected, shown.value, shown.reason) == (D(38), D(48), D("-500.00"), "theft")


def test_a_reversed_count_says_so_and_no_longer_counts_as_counted(store: Store) -> None:
    count = store.start(CountKind.CYCLE)
    store.enter_rest(count)
    posted = store.approve(count)
    store.office.do(stock.reverse_posting, posting_id=posted.posting_id)
    assert store.office.ask(counting.list_counts)[0].is_reversed
    assert store.start(CountKind.CYCLE)


def test_codes_find_lines(store: Store) -> None:
    count = store.start()
    oil = store.line(count, "OIL")
    for code, unit in (("6901234567892", "bottle"), ("16901234567899", "case"), ("OIL", "bottle")):
        hit = store.office.ask(counting.find_count_line, count_id=count, code=code)
        assert hit is not None
        assert (hit.line_ids, hit.unit) == ((oil.id,), unit)
    for code in ("6900000000000", "x" * 5000, ""):
        assert store.office.ask(counting.find_count_line, count_id=count, code=code) is None
    number = store.office.ask(counting.get_count, count_id=count).row.number
    assert store.office.ask(counting.find_count, number=number.lower()) == count
    assert store.office.ask(counting.find_count, number="CS-1") is None


def test_the_line_of_the_place_one_stands_at_comes_first(store: Store) -> None:
    count = store.start()
    hit = store.office.ask(counting.find_count_line, count_id=count, code="FISH", location_id=store.places["C-2"])
    assert hit is not None
    assert hit.line_ids[0] == store.line(count, "FISH", "C-2").id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_on_paper(store: Store, language: str) -> None:
    count = store.start()
    blank = store.office.ask(counting.get_count_sheet, count_id=count, language=language)
    full = store.office.ask(counting.get_count_sheet, count_id=count, with_quantities=True, language=language)
    assert blank.coded
    keys = [[column.key for column in paper.body[0].columns] for paper in (blank, full)]  # type: ignore[union-attr]
    assert ("expected" in keys[0], "expected" in keys[1]) == (False, True)
    for paper in (blank, full):
        assert documents.render_pdf(paper, language).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_differences_as_a_file(store: Store, language: str) -> None:
    count = store.start()
    store.enter(count, "RICE", "90")
    sheet = store.office.ask(counting.get_difference_sheet, count_id=count, language=language)
    assert len(list(sheet.rows)) == 1
    assert documents.to_csv(sheet, language)
    assert documents.to_xlsx(sheet, language)


def test_a_preview_says_what_a_count_would_hold(store: Store) -> None:
    plan = store.office.ask(counting.preview_count, new=NewCount(CountKind.FULL))
    assert (plan.lines, plan.items, plan.places, plan.never_counted, plan.minutes) == (6, 5, 3, 6, 1)
    with pytest.raises(NotFound):
        store.office.ask(counting.get_count, count_id=999)
