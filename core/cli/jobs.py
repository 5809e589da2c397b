"""`steward jobs`: what is due (scheduled reports, alerts, e-mails that wait), for the system's scheduler; listing it."""

from __future__ import annotations

import dataclasses
import json
import time
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from core.cli import options
from core.cli.mailing import run_words
from core.cli.terminal import Terminal, help_text, terminal_of
from core.errors import InvalidInput, Unavailable
from core.i18n import Text, _, _n

if TYPE_CHECKING:
    from core.alerts import AlertPass, AlertRun
    from core.reports import JobsRun, ScheduleRow

ACTIONS = "run|list"
WRONG = 2
LOOK_SECONDS = 60.0
LOOK_AT_ALERTS_SECONDS = 50

Action = Annotated[str, typer.Argument(metavar=ACTIONS, show_default=False, help=help_text(_("What to do.")))]
Once = Annotated[
    bool, typer.Option("--once", help=help_text(_("Make what is due and end, as without any option; for a scheduler.")))
]
Stay = Annotated[bool, typer.Option("--stay", help=help_text(_("Look every minute until it is ended with Ctrl+C.")))]


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Make the scheduled reports that are due, look for alerts, send what waits; or list the schedules.")
    app.command("jobs", help=help_text(words))(jobs)


def jobs(
    context: typer.Context,
    action: Action,
    site: options.Site,
    once: Once = False,
    stay: Stay = False,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Run or list; exit code 2 when something needs a person."""
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    if action not in ACTIONS.split("|"):
        raise InvalidInput(
            _(
                "“{action}” cannot be done with schedules. Write one of: {actions}.",
                action=action[:20],
                actions=ACTIONS,
            ),
            field="jobs",
        )
    if stay and (once or action != "run"):
        raise InvalidInput(_("Write --stay only with run, and without --once."), field="--stay")
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        if action == "list":
            _list(terminal, office, as_json)
            return
        is_well = _pass(terminal, office, as_json)
        while stay:
            time.sleep(LOOK_SECONDS)
            is_well = _look_again(terminal, office, as_json)
    if not is_well:
        raise typer.Exit(WRONG)


def _look_again(terminal: Terminal, office: Any, as_json: bool) -> bool:
    """A pass of a program that stays: a database that is away is told and waited for."""
    try:
        return _pass(terminal, office, as_json)
    except Unavailable as fault:
        terminal.say(fault.text)
        return False


def _pass(terminal: Terminal, office: Any, as_json: bool) -> bool:
    """Scheduled reports first, then alerts, so that what goes by e-mail goes in the same pass."""
    from core import alerts, mail, reports

    made = reports.run_due(office)
    looked = alerts.look_for_alerts(office, not_within=LOOK_AT_ALERTS_SECONDS)
    told = alerts.send_due_alerts(office)
    sent = mail.send_due(office)
    left, open_runs = office.ask(mail.count_mails), office.ask(reports.count_runs)
    if as_json:
        facts = {
            "made": made.made,
            "later": made.later,
            "failed": made.failed,
            "troubles": [why.render(terminal.language) for why in made.troubles],
            "waiting": open_runs.waiting,
            "alerts": {**_numbers(looked), **_numbers(told)},
            "alert_troubles": [why.render(terminal.language) for why in told.troubles],
            "mails": _numbers(sent),
            "mails_waiting": left.queued,
            "mails_need_person": left.need_person,
            "mail_trouble": None if sent.trouble is None else sent.trouble.render(terminal.language),
        }
        _print(terminal, facts)
    terminal.say(*_made_words(made, open_runs.waiting), *_told_words(looked, told))
    terminal.say(*(run_words(sent) if sent.tried or sent.stranded or sent.trouble else ()))
    is_well = not (made.later or made.failed or open_runs.failed or told.troubles or told.refused or told.unsure)
    return is_well and not (sent.trouble or left.need_person)


def _numbers(found: Any) -> dict[str, int]:
    """What was counted, by its word."""
    counted = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    return {name: number for name, number in counted.items() if type(number) is int}


def _told_words(looked: AlertPass, told: AlertRun) -> list[Text]:
    found = [_n("{n} new alert.", "{n} new alerts.", looked.opened)] if looked.opened else []
    if told.tried:
        found.append(_n("{n} alert message sent.", "{n} alert messages sent.", told.sent))
    return [*found, *told.troubles]


def _made_words(made: JobsRun, waiting: int) -> list[Text]:
    found = [_n("{n} scheduled report made.", "{n} scheduled reports made.", made.made)]
    if made.later:
        found.append(_n("{n} is tried again later.", "{n} are tried again later.", made.later))
    if made.failed:
        found.append(
            _n(
                "{n} could not be made; change its schedule.",
                "{n} could not be made; change their schedules.",
                made.failed,
            )
        )
    if waiting and not made.later:
        found.append(_n("{n} waits to be tried again.", "{n} wait to be tried again.", waiting))
    return [*found, *made.troubles]


def _list(terminal: Terminal, office: Any, as_json: bool) -> None:
    from core import reports

    rows = office.ask(reports.list_schedules)
    zone = ZoneInfo(office.site.zone)
    facts = [_facts(row, terminal.language, zone) for row in rows]
    if as_json:
        _print(terminal, facts)
        return
    terminal.hand_out(
        "".join(_line(row, one, terminal.language) for row, one in zip(rows, facts, strict=True)).encode()
    )
    if not rows:
        terminal.say(_("There are no schedules yet."))


def _facts(row: ScheduleRow, language: str, zone: ZoneInfo) -> dict[str, Any]:
    last = row.last
    return {
        "id": row.id,
        "name": row.edit.name,
        "report": row.title.render(language),
        "is_on": row.edit.is_on,
        "rhythm": str(row.edit.when.rhythm),
        "next_at": None if row.next_at is None else row.next_at.astimezone(zone).isoformat(),
        "to": row.edit.folder or row.edit.recipients,
        "form": row.edit.form,
        "warning": None if row.warning is None else row.warning.render(language),
        "last": None
        if last is None
        else {
            "due_at": last.due_at.astimezone(zone).isoformat(),
            "state": str(last.state),
            "path": last.path or None,
            "missed": last.missed,
            "why": None if last.why is None else last.why.render(language),
        },
    }


def _line(row: ScheduleRow, facts: dict[str, Any], language: str) -> str:
    from core.words import word

    state = "–" if row.last is None else word(row.last.state).render(language)
    why = facts["warning"] or (facts["last"] or {}).get("why") or ""
    when = (facts["next_at"] or word(row.edit.when.rhythm).render(language)) if row.edit.is_on else "–"
    cells = (str(row.id), row.edit.name, facts["report"], when, facts["to"], state, why)
    return "\t".join(" ".join(str(cell).split()) for cell in cells).rstrip() + "\n"


def _print(terminal: Terminal, facts: Any) -> None:
    terminal.hand_out((json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())
