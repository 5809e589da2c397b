"""What a date or moment on the command line means, and the span of time a report is about."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.i18n import _
from core.reports.types.asked import Span

TICK = timedelta(microseconds=1)


def moment_from(text: str, zone: str, day_start_hour: int, *, at_end: bool) -> datetime:
    """A moment from ISO text: with an offset as it says, else on the site's clock. A date is the whole business day: its
    first moment, or with `at_end` its last. Raises InvalidInput."""
    typed = _as_iso(text)
    place = ZoneInfo(zone)
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", typed, flags=re.ASCII):
            day = date.fromisoformat(typed)
            first = datetime.combine(day + timedelta(days=1 if at_end else 0), time(day_start_hour), place)
            return first - TICK if at_end else first
        moment = datetime.fromisoformat(typed)
    except (ValueError, OverflowError):
        raise InvalidInput(
            _("“{text}” is not a date. Write 2026-05-17, or 2026-05-17 14:30.", text=typed[:40])
        ) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=place)


def _as_iso(text: str) -> str:
    """A date as people write it, 2026/5/7 or 2026.5.7, with the hyphens and zeros of ISO; all else stays as it is."""
    typed = unicodedata.normalize("NFKC", text).strip()
    found = re.match(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", typed, flags=re.ASCII)
    if found is None:
        return typed
    year, _joint, month, day = found.groups()
    return f"{year}-{int(month):02}-{int(day):02}{typed[found.end() :]}"


def span_of(dates: tuple[str, str, str], zone: str, day_start_hour: int, *, is_of_period: bool) -> Span:
    """The span that `--as-of`, `--from` and `--to` mean (empty where not given).

    Raises InvalidInput for options that do not fit the report, or a period that ends before it starts.
    """
    as_of, start, end = dates
    if as_of and (start or end):
        raise InvalidInput(_("Write either --as-of, or --from and --to."), field="--as-of")
    if (start or end) and not is_of_period:
        raise InvalidInput(_("This report is about one moment: write --as-of."), field="--from" if start else "--to")
    last = _named("--as-of" if as_of else "--to", as_of or end, zone, day_start_hour, at_end=True)
    first = _named("--from", start, zone, day_start_hour, at_end=False)
    if first is not None and last is not None and last < first:
        raise InvalidInput(_("The period ends before it starts."), field="--to")
    return Span(first, last)


def month_start(moment: datetime, zone: str, day_start_hour: int) -> datetime:
    """The first moment of the month that holds the business day of a moment."""
    day = (moment.astimezone(ZoneInfo(zone)) - timedelta(hours=day_start_hour)).date()
    return datetime.combine(day.replace(day=1), time(day_start_hour), ZoneInfo(zone))


def _named(option: str, text: str, zone: str, day_start_hour: int, *, at_end: bool) -> datetime | None:
    if not text:
        return None
    try:
        return moment_from(text, zone, day_start_hour, at_end=at_end)
    except InvalidInput as fault:
        fault.field = option
        raise
