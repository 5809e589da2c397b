"""Saved views of reports and pivots, schedules, and every run of a schedule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Instant, Json, Key


class ReportView(Base, Numbered, Versioned):
    """What somebody asks of a report or pivot, kept under a name: `source` the report's or prepared table's word, `asked`
    its filters, columns, grouping."""

    __tablename__ = "report_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)
    topic = "report_view"
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    asked: Mapped[Any] = mapped_column(Json)
    is_shared: Mapped[bool]
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class ReportSchedule(Base, Numbered, Versioned):
    """A report made by itself. `view_id` 0: the report named by `report` as it stands. `weekdays` is a mask (Monday 1 ...
    Sunday 64), `month_day` 31 the last day of any month, `at_time` HH:MM at the site. `station` empty: any PC makes it.
    `counted_from`: what was due up to then is dealt with. Made with the rights of `person_id`."""

    __tablename__ = "report_schedule"
    topic = "schedule"
    name: Mapped[str] = mapped_column(String(80), unique=True)
    report: Mapped[str] = mapped_column(String(60))
    view_id: Mapped[int] = mapped_column(Key)
    period: Mapped[str] = mapped_column(String(20))
    form: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(5))
    rhythm: Mapped[str] = mapped_column(String(20))
    weekdays: Mapped[int]
    month_day: Mapped[int]
    at_time: Mapped[str] = mapped_column(String(5))
    target: Mapped[str] = mapped_column(String(10))
    folder: Mapped[str] = mapped_column(String(400))
    station: Mapped[str] = mapped_column(String(80))
    recipients: Mapped[str] = mapped_column(Text)
    is_on: Mapped[bool]
    is_removed: Mapped[bool] = mapped_column(default=False)
    counted_from: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(Instant)


class ReportRun(Base, Numbered):
    """One run of a schedule: due once, taken by one program (`holder`, at the PC `taken_by`), tried until it is done or
    given up. `month` is the closed month it is about (2026-10), empty for any other; `missed` counts earlier ones it stands
    in for; `path` and `mail_id` where it went, `why` what happened last as a text in both languages."""

    __tablename__ = "report_run"
    __table_args__ = (
        UniqueConstraint("schedule_id", "due_at"),
        Index("ix_report_run_state", "state", "next_at"),
    )
    topic = "schedule"
    schedule_id: Mapped[int] = mapped_column(Key, ForeignKey("report_schedule.id"))
    due_at: Mapped[datetime] = mapped_column(Instant)
    month: Mapped[str] = mapped_column(String(7), default="")
    state: Mapped[str] = mapped_column(String(10))
    queued_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    missed: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(32), default="")
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[str] = mapped_column(String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    path: Mapped[str] = mapped_column(String(600), default="")
    mail_id: Mapped[int | None] = mapped_column(Key, ForeignKey("mail_outbox.id"))
    size: Mapped[int] = mapped_column(default=0)
    why: Mapped[Any] = mapped_column(Json, nullable=True)
