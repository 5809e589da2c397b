"""The cable between a simulator and the program: a loopback connection everywhere, a pty where there are ptys."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

OnBytes: TypeAlias = Callable[[bytes], None]
MOST_AT_ONCE = 4096
JOIN_SECONDS = 2.0
LOOK_SECONDS = 0.1


class Wire:
    """One cable. `told` gets what the program sends; `send` goes the other way, and is lost when nobody listens."""

    def __init__(self) -> None:
        self.told: OnBytes = lambda _data: None
        self.address = ""
        self._lock = threading.Condition()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def plug(self) -> None:
        """Plug the device in."""
        if self._thread is None:
            self._stop.clear()
            self._attach()
            self._thread = threading.Thread(target=self._serve, name=f"simulator at {self.address}", daemon=True)
            self._thread.start()

    def unplug(self) -> None:
        """Pull the device out, in the middle of whatever it does."""
        thread, self._thread = self._thread, None
        self._stop.set()
        self._detach()
        if thread is not None and thread is not threading.current_thread():
            thread.join(JOIN_SECONDS)

    def close(self) -> None:
        """Take the cable away for good."""
        self.unplug()

    def send(self, data: bytes) -> bool:
        """Send to the program; False when it was lost."""
        raise NotImplementedError

    def wait_open(self, seconds: float = 5.0) -> bool:
        """Wait until the program has opened the port; False when it did not in time."""
        raise NotImplementedError

    def _attach(self) -> None:
        raise NotImplementedError

    def _detach(self) -> None:
        raise NotImplementedError

    def _serve(self) -> None:
        raise NotImplementedError


class SocketWire(Wire):
    """A loopback connection: socket://127.0.0.1:PORT; the same port again after it was unplugged."""

    def __init__(self) -> None:
        super().__init__()
        self._port = 0
        self._server: socket.socket | None = None
        self._client: socket.socket | None = None
        self.plug()

    def send(self, data: bytes) -> bool:
        """Send to the program; False when it was lost."""
        with self._lock:
            if self._client is None:
                return False
            with contextlib.suppress(OSError):
                self._client.sendall(data)
                return True
        return False

    def wait_open(self, seconds: float = 5.0) -> bool:
        """Wait until the program has connected."""
        with self._lock:
            return self._lock.wait_for(lambda: self._client is not None, seconds)

    def _attach(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self._port))
        self._port = self._server.getsockname()[1]
        self.address = f"socket://127.0.0.1:{self._port}"

    def _detach(self) -> None:
        with self._lock:
            for end in (self._server, self._client):  # else the program is back before it is gone
                if end is not None:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                    end.close()
            self._client = self._server = None

    def _serve(self) -> None:
        while not self._stop.is_set():
            client = self._accepted()
            if client is None:
                continue
            with self._lock:
                self._client = client
                self._lock.notify_all()
            self._talk(client)
            with self._lock:
                self._client = None
            client.close()

    def _accepted(self) -> socket.socket | None:
        server = self._server
        with contextlib.suppress(OSError, ValueError):
            if server is not None and select.select([server], [], [], LOOK_SECONDS)[0]:
                return server.accept()[0]
        return None

    def _talk(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            while not self._stop.is_set():
                if not select.select([client], [], [], LOOK_SECONDS)[0]:
                    continue
                data = client.recv(MOST_AT_ONCE)
                if not data:
                    return
                self.told(data)


class PtyWire(Wire):
    """A pty under a name of its own, which comes back under another number when it is plugged in again. POSIX only."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="steward-device-"))
        self.address = str(self._folder / "tty")
        self._master = self._slave = -1
        self.plug()

    def send(self, data: bytes) -> bool:
        """Send to the program; False when it was lost."""
        with self._lock, contextlib.suppress(OSError):
            while data and self._master >= 0:
                if not select.select([], [self._master], [], LOOK_SECONDS)[1]:
                    return False
                data = data[os.write(self._master, data) :]
            return not data
        return False

    def wait_open(self, seconds: float = 5.0) -> bool:
        """Ptys do not tell; what is sent waits in the pty for whoever opens it."""
        return self._master >= 0

    def close(self) -> None:
        """Take the cable away for good."""
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _attach(self) -> None:
        import tty

        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        Path(self.address).symlink_to(os.ttyname(self._slave))

    def _detach(self) -> None:
        with self._lock:
            Path(self.address).unlink(missing_ok=True)
            for end in (self._master, self._slave):
                if end >= 0:
                    os.close(end)
            self._master = self._slave = -1

    def _serve(self) -> None:
        while not self._stop.is_set():
            data = b""
            with contextlib.suppress(OSError, ValueError):
                if select.select([self._master], [], [], LOOK_SECONDS)[0]:
                    data = os.read(self._master, MOST_AT_ONCE)
            if data:
                self.told(data)
