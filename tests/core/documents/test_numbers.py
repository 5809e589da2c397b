"""Numbers of documents: in order, by year of the site, never twice."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from core import documents
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from tests.helpers.sites import ADMIN, PASSWORD


@command(None)
def take_numbers_for_test(uow: UnitOfWork, *, prefix: str, at: datetime, count: int) -> list[str]:
    """Take numbers for a test."""
    return documents.next_numbers(uow, prefix, at, count)


@command(None)
def take_serial_for_test(uow: UnitOfWork) -> int:
    """Take a running number for a test."""
    return documents.next_serials(uow, "x")


def test_numbers_follow_each_other_within_the_year_of_the_site(office: Office) -> None:
    def take(prefix: str, at: datetime, count: int = 1) -> list[str]:
        return office.do(take_numbers_for_test, prefix=prefix, at=at, count=count)

    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert take("RC", datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == ["RC-2026-000001"]
    assert take("RC", new_year) == ["RC-2027-000001"]
    assert take("RC", new_year, 3) == ["RC-2027-000002", "RC-2027-000003", "RC-2027-000004"]
    assert take("IS", new_year) == ["IS-2027-000001"]
    assert take("RC", new_year, 0) == []
    assert take("RC", new_year) == ["RC-2027-000005"]
    assert [office.do(take_serial_for_test) for _time in range(2)] == [1, 2]


def test_many_at_once_never_take_the_same_number(site_url: str) -> None:
    taken: list[str] = []
    at = datetime(2026, 5, 1, tzinfo=UTC)

    def work() -> None:
        with Office.open(site_url, station="test") as office:
            office.sign_in(ADMIN, PASSWORD)
            for _time in range(5):
                taken.extend(office.do(take_numbers_for_test, prefix="RC", at=at, count=2))

    threads = [threading.Thread(target=work) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"RC-2026-{number:06d}" for number in range(1, 41)]
