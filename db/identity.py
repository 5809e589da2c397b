"""The site, its people and what they may do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Instant, Json, Key, Scaled


class Site(Base, Versioned):
    """The one site of this database, and the rules chosen for it."""

    __tablename__ = "site"
    topic = "site"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    tax_number: Mapped[str] = mapped_column(String(60), default="")
    paper_foot: Mapped[str] = mapped_column(String(200), default="")
    paper_days: Mapped[int] = mapped_column(default=400)
    currency: Mapped[str] = mapped_column(String(3))
    digits: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(5))
    day_start_hour: Mapped[int] = mapped_column(default=4)
    cost_method: Mapped[str] = mapped_column(String(10))
    closed_until: Mapped[datetime | None] = mapped_column(Instant)
    lock_minutes: Mapped[int] = mapped_column(default=10)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Person(Base, Numbered, Versioned):
    """Somebody who signs in."""

    __tablename__ = "person"
    topic = "person"
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default="human")
    language: Mapped[str] = mapped_column(String(5), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    pin_hash: Mapped[str] = mapped_column(String(200), default="")
    badge: Mapped[str | None] = mapped_column(String(80), unique=True)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    is_active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)


class Role(Base, Numbered, Versioned):
    """A named set of permissions."""

    __tablename__ = "role"
    topic = "person"
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    permissions: Mapped[list[str]] = mapped_column(Json)
    is_built_in: Mapped[bool] = mapped_column(default=False)


class PersonRole(Base, Numbered):
    """A role somebody has, everywhere or at one location and what lies under it."""

    __tablename__ = "person_role"
    __table_args__ = (UniqueConstraint("person_id", "role_id", "location_id"),)
    topic = "person"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), index=True)
    role_id: Mapped[int] = mapped_column(Key, ForeignKey("role.id"))
    location_id: Mapped[int] = mapped_column(Key, default=0)


class ApprovalRule(Base, Numbered, Versioned):
    """Above this amount somebody with this role must approve."""

    __tablename__ = "approval_rule"
    topic = "person"
    subject: Mapped[str] = mapped_column(String(20), unique=True)
    limit_amount: Mapped[object] = mapped_column(Scaled)
    role_id: Mapped[int] = mapped_column(Key, ForeignKey("role.id"))
