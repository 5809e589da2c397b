"""The scorecard on paper: of all suppliers, or of one with the lines behind it."""

from __future__ import annotations

from datetime import date

from core import documents
from core.documents import Column, Fact, Line, PaperTable, Total, Words
from core.i18n import Language, _
from core.purchasing.queries.scorecards import get_scorecard, list_scorecards
from core.purchasing.rules.score_words import FIGURES, figures_of
from core.purchasing.rules.scorecard import DEFINITIONS
from core.purchasing.types.scorecard import ScoreLine
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission

MOST_LINES = 200


@query(Permission.PURCHASE_VIEW)
def get_scorecards_paper(uow: UnitOfWork, *, start: date, end: date, language: Language) -> documents.Paper:
    """The scorecards of all suppliers of a period on paper, with the definition of every figure."""
    columns = (
        Column("supplier", _("Supplier")),
        Column("lines", _("Lines"), "number", 16),
        *(Column(key, title, "text", 30, "right") for key, title in FIGURES),
        Column("overdue", _("Overdue"), "number", 18),
        Column("claims", _("Open claims"), "number", 18),
    )
    lines = []
    for row in list_scorecards(uow, start=start, end=end):
        name = documents.named(row.supplier.render, language)
        lines.append(Line((name, row.lines, *figures_of(row.card), row.overdue, row.claims)))
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Supplier scorecards"),
        number="",
        facts=_period(uow, start, end),
        body=(PaperTable(columns, tuple(lines)), *_definitions()),
        coded=False,
        landscape=True,
        notation=documents.notation_of(uow),
    )


@query(Permission.PURCHASE_VIEW)
def get_scorecard_paper(
    uow: UnitOfWork, *, supplier_id: int, start: date, end: date, language: Language
) -> documents.Paper:
    """The scorecard of one supplier on paper: months, definitions, and the lines that were late, short or refused."""
    card = get_scorecard(uow, supplier_id=supplier_id, start=start, end=end)
    heads = (Column("month", _("Month"), "text", 24), *(Column(key, title, "text", 38) for key, title in FIGURES))
    months = [Line((one.month.strftime("%Y-%m"), *figures_of(one.card))) for one in card.months]
    months.append(Line((_("Period"), *figures_of(card.row.card)), "subtotal"))
    bad = [line for line in card.lines if line.days_late or line.is_short or line.rejected]
    body: tuple[PaperTable | Words, ...] = (
        PaperTable(heads, tuple(months)),
        _bad_lines(bad[:MOST_LINES], language),
        *_definitions(),
    )
    totals = [Total(_("Order lines"), card.row.lines, "number")]
    if uow.may(Permission.COST_VIEW):
        totals.append(Total(_("Ordered, without tax"), card.row.ordered))
    return documents.Paper(
        head=documents.company_head(uow, language),
        title=_("Supplier scorecard"),
        number="",
        facts=(Fact(_("Supplier"), documents.named(card.row.supplier.render, language)), *_period(uow, start, end)),
        body=body,
        totals=tuple(totals),
        coded=False,
        landscape=True,
        notation=documents.notation_of(uow),
    )


def _bad_lines(lines: list[ScoreLine], language: Language) -> PaperTable:
    columns = (
        Column("number", _("Order"), "text", 36), Column("item", _("Item")), Column("promised", _("Promised day"), "date", 26),
        Column("arrived", _("Arrived"), "date", 24), Column("late", _("Days late"), "number", 20),
        Column("qty", _("Ordered"), "qty", 24), Column("came", _("First delivery"), "qty", 26),
        Column("rejected", _("Rejected"), "qty", 22),
    )  # fmt: skip
    rows = tuple(
        Line(
            (
                line.number, documents.named(line.item.render, language), line.promised_on, line.arrived_on,
                line.days_late, line.qty, line.came, line.rejected,
            )
        )
        for line in lines
    )  # fmt: skip
    return PaperTable(columns, rows, _("Late, short or refused"))


def _period(uow: UnitOfWork, start: date, end: date) -> tuple[Fact, ...]:
    return (Fact(_("From"), start, "date"), Fact(_("To"), end, "date"), Fact(_("Printed by"), uow.actor.name))


def _definitions() -> tuple[Words, ...]:
    return tuple(Words(DEFINITIONS[key], title) for key, title in FIGURES)
