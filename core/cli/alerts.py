"""`steward alerts`: looking for alerts, listing them, sending what waits over channels, trying a channel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, terminal_of
from core.errors import InvalidInput
from core.i18n import Text, _, _n

if TYPE_CHECKING:
    from core.alerts import AlertPass, AlertRow, AlertRun

ACTIONS = "check|list|send|test"
STATES = "open|acknowledged|snoozed|closed"
MOST_LISTED = 1_000
WRONG = 2
JUST_LOOKED = _("Another program has just looked; what it found stands in the list of alerts.")

Action = Annotated[str, typer.Argument(metavar=ACTIONS, show_default=False, help=help_text(_("What to do.")))]
Channel = Annotated[
    str,
    typer.Option(
        "--channel", metavar="NAME", show_default=False, help=help_text(_("The channel to try, by its name."))
    ),
]
To = Annotated[
    str,
    typer.Option("--to", metavar="ADDRESS", show_default=False, help=help_text(_("Where the test message goes."))),
]
State = Annotated[
    str,
    typer.Option("--state", metavar=STATES, show_default=False, help=help_text(_("Only alerts that stand so."))),
]


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Look for alerts, list them, send what waits over channels, or try a channel with a test message.")
    app.command("alerts", help=help_text(words))(alerts)


def alerts(
    context: typer.Context,
    action: Action,
    site: options.Site,
    channel: Channel = "",
    to: To = "",
    state: State = "open",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Check, list, send or try; exit code 2 when something needs a person."""
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    acts = {"check": _check, "list": _list, "send": _send, "test": _test}
    if action not in acts:
        raise InvalidInput(
            _("“{action}” cannot be done with alerts. Write one of: {actions}.", action=action[:20], actions=ACTIONS),
            field="alerts",
        )
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        given = {"channel": channel, "to": to, "state": state, "json": as_json}
        is_well = acts[action](terminal, office, given)
    if not is_well:
        raise typer.Exit(WRONG)


def _check(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.alerts import look_for_alerts

    found = look_for_alerts(office)
    if given["json"]:
        names = ("opened", "updated", "raised", "woken", "closed", "live", "messages", "skipped")
        _print(terminal, {name: getattr(found, name) for name in names})
    terminal.say(*pass_words(found))
    return True


def pass_words(found: AlertPass) -> list[Text]:
    """What came of looking, in sentences."""
    if found.skipped:
        return [JUST_LOOKED]
    return [
        _n("{n} new alert.", "{n} new alerts.", found.opened),
        _n("{n} alert is over.", "{n} alerts are over.", found.closed),
        _n("{n} alert lasts.", "{n} alerts last.", found.live),
    ]


def _list(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.alerts import AlertFilter, list_alerts
    from core.words import AlertState

    state = given["state"]
    if state not in STATES.split("|"):
        raise InvalidInput(
            _("“{state}” is no state of an alert. Write one of: {states}.", state=state[:20], states=STATES),
            field="--state",
        )
    wanted = AlertFilter(states=(AlertState(state),), everybody=True)
    found = office.ask(list_alerts, wanted=wanted, limit=MOST_LISTED)
    if given["json"]:
        _print(terminal, [_facts(row, terminal.language) for row in found.rows])
    else:
        terminal.hand_out("".join(_line(row, terminal.language) for row in found.rows).encode())
    more = found.total - len(found.rows)
    if more:
        terminal.say(_n("And {n} more.", "And {n} more.", more))
    return True


def _send(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.alerts import MessageFilter, list_messages, send_due_alerts
    from core.words import MessageState

    run = send_due_alerts(office)
    states = (MessageState.FAILED, MessageState.UNSURE)
    need_person = len(office.ask(list_messages, wanted=MessageFilter(states=states), limit=MOST_LISTED))
    if given["json"]:
        facts = {name: getattr(run, name) for name in ("sent", "later", "refused", "unsure", "stranded")}
        troubles = [one.render(terminal.language) for one in run.troubles]
        _print(terminal, {**facts, "need_person": need_person, "troubles": troubles})
    terminal.say(*run_words(run))
    if need_person:
        terminal.say(_n("{n} message needs a person.", "{n} messages need a person.", need_person))
    return not run.troubles and not need_person


def run_words(run: AlertRun) -> list[Text]:
    """What came of a run over the channels, in sentences."""
    found = [_n("{n} message sent.", "{n} messages sent.", run.sent)]
    if run.later:
        found.append(_n("{n} message is tried again later.", "{n} messages are tried again later.", run.later))
    if run.refused:
        found.append(_n("{n} message was refused.", "{n} messages were refused.", run.refused))
    asked = run.unsure + run.stranded
    if asked:
        found.append(
            _n("{n} message perhaps arrived; nobody knows.", "{n} messages perhaps arrived; nobody knows.", asked)
        )
    return [*found, *run.troubles]


def _test(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.alerts import list_channels, send_test_message

    channels = {row.edit.name: row.id for row in office.ask(list_channels)}
    name = given["channel"]
    if name not in channels:
        raise InvalidInput(
            _("There is no channel “{name}”. There are: {names}.", name=name[:40], names=", ".join(channels) or "-"),
            field="--channel",
        )
    found = send_test_message(office, channel_id=channels[name], address=given["to"], language=terminal.language)
    if given["json"]:
        _print(terminal, {"outcome": found.outcome, "why": found.why.render(terminal.language)})
    terminal.say(found.why)
    return found.outcome == "sent"


def _facts(row: AlertRow, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": str(row.kind),
        "urgency": str(row.urgency),
        "state": str(row.state),
        "about": row.title.render(language),
        "words": row.words.render(language),
        "subject": f"{row.subject_kind} {row.subject_id}",
        "opened_at": row.opened_at.isoformat(),
        "closed_at": None if row.closed_at is None else row.closed_at.isoformat(),
    }


def _line(row: AlertRow, language: str) -> str:
    from core.words import word

    cells = (
        str(row.id),
        *(text.render(language) for text in (word(row.urgency), word(row.kind), row.title, row.words)),
    )
    return "\t".join(" ".join(cell.split()) for cell in cells).rstrip() + "\n"


def _print(terminal: Terminal, facts: Any) -> None:
    terminal.hand_out((json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())
