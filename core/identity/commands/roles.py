"""Giving and taking roles, and what a role may do."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from core.errors import InvalidInput, Refused
from core.i18n import _, _n
from core.identity import rules
from core.identity.steps.edits import changes_between, merged
from core.identity.steps.people import (
    check_administrator_left,
    check_may_give,
    check_outranks,
    fetch_person,
    fetch_role,
    location_path,
    lock_administrators,
    role_rights,
    roles_in_words,
)
from core.identity.types import RoleEdit
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.identity import ApprovalRule, PersonRole, Role


@command(Permission.PERSON_EDIT)
def give_role(uow: UnitOfWork, *, person_id: int, role_id: int, location_id: int = 0) -> None:
    """Give a person a role.

    Everywhere (location 0), or at one location and what lies under it. Raises NotAllowed for rights that one does
    not hold there oneself, Refused when they have the role already, NotFound.
    """
    person = fetch_person(uow, person_id)
    role = fetch_role(uow, role_id)
    check_may_give(uow, role_rights(role), location_path(uow, location_id))
    if uow.sql.execute(select(PersonRole.id).where(*_held(person_id, role_id, location_id))).first() is not None:
        raise Refused(_("{name} has this role already.", name=person.name), field="role_id")
    before = roles_in_words(uow, person_id)
    uow.sql.execute(insert(PersonRole).values(person_id=person_id, role_id=role_id, location_id=location_id))
    uow.note(person=person.name, role=role.name, changes={"roles": [before, roles_in_words(uow, person_id)]})


@command(Permission.PERSON_EDIT)
def take_role(uow: UnitOfWork, *, person_id: int, role_id: int, location_id: int = 0) -> None:
    """Take a role away from a person.

    Raises Refused for the last administrator, NotAllowed for somebody with more rights, or when they do not have
    it.
    """
    lock_administrators(uow)
    person = fetch_person(uow, person_id)
    role = fetch_role(uow, role_id)
    check_outranks(uow, person_id)
    before = roles_in_words(uow, person_id)
    gone = uow.sql.execute(
        delete(PersonRole).where(*_held(person_id, role_id, location_id)).returning(PersonRole.id)
    ).all()
    if not gone:
        raise Refused(_("{name} does not have this role any more.", name=person.name), field="role_id")
    check_administrator_left(uow)
    uow.note(person=person.name, role=role.name, changes={"roles": [before, roles_in_words(uow, person_id)]})


@command(Permission.PERSON_EDIT)
def create_role(uow: UnitOfWork, *, new: RoleEdit) -> int:
    """Make a role.

    Answers the id. Raises InvalidInput for a name that is taken, NotAllowed for rights that one does not hold
    oneself.
    """
    role = _checked(new)
    _check_name_free(uow, role)
    check_may_give(uow, role.permissions)
    role_id: int = uow.sql.execute(
        insert(Role)
        .values(
            code=f"own_{uow.request_id[:24]}",
            name=role.name,
            name_en=role.name_en,
            permissions=[str(permission) for permission in role.permissions],
            is_built_in=False,
        )
        .returning(Role.id)
    ).scalar_one()
    uow.note(changes={"permissions": [[], list(role.permissions)]})
    return role_id


@command(Permission.PERSON_EDIT)
def update_role(uow: UnitOfWork, *, role_id: int, version: int, new: RoleEdit, seen: RoleEdit | None = None) -> int:
    """Change a role.

    Answers the new version; everybody with the role has the new rights at once. The administrator's role keeps
    every right. Raises Refused, InvalidInput, NotAllowed for rights that one does not hold oneself, Conflict,
    NotFound.
    """
    stored = fetch_role(uow, role_id)
    before = RoleEdit(stored.name, stored.name_en, role_rights(stored))
    after = merged(before, _checked(new), seen, is_stale=stored.version != version)
    _check_name_free(uow, after, but=role_id)
    changed = set(before.permissions) ^ set(after.permissions)
    if changed and stored.code == rules.ADMINISTRATOR:
        raise Refused(
            _("The administrator's role always holds every right. Make another role instead."), field="permissions"
        )
    check_may_give(uow, changed)
    uow.sql.execute(
        update(Role)
        .where(Role.id == role_id)
        .values(
            name=after.name,
            name_en=after.name_en,
            permissions=_kept(stored.permissions, after.permissions),
            version=stored.version + 1,
        )
    )
    uow.note(role=before.name, changes=changes_between(before, after))
    return int(stored.version) + 1


@command(Permission.PERSON_EDIT)
def delete_role(uow: UnitOfWork, *, role_id: int) -> None:
    """Delete a role.

    Raises Refused for a role that comes with the program, that somebody has, or that an approval rule names;
    NotAllowed for rights that one does not hold oneself; NotFound.
    """
    role = fetch_role(uow, role_id)
    if role.is_built_in:
        raise Refused(
            _("{role} comes with the program and cannot be deleted. Its rights can be changed.", role=role.name)
        )
    check_may_give(uow, role_rights(role))
    holders = uow.sql.execute(
        select(func.count(PersonRole.person_id.distinct())).where(PersonRole.role_id == role_id)
    ).scalar_one()
    if holders:
        raise Refused(
            _n(
                "{n} person has this role. Take it away first.",
                "{n} people have this role. Take it away first.",
                holders,
            )
        )
    if uow.sql.execute(select(ApprovalRule.id).where(ApprovalRule.role_id == role_id).limit(1)).first() is not None:
        raise Refused(_("An approval rule names this role. Change the rule first."))
    uow.sql.execute(delete(Role).where(Role.id == role_id))
    uow.note(role=role.name, changes={"permissions": [list(role_rights(role)), []]})


def _held(person_id: int, role_id: int, location_id: int) -> tuple[ColumnElement[bool], ...]:
    return (PersonRole.person_id == person_id, PersonRole.role_id == role_id, PersonRole.location_id == location_id)


def _checked(role: RoleEdit) -> RoleEdit:
    name = rules.clean_name(role.name)
    name_en = rules.clean_name(role.name_en, field="name_en") if role.name_en.strip() else name
    known = set(Permission)
    if not set(role.permissions) <= known:
        raise InvalidInput(_("A right that this program does not know cannot be given."), field="permissions")
    return RoleEdit(name, name_en, rules.in_order(Permission(permission) for permission in role.permissions))


def _check_name_free(uow: UnitOfWork, role: RoleEdit, *, but: int = 0) -> None:
    same = or_(func.lower(Role.name) == func.lower(role.name), func.lower(Role.name_en) == func.lower(role.name_en))
    if uow.sql.execute(select(Role.id).where(same, Role.id != but).limit(1)).first() is not None:
        raise InvalidInput(_("There is a role with this name already."), field="name")


def _kept(stored: list[str], after: tuple[Permission, ...]) -> list[str]:
    """The rights to store; words of a newer program, which this one does not know, stay as they are."""
    known = {str(permission) for permission in Permission}
    return [*(str(permission) for permission in after), *(word for word in stored if word not in known)]
