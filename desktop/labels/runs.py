"""Jobs that are being sent to label printers from this PC now, whichever page is on show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal

from core.errors import CoreError
from core.i18n import Text, _
from core.labels import JobRow, JobRun, Progress, StartedJob, run_job
from core.words import LabelJobState
from desktop.context import AppContext
from desktop.jobs import Cancelled, Report


class LabelRuns(QObject):
    """Sends jobs, one after another for each printer. It outlives pages; one for the whole window.

    A job on another paper than the one before it on the same printer waits until a person put the paper in.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: dict[int, QObject] = {}
        self._told: dict[int, Progress] = {}
        self._words: dict[int, Text] = {}
        self._waiting: dict[int, list[StartedJob]] = {}
        self._afterwards: dict[int, Callable[[], object]] = {}
        self._stopped: set[int] = set()

    # --- what is asked

    def is_running(self, job_id: int) -> bool:
        """Whether this PC sends the job now. What a session began that is over counts no more."""
        ops = self._jobs.get(job_id)
        return ops is not None and shiboken6.isValid(ops)

    def is_waiting(self, job_id: int) -> bool:
        """Whether the job comes when the one before it is through."""
        return any(one.job_id == job_id for line in self._waiting.values() for one in line)

    def is_busy(self, device_id: int) -> bool:
        """Whether a printer is being sent to from here."""
        return any(self.is_running(one.job_id) for one in self._waiting.get(device_id, []))

    def progress(self, job_id: int) -> Progress | None:
        """How far a job has come that is sent from here."""
        return self._told.get(job_id)

    def last_words(self, job_id: int) -> Text | None:
        """How the last run of a job ended here, as a sentence."""
        return self._words.get(job_id)

    # --- what is done

    def start_all(self, context: AppContext, jobs: Sequence[StartedJob]) -> None:
        """Send jobs that were just made: those of different printers at once, those of one printer in their order."""
        for job in jobs:
            if job.device_id is None:
                continue
            line = self._waiting.setdefault(job.device_id, [])
            line.append(job)
            if not self.is_busy(job.device_id):
                self._send(context, job.device_id, job.job_id)
        self.changed.emit()

    def go_on(self, context: AppContext, row: JobRow) -> None:
        """Send what is left of a job."""
        if row.device_id is None or self.is_running(row.job_id):
            return
        self._leave(row.job_id)
        is_busy = self.is_busy(row.device_id)
        one = StartedJob(row.job_id, row.number, row.left, row.device_id, row.printer, row.stock)
        line = self._waiting.setdefault(row.device_id, [])
        if is_busy:
            line.append(one)
            self.changed.emit()
            return
        line.insert(0, one)
        self._send(context, row.device_id, row.job_id)

    def stop(self, job_id: int, then: Callable[[], object] | None = None) -> None:
        """Let a run end at once; `then` is called when it has."""
        if not self.is_running(job_id):
            self._leave(job_id)
            if then is not None:
                then()
            return
        if then is not None:
            self._afterwards[job_id] = then
        self._stopped.add(job_id)

    # --- inside

    def _send(self, context: AppContext, device_id: int, job_id: int) -> None:
        def work(report: Report) -> JobRun:
            def told(progress: Progress) -> bool:
                if job_id in self._stopped or not shiboken6.isValid(self):
                    return False
                self._told[job_id] = progress
                try:
                    report(progress.confirmed / max(progress.labels, 1), progress.words)
                except Cancelled:
                    return False
                return True

            return run_job(context.office, job_id, told=told)

        self._words.pop(job_id, None)
        done, failed = (
            partial(self._done, context, device_id, job_id),
            partial(self._failed, context, device_id, job_id),
        )
        self._jobs[job_id] = context.ops
        context.ops.run(
            self, work, then=done, failed=failed, progress=lambda _share, _words: self.changed.emit(), lane="print"
        )
        self.changed.emit()

    def _done(self, context: AppContext, device_id: int, job_id: int, run: JobRun) -> None:
        is_told = bool(run.trouble) or run.state is LabelJobState.DONE
        self._words[job_id] = run.words if is_told else _("Stopped.")
        if run.state is LabelJobState.DONE:
            _say(context, _("{number}: {n} labels printed.", number=run.number, n=run.labels))
        self._over(context, device_id, job_id, is_good=run.state is LabelJobState.DONE)
        self.ended.emit(run)

    def _failed(self, context: AppContext, device_id: int, job_id: int, error: CoreError) -> None:
        self._words[job_id] = error.text
        _say(context, error.text, is_error=True)
        self._over(context, device_id, job_id, is_good=False)

    def _over(self, context: AppContext, device_id: int, job_id: int, *, is_good: bool) -> None:
        self._jobs.pop(job_id, None)
        self._told.pop(job_id, None)
        self._stopped.discard(job_id)
        line = self._waiting.get(device_id, [])
        before = next((one for one in line if one.job_id == job_id), None)
        self._leave(job_id)
        afterwards = self._afterwards.pop(job_id, None)
        if afterwards is not None:
            afterwards()
        rest = self._waiting.get(device_id, [])
        if rest and before is not None and is_good and rest[0].stock == before.stock:
            self._send(context, device_id, rest[0].job_id)
        elif rest:
            for one in rest:
                self._words[one.job_id] = _("Put labels of {stock} mm in, then go on.", stock=one.stock)
            self._waiting.pop(device_id, None)
        self.changed.emit()

    def _leave(self, job_id: int) -> None:
        for device_id, line in list(self._waiting.items()):
            kept = [one for one in line if one.job_id != job_id]
            if kept:
                self._waiting[device_id] = kept
            else:
                self._waiting.pop(device_id)


def _say(context: AppContext, text: Text, *, is_error: bool = False) -> None:
    """Tell the person, unless the window that began it is gone."""
    shell = context.shell
    if isinstance(shell, QObject) and not shiboken6.isValid(shell):
        return
    if is_error:
        shell.show_error(text)
    else:
        shell.say(text)
