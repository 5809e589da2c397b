"""The cards of the first page: what each figure is called, what to make of it, and where a click leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.costing import change_of
from core.i18n import Text, _, _n
from core.maintenance import Level, NewestBackup, backup_level
from core.reports import FigureKind, TodayFigure
from desktop.theme import Meaning
from desktop.widgets import FigureCard, Words, money_words, number_words, percent_words

MOST = 8
DAY_HOURS = 24
_LEVELS = {Level.OK: Meaning.GOOD, Level.WARN: Meaning.SOON, Level.BAD: Meaning.DANGER}
# Which may make room when there are more than eight, as long as nothing is to be said of them.
_YIELDING = (FigureKind.LABELS, FigureKind.TRANSIT, FigureKind.COUNTS, FigureKind.EXPIRING, FigureKind.BELOW)
# What stands in the work list too, or changes slowly, makes room next, whatever it says.
_LAST = (
    FigureKind.TRANSIT, FigureKind.COUNTS, FigureKind.RECEIPTS, FigureKind.EXPIRING, FigureKind.TURNOVER,
    FigureKind.FILL_RATE,
)  # fmt: skip
_ORDER = (
    FigureKind.STOCK_VALUE, FigureKind.USAGE, FigureKind.BUDGET, FigureKind.WASTE, FigureKind.RECEIPTS,
    FigureKind.BELOW, FigureKind.EXPIRING, FigureKind.FILL_RATE, FigureKind.TURNOVER, FigureKind.COUNTS,
    FigureKind.TRANSIT, FigureKind.LABELS, "backup",
)  # fmt: skip
LEAST_FILLED = Decimal("0.95")

Target = tuple[str, Mapping[str, object]]
Note = tuple[Words, Meaning]


@dataclass(frozen=True, slots=True)
class CardFace:
    """A card as it is shown; `targets` are the pages a click may lead to, the first that can be opened counts; `brief`
    stands for a note that does not fit."""

    key: str
    title: Words
    figure: Words
    unit: Words
    note: Note
    trend: tuple[Decimal, ...]
    targets: tuple[Target, ...]
    is_silent: bool = False
    brief: Words = ""

    def make(self, do: Callable[[], object]) -> FigureCard:
        """The card itself."""
        card = FigureCard(self.title, do)
        self.dress(card)
        return card

    def dress(self, card: FigureCard) -> None:
        """Say this on a card that is there."""
        card.set_figure(self.figure, self.unit)
        card.set_note(*self.note, brief=self.brief)
        card.set_trend(self.trend)


def face_of(figure: TodayFigure, day: date) -> CardFace:
    """A figure as a card."""
    title, units, note_of = _LOOKS[figure.kind]
    number = int(figure.amount)
    said = money_words(figure.amount, sign=True) if figure.is_money else number_words(figure.amount)
    if figure.kind is FigureKind.FILL_RATE:
        said = percent_words(figure.amount)
    unit: Words = "" if figure.is_money or units is None else units(number)
    is_silent = figure.kind in _YIELDING and not figure.amount and not figure.beside
    targets = _targets(figure, day)
    brief = _BRIEFS[figure.kind](figure) if figure.kind in _BRIEFS else ""
    return CardFace(figure.kind, title, said, unit, note_of(figure), figure.trend, targets, is_silent, brief)


def backup_face(newest: NewestBackup | None) -> CardFace:
    """The newest backup as a card."""
    targets: tuple[Target, ...] = (("settings.maintenance", {}),)
    title = _("Newest backup")
    if newest is None:
        note = (_("Make a backup now"), Meaning.DANGER)
        return CardFace("backup", title, _("none"), "", note, (), targets)
    level = backup_level(newest.hours, newest.is_verified)
    words = newest.file if newest.is_verified else _("not verified")
    days = newest.hours // DAY_HOURS
    number = days if days > 1 else newest.hours
    unit = _n("day old", "days old", days) if days > 1 else _n("hour old", "hours old", newest.hours)
    return CardFace("backup", title, str(number), unit, (words, _LEVELS[level]), (), targets)


def at_most_eight(faces: list[CardFace]) -> list[CardFace]:
    """Eight cards at most, in their order: those of which nothing is to be said make room first, then what stands in the
    work list too or changes slowly, then the last."""
    kept = sorted(faces, key=lambda face: _ORDER.index(face.key))
    for kinds, only_silent in ((_YIELDING, True), (_LAST, False)):
        for kind in kinds:
            one = next((face for face in kept if face.key == kind and (face.is_silent or not only_silent)), None)
            if len(kept) > MOST and one is not None:
                kept.remove(one)
    return kept[:MOST]


def _targets(figure: TodayFigure, day: date) -> tuple[Target, ...]:
    monday, week = day - timedelta(days=day.weekday()), day - timedelta(days=6)
    usage = {"first": monday.isoformat(), "last": day.isoformat()}
    waste = {"first": week.isoformat(), "last": day.isoformat()}
    found: dict[FigureKind, tuple[Target, ...]] = {
        FigureKind.STOCK_VALUE: (("stock.on_hand", {}),),
        FigureKind.USAGE: (("month_end.review", usage),),
        FigureKind.WASTE: (
            ("month_end.review", {**waste, "tab": "waste"}),
            ("stock.ledger", {"kind": "waste", **waste}),
            ("stock.waste", {}),
        ),
        FigureKind.RECEIPTS: (("stock.postings", {"kind": "receipt"}),),
        FigureKind.BELOW: (("stock.on_hand", {"level": "below"}),),
        FigureKind.EXPIRING: (("stock.lots", {"board": "days3"}),),
        FigureKind.COUNTS: (("stock.counts", {}),),
        FigureKind.TRANSIT: (("stock.transit", {}),),
        FigureKind.LABELS: (("labels", {}),),
        FigureKind.BUDGET: (("month_end.budgets", {}),),
        FigureKind.TURNOVER: (
            ("reports.report", {"name": "stock-turnover"}), ("stock.ageing", {}), ("stock.on_hand", {}),
        ),
        FigureKind.FILL_RATE: (("purchasing.scorecard", {}), ("purchasing.orders", {})),
    }  # fmt: skip
    return found[figure.kind]


def _value_note(figure: TodayFigure) -> Note:
    if figure.beside is None:
        return "", Meaning.PLAIN
    return _("{change} on a week ago", change=_change_words(figure.amount, figure.beside)), Meaning.PLAIN


def _usage_note(figure: TodayFigure) -> Note:
    before = figure.beside or Decimal(0)
    words = _(
        "last week to now {amount} ({change})", amount=money_words(before), change=_change_words(figure.amount, before)
    )
    return words, Meaning.PLAIN


def _waste_note(figure: TodayFigure) -> Note:
    week = figure.beside or Decimal(0)
    return _(
        "7 days: {amount}", amount=money_words(week, sign=True) if figure.is_money else number_words(week)
    ), Meaning.PLAIN


def _receipts_note(figure: TodayFigure) -> Note:
    words = "" if figure.beside is None else _("worth {amount}", amount=money_words(figure.beside, sign=True))
    return words, Meaning.PLAIN


def _below_note(figure: TodayFigure) -> Note:
    return (_("to be ordered"), Meaning.DANGER) if figure.amount else (_("enough of everything"), Meaning.GOOD)


def _expiring_note(figure: TodayFigure) -> Note:
    expired = int(figure.beside or 0)
    if expired:
        return _n("{n} lot has expired", "{n} lots have expired", expired), Meaning.DANGER
    return (_("to be used first"), Meaning.SOON) if figure.amount else (_("nothing expires"), Meaning.GOOD)


def _counts_note(figure: TodayFigure) -> Note:
    waiting = int(figure.beside or 0)
    if waiting:
        return _n("{n} waits for approval", "{n} wait for approval", waiting), Meaning.SOON
    return (_("being counted"), Meaning.PLAIN) if figure.amount else (_("none open"), Meaning.PLAIN)


def _transit_note(figure: TodayFigure) -> Note:
    return (_("to be received"), Meaning.SOON) if figure.amount else (_("nothing on its way"), Meaning.PLAIN)


def _labels_note(figure: TodayFigure) -> Note:
    waiting = int(figure.beside or 0)
    if waiting:
        return _n("{n} job waits for you", "{n} jobs wait for you", waiting), Meaning.SOON
    return (_("Enter, Enter: printed"), Meaning.SOON) if figure.amount else (_("every shelf is right"), Meaning.GOOD)


def _budget_note(figure: TodayFigure) -> Note:
    budget = figure.beside or Decimal(0)
    if figure.amount > budget:
        return _("over the budget of {budget}", budget=money_words(budget, sign=True)), Meaning.DANGER
    if figure.expected is None:
        return _("of {budget}", budget=money_words(budget, sign=True)), Meaning.PLAIN
    words = _(
        "of {budget}, will be {expected}",
        budget=money_words(budget, sign=True),
        expected=money_words(figure.expected, sign=True),
    )
    return words, Meaning.SOON if figure.expected > budget else Meaning.GOOD


def _budget_brief(figure: TodayFigure) -> Words:
    """What matters most of it: how the month will end."""
    budget = money_words(figure.beside or Decimal(0), sign=True)
    if figure.amount > (figure.beside or Decimal(0)) or figure.expected is None:
        return _("of {budget}", budget=budget)
    return _("will be {expected}", expected=money_words(figure.expected, sign=True))


def _usage_brief(figure: TodayFigure) -> Words:
    return _("{change} on last week", change=_change_words(figure.amount, figure.beside or Decimal(0)))


def _fill_brief(figure: TodayFigure) -> Words:
    lines = int(figure.beside or 0)
    return _n("of {n} line", "of {n} lines", lines)


def _turnover_note(figure: TodayFigure) -> Note:
    days = int(figure.beside or 0)
    return _n("lasts {n} day at this usage", "lasts {n} days at this usage", days), Meaning.PLAIN


def _fill_note(figure: TodayFigure) -> Note:
    lines = int(figure.beside or 0)
    words = _n("of {n} line due in 4 weeks", "of {n} lines due in 4 weeks", lines)
    return words, Meaning.GOOD if figure.amount >= LEAST_FILLED else Meaning.SOON


def _change_words(now: Decimal, before: Decimal) -> str:
    change = change_of(now, before)
    sign = "+" if change.amount > 0 else ""
    return sign + (money_words(change.amount) if change.ratio is None else percent_words(change.ratio))


_LOOKS: dict[FigureKind, tuple[Text, Callable[[int], Text] | None, Callable[[TodayFigure], Note]]] = {
    FigureKind.STOCK_VALUE: (_("Stock value"), None, _value_note),
    FigureKind.USAGE: (_("Usage this week"), None, _usage_note),
    FigureKind.WASTE: (_("Waste today"), lambda n: _n("entry", "entries", n), _waste_note),
    FigureKind.RECEIPTS: (_("Receipts today"), lambda n: _n("delivery", "deliveries", n), _receipts_note),
    FigureKind.BELOW: (_("Below safety stock"), lambda n: _n("item", "items", n), _below_note),
    FigureKind.EXPIRING: (_("Expiring in 3 days"), lambda n: _n("lot", "lots", n), _expiring_note),
    FigureKind.COUNTS: (_("Open counts"), lambda n: _n("count", "counts", n), _counts_note),
    FigureKind.TRANSIT: (_("In transit"), lambda n: _n("transfer", "transfers", n), _transit_note),
    FigureKind.LABELS: (_("Labels to print"), lambda n: _n("label", "labels", n), _labels_note),
    FigureKind.BUDGET: (_("Cost of the month"), None, _budget_note),
    FigureKind.TURNOVER: (_("Stock turns"), lambda _n_times: _("times a year"), _turnover_note),
    FigureKind.FILL_RATE: (_("Order lines in full"), None, _fill_note),
}
_BRIEFS: dict[FigureKind, Callable[[TodayFigure], Words]] = {
    FigureKind.USAGE: _usage_brief,
    FigureKind.BUDGET: _budget_brief,
    FigureKind.FILL_RATE: _fill_brief,
}
