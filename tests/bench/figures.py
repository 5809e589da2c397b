"""A figure of a benchmark, and how it is measured and printed."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: milliseconds, against bare SQL or a goal where there is one."""

    name: str
    milliseconds: float
    bare: float | None = None
    goal: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the bare SQL it took."""
        return None if not self.bare else self.milliseconds / self.bare


def milliseconds(run: Callable[[], object], times: int = 5) -> float:
    """The shortest time of several runs: the machine is shared, and what others take is not ours."""
    taken = []
    for _number in range(times):
        gc.collect()
        started = time.perf_counter()
        run()
        taken.append((time.perf_counter() - started) * 1000)
    return min(taken)


def print_figures(figures: Sequence[Figure]) -> None:
    """A table: name, milliseconds, bare SQL, ratio, goal."""
    width = max(len(figure.name) for figure in figures) + 2
    print(f"{'':{width}}{'ms':>10}{'bare SQL':>10}{'ratio':>8}{'goal':>9}  note")
    for figure in figures:
        bare = f"{figure.bare:.2f}" if figure.bare else "-"
        ratio = f"{figure.ratio:.2f}" if figure.ratio else "-"
        goal = f"{figure.goal:.0f}" if figure.goal else "-"
        print(
            f"{figure.name:{width}}{figure.milliseconds:>10.2f}{bare:>10}{ratio:>8}{goal:>9}  {figure.note}", flush=True
        )
