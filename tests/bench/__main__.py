"""`make bench`: every benchmark, one table. Name some to run only those."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from core.memory import look_less_often
from tests.bench.figures import print_figures


def main(names: list[str]) -> None:
    """Run the modules bench_*.py of this folder and print the figures of each as they come."""
    look_less_often()
    for name in sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py")):
        if not names or name in names:
            print_figures(importlib.import_module(f"tests.bench.bench_{name}").run())


if __name__ == "__main__":
    main(sys.argv[1:])
