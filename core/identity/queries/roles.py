"""Roles, and the rights there are."""

from __future__ import annotations

from sqlalchemy import func, select

from core.identity import rules
from core.identity.steps.people import role_rights
from core.identity.types import PermissionRow, RolePlace, RoleRow
from core.registry import query
from core.uow import UnitOfWork
from core.words import AREAS, allows, word
from db.enums import LocationKind, Permission
from db.identity import Person, PersonRole, Role
from db.stock import Location


@query(Permission.PERSON_EDIT)
def list_roles(uow: UnitOfWork) -> tuple[RoleRow, ...]:
    """The roles: those of the program in its order, then the site's own by name."""
    counted = (
        select(PersonRole.role_id, func.count(PersonRole.person_id.distinct()).label("people"))
        .join(Person, Person.id == PersonRole.person_id)
        .where(Person.is_active)
        .group_by(PersonRole.role_id)
        .subquery()
    )
    rows = uow.sql.execute(
        select(Role.__table__, func.coalesce(counted.c.people, 0).label("people")).outerjoin(
            counted, counted.c.role_id == Role.id
        )
    ).all()
    order = {code: place for place, code in enumerate(rules.BUILT_IN_ROLES)}
    return tuple(
        RoleRow(
            role_id=row.id,
            version=row.version,
            name=row.name,
            name_en=row.name_en,
            permissions=role_rights(row),
            is_built_in=row.is_built_in,
            is_fixed=row.code == rules.ADMINISTRATOR,
            people=int(row.people),
        )
        for row in sorted(rows, key=lambda row: (order.get(row.code, len(order)), row.name))
    )


@query(Permission.PERSON_EDIT)
def list_role_places(uow: UnitOfWork) -> tuple[RolePlace, ...]:
    """The locations in use that a role can be limited to, in the order of the tree."""
    rows = uow.sql.execute(
        select(Location.id, Location.name, Location.name_en, Location.path)
        .where(Location.is_active, Location.kind != LocationKind.TRANSIT)
        .order_by(Location.path, Location.walk_order)
    )
    return tuple(RolePlace(row.id, row.name, row.name_en, max(row.path.count("/") - 2, 0)) for row in rows)


@query(Permission.PERSON_EDIT)
def list_permissions(uow: UnitOfWork) -> tuple[PermissionRow, ...]:
    """Every right by area, with its name and what it lets a person do."""
    return tuple(
        PermissionRow(permission, area, word(permission), allows(permission), permission in uow.actor.everywhere)
        for area, permissions in AREAS
        for permission in permissions
    )
