"""A supplier's statement beside the books."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import purchasing
from core.errors import Conflict, InvalidInput, NotFound
from core.office import Office
from core.purchasing import NewStatement, NewStatementLine, Standing, statement_lines
from core.purchasing.rules.statements import Booked, reconcile
from tests.core.catalog.makers import make_supplier
from tests.core.purchasing.invoices import book_invoice

D = Decimal
DAY = date(2026, 2, 28)


def line(number: str, amount: str) -> NewStatementLine:
    return NewStatementLine(number, D(amount))


def test_every_way_a_line_can_stand() -> None:
    ours = [
        Booked(1, "F-01", DAY, D(10)), Booked(2, "F-02", DAY, D(20)), Booked(3, "F-03", DAY, D(0)),
        Booked(4, "F-04", DAY, D(40)), Booked(5, "F-05", DAY, D(0)),
    ]  # fmt: skip
    theirs = [line("f 1", "10"), line("F-02", "25"), line("F-03", "30"), line("F-09", "90")]
    found = {one.number: one.standing for one in reconcile(theirs, ours)}
    assert found == {
        "F-09": Standing.NOT_WITH_US, "F-02": Standing.AMOUNT, "F-03": Standing.PAID, "F-04": Standing.NOT_WITH_THEM,
        "F-01": Standing.AGREES,
    }  # fmt: skip


amounts = st.integers(-5000, 5000).map(lambda minor: Decimal(minor) / 100)
numbers = st.integers(1, 9).map(str)


@given(st.lists(st.tuples(numbers, amounts)), st.dictionaries(numbers, amounts))
def test_the_differences_sum_to_that_of_the_balances(
    said: list[tuple[str, Decimal]], booked: dict[str, Decimal]
) -> None:
    theirs = [NewStatementLine(number, amount) for number, amount in said]
    ours = [Booked(int(number), number, DAY, amount) for number, amount in booked.items()]
    found = reconcile(theirs, ours)
    gap = sum((amount for _number, amount in said), D(0)) - sum(booked.values(), D(0))
    assert sum((one.difference for one in found), D(0)) == gap
    assert len({one.number for one in found}) == len(found)


def enter(office: Office, supplier_id: int, *lines: NewStatementLine, **over: object) -> int:
    balance = sum((one.amount for one in lines), D(0))
    facts: dict[str, object] = {"until": DAY, "balance": balance, **over}
    return office.do(
        purchasing.enter_statement,
        statement=NewStatement(supplier_id=supplier_id, lines=lines, **facts),  # type: ignore[arg-type]
    )


def test_a_statement_is_held_against_the_books_of_its_day(office: Office, site_url: str) -> None:
    farm = make_supplier(office)
    one = book_invoice(site_url, farm, "100.00", number="F-1")
    book_invoice(site_url, farm, "50.00", number="F-2", invoiced_on=date(2026, 3, 1))
    office.do(purchasing.pay_invoice, invoice_id=one, paid_on=date(2026, 3, 1))
    key = enter(office, farm, line("F-1", "100.00"), line("F-7", "7.00"))
    card = office.ask(purchasing.get_statement, statement_id=key)
    assert (card.row.balance, card.row.ours, card.row.difference) == (D("107.00"), D("100.00"), D("7.00"))
    assert [one.standing for one in card.findings] == [Standing.NOT_WITH_US, Standing.AGREES]
    assert office.ask(purchasing.list_statements)[0].difference == D("7.00")
    version = office.do(purchasing.settle_statement, statement_id=key, version=card.row.version)
    with pytest.raises(Conflict):
        office.do(purchasing.remove_statement, statement_id=key, version=card.row.version)
    paper = office.ask(purchasing.get_statement_paper, statement_id=key, language="zh")
    assert paper.totals[-1].value == D("7.00") and paper.stamp is not None
    office.do(purchasing.remove_statement, statement_id=key, version=version)
    with pytest.raises(NotFound):
        office.ask(purchasing.get_statement, statement_id=key)


def test_a_statement_that_does_not_sum_is_refused(office: Office) -> None:
    farm = make_supplier(office)
    with pytest.raises(InvalidInput, match=r"sum to 10\.00"):
        enter(office, farm, line("F-1", "10.00"), balance=D("11.00"))
    with pytest.raises(InvalidInput) as caught:
        enter(office, farm, line("F-1", "10.00"), line(" ", "1.00"))
    assert caught.value.row == 2
    with pytest.raises(InvalidInput, match="ahead"):
        enter(office, farm, until=date(2026, 3, 5))
    with pytest.raises(InvalidInput):
        enter(office, 999)


def test_a_pasted_statement_is_read_line_by_line() -> None:
    found = statement_lines("F-1\t2026-02-03\t1,234.50\n\n F-2; 88 \nF-3 2026年2月5日 -7.5\n")
    assert found == (
        NewStatementLine("F-1", D("1234.50"), date(2026, 2, 3)), NewStatementLine("F-2", D(88)),
        NewStatementLine("F-3", D("-7.5"), date(2026, 2, 5)),
    )  # fmt: skip


@pytest.mark.parametrize("words", ["F-1", "F-1 abc", "F-1 2026-02-31 5", "F-1 5 6 7", "F-1 x 5"])
def test_a_pasted_line_that_cannot_be_read_is_named(words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        statement_lines(f"F-0 1\n{words}")
    assert caught.value.row == 2
