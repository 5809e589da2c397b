"""Whatever is posted in two months, on both databases: bridges add up, figures open into what sums to them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import costing, purchasing, stock
from core.clock import FixedClock
from core.costing import Bridge, Figure, FigureKey, MonthReview
from core.errors import CoreError
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.factories import make_supplier

MONTH = "2026-03"
PURPOSES = ("厨房", "吧台", "")
KINDS = (K.RECEIPT, K.RECEIPT, K.ISSUE, K.ISSUE, K.ISSUE, K.WASTE, K.ADJUSTMENT, K.COUNT, K.RETURN_TO_SUPPLIER)
_tags = itertools.count(1)


@dataclass(frozen=True)
class Step:
    """A posting in one of the two months, or a reversal of an earlier one."""

    kind: K | None
    item: int
    place: int
    qty: Decimal
    value: Decimal
    back: int
    purpose: str


STEP = st.builds(
    Step,
    kind=st.sampled_from((*KINDS, None)),
    item=st.integers(0, 3),
    place=st.integers(0, 1),
    qty=st.decimals(min_value="0.001", max_value="30", places=3),
    value=st.decimals(min_value="0", max_value="99", places=2),
    back=st.integers(0, 60),
    purpose=st.sampled_from(PURPOSES),
)


def _do(room: Room, step: Step, now: datetime, done: list[int], supplier: int) -> None:
    """Post it; what cannot be is left out."""
    at = now - timedelta(days=step.back)
    try:
        if step.kind is None:
            if done and step.place:
                room.office.do(stock.reverse_posting, posting_id=done.pop())
            elif done:
                room.office.do(stock.add_landed_cost, receipt_id=done[-1], amount=step.value)
            return
        is_receipt = step.kind is K.RECEIPT
        line = NewLine(
            room.items[step.item],
            step.qty,
            location_id=room.places[step.place],
            value=step.value if is_receipt else None,
            reason="spoiled" if step.kind is K.WASTE else "",
        )
        purpose = step.purpose if step.kind is K.ISSUE else ""
        needs_supplier = is_receipt or step.kind is K.RETURN_TO_SUPPLIER
        more = {"supplier_id": supplier} if needs_supplier else {}
        done.append(room.post(step.kind, line, at=at, purpose=purpose, **more).posting_id)
    except CoreError:
        return


def _adds_up(bridge: Bridge) -> bool:
    return bridge.start_minor + sum(bridge.steps) == bridge.end_minor


def _row(bridge: Bridge) -> tuple[int, ...]:
    return (bridge.start_minor, *bridge.steps, bridge.end_minor)


def _sum(bridges: list[Bridge]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*map(_row, bridges), strict=True)) if bridges else (0,) * 9


def _check(office: Office, found: MonthReview) -> None:
    assert found.review.ties
    waiting = office.ask(purchasing.list_not_invoiced, as_of=found.review.end)
    assert sum((row.not_invoiced for row in waiting), Decimal(0)) == found.accruals.total
    for several in (found.by_item, found.by_section):
        assert all(_adds_up(one.bridge) for one in several)
        assert _sum([one.bridge for one in several]) == _row(found.bridge)
    assert _sum([one.bridge for one in found.by_category if one.depth == 0]) == _row(found.bridge)
    for figure in found.figures:
        parts = office.ask(costing.list_figure_parts, figure=figure)
        entries = office.ask(costing.list_figure_entries, figure=figure)
        assert sum((one.amount for one in parts), Decimal(0)) == figure.amount, figure
        assert sum((one.amount for one in entries), Decimal(0)) == figure.amount, figure
    for one in found.by_section:
        whole = Figure(FigureKey.CHANGE, MONTH, section=one.section.key)
        for key in (FigureKey.CHANGE, FigureKey.PRICE, FigureKey.QUANTITY, FigureKey.MIX):
            entries = office.ask(costing.list_figure_entries, figure=replace(whole, key=key))
            said = one.bridge.change if key is FigureKey.CHANGE else one.bridge.amount(costing.BridgePart(key.value))
            assert sum((entry.amount for entry in entries), Decimal(0)) == said


@pytest.fixture
def first(office: Office, clock: FixedClock) -> Room:
    """The room whose places all others share; it is the end of March."""
    clock.at = datetime.fromisoformat("2026-03-28T04:00:00+00:00")
    return make_room(office, "R0")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEP, min_size=4, max_size=25))
def test_whatever_was_posted_the_month_adds_up_and_opens(first: Room, clock: FixedClock, steps: list[Step]) -> None:
    office, tag = first.office, f"R{next(_tags)}"
    room = make_room(office, tag, first.places)
    supplier = make_supplier(office, tag)
    done: list[int] = []
    for step in steps:
        _do(room, step, clock.at, done, supplier)
    _check(office, office.ask(costing.get_month_review, month=MONTH))
