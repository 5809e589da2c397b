"""The line of commands: one after the other in the order of the calls, each sent until the database has answered it.

A question it raises is asked and the same call sent again with the answer; a missing right may be lent by somebody else's
PIN. While the database is away the first in line is sent again with the same request id, as long as its page stays open.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from core.errors import CoreError, NeedsConfirmation, NotAllowed, SignInFailed, Unavailable
from desktop.jobs import Job, Questioner, StandIn

Send = Callable[[Job, Callable[[Job], None]], None]


class CommandLine(QObject):
    """Commands waiting to be saved. `waits` tells that the database is away, `dropped` that a command was given up."""

    waits = Signal(object)
    dropped = Signal(object)

    def __init__(self, send: Send, answered: Callable[[Job], None], question: Questioner, parent: QObject) -> None:
        super().__init__(parent)
        self._send, self._answered, self._question = send, answered, question
        self.stand_in: StandIn | None = None
        self._jobs: deque[Job] = deque()
        self._is_sending = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._send_next)

    def __len__(self) -> int:
        return len(self._jobs)

    def add(self, job: Job) -> None:
        """Send a command after those before it."""
        self._jobs.append(job)
        self._send_next()

    def retry_now(self) -> None:
        """Do not wait for the pause to end."""
        if self._retry.isActive():
            self._retry.stop()
            self._send_next()

    def _send_next(self) -> None:
        if self._jobs and not self._is_sending and not self._retry.isActive():
            self._is_sending = True
            self._send(self._jobs[0], self._on_answer)

    def _on_answer(self, job: Job) -> None:
        self._is_sending = False
        if isinstance(job.error, Unavailable):
            self.waits.emit(job.error)
            if shiboken6.isValid(job.owner):
                self._retry.start(job.pause())
                return
            self.dropped.emit(job)
        self._jobs.popleft()
        self._settle(job)
        self._send_next()

    def _settle(self, job: Job) -> None:
        error = job.error
        if isinstance(error, NeedsConfirmation) and job.has_listener():
            key = error.key
            self._question(job.owner, error.text, lambda yes: self._on_yes(job, key) if yes else self._give_up(job))
        elif isinstance(error, CoreError) and self.stand_in is not None and self._may_be_allowed(job):
            self.stand_in(job.owner, error.text, lambda given: self._on_allowed(job, given))
        else:
            self._answered(job)

    @staticmethod
    def _may_be_allowed(job: Job) -> bool:
        """Whether somebody else's PIN could make a refused command go through."""
        is_refused = isinstance(job.error, NotAllowed) and job.stand_in is None
        is_wrong_pin = isinstance(job.error, SignInFailed) and job.stand_in is not None
        return (is_refused or is_wrong_pin) and job.has_listener()

    def _on_yes(self, job: Job, key: str) -> None:
        job.confirmed |= {key}
        self._send_again(job)

    def _on_allowed(self, job: Job, given: tuple[str, str] | None) -> None:
        if given is None:
            self._answered(job)
            return
        job.stand_in = given
        self._send_again(job)

    def _send_again(self, job: Job) -> None:
        """Before all others: what was confirmed was asked first."""
        job.error = None
        self._jobs.insert(1 if self._is_sending or self._retry.isActive() else 0, job)
        self._send_next()

    def _give_up(self, job: Job) -> None:
        """The person said no: the page is told if it wants to know; there is no error to show."""
        if job.failed is not None and job.has_listener() and isinstance(job.error, CoreError):
            job.failed(job.error)
