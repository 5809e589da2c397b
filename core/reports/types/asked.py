"""What somebody asks of a report: the time it is about, which rows, how they are grouped and sorted, which columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

Chosen: TypeAlias = tuple[str | int | Decimal, ...]
"""The values chosen in a filter: ids of records, stored words, a number, or a text to be found."""


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last moment, both included. Without `start`: everything up to `end`; without `end`: until now."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by."""

    key: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How a report is wanted. Left empty: the report's own order, all its usual columns, no filter, the site's language.

    `filters` are pairs of a filter's key and the values chosen, `group` the key of a column of `ReportEntry.groups`. It
    can be kept as JSON (`core.answers`), so that a view or a schedule asks the same again. `period` is the word of a
    usual period (`Period`) that the span was chosen by: a view asks about that period as it is on the day it is opened.
    """

    span: Span = Span()
    filters: tuple[tuple[str, Chosen], ...] = ()
    group: str = ""
    sort: tuple[Sort, ...] = ()
    columns: tuple[str, ...] = ()
    language: str = ""
    period: str = ""

    def chosen(self, key: str) -> Chosen:
        """The values chosen in a filter; empty: it does not limit."""
        return next((values for name, values in self.filters if name == key), ())

    @property
    def is_plain(self) -> bool:
        """Whether the report is wanted as it is, over its span."""
        return not (self.filters or self.group or self.sort or self.columns)


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The same in words: `filters` as KEY=VALUE, with codes or names for records; `sort` and `columns` as keys between
    commas, a minus before a key sorts downwards."""

    filters: tuple[str, ...] = ()
    group: str = ""
    sort: str = ""
    columns: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked."""
        return not (self.filters or self.group or self.sort or self.columns)
