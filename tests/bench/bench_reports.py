"""Every report of the catalogue on the large sample: its page and its CSV, against the goal and its own statements alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from core import reports
from core.office import Office
from core.reports import Asked
from tests.bench.asking import asked
from tests.bench.figures import Figure
from tests.bench.large import large_sample

GOAL = 3_000.0


def run() -> list[Figure]:
    """Page and file of each report, in processor time."""
    site = large_sample()
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        names = [entry.name for entry in office.ask(reports.list_reports)]
        return [figure for name in names for figure in _figures(office, site, name)]


def _figures(office: Office, site: Path, name: str) -> list[Figure]:
    count = office.ask(reports.get_report_page, name=name, limit=1).count
    found = []
    for what, ask in (("page", _page(office, name)), ("csv", _file(office, name))):
        taken, bare = asked(office, site, ask, times=1)
        found.append(Figure(f"{name}: {what}", taken, bare, GOAL, f"{count:,} rows"))
    return found


def _page(office: Office, name: str) -> Callable[[], object]:
    return lambda: office.ask(reports.get_report_page, name=name, limit=200)


def _file(office: Office, name: str) -> Callable[[], object]:
    return lambda: office.ask(reports.write_report, name=name, asked=Asked(), form="csv", target=io.BytesIO())
