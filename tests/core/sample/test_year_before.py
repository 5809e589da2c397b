"""The sample with the year before it, made early on the first morning of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core import costing, detective, maintenance
from core.clock import FixedClock
from core.costing import Against, MonthState
from core.detective import FindingKind, OddKind
from core.office import Office
from core.sample import ADMIN_NAME, ADMIN_PASSWORD
from core.sample.before import NEW_SINCE
from core.sample.small import make_small

EARLY = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # half past six in the morning at the site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("year") / "year.db"
    told: list[float] = []
    make_small(str(made), EARLY, lambda share, _words: told.append(share), months=2)
    assert told == sorted(told)
    assert told[-1] <= 1
    return made


@pytest.fixture
def office(site: Path) -> Iterator[Office]:
    with Office.open(str(site), clock=FixedClock(EARLY)) as opened:
        opened.sign_in(ADMIN_NAME, ADMIN_PASSWORD)
        yield opened


def test_verify_finds_nothing(site: Path) -> None:
    assert not maintenance.verify_site(str(site)).findings


def test_every_month_of_the_year_before_is_closed(office: Office) -> None:
    rows = {row.month: row.state for row in office.ask(costing.list_months)}
    assert len(rows) == 15
    assert {month for month, state in rows.items() if state is not MonthState.CLOSED} == {"2026-05", "2026-06"}
    assert min(rows) == "2025-04"


def test_a_month_held_against_the_one_a_year_ago_tells_a_story(office: Office) -> None:
    review = office.ask(costing.get_month_review, month="2026-05", against=Against.LAST_YEAR)
    bridge, pork = review.bridge, next(row.bridge for row in review.by_category if row.name_en == "Pork")
    assert review.compared == "2025-05"
    assert bridge.start_minor + sum(bridge.steps) == bridge.end_minor
    assert 80_000_00 < bridge.start_minor < 150_000_00
    prices = bridge.steps[1]
    assert 1_000_00 < prices < bridge.start_minor // 10, "prices crept up"
    assert pork.steps[1] < 0, "pork became cheaper"
    fresh = {row.row.code for row in review.by_item if not row.bridge.start_minor and row.bridge.end_minor}
    assert set(NEW_SINCE) <= fresh, "what was not on the menu a year ago"


def test_stock_does_not_pile_up(office: Office) -> None:
    closed = [row for row in office.ask(costing.list_months) if row.closing_value is not None]
    assert all(Decimal(25_000) < (row.closing_value or 0) < Decimal(60_000) for row in closed)


def test_the_rice_typed_ten_times_over_is_found_on_the_first_of_a_month_too(office: Office) -> None:
    """The whole house was counted yesterday evening."""
    odd = [row for row in office.ask(detective.list_odd) if row.kind is OddKind.COUNTED]
    cases = [office.ask(detective.investigate, count_line_id=row.count_line_id) for row in odd]
    first = next(case.findings[0] for case in cases if case.facts.code == "GRN-001")
    assert first.kind is FindingKind.POSTED_TEN
    assert first.is_likely
