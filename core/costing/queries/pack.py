"""The pack of a month: what is printed, signed and filed."""

from __future__ import annotations

from core.costing.queries.month_review import get_month_review
from core.costing.queries.months import get_closing, list_month_checks
from core.costing.queries.sealed import sealed_of
from core.costing.queries.sealed import standing as standing_closing
from core.costing.rules.months import Month
from core.costing.steps.closings import calendar
from core.costing.steps.pack import MonthPapers, PackFacts, pack_paper
from core.costing.steps.workbook import bridge_sheets, figures_sheet, items_sheet
from core.costing.steps.workbook_lists import (
    accruals_sheet,
    budget_sheet,
    checks_sheet,
    counts_sheet,
    dead_sheet,
    movers_sheet,
    sections_sheet,
    waste_sheet,
)
from core.costing.types.figures import Against
from core.costing.types.month_review import MonthReview
from core.costing.types.months import MonthState, StoredCheck
from core.documents import Fact, LiveSheet, Paper, company_head, notation_of, to_live_xlsx
from core.i18n import Language, _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.COST_VIEW)
def get_month_pack(uow: UnitOfWork, *, month: str, language: Language, against: Against = Against.PREVIOUS) -> Paper:
    """The pack of a month on paper.

    Cover with head figures, the written summary and the bridge; cost by category, section and item, budget, waste, counts,
    prices, goods that do not move, what is not invoiced; the checks as they stood at the closing, and the hashes above the
    places to sign. Of a month that is not closed it is marked provisional. Raises InvalidInput for what is no month.
    """
    facts = _facts(uow, get_month_review(uow, month=month, against=against))
    return pack_paper(facts, company_head(uow, language), notation_of(uow), language)


@query(Permission.COST_VIEW)
def get_month_book(uow: UnitOfWork, *, month: str, language: Language, against: Against = Against.PREVIOUS) -> bytes:
    """The figures of a month as a workbook that reckons.

    Sheets of figures, items, bridges, sections, budget, waste, counts, prices, goods that do not move, what is not
    invoiced, checks. Sums, differences, shares and the closing of every item are formulas; numbers are numbers. Raises
    InvalidInput for what is no month.
    """
    return _book(uow, _facts(uow, get_month_review(uow, month=month, against=against)), language)


@query(Permission.COST_VIEW)
def get_month_papers(
    uow: UnitOfWork, *, month: str, language: Language, against: Against = Against.PREVIOUS, seals: bool = False
) -> MonthPapers:
    """The papers of a month, reckoned once.

    The pack, the workbook and, where `seals`, the sealed file, which needs the right to hand the books over and a closed
    month. Raises Refused, InvalidInput.
    """
    if seals:
        uow.require(Permission.BOOKS_EXPORT)
        standing_closing(uow, Month.parse(month))
    review = get_month_review(uow, month=month, against=against)
    facts = _facts(uow, review)
    return MonthPapers(
        pack=pack_paper(facts, company_head(uow, language), notation_of(uow), language),
        book=_book(uow, facts, language),
        sealed=sealed_of(uow, Month.parse(month), review) if seals else None,
    )


def _book(uow: UnitOfWork, facts: PackFacts, language: Language) -> bytes:
    """The workbook of a month."""
    review, notation = facts.review, notation_of(uow)
    made: list[LiveSheet] = [
        figures_sheet(review, language, notation),
        items_sheet(review, language, notation),
        *bridge_sheets(review, language, notation),
        sections_sheet(review, language, notation),
        *([budget_sheet(review, language, notation)] if review.budget else []),
        *(
            make(review, language, notation)
            for make in (waste_sheet, counts_sheet, movers_sheet, dead_sheet, accruals_sheet)
        ),
        checks_sheet(facts.checks, notation),
    ]
    number = "" if facts.closing is None else facts.closing.number
    title = _("Month pack {month}", month=review.month).render(language)
    return to_live_xlsx(made, language, "  ".join(part for part in (uow.site.title(language), title, number) if part))


def _facts(uow: UnitOfWork, review: MonthReview) -> PackFacts:
    """The review of a month with its closing, or with the checks as they stand."""
    standing = calendar(uow).standing(Month.parse(review.month))
    made_at, made_by = Fact(_("Made on"), uow.now, "instant"), uow.actor.name
    if standing is not None:
        closing = get_closing(uow, closing_id=standing.closing_id)
        return PackFacts(review, MonthState.CLOSED, closing.checks, closing, made_at, made_by)
    found = list_month_checks(uow, month=review.month)
    checks = tuple(StoredCheck(str(one.kind), str(one.level), one.count, one.amount) for one in found.checks)
    return PackFacts(review, found.state, checks, None, made_at, made_by)
