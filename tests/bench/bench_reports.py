"""Every report of the catalogue on the large sample, or those named: pages and files against the goal, the page as it opens
against its own statements alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from core import reports
from core.office import Office
from core.reports import Asked, ReportEntry, Span
from tests.bench.asking import asked, processor_milliseconds
from tests.bench.figures import Figure
from tests.bench.large import large_sample

GOAL = 3_000.0
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FORMS = ("csv", "pdf", "xlsx")
A_ROW = GOAL / 50_000
"""A file of more rows than these takes as long as it has rows."""


def run(*wanted: str) -> list[Figure]:
    """Each report, or those named, in processor time: its page as it opens, over all time and in every group; its files."""
    site = large_sample()
    with Office.open(str(site), station="bench") as office:
        office.sign_in_as_system()
        entries = office.ask(reports.list_reports)
        return [
            figure
            for entry in entries
            if not wanted or entry.name in wanted
            for figure in _figures(office, site, entry)
        ]


def _figures(office: Office, site: Path, entry: ReportEntry) -> list[Figure]:
    name, ever = entry.name, Span(LONG_AGO, None) if entry.is_of_period else Span()
    count = office.ask(reports.get_report_page, name=name, limit=1).count
    taken, bare = asked(office, site, _page(office, name, Asked()), times=1)
    found = [Figure(f"{name}: page", taken, bare, GOAL, f"{count:,} rows")]
    for group in ("", *entry.groups) if entry.is_of_period else entry.groups:
        taken = processor_milliseconds(_page(office, name, Asked(ever, group=group)), 1)
        found.append(Figure(f"{name}: page, all time {group}".rstrip(), taken, None, GOAL))
    for form in FORMS:
        taken = processor_milliseconds(_file(office, name, form), 1)
        found.append(Figure(f"{name}: {form}", taken, None, max(GOAL, A_ROW * count), f"{count:,} rows"))
    return found


def _page(office: Office, name: str, wanted: Asked) -> Callable[[], object]:
    return lambda: office.ask(reports.get_report_page, name=name, asked=wanted, limit=200)


def _file(office: Office, name: str, form: str) -> Callable[[], object]:
    return lambda: office.ask(reports.write_report, name=name, asked=Asked(), form=form, target=io.BytesIO())
