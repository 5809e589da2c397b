"""What crosses the door of identity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.enums import CostMethod


@dataclass(frozen=True, slots=True)
class NewSite:
    """What must be known to start a site."""

    name: str
    currency: str
    zone: str
    language: str
    cost_method: CostMethod
    admin: str
    password: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What signing in needs to know of a person."""

    person_id: int
    name: str
    password_hash: str
    pin_hash: str
    failed_tries: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class SignInName:
    """One tile of the sign-in window."""

    name: str
    language: str
    has_pin: bool
