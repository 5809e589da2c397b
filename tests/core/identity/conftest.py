"""People of the tests of identity: made through the same commands as everybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from core import identity
from core.clock import FixedClock
from core.identity import NewPerson, RoleGrant
from core.office import Office
from db.enums import Permission

PASSWORD = "一只安静的猫 42"
PIN = "2580"

MakePerson = Callable[..., int]
SignIn = Callable[[str], Office]


def role_id(office: Office, english: str) -> int:
    """The id of a role by its English name."""
    return next(role.role_id for role in office.ask(identity.list_roles) if role.name_en == english)


def make_role(office: Office, name: str, *permissions: Permission) -> int:
    """A role of the site's own."""
    return office.do(identity.create_role, new=identity.RoleEdit(name, "", permissions))


@pytest.fixture
def make_person(office: Office) -> MakePerson:
    """Add a person with roles named in English: `make_person("小李", "Storekeeper")`; roles given by id work too."""

    def make(name: str, *roles: str | int, pin: str = PIN, badge: str = "", location_id: int = 0) -> int:
        ids = [role if isinstance(role, int) else role_id(office, role) for role in roles]
        grants = tuple(RoleGrant(one, location_id) for one in ids)
        new = NewPerson(name, password=PASSWORD, pin=pin, badge=badge, roles=grants)
        return office.do(identity.add_person, new=new)

    return make


@pytest.fixture
def sign_in(site_url: str, clock: FixedClock) -> Iterator[SignIn]:
    """A further window of the same site, with somebody of `make_person` signed in."""
    opened: list[Office] = []

    def window(name: str) -> Office:
        office = Office.open(site_url, station="second", clock=clock)
        opened.append(office)
        office.sign_in(name, PASSWORD)
        return office

    yield window
    for office in opened:
        office.close()
