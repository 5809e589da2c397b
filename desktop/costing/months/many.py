"""Closing many months from their list: asked once, one after the other beside the window, stopped wherever it must."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import costing
from core.costing import ClosedMany, MonthRow, MonthState
from core.errors import CoreError
from core.i18n import Text, _, _n
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import CheckEdit, Form, FormPanel, Offer, WorkBar

OVER = (MonthState.OPEN, MonthState.REOPENED)
Report = Callable[[float, Text], object]


def open_months(rows: Sequence[MonthRow], up_to: str = "") -> list[MonthRow]:
    """The months that are over and not closed, until one (empty: all), the newest first."""
    return [row for row in rows if row.state in OVER and (not up_to or row.month <= up_to)]


class UpToPanel(FormPanel):
    """Asks once for all months up to one."""

    def __init__(self, row: MonthRow, months: Sequence[MonthRow], send: Callable[[bool], object]) -> None:
        form = Form()
        form.add("is_sure", _("Open checks"), CheckEdit(_("Also close months whose checks are open")))
        super().__init__(
            _("Close all up to {month}", month=row.month), form, lambda values: send(bool(values["is_sure"])),
            verb=_("Close the months"),
            subtitle=_n(
                "{n} month: {first}. Nothing dated in it can be changed afterwards.",
                "{n} months from {first} on, each by itself. It stops at the first that cannot be closed; what is closed "
                "stays closed. Nothing dated in them can be changed afterwards.",
                len(months),
                first=months[-1].month,
            ),
        )  # fmt: skip
        self.row = row


class ManyCloser(QWidget):
    """Stands above the list while months are closed, and says what became of it. `again()` reads the list anew, `look(month)`
    goes to the checklist of the month it stopped at."""

    def __init__(
        self, context: AppContext, page: QWidget, again: Callable[[], object], look: Callable[[str], object]
    ) -> None:
        super().__init__()
        self._context, self._page, self._again, self._look = context, page, again, look
        self.notice, self.bar = Offer(), WorkBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.notice)
        column.addWidget(self.bar)

    @property
    def is_busy(self) -> bool:
        """Whether months are being closed."""
        return self.bar.is_working

    def begin(self, up_to: str, *, is_sure: bool) -> None:
        """Close all open months up to one; `is_sure`: also where checks are open."""
        if self.is_busy:
            return
        office = self._context.office
        confirmed = frozenset({costing.OPEN_CHECKS}) if is_sure else frozenset[str]()

        def work(report: Report) -> ClosedMany:
            months = office.ask(costing.list_months_to_close, up_to=up_to)
            return costing.close_in_order(
                months,
                lambda month: office.do(costing.close_month, month=month, up_to=up_to, confirmed=confirmed),
                report,
            )

        self.notice.hide()
        job = self._context.ops.run(self._page, work, then=self._done, failed=self._failed, progress=self.bar.progress)
        self.bar.start(job, _("Closing the months up to {month}…", month=up_to), self._stopped)

    def _done(self, found: ClosedMany) -> None:
        self.bar.finish()
        told = _n("{n} month is closed.", "{n} months are closed.", len(found.closed))
        if found.why is None:
            self.notice.offer(told, [(_("Close"), lambda: None)], Meaning.GOOD)
        else:
            self.notice.offer(
                _("{told} Stopped at {month}: {why}", told=told, month=found.stopped_at, why=found.why),
                [(_("Checklist"), lambda: self._look(found.stopped_at))],
                Meaning.DANGER,
            )
        self._again()

    def _failed(self, error: CoreError) -> None:
        self.bar.finish()
        self.notice.offer(error.text, [(_("Look again"), self._again)], Meaning.DANGER)
        self._again()

    def _stopped(self) -> None:
        self.notice.offer(
            _("Stopped after the month that was being closed. What is closed stays closed."),
            [(_("Look again"), self._again)],
            Meaning.WATCH,
        )
        self._again()
