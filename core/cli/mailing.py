"""`steward mail`: sending what waits in the outbox, listing it, trying the mail server."""

from __future__ import annotations

import getpass
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, terminal_of
from core.errors import InvalidInput
from core.i18n import Text, _, _n

if TYPE_CHECKING:
    from core.mail import MailRow, MailRun

ACTIONS = "send|list|test"
STATES = "queued|sending|sent|failed|unsure|withdrawn"
MOST_LISTED = 1_000
WRONG = 2

Action = Annotated[str, typer.Argument(metavar=ACTIONS, show_default=False, help=help_text(_("What to do.")))]
To = Annotated[
    str,
    typer.Option("--to", metavar="ADDRESS", show_default=False, help=help_text(_("Where the test e-mail goes."))),
]
State = Annotated[
    str,
    typer.Option("--state", metavar=STATES, show_default=False, help=help_text(_("Only e-mails that stand so."))),
]
Password = Annotated[
    bool,
    typer.Option(
        "--ask-password", help=help_text(_("Ask for the mail server's password instead of taking this PC's own."))
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Send the e-mails that wait, list the outbox, or try the mail server with a test e-mail.")
    app.command("mail", help=help_text(words))(mail)


def mail(
    context: typer.Context,
    action: Action,
    site: options.Site,
    to: To = "",
    state: State = "",
    ask_password: Password = False,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Send, list or try; exit code 2 when something needs a person."""
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    acts = {"send": _send, "list": _list, "test": _test}
    if action not in acts:
        raise InvalidInput(
            _("“{action}” cannot be done with e-mails. Write one of: {actions}.", action=action[:20], actions=ACTIONS),
            field="mail",
        )
    password = getpass.getpass(_("Password: ").render(terminal.language)) if ask_password else ""
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        is_well = acts[action](terminal, office, {"to": to, "state": state, "password": password, "json": as_json})
    if not is_well:
        raise typer.Exit(WRONG)


def _send(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.mail import count_mails, send_due

    run = send_due(office, password=given["password"] or None)
    left = office.ask(count_mails)
    if given["json"]:
        facts = {name: getattr(run, name) for name in ("sent", "later", "refused", "unsure", "stranded")}
        trouble = None if run.trouble is None else run.trouble.render(terminal.language)
        _print(terminal, {**facts, "waiting": left.queued, "need_person": left.need_person, "trouble": trouble})
    terminal.say(*run_words(run))
    if left.queued:
        terminal.say(_n("{n} e-mail waits.", "{n} e-mails wait.", left.queued))
    if left.need_person:
        terminal.say(_n("{n} e-mail needs a person.", "{n} e-mails need a person.", left.need_person))
    return run.trouble is None and not left.need_person


def run_words(run: MailRun) -> list[Text]:
    """What came of a run, in sentences."""
    found = [_n("{n} e-mail sent.", "{n} e-mails sent.", run.sent)]
    if run.refused:
        found.append(_n("{n} e-mail was refused.", "{n} e-mails were refused.", run.refused))
    asked = run.unsure + run.stranded
    if asked:
        found.append(
            _n("{n} e-mail perhaps arrived; nobody knows.", "{n} e-mails perhaps arrived; nobody knows.", asked)
        )
    return [*found, *([] if run.trouble is None else [run.trouble])]


def _list(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.mail import MailFilter, list_mails
    from core.words import MailState

    wanted = given["state"]
    if wanted and wanted not in STATES.split("|"):
        raise InvalidInput(
            _("“{state}” is no state of an e-mail. Write one of: {states}.", state=wanted[:20], states=STATES),
            field="--state",
        )
    states = (MailState(wanted),) if wanted else ()
    found = office.ask(list_mails, wanted=MailFilter(states=states), limit=MOST_LISTED)
    if given["json"]:
        _print(terminal, [_facts(row, terminal.language) for row in found.rows])
    else:
        terminal.hand_out("".join(_line(row, terminal.language) for row in found.rows).encode())
    if found.total > len(found.rows):
        more = found.total - len(found.rows)
        terminal.say(_n("And {n} more.", "And {n} more.", more))
    return True


def _test(terminal: Terminal, office: Any, given: dict[str, Any]) -> bool:
    from core.mail import get_mail_server, send_test_mail

    server = office.ask(get_mail_server)
    if not server.is_set:
        raise InvalidInput(_("No mail server is set up yet. Do that first: Settings, E-mail server."))
    found = send_test_mail(
        office, server=server.edit, password=given["password"], to=given["to"], language=terminal.language
    )
    if given["json"]:
        _print(terminal, {"outcome": found.outcome, "why": found.why.render(terminal.language)})
    terminal.say(found.why)
    return found.outcome == "sent"


def _facts(row: MailRow, language: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": str(row.state),
        "to": row.recipients,
        "subject": row.subject,
        "for": f"{row.owner_kind} {row.owner_id}",
        "made_at": row.made_at.isoformat(),
        "sent_at": None if row.sent_at is None else row.sent_at.isoformat(),
        "next_at": row.next_at.isoformat(),
        "attempts": row.attempts,
        "why": None if row.why is None else row.why.render(language),
    }


def _line(row: MailRow, language: str) -> str:
    from core.words import word

    cells = (str(row.id), word(row.state).render(language), row.recipients, row.subject)
    why = "" if row.why is None else row.why.render(language)
    return "\t".join(" ".join(cell.split()) for cell in (*cells, why)).rstrip() + "\n"


def _print(terminal: Terminal, facts: Any) -> None:
    terminal.hand_out((json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())
