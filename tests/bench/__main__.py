"""`make bench`: every benchmark, one table. Name some to run only those."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from tests.bench.figures import Figure, print_figures


def main(names: list[str]) -> None:
    """Run the modules bench_*.py of this folder and print their figures."""
    modules = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    figures: list[Figure] = []
    for name in modules:
        if not names or name.removeprefix("bench_") in names:
            figures.extend(importlib.import_module(f"tests.bench.{name}").run())
    print_figures(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
