"""People, as lists and one by one; never their secrets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from core.errors import NotFound
from core.i18n import _
from core.identity import rules
from core.identity.types import PersonCard, PersonRow, RoleHeld
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission, PersonKind
from db.identity import Person, PersonRole, Role
from db.journal import Journal
from db.stock import Location


@query(Permission.PERSON_EDIT)
def list_people(uow: UnitOfWork, *, is_active: bool | None = None) -> tuple[PersonRow, ...]:
    """The people of the site by name, the active ones first."""
    wanted = [Person.kind == PersonKind.HUMAN]
    if is_active is not None:
        wanted.append(Person.is_active == is_active)
    rows = uow.sql.execute(
        select(Person.__table__).where(*wanted).order_by(Person.is_active.desc(), func.lower(Person.name), Person.id)
    ).all()
    roles = _roles_held(uow, (row.id for row in rows))
    return tuple(
        PersonRow(
            person_id=row.id,
            name=row.name,
            roles=roles[row.id],
            is_active=row.is_active,
            has_password=bool(row.password_hash),
            has_pin=bool(row.pin_hash),
            has_badge=row.badge is not None,
            locked_until=row.locked_until if rules.is_locked_out(row.locked_until, uow.now) else None,
        )
        for row in rows
    )


@query(Permission.PERSON_EDIT)
def get_person(uow: UnitOfWork, *, person_id: int) -> PersonCard:
    """One person with roles and lock state. Raises NotFound."""
    return _card(uow, person_id)


@query(Permission.PERSON_EDIT)
def find_person_by_badge(uow: UnitOfWork, *, badge: str) -> PersonCard | None:
    """The person who carries this badge; None when nobody does."""
    code = badge.strip()
    found = uow.sql.execute(select(Person.id).where(Person.badge == code)).scalar() if code else None
    return None if found is None else _card(uow, int(found))


@query(None)
def get_me(uow: UnitOfWork) -> PersonCard:
    """The person signed in."""
    return _card(uow, uow.actor.person_id)


def _card(uow: UnitOfWork, person_id: int) -> PersonCard:
    row = uow.sql.execute(
        select(Person.__table__).where(Person.id == person_id, Person.kind == PersonKind.HUMAN)
    ).first()
    if row is None:
        raise NotFound(_("This person is not there any more."), field="person_id")
    last = uow.sql.execute(
        select(Journal.at, Journal.station).where(Journal.person_id == person_id).order_by(Journal.at.desc()).limit(1)
    ).first()
    return PersonCard(
        person_id=row.id,
        version=row.version,
        name=row.name,
        language=row.language,
        note=row.note,
        roles=_roles_held(uow, [row.id])[row.id],
        is_active=row.is_active,
        has_password=bool(row.password_hash),
        has_pin=bool(row.pin_hash),
        has_badge=row.badge is not None,
        failed_tries=row.failed_tries,
        locked_until=row.locked_until if rules.is_locked_out(row.locked_until, uow.now) else None,
        created_at=row.created_at,
        last_act_at=None if last is None else last.at,
        last_station="" if last is None else last.station,
        is_oneself=row.id == uow.actor.person_id,
    )


def _roles_held(uow: UnitOfWork, people: Iterable[int]) -> dict[int, tuple[RoleHeld, ...]]:
    rows = uow.sql.execute(
        select(
            PersonRole.person_id,
            Role.id,
            Role.name,
            Role.name_en,
            PersonRole.location_id,
            func.coalesce(Location.name, ""),
            func.coalesce(Location.name_en, ""),
        )
        .join(Role, Role.id == PersonRole.role_id)
        .outerjoin(Location, Location.id == PersonRole.location_id)
        .where(PersonRole.person_id.in_(list(people)))
        .order_by(PersonRole.id)
    )
    held: dict[int, list[RoleHeld]] = defaultdict(list)
    for person_id, role_id, name, name_en, location_id, place, place_en in rows:
        held[person_id].append(RoleHeld(role_id, name, name_en, location_id, place, place_en))
    return defaultdict(tuple, {person_id: tuple(roles) for person_id, roles in held.items()})
