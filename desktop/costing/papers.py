"""The review on paper."""

from __future__ import annotations

from core import costing, documents
from core.clock import business_day
from core.costing import Days
from core.i18n import Language, _, tr
from core.office import Office
from desktop.context import Paper
from desktop.printing.source import PaperSource


def review_paper(office: Office, days: Days, language: Language) -> PaperSource:
    """The paper of a period."""

    def ask(wanted: str) -> documents.Paper:
        return office.ask(costing.get_review_paper, days=days, language=wanted)

    name = f"{tr(_('Monthly cost review'), language)} {days.first.isoformat()} {days.last.isoformat()}"
    return PaperSource("month_review", language, ask, name)


def example_papers(office: Office, language: Language) -> list[Paper]:
    """The paper of the month before."""
    site = office.site
    today = business_day(office.clock.now(), site.zone, site.day_start_hour)
    return [review_paper(office, costing.last_month(today), language)()]
