"""Programs that post, to run several at once and to kill: one process loads everything, each program is a fork of it.

Where there is no fork (Windows) every program is started anew, which only takes longer.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HAS_FORK = hasattr(os, "fork")


class Posters:
    """Runs jobs as programs of their own. A job: `site`, `items`, `count`, `prefix` of its request ids, `kill_at`."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-m", "tests.helpers.posters"]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    def __enter__(self) -> Posters:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(self, *jobs: dict[str, Any]) -> list[dict[str, Any]]:
        """Run jobs at the same time; answers by job: `answers`, `points` (how often it could have been killed), `killed`."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(jobs) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the posting programs are gone"
        answers: list[dict[str, Any]] = json.loads(line)
        return answers


def watch_steps(engine: Any, step: Callable[[int], None]) -> list[int]:
    """Call `step(n)` before the n-th statement of an engine, before its COMMIT, and after it before anybody knows.

    Answers a list whose only value is how many steps there were.
    """
    from sqlalchemy import event

    count = [0]

    def tick(*_args: object, **_named: object) -> None:
        count[0] += 1
        step(count[0])

    event.listen(engine, "before_cursor_execute", tick)
    event.listen(engine, "commit", tick)
    commit = engine.dialect.do_commit

    def commit_then_tick(connection: Any) -> None:
        commit(connection)
        tick()

    engine.dialect.do_commit = commit_then_tick
    return count


def post(job: dict[str, Any]) -> dict[str, Any]:
    """What a posting program does: open the site, post, say what it posted."""
    from decimal import Decimal

    from core import stock
    from core.office import Office
    from core.stock import NewLine

    with Office.open(job["site"], station=job["prefix"]) as office:
        office.sign_in_as_system()
        kill_at = job.get("kill_at")
        count = watch_steps(office._writer, lambda step: _die() if step == kill_at else None)
        lines = tuple(NewLine(item, Decimal(1)) for item in job["items"])
        answers = []
        for number in range(job.get("count", 1)):
            posted = office.do(stock.issue_goods, lines=lines, request_id=f"{job['prefix']}-{number}")
            answers.append([posted.posting_id, posted.number])
    return {"answers": answers, "points": count[0], "killed": False}


def _die() -> None:
    os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def _start_fork(job: dict[str, Any], out: Path) -> Callable[[], int]:
    pid = os.fork()
    if pid:
        return lambda: os.waitpid(pid, 0)[1]
    code = 1
    try:
        out.write_text(json.dumps(post(job)), encoding="utf-8")
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _start_anew(job: dict[str, Any], out: Path) -> Callable[[], int]:
    command = [sys.executable, "-m", "tests.helpers.posters", str(out), json.dumps(job)]
    return subprocess.Popen(command, cwd=ROOT).wait


def _run_all(jobs: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    start = _start_fork if HAS_FORK else _start_anew
    files = [folder / f"{number}.json" for number in range(len(jobs))]
    running = [start(job, file) for job, file in zip(jobs, files, strict=True)]
    codes = [wait() for wait in running]
    answers = []
    for job, file, code in zip(jobs, files, codes, strict=True):
        if code == 0:
            answers.append(json.loads(file.read_text(encoding="utf-8")))
        else:
            answers.append({"answers": [], "points": 0, "killed": bool(job.get("kill_at")), "code": code})
        file.unlink(missing_ok=True)
    return answers


def main() -> None:
    """Serve jobs until standard input ends."""
    if len(sys.argv) > 2:
        Path(sys.argv[1]).write_text(json.dumps(post(json.loads(sys.argv[2]))), encoding="utf-8")
        return
    import core.office
    import core.stock  # noqa: F401  loaded once for all programs

    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            answers = _run_all(json.loads(line), Path(folder))
            sys.stdout.write(json.dumps(answers) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
