"""A page of identity on a real office, with a shell that only takes notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core import identity
from core.identity import NewPerson, RoleGrant
from core.office import Office

PASSWORD = "一只安静的猫 42"
PIN = "2580"

MakePerson = Callable[..., int]


@pytest.fixture
def make_person(office_here: Office) -> MakePerson:
    """Add a person with roles named in English."""

    def make(name: str, *roles: str, pin: str = PIN, badge: str = "", note: str = "") -> int:
        known = {role.name_en: role.role_id for role in office_here.ask(identity.list_roles)}
        grants = tuple(RoleGrant(known[role]) for role in roles)
        new = NewPerson(name, password=PASSWORD, pin=pin, badge=badge, note=note, roles=grants)
        return office_here.do(identity.add_person, new=new)

    return make
