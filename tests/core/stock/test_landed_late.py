"""Landed cost on a receipt of a closed period: what left until then stays, what is left there gets its share."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal as D

import pytest
from sqlalchemy import update

from core import stock
from core.clock import FixedClock
from core.office import Office
from core.registry import command
from core.stock import LedgerFilter, NewLine
from core.stock.rules.cost import CostState, Move, replay
from core.uow import UnitOfWork
from db.enums import CostMethod
from db.identity import Site
from tests.core.stock.test_ledger_machine import check_costs
from tests.factories import make_item


@command(None)
def close_for_test(uow: UnitOfWork, *, until: datetime) -> None:
    """Close the books for a test."""
    uow.sql.execute(update(Site).values(closed_until=until))


@command(None)
def lock_for_test(uow: UnitOfWork) -> None:
    """Lock all places for a test."""
    from db.stock import Location

    uow.sql.execute(update(Location).values(is_locked=True))


@pytest.mark.parametrize("method", [CostMethod.FIFO, CostMethod.AVERAGE, CostMethod.STANDARD, CostMethod.LOT])
def test_what_left_in_a_closed_period_is_expensed_now(office: Office, clock: FixedClock, method: CostMethod) -> None:
    item = make_item(office, cost_method=method, standard_cost=D(10))
    receipt = office.do(stock.receive_goods, lines=(NewLine(item, D(10), value=D(100)),))
    out = office.do(stock.issue_goods, lines=(NewLine(item, D(4)),))
    closed = clock.now()
    clock.advance(hours=1)
    office.do(close_for_test, until=closed)
    office.do(lock_for_test)
    clock.advance(hours=1)
    landed = office.do(stock.add_landed_cost, receipt_id=receipt.posting_id, amount=D(20))
    kept = D(0) if method is CostMethod.STANDARD else D(12)
    assert office.ask(stock.list_values, item_id=item)[0].value == D(60) + kept
    rows = {row.posting_id: row for row in office.ask(stock.list_ledger, wanted=LedgerFilter())}
    assert rows[out.posting_id].value == D(-40)
    late = rows[landed.posting_id]
    assert (late.value, late.settled, late.variance) == (
        kept,
        D(0) if method is CostMethod.STANDARD else D(8),
        D(20) if method is CostMethod.STANDARD else D(0),
    )
    opening = {item: (method, 1_000_000_000)}
    office.ask(check_costs, item_ids=(item,), opening=opening)
    office.do(close_for_test, until=clock.now())
    clock.advance(hours=1)
    office.do(stock.reverse_posting, posting_id=landed.posting_id)
    assert office.ask(stock.list_values, item_id=item)[0].value == D(60)
    office.ask(check_costs, item_ids=(item,), opening=opening)


def test_a_late_cost_stands_at_its_own_place() -> None:
    moves = [
        Move(1, 10, given=100),
        Move(2, -4),
        Move(3, given=20, landed_on=1, is_late=True),
        Move(4, -3),
        Move(5, -2, link=1),
    ]
    outcomes, state = replay(moves, CostState(CostMethod.FIFO))
    assert [outcomes[key].value for key in (1, 2, 3, 4)] == [100, -40, 12, -36]
    assert outcomes[5].book == -24
    assert sum(one.value for one in outcomes.values()) == state.value
