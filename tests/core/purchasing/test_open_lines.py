"""What waits for invoices, reckoned by the database: the same lines and figures as line by line, at any moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, literal, select

from core import purchasing
from core.clock import FixedClock
from core.office import Office
from core.registry import query
from core.uow import UnitOfWork
from core.values import round_half_up
from db.engine import _share_of
from db.sql import share_of
from tests.core.purchasing.books import await_invoices, goods, invoice, receive, send_back
from tests.factories import make_item, make_supplier


@query(None)
def both_ways(uow: UnitOfWork, *, as_of: Any) -> tuple[Any, Any]:
    lines = purchasing.open_lines(uow, as_of).subquery()
    found = uow.sql.execute(select(lines).order_by(lines.c.at, lines.c.entry_id)).mappings()
    listed = [
        (row["entry_id"], row["open"], row["returned"], row["matched"], row["value"], row["item_id"]) for row in found
    ]
    known = [one.received for one in purchasing.not_invoiced(uow, as_of=as_of)]
    expected = [
        (one.line_id, one.open_qty, one.returned, one.matched, one.not_invoiced, one.item_id)
        for one in known
        if one.not_invoiced or one.accrued
    ]
    return listed, expected


def test_the_database_reckons_what_waits_as_it_is_reckoned_line_by_line(office: Office, clock: FixedClock) -> None:
    await_invoices(office)
    item, other, supplier = make_item(office), make_item(office, code="2002"), make_supplier(office)
    _posting, (entry,) = receive(office, supplier, (item, "3", "100"), document="DN-1")
    clock.advance(days=1)
    receive(office, supplier, (other, "7", "9.99"), document="DN-2")
    send_back(office, supplier, item, "1", entry)
    clock.advance(days=1)
    invoice(office, supplier, "A1", goods(item, "2", "66.67"))
    moments = [None, *(clock.now() - timedelta(hours=12 * back) for back in range(6))]
    seen = set()
    for moment in moments:
        listed, expected = office.ask(both_ways, as_of=moment)
        assert listed == expected
        seen.add(len(listed))
    assert seen == {0, 1, 2}


@given(st.integers(-(2**62), 2**62), st.integers(-(2**62), 2**62), st.integers(-(2**40), 2**40).filter(bool))
def test_a_share_is_exact_however_large(amount: int, part: int, whole: int) -> None:
    assert _share_of(amount, part, whole) == round_half_up(amount * part, whole)


@query(None)
def shares(uow: UnitOfWork, *, wanted: list[tuple[int, int, int]]) -> list[int]:
    sql: Connection = uow.sql
    return [int(sql.execute(select(share_of(*map(literal, one)))).scalar_one()) for one in wanted]


@pytest.mark.parametrize(
    "one",
    [
        (10_000, 1_000_000, 3_000_000),
        (-5, 1, 2),
        (5, 1, 2),
        (0, 7, 9),
        (10**15, 10**15 - 1, 10**15),
        (5, -1, 2),
        (5, 1, -2),
    ],
)
def test_both_databases_give_the_same_share(office: Office, one: tuple[int, int, int]) -> None:
    assert office.ask(shares, wanted=[one]) == [round_half_up(one[0] * one[1], one[2])]
