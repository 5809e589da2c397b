"""The pure rules of invoices: amounts tie, shares sum, a credit is an invoice in a mirror, verdicts say why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, Refused
from core.purchasing.rules.by_hand import accrued_for, check_price_credit, invoiced_for, most_of
from core.purchasing.rules.invoice_amounts import Money, amount_question, line_amount, totals_of
from core.purchasing.rules.invoice_pairing import decide, is_covered, pair_lines, part_of_left
from core.purchasing.rules.invoice_verdict import event_of, judge_invoice, state_of
from core.purchasing.types.matching import FindingKind, Received, Tolerance
from core.purchasing.types.money import Priced
from core.purchasing.types.standing import Held, Standing
from core.purchasing.types.states import Event
from db.enums import Ground, InvoiceLineKind, InvoiceState, MatchDecision, Verdict

RATES = st.sampled_from([D(0), D(6), D(9), D(13), D("13.5")])
LINES = st.lists(st.tuples(st.integers(0, 10**7), RATES), min_size=1, max_size=12)
TOLERANCES = {1: Tolerance(D(2), 5000, D(1))}


def line(qty: int, amount: int, **over: object) -> Standing:
    fields: dict[str, object] = {
        "id": 1,
        "invoice_id": 1,
        "supplier_id": 1,
        "kind": InvoiceLineKind.GOODS,
        "item_id": 7,
    }
    return Standing(**{**fields, "qty": qty, "amount": amount, "is_credit": qty < 0 or amount < 0, **over})  # type: ignore[arg-type]


def came(qty: int, accrued: int, **over: Any) -> Received:
    return Received(9, 1, qty, accrued, item_id=7, received_on=date(2026, 3, 1), **over)


@given(LINES, st.booleans(), st.booleans(), st.integers(1, 10**8), st.integers(-2, 2))
def test_a_document_always_ties(
    lines: list[tuple[int, D]], is_incl: bool, is_recoverable: bool, rate: int, off: int
) -> None:
    priced = [Priced(amount, tax) for amount, tax in lines]
    money = Money(2, 2, D(rate).scaleb(-6), is_incl, is_recoverable)
    made = totals_of(priced, money)
    assert made.gross == made.net + made.tax == sum(one.gross for one in made.taxes)
    assert sum(made.nets) == made.net
    if is_incl:
        assert made.gross == sum(amount for amount, _tax in lines)
    stated = totals_of(priced, money, made.gross + off)
    assert (stated.net, stated.gross, stated.tax) == (made.net, made.gross + off, made.tax + off)
    assert stated.site_amounts == made.site_amounts
    with pytest.raises(InvalidInput, match="the invoice states"):
        totals_of(priced, money, made.gross + max(3, len(lines) + 1))


def test_a_lines_amount_is_stated_or_reckoned_and_asked_about_when_both_differ() -> None:
    assert line_amount(D("1.5"), D("3.333"), None, 2) == 500
    assert line_amount(None, D(7), None, 2) == 700
    assert line_amount(D(2), D(1), D("2.50"), 2) == 250
    for qty, price, stated in ((D(-1), D(1), None), (D(1), D(-1), None), (D(1), None, D(-1)), (D(1), None, None)):
        with pytest.raises(InvalidInput):
            line_amount(qty, price, stated, 2)
    assert amount_question(D(3), D("33.33"), D("100.00"), 2) is None
    assert amount_question(D(3), None, D(100), 2) is None
    assert "make 99.99" in str(amount_question(D(3), D("33.33"), D("101.00"), 2))


@given(st.integers(1, 10**6), st.integers(0, 10**7), st.data())
def test_parts_matched_by_hand_sum_to_what_was_accrued(qty: int, accrued: int, data: st.DataObject) -> None:
    returned = data.draw(st.integers(0, qty))
    received = came(qty, accrued, returned_qty=returned, returned=(2 * accrued * returned + qty) // (2 * qty))
    asked = line(qty, accrued)
    taken = 0
    while received.qty > received.matched_qty:
        part = data.draw(st.integers(1, most_of(asked, received)))
        share = accrued_for(received, part)
        received = replace(received, matched_qty=received.matched_qty + part, matched=received.matched + share)
        asked.matches.append(Held(1, 9, part, share, invoiced_for(asked, part), Ground.PERSON))
        taken += share
    assert taken == accrued
    assert asked.open_amount == 0 == most_of(asked, received)
    with pytest.raises(Refused, match="can be matched"):
        accrued_for(received, 1)
    with pytest.raises(InvalidInput, match="matched already"):
        invoiced_for(asked, 1)
    if returned:
        credit = line(-returned, -received.returned)
        assert most_of(credit, received) == -returned
        assert accrued_for(received, -returned) == received.not_invoiced == -received.returned


def test_only_a_credit_lowers_a_price_and_by_no_more_than_it_has() -> None:
    assert check_price_credit(line(0, -500), -500) == -500
    for one, amount in ((line(0, -500), -501), (line(0, -500), 0), (line(0, -500), 5), (line(1, 500), -5)):
        with pytest.raises(InvalidInput):
            check_price_credit(one, amount)


@given(st.integers(0, 10**6), st.lists(st.integers(1, 1000), min_size=1, max_size=6))
def test_what_left_with_returns_is_counted_once(left: int, parts: list[int]) -> None:
    open_qty, counted = -sum(parts), 0
    for part in parts:
        gone = part_of_left(left, counted, -part, open_qty)
        assert gone <= 0
        counted, open_qty = counted - gone, open_qty + part
    assert counted == left
    assert part_of_left(left, counted, -1, 0) == 0


def test_a_credit_finds_what_went_back_and_an_invoice_what_was_kept() -> None:
    kept = came(10, 1000)
    back = replace(came(8, 800, matched_qty=8, matched=800, returned_qty=3, returned=300), line_id=10)
    invoice, credit = line(10, 1000), replace(line(-3, -330), id=2)
    found = pair_lines([invoice, credit], [kept, back], TOLERANCES)
    assert [(one.line_id, one.entry_id, one.qty, one.accrued, one.invoiced) for one in found] == [
        (1, 9, 10, 1000, 1000), (2, 10, -3, -300, -330),
    ]  # fmt: skip
    decide([invoice, credit], found, TOLERANCES)
    assert [one.decision for one in found] == [MatchDecision.NONE, MatchDecision.OPEN]


def test_a_rest_within_the_tolerance_of_quantities_is_paid_with_the_last_match() -> None:
    asked = line(1000, 10_000)
    (held,) = pair_lines([asked], [came(995, 9950)], TOLERANCES)
    assert (held.qty, held.invoiced) == (995, 10_000)
    asked.matches.append(held)
    assert is_covered(asked, D(1)) and not is_covered(asked, D("0.4"))
    assert pair_lines([asked], [came(995, 9950)], TOLERANCES) == []


def test_verdicts_and_what_they_do_to_the_invoice() -> None:
    good = line(10, 1000)
    good.matches.append(Held(1, 9, 10, 1000, 1000, Ground.ITEM))
    assert judge_invoice([good], {}, D(0), 2).verdict is Verdict.PAY
    waits = judge_invoice([line(10, 1000)], {1: 10}, D(0), 2)
    assert (waits.verdict, event_of(waits), state_of(InvoiceState.MATCHED, None)) == (
        Verdict.WAIT, None, InvoiceState.TO_MATCH
    )  # fmt: skip
    dear = line(10, 1500)
    dear.matches.append(Held(1, 9, 10, 1000, 1500, Ground.ITEM, decision=MatchDecision.OPEN))
    wrong = judge_invoice([dear, line(-1, -5), line(0, -5), line(0, 9, kind=InvoiceLineKind.CHARGE)], {}, D(0), 2)
    assert [one.kind for one in wrong.findings] == [
        FindingKind.PRICE, FindingKind.NOT_RETURNED, FindingKind.PRICE_CREDIT, FindingKind.CHARGE,
    ]  # fmt: skip
    assert (wrong.findings[0].amount, event_of(wrong)) == (500, Event.DIFFER)
    dear.matches[0].decision = MatchDecision.ACCEPTED
    assert judge_invoice([dear], {}, D(0), 2).verdict is Verdict.PAY
    assert state_of(InvoiceState.DIFFERENCES, Event.AGREE) is InvoiceState.MATCHED


def test_an_amount_finer_than_the_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="more decimals"):
        line_amount(D(1), None, D("5.555"), 2)
    assert line_amount(D(3), D("1.8517"), None, 2) == 556
