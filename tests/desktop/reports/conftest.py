"""A page on a real office: five goods came in, three of them went out."""

from __future__ import annotations

import pytest

from core.office import Office
from tests.helpers.stock import issue, make_items, receive


@pytest.fixture
def goods(office_here: Office, sqlite_site: str) -> list[int]:
    items = make_items(sqlite_site, 5)
    receive(office_here, items[:2], "10", "100")
    receive(office_here, items[2:], "4", "20")
    issue(office_here, items[:3], "2")
    return items
