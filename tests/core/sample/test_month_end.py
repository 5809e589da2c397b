"""What the sample has for month-end, reports and alerts: months in every state, claims, budgets, oddities that are found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import alerts, costing, detective, expenses, reports
from core.alerts import AlertFilter, UnusualKind
from core.costing import BudgetLevel, CheckKind, MonthState
from core.detective import OddKind
from core.office import Office
from core.sample import SAMPLE_PIN
from db.enums import AlertKind, AlertState, ExpenseState
from tests.helpers.sample_site import SAMPLE_NOW

TODAY = SAMPLE_NOW.date()
OPEN, LAST_CLOSED, FIRST = "2026-02", "2026-01", "2025-12"


def test_months_are_closed_ready_to_be_closed_and_running(sample_office: Office) -> None:
    rows = {row.month: row for row in sample_office.ask(costing.list_months)}
    assert {month: row.state for month, row in rows.items()} == {
        "2026-03": MonthState.RUNNING, OPEN: MonthState.OPEN, LAST_CLOSED: MonthState.CLOSED, FIRST: MonthState.CLOSED,
    }  # fmt: skip
    assert [month for month, row in rows.items() if row.is_next] == [OPEN]
    checks = sample_office.ask(costing.list_month_checks, month=OPEN)
    found = {check.kind for check in checks.checks if check.count}
    assert {CheckKind.NOT_INVOICED, CheckKind.EXPENSES_WAITING} <= found
    assert checks.blocks == 0


def test_the_first_month_was_opened_once_more_and_its_journal_is_kept(sample_office: Office) -> None:
    first = sample_office.ask(costing.get_reopened_differences, closing_id=1)
    assert [row.item_code for row in first.entries] == ["SEN-004", "SEN-004"]
    assert sum(entry.qty for entry in first.entries) == 0, "the full count of the last evening stays as it was"
    now = next(row for row in sample_office.ask(costing.list_months) if row.month == FIRST)
    assert now.closing_id == 2
    assert sample_office.ask(costing.get_journal, month=FIRST).suggested == ()


def test_budgets_stand_above_and_below_what_months_cost(sample_office: Office) -> None:
    rows = sample_office.ask(costing.list_budget_state, month=OPEN).rows
    assert {BudgetLevel.GOOD, BudgetLevel.OVER, BudgetLevel.NONE} <= {row.level for row in rows}


def test_claims_are_in_every_state_with_a_picture(sample_office: Office) -> None:
    found = list(sample_office.ask(expenses.list_expenses))
    for name in ("王建国", "周海"):  # drafts and what was withdrawn are seen by who made them
        sample_office.sign_in_with_pin(name, SAMPLE_PIN)
        found += sample_office.ask(expenses.list_expenses)
    assert {row.state for row in found} == set(ExpenseState)
    assert all(row.receipts for row in found)


def test_saved_views_and_schedules_are_there_and_nothing_is_sent(sample_office: Office) -> None:
    sample_office.sign_in_with_pin("林晓芸", SAMPLE_PIN)
    views = sample_office.ask(reports.list_views)
    assert len(views) == 5 and all(view.asked is not None for view in views)
    schedules = sample_office.ask(reports.list_schedules)
    assert len(schedules) == 2 and not any(row.edit.is_on for row in schedules)
    channels = sample_office.ask(alerts.list_channels)
    assert len(channels) == 2 and not any(row.edit.is_on for row in channels)
    assert not sample_office.ask(alerts.list_messages)


def test_alerts_are_open_and_some_are_put_off(sample_office: Office) -> None:
    states = tuple(AlertState)
    rows = sample_office.ask(alerts.list_alerts, wanted=AlertFilter(states=states)).rows
    assert {AlertKind.BELOW_SAFETY, AlertKind.EXPIRY, AlertKind.UNUSUAL, AlertKind.BUDGET_TREND} <= {
        row.kind for row in rows
    }
    assert {AlertState.OPEN, AlertState.SNOOZED, AlertState.CLOSED} <= {row.state for row in rows}
    assert 20 <= sum(row.state is AlertState.OPEN for row in rows) <= 80


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (UnusualKind.USAGE, "东北大米"),
        (UnusualKind.WASTE, "鸡胸肉"),
        (UnusualKind.PRICE, "番茄"),
        (UnusualKind.COUNT, "牛腩"),
    ],
)
def test_what_was_planted_is_found_as_unusual(sample_office: Office, kind: UnusualKind, code: str) -> None:
    found = sample_office.ask(alerts.find_unusual, start=TODAY - timedelta(days=7), end=TODAY)
    assert any(one.kind is kind and one.item.zh == code for one in found)
    assert len(found) <= 12, "few besides what was planted"


def test_the_detective_explains_what_was_planted_in_the_first_place(sample_office: Office) -> None:
    odd = [row for row in sample_office.ask(detective.list_odd) if row.kind is OddKind.COUNTED]
    first = {
        sample_office.ask(detective.investigate, count_line_id=row.count_line_id).findings[0].kind.value for row in odd
    }
    assert first == {"posted_ten", "mixed_pack", "swapped"}
