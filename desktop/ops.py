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
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from core.errors import CoreError, NeedsConfirmation, Unavailable
from desktop.errors import ProgramFault

if TYPE_CHECKING:
    from core.i18n import Text
    from core.office import Office

Then = Callable[[Any], object]
Failed = Callable[[CoreError], object]
Questioner = Callable[[QObject, "Text", Callable[[bool], object]], object]
Report = Callable[[float, "Text | str"], None]

READERS = 3
RETRY_MS = (500, 1000, 2000, 4000, 8000)


class Cancelled(Exception):
    """Raised inside longer work at its next progress report after the person pressed Cancel."""


@dataclass(eq=False)
class Job:
    """One question or command on its way. `cancel` drops its answer (a command that was sent is not taken back)."""

    owner: QObject
    call: Callable[..., object]
    args: dict[str, object]
    then: Then | None
    failed: Failed | None
    request_id: str = ""
    confirmed: frozenset[str] = frozenset()
    key: Hashable = None
    progress: Report | None = None
    tries: int = 0
    cancelled: bool = False
    value: object = None
    error: BaseException | None = None
    seconds: float = field(default=0.0, compare=False)

    def cancel(self) -> None:
        """Do not tell the answer; longer work stops at its next progress report."""
        self.cancelled = True

    def has_listener(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.cancelled and shiboken6.isValid(self.owner)


class Workers(QObject):
    """The threads: one that writes, some that read, one for longer work. They take callables and know nothing else."""

    _finished = Signal(object)
    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._called.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lanes: dict[str, queue.SimpleQueue[tuple[Callable[[], None], Callable[[], None]] | None]] = {}
        self._threads: list[threading.Thread] = []
        for lane, count in (("write", 1), ("read", READERS), ("work", 1)):
            self._lanes[lane] = queue.SimpleQueue()
            for number in range(count):
                self._start_thread(lane, number)

    def submit(self, lane: str, run: Callable[[], None], deliver: Callable[[], None]) -> None:
        """Call `run` on a thread of the lane, afterwards `deliver` on the window's thread. `run` must not raise."""
        self._lanes[lane].put((run, deliver))

    def call_on_window(self, function: Callable[[], None]) -> None:
        """From any thread: call `function` on the window's thread soon."""
        self._called.emit(function)

    def stop(self, seconds: float = 5.0) -> None:
        """Let each thread end its present work, at most for some seconds."""
        for lane, tasks in self._lanes.items():
            for thread in self._threads:
                if thread.name.startswith(lane):
                    tasks.put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._threads.clear()

    def _start_thread(self, lane: str, number: int) -> None:
        thread = threading.Thread(target=self._serve, args=(self._lanes[lane],), name=f"{lane}-{number}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, tasks: queue.SimpleQueue[tuple[Callable[[], None], Callable[[], None]] | None]) -> None:
        while (task := tasks.get()) is not None:
            run, deliver = task
            run()
            if not shiboken6.isValid(self):
                return
            self._finished.emit(deliver)

    def _deliver(self, deliver: Callable[[], None]) -> None:
        deliver()


class Ops(QObject):
    """Ask, do and run for one open office."""

    unavailable = Signal(object)
    available = Signal()
    dropped = Signal(object)
    unheard = Signal(object)
    crashed = Signal(object)
    timed = Signal(float)

    def __init__(
        self, workers: Workers, office: Office | None, question: Questioner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workers = workers
        self._office = office
        self._question = question
        self._latest: dict[tuple[int, Hashable], Job] = {}
        self._line: deque[Job] = deque()
        self._is_sending = False
        self._is_down = False
        self._open_jobs = 0
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._send_next)

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
        earlier = self._latest.get(job.key)  # type: ignore[arg-type]
        if earlier is not None:
            earlier.cancel()
        self._latest[job.key] = job  # type: ignore[index]
        self._read(job)
        return job

    def do(
        self,
        owner: QObject,
        command: Callable[..., Any],
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        **args: object,
    ) -> Job:
        """Do a command, in the order of the calls; sent again with the same request id while the database is away."""
        job = Job(owner, command, args, then, failed, request_id=str(uuid.uuid4()))
        self._line.append(job)
        self._send_next()
        return job

    def run(
        self,
        owner: QObject,
        work: Callable[..., Any],
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        progress: Report | None = None,
    ) -> Job:
        """Run longer work. With `progress`, `work` gets a function to report a share from 0 to 1 and a text."""
        job = Job(owner, work, {}, then, failed, progress=progress)
        self._start("work", job, lambda: work(self._reporter(job)) if progress else work(), self._answered)
        return job

    @property
    def unsaved(self) -> int:
        """How many commands wait to be saved."""
        return len(self._line)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._open_jobs == 0 and not self._line

    def ping(self) -> None:
        """Ask the database for a sign of life; `timed` tells the seconds it took, `unavailable` that it gave none."""
        job = Job(self, self._need_office().ping, {}, None, None)
        self._start("read", job, job.call, self._ping_answered)

    def retry_now(self) -> None:
        """Send what waits without waiting for the pause to end."""
        if self._retry.isActive():
            self._retry.stop()
            self._send_next()

    # -- questions

    def _read(self, job: Job) -> None:
        self._start("read", job, lambda: self._need_office().ask(job.call, **job.args), self._read_answered)

    def _read_answered(self, job: Job) -> None:
        if isinstance(job.error, Unavailable) and job.has_listener():
            self._went_down(job)
            QTimer.singleShot(self._pause(job), self, lambda: self._read(job) if job.has_listener() else None)
            return
        if self._latest.get(job.key) is job:  # type: ignore[arg-type]
            del self._latest[job.key]  # type: ignore[arg-type]
        self._answered(job)

    def _ping_answered(self, job: Job) -> None:
        if isinstance(job.error, Unavailable):
            self._went_down(job)
        elif job.error is None:
            self.timed.emit(job.seconds)
        else:
            self._answered(job)

    # -- commands

    def _send_next(self) -> None:
        if self._is_sending or not self._line or self._retry.isActive():
            return
        self._is_sending = True
        job = self._line[0]
        office = self._need_office()
        self._start(
            "write",
            job,
            lambda: office.do(job.call, request_id=job.request_id, confirmed=job.confirmed, **job.args),
            self._write_answered,
        )

    def _write_answered(self, job: Job) -> None:
        self._is_sending = False
        if isinstance(job.error, Unavailable):
            self._went_down(job)
            if shiboken6.isValid(job.owner):
                self._retry.start(self._pause(job))
                return
            self.dropped.emit(job)
        self._line.popleft()
        if isinstance(job.error, NeedsConfirmation) and job.has_listener():
            error = job.error
            self._question(job.owner, error.text, lambda yes: self._confirmed(job, error, yes))
        else:
            self._answered(job)
        self._send_next()

    def _confirmed(self, job: Job, error: NeedsConfirmation, yes: bool) -> None:
        if not yes:
            if job.failed is not None and job.has_listener():
                job.failed(error)
            return
        job.confirmed |= {error.key}
        job.error = None
        self._line.appendleft(job) if not self._is_sending else self._line.insert(1, job)
        self._send_next()

    # -- both

    def _start(self, lane: str, job: Job, call: Callable[[], object], deliver: Callable[[Job], None]) -> None:
        def run() -> None:
            if job.cancelled and lane == "read":
                return
            started = time.perf_counter()
            job.error = None
            try:
                job.value = call()
            except BaseException as error:
                job.error = error
            job.seconds = time.perf_counter() - started

        def done() -> None:
            self._open_jobs -= 1
            if lane != "work" and job.error is None and not job.cancelled:
                self._came_up()
            deliver(job)

        self._open_jobs += 1
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
        elif isinstance(error, CoreError):
            self._tell_error(job, error)

    def _tell_error(self, job: Job, error: CoreError) -> None:
        if job.failed is not None:
            job.failed(error)
            return
        place: QObject | None = job.owner
        while place is not None:
            show = getattr(place, "show_error", None)
            if callable(show):
                show(error)
                return
            place = place.parent()
        self.unheard.emit(error)

    def _reporter(self, job: Job) -> Report:
        def report(share: float, text: Text | str = "") -> None:
            if job.cancelled:
                raise Cancelled
            progress = job.progress
            if progress is not None:
                self._workers.call_on_window(lambda: progress(share, text) if job.has_listener() else None)

        return report

    def _need_office(self) -> Office:
        if self._office is None:
            raise RuntimeError("no site is open")
        return self._office

    def _pause(self, job: Job) -> int:
        pause = RETRY_MS[min(job.tries, len(RETRY_MS) - 1)]
        job.tries += 1
        return pause

    def _went_down(self, job: Job) -> None:
        self._is_down = True
        self.unavailable.emit(job.error)

    def _came_up(self) -> None:
        if self._is_down:
            self._is_down = False
            self.available.emit()
