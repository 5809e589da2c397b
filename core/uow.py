"""One transaction of work: the database, who acts, when, under which request. Commands get it as their first argument."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from core.errors import NeedsConfirmation, NotAllowed
from core.i18n import Text, _
from core.words import word
from db.enums import CostMethod, Permission


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The rules of the site that commands and pages need all the time."""

    name: str
    name_en: str
    address: str
    phone: str
    currency: str
    digits: int
    zone: str
    language: str
    day_start_hour: int
    cost_method: CostMethod
    closed_until: datetime | None
    lock_minutes: int
    tax_number: str = ""
    paper_foot: str = ""
    paper_days: int = 400

    def title(self, language: str) -> str:
        """The site's name in a language."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and what they may do: everywhere, or below the locations listed."""

    person_id: int
    name: str
    language: str
    everywhere: frozenset[Permission]
    by_location: tuple[tuple[int, frozenset[Permission]], ...] = ()

    def may(self, permission: Permission | None) -> bool:
        """Whether they hold the right anywhere at all."""
        return (
            permission is None
            or permission in self.everywhere
            or any(permission in rights for _id, rights in self.by_location)
        )

    def may_at(self, permission: Permission, path: str) -> bool:
        """Whether they hold the right at the location with this path of ids (/1/4/9/)."""
        if permission in self.everywhere:
            return True
        return any(permission in rights and f"/{place}/" in path for place, rights in self.by_location)


@dataclass(slots=True)
class UnitOfWork:
    """What a command or query works with: the transaction it runs in, which it never commits, and who acts when."""

    sql: Connection
    actor: Actor
    site: SiteFacts
    now: datetime
    station: str
    request_id: str
    confirmed: frozenset[str] = frozenset()
    approver: Actor | None = None
    topics: set[str] = field(default_factory=set)
    facts: dict[str, Any] = field(default_factory=dict)

    def note(self, **facts: object) -> None:
        """Say more in this command's journal row than its arguments do. Never a secret.

        For instance whose name an id stands for, and under `changes` what fields were and are: `{field: [before, after]}`.
        """
        self.facts.update(facts)

    def require(self, permission: Permission) -> None:
        """Refuse unless the person, or who stands in for this action, has the right. Raises NotAllowed."""
        if not self.may(permission):
            raise not_allowed(permission)

    def require_at(self, permission: Permission, path: str, place: str) -> None:
        """The same at one place. Raises NotAllowed naming the place."""
        actors = [self.actor] if self.approver is None else [self.actor, self.approver]
        if not any(actor.may_at(permission, path) for actor in actors):
            raise NotAllowed(
                _("You have no right to do this at {place}. A manager can stand in with a PIN.", place=place)
            )

    def may(self, permission: Permission | None) -> bool:
        """Whether the person or the one standing in has the right."""
        return self.actor.may(permission) or (self.approver is not None and self.approver.may(permission))

    def confirm(self, key: str, question: Text, *, field: str | None = None) -> None:
        """Ask once; go on when the answer came along. Raises NeedsConfirmation."""
        if key not in self.confirmed:
            raise NeedsConfirmation(question, key=key, field=field)

    def money(self, minor: int) -> Decimal:
        """Whole minor units as money of this site."""
        return Decimal(minor).scaleb(-self.site.digits)


def not_allowed(permission: Permission) -> NotAllowed:
    """The sentence for a missing right."""
    return NotAllowed(
        _(
            "You have no right to do this ({permission}). A manager can stand in with a PIN.",
            permission=word(permission),
        )
    )
