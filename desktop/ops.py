"""The three verbs of the windows, and the only threads of the windows.

`ask` runs a query on one of a few reading threads, `do` a command on the one writing thread, so that commands keep
their order, `run` any other longer work (making a PDF, creating a site). Answers come back on the window's thread, and
only if the widget that asked still lives.
"""

from __future__ import annotations

import queue
import threading
import time
import uuid
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.errors import CoreError, Unavailable
from desktop.errors import ProgramFault
from desktop.jobs import Cancelled, Failed, Job, Questioner, Report, StandIn, Then
from desktop.line import CommandLine
from desktop.sweeper import Sweeper

if TYPE_CHECKING:
    from core.i18n import Text
    from core.office import Office

__all__ = ["Cancelled", "Job", "Ops", "Workers"]

READERS = 3
PRINTERS = 4
MAILERS = 2
TELLERS = 3
Task = tuple[Callable[[], None], Callable[[], None]]


class Workers(QObject):
    """The threads: one that writes, some that read, one for longer work. They take callables and know nothing else."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lanes: dict[str, queue.SimpleQueue[Task | None]] = {}
        self._threads: list[threading.Thread] = []
        self._sweeper: Sweeper | None = Sweeper(self)
        self.is_stopping = False
        lanes = {"write": 1, "read": READERS, "work": 1, "print": PRINTERS, "mail": MAILERS, "jobs": 1}
        lanes["alerts"] = TELLERS
        for lane, count in lanes.items():
            self._lanes[lane] = queue.SimpleQueue()
            for number in range(count):
                self._start_thread(lane, number)

    def submit(self, lane: str, run: Callable[[], None], deliver: Callable[[], None]) -> None:
        """Call `run` on a thread of the lane, afterwards `deliver` on the window's thread. `run` must not raise."""
        self._lanes[lane].put((run, deliver))

    def call_on_window(self, function: Callable[[], object]) -> None:
        """From any thread: call `function` on the window's thread soon."""
        self._finished.emit(function)

    def stop(self, seconds: float = 5.0) -> None:
        """Let each thread end its present work, at most for some seconds; longer work stops at its next report."""
        self.is_stopping = True
        for thread in self._threads:
            self._lanes[thread.name.partition("-")[0]].put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._threads.clear()
        if self._sweeper is not None:
            self._sweeper.stop()
            self._sweeper = None

    def _start_thread(self, lane: str, number: int) -> None:
        thread = threading.Thread(target=self._serve, args=(self._lanes[lane],), name=f"{lane}-{number}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, tasks: queue.SimpleQueue[Task | None]) -> None:
        while (task := tasks.get()) is not None:
            task[0]()
            if not shiboken6.isValid(self):
                return
            self._finished.emit(task[1])
            del task  # what it holds is let go of on the window's thread, not here while waiting

    def _deliver(self, deliver: Callable[[], object]) -> None:
        deliver()


class Ops(QObject):
    """Ask, do and run for one open office. Signals tell the frame of health, of bugs and of errors that no page took."""

    unavailable = Signal(object)
    available = Signal()
    timed = Signal(float)
    dropped = Signal(object)
    unheard = Signal(object)
    crashed = Signal(object)
    settled = Signal()

    def __init__(
        self, workers: Workers, office: Office | None, question: Questioner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workers, self._office = workers, office
        self._latest: dict[Hashable, Job] = {}
        self._is_down = False
        self._under_way = 0
        self._line = CommandLine(self._write, self._answered, question, self)
        self._line.waits.connect(self._went_down)
        self._line.dropped.connect(self.dropped)

    # -- the verbs

    def ask(
        self,
        owner: QObject,
        query: Callable[..., Any],
        *,
        then: Then,
        failed: Failed | None = None,
        key: Hashable = None,
        **args: object,
    ) -> Job:
        """Ask a query. Of several with the same owner and key (by default the query) only the latest is answered."""
        job = Job(owner, query, args, then, failed, key=(id(owner), key if key is not None else query))
        earlier = self._latest.get(job.key)
        if earlier is not None:
            earlier.cancel()
        self._latest[job.key] = job
        self._read(job)
        return job

    def do(
        self,
        owner: QObject,
        command: Callable[..., Any],
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        request_id: str = "",
        **args: object,
    ) -> Job:
        """Do a command, in the order of the calls; sent again with the same request id while the database is away.

        `request_id` is given by who keeps it over the end of the program, so that the same is never done twice.
        """
        job = Job(owner, command, args, then, failed, request_id=request_id or uuid.uuid4().hex)
        self._line.add(job)
        return job

    def run(
        self,
        owner: QObject,
        work: Callable[..., Any],
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        progress: Report | None = None,
        lane: str = "work",
    ) -> Job:
        """Run longer work. With `progress`, `work` gets a function to report a share from 0 to 1 and a text. What may wait
        for a person at a printer runs in the lane `print`, what speaks to a mail server in `mail`, what is made by a
        schedule in `jobs`, what looks for alerts or tells of them in `alerts`, so that nothing else waits behind it."""
        job = Job(owner, work, {}, then, failed, progress=progress)
        self._start(lane, job, lambda: work(self._reporter(job)) if progress else work(), self._answered)
        return job

    # -- what the frame needs

    def lend_rights(self, stand_in: StandIn) -> None:
        """Who asks for the PIN of somebody who may allow a refused command."""
        self._line.stand_in = stand_in

    @property
    def unsaved(self) -> int:
        """How many commands wait to be saved."""
        return len(self._line)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._under_way == 0 and not len(self._line)

    def ping(self) -> None:
        """Ask the database for a sign of life; `timed` tells the seconds it took, `unavailable` that it gave none."""
        job = Job(self, self._need_office().ping, {}, None, None)
        self._start("read", job, job.call, self._ping_answered)

    def retry_now(self) -> None:
        """Send what waits without waiting for the pause to end."""
        self._line.retry_now()
        self.ping()

    # -- inside

    def _read(self, job: Job) -> None:
        office = self._need_office()
        self._start("read", job, lambda: office.ask(job.call, **job.args), self._read_answered)

    def _read_answered(self, job: Job) -> None:
        if isinstance(job.error, Unavailable) and job.has_listener():
            self._went_down(job.error)
            QTimer.singleShot(job.pause(), self, lambda: self._read(job) if job.has_listener() else None)
            return
        if self._latest.get(job.key) is job:
            del self._latest[job.key]
        self._answered(job)

    def _write(self, job: Job, answered: Callable[[Job], None]) -> None:
        office = self._need_office()

        def send() -> object:
            return office.do(
                job.call, request_id=job.request_id, confirmed=job.confirmed, stand_in=job.stand_in, **job.args
            )

        self._start("write", job, send, answered)

    def _ping_answered(self, job: Job) -> None:
        if isinstance(job.error, Unavailable):
            self._went_down(job.error)
        elif job.error is None:
            self.timed.emit(job.seconds)
        else:
            self._answered(job)

    def _start(self, lane: str, job: Job, call: Callable[[], object], deliver: Callable[[Job], None]) -> None:
        def run() -> None:
            if job.cancelled and lane == "read":
                return
            job.error = None
            started = time.perf_counter()
            try:
                job.value = call()
            except BaseException as error:
                job.error = error
            job.seconds = time.perf_counter() - started

        def done() -> None:
            self._under_way -= 1
            if lane in ("read", "write") and not job.cancelled and not isinstance(job.error, Unavailable):
                self._came_up()
            deliver(job)
            if self.is_idle:
                self.settled.emit()

        self._under_way += 1
        self._workers.submit(lane, run, done)

    def _answered(self, job: Job) -> None:
        error = job.error
        if error is not None and not isinstance(error, CoreError | Cancelled):
            self.crashed.emit(error)
            error = ProgramFault()
        if not job.has_listener():
            return
        if error is None:
            if job.then is not None:
                job.then(job.value)
        elif isinstance(error, CoreError) and not job.tell_failure(error):
            self.unheard.emit(error)

    def _reporter(self, job: Job) -> Report:
        def report(share: float, text: Text | str = "") -> None:
            if job.cancelled or self._workers.is_stopping:
                raise Cancelled
            progress = job.progress
            if progress is not None:
                self._workers.call_on_window(lambda: progress(share, text) if job.has_listener() else None)

        return report

    def _need_office(self) -> Office:
        if self._office is None:
            raise RuntimeError("no site is open")
        return self._office

    def _went_down(self, error: CoreError) -> None:
        self._is_down = True
        self.unavailable.emit(error)

    def _came_up(self) -> None:
        if self._is_down:
            self._is_down = False
            self.available.emit()
