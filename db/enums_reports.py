"""The stored words of saved views and schedules. Read them from `db.enums`."""

from __future__ import annotations

from enum import StrEnum


class ViewKind(StrEnum):
    """What a saved view is of."""

    REPORT = "report"
    PIVOT = "pivot"


class Rhythm(StrEnum):
    """How often a schedule is due."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    MONTH_CLOSED = "month_closed"


class Period(StrEnum):
    """The time a scheduled report is about, seen from the business day it is due on. View: as the view says."""

    VIEW = "view"
    MOMENT = "moment"
    YESTERDAY = "yesterday"
    WEEK_TO_DATE = "week_to_date"
    LAST_WEEK = "last_week"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    MONTH_TO_DATE = "month_to_date"
    LAST_MONTH = "last_month"
    YEAR_TO_DATE = "year_to_date"
    LAST_12_MONTHS = "last_12_months"


class ScheduleTarget(StrEnum):
    """Where a scheduled report goes."""

    FOLDER = "folder"
    MAIL = "mail"


class RunState(StrEnum):
    """Where one run of a schedule stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
