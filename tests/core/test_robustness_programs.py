"""Several programs post at once, and programs are killed while they post: nothing is lost, nothing is there twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core import maintenance, stock
from core.office import Office
from core.stock import NewLine, Posted
from db.journal import Journal
from db.stock import StockBalance, StockPosting
from tests.helpers.posters import Posters
from tests.helpers.stock import issue, make_items, receive


@pytest.fixture(scope="module")
def posters() -> Iterator[Posters]:
    with Posters() as running:
        yield running


@pytest.fixture
def items(site_url: str) -> list[int]:
    return make_items(site_url, 3)


@pytest.fixture
def now_office(site_url: str) -> Iterator[Office]:
    """The same site by the PC's own clock, as the other programs have it."""
    with Office.open(site_url, station="test") as opened:
        opened.sign_in_as_system()
        yield opened


def posted_requests(office: Office) -> list[str]:
    with office._reader.begin() as sql:
        return list(sql.execute(select(StockPosting.request_id).order_by(StockPosting.id)).scalars())


def journalled(office: Office, request_id: str) -> int:
    with office._reader.begin() as sql:
        return sql.execute(
            select(func.count()).select_from(Journal).where(Journal.request_id == request_id)
        ).scalar_one()


def on_hand(office: Office, item_id: int) -> int:
    with office._reader.begin() as sql:
        return int(sql.execute(select(func.sum(StockBalance.qty)).where(StockBalance.item_id == item_id)).scalar_one())


def check_nothing_is_lost_or_double(
    office: Office, items: list[int], answers: list[list[tuple[int, str]]], received: int
) -> None:
    ids = [posting_id for program in answers for posting_id, _number in program]
    numbers = [number for program in answers for _posting_id, number in program]
    assert len(set(ids)) == len(ids) and len(set(numbers)) == len(numbers)
    assert sorted(ids) == list(range(2, len(ids) + 2))
    for item in items:
        assert on_hand(office, item) == (received - len(ids)) * 1_000_000
    report = office.ask(maintenance.verify_ledger)
    assert report.findings == ()
    assert report.postings == len(ids) + 1


def test_two_programs_post_on_the_same_items_at_once(
    posters: Posters, now_office: Office, site_url: str, items: list[int]
) -> None:
    receive(now_office, items, qty="1000", value="3000")
    jobs = [{"site": site_url, "items": items, "count": 100, "prefix": name} for name in ("a", "b")]
    jobs[1]["items"] = list(reversed(items))
    answers = [one["answers"] for one in posters.run(*jobs)]
    assert [len(one) for one in answers] == [100, 100]
    check_nothing_is_lost_or_double(now_office, items, answers, 1000)


def test_twenty_clients_post_at_once(posters: Posters, postgres_site: str) -> None:
    items = make_items(postgres_site, 3)
    with Office.open(postgres_site, station="test") as office:
        office.sign_in_as_system()
        receive(office, items, qty="1000", value="3000")
        jobs = [{"site": postgres_site, "items": items, "count": 5, "prefix": f"c{number}"} for number in range(20)]
        answers = [one["answers"] for one in posters.run(*jobs)]
        assert [len(one) for one in answers] == [5] * 20
        check_nothing_is_lost_or_double(office, items, answers, 1000)


def test_a_program_killed_at_any_step_of_a_posting_leaves_all_or_nothing(
    posters: Posters, now_office: Office, site_url: str, items: list[int]
) -> None:
    receive(now_office, items, qty="1000", value="3000")
    [whole] = posters.run({"site": site_url, "items": items, "prefix": "whole"})
    points = whole["points"]
    assert points > 8
    went_through = []
    for point in range(1, points + 1):
        [killed] = posters.run({"site": site_url, "items": items, "prefix": f"k{point}", "kill_at": point})
        assert killed["killed"], killed
        request = f"k{point}-0"
        went_through.append(journalled(now_office, request))
        again = issue(now_office, items, qty="1", request_id=request)
        assert journalled(now_office, request) == 1
        assert posted_requests(now_office).count(request) == 1
        assert again.posting_id == point + 2
    assert went_through == [0] * (points - 1) + [1]
    assert on_hand(now_office, items[0]) == (1000 - points - 1) * 1_000_000
    assert now_office.ask(maintenance.verify_ledger).findings == ()


def test_the_same_request_sent_twice_is_posted_once(office: Office, items: list[int]) -> None:
    first = receive(office, items)
    once = issue(office, items, request_id="same")
    again = issue(office, items, request_id="same")
    assert once == again and once.posting_id == first.posting_id + 1
    assert posted_requests(office).count("same") == 1


def test_the_same_request_sent_by_many_at_once_is_posted_once(office: Office, site_url: str, items: list[int]) -> None:
    receive(office, items, qty="100", value="300")
    start, answers, faults = threading.Barrier(6), list[Posted](), list[BaseException]()

    def send() -> None:
        try:
            with Office.open(site_url, station="other", clock=office.clock) as other:
                other.sign_in_as_system()
                start.wait(30)
                answers.append(
                    other.do(
                        stock.issue_goods, lines=tuple(NewLine(item, Decimal(1)) for item in items), request_id="same"
                    )
                )
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(answers) == 6 and len(set(answers)) == 1
    assert posted_requests(office).count("same") == 1
    assert on_hand(office, items[0]) == 99 * 1_000_000
