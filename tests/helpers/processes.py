"""Ending programs the hard way, and waiting for something to become true."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path


def until(condition: Callable[[], object], *, seconds: float = 10, what: str = "the condition") -> None:
    """Waits for a condition, looking often. Raises TimeoutError. With a Qt window use `qtbot.waitUntil`."""
    last = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > last:
            raise TimeoutError(f"{what} did not come true within {seconds} s")
        time.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that is dead and only waits to be noted by its parent does not."""
    if sys.platform == "linux":
        stat = _stat(pid)
        return stat is not None and stat[0] not in "ZX"
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def kill_tree(pid: int) -> None:
    """Kills a process and its children (kill -9) and returns when none of them runs any more."""
    family = [pid, *_children(pid)]
    for one in family:
        try:
            os.kill(one, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        except ProcessLookupError:
            continue
    until(lambda: not any(map(is_running, family)), what=f"the end of process {pid}")


def _stat(pid: int | str) -> list[str] | None:
    """State, parent and so on of a process, as Linux says it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _children(pid: int) -> list[int]:
    if sys.platform != "linux":
        return []
    running = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    parents = {one: _stat(one) for one in running}
    return [one for one, stat in parents.items() if stat is not None and int(stat[1]) == pid]
