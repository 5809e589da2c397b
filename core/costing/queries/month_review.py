"""The review of a month beside another, with everything that explains it."""

from __future__ import annotations

from dataclasses import replace

from core.costing.queries.review import get_review
from core.costing.rules.months import Month
from core.costing.steps.accruals import accruals_of, open_in
from core.costing.steps.bridge_rows import branch_rows, bridge, item_rows, section_bridges, section_rows
from core.costing.steps.dead import dead_rows, dead_stock, idle_rows
from core.costing.steps.estimates import estimate_of
from core.costing.steps.month_frames import Frame, frame_of, spans_of
from core.costing.steps.month_pair import pair_of
from core.costing.steps.movers import movers_of
from core.costing.steps.review_figures import budget_lines, head_figures
from core.costing.steps.reviews import compose
from core.costing.steps.summary import SummaryFacts, drivers_of, sentences
from core.costing.steps.words import WITHOUT_CATEGORY
from core.costing.types import Review
from core.costing.types.bridge import Bridge, ItemBridge
from core.costing.types.estimate import Estimate
from core.costing.types.figures import Against, Figure, FigureKey
from core.costing.types.month_review import MonthReview
from core.costing.types.standing import DeadRow, Movers
from core.documents import Notation
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

MOST_ROWS = 50


@query(Permission.COST_VIEW)
def get_month_review(uow: UnitOfWork, *, month: str, against: Against = Against.PREVIOUS) -> MonthReview:
    """The cost of a month, and why it is not what it was.

    The cost of a month is usage + waste + count losses less gains + other adjustments. `against` the month before, the same
    month of the year before, or the budget (the bridge then goes by way of the month before; without a budget it is
    that of the month before). A month that is not over is compared with as many days of the other. Movers and dead
    stock list the 50 largest. Raises InvalidInput for a month that is none or has not begun.
    """
    frame = frame_of(uow, Month.parse(month), against)
    digits = uow.site.digits
    whole = bridge(frame.made.whole, digits, frame.budget)
    review = compose(*frame.spans.now, frame.pair.now, digits)
    budgets = frame.budgets if against is Against.BUDGET else {}
    found = MonthReview(
        month=frame.spans.month.text,
        against=against,
        compared=frame.spans.other.text,
        is_running=frame.spans.is_running,
        review=review,
        before=compose(*frame.spans.before, frame.pair.before, digits),
        bridge=whole,
        by_category=branch_rows(frame.made, frame.categories, budgets, digits),
        by_section=section_bridges(frame.made, frame.sections, digits),
        by_item=item_rows(frame.made, digits),
        sections=section_rows(frame.made.cells, frame.sections, digits),
        budget=budget_lines(frame, digits),
        movers=movers_of(uow, frame.spans.now, frame.pair, MOST_ROWS),
        dead=dead_stock(uow, review.items, review.end, MOST_ROWS),
        accruals=accruals_of(uow, open_in(uow, frame.spans.month)),
        estimate=_estimate(uow, frame, review, whole),
        summary=(),
        figures=head_figures(frame, review, whole),
    )
    return _with_summary(uow, found)


@query(Permission.COST_VIEW)
def list_item_bridges(uow: UnitOfWork, *, month: str) -> tuple[ItemBridge, ...]:
    """Why every item cost more or less than in the month before, the largest change first: the items of the month's review.

    Raises InvalidInput for a month that is none or has not begun.
    """
    frame = frame_of(uow, Month.parse(month), Against.PREVIOUS, only_moved=True)
    return item_rows(frame.made, uow.site.digits)


def _estimate(uow: UnitOfWork, frame: Frame, review: Review, whole: Bridge) -> Estimate | None:
    """How the running month will end."""
    if not frame.spans.is_running:
        return None
    return estimate_of(uow, frame.spans.month, review, whole.end)


def _with_summary(uow: UnitOfWork, found: MonthReview) -> MonthReview:
    site = uow.site
    empty = Figure(FigureKey.COST, found.month, found.against)
    facts = SummaryFacts(
        month=found.month,
        compared=found.compared,
        against=found.against,
        is_running=found.is_running,
        bridge=found.bridge,
        drivers=drivers_of(found.bridge, found.by_item, found.by_category, empty, WITHOUT_CATEGORY),
        budget=found.budget,
        movers=found.movers,
        dead=found.dead,
        accruals=found.accruals,
        estimate=found.estimate,
        notation=Notation(site.currency, site.digits, site.zone),
    )
    return replace(found, summary=sentences(facts))


@query(Permission.COST_VIEW)
def list_price_movers(uow: UnitOfWork, *, month: str, against: Against = Against.PREVIOUS, limit: int = 1000) -> Movers:
    """Items whose average receipt cost changed: old, new, how much in per cent, what that cost, from whom; the largest
    effect first. Against the same month of the year before, or else the month before."""
    spans = spans_of(uow, Month.parse(month), against)
    return movers_of(uow, spans.now, pair_of(uow, spans.now, spans.before, only_moved=True), limit)


@query(Permission.COST_VIEW)
def list_dead_stock(uow: UnitOfWork, *, month: str, days: int = 90) -> list[DeadRow]:
    """Goods in stock at a month's end that nobody used, sold or wasted for 90, 180 or 365 days, the most value first."""
    spans = spans_of(uow, Month.parse(month), Against.PREVIOUS)
    review = get_review(uow, start=spans.now[0], end=spans.now[1])
    wanted = [row for band, row in idle_rows(uow, review.items, review.end) if band >= days]
    return list(dead_rows(uow, review.end, wanted))
