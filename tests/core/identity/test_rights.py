"""Rights are checked below the screen: somebody without roles can do and see nothing that needs a right."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import core
from core import identity, purchasing
from core.errors import NotAllowed
from core.identity import NewPerson
from core.office import Office
from core.registry import UseCase, all_use_cases
from tests.core.identity.conftest import PASSWORD
from tests.helpers.sites import ADMIN, Postgres, copy_sqlite
from tests.helpers.sites import PASSWORD as ADMIN_PASSWORD


def _every_use_case() -> list[tuple[Callable[..., Any], UseCase]]:
    for module in pkgutil.walk_packages(core.__path__, "core."):
        if not module.name.startswith("core.cli"):
            importlib.import_module(module.name)
    ours = [case for case in all_use_cases().items() if case[0].__module__.startswith("core.")]
    return sorted(ours, key=lambda item: item[1].name)


CASES = _every_use_case()
NAMES = [case.name for _function, case in CASES]

OWN_REQUESTS = "either of two rights, asked for inside: one's own requests, or all of them"
OWN_CLAIMS = "one's own, or all with the right to approve: asked for inside"
DUE_REPORTS = "schedules were made with the right to; whichever program is open carries them out"
DUE_MESSAGES = "rules and channels were set with the right to; whichever program is open tells what is due"
OWN_ALERTS = "only alerts this person is told of, and of them those whose kind the person may see"

# What somebody may see and do who is signed in and has no role: what concerns themselves.
FOR_EVERYBODY = {
    "identity.get_me": "who am I",
    "identity.set_own_language": "one's own language",
    "identity.set_own_password": "one's own password, with the old one",
    "identity.set_own_pin": "one's own PIN, with the password",
    "reports.get_today": "everybody's first page: each part of it asks for its own right",
    "maintenance.find_newest_backup": "the light in everybody's footer: only when, nothing of what",
    "devices.get_device": "everybody scans: the window opens the devices of its PC for whoever sits there",
    "devices.list_devices": "everybody scans: the window opens the devices of its PC for whoever sits there",
    "documents.get_printed_paper": "what one printed oneself; more needs the right to the operation log",
    "documents.list_print_people": "oneself; others need the right to the operation log",
    "documents.list_printed_papers": "what one printed oneself; more needs the right to the operation log",
    "labels.find_due_prices": "whichever program is open carries plans out: it tells only how many wait",
    "labels.take_over_prices": "the plans were made with the right to; carrying them out decides nothing",
    "mail.ask_stranded": "e-mails were queued with the right to; whichever program is open sends them",
    "mail.count_mails": "the light in everybody's footer: only how many",
    "mail.get_mails_due": "whichever program is open sends what waits: how many, and to which server",
    "mail.get_taken_mail": "only what this program itself has just taken to be sent",
    "mail.mark_mail": "only of what this program itself has taken to be sent",
    "mail.take_mail": "e-mails were queued with the right to; whichever program is open sends them",
    "purchasing.count_requests": OWN_REQUESTS,
    "purchasing.find_request": OWN_REQUESTS,
    "purchasing.get_request": OWN_REQUESTS,
    "purchasing.get_request_paper": OWN_REQUESTS,
    "purchasing.list_departments": OWN_REQUESTS,
    "purchasing.list_requests": OWN_REQUESTS,
    "alerts.acknowledge_alerts": OWN_ALERTS,
    "alerts.ask_stranded_messages": DUE_MESSAGES,
    "alerts.check_alerts": DUE_MESSAGES,
    "alerts.count_alerts": OWN_ALERTS,
    "alerts.find_alert_causes": "the program looks for whoever sits there; who sees what was found is decided in the inbox",
    "alerts.get_alert": OWN_ALERTS,
    "alerts.get_alerts_due": DUE_MESSAGES,
    "alerts.get_taken_message": DUE_MESSAGES,
    "alerts.list_alert_groups": OWN_ALERTS,
    "alerts.list_alerts": OWN_ALERTS,
    "alerts.list_contacts": "one's own; all with the right to set up alerts",
    "alerts.list_fresh_alerts": OWN_ALERTS,
    "alerts.mark_alerts_read": OWN_ALERTS,
    "alerts.mark_message": DUE_MESSAGES,
    "alerts.queue_alert_mails": DUE_MESSAGES,
    "alerts.reopen_alerts": OWN_ALERTS,
    "alerts.save_contact": "one's own; others' with the right to set up alerts",
    "alerts.snooze_alerts": OWN_ALERTS,
    "alerts.take_message": DUE_MESSAGES,
    "expenses.count_expenses": OWN_CLAIMS,
    "expenses.find_expense": OWN_CLAIMS,
    "expenses.get_expense": OWN_CLAIMS,
    "expenses.get_expense_paper": OWN_CLAIMS,
    "expenses.get_receipt": OWN_CLAIMS,
    "expenses.list_expense_kinds": OWN_CLAIMS,
    "expenses.list_expense_shops": OWN_CLAIMS,
    "expenses.list_expenses": OWN_CLAIMS,
    "reports.count_runs": DUE_REPORTS,
    "reports.finish_run": DUE_REPORTS,
    "reports.get_jobs_due": DUE_REPORTS,
    "reports.get_taken_run": DUE_REPORTS,
    "reports.get_today_budget": "a part of everybody's first page: it asks for the right to see costs itself",
    "reports.plan_runs": DUE_REPORTS,
    "reports.put_off_run": DUE_REPORTS,
    "reports.take_run": DUE_REPORTS,
    "reports.write_run": "made with the rights of who set the schedule up, for the pass that holds the run",
    "documents.record_printed": "what leaves by a printer is written down whoever prints it",
}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def nobody(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Signed in, without any role; one site for all use cases, since none of them gets anywhere."""
    postgres: Postgres | None = None
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        url = copy_sqlite(template, tmp_path_factory.mktemp("nobody") / "site.db")
    else:
        postgres = request.getfixturevalue("postgres")
        assert postgres is not None
        url = postgres.create(request.getfixturevalue("postgres_template"))
    with Office.open(url, station="nobody") as office:
        office.sign_in(ADMIN, ADMIN_PASSWORD)
        office.do(identity.add_person, new=NewPerson("Nobody", password=PASSWORD))
        office.sign_in("Nobody", PASSWORD)
        yield office
    if postgres is not None:
        postgres.drop(url)


@pytest.mark.parametrize(("function", "case"), CASES, ids=NAMES)
def test_without_a_role_every_use_case_is_refused(nobody: Office, function: Callable[..., Any], case: UseCase) -> None:
    if case.name in FOR_EVERYBODY:
        assert case.permission is None
        return
    assert case.permission is not None, f"{case.name} asks for no right: add it above if it concerns nobody else"
    with pytest.raises(NotAllowed, match="You have no right"):
        nobody.do(function) if case.is_command else nobody.ask(function)


@pytest.mark.parametrize(("function", "case"), CASES, ids=NAMES)
def test_nobody_signed_in_gets_nowhere(sqlite_site: str, function: Callable[..., Any], case: UseCase) -> None:
    with Office.open(sqlite_site) as office, pytest.raises(NotAllowed, match="Sign in first"):
        office.do(function) if case.is_command else office.ask(function)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("count_requests", {}), ("find_request", {"number": "PR-1"}), ("get_request", {"purchase_request_id": 1}),
        ("get_request_paper", {"purchase_request_id": 1}), ("list_departments", {}), ("list_requests", {}),
    ],
)  # fmt: skip
def test_requests_are_for_who_asks_for_goods_or_sees_purchases(
    nobody: Office, name: str, given: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowed, match="You have no right"):
        nobody.ask(getattr(purchasing, name), **given)


def test_the_refusal_names_the_right_in_words(nobody: Office) -> None:
    with pytest.raises(NotAllowed) as caught:
        nobody.ask(identity.search_audit)
    assert "查看操作日志" in caught.value.text.render("zh")
    assert "See the operation log" in caught.value.text.render("en")
