"""People of tests of purchasing."""

from __future__ import annotations

from core import identity
from core.identity import NewPerson, RoleGrant
from core.office import Office
from tests.helpers.sites import PASSWORD


def sign_in_as(office: Office, role: str) -> None:
    """A new person with only this built-in role (by its English name) signs in."""
    role_id = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == role)
    new = NewPerson(f"Li {role}", password=PASSWORD, roles=(RoleGrant(role_id),))
    office.do(identity.add_person, new=new)
    office.sign_in(f"Li {role}", PASSWORD)
