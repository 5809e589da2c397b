"""Calendar months of business days: named, counted, and what may be done with one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from core.costing.rules.periods import Days
from core.errors import InvalidInput
from core.i18n import _

_FORM = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1999, 2999


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of business days; a kitchen's month that starts at 04:00 holds the night after its last day."""

    year: int
    number: int

    @staticmethod
    def parse(text: str) -> Month:
        """A month as typed: 2026-10, 2026-1, 202610, 2026/10, 2026年10月. Raises InvalidInput."""
        found = _FORM.fullmatch(text.strip())
        year, number = (int(found[1]), int(found[2])) if found else (0, 0)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
            raise InvalidInput(_("“{text}” is not a month. Write one such as 2026-10.", text=text[:20]), field="month")
        return Month(year, number)

    @staticmethod
    def of(day: date) -> Month:
        """The month of a day."""
        return Month(day.year, day.month)

    @property
    def text(self) -> str:
        """Year and month: 2026-10. Texts of months sort as the months do."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def days(self) -> Days:
        """From its first to its last day."""
        return Days(self.first, self.last)

    @property
    def before(self) -> Month:
        """The month before it."""
        return self.moved(-1)

    @property
    def after(self) -> Month:
        """The month after it."""
        return self.moved(1)

    @property
    def a_year_before(self) -> Month:
        """The same month of the year before."""
        return Month(self.year - 1, self.number)

    def moved(self, months: int) -> Month:
        """So many months later (below zero: earlier)."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.number) < (other.year, other.number)


def months_from_to(first: Month, last: Month) -> list[Month]:
    """All months from the first to the last, both included; none when the last lies before the first."""
    count = (last.year - first.year) * 12 + last.number - first.number + 1
    return [first.moved(step) for step in range(max(count, 0))]
