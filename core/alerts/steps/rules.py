"""Rules, quiet hours, and who is told, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from core.alerts.rules.kinds import KINDS, first_rules, limits_of
from core.alerts.types.rules import QuietHours, RuleEdit
from core.errors import NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.alerts import AlertContact, AlertRule, AlertSettings
from db.base import table_of
from db.enums import AlertKind, AlertUrgency, Permission, PersonKind
from db.identity import Person, PersonRole, Role

RULE, SETTINGS, CONTACT = table_of(AlertRule), table_of(AlertSettings), table_of(AlertContact)
SETTINGS_ID = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is stored."""

    id: int
    version: int
    edit: RuleEdit


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who may be told: what they may see, their roles by code, and where they are reached."""

    id: int
    name: str
    roles: frozenset[str]
    rights: frozenset[str]
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Quiet hours, and when somebody last looked."""

    version: int
    quiet: QuietHours
    checked_at: datetime | None


def seed_alerts(sql: Connection) -> None:
    """What a new site begins with: one rule of each kind, on, with the usual limits; no quiet hours, no channels."""
    sql.execute(insert(SETTINGS).values(id=SETTINGS_ID, quiet_from="", quiet_to="", urgent_breaks=True, version=1))
    sql.execute(insert(RULE), [{**stored_rule(edit), "version": 1} for edit in first_rules()])


def stored_rule(edit: RuleEdit) -> dict[str, Any]:
    """A rule's columns."""
    return {
        "kind": str(edit.kind), "name": edit.name, "is_on": edit.is_on, "urgency": str(edit.urgency),
        "limits": {name: str(value) for name, value in edit.limits.items()}, "roles": list(edit.roles),
        "people": list(edit.people), "channels": list(edit.channels), "ignores_quiet": edit.ignores_quiet,
        "is_removed": False,
    }  # fmt: skip


def load_rules(uow: UnitOfWork) -> list[Rule]:
    """The rules that were not removed, in the order of their kinds. A kind this version does not know is left out."""
    known = {str(kind): number for number, kind in enumerate(KINDS)}
    rows = uow.sql.execute(select(RULE).where(RULE.c.is_removed.is_(False)).order_by(RULE.c.id))
    found = [_rule(row) for row in rows if row.kind in known]
    return sorted(found, key=lambda rule: (known[rule.edit.kind], rule.id))


def fetch_rule(uow: UnitOfWork, rule_id: int) -> Rule:
    """One rule, locked. Raises NotFound."""
    row = uow.sql.execute(
        select(RULE).where(RULE.c.id == rule_id, RULE.c.is_removed.is_(False)).with_for_update()
    ).first()
    if row is None:
        raise NotFound(_("There is no such rule."), field="rule")
    return _rule(row)


def _rule(row: Any) -> Rule:
    kind = AlertKind(row.kind)
    edit = RuleEdit(
        kind=kind,
        urgency=AlertUrgency(row.urgency),
        limits=limits_of(kind, {name: Decimal(value) for name, value in row.limits.items()}),
        name=row.name,
        is_on=bool(row.is_on),
        roles=tuple(row.roles),
        people=tuple(row.people),
        channels=tuple(row.channels),
        ignores_quiet=bool(row.ignores_quiet),
    )
    return Rule(row.id, row.version, edit)


def load_settings(uow: UnitOfWork, *, lock: bool = False) -> Settings:
    """Quiet hours and when somebody last looked; locked, others who look wait for our end."""
    listed = select(SETTINGS).where(SETTINGS.c.id == SETTINGS_ID)
    row = uow.sql.execute(listed.with_for_update() if lock else listed).one()
    quiet = QuietHours(row.quiet_from, row.quiet_to, bool(row.urgent_breaks))
    return Settings(row.version, quiet, row.checked_at)


def load_people(uow: UnitOfWork) -> list[Somebody]:
    """Everybody who works with the program, with roles, rights (at whatever place) and contacts."""
    rows = uow.sql.execute(
        select(Person.id, Person.name, Role.code, Role.permissions, CONTACT.c.email, CONTACT.c.phone)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Role, Role.id == PersonRole.role_id)
        .outerjoin(CONTACT, CONTACT.c.person_id == Person.id)
        .where(Person.is_active, Person.kind == PersonKind.HUMAN)
        .order_by(Person.id)
    )
    roles: dict[int, set[str]] = {}
    rights: dict[int, set[str]] = {}
    facts: dict[int, Any] = {}
    for row in rows:
        roles.setdefault(row.id, set()).add(row.code)
        rights.setdefault(row.id, set()).update(row.permissions)
        facts[row.id] = row
    return [
        Somebody(key, row.name, frozenset(roles[key]), frozenset(rights[key]), row.email or "", row.phone or "")
        for key, row in facts.items()
    ]


def told_by(edit: RuleEdit, people: Iterable[Somebody]) -> list[Somebody]:
    """Whom a rule tells: those named by role or by name, of those who may see what it finds; everybody who may see it where
    nobody is named."""
    right = str(KINDS[edit.kind].permission)
    return [one for one in people if right in one.rights and _is_named(edit, one.id, one.roles)]


def _is_named(edit: RuleEdit, person_id: int, roles: frozenset[str]) -> bool:
    if not edit.roles and not edit.people:
        return True
    return person_id in edit.people or bool(roles.intersection(edit.roles))


def rules_seen(uow: UnitOfWork, *, everybody: bool = False) -> list[Rule]:
    """The rules whose alerts this person is told of; with `everybody` also those others are told of. Raises NotAllowed for
    `everybody` without the right to change rules."""
    if everybody:
        uow.require(Permission.ALERT_EDIT)
    roles = frozenset(
        uow.sql.execute(
            select(Role.code)
            .join(PersonRole, PersonRole.role_id == Role.id)
            .where(PersonRole.person_id == uow.actor.person_id)
        ).scalars()
    )
    return [
        rule
        for rule in _with_removed(uow)
        if uow.may(KINDS[rule.edit.kind].permission) and (everybody or _is_named(rule.edit, uow.actor.person_id, roles))
    ]


def _with_removed(uow: UnitOfWork) -> list[Rule]:
    """Removed rules too, whose alerts stand in the history."""
    return [_rule(row) for row in uow.sql.execute(select(RULE)) if row.kind in KINDS]
