"""The review as a finished PDF."""

from __future__ import annotations

from core import costing, documents
from core.clock import business_day
from core.costing import Days
from core.i18n import Language, _, tr
from core.office import Office
from desktop.context import Paper


def review_paper(office: Office, days: Days, language: Language) -> Paper:
    """The paper of a period. Raises CoreError."""
    paper = office.ask(costing.get_review_paper, days=days, language=language)
    title = tr(_("Monthly cost review"), language)
    name = f"{title} {days.first.isoformat()} {days.last.isoformat()}.pdf"
    return Paper(title, documents.render_pdf(paper, language), "month_review", name)


def example_papers(office: Office, language: Language) -> list[Paper]:
    """The paper of the month before."""
    site = office.site
    today = business_day(office.clock.now(), site.zone, site.day_start_hour)
    return [review_paper(office, costing.last_month(today), language)]
