"""How the opening became the closing: the bridge, all figures against the period before, and that they tie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.costing import COLUMNS, SHORT_TITLES, TITLES, Review, change_of, share_of
from core.i18n import Text, _
from desktop.theme import Meaning
from desktop.widgets import BridgeChart, BridgeStep, Column, IconLabel, Kind, Label, RowTable, Words, money_words

SIGNS = {"usage": -1, "waste": -1, "other_out": -1}
BOTH_FROM = 840
SIDE = ("other_in", "other_out")
MEANINGS = {
    "receipts": Meaning.ACCENT,
    "usage": Meaning.ACCENT,
    "waste": Meaning.SOON,
    "other_in": Meaning.PLAIN,
    "other_out": Meaning.PLAIN,
}
_Of = Callable[[Review], Decimal]
PARTS: dict[str, _Of] = {"gain": lambda one: one.count_gain, "loss": lambda one: one.count_loss}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the whole, against the period before."""

    id: str
    title: Words
    now: Decimal
    before: Decimal | None
    share: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """How much more."""
        return None if self.before is None else change_of(self.now, self.before).amount

    @property
    def ratio(self) -> Decimal | None:
        """How much more, as a share of before."""
        return None if self.before is None else change_of(self.now, self.before).ratio


class Overview(QWidget):
    """`asked(column)` when the person wants to know why."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.bridge = BridgeChart(_("From opening to closing"), shown=money_words)
        self.bridge.picked.connect(self.asked)
        self.table = RowTable(
            [
                Column("title", _("Figure"), 120, stretch=True, sortable=False),
                Column("now", _("This period"), 112, kind=Kind.MONEY, why=True, sortable=False),
                Column("before", _("Last period"), 112, kind=Kind.MONEY, sortable=False),
                Column("change", _("Against last period"), 136, kind=Kind.MONEY, sortable=False),
                Column("ratio", _("In %"), 88, kind=Kind.PERCENT, sortable=False, wide_only=True),
                Column("share", _("Share of usage"), 88, kind=Kind.PERCENT, sortable=False, wide_only=True),
            ],
            name=_("Figures against last period"),
            key="costing.figures",
        )
        self.table.why_requested.connect(lambda line, _key: self.asked.emit(line.id))
        self.table.row_activated.connect(lambda line: self.asked.emit(line.id))
        self._tie_icon = IconLabel("check", Meaning.GOOD)
        self._tie = Label("", "muted", elide=True)
        self._lay_out()

    def _lay_out(self) -> None:
        tie = QHBoxLayout()
        tie.setContentsMargins(16, 4, 16, 8)
        tie.addWidget(self._tie_icon)
        tie.addWidget(self._tie, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(self.bridge, 5)
        halves.addWidget(self.table, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addLayout(halves, 1)
        column.addLayout(tie)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside an open panel there is room for the bridge alone; its figures must be read."""
        super().resizeEvent(event)
        self.table.setVisible(event.size().width() >= BOTH_FROM)

    def show_review(self, review: Review, before: Review | None) -> None:
        """Show a period, against the one before once that is known."""
        self.bridge.set_steps(list(_steps(review)))
        self.table.set_rows(list(_lines(review, before)))
        self._tie.set_words(_tie_words(review))
        meaning = Meaning.GOOD if review.ties else Meaning.DANGER
        self._tie_icon.set_icon("check" if review.ties else "error", meaning)

    def tie_words(self) -> str:
        """What is said about how the figures tie."""
        return self._tie.text()


def _steps(review: Review) -> list[BridgeStep]:
    steps = []
    for key in COLUMNS:
        amount = review.total.value(key)
        if key in SIDE and not amount:
            continue
        if key == "closing":
            steps.append(BridgeStep(key, SHORT_TITLES[key], is_total=True))
            continue
        meaning = MEANINGS.get(key)
        if key == "adjustments" and amount:
            meaning = Meaning.GOOD if amount > 0 else Meaning.DANGER
        steps.append(BridgeStep(key, SHORT_TITLES[key], SIGNS.get(key, 1) * amount, key == "opening", meaning))
    return steps


def _lines(review: Review, before: Review | None) -> list[FigureLine]:
    found: list[FigureLine] = []
    for key in COLUMNS:
        found.append(_line((review, before), key, TITLES[key], _value_of(key)))
        if key == "adjustments" and review.counts:
            for part, of in PARTS.items():
                found.append(_line((review, before), part, _("of which {part}", part=TITLES[part]), of))
    if review.total.variance:
        found.append(_line((review, before), "variance", TITLES["variance"], lambda one: one.total.variance))
    return found


def _value_of(key: str) -> _Of:
    return lambda one: one.total.value(key)


def _line(pair: tuple[Review, Review | None], key: str, title: Words, of: _Of) -> FigureLine:
    review, before = pair
    share = share_of(of(review), review.total.value("usage")) if key not in ("opening", "closing") else None
    return FigureLine(key, title, of(review), None if before is None else of(before), share)


def _tie_words(review: Review) -> Text:
    total = review.total
    facts = {key: _bracketed(total.value(key)) for key in COLUMNS}
    if review.ties:
        return _(
            "{opening} + {receipts} + {other_in} − {usage} − {waste} + {adjustments} − {other_out} = {closing}: "
            "the value of the stock, to the cent.",
            **facts,
        )
    value = total.value("closing") + _missing(review)
    return _(
        "The columns come to {closing}, the stock is worth {value}. Please run the check of the ledger.",
        closing=facts["closing"],
        value=money_words(value),
    )


def _missing(review: Review) -> Decimal:
    return Decimal(review.stock_minor - review.total.minors[-1]).scaleb(-review.total.digits)


def _bracketed(amount: Decimal) -> str:
    return f"({money_words(amount)})" if amount < 0 else money_words(amount)
