"""What is watched, what was found, who has read it, and the messages that tell of it elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Instant, Json, Key


class AlertSettings(Base, Versioned):
    """One row, with id 1: quiet hours as HH:MM at the site (empty: none), and when the rules were last looked at. Who looks
    locks it, so that two programs never find the same thing twice."""

    __tablename__ = "alert_settings"
    topic = "alert_settings"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    quiet_from: Mapped[str] = mapped_column(String(5), default="")
    quiet_to: Mapped[str] = mapped_column(String(5), default="")
    urgent_breaks: Mapped[bool] = mapped_column(default=True)
    checked_at: Mapped[datetime | None] = mapped_column(Instant)


class AlertRule(Base, Numbered, Versioned):
    """What is watched: `limits` by name as decimal texts; `roles` are codes, `people` and `channels` ids."""

    __tablename__ = "alert_rule"
    topic = "alert_rule"
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80), default="")
    is_on: Mapped[bool] = mapped_column(default=True)
    urgency: Mapped[str] = mapped_column(String(8))
    limits: Mapped[Any] = mapped_column(Json)
    roles: Mapped[Any] = mapped_column(Json)
    people: Mapped[Any] = mapped_column(Json)
    channels: Mapped[Any] = mapped_column(Json)
    ignores_quiet: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)


class Alert(Base, Numbered):
    """Something a rule found. `is_live` is 1 while its cause lasts and empty afterwards, so that one rule has one live alert
    of a subject. `facts` are what its words are made of; `told_at` when it was last brought to people's notice."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("rule_id", "subject_kind", "subject_id", "subject_part", "is_live", name="uq_alert_live"),
        Index("ix_alert_state", "state", "kind"),
        Index("ix_alert_closed_at", "closed_at"),
    )
    topic = "alert"
    rule_id: Mapped[int] = mapped_column(Key, ForeignKey("alert_rule.id"))
    kind: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[str] = mapped_column(String(8))
    subject_kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int] = mapped_column(Key)
    subject_part: Mapped[str] = mapped_column(String(60), default="")
    is_live: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12))
    facts: Mapped[Any] = mapped_column(Json)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    told_at: Mapped[datetime] = mapped_column(Instant)
    round: Mapped[int] = mapped_column(default=1)
    snoozed_until: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(String(200), default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class AlertHistory(Base, Numbered):
    """What happened to an alert after it was opened; without a person it was the program."""

    __tablename__ = "alert_history"
    topic = "alert"
    alert_id: Mapped[int] = mapped_column(Key, ForeignKey("alert.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    event: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))
    until: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(String(200), default="")


class AlertRead(Base):
    """When somebody last read an alert."""

    __tablename__ = "alert_read"
    topic = "alert_read"
    alert_id: Mapped[int] = mapped_column(Key, ForeignKey("alert.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    read_at: Mapped[datetime] = mapped_column(Instant)


class AlertContact(Base):
    """Where somebody is told of alerts outside the program."""

    __tablename__ = "alert_contact"
    topic = "alert_rule"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    email: Mapped[str] = mapped_column(String(320), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")


class AlertChannel(Base, Numbered, Versioned):
    """A way alerts leave the program. `key` names its secret on each PC, where alone that is kept; `shown` is what of its
    address may be seen; `options` is the message's template of a gateway."""

    __tablename__ = "alert_channel"
    topic = "alert_rule"
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    is_on: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(5), default="")
    key: Mapped[str] = mapped_column(String(32))
    shown: Mapped[str] = mapped_column(String(200), default="")
    addresses: Mapped[Any] = mapped_column(Json)
    to_people: Mapped[bool] = mapped_column(default=False)
    is_repeatable: Mapped[bool] = mapped_column(default=False)
    options: Mapped[Any] = mapped_column(Json)
    is_removed: Mapped[bool] = mapped_column(default=False)


class AlertMessage(Base, Numbered):
    """One message as it goes out, made once, and where it stands. `key` lets a receiver know a message it has already."""

    __tablename__ = "alert_message"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_alert_message_state", "state", "next_at"),
        Index("ix_alert_message_channel_id", "channel_id"),
    )
    topic = "alert_message"
    channel_id: Mapped[int] = mapped_column(Key, ForeignKey("alert_channel.id"))
    address: Mapped[str] = mapped_column(String(320))
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    alerts: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime] = mapped_column(Instant)
    queued_at: Mapped[datetime] = mapped_column(Instant)
    next_at: Mapped[datetime] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_by: Mapped[str] = mapped_column(String(80), default="")
    holder: Mapped[str] = mapped_column(String(32), default="")
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    mail_id: Mapped[int | None] = mapped_column(Key)
    why: Mapped[Any] = mapped_column(Json, nullable=True)
    decided_by: Mapped[int | None] = mapped_column(Key, ForeignKey("person.id"))


class AlertDelivery(Base, Numbered):
    """That an alert is to be told by a channel to an address, once for each time it is told (`round`). It waits until
    `due_at`, and until a message takes it in; what is over before is dropped."""

    __tablename__ = "alert_delivery"
    __table_args__ = (
        UniqueConstraint("alert_id", "channel_id", "address", "round"),
        Index("ix_alert_delivery_due_at", "message_id", "is_dropped", "due_at"),
    )
    topic = "alert_message"
    alert_id: Mapped[int] = mapped_column(Key, ForeignKey("alert.id"))
    channel_id: Mapped[int] = mapped_column(Key, ForeignKey("alert_channel.id"))
    address: Mapped[str] = mapped_column(String(320))
    round: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    message_id: Mapped[int | None] = mapped_column(Key, ForeignKey("alert_message.id"), index=True)
    is_dropped: Mapped[bool] = mapped_column(default=False)
