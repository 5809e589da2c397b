"""Labels: own layouts, what hangs at which shelf, what is to be printed, and the journal of every label sent to a printer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Json, Key, Price


class LabelLayout(Base, Numbered, Versioned):
    """A layout made in the designer; `definition` is all of it, `subject` what it is for."""

    __tablename__ = "label_layout"
    topic = "label_layout"
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(String(12))
    definition: Mapped[Any] = mapped_column(Json)
    is_active: Mapped[bool] = mapped_column(default=True)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class ShelfLabel(Base):
    """What hangs for an item at a place (0: no place of its own): the label last printed, as it was printed.

    `facts` is what it was made from, in one text the database can compare; `true_on` the first day it speaks of.
    """

    __tablename__ = "shelf_label"
    __table_args__ = (Index("ix_shelf_label_location_id", "location_id"),)
    topic = "label"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    location_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    layout: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(5))
    content: Mapped[Any] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(String(64))
    facts: Mapped[str] = mapped_column(Text)
    true_on: Mapped[date] = mapped_column(Day)
    copies: Mapped[int] = mapped_column(default=1)
    printed_at: Mapped[datetime] = mapped_column(Instant)
    printed_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class LabelWish(Base, Numbered):
    """Labels of one thing waiting to be printed, from `due_on` on; from one document a thing stands here once."""

    __tablename__ = "label_wish"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "location_id", "layout", "document"),)
    topic = "label"
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int] = mapped_column(Key)
    location_id: Mapped[int] = mapped_column(Key, default=0)
    layout: Mapped[str] = mapped_column(String(40))
    copies: Mapped[int]
    reason: Mapped[str] = mapped_column(String(12))
    due_on: Mapped[date] = mapped_column(Day)
    document: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class ItemLabel(Base):
    """How many labels an item usually gets, and which layout its shelf has where it is not the usual one."""

    __tablename__ = "item_label"
    topic = "label"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    copies: Mapped[int]
    layout: Mapped[str] = mapped_column(String(40), default="")


class PlannedPrice(Base):
    """A sale price that will hold from a day on; the row goes when the item takes it over."""

    __tablename__ = "planned_price"
    topic = "label"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    from_on: Mapped[date] = mapped_column(Day, primary_key=True)
    price: Mapped[Decimal] = mapped_column(Price)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))


class LabelRoute(Base):
    """Which printer this PC prints a kind of label stock on."""

    __tablename__ = "label_route"
    topic = "label"
    station: Mapped[str] = mapped_column(String(80), primary_key=True)
    stock: Mapped[str] = mapped_column(String(40), primary_key=True)
    device_id: Mapped[int] = mapped_column(Key, ForeignKey("device.id"))


class LabelJob(Base, Numbered, Versioned):
    """Labels that go to one printer together. `layouts` are the definitions as they were when it began.

    `holder` is the run that sends it now, `counter` the printer's own count of labels when the present window began.
    """

    __tablename__ = "label_job"
    __table_args__ = (Index("ix_label_job_state", "state"),)
    topic = "label_job"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(120), default="")
    device_id: Mapped[int | None] = mapped_column(Key, ForeignKey("device.id"))
    printer: Mapped[str] = mapped_column(String(80), default="")
    stock: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(5))
    layouts: Mapped[Any] = mapped_column(Json)
    station: Mapped[str] = mapped_column(String(80))
    labels: Mapped[int]
    holder: Mapped[str] = mapped_column(String(40), default="")
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    counter: Mapped[int | None] = mapped_column(BigInteger)
    trouble: Mapped[str] = mapped_column(String(20), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class LabelJobLabel(Base, Numbered):
    """One label of a job, written before it is sent: what stands on it and how far it has come.

    `is_once` marks a serial number or a price, which is never printed a second time without asking.
    """

    __tablename__ = "label_job_label"
    __table_args__ = (
        UniqueConstraint("job_id", "number"),
        Index("ix_label_job_label_confirmed_at", "confirmed_at"),
        Index("ix_label_job_label_subject_id", "subject_id"),
    )
    topic = "label_job"
    job_id: Mapped[int] = mapped_column(Key, ForeignKey("label_job.id"))
    number: Mapped[int]
    subject: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[int] = mapped_column(Key)
    location_id: Mapped[int] = mapped_column(Key, default=0)
    layout: Mapped[str] = mapped_column(String(40))
    content: Mapped[Any] = mapped_column(Json)
    hash: Mapped[str] = mapped_column(String(64))
    facts: Mapped[str] = mapped_column(Text, default="")
    true_on: Mapped[date] = mapped_column(Day)
    copies: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(12), default="")
    document: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(10))
    is_once: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
