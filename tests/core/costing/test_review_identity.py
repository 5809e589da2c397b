"""Whatever is posted in whatever order: the review adds up, ties to the stock, and every figure is its entries."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import costing, stock
from core.clock import FixedClock
from core.costing import COLUMNS, WHY_COLUMNS, Review, ReviewPart, ReviewRow
from core.costing.rules import closing_of
from core.errors import CoreError
from core.office import Office
from core.stock import NewLine
from db.enums import CostMethod
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room

PLAIN = (
    K.RECEIPT, K.ISSUE, K.WASTE, K.ADJUSTMENT, K.COUNT, K.RETURN_TO_SUPPLIER, K.RETURN_FROM_CUSTOMER, K.PRODUCTION_IN,
    K.PRODUCTION_OUT, K.TRANSFER,
)  # fmt: skip
OTHER = ("reverse", "landed", "revalue")
EXAMPLES = int(os.environ.get("STEWARD_EXAMPLES", 12))
_tags = itertools.count(1)


@dataclass(frozen=True)
class Step:
    """Something that may happen; what cannot be is refused and left out."""

    what: K | str
    item: int
    place: int
    qty: Decimal
    value: Decimal
    back: int
    pick: int


STEP = st.builds(
    Step,
    what=st.sampled_from((*PLAIN, K.RECEIPT, K.ISSUE, *OTHER)),
    item=st.integers(0, 3),
    place=st.integers(0, 1),
    qty=st.decimals(min_value="0.001", max_value="20", places=3),
    value=st.decimals(min_value="0", max_value="99", places=2),
    back=st.sampled_from([0, 0, 0, 2, 10, 60]),
    pick=st.integers(0, 30),
)


def _do(room: Room, step: Step, at: datetime, posted: list[stock.Posted]) -> stock.Posted | None:
    office, item = room.office, room.items[step.item]
    here, there = room.places[step.place], room.places[1 - step.place]
    if step.what == "revalue":
        return office.do(stock.revalue_item, item_id=item, method=list(CostMethod)[step.pick % 4], standard=Decimal(2))
    if step.what in OTHER:
        wanted = [one for one in posted if step.what == "reverse" or one.kind is K.RECEIPT]
        if not wanted:
            return None
        chosen = wanted[step.pick % len(wanted)]
        if step.what == "reverse":
            return office.do(stock.reverse_posting, posting_id=chosen.posting_id)
        return office.do(stock.add_landed_cost, receipt_id=chosen.posting_id, amount=step.value + 1)
    kind = K(step.what)
    qty = -step.qty if kind is K.ADJUSTMENT and step.pick % 2 else step.qty
    line = NewLine(
        item, qty, location_id=here, to_location_id=there if kind is K.TRANSFER else None,
        value=step.value if kind in (K.RECEIPT, K.PRODUCTION_IN) else None, reason="spoiled" if kind is K.WASTE else "",
    )  # fmt: skip
    return room.post(kind, line, at=at, note="why")


def _amounts(entries: list[costing.ReviewEntry]) -> tuple[Decimal, Decimal]:
    return sum((e.amount for e in entries), Decimal(0)), sum((e.qty for e in entries), Decimal(0))


def _why(review: Review, office: Office, column: str, limit: int, **part: Any) -> tuple[Decimal, Decimal]:
    entries = office.ask(
        costing.list_review_entries,
        start=review.start,
        end=review.end,
        column=column,
        part=ReviewPart(**part),
        limit=limit,
    )
    assert len(entries) <= limit + 1
    return _amounts(entries)


def _check_rows(office: Office, review: Review) -> None:
    digits = office.site.digits
    at_ends = {
        place: {row.item_id: (row.qty, row.value) for row in office.ask(stock.list_values, as_of=moment)}
        for place, moment in (("opening", review.start - timedelta(microseconds=1)), ("closing", review.end))
    }
    for row in (*review.items, *review.categories, review.total, *(branch.row for branch in review.tree)):
        assert closing_of(row.minors) == row.minors[-1] and closing_of(row.micros) == row.micros[-1]
        assert row.digits == digits
    for row in review.items:
        for column, held in at_ends.items():
            assert (row.qty(column), row.value(column)) == held.get(row.key, (0, 0))
    for column, held in at_ends.items():
        assert review.total.value(column) == sum((value for _qty, value in held.values()), Decimal(0))
    assert review.ties
    roots = [branch.row for branch in review.tree if branch.depth == 0]
    for rows in (review.items, review.categories, roots):
        assert [sum(row.minors[at] for row in rows) for at in range(len(COLUMNS))] == list(review.total.minors)


def _figures(review: Review, row: ReviewRow) -> dict[str, Decimal]:
    figures = {column: row.value(column) for column in COLUMNS}
    return {**figures, "variance": row.variance}


def _check_whys(office: Office, review: Review, limit: int) -> None:
    figures = _figures(review, review.total)
    figures |= {"gain": review.count_gain, "loss": review.count_loss, "counts": review.count_gain - review.count_loss}
    for column in WHY_COLUMNS:
        assert _why(review, office, column, limit)[0] == figures[column], column
    for branch in review.tree:
        for column, figure in _figures(review, branch.row).items():
            assert _why(review, office, column, limit, category_id=branch.row.key)[0] == figure, column
    for row in review.items:
        for column, figure in _figures(review, row).items():
            amount, qty = _why(review, office, column, limit, item_id=row.key)
            assert amount == figure, column
            assert column == "variance" or qty == row.qty(column)
    for waste in review.waste:
        assert _why(review, office, "waste", limit, reason=waste.reason)[0] == waste.value
    for count in review.counts:
        whys = {name: _why(review, office, name, limit, item_id=count.item_id) for name in ("gain", "loss", "counts")}
        assert (whys["gain"][0], whys["loss"][0], whys["counts"][0]) == (count.gain, count.loss, count.net)
        assert whys["counts"][1] == count.qty


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    steps=st.lists(STEP, min_size=3, max_size=14),
    cuts=st.tuples(st.integers(0, 40), st.integers(0, 40)),
    limit=st.sampled_from([1, 2, 1000]),
)
def test_the_review_adds_up_ties_and_every_figure_is_its_entries(
    office: Office, clock: FixedClock, steps: list[Step], cuts: tuple[int, int], limit: int
) -> None:
    places = (1, 3) if len(office.ask(stock.list_locations)) > 2 else None
    room = make_room(office, f"-{next(_tags)}", places)
    begin = clock.now()
    posted: list[stock.Posted] = []
    for step in steps:
        clock.advance(minutes=5)
        try:
            done = _do(room, step, clock.now() - timedelta(minutes=step.back), posted)
        except CoreError:
            continue
        posted += [done] if done is not None and step.what in PLAIN else []
    first, last = sorted(cuts)
    start, end = begin + timedelta(minutes=2 * first), begin + timedelta(minutes=2 * last)
    review = office.ask(costing.get_review, start=start, end=end)
    _check_rows(office, review)
    _check_whys(office, review, limit)


@pytest.mark.parametrize("column", ["nothing", "", "kind"])
def test_an_unknown_column_is_refused(office: Office, column: str) -> None:
    now = office.clock.now()
    with pytest.raises(CoreError, match="no column"):
        office.ask(costing.list_review_entries, start=now, end=now, column=column)
