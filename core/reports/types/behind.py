"""What stands behind a figure of a report: which entries, so that what they have in them adds up to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.reports.types.asked import Asked, Chosen

ENTRIES = "figure-entries"
COUNT = "count"
"""Instead of a column: the figure is how many entries there are."""


class When(StrEnum):
    """Which time the entries are of: the report's period, everything up to its end, or everything before it began."""

    PERIOD = "period"
    UNTIL = "until"
    BEFORE = "before"


class Within(StrEnum):
    """The part of the period a row is about."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Key:
    """A filter of the entries' report that takes its value from a field of the row; `words` is the field that says it."""

    filter: str
    field: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """Figures of a report and the report of the entries behind them.

    `figures` pairs a column with the column of `report` whose total it is (COUNT: the number of rows; a minus before it:
    with the other sign). `figure` is chosen there, `keys` narrow it to a row, `within` names the field with the first day
    of the row. Filters `carried` narrow both reports alike, those `ignored` only choose rows; with any other filter the
    figure is not that of its entries. A report that leaves rows out has no entries behind its total.
    """

    figures: tuple[tuple[str, str], ...]
    figure: str = ""
    keys: tuple[Key, ...] = ()
    when: When = When.PERIOD
    within: tuple[str, Within] | None = None
    fixed: tuple[tuple[str, Chosen], ...] = ()
    carried: tuple[str, ...] = ("item", "category", "location")
    ignored: tuple[str, ...] = ("text",)
    has_total: bool = True
    report: str = ENTRIES

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a row it needs."""
        of_keys = (name for key in self.keys for name in (key.field, key.words) if name)
        return (*of_keys, *(() if self.within is None else (self.within[0],)))


@dataclass(frozen=True, slots=True)
class Opened:
    """A report of entries as it is to be asked; `column` is the one whose total is the figure, `sign` -1 where it stands
    there with the other sign."""

    report: str
    asked: Asked
    column: str
    sign: int = 1
