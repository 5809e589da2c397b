"""The pack of a month on paper, put together: cover, tables, checks, and the page that is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.costing.steps import pack_tables as tables
from core.costing.steps.pack_cover import cover
from core.costing.steps.pack_words import AGAINST_TITLES, STATE_TITLES, check_title, level_title
from core.costing.steps.paper import count_table, figures_table, waste_table
from core.costing.types.checks import CheckLevel
from core.costing.types.month_review import MonthReview
from core.costing.types.months import ClosingCard, MonthState, StoredCheck
from core.documents import (
    Chart,
    Column,
    CompanyHead,
    Fact,
    Line,
    NewPage,
    Notation,
    Paper,
    PaperTable,
    Signature,
    Tiles,
    Waterfall,
    Words,
    format_instant,
)
from core.i18n import Text, _, verbatim

Block = PaperTable | Chart | Waterfall | Tiles | Words | NewPage
PROVISIONAL = _("Provisional")


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What the pack is made of. `closing` is None while the month is open; `checks` are those of the closing, else as they
    stand now."""

    review: MonthReview
    state: MonthState
    checks: Sequence[StoredCheck]
    closing: ClosingCard | None
    made_at: Fact
    made_by: str


@dataclass(frozen=True, slots=True)
class MonthPapers:
    """The papers of a month: the pack as paper, the workbook, and the sealed file where it was asked for."""

    pack: Paper
    book: bytes
    sealed: bytes | None


def pack_paper(facts: PackFacts, head: CompanyHead, notation: Notation, language: str) -> Paper:
    """The paper of a month's pack."""
    review, closing = facts.review, facts.closing
    return Paper(
        head=head,
        title=_("Month pack {month}", month=review.month),
        number="" if closing is None else closing.number,
        facts=tuple(_head_facts(facts)),
        body=tuple(_body(facts, notation, language)),
        signatures=tuple(_signatures(facts)),
        coded=False,
        stamp=None if closing is not None else PROVISIONAL,
        notation=notation,
    )


def _head_facts(facts: PackFacts) -> Iterator[Fact]:
    review, closing = facts.review, facts.closing
    yield Fact(_("Month"), review.month)
    yield Fact(_("State"), STATE_TITLES[facts.state])
    yield Fact(_("Compared with"), _("{what}, {month}", what=AGAINST_TITLES[review.against], month=review.compared))
    if closing is not None:
        yield Fact(_("Closed on"), closing.closed_at, "instant")
        yield Fact(_("Closed by"), closing.closed_by)
    yield facts.made_at


def _body(facts: PackFacts, notation: Notation, language: str) -> Iterator[Block]:
    review = facts.review
    yield from cover(review, notation)
    yield NewPage()
    yield replace(figures_table(review.review, review.before), title=_("From opening to closing"))
    yield tables.category_bridges(review, language)
    yield tables.sections(review, language)
    if review.budget:
        yield tables.budget(review, language)
    yield tables.top_items(review, language)
    yield waste_table(review.review, review.before, language)
    yield count_table(review.review, language)
    yield tables.movers(review, language)
    yield tables.dead(review, language)
    yield tables.accruals(review, language)
    yield from tables.estimate(review)
    yield NewPage()
    yield check_table(facts)
    if facts.closing is not None:
        yield proof_table(facts.closing, notation)
    yield Words(_sign_words(facts))


def check_table(facts: PackFacts) -> PaperTable:
    """The checklist as it stood when the month was closed."""
    columns = (
        Column("check", _("Check")),
        Column("result", _("Result")),
        Column("count", _("Cases"), "number"),
        Column("amount", _("Money at stake"), "money"),
    )
    lines = [Line((check_title(row.kind), level_title(row.level), row.count, row.amount)) for row in facts.checks]
    stake = sum((row.amount or Decimal(0) for row in facts.checks if row.level != CheckLevel.GOOD), Decimal(0))
    if lines:
        lines.append(Line((_("At stake in all"), "", None, stake), "subtotal"))
    title = _("Checks at the closing") if facts.closing is not None else _("Checks as they stand now")
    return PaperTable(columns, tuple(lines), title)


def proof_table(closing: ClosingCard, notation: Notation) -> PaperTable:
    """By what anybody can prove that nothing was changed since."""
    columns = (Column("what", _("What"), width=60), Column("value", _("Content")))
    rows = (
        (_("Number of the closing"), closing.number),
        (_("First moment"), format_instant(closing.start, notation.zone)),
        (_("Last moment"), format_instant(closing.end, notation.zone)),
        (_("Lines stored"), str(closing.items)),
        (_("SHA-256 of the review's rows"), closing.rows_hash),
        (_("Last posting of the ledger"), str(closing.ledger_posting_id)),
        (_("Hash of the ledger there"), closing.ledger_hash),
    )
    return PaperTable(columns, tuple(Line((what, verbatim(value))) for what, value in rows), _("Proof"))


def _sign_words(facts: PackFacts) -> Text:
    if facts.closing is None:
        return _("The month is not closed: these figures may still change. Nothing is signed yet.")
    return _(
        "The figures are those stored by the closing. They do not change; what is posted later stands in later months. The "
        "hashes prove it: the sealed file of the month carries the same."
    )


def _signatures(facts: PackFacts) -> Iterator[Signature]:
    closing = facts.closing
    yield Signature(_("Prepared by"), facts.made_by)
    yield Signature(_("Closed by"), "" if closing is None else closing.closed_by)
    yield Signature(_("Reviewed by"))
    yield Signature(_("Approved by"))
