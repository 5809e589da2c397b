"""Checks that the commands on people and roles share.

Who may give what, who outranks whom, that an administrator is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select

from core.errors import InvalidInput, NotAllowed, NotFound, Refused
from core.i18n import Text, _, join
from core.identity import rules
from core.identity.steps.actors import load_rights, rights_of_role
from core.uow import Actor, UnitOfWork
from core.words import word
from db.enums import Permission, PersonKind
from db.identity import Person, PersonRole, Role
from db.stock import Location


def fetch_person(uow: UnitOfWork, person_id: int) -> Any:
    """The row of a human, kept from other writers until the end of this command. Raises NotFound."""
    row = uow.sql.execute(
        select(Person.__table__).where(Person.id == person_id, Person.kind == PersonKind.HUMAN).with_for_update()
    ).first()
    if row is None:
        raise NotFound(_("This person is not there any more."), field="person_id")
    return row


def fetch_role(uow: UnitOfWork, role_id: int) -> Any:
    """The row of a role, kept from other writers until the end of this command. Raises NotFound."""
    row = uow.sql.execute(select(Role.__table__).where(Role.id == role_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("This role is not there any more."), field="role_id")
    return row


def location_path(uow: UnitOfWork, location_id: int) -> str:
    """The path of ids of the location a role is limited to; empty for everywhere (0). Raises NotFound."""
    if not location_id:
        return ""
    row = uow.sql.execute(select(Location.path).where(Location.id == location_id)).first()
    if row is None:
        raise NotFound(_("This location is not there any more."), field="location_id")
    return str(row.path)


def check_name_free(uow: UnitOfWork, name: str, *, but: int = 0) -> None:
    """Two people may not have one name, capital letters aside. Raises InvalidInput."""
    taken = uow.sql.execute(
        select(Person.is_active).where(func.lower(Person.name) == func.lower(name), Person.id != but)
    ).first()
    if taken is not None:
        raise InvalidInput(
            _("{name} is there already. Add something that tells the two apart.", name=name)
            if taken.is_active
            else _(
                "{name} is there already, but not active. Activate that person again, or choose another name.",
                name=name,
            ),
            field="name",
        )


def check_badge_free(uow: UnitOfWork, badge: str, *, but: int = 0) -> None:
    """A badge belongs to one person. Raises InvalidInput naming them."""
    owner = uow.sql.execute(select(Person.name).where(Person.badge == badge, Person.id != but)).first()
    if owner is not None:
        raise InvalidInput(_("This badge belongs to {name}. Take it away there first.", name=owner.name), field="badge")


def check_may_give(uow: UnitOfWork, permissions: Iterable[Permission], path: str = "") -> None:
    """Nobody gives or takes rights that they do not hold themselves, there. Raises NotAllowed naming the rights."""
    missing = [permission for permission in rules.in_order(permissions) if not _holds(uow, permission, path)]
    if missing:
        raise NotAllowed(
            _(
                "You cannot give or take rights that you do not hold yourself: {rights}.",
                rights=rights_in_words(missing),
            )
        )


def check_outranks(uow: UnitOfWork, person_id: int) -> None:
    """Nobody changes how somebody signs in who holds more rights.

    It would be a way to act as them. Raises NotAllowed.
    """
    target = load_rights(uow.sql, person_id, only_active=False)
    if target is None or person_id == uow.actor.person_id:
        return
    places = [place for place, _rights in target.by_location]
    rows = uow.sql.execute(select(Location.id, Location.path).where(Location.id.in_(places))) if places else ()
    paths = {row.id: row.path for row in rows}
    held = [("", permission) for permission in target.everywhere]
    held += [(paths.get(place, ""), permission) for place, rights in target.by_location for permission in rights]
    if not all(_holds(uow, permission, path) for path, permission in held):
        raise NotAllowed(
            _("{name} holds rights that you do not hold. Ask an administrator to do this.", name=target.name)
        )


def check_not_oneself(uow: UnitOfWork, person_id: int, refusal: Text) -> None:
    """Some things only another person may do to you. Raises Refused."""
    if person_id == uow.actor.person_id:
        raise Refused(refusal, field="person_id")


def lock_administrators(uow: UnitOfWork) -> None:
    """Commands that may take away an administrator follow one another, so that two at once cannot take both of the
    last two."""
    uow.sql.execute(select(Role.id).where(Role.code == rules.ADMINISTRATOR).with_for_update()).all()


def check_administrator_left(uow: UnitOfWork) -> None:
    """Somebody must be left who may do everything and can sign in. Raises Refused."""
    left = uow.sql.execute(
        select(Person.id)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .join(Role, Role.id == PersonRole.role_id)
        .where(
            Role.code == rules.ADMINISTRATOR,
            PersonRole.location_id == 0,
            Person.is_active,
            Person.kind == PersonKind.HUMAN,
            Person.password_hash != "",
        )
        .limit(1)
    ).first()
    if left is None:
        raise Refused(_("This is the last administrator with a password. Make somebody else administrator first."))


def roles_in_words(uow: UnitOfWork, person_id: int) -> list[str]:
    """The roles somebody has, as the journal keeps them before and after a change: name, and @location when limited."""
    rows = uow.sql.execute(
        select(Role.name, Location.name.label("place"))
        .select_from(PersonRole)
        .join(Role, Role.id == PersonRole.role_id)
        .outerjoin(Location, Location.id == PersonRole.location_id)
        .where(PersonRole.person_id == person_id)
        .order_by(PersonRole.id)
    )
    return [f"{row.name} @ {row.place}" if row.place else row.name for row in rows]


def rights_in_words(permissions: Sequence[Permission]) -> Text:
    """Rights as a list in a sentence."""
    return join([word(permission) for permission in permissions], ", ")


def role_rights(role: Any) -> tuple[Permission, ...]:
    """The rights of a fetched role, in order."""
    return rules.in_order(rights_of_role(role))


def _holds(uow: UnitOfWork, permission: Permission, path: str) -> bool:
    actors: list[Actor] = [uow.actor] if uow.approver is None else [uow.actor, uow.approver]
    return any(actor.may_at(permission, path) for actor in actors)
