"""The review on paper: figures, bridge, categories, waste, the items that matter, and three signatures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from core.costing.rules import COLUMNS, SIGNS, Days, change_of, share_of
from core.costing.steps.words import SHORT_TITLES, TITLES, WITHOUT_CATEGORY, WITHOUT_REASON
from core.costing.types import BranchRow, Review, WasteRow
from core.documents import (
    Bar,
    Cell,
    Chart,
    Column,
    Fact,
    Line,
    Paper,
    PaperTable,
    Signature,
    Words,
    company_head,
    named,
    notation_of,
)
from core.i18n import Language, Text, _
from core.uow import UnitOfWork

TOP = 20
NOTED = ("waste", "adjustments")


def review_paper(pair: tuple[Review, Review], periods: tuple[Days, Days], language: Language, uow: UnitOfWork) -> Paper:
    """The paper of a review and the one before."""
    review, before = pair
    return Paper(
        head=company_head(uow, language),
        title=_("Monthly cost review"),
        number="",
        facts=(
            Fact(_("Period"), days_words(periods[0])),
            Fact(_("Compared with"), days_words(periods[1])),
            Fact(_("Made on"), uow.now, "instant"),
        ),
        body=tuple(_body(review, before, language)),
        signatures=(Signature(_("Prepared by")), Signature(_("Reviewed by")), Signature(_("Approved by"))),
        coded=False,
        notation=notation_of(uow),
    )


def days_words(days: Days) -> Text:
    """A period as it is written."""
    return _("{first} to {last}", first=days.first.isoformat(), last=days.last.isoformat())


def _body(review: Review, before: Review, language: Language) -> Iterable[PaperTable | Chart | Words]:
    yield figures_table(review, before)
    yield Words(_("Opening + purchases + other in − usage − waste + counts and adjustments − other out = closing."))
    yield _bridge(review)
    yield _categories(review, before, language)
    yield waste_table(review, before, language)
    yield _top_usage(review, before, language)
    yield count_table(review, language)


def figures_table(review: Review, before: Review) -> PaperTable:
    """The columns of the review beside those of the period before."""
    usage, usage_before = review.total.value("usage"), before.total.value("usage")
    lines: list[Line] = []
    for key in COLUMNS:
        now, was = review.total.value(key), before.total.value(key)
        change = change_of(now, was)
        shares = (share_of(now, usage), share_of(was, usage_before)) if key in NOTED else (None, None)
        cells: tuple[Cell, ...] = (TITLES[key], now, was, change.amount, change.ratio, *shares)
        lines.append(Line(cells, "subtotal" if key == "closing" else "line"))
    return PaperTable(
        (
            Column("figure", _("Figure")),
            Column("now", _("This period"), "money"),
            Column("before", _("Last period"), "money"),
            Column("change", _("Against last period"), "money"),
            Column("ratio", _("Against last period %"), "percent"),
            Column("share", _("Share of usage"), "percent"),
            Column("share_before", _("Share of usage, last period"), "percent"),
        ),
        tuple(lines),
    )


def _bridge(review: Review) -> Chart:
    """How the opening became the closing: what came in to the right, what went out to the left."""
    bars = [Bar(TITLES[key], SIGNS.get(key, 1) * review.total.value(key)) for key in COLUMNS]
    shown = tuple(bar for bar in bars if bar.value or bar is bars[0] or bar is bars[-1])
    return Chart(_("From opening to closing"), shown)


def _categories(review: Review, before: Review, language: Language) -> PaperTable:
    earlier = {branch.row.key: branch.row.value("usage") for branch in before.tree}
    columns = (
        Column("category", _("Category")),
        *(Column(key, SHORT_TITLES[key], "money") for key in COLUMNS if _is_used(review, key)),
        Column("ratio", _("Usage change"), "percent"),
    )
    keys = [column.key for column in columns[1:-1]]
    lines = []
    for branch in review.tree:
        row = branch.row
        change = change_of(row.value("usage"), earlier.get(row.key, Decimal(0)))
        lines.append(Line((_indented(branch, language), *(row.value(key) for key in keys), change.ratio)))
    total = review.total
    ratio = change_of(total.value("usage"), before.total.value("usage")).ratio
    lines.append(Line((_("Total"), *(total.value(key) for key in keys), ratio), "subtotal"))
    return PaperTable(columns, tuple(lines), _("By category"))


def _indented(branch: BranchRow, language: Language) -> Text | str:
    """A category's name, moved in by its depth."""
    if not branch.row.title("zh"):
        return WITHOUT_CATEGORY
    return named(lambda one: f"{chr(0x3000) * branch.depth}{branch.row.title(one)}", language)


def _reason(row: WasteRow, language: Language) -> Text | str:
    return named(lambda one: row.title(one) or row.title("zh"), language) if row.title("zh") else WITHOUT_REASON


def _unit(review: Review, code: str, language: Language) -> Text | str:
    return named(partial(review.unit_title, code), language)


def _is_used(review: Review, key: str) -> bool:
    """Side columns without any figure give their room to the others."""
    return key not in ("other_in", "other_out") or any(branch.row.value(key) for branch in review.tree)


def waste_table(review: Review, before: Review, language: Language) -> PaperTable:
    """Waste by reason."""
    earlier = {row.reason: row.value for row in before.waste}
    whole = review.total.value("waste")
    lines = [
        Line(
            (
                _reason(row, language),
                row.entries,
                row.value,
                share_of(row.value, whole),
                earlier.get(row.reason, Decimal(0)),
            )
        )
        for row in review.waste
    ]
    if lines:
        count = sum(row.entries for row in review.waste)
        lines.append(Line((_("Total"), count, whole, None, before.total.value("waste")), "subtotal"))
    columns = (
        Column("reason", _("Reason")),
        Column("entries", _("Ledger entries"), "number"),
        Column("value", _("Value"), "money"),
        Column("share", _("Share of waste"), "percent"),
        Column("before", _("Last period"), "money"),
    )
    return PaperTable(columns, tuple(lines), _("Waste by reason"))


def _top_usage(review: Review, before: Review, language: Language) -> PaperTable:
    earlier = {row.key: row.value("usage") for row in before.items}
    whole = review.total.value("usage")
    used = sorted((row for row in review.items if row.value("usage")), key=lambda row: (-row.value("usage"), row.code))
    lines = []
    for row in used[:TOP]:
        usage, was = row.value("usage"), earlier.get(row.key, Decimal(0))
        figures = (
            row.qty("usage"),
            _unit(review, row.unit, language),
            usage,
            share_of(usage, whole),
            was,
            change_of(usage, was).ratio,
        )
        lines.append(Line((row.code, named(row.title, language), *figures)))
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("qty", _("Quantity"), "qty"),
        Column("unit", _("Unit")),
        Column("value", _("Usage"), "money"),
        Column("share", _("Share of usage"), "percent"),
        Column("before", _("Last period"), "money"),
        Column("ratio", _("Against last period %"), "percent"),
    )
    return PaperTable(columns, tuple(lines), _("The {n} items with the most usage", n=TOP))


def count_table(review: Review, language: Language) -> PaperTable:
    """The largest count differences."""
    lines = [
        Line(
            (
                row.code,
                named(row.title, language),
                row.qty,
                _unit(review, row.unit, language),
                row.gain,
                row.loss,
                row.net,
            )
        )
        for row in review.counts[:TOP]
    ]
    if lines:
        gain, loss = review.count_gain, review.count_loss
        rest = (_("All count differences"), None, None, "", gain, loss, gain - loss)
        lines.append(Line(rest, "subtotal"))
    columns = (
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("qty", _("Difference"), "qty"),
        Column("unit", _("Unit")),
        Column("gain", TITLES["gain"], "money"),
        Column("loss", TITLES["loss"], "money"),
        Column("net", _("Gain less loss"), "money"),
    )
    return PaperTable(columns, tuple(lines), _("The {n} largest count differences", n=TOP))
