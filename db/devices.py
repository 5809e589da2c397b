"""Scanners, scales, probes and printers that this site knows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Json


class Device(Base, Numbered, Versioned):
    """One device, how it is reached and set up; `station` is the PC it hangs on, empty for every PC."""

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_station", "station"),)
    topic = "device"
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    link: Mapped[str] = mapped_column(String(10))
    address: Mapped[str] = mapped_column(String(400), default="")
    protocol: Mapped[str] = mapped_column(String(20), default="")
    settings: Mapped[Any] = mapped_column(Json)
    station: Mapped[str] = mapped_column(String(80), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
