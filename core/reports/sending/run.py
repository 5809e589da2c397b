"""A pass over the schedules: what came due is written down, taken, made, delivered, and what became of it written down."""

from __future__ import annotations

import io
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from core.crashes import write_report
from core.errors import CoreError, InvalidInput, NotAllowed, NotFound, Unavailable
from core.i18n import Text, _
from core.reports.commands.runs import finish_run, plan_runs, put_off_run, take_run
from core.reports.queries.schedules import get_jobs_due, get_taken_run, write_run
from core.reports.sending.files import write_file
from core.reports.types.schedules import JobsDue, JobsRun, MadeFile, TakenRun
from db.enums import RunState

TRY_AGAIN_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write down what became of a run, when the database is away just then."""
HOPELESS = (InvalidInput, NotAllowed, NotFound)
"""What no waiting puts right: a person must change the schedule."""


class Caller(Protocol):
    """Who runs commands and queries: the office."""

    def do(self, command: Callable[..., Any], **arguments: Any) -> Any:
        """Run a command."""

    def ask(self, query: Callable[..., Any], **arguments: Any) -> Any:
        """Run a query."""


def run_due(caller: Caller, *, stop: Callable[[], bool] | None = None) -> JobsRun:
    """Make every scheduled report that is due on this PC, one after the other, and answer what came of it.

    Runs in the caller's thread and may take long; `stop` is asked before each report. Several programs may do so at once:
    each run is made by one of them. What cannot be made now is tried again by a later pass. Raises Unavailable when the
    database is away.
    """
    due: JobsDue = caller.ask(get_jobs_due)
    if due.to_plan or due.stranded:
        caller.do(plan_runs)
        due = caller.ask(get_jobs_due)
    holder = uuid.uuid4().hex
    counts: Counter[RunState] = Counter()
    troubles: dict[Text, None] = {}
    while due.to_make and not (stop is not None and stop()):
        run_id: int = caller.do(take_run, holder=holder)
        if not run_id:
            break
        state, why = _make(caller, run_id, holder)
        counts[state] += 1
        if why is not None:
            troubles[why] = None
        due = caller.ask(get_jobs_due)
    return JobsRun(counts[RunState.DONE], counts[RunState.WAITING], counts[RunState.FAILED], tuple(troubles))


def _make(caller: Caller, run_id: int, holder: str) -> tuple[RunState, Text | None]:
    def write(target: BinaryIO) -> None:
        caller.ask(write_run, run_id=run_id, holder=holder, target=target)

    try:
        taken: TakenRun = caller.ask(get_taken_run, run_id=run_id, holder=holder)
        if taken.folder:
            path, size = write_file(taken, holder, write)
            made = MadeFile(taken.file_name, size, path)
        else:
            write(content := io.BytesIO())
            made = MadeFile(taken.file_name, content.tell(), content=content.getvalue())
        _write_down(caller, finish_run, run_id=run_id, holder=holder, made=made)
    except Unavailable:
        raise  # it is found left behind when the database is back, and made again
    except CoreError as fault:
        return _give_up(caller, run_id, holder, fault.text, isinstance(fault, HOPELESS))
    except Exception as fault:
        report = write_report(fault)
        why = _(
            "The program is at fault and could not make this. Tell whoever helps you this number: {id}.", id=report.id
        )
        return _give_up(caller, run_id, holder, why, is_hopeless=True)
    return RunState.DONE, None


def _give_up(caller: Caller, run_id: int, holder: str, why: Text, is_hopeless: bool) -> tuple[RunState, Text]:
    facts = {"run_id": run_id, "holder": holder, "why": why, "is_hopeless": is_hopeless}
    return RunState(_write_down(caller, put_off_run, **facts)), why


def _write_down(caller: Caller, command: Callable[..., Any], **facts: Any) -> Any:
    """What became of a run, tried for a while when the database is away just then: once for one request."""
    request_id = uuid.uuid4().hex
    for wait in TRY_AGAIN_AFTER:
        try:
            return caller.do(command, request_id=request_id, **facts)
        except Unavailable:
            time.sleep(wait)
    return caller.do(command, request_id=request_id, **facts)
