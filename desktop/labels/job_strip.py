"""One job in a band: how far it is, what holds it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from core import labels
from core.errors import CoreError
from core.i18n import Text, _, join
from core.labels import JobRow
from core.words import LabelJobState
from desktop.context import AppContext
from desktop.labels.looks import TROUBLES
from desktop.labels.runs import LabelRuns
from desktop.labels.sheets import show_sheets
from desktop.theme import Meaning
from desktop.widgets import Button, IconLabel, Label, Words, ui_text

OPEN = (LabelJobState.PRINTING, LabelJobState.PAUSED, LabelJobState.ASKED)


class JobStrip(QWidget):
    """`changed` when something was done to the job, `details_wanted(job_id)` from its button."""

    changed = Signal()
    details_wanted = Signal(int)

    def __init__(self, context: AppContext, runs: LabelRuns, *, has_details: bool = True) -> None:
        super().__init__()
        self._context, self._runs = context, runs
        self.row: JobRow | None = None
        self._guess = 0
        self.words = Label("", wrap=True)
        self._icon = IconLabel("print", Meaning.ACCENT)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(ui_text(_("Progress")))
        self.go_on = Button(_("Go on"), self._go_on, kind="primary")
        self.pause = Button(_("Pause"), self._pause)
        self.cancel = Button(_("Cancel"), self._cancel)
        self.number = QSpinBox()
        self.number.setAccessibleName(ui_text(_("Last good label")))
        self.answer = Button(_("Print the rest"), self._answer, kind="primary")
        self.all_good = Button(_("All are good"), self._all_good)
        self.details = Button(_("Show"), self._show_details)
        self.details.setVisible(has_details)
        self._has_details = has_details
        self._lay_out()
        runs.changed.connect(self._show_now)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for widget in (self.number, self.answer, self.all_good, self.go_on, self.pause, self.cancel, self.details):
            buttons.addWidget(widget)
        buttons.addStretch(0)
        self._buttons = buttons
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(self.words)
        middle.addWidget(self.bar)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self._icon)
        self._row.addLayout(middle, 1)
        self._row.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_narrow(self) -> None:
        """In a panel the buttons stand under the words."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._buttons.setStretch(self._buttons.count() - 1, 1)
        self._icon.hide()

    # --- showing

    def show_job(self, row: JobRow) -> None:
        """Show a job as it stands."""
        is_new_question = self.row is None or self.row.state is not row.state or self.row.job_id != row.job_id
        self.row = row
        self.number.setRange(0, row.labels)
        if row.state is LabelJobState.ASKED and is_new_question:
            self.number.setValue(row.confirmed)
            self._context.ops.ask(self, labels.get_job, job_id=row.job_id, numbers=(), then=self._on_card)
        self._show_now()

    def _on_card(self, card: labels.JobCard) -> None:
        self.number.setValue(card.last_good)

    def _show_now(self) -> None:
        row = self.row
        if row is None:
            return
        told = self._runs.progress(row.job_id)
        done = told.confirmed if told is not None else row.confirmed
        self.bar.setRange(0, max(row.labels, 1))
        self.bar.setValue(done)
        is_running = self._runs.is_running(row.job_id)
        is_asked = row.state is LabelJobState.ASKED and not is_running
        is_held = told is not None and told.is_held
        self._icon.set_icon(
            "question" if is_asked else "print", Meaning.ACCENT if is_running and not is_held else Meaning.SOON
        )
        self.words.set_words(self._sentence(row, done))
        is_elsewhere = row.is_held and not is_running
        is_waiting = self._runs.is_waiting(row.job_id) and not is_running
        can_begin = row.state in OPEN and not (is_running or is_asked or is_elsewhere or is_waiting)
        self.go_on.setVisible(can_begin)
        self.go_on.set_words(_("Go on") if row.device_id is not None else _("Show the sheets"))
        self.pause.setVisible(is_running)
        self.cancel.setVisible(row.state in OPEN and not is_elsewhere and not is_asked)
        for widget in (self.number, self.answer, self.all_good):
            widget.setVisible(is_asked)

    def _sentence(self, row: JobRow, done: int) -> Text:
        printer: Words = row.printer or _("the office printer")
        head = _(
            "{number}: {done} of {total} on {printer}", number=row.number, done=done, total=row.labels, printer=printer
        )
        told = self._runs.progress(row.job_id)
        if self._runs.is_running(row.job_id):
            return join([head, told.words if told is not None else _("Getting ready…")], " · ")
        if row.state is LabelJobState.ASKED:
            why = TROUBLES.get(row.trouble)
            asked = _("Which was the last good label? Its number is on the label; 0 is none.")
            return join([head, *([why] if why is not None else []), asked], " · ")
        if row.is_held:
            return join([head, _("It is being printed from {station}.", station=row.station)], " · ")
        if self._runs.is_waiting(row.job_id):
            return join([head, _("It comes next.")], " · ")
        why = self._runs.last_words(row.job_id) or TROUBLES.get(row.trouble)
        if why is None and row.state is LabelJobState.PRINTING:
            why = _("Cut off; go on where it stopped.") if row.confirmed else _("Ready to be sent.")
        return join([head, why], " · ") if why is not None else head

    # --- doing

    def _go_on(self) -> None:
        row = self.row
        if row is None:
            return
        if row.device_id is None:
            show_sheets(self._context, self, row.job_id, self.changed.emit)
            return
        self._context.ops.do(
            self, labels.continue_job, job_id=row.job_id, then=lambda _stand: self._send(row), failed=self._refused
        )

    def _send(self, row: JobRow) -> None:
        self._runs.go_on(self._context, row)
        self.changed.emit()

    def _pause(self) -> None:
        row = self.row
        told = self._runs.progress(row.job_id) if row is not None else None
        if row is None:
            return
        if told is not None and told.is_held:  # it waits for a person: nothing is under way that could be waited for
            self._runs.stop(row.job_id, self.changed.emit)
            return
        self._context.ops.do(self, labels.pause_job, job_id=row.job_id, then=self._done, failed=self._refused)

    def _cancel(self) -> None:
        row = self.row
        if row is not None:
            self._runs.stop(row.job_id, lambda: self._give_up(row.job_id))

    def _give_up(self, job_id: int) -> None:
        self._context.ops.do(self, labels.cancel_job, job_id=job_id, then=self._done, failed=self._refused)

    def _answer(self) -> None:
        self._say_last_good(self.number.value())

    def _all_good(self) -> None:
        if self.row is not None:
            self._say_last_good(self.row.labels)

    def _say_last_good(self, number: int) -> None:
        row = self.row
        if row is None:
            return

        def answered(stand: labels.JobStand) -> None:
            if stand.left and row.device_id is not None and stand.state is LabelJobState.PRINTING:
                self._runs.go_on(self._context, row)
            self.changed.emit()

        self._context.ops.do(
            self, labels.answer_last_good, job_id=row.job_id, number=number, then=answered, failed=self._refused
        )

    def _show_details(self) -> None:
        if self.row is not None:
            self.details_wanted.emit(self.row.job_id)

    def _done(self, _stand: object) -> None:
        self.changed.emit()

    def _refused(self, error: CoreError) -> None:
        self._context.shell.show_error(error.text)
        self.changed.emit()


class JobStrips(QWidget):
    """The jobs that are not ended, one band each; `changed` when something was done to one."""

    changed = Signal()
    MOST = 3

    def __init__(self, context: AppContext, runs: LabelRuns) -> None:
        super().__init__()
        self._context, self._runs = context, runs
        self.strips: list[JobStrip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_jobs(self, rows: Sequence[JobRow]) -> None:
        """Show the newest of them."""
        shown = rows[: self.MOST]
        while len(self.strips) > len(shown):
            strip = self.strips.pop()
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        while len(self.strips) < len(shown):
            strip = JobStrip(self._context, self._runs)
            strip.changed.connect(self.changed)
            strip.details_wanted.connect(lambda job_id: self._context.shell.go("labels.jobs", job_id=job_id))
            self._column.addWidget(strip)
            self.strips.append(strip)
        for strip, row in zip(self.strips, shown, strict=True):
            strip.show_job(row)
        self.setVisible(bool(shown))
