"""Run as a program of its own by bench_start: opens a site off-screen, signs in, waits for the first page, and says how
long that took and how much memory it holds. `python -m tests.bench.start_probe SITE NAME PASSWORD ROUTE STARTED`."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import TYPE_CHECKING

from desktop.__main__ import open_window

if TYPE_CHECKING:
    from desktop.app import Program

LOOK_MS = 5


class Probe:
    """Looks every few milliseconds how far the program has come."""

    def __init__(self, name: str, password: str, route: str, started: float) -> None:
        self._name, self._password, self._route, self._started = name, password, route, started
        self.reached: dict[str, float] = {}
        self._program: Program | None = None
        self._is_asked = False

    def watch(self, program: Program) -> None:
        """Begin to look."""
        from PySide6.QtCore import QTimer

        self._program = program
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        program = self._program
        session = program.session if program is not None else None
        if program is None or session is None or (session.sign_in_stage is None and session.frame is None):
            return
        self._reach("sign-in")
        if session.frame is None:
            if not self._is_asked:
                self._is_asked = True
                actor = session.office.sign_in(self._name, self._password)
                self._reach("password checked")
                session._signed_in(actor)
            return
        from desktop.shell.host import answer_of

        page = session.frame.host.page()
        if page is not None and answer_of(page, "is_loaded") is not False and session.ops.is_idle:
            self._reach("first page")
            if self._route and getattr(session.frame.host.step, "route", "") != self._route:
                self.reached["memory MB"] = 0
                session.frame.host.go(self._route, {})
                return
            self._reach("page asked for")
            program.app.quit()

    def _reach(self, what: str) -> None:
        self.reached.setdefault(what, (time.time() - self._started) * 1000)


if __name__ == "__main__":
    site, name, password, route, started = sys.argv[1:]
    probe = Probe(name, password, route, float(started))
    open_window(["steward", site], probe.watch)
    probe.reached["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(probe.reached))
