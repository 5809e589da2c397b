"""One line large: where, what, and a box for each unit. Digits, Enter, next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.counting import CountLine, CountPart, Onto, row_and_figure
from core.errors import CoreError
from core.i18n import _
from desktop.counting.columns import counted_words
from desktop.counting.scanned_boxes import ScannedBoxes, UnitBox
from desktop.theme import Meaning
from desktop.widgets import Button, Keypad, Label, Notice, date_words, language, number_words, restyle

LOW = 330


class BigLine(QFrame):
    """`entered(line, parts, onto)` when a figure is given; `skipped` for Enter on nothing; `row_typed(row, figure)` for
    "17 3"; `cleared(line)` when a figure is taken back."""

    entered = Signal(object, object, object)
    skipped = Signal()
    row_typed = Signal(int, str)
    cleared = Signal(object)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.line: CountLine | None = None
        self._choices: dict[int, Onto] = {}
        self._waiting: tuple[CountPart, ...] = ()
        self._is_low = False
        self._place, self._row = Label("", "heading"), Label("", "muted")
        self._name = Label("", "figure", wrap=True)
        self._facts = Label("", "muted", wrap=True)
        self._book = Label("", "muted")
        self._counted = Label("", "strong", wrap=True)
        self._boxes = [UnitBox(), UnitBox(), UnitBox()]
        self._keypad = Keypad()
        self.scanned = ScannedBoxes(self._boxes, self._keypad)
        self._keypad.hide()
        self._keypad.done.connect(self.submit)
        self._ask = Notice(meaning=Meaning.SOON)
        self._ask.add_button(Button(_("Add to it"), lambda: self.answer(Onto.ADD), kind="link"))
        self._ask.add_button(Button(_("Replace it"), lambda: self.answer(Onto.REPLACE), kind="link"))
        self._ask.hide()
        self._clear = Button(_("Take back"), self._on_clear, kind="link", icon_name="undo")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for box in self._boxes:
            box.edit.field().installEventFilter(self)
        self._lay_out()
        self.setFocusProxy(self._boxes[0].edit.field())

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self._place, 1)
        where.addWidget(self._row)
        boxes = QHBoxLayout()
        boxes.setSpacing(8)
        for box in self._boxes:
            boxes.addWidget(box, 1)
        self._box_row = QWidget()
        self._box_row.setLayout(boxes)
        boxes.setContentsMargins(0, 0, 0, 0)
        self._save = Button(_("Enter and next"), self.submit, kind="big")
        self._save_small = Button(_("Enter and next"), self.submit, kind="primary")
        self._save_small.hide()
        for button in (self._save, self._save_small):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        back = Button(_("Line before"), lambda: self.stepped.emit(-1), icon_name="chevron-up", kind="icon")
        ahead = Button(_("Next line"), lambda: self.stepped.emit(1), icon_name="chevron-down", kind="icon")
        for button in (back, ahead, self._save, self._save_small):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.addWidget(back)
        foot.addWidget(ahead)
        foot.addWidget(self._save, 1)
        foot.addWidget(self._save_small, 1)
        self._done = QWidget()
        done = QHBoxLayout(self._done)
        done.setContentsMargins(0, 0, 0, 0)
        done.addWidget(self._counted, 1)
        done.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addLayout(where)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addWidget(self._book)
        column.addWidget(self._box_row)
        column.addWidget(self._keypad, 4)
        column.addWidget(self._ask)
        column.addWidget(self._done)
        column.addStretch(1)
        column.addLayout(foot)

    # --- what is shown

    def show_line(self, line: CountLine, *, shows_book: bool) -> None:
        """Show a line. What is typed stays when it is the line shown already."""
        is_same = self.line is not None and self.line.id == line.id
        self.line = line
        self._place.set_words(line.place(language()))
        self._row.set_words(_("Row {n}", n=line.position))
        self._name.set_words(line.title(language()))
        self._facts.set_words("  ·  ".join(self._facts_of(line)))
        self._book.setVisible(shows_book and line.expected is not None)
        if line.expected is not None:
            told = f"{number_words(line.expected)} {line.unit_title(language())}"
            self._book.set_words(_("Book: {qty}", qty=told))
        self._say_counted(line)
        if not is_same:
            self._fill_boxes(line)

    @staticmethod
    def _facts_of(line: CountLine) -> Sequence[str]:
        facts = [line.code, line.spec, line.lot]
        if line.expires_on is not None:
            facts.append(date_words(line.expires_on))
        return [fact for fact in facts if fact]

    def _say_counted(self, line: CountLine) -> None:
        self._done.setVisible(line.counted is not None)
        self._clear.setVisible(line.counted is not None and not line.is_assumed and not line.needs_recount)
        if line.needs_recount:
            self._counted.set_words(_("Count this line again."))
        elif line.counted is None:
            self._counted.set_words("")
        else:
            self._counted.set_words(_("Counted: {qty}", qty=counted_words(line)))

    def _fill_boxes(self, line: CountLine) -> None:
        self._ask.hide()
        self._waiting = ()
        self.scanned.clear()
        for at, box in enumerate(self._boxes):
            box.setVisible(at < len(line.units))
            box.edit.clear()
            if at < len(line.units):
                box.set_unit(line.units[at].unit, line.units[at].title(language()))
        self._keypad.clear()
        self._keypad.set_units([(unit.unit, unit.title(language())) for unit in line.units])
        self.focus_unit("")

    def focus_unit(self, unit: str) -> None:
        """Put the keyboard into the box of a unit (of a scanned case), else the first."""
        if self._keypad.isVisible():
            self._keypad.setFocus()
            return
        shown = [box for box in self._boxes if not box.isHidden()]
        wanted = next((box for box in shown if unit and box.unit == unit), shown[0] if shown else None)
        if wanted is not None:
            wanted.edit.field().setFocus(Qt.FocusReason.TabFocusReason)

    def show_keypad(self, is_shown: bool) -> None:
        """Large keys for fingers, or boxes for the keyboard."""
        self._keypad.setVisible(is_shown)
        self._box_row.setVisible(not is_shown)
        self._fit()
        self.focus_unit("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = event.size().height() < LOW
        if is_low != self._is_low:
            self._is_low = is_low
            self._fit()

    def _fit(self) -> None:
        """Beside the keypad and on a low screen name and button are smaller, so that nothing is cut."""
        is_close = self._is_low or not self._keypad.isHidden()
        self._facts.setVisible(not is_close)
        self._name.setProperty("role", "heading" if is_close else "figure")
        restyle(self._name)
        self._save.setVisible(not is_close)
        self._save_small.setVisible(is_close)

    def show_error(self, error: CoreError) -> None:
        """Say at the box why a figure was not taken."""
        shown = next((box for box in self._boxes if not box.isHidden()), None)
        if shown is not None:
            shown.edit.set_error(error.text)
            self.focus_unit("")

    def has_typed(self) -> bool:
        """Whether a figure stands here that was not entered."""
        return any(box.edit.text().strip() for box in self._boxes) or bool(self._keypad.text())

    # --- what is entered

    def submit(self) -> None:
        """Enter what is typed: a figure, or a row and a figure from paper; nothing goes on to the next line."""
        line = self.line
        if line is None:
            return
        typed = row_and_figure(self._boxes[0].edit.text())
        if typed is not None and not self._keypad.isVisible():
            self._boxes[0].edit.clear()
            self.row_typed.emit(*typed)
            return
        parts = self._parts()
        if parts is None:
            return
        if not parts:
            self.skipped.emit()
        elif line.is_open:
            self.entered.emit(line, parts, Onto.FIRST)
        elif line.id in self._choices:
            self.entered.emit(line, parts, self._choices[line.id])
        else:
            self.ask_onto(line, parts)

    def type_figure(self, figure: str) -> None:
        """Put a figure in as if it had been typed, in the smallest unit."""
        shown = [box for box in self._boxes if not box.isHidden()]
        if shown:
            shown[-1].edit.type_text(figure)

    def ask_onto(self, line: CountLine, parts: tuple[CountPart, ...]) -> None:
        """The line has a figure already: add to it, or replace it? Asked once for each line."""
        self._waiting = parts
        self._ask.say(_("{qty} was counted here already. Add to it or replace it?", qty=counted_words(line)))

    def answer(self, onto: Onto) -> None:
        """What was asked is answered."""
        parts, self._waiting = self._waiting, ()
        self._ask.hide()
        if self.line is not None and parts:
            self._choices[self.line.id] = onto
            self.entered.emit(self.line, parts, onto)

    def is_asking(self) -> bool:
        """Whether it waits to hear whether to add or to replace."""
        return bool(self._waiting)

    def _parts(self) -> tuple[CountPart, ...] | None:
        """The figures typed; None when one cannot be read (its box says so)."""
        if self._keypad.isVisible():
            value = self._keypad.value()
            return (CountPart(value, self._keypad.unit() or ""),) if value is not None else ()
        shown = [box for box in self._boxes if not box.isHidden()]
        wrong = [box for box in shown if not box.edit.check()]
        if wrong:
            return None
        found = [(box.edit.value(), box.unit) for box in shown]
        return tuple(CountPart(value, unit) for value, unit in found if value is not None)

    def _on_clear(self) -> None:
        if self.line is not None:
            self.cleared.emit(self.line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if self.is_asking() and event.text().casefold() in ("a", "+", "r", "="):
            self.answer(Onto.ADD if event.text().casefold() in ("a", "+") else Onto.REPLACE)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
            return True
        return False
