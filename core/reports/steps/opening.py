"""From a figure of a report to the entries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from core.clock import day_ends_at, day_starts_at
from core.i18n import Text
from core.reports.types.asked import Asked, Chosen, Span
from core.reports.types.behind import Behind, Opened, When, Within
from core.uow import SiteFacts

Row = Mapping[str, Any]
_INSTANT = timedelta(microseconds=1)


def entries_behind(
    behind: tuple[Behind, ...], column: str, row: Row | None, asked: Asked, span: Span, site: SiteFacts
) -> Opened | None:
    """The entries whose sum is the figure of a column in a row (None: its total), as a report to be asked.

    `asked` and `span` are what the figure was reckoned with. None where no report lists exactly these entries.
    """
    one = next((one for one in behind if column in dict(one.figures)), None)
    if one is None or (row is None and not one.has_total):
        return None
    harmless = one.carried if row is None else (*one.carried, *one.ignored)
    chosen = {key: values for key, values in asked.filters if values}
    if any(key not in harmless for key in chosen):
        return None
    filters: dict[str, Chosen] = {key: values for key, values in chosen.items() if key in one.carried}
    if one.figure:
        filters["figure"] = (one.figure,)
    filters.update(one.fixed)
    if row is not None:
        filters.update(_of_row(one, row, asked.language or site.language))
    sought = dict(one.figures)[column]
    wanted = Asked(_span_of(one, row, span, site), tuple(filters.items()), language=asked.language)
    return Opened(one.report, wanted, sought.removeprefix("-"), -1 if sought.startswith("-") else 1)


def _of_row(one: Behind, row: Row, language: str) -> dict[str, Chosen]:
    """What narrows to a row; a field the row does not have narrows nothing."""
    found: dict[str, Chosen] = {}
    for key in one.keys:
        if key.field in row:
            value = row[key.field]
            values = value if isinstance(value, tuple) else (_plain(value),)
            found[key.filter] = (*values, _words(row.get(key.words), language)) if key.words else values
    return found


def _plain(value: Any) -> str | int:
    if isinstance(value, StrEnum):
        return value.value
    plain: str | int = "" if value is None else value
    return plain


def _words(value: Any, language: str) -> str:
    if isinstance(value, Text):
        return value.render(language)
    return "–" if value in (None, "") else str(value)


def _span_of(one: Behind, row: Row | None, span: Span, site: SiteFacts) -> Span:
    if one.when is When.UNTIL:
        return Span(None, span.end)
    if one.when is When.BEFORE:
        return Span(None, None if span.start is None else span.start - _INSTANT)
    if one.within is None or row is None:
        return span
    first, last = _days(row[one.within[0]], one.within[1])
    start = day_starts_at(first, site.zone, site.day_start_hour)
    end = day_ends_at(last, site.zone, site.day_start_hour)
    return Span(_later(start, span.start), end if span.end is None else min(end, span.end))


def _later(start: datetime, other: datetime | None) -> datetime:
    return start if other is None else max(start, other)


def _days(value: Any, within: Within) -> tuple[date, date]:
    """First and last day of a row; a month may be written as 2026-11."""
    first: date = date.fromisoformat(f"{value}-01") if isinstance(value, str) else value
    if within is Within.DAY:
        return first, first
    if within is Within.WEEK:
        return first, first + timedelta(days=6)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after - timedelta(days=1)
