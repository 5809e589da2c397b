"""Closed months survive backup and restore in every direction, stay locked there, and verify finds what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from core import costing, maintenance, stock
from core.clock import FixedClock
from core.errors import Refused
from core.office import Office
from core.stock import NewLine
from db.enums import PostingKind as K
from tests.core.costing.closing import MARCH, close_march
from tests.core.costing.house import Room, make_room
from tests.core.maintenance.test_restore import contents
from tests.core.maintenance.test_verify import behind_the_back, look, words_of
from tests.helpers.sites import ADMIN, PASSWORD, Postgres

D = Decimal


@pytest.fixture
def room(office: Office, clock: FixedClock) -> Room:
    made = make_room(office)
    made.post(K.RECEIPT, NewLine(made.items[0], D(10), location_id=1, value=D(50)))
    made.post(K.ISSUE, NewLine(made.items[0], D(4), location_id=1))
    close_march(office, clock)
    made.post(K.ISSUE, NewLine(made.items[0], D(1), location_id=1))
    return made


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where to restore to."""
    if request.param == "sqlite":
        yield str(tmp_path / "restored.db")
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.create()
    yield url
    postgres.drop(url)


def test_a_site_with_closed_months_is_restored_and_still_locked(
    room: Room, clock: FixedClock, site_url: str, target: str, tmp_path: Path
) -> None:
    before = contents(site_url)
    file = Path(maintenance.back_up(room.office, tmp_path / "one.stewardbackup").path)
    maintenance.restore_site(file, target)
    assert contents(target) == before
    with Office.open(target, station="test", clock=clock) as restored:
        restored.sign_in(ADMIN, PASSWORD)
        line = NewLine(room.items[0], D(1), location_id=1)
        with pytest.raises(Refused, match="closed month"):
            restored.do(stock.issue_goods, lines=(line,), at=restored.site.closed_until)
        assert restored.ask(costing.list_months)[1].state == "closed"


def test_an_honest_site_with_closed_months_is_clean(room: Room) -> None:
    assert look(room.office).findings == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update month_closing_item set usage_value = usage_value + 1", "stored of 2026-03"),
        ("delete from month_closing_check", "stored of 2026-03"),
        ("update site set closed_until = closed_until - 86400000000", "locked"),
        ("update site set closed_until = null", "locked"),
        ("update stock_closed_balance set qty = qty + 1", "2026-03"),
        ("update stock_closed_value set value = value + 1", "2026-03"),
    ],
)
def test_what_was_changed_of_a_closed_month_is_found(room: Room, site_url: str, statement: str, said: str) -> None:
    behind_the_back(site_url, statement)
    words = words_of(look(room.office))
    assert said in words
    check = room.office.ask(costing.verify_month, month="2026-04", thorough=True)
    assert check.level == "block"


def test_a_closing_that_was_changed_keeps_the_next_month_open(room: Room, site_url: str, clock: FixedClock) -> None:
    behind_the_back(site_url, "update stock_closed_value set value = value + 1")
    clock.advance(days=40)
    with pytest.raises(Refused, match="cannot be closed"):
        room.office.do(costing.close_month, month="2026-04", confirmed=frozenset({"open_checks"}))
    assert MARCH in {row.month for row in room.office.ask(costing.list_months) if row.state == "closed"}
