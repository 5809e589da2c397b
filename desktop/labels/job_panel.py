"""One job beside the list: each label with its running number, resume from one, print only these again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from core import labels
from core.errors import CoreError, NeedsConfirmation
from core.i18n import Text, _
from core.labels import JobCard, JobLabel, JobStand
from core.words import LabelJobState, LabelState, word
from desktop.context import AppContext
from desktop.labels.job_strip import JobStrip
from desktop.labels.looks import LABEL_LOOKS, job_look
from desktop.labels.runs import LabelRuns
from desktop.widgets import BadgeLook, Button, Column, DetailPanel, Kind, RowTable

SHOWN_FIELDS = ("name", "price_text", "place", "batch", "use_by")


def field_line(row: Any) -> str:
    """What stands on a label, its chief fields in one line."""
    fields = row.content.get("fields", {})
    return " · ".join(str(fields[name]).replace("\n", " ") for name in SHOWN_FIELDS if fields.get(name))


class JobPanel(DetailPanel):
    """`changed` when something was done."""

    changed = Signal()

    def __init__(self, context: AppContext, runs: LabelRuns, job_id: int) -> None:
        super().__init__("")
        self._context, self._runs, self.job_id = context, runs, job_id
        self.card: JobCard | None = None
        self.strip = JobStrip(context, runs, has_details=False)
        self.strip.set_narrow()
        self.strip.changed.connect(self._on_changed)
        self.add_widget(self.strip)
        columns = [
            Column("number", _("Running no."), 56, kind=Kind.QTY, sortable=False),
            Column("code", _("Code"), 96, sortable=False),
            Column("words", _("What stands on it"), 130, stretch=True, value=field_line, sortable=False),
            Column("state", _("State"), 128, kind=Kind.BADGE, value=_label_look, sortable=False),
        ]
        self.table = RowTable(columns, name=_("Labels of the job"))
        self.table.setMinimumHeight(300)
        self.add_widget(self.table)
        self.again = self.add_action(Button(_("Print only these again"), self.print_these, icon_name="print"))
        self.resume = self.add_action(Button(_("Print again from this one on"), self.resume_here, icon_name="refresh"))
        self.skip = self.add_action(Button(_("Leave these out"), self.skip_these))
        self.table.selection_changed.connect(self._show_buttons)
        runs.changed.connect(self._show_buttons)
        self.reload()

    def reload(self) -> None:
        """Ask for the job again."""
        self._context.ops.ask(self, labels.get_job, job_id=self.job_id, then=self._on_card)

    def _on_card(self, card: JobCard) -> None:
        self.card = card
        self.set_title(card.row.number, _("{n} labels, begun by {by}", n=card.row.labels, by=card.row.created_by))
        self.strip.show_job(card.row)
        self.table.set_rows(card.labels)
        if self.table.current_row() is None:
            at = next((i for i, one in enumerate(card.labels) if one.state is not LabelState.CONFIRMED), 0)
            self.table.select_row(at)
        self._show_buttons()

    def _show_buttons(self) -> None:
        card, chosen = self.card, self._chosen()
        is_free = (
            card is not None
            and not self._runs.is_running(self.job_id)
            and card.row.state is not LabelJobState.CANCELLED
        )
        self.again.setEnabled(is_free and bool(chosen))
        self.resume.setEnabled(is_free and len(chosen) == 1)
        self.skip.setEnabled(is_free and any(one.state is LabelState.QUEUED for one in chosen))
        look = job_look(card.row, is_running=self._runs.is_running(self.job_id)) if card is not None else None
        self.setAccessibleDescription(self._context.words(look.words) if look is not None else "")

    def _chosen(self) -> list[JobLabel]:
        return self.table.selected_rows()

    # --- doing

    def print_these(self) -> None:
        """Only the chosen labels once more."""
        self._do(labels.print_again, numbers=tuple(one.number for one in self._chosen()))

    def resume_here(self) -> None:
        """All from the chosen label on once more."""
        chosen = self._chosen()
        if chosen:
            self._do(labels.resume_at, number=chosen[0].number)

    def skip_these(self) -> None:
        """Leave labels out that were not sent."""
        queued = tuple(one.number for one in self._chosen() if one.state is LabelState.QUEUED)
        self._context.ops.do(
            self, labels.skip_labels, job_id=self.job_id, numbers=queued, then=lambda _stand: self._on_changed(),
            failed=self.show_error,
        )  # fmt: skip

    def _do(self, command: Callable[..., Any], **args: Any) -> None:
        self._context.ops.do(self, command, job_id=self.job_id, then=self._send, failed=self.show_error, **args)

    def _send(self, stand: JobStand) -> None:
        if self.card is not None and stand.left:
            self._runs.go_on(self._context, self.card.row)
        self._on_changed()

    def _on_changed(self) -> None:
        self.reload()
        self.changed.emit()

    def show_error(self, error: CoreError) -> None:
        """It did not go through."""
        if not isinstance(error, NeedsConfirmation):
            self._context.shell.show_error(error.text)


def _label_look(row: JobLabel) -> BadgeLook:
    words: Text = word(row.state)
    return BadgeLook(words, LABEL_LOOKS[row.state])
