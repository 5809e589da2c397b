"""One open port and its reader's thread: comes back after the device was unplugged, ends within a second."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable

from core.devices.ports.ears import Ears, Event
from core.devices.ports.port import Port, PortFault, Source
from core.devices.types.ports import OnState, PortState, PortWord
from core.i18n import _

LOGGED = 100
RETRY_SECONDS = 1.0
CLOSE_SECONDS = 0.8


class Listening:
    """Listens to one device until it is closed.

    `told` gets every scan or reading and `changed` every change of state, both on the reader's thread. `state` is how
    the port stands, `latest` the last event, `log` the last hundred, oldest first.
    """

    def __init__(
        self,
        name: str,
        source: Source,
        ears: Callable[[Port], Ears],
        told: Callable[[Event], None],
        changed: OnState | None = None,
    ) -> None:
        self._name, self._source, self._ears = name, source, ears
        self._told, self._changed = told, changed
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._port: Port | None = None
        self._log: deque[Event] = deque(maxlen=LOGGED)
        self._state = PortState(PortWord.OPENING, _("{device} is being opened.", device=name))
        self._ready = PortState(PortWord.READY, _("{device} is ready.", device=name))
        self._thread = threading.Thread(target=self._run, name=f"reader of {name}", daemon=True)
        self._thread.start()

    @property
    def state(self) -> PortState:
        """How the port stands now."""
        return self._state

    @property
    def log(self) -> tuple[Event, ...]:
        """The last hundred scans or readings, oldest first."""
        with self._lock:
            return tuple(self._log)

    @property
    def latest(self) -> Event | None:
        """The last scan or reading."""
        with self._lock:
            return self._log[-1] if self._log else None

    @property
    def is_alive(self) -> bool:
        """Whether the reader's thread still runs."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop listening and let go of the port, within a second whatever the device does.

        No callback begins after this returned. Closing twice does nothing.
        """
        self._stop.set()
        with self._lock:
            if self._port is not None:
                self._port.wake()
            self._state = PortState(PortWord.CLOSED, _("{device} is closed.", device=self._name))
        if self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen(self._source.open())
            except PortFault as fault:
                self._say(fault.state)
            except Exception as bug:
                words = _("The program met a fault while it read {device}. Open the device again.", device=self._name)
                self._say(PortState(PortWord.FAULT, words))
                _report(bug)
                return
            self._stop.wait(RETRY_SECONDS)

    def _listen(self, port: Port) -> None:
        with self._lock:
            self._port = port
        try:
            self._say(self._ready)
            ears = self._ears(port)
            while not self._stop.is_set():
                now = time.monotonic()
                question = ears.question(now)
                if question:
                    port.write(question)
                data = port.read()
                now = time.monotonic()
                events = ears.hear(data, now)
                self._say(ears.state(now) or self._ready)
                for event in events:
                    self._tell(event)
        finally:
            with self._lock:
                self._port = None
            port.close()

    def _tell(self, event: Event) -> None:
        with self._lock:
            self._log.append(event)
        self._call(lambda: self._told(event))

    def _say(self, state: PortState) -> None:
        with self._lock:
            is_gone = state.word is self._state.word is PortWord.ABSENT
            is_news = state != self._state and not is_gone and not self._stop.is_set()
            if is_news:
                self._state = state
        changed = self._changed
        if is_news and changed is not None:
            self._call(lambda: changed(state))

    def _call(self, callback: Callable[[], None]) -> None:
        """A fault in a callback is a bug of its own: reported as one, while the port goes on."""
        if self._stop.is_set():
            return
        try:
            callback()
        except Exception as bug:
            _report(bug)


def _report(bug: Exception) -> None:
    """A bug on the reader's thread, reported as one of any other thread; the window may be on its way out."""
    with contextlib.suppress(RuntimeError):
        facts = (type(bug), bug, bug.__traceback__, threading.current_thread())
        threading.excepthook(threading.ExceptHookArgs(facts))
