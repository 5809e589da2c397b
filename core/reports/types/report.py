"""A report of the catalogue, and a report made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import Text


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report of the catalogue: its word, its name, what it answers, and whether it is about a period or a moment;
    of a period that names no start, whether it begins with the month or with the ledger."""

    name: str
    title: Text
    about: Text
    is_of_period: bool
    starts_with_month: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How a report is to be read: the language of names, and the form it is made for."""

    language: str
    form: str = "table"


@dataclass(frozen=True, slots=True)
class Report:
    """A report made: `sheet` (a `documents.Sheet`) for people, `plain` the rows for programs, with numbers as decimal
    strings; each is read once. `paper` and `book` (several sheets) where the report has its own."""

    entry: ReportEntry
    sheet: Any
    plain: Iterable[Mapping[str, object]]
    is_wide: bool = False
    paper: Any = None
    book: tuple[Any, ...] = ()
