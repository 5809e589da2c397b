"""`make bench`: every benchmark, one table. Name some to run only those; words after the name of one that are no benches are
what it measures (`python -m tests.bench reports stock-ledger cost-bridge`)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from core.memory import look_less_often
from tests.bench.figures import print_figures


def main(names: list[str]) -> None:
    """Run the modules bench_*.py of this folder and print the figures of each as they come."""
    look_less_often()
    benches = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    words = [name for name in names if name not in benches]
    for name in benches:
        if not names or name in names:
            print_figures(importlib.import_module(f"tests.bench.bench_{name}").run(*words))


if __name__ == "__main__":
    main(sys.argv[1:])
