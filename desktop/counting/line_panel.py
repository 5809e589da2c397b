"""One difference: how the book came to its figure, who counted what, and why it may be."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import counting
from core.counting import DifferenceRow, LineStory, StoryEntry, TallyRow
from core.i18n import _
from core.words import VarianceReason, word
from desktop.context import AppContext
from desktop.counting.columns import difference_state, signed_words
from desktop.widgets import (
    Button,
    DetailPanel,
    FlowLayout,
    Label,
    TextEdit,
    Words,
    instant_words,
    language,
    number_words,
)


class LinePanel(DetailPanel):
    """Stands beside the differences. `reason_chosen(reason, note)`, `recount_asked`."""

    reason_chosen = Signal(object, str)
    recount_asked = Signal()

    def __init__(self, context: AppContext, row: DifferenceRow, *, may_settle: bool) -> None:
        tongue = language()
        where = "  ·  ".join(part for part in (row.code, row.place(tongue), row.lot) if part)
        super().__init__(row.title(tongue), where, difference_state(row))
        self._row, self._unit = row, row.unit_title(tongue)
        self.add_facts(self._facts())
        if may_settle:
            self._add_reasons()
        if row.difference and context.shell.can_go("stock.odd"):
            trace = partial(context.shell.go, "stock.odd", count_line_id=row.id)
            self.add_action(Button(_("Trace the difference"), trace, icon_name="search"))
        self._story = QVBoxLayout()
        self._story.setContentsMargins(0, 0, 0, 0)
        self._story.setSpacing(6)
        box = QWidget()
        box.setLayout(self._story)
        self.add_section(_("How the book came to it"), box)
        self._tallies = QVBoxLayout()
        self._tallies.setContentsMargins(0, 0, 0, 0)
        self._tallies.setSpacing(6)
        counted = QWidget()
        counted.setLayout(self._tallies)
        self.add_section(_("Figures entered"), counted)
        context.ops.ask(self, counting.get_line_story, then=self._take_story, line_id=row.id)

    def _facts(self) -> list[tuple[Words, Words | QWidget]]:
        row = self._row
        facts: list[tuple[Words, Words | QWidget]] = [
            (
                _("Counted"),
                _("{qty}, {by}, {at}", qty=self._qty(row.counted), by=row.counted_by, at=instant_words(row.counted_at)),
            ),
            (_("Book"), self._qty(row.expected)),
            (_("Difference"), f"{signed_words(row.difference)} {self._unit}"),
        ]
        if row.first_counted is not None:
            facts.append((_("First count"), self._qty(row.first_counted)))
        if row.late:
            facts.append((_("Entered late"), f"{signed_words(row.late)} {self._unit}"))
        if row.moved_since:
            facts.append((_("Moved since counted"), f"{signed_words(row.moved_since)} {self._unit}"))
        if row.note:
            facts.append((_("Note"), row.note))
        return facts

    def _qty(self, qty: Decimal) -> str:
        return f"{number_words(qty)} {self._unit}"

    def _add_reasons(self) -> None:
        self._note = TextEdit(_("Note"), placeholder=_("Note for the reason"))
        chips = FlowLayout(spacing=6)
        for at, reason in enumerate(VarianceReason, start=1):
            words = _("{n} {reason}", n=at, reason=word(reason))
            button = Button(words, partial(self._choose, reason), kind="chip")
            button.setCheckable(True)
            button.setChecked(self._row.reason == reason)
            chips.addWidget(button)
        reasons = QWidget()
        reasons.setLayout(chips)
        chips.setContentsMargins(0, 0, 0, 0)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(reasons)
        column.addWidget(self._note)
        self.add_section(_("Why"), box)
        self.add_action(Button(_("Count again"), self.recount_asked.emit, icon_name="refresh"))

    def _choose(self, reason: VarianceReason) -> None:
        self.reason_chosen.emit(reason, self._note.text().strip())

    def _take_story(self, story: LineStory) -> None:
        if story.start_at is not None:
            start = _("Counted {at}", at=instant_words(story.start_at))
            self._story.addWidget(_line(start, self._qty(story.start)))
        for entry in story.entries:
            self._story.addWidget(self._entry(entry))
        self._story.addWidget(_line(_("Book when counted"), self._qty(story.expected), is_strong=True))
        for entry in story.after:
            self._story.addWidget(self._entry(entry, is_after=True))
        for tally in story.tallies:
            self._tallies.addWidget(self._tally(tally))
        if not story.tallies:
            self._tallies.addWidget(Label(_("None: the line was taken as zero."), "muted"))

    def _entry(self, entry: StoryEntry, *, is_after: bool = False) -> QWidget:
        words = _("{kind} {number}, {at}", kind=word(entry.kind), number=entry.number, at=instant_words(entry.at))
        if is_after:
            words = _("After the count: {what}", what=words)
        elif entry.is_late:
            words = _("Entered late: {what}", what=words)
        return _line(words, f"{signed_words(entry.qty)} {self._unit}")

    @staticmethod
    def _tally(tally: TallyRow) -> QWidget:
        words = _("Round {n}: {by}, {at}", n=tally.round, by=tally.by, at=instant_words(tally.at))
        if tally.is_replaced:
            words = _("Replaced: {what}", what=words)
        return _line(words, f"{number_words(tally.qty)} {tally.unit_en if language() == 'en' else tally.unit}")


def _line(words: Words, figure: str, *, is_strong: bool = False) -> QWidget:
    """Words at the left, a figure at the right."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Label(words, "strong" if is_strong else "muted", wrap=True), 1)
    row.addWidget(Label(figure, "strong" if is_strong else ""), 0, Qt.AlignmentFlag.AlignRight)
    return box
