"""A run of one job: windows of labels written down, sent, watched until they came out, and never sent twice by itself."""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

from core.devices import DeviceRow, Link, LinkFault, PrinterStatus, PrinterWord, Talk, get_device, open_link
from core.errors import CoreError, Refused
from core.i18n import Text, _
from core.labels.commands.sending import keep_job, mark_asked, mark_confirmed, next_window, release_job, take_job
from core.labels.queries.jobs import get_job
from core.labels.rules.watch import Look, Verdict, Watch, known_good, see
from core.labels.sending.ink import job_bytes
from core.labels.types.queue import JobCard, JobRun, JobStand, Progress
from db.enums import LabelState

KEEP_SECONDS = 30.0
REACH_AGAIN = 3
SESSION_COUNTERS = ("escpos",)
"""Languages whose counter begins anew with each connection, so that it says nothing after a break."""


class Caller(Protocol):
    """Who runs commands and queries: the office."""

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        """Run a command."""

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """Run a query."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a job is sent. `window` labels at a time (1 to 10), a look at the printer every `look` seconds; a printer that
    waits for a person is waited for `patience` seconds, for ever when None."""

    window: int = 5
    look: float = 0.1
    patience: float | None = None


Told = Callable[[Progress], bool]
"""Hears how far a job has come, several times a second; False stops it."""


class Stopped(Exception):
    """The run ends before the job does: `word` says why, `words` to the person."""

    def __init__(self, word: str, words: Text) -> None:
        super().__init__(word)
        self.word, self.words = word, words


def run_job(caller: Caller, job_id: int, *, told: Told | None = None, pace: Pace | None = None) -> JobRun:
    """Send a job to its printer until it is done, stopped or a question for a person.

    Runs in the caller's thread and may take long. Labels of an earlier run of which nobody knows whether they came out
    become a question first. Nothing is sent when a label cannot be printed or a barcode does not read back. Raises Refused
    for a job that has ended, is sent from somewhere else, or has no printer; whatever happens on the way to the printer is
    told in the answer.
    """
    card: JobCard = caller.ask(get_job, job_id=job_id)
    if card.row.device_id is None:
        raise Refused(_("Job {number} has no label printer. Print it as a file.", number=card.row.number))
    device: DeviceRow = caller.ask(get_device, device_id=card.row.device_id)
    run = _Run(caller, card, device, told or (lambda _progress: True), pace or pace_of(device))
    return run.go()


def pace_of(device: DeviceRow) -> Pace:
    """The pace that suits a printer, from its record."""
    window = device.settings.get("window")
    return Pace(window=window) if isinstance(window, int) else Pace()


class _Run:
    """One run, from taking the job to letting go of it."""

    def __init__(self, caller: Caller, card: JobCard, device: DeviceRow, told: Told, pace: Pace) -> None:
        self._caller, self._card, self._device = caller, card, device
        self._told, self._pace = told, pace
        self._job_id = card.row.job_id
        self._holder = uuid.uuid4().hex
        self._words: Text = _("Everything came out.")
        self._trouble = ""
        self._stand: JobStand | None = None
        self._kept_at = time.monotonic()
        self._counts = True  # until the printer, asked while it stood ready, says nothing

    def go(self) -> JobRun:
        """Send what is left."""
        self._stand = self._caller.do(take_job, job_id=self._job_id, holder=self._holder)
        try:
            self._go_on()
        except Stopped as stop:
            self._trouble, self._words = stop.word, stop.words
        finally:
            with contextlib.suppress(CoreError):
                self._stand = self._caller.do(
                    release_job, job_id=self._job_id, holder=self._holder, trouble=self._trouble
                )
        return self._result()

    def _go_on(self) -> None:
        made = job_bytes(self._card, self._device)
        under_way = [label for label in self._card.labels if label.state is LabelState.SENT]
        try:
            link = open_link(self._device)
        except LinkFault as fault:
            if under_way:
                self._ask(0, "restart")
            raise Stopped(fault.word, fault.text) from fault
        try:
            talk = Talk(link, self._device.protocol)
            if under_way:
                self._ask_after_restart(talk, len(under_way))
            if self._now.asked:
                raise Stopped("asked", _("Say first which was the last good label."))
            self._send_all(link, talk, made)
        finally:
            link.close()

    def _send_all(self, link: Link, talk: Talk, made: dict[int, bytes]) -> None:
        while True:
            counter = self._when_ready(talk)
            window = self._caller.do(
                next_window,
                job_id=self._job_id,
                holder=self._holder,
                size=self._pace.window,
                counter=counter,
                may_trail=not link.answers,
            )
            if not window.numbers:
                break
            watch = Watch(len(window.numbers), counter)
            try:
                for number in window.numbers:
                    link.write(talk.with_receipt(made[number]), self._stalled)
                link.flush()
                if link.answers:
                    self._until_out(talk, watch)
            except LinkFault as fault:
                self._broken(fault, watch)
            if link.answers or link.keeps:
                self._stand = self._caller.do(mark_confirmed, job_id=self._job_id, holder=self._holder)
            self._tell(_("Printing now"))
        if not (link.answers or link.keeps) and self._now.left:
            self._ask(0, "unseen")
            raise Stopped("unseen", _("All labels were handed over. This printer does not tell whether they came out."))

    # looking at the printer

    def _when_ready(self, talk: Talk) -> int | None:
        """Wait until the printer takes labels; answers its counter."""
        if not talk.link.answers:
            return None
        waited = _Waiting(self._pace.patience)
        try:
            while not (status := talk.status()).is_ready:
                self._wait(status, waited)
            if not self._counts:
                return None
            counter = talk.counter()
            self._counts = counter is not None
            return counter
        except LinkFault as fault:
            raise Stopped(fault.word, fault.text) from fault

    def _until_out(self, talk: Talk, watch: Watch) -> None:
        """Watch a window until it came out. Raises Stopped when that can only be asked."""
        waited = _Waiting(self._pace.patience)
        while True:
            try:
                look, status = _look(talk, watch)
            except LinkFault as fault:
                self._broken(fault, watch)
            watch, verdict = see(watch, look, time.monotonic())
            if verdict is Verdict.DONE:
                return
            if verdict is Verdict.ASK:
                self._ask(watch.good, "unsure")
                raise Stopped("unsure", _("The printer stands ready, but it has not printed everything it was sent."))
            try:
                self._wait(status, waited, is_held=verdict is Verdict.HELD)
            except Stopped:
                self._ask(watch.good, status.word)
                raise

    def _wait(self, status: PrinterStatus, waited: _Waiting, *, is_held: bool = True) -> None:
        held = is_held and (status.is_stopped or status.is_silent)
        self._tell(status.words, is_held=held)
        if waited.is_over(held):
            raise Stopped(status.word, status.words)
        if time.monotonic() - self._kept_at > KEEP_SECONDS:
            self._stand = self._caller.do(keep_job, job_id=self._job_id, holder=self._holder)
            self._kept_at = time.monotonic()
        time.sleep(self._pace.look)

    def _stalled(self) -> bool:
        """The printer takes no more: it is out of labels, or slower than we are. Its status cannot be asked in the middle
        of a label."""
        try:
            self._tell(_("The printer takes no more data now."), is_held=True)
        except Stopped:
            return False
        return True

    # what follows

    def _broken(self, fault: LinkFault, watch: Watch) -> NoReturn:
        """The way broke with labels under way: what the printer has counted is good, the rest a question."""
        self._ask(self._counted_after_break(watch), fault.word)
        raise Stopped(fault.word, fault.text) from fault

    def _counted_after_break(self, watch: Watch) -> int:
        if watch.before is None or self._device.protocol in SESSION_COUNTERS:
            return watch.good
        for _attempt in range(REACH_AGAIN):
            try:
                link = open_link(self._device)
            except LinkFault:
                time.sleep(self._pace.look)
                continue
            try:
                return max(self._counted(Talk(link, self._device.protocol), watch.before, watch.count), watch.good)
            except LinkFault:
                continue
            finally:
                link.close()
        return watch.good

    def _counted(self, talk: Talk, before: int | None, count: int) -> int:
        """How many of these labels came out by the printer's counter, once it stands still."""
        last = time.monotonic() + 3.0
        while not (status := talk.status()).is_ready and time.monotonic() < last:
            if status.is_silent:
                return 0
            time.sleep(self._pace.look)
        return known_good(before, talk.counter(), count) if talk.status().is_ready else 0

    def _ask_after_restart(self, talk: Talk, count: int) -> None:
        good = 0
        if talk.language not in SESSION_COUNTERS and self._card.counter is not None:
            with contextlib.suppress(LinkFault):
                good = self._counted(talk, self._card.counter, count)
        self._ask(good, "restart")

    def _ask(self, good: int, trouble: str) -> None:
        self._stand = self._caller.do(
            mark_asked, job_id=self._job_id, holder=self._holder, good=good, trouble=str(trouble)
        )

    # telling

    @property
    def _now(self) -> JobStand:
        assert self._stand is not None
        return self._stand

    def _tell(self, words: Text, *, is_held: bool = False) -> None:
        now = self._now
        progress = Progress(self._card.row.number, now.state, now.confirmed, now.labels, words, is_held)
        if not self._told(progress):
            raise Stopped("stopped", _("Stopped."))

    def _result(self) -> JobRun:
        now = self._now
        return JobRun(
            now.job_id, self._card.row.number, now.state, now.labels, now.confirmed, now.asked, now.last_good,
            self._trouble, self._words,
        )  # fmt: skip


class _Waiting:
    """How long a printer has waited for a person."""

    def __init__(self, patience: float | None) -> None:
        self._patience = patience
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        return 0.0 if self._since is None else time.monotonic() - self._since

    def is_over(self, is_held: bool) -> bool:
        if not is_held:
            self._since = None
            return False
        self._since = time.monotonic() if self._since is None else self._since
        return self._patience is not None and self.seconds > self._patience


def _look(talk: Talk, watch: Watch) -> tuple[Look, PrinterStatus]:
    """One look at a printer that has labels to print. The counter is asked only when it stands ready."""
    status = talk.status()
    counter = talk.counter(0.05) if watch.before is not None and status.is_ready else None
    is_busy = status.word is PrinterWord.PRINTING
    return Look(status.is_ready, is_busy, status.is_stopped, status.is_silent, counter), status
