"""The review of a period on paper and as lists for files, with the period before beside it."""

from __future__ import annotations

from core.costing.queries.review import get_review
from core.costing.rules import Days, days_before
from core.costing.steps.paper import days_words, review_paper
from core.costing.steps.periods import period_moments
from core.costing.steps.sheets import category_sheet, count_sheet, item_sheet, waste_sheet
from core.costing.types import Review
from core.documents import Fact, Notation, Paper, Sheet
from core.i18n import Language, _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.COST_VIEW)
def get_review_paper(uow: UnitOfWork, *, days: Days, language: Language) -> Paper:
    """The review of a period of business days on paper: figures, bridge, categories, waste, the items that matter."""
    return review_paper(_pair(uow, days), (days, days_before(days)), language, uow)


@query(Permission.COST_VIEW)
def list_review_sheets(uow: UnitOfWork, *, days: Days, language: Language) -> list[Sheet]:
    """The review as four lists: by category, by item, waste by reason, count differences."""
    review, before = _pair(uow, days)
    facts = (
        Fact(_("Period"), days_words(days)),
        Fact(_("Compared with"), days_words(days_before(days))),
        Fact(_("Made on"), uow.now, "instant"),
    )
    site = uow.site
    frame = (facts, Notation(site.currency, site.digits, site.zone))
    return [make(review, before, language, frame) for make in (category_sheet, item_sheet, waste_sheet, count_sheet)]


def _pair(uow: UnitOfWork, days: Days) -> tuple[Review, Review]:
    """The review of a period and of the one before."""
    zone, hour = uow.site.zone, uow.site.day_start_hour
    spans = [period_moments(one, zone, hour) for one in (days, days_before(days))]
    now, before = (get_review(uow, start=start, end=end) for start, end in spans)
    return now, before
