"""A question asked, in processor time, beside the bare SQL of the same question: its own statements, sent again by the driver
alone. Processor time, because the machine is shared; the clock says the same on an idle one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

from core.office import Office
from tests.bench.bare import Statement, driver_alone, recorded
from tests.bench.figures import Figure


def processor_milliseconds(run: Callable[[], object], times: int = 3) -> float:
    """The least processor time of several runs."""
    taken = []
    for _number in range(times):
        gc.collect()
        started = time.process_time()
        run()
        taken.append((time.process_time() - started) * 1000)
    return min(taken)


def asked(office: Office, site: Path, run: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """The processor time of a question, and of its statements alone, in milliseconds."""
    with recorded(office._reader) as statements:
        run()
    reads = [one for one in statements if _is_read(one)]
    taken = processor_milliseconds(run, times)
    with driver_alone(str(site)) as send:
        return taken, processor_milliseconds(lambda: send(reads), times)


def figure_of(name: str, office: Office, site: Path, run: Callable[[], object], goal: float) -> Figure:
    """A question as a figure of the table."""
    taken, bare = asked(office, site, run, times=1)
    return Figure(name, taken, bare, goal, "processor time")


def _is_read(one: Statement) -> bool:
    return one[0].lstrip().split(" ", 1)[0].upper() in ("SELECT", "WITH")
