"""A report while it is made: what was asked, and what every maker needs of the site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from sqlalchemy import select

from core.clock import business_day, day_starts_at
from core.documents import Known
from core.reports.types import Asked, Span
from core.uow import UnitOfWork
from db.catalog import Category
from db.columns import micros, moment
from db.stock import Location

QUARTER = 15 * 60 * 1_000_000  # zones are whole quarters of an hour apart, so days begin where a quarter does


@dataclass
class Making:
    """What a maker works with. `language` is that of names."""

    uow: UnitOfWork
    asked: Asked
    language: str
    span: Span
    sees_cost: bool

    @property
    def end(self) -> datetime:
        """The last moment the report is about."""
        return self.span.end or self.uow.now

    @property
    def start_micros(self) -> int:
        """The first moment in microseconds; before all entries where the report has none."""
        return -(2**62) if self.span.start is None else micros(self.span.start)

    @property
    def end_micros(self) -> int:
        """The last moment in microseconds."""
        return micros(self.end)

    @cached_property
    def today(self) -> date:
        """The business day of the last moment."""
        return self.day_of(self.end)

    @cached_property
    def days(self) -> int:
        """How many business days the period has, up to now; a period without a start has as many as its books."""
        first = self.day_of(self.span.start) if self.span.start is not None else self.today
        last = min(self.today, self.day_of(self.uow.now))
        return max((last - first).days + 1, 1)

    def day_of(self, at: datetime) -> date:
        """The business day of a moment."""
        return business_day(at, self.uow.site.zone, self.uow.site.day_start_hour)

    def day_of_quarter(self, quarter: int) -> date:
        """The business day of a quarter of an hour since 1970."""
        day: date = self.quarter_days[quarter]
        return day

    @cached_property
    def quarter_days(self) -> Known:
        """The business days of quarters of an hour since 1970."""
        return Known(lambda quarter: self.day_of(moment(quarter * QUARTER)))

    def starts_at(self, day: date) -> int:
        """The first microsecond of a business day."""
        return micros(day_starts_at(day, self.uow.site.zone, self.uow.site.day_start_hour))

    def money(self, minor: int) -> Decimal:
        """Whole minor units as money."""
        return self.uow.money(int(minor))

    def number(self, key: str, default: int) -> int:
        """The number chosen in a filter."""
        chosen = self.asked.chosen(key)
        return int(chosen[0]) if chosen else default

    def ids(self, key: str) -> frozenset[int]:
        """The records chosen in a filter; empty: all."""
        return frozenset(int(one) for one in self.asked.chosen(key))

    @cached_property
    def category_ids(self) -> frozenset[int]:
        """The categories chosen with all that lies under them; empty: all."""
        return self._under(self.ids("category"), self._category_parents)

    @cached_property
    def location_ids(self) -> frozenset[int]:
        """The locations chosen with all that lies under them; empty: all."""
        return self._under(self.ids("location"), self._location_parents)

    def name(self, name: str, name_en: str) -> str:
        """A name in the language of the report."""
        return (name_en or name) if self.language == "en" else name

    def _category_parents(self) -> dict[int, int | None]:
        return {row[0]: row[1] for row in self.uow.sql.execute(select(Category.id, Category.parent_id))}

    def _location_parents(self) -> dict[int, int | None]:
        return {row[0]: row[1] for row in self.uow.sql.execute(select(Location.id, Location.parent_id))}

    def _under(self, chosen: frozenset[int], parents: Callable[[], dict[int, int | None]]) -> frozenset[int]:
        if not chosen:
            return chosen
        known, found = parents(), set(chosen)
        for key in known:
            way: list[int] = []
            at: int | None = key
            while at is not None and at not in found and at not in way:
                way.append(at)
                at = known.get(at)
            if at in found:
                found.update(way)
        return frozenset(found)
