"""A page on a real office with a small stock room of two months, and a shell that only takes notes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from core import identity
from core.clock import FixedClock
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.stock import NewLine
from core.words import Permission
from db.enums import PostingKind as K
from tests.core.costing.house import Room, make_room
from tests.desktop.noting import NotingShell
from tests.helpers.sites import PASSWORD

D = Decimal


@pytest.fixture
def shell(office_here: Office) -> NotingShell:
    """Rights are those of whoever is signed in."""
    return NotingShell(office_here)


@pytest.fixture
def room(office_here: Office, clock: FixedClock) -> Room:
    """February and the first days of March: bought, used, lost, counted."""
    now = clock.now()
    room = make_room(office_here)
    tomato, cucumber, milk, gloves = room.items
    for days, kind, line in (
        (40, K.RECEIPT, NewLine(tomato, D(100), value=D(500))),
        (20, K.RECEIPT, NewLine(cucumber, D(10), value=D(80))),
        (15, K.ISSUE, NewLine(tomato, D(20))),
        (12, K.WASTE, NewLine(tomato, D(4), reason="spoiled")),
        (3, K.RECEIPT, NewLine(milk, D(10), value=D("33.30"))),
        (2, K.RECEIPT, NewLine(gloves, D(5), value=D(50), lot="G1")),
        (2, K.ISSUE, NewLine(tomato, D(30))),
        (1, K.WASTE, NewLine(tomato, D(2), reason="expired")),
        (1, K.WASTE, NewLine(cucumber, D(1), reason="spoiled")),
        (0, K.COUNT, NewLine(tomato, D(41))),
        (0, K.COUNT, NewLine(cucumber, D(10))),
    ):
        clock.at = now - timedelta(days=days)
        room.post(kind, line)
    clock.at = now
    return room


@pytest.fixture
def sign_in_without_costs(office_here: Office) -> Callable[[], None]:
    """Go on as somebody who may see stock but no costs."""

    def sign_in() -> None:
        roles = office_here.ask(identity.list_roles)
        blind = next(
            role
            for role in roles
            if Permission.COST_VIEW not in role.permissions and Permission.STOCK_VIEW in role.permissions
        )
        office_here.do(identity.add_person, new=NewPerson("厨师", password=PASSWORD, roles=(RoleGrant(blind.role_id),)))
        office_here.sign_in("厨师", PASSWORD)

    return sign_in
