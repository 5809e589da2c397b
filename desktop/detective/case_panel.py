"""One difference looked into: its figures, what may explain it with what speaks for it, and the button that puts it right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.detective import Case, Evidence, EvidenceKind, Facts, Finding, Mend
from core.errors import CoreError
from core.i18n import Name, _, _n
from desktop.context import AppContext
from desktop.detective.mends import can_mend, icon_of, run_mend
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    DetailPanel,
    Label,
    Notice,
    Words,
    instant_words,
    language,
    money_words,
    number_words,
)

ROUTES = {
    EvidenceKind.POSTING: ("stock.posting", "posting_id"),
    EvidenceKind.ORDER: ("purchasing.order", "order_id"),
    EvidenceKind.INVOICE: ("purchasing.invoice", "invoice_id"),
    EvidenceKind.COUNT: ("stock.count_review", "count_id"),
    EvidenceKind.FIGURE: ("stock.count", "count_id"),
}


class CasePanel(DetailPanel):
    """Findings best first; each opens its evidence and runs its mend."""

    def __init__(self, context: AppContext, case: Case) -> None:
        tongue = language()
        facts = case.facts
        where = (facts.code, facts.place.render(tongue), facts.lot)
        super().__init__(facts.item.render(tongue), "  ·  ".join(part for part in where if part))
        self._context, self.case = context, case
        self._notice = Notice()
        self._notice.hide()
        self.add_widget(self._notice)
        self.add_facts(list(_facts(facts)))
        self.mends: list[Button] = []
        if case.findings:
            n = len(case.findings)
            heading = _n("{n} explanation", "{n} explanations, likeliest first", n)
            self.add_section(heading, self._findings())
            if case.facts.date_before is not None and any(_is_by_hand(one) for one in case.findings):
                at = instant_words(case.facts.date_before)
                words = _(
                    "The count is not posted yet: date what you correct before {at}, or it is corrected twice.", at=at
                )
                self.add_widget(Label(words, "muted", wrap=True))
        elif case.facts.difference:
            self.add_section(_("Nothing simple explains it"), self._nothing())
        else:
            self.add_widget(Badge(BadgeLook(_("The book and the shelf agree"), Meaning.GOOD)))
        self._add_ways_out()

    def _findings(self) -> QWidget:
        box, column = _column(12)
        for at, finding in enumerate(self.case.findings):
            column.addWidget(self._card(finding, is_first=at == 0))
        return box

    def _card(self, finding: Finding, *, is_first: bool) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(Badge(_look(finding)), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Label(finding.words, "strong" if is_first else "", wrap=True))
        for evidence in finding.evidence:
            column.addWidget(self._evidence(evidence))
        if finding.mend is not None and can_mend(self._context, finding.mend):
            column.addWidget(self._button(finding.mend, is_first=is_first), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _button(self, mend: Mend, *, is_first: bool) -> Button:
        kind = "primary" if is_first else "plain"
        button = Button(mend.words, lambda: self._mend(mend), icon_name=icon_of(mend), kind=kind)
        self.mends.append(button)
        return button

    def _evidence(self, evidence: Evidence) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        route, key = ROUTES.get(evidence.kind, ("", ""))
        if evidence.id and self._context.shell.can_go(route):
            link = Button(evidence.words, lambda: self._context.shell.go(route, **{key: evidence.id}), kind="link")
            link.setStyleSheet("padding: 0; text-align: left")
            row.addWidget(link)
        else:
            row.addWidget(Label(evidence.words, "muted", wrap=True), 1)
        row.addStretch(1)
        if evidence.at is not None:
            row.addWidget(Label(instant_words(evidence.at), "muted"))
        if evidence.qty is not None:
            row.addWidget(Label(_qty(evidence.qty, evidence.unit)), 0, Qt.AlignmentFlag.AlignRight)
        return box

    def _nothing(self) -> QWidget:
        box, column = _column(8)
        words = _(
            "No unit, digit, neighbour, order, transfer, invoice or posting fits the difference. Count it once more; when the"
            " figure stays, something was taken or came in without being booked."
        )
        column.addWidget(Label(words, "muted", wrap=True))
        return box

    def _add_ways_out(self) -> None:
        facts, shell = self.case.facts, self._context.shell
        if shell.can_go("stock.ledger"):
            ledger = lambda: shell.go("stock.ledger", item_id=facts.item_id)  # noqa: E731
            self.add_action(Button(_("Ledger"), ledger, icon_name="history"))
        if facts.count_id and shell.can_go("stock.count_review"):
            count = lambda: shell.go("stock.count_review", count_id=facts.count_id)  # noqa: E731
            self.add_action(Button(_("Open the count"), count, icon_name="count"))
        elif shell.can_go("stock.counts"):
            start = lambda: shell.go("stock.counts", is_starting=True)  # noqa: E731
            self.add_action(Button(_("Start a new count"), start, icon_name="count"))

    def _mend(self, mend: Mend) -> None:
        self._notice.hide()
        for button in self.mends:
            button.setEnabled(False)
        run_mend(self._context, self, mend, self._done, self._failed)
        if mend.page:
            self._enable()

    def _done(self) -> None:
        self._notice.say(_("Done. The difference is looked at again."), Meaning.GOOD)
        self._notice.show()

    def _failed(self, error: CoreError) -> None:
        self._enable()
        self._notice.say(error.text, Meaning.DANGER)
        self._notice.show()

    def _enable(self) -> None:
        for button in self.mends:
            button.setEnabled(True)


def _is_by_hand(finding: Finding) -> bool:
    """Whether a person puts it right on another page, with a date of their own."""
    return finding.mend is not None and finding.mend.page in (
        "purchasing.receive",
        "purchasing.invoice",
        "stock.posting",
    )


def _facts(facts: Facts) -> Iterator[tuple[Words, Words]]:
    if facts.counted is not None:
        yield _("On the shelf"), _qty(facts.counted, facts.unit)
    yield _("Book"), _qty(facts.expected, facts.unit)
    missing = _qty(facts.difference, facts.unit)
    worth = "" if facts.value is None else f"  ({money_words(facts.value, sign=True)})"
    if facts.counted is None:
        yield _("Missing in the book at least"), f"{missing}{worth}"
    else:
        yield _("Difference"), f"{'+' if facts.difference > 0 else ''}{missing}{worth}"
    if facts.count_number:
        yield _("Counted on"), _("{number}, {at}", number=facts.count_number, at=instant_words(facts.at))
    n = facts.entries
    if facts.last_counted_at is None:
        yield _("Looked at"), _n("{n} entry, never counted before", "{n} entries, never counted before", n)
    else:
        last = instant_words(facts.last_counted_at)
        yield _("Looked at"), _n("{n} entry since the count of {at}", "{n} entries since the count of {at}", n, at=last)


def _qty(qty: Decimal, unit: Name) -> str:
    return f"{number_words(qty)} {unit.render(language())}".rstrip()


def _look(finding: Finding) -> BadgeLook:
    if finding.is_likely:
        return BadgeLook(_("Likely"), Meaning.SOON, "search")
    return BadgeLook(_("Possible"), Meaning.PLAIN)


def _column(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return box, column
