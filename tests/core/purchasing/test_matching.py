"""Invoices against receipts: nothing is invoiced twice, nothing is lost, and the verdict says what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.purchasing.rules import accrual
from core.purchasing.rules.matching import (
    KnownInvoices,
    allowed_difference,
    duplicate_findings,
    find_duplicates,
    judge,
    plain_number,
    tax_findings,
)
from core.purchasing.rules.pairing import propose_matches
from core.purchasing.types.matching import FindingKind, Invoiced, InvoiceHead, Match, Received, Repeat, Tolerance
from core.purchasing.types.money import TaxDifference
from db.enums import Ground, Verdict

U = 1_000_000
QTY = st.integers(1, 40)
FEW = st.integers(0, 3)
CODES = st.sampled_from(["", "A", "B"])
RECEIVED = st.builds(
    Received, st.just(0), st.integers(1, 2), QTY, st.integers(0, 9999),
    item_id=FEW, order_line_id=FEW, supplier_code=CODES,
)  # fmt: skip
INVOICED = st.builds(
    Invoiced, st.just(0), st.integers(1, 2), st.integers(-3, 40), st.integers(-99, 9999), FEW, FEW, CODES
)


def numbered(kind: type, lines: list) -> list:  # type: ignore[type-arg]
    names = [name for name in kind.__slots__ if name != "line_id"]  # type: ignore[attr-defined]
    return [
        kind(line_id=number, **{name: getattr(line, name) for name in names}) for number, line in enumerate(lines, 1)
    ]


@given(qty=QTY, accrued=st.integers(0, 9999), steps=st.lists(QTY, max_size=25))
def test_accrued_is_always_not_invoiced_plus_matched(qty: int, accrued: int, steps: list[int]) -> None:
    line, shares = Received(1, 1, qty, accrued), 0
    for number in steps:
        if number > line.open_qty:
            with pytest.raises(Refused):
                accrual.after_match(line, number)
            continue
        line, share = accrual.after_match(line, number)
        shares += share
        assert line.matched == shares
        assert line.accrued == line.not_invoiced + line.matched
        assert 0 <= line.not_invoiced <= accrued
        assert line.open_qty or not line.not_invoiced


def test_three_for_a_hundred_are_matched_to_the_cent() -> None:
    line, shares = Received(1, 1, 3, 10000), []
    for _number in range(3):
        line, share = accrual.after_match(line, 1)
        shares.append(share)
    assert shares == [3333, 3334, 3333]
    assert line.not_invoiced == 0


@given(invoiced=st.lists(INVOICED, max_size=12), received=st.lists(RECEIVED, max_size=12))
def test_proposals_pair_nothing_twice_and_keep_every_cent(invoiced: list[Invoiced], received: list[Received]) -> None:
    bills = {line.line_id: line for line in numbered(Invoiced, invoiced)}
    goods = {line.line_id: line for line in numbered(Received, received)}
    found = propose_matches(bills.values(), goods.values())
    of_bill, of_goods = Counter[int](), Counter[int]()
    for match in found:
        bill, good = bills[match.invoice_line_id], goods[match.receipt_line_id]
        of_bill[bill.line_id] += match.qty
        of_goods[good.line_id] += match.qty
        assert match.qty > 0 and bill.supplier_id == good.supplier_id
        if bill.order_line_id and good.order_line_id:
            assert bill.order_line_id == good.order_line_id
    assert all(qty <= bills[number].qty for number, qty in of_bill.items())
    assert all(qty <= goods[number].qty for number, qty in of_goods.items())
    for number, good in goods.items():
        shares = sum(match.accrued for match in found if match.receipt_line_id == number)
        assert shares == good.accrued if of_goods[number] == good.qty else 0 <= shares <= good.accrued
    for number, bill in bills.items():
        if bill.qty > 0 and of_bill[number] == bill.qty:
            assert sum(match.invoiced for match in found if match.invoice_line_id == number) == bill.amount


def test_pairs_are_found_by_what_is_surest() -> None:
    goods = [
        Received(1, 1, 5, 500, item_id=7, order_line_id=70, received_on=date(2026, 11, 1)),
        Received(2, 1, 5, 500, item_id=7, order_line_id=71, received_on=date(2026, 11, 2)),
        Received(3, 1, 9, 900, item_id=8, received_on=date(2026, 11, 3)),
        Received(4, 1, 2, 200, supplier_code="S4", received_on=date(2026, 11, 3)),
        Received(5, 1, 33, 330, item_id=9, received_on=date(2026, 11, 3)),
    ]
    bills = [
        Invoiced(11, 1, 5, 500, item_id=7, order_line_id=71),
        Invoiced(12, 1, 5, 500, item_id=7),
        Invoiced(13, 1, 10, 1000, item_id=8),
        Invoiced(14, 1, 2, 200, supplier_code="S4"),
        Invoiced(15, 1, 33, 330),
    ]
    found = [
        (match.invoice_line_id, match.receipt_line_id, match.qty, match.ground)
        for match in propose_matches(bills, goods)
    ]
    assert found == [
        (11, 2, 5, Ground.ORDER_LINE),
        (12, 1, 5, Ground.ITEM),
        (13, 3, 9, Ground.ITEM),
        (14, 4, 2, Ground.SUPPLIER_CODE),
        (15, 5, 33, Ground.QUANTITY),
    ]


@pytest.mark.parametrize(
    ("tolerance", "allowed"),
    [
        (Tolerance(D(2), 50), 50),
        (Tolerance(D(2), 500), 200),
        (Tolerance(D(2), 500, is_larger_enough=True), 500),
        (Tolerance(D(2), None), 200),
        (Tolerance(None, 70), 70),
        (Tolerance(None, None), 0),
    ],
)
def test_the_tolerance_is_the_smaller_limit_unless_one_is_enough(tolerance: Tolerance, allowed: int) -> None:
    assert allowed_difference(10000, tolerance) == allowed


@pytest.mark.parametrize(
    ("bill", "match", "verdict", "kinds"),
    [
        (Invoiced(1, 1, 5 * U, 510, 7), (5 * U, 500, 510), Verdict.PAY, []),
        (Invoiced(1, 1, 5 * U, 511, 7), (5 * U, 500, 511), Verdict.EXCEPTION, [FindingKind.PRICE]),
        (Invoiced(1, 1, 5 * U, 489, 7), (5 * U, 500, 489), Verdict.EXCEPTION, [FindingKind.PRICE]),
        (Invoiced(1, 1, 9 * U, 900, 7, expected_qty=4 * U), (5 * U, 500, 500), Verdict.WAIT, [FindingKind.NOT_RECEIVED]),
        (Invoiced(1, 1, 9 * U, 900, 7, expected_qty=3 * U), (5 * U, 500, 500), Verdict.EXCEPTION,
         [FindingKind.MORE_THAN_RECEIVED]),
        (Invoiced(1, 1, 9 * U, 900), None, Verdict.EXCEPTION, [FindingKind.UNKNOWN]),
        (Invoiced(1, 1, 9 * U, 900, 7, expected_qty=4 * U), (5 * U, 500, 600), Verdict.EXCEPTION,
         [FindingKind.NOT_RECEIVED, FindingKind.PRICE]),
    ],
)  # fmt: skip
def test_pay_wait_or_exception(
    bill: Invoiced, match: tuple[int, int, int] | None, verdict: Verdict, kinds: list[FindingKind]
) -> None:
    pairs = [] if match is None else [Match(1, 1, *match, Ground.ITEM)]
    found = judge([bill], pairs, Tolerance(D(2)), 2)
    assert found.verdict is verdict
    assert [finding.kind for finding in found.findings] == kinds
    assert all(finding.text.render("zh") != finding.text.render("en") for finding in found.findings)


def test_an_invoice_is_recognised_however_its_number_is_written() -> None:
    assert plain_number("INV-0042") == plain_number("inv 42") != plain_number("INV-420")
    assert plain_number("2026/1") != plain_number("202/61")
    first = InvoiceHead(1, 5, "INV-0042", date(2026, 11, 2), 10000, "EUR")
    other = InvoiceHead(2, 5, "77", date(2026, 11, 20), 5000, "EUR")
    known = [other, first, InvoiceHead(3, 6, "inv42", date(2026, 11, 20), 5000, "EUR")]
    new = InvoiceHead(0, 5, "inv.42", date(2026, 11, 20), 5000, "EUR")
    assert [(one.invoice_id, one.repeat) for one in find_duplicates(new, known)] == [
        (1, Repeat.SAME_NUMBER),
        (2, Repeat.SAME_AMOUNT_AND_DAY),
    ]
    assert find_duplicates(first, known) == []
    rows = KnownInvoices()
    assert rows.find(new) == []
    rows.add(other)
    assert [one.repeat for one in rows.find(new)] == [Repeat.SAME_AMOUNT_AND_DAY]
    assert rows.find(replace(new, currency="USD")) == rows.find(replace(new, supplier_id=6)) == []


def test_taxes_and_duplicates_make_an_exception_of_the_whole_invoice() -> None:
    bill, pair = Invoiced(1, 1, 5 * U, 500, 7), Match(1, 1, 5 * U, 500, 500, Ground.ITEM)
    head = InvoiceHead(1, 5, "42", date(2026, 11, 2), 500, "EUR")
    tax = tax_findings([TaxDifference(D(13), 65, 60)], 2)
    again = duplicate_findings(find_duplicates(replace(head, invoice_id=0), [head]))
    found = judge([bill], [pair], Tolerance(), 2, [*tax, *again])
    assert found.verdict is Verdict.EXCEPTION
    assert [finding.text.render("en") for finding in found.findings] == [
        "Tax of 13 %: 0.60 stated, the lines make 0.65.",
        "Invoice 42 of this supplier was entered already, dated 2026-11-02.",
    ]


def test_goods_of_the_same_quantity_and_quite_another_price_are_no_pair() -> None:
    goods = [Received(1, 1, 5, 900), Received(2, 1, 5, 510)]
    assert [match.receipt_line_id for match in propose_matches([Invoiced(11, 1, 5, 500)], goods)] == [2]
    assert propose_matches([Invoiced(11, 1, 5, 500)], goods[:1]) == []
