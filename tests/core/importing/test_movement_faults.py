"""Wrong rows of a movements file: each is named once, with its column and what would be right, and nothing is posted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from core import identity, importing, stock
from core.clock import FixedClock
from core.errors import InvalidInput, NeedsConfirmation, NotAllowed
from core.importing import FileRejected, Rehearsed
from core.office import Office
from db.enums import ImportKind as K
from tests.core.importing.helping import bring_in, faults_of, make_items, move, moves, places_of, workbook


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("at=2026-01-06 type=receipt item=NOPE qty=1 value=1", "item", "There is no item NOPE"),
        ("at=2026-01-06 type=receipt qty=1 value=1", "item", "Which item"),
        ("at=2026-01-06 type=receipt item=A value=1", "qty", "How much"),
        ("at=2026-01-06 type=receipt item=A qty=x value=1", "qty", "is not a number"),
        ("at=2026-01-06 type=receipt item=A qty=-1 value=1", "qty", "must be above zero"),
        ("at=2026-01-06 type=receipt item=A qty=1.0000001 value=1", "qty", "more than six decimals"),
        ("at=2026-01-06 type=receipt item=A qty=1", "unit_cost", "What did it cost"),
        ("at=2026-01-06 type=receipt item=A qty=1 value=1.005", "value", "more decimals than the currency"),
        ("at=2026-01-06 type=receipt item=A qty=1 unit_cost=-1", "unit_cost", "below zero"),
        ("at=2026-01-06 type=receipt item=A qty=1 value=-1", "value", "below zero"),
        ("at=2026-01-06 type=receipt item=A qty=1 unit=barrel value=1", "unit", "has no unit barrel"),
        ("at=2026-01-06 type=receipt item=A qty=1 value=1 location=NOPE", "location", "There is no location NOPE"),
        ("at=2026-01-06 type=receipt item=A qty=1 value=1 supplier=NOPE", "supplier", "There is no supplier NOPE"),
        ("at=2026-13-06 type=receipt item=A qty=1 value=1", "at", "is not a date"),
        ("at=2026-03-06 type=receipt item=A qty=1 value=1", "at", "in the future"),
        ("at=2026-01-06 type=receive item=A qty=1 value=1", "type", "is no type of movement"),
        ("at=0206-01-06 type=receipt item=A qty=1 value=1", "at", "before the beginning of the books"),
        ("at=0001-01-01T00:00+14:00 type=receipt item=A qty=1 value=1", "at", "before the beginning"),
        ("at=2026-01-06 type=receipt item=A qty=2 unit_cost=5 value=19", "value", "that makes 10.00"),
        ("at=2026-01-06 type=receipt item=L qty=1 value=1", "lot", "which lot is it"),
        ("at=2026-01-06 type=receipt item=L qty=1 value=1 lot=L1 expires_on=2026-99-01", "expires_on", "is not a date"),
        ("at=2026-01-06 type=issue item=A qty=11", "qty", "Not enough stock"),
        ("at=2026-01-06 type=issue item=L qty=1 lot=OLD", "lot", "expired on"),
        ("at=2026-01-06 type=issue item=L qty=1 lot=NOPE", "lot", "has no lot NOPE"),
        ("at=2026-01-06 type=issue item=A qty=1 location=SHUT", "location", "is locked"),
        ("at=2026-01-06 type=waste item=A qty=1 reason=because", "reason", "is no reason of waste"),
        ("at=2026-01-06 type=transfer item=A qty=1", "to_location", "Where to"),
        ("at=2026-01-06 type=transfer item=A qty=1 to_location=MAIN", "to_location", "the same place"),
        ("at=2026-01-06 type=adjustment item=A qty=0", "qty", "changes nothing"),
        ("at=2026-01-06 type=count item=A qty=-1", "qty", "below zero"),
        ("at=2026-01-06 type=return_to_supplier item=A qty=1 ref=R9", "ref", "There is no document R9"),
        ("at=2026-01-06 type=return_to_supplier item=A qty=11 ref=R1", "qty", "can still be taken back"),
        ("at=2026-01-06 type=return_to_supplier item=B qty=1 ref=R1", "ref", "does not hold this item"),
        ("at=2026-01-04 type=return_to_supplier item=A qty=1 ref=R1", "at", "dated before"),
        ("at=2026-01-06 type=return_from_customer item=A qty=1 ref=R1", "ref", "is no document that this can refer to"),
        ("at=2026-01-06 type=production_in item=A qty=1 document=P1", "value", "What did the batch cost"),
        ("at=2026-01-06 type=landed_cost value=1", "ref", "Which document"),
        ("at=2026-01-06 type=landed_cost ref=R1", "value", "What did it cost"),
        ("at=2026-01-06 type=reversal", "ref", "Which document"),
        ("at=2026-01-06 type=reversal ref=R9", "ref", "There is no document R9"),
        ("at=2026-01-04 type=reversal ref=R1", "at", "dated before"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(sqlite_office: Office, row: str, field: str, words: str) -> None:
    office = sqlite_office
    _stock_up(office)
    before = office.ask(stock.count_ledger, wanted=stock.LedgerFilter())
    ((number, column, sentence),) = faults_of(
        office, K.MOVEMENTS, moves("at=2026-01-06T01:00 type=issue item=B qty=1", row)
    )
    assert (number, column) == (2, field)
    assert words in sentence
    assert office.ask(stock.count_ledger, wanted=stock.LedgerFilter()) == before


def _stock_up(office: Office) -> None:
    make_items(office, "A,a,kg,fifo,,", "B,b,kg,fifo,,", "L,l,kg,lot,1,")
    bring_in(office, K.LOCATIONS, "code,name,locked\nSHUT,冷库,1\n")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=10 value=10 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=10 value=10 document=R2",
        "at=2026-01-05T10:00 type=receipt item=L qty=1 value=1 lot=OLD expires_on=2026-01-05",
    )


@pytest.fixture
def sqlite_office(sqlite_site: str, clock: FixedClock) -> Iterator[Office]:
    """Sentences do not depend on the database: once is enough."""
    from tests.helpers.sites import ADMIN, PASSWORD

    with Office.open(sqlite_site, station="test", clock=clock) as office:
        office.sign_in(ADMIN, PASSWORD)
        yield office


def test_all_wrong_rows_of_a_document_are_named(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "B,b,kg,,,")
    found = faults_of(
        office,
        K.MOVEMENTS,
        moves(
            "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1",
            "at=2026-01-05T10:00 type=receipt item=A qty=1 document=R1",
            "at=2026-01-05T10:00 type=receipt item=B qty=1 unit=box value=1 document=R1",
            "at=2026-01-05T10:00 type=receipt item=B qty=1 value=1 document=R1",
            "at=2026-09-05T10:00 type=receipt item=B qty=1 value=1 document=R2",
            "at=2026-09-05T10:00 type=receipt item=A qty=1 value=1 document=R2",
        ),
    )
    assert places_of(found) == [(2, "unit_cost"), (3, "unit"), (5, "at"), (6, "at")]


def test_what_only_follows_from_a_wrong_row_is_not_said(office: Office) -> None:
    """The issue and the return may be right once the receipt is; the second issue of B is wrong in any case."""
    make_items(office, "A,a,kg,,,", "B,b,kg,,,")
    found = faults_of(
        office,
        K.MOVEMENTS,
        moves(
            "at=2026-01-05T09:00 type=receipt item=B qty=1 value=1",
            "at=2026-01-05T10:00 type=receipt item=A qty=ten value=1 document=R1",
            "at=2026-01-05T11:00 type=issue item=A qty=1",
            "at=2026-01-05T11:00 type=return_to_supplier item=A qty=1 ref=R1",
            "at=2026-01-05T11:00 type=reversal ref=R1",
            "at=2026-01-05T12:00 type=issue item=B qty=2",
            "at=2026-01-05T12:30 type=issue item=B qty=1",
            "at=2026-01-05T13:00 type=issue item=A qty=-1",
        ),
    )
    assert places_of(found) == [(2, "qty"), (6, "qty"), (8, "qty")]


def test_a_document_is_reversed_once(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    move(office, "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1")
    found = faults_of(
        office, K.MOVEMENTS, moves("at=2026-01-06 type=reversal ref=R1", "at=2026-01-07 type=reversal ref=R1")
    )
    assert places_of(found) == [(2, "ref")]
    move(office, "at=2026-01-06 type=reversal ref=R1")
    assert places_of(faults_of(office, K.MOVEMENTS, moves("at=2026-01-08 type=reversal ref=R1"))) == [(1, "ref")]


def test_an_old_number_of_several_postings_is_not_reversed_blindly(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    for hour in (10, 11):
        move(office, f"at=2026-01-05T{hour}:00 type=receipt item=A qty=1 value=1 document=R1")
    ((row, field, sentence),) = faults_of(office, K.MOVEMENTS, moves("at=2026-01-06 type=reversal ref=R1"))
    assert (row, field) == (1, "ref") and "RC-2026-000001, RC-2026-000002" in sentence


def test_thirty_wrong_rows_among_ten_thousand_are_all_named(office: Office) -> None:
    make_items(office, *[f"I{number},x{number},kg,,," for number in range(100)])
    rows = [
        f"at=2026-01-05T10:00 type=receipt item=I{n % 100} qty=2 value=1 document=R{n // 20}" for n in range(10_000)
    ]
    wrong = list(range(100, 10_000, 330))
    for place, number in enumerate(wrong):
        rows[number] = (
            rows[number].replace("item=I", "item=X") if place % 2 else rows[number].replace("qty=2", "qty=2,5,5")
        )
    assert len(wrong) == 30
    found = faults_of(office, K.MOVEMENTS, moves(*rows).replace("2,5,5", '"2,5,5"'))
    assert [row for row, _field in places_of(found)] == [number + 1 for number in wrong]
    assert office.ask(stock.count_ledger, wanted=stock.LedgerFilter()) == 0


def test_a_sentence_names_the_heading_of_the_file(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    assert places_of(faults_of(office, K.MOVEMENTS, "日期,类型,物料,数量\n2026-01-05,领用,A,1\n")) == [(1, "数量")]


def test_names_with_quotes_emoji_and_formulas_are_only_text(office: Office) -> None:
    found = faults_of(office, K.MOVEMENTS, 'type,item,qty\nissue,"=cmd|\'/c calc\'!A0",1\nissue,"🍅 ""x""",1\n')
    assert [sentence[:20] for _row, _field, sentence in found] == ["There is no item =cm", 'There is no item 🍅 "']


def test_a_scan_without_end_is_cut_in_the_sentence(office: Office) -> None:
    ((_row, field, sentence),) = faults_of(office, K.MOVEMENTS, f"type,item,qty\nissue,{'9' * 5000},1\n")
    assert field == "item" and len(sentence) < 200


def test_a_row_with_a_stray_comma_is_noticed(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    found = faults_of(office, K.MOVEMENTS, "type,item,qty,value\nreceipt,A,1,5,50\nreceipt,A,1,5,\n")
    assert places_of(found) == [(1, "")]


def test_formulas_without_value_and_text_dates_in_a_workbook(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    content = workbook(
        [
            ["at", "type", "item", "qty", "value"],
            ["2026-01-05", "receipt", "A", 1, "=D2*3"],
            ["soon", "receipt", "A", 1, 2],
        ]
    )
    assert places_of(faults_of(office, K.MOVEMENTS, content)) == [(1, "value"), (2, "at")]


def test_a_missing_column_refuses_the_file(office: Office) -> None:
    with pytest.raises(InvalidInput, match="no column type"):
        bring_in(office, K.MOVEMENTS, "at,item,qty\n2026-01-05,A,1\n")


def test_a_rehearsal_says_what_would_come_of_it_and_saves_nothing(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    with pytest.raises(Rehearsed) as told:
        bring_in(office, K.MOVEMENTS, moves("at=2026-01-05 type=receipt item=A qty=1 value=1"), is_rehearsal=True)
    assert (told.value.result.rows, told.value.result.posted) == (1, 1)
    assert office.ask(stock.list_values) == []
    with pytest.raises(FileRejected):
        bring_in(office, K.MOVEMENTS, moves("at=2026-01-05 type=issue item=A qty=1"), is_rehearsal=True)


def test_the_same_file_is_not_posted_twice_without_asking(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    content = moves("at=2026-01-05 type=receipt item=A qty=1 value=1")
    first = bring_in(office, K.MOVEMENTS, content)
    with pytest.raises(NeedsConfirmation, match="brought in already on 2026-03-04") as question:
        bring_in(office, K.MOVEMENTS, content)
    bring_in(office, K.MOVEMENTS, content, confirmed=frozenset({question.value.key}))
    assert office.ask(stock.count_ledger, wanted=stock.LedgerFilter()) == 2
    for run_id in (first.run_id, first.run_id + 1):
        office.do(importing.undo_import, run_id=run_id)
    bring_in(office, K.MOVEMENTS, content)


def test_importing_needs_its_right(office: Office) -> None:
    office.do(identity.add_person, new=identity.NewPerson("Lin", password="a long pass word"))
    office.sign_in("Lin", "a long pass word")
    with pytest.raises(NotAllowed):
        bring_in(office, K.SUPPLIERS, "name\nx\n")


def test_a_unit_cost_written_rounded_fits_its_value(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    done = move(
        office,
        "at=2026-01-05 type=receipt item=A qty=3 unit_cost=33.33 value=100 document=R1",
        "at=2026-01-05 type=receipt item=A qty=7 unit_cost=14 value=100 document=R2",
    )
    assert done.totals == (("value", Decimal(200)),)


def test_a_reversal_that_does_not_fit_is_wrong_where_it_says_what_it_takes_back(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    rows = (
        "at=2026-01-05 type=receipt item=A qty=3 value=9 document=R1",
        "at=2026-01-06 type=issue item=A qty=2 document=I1",
        "at=2026-01-07 type=return_from_customer item=A qty=1 document=C1 ref=I1",
        "at=2026-01-08 type=reversal document=X1 ref=I1",
    )
    assert places_of(faults_of(office, K.MOVEMENTS, moves(*rows))) == [(4, "ref")]


def test_one_cell_has_one_fault(office: Office) -> None:
    assert places_of(faults_of(office, K.ITEMS, f"code,name,unit\n{'X' * 5000},a,kg\n")) == [(1, "code")]
