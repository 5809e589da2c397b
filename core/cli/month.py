"""`steward month`: the checklist of a month, closing and reopening it, its pack, workbook, sealed file and journal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, is_terminal, terminal_of
from core.errors import InvalidInput, NeedsConfirmation, Refused
from core.i18n import Text, _, _n

if TYPE_CHECKING:
    from core.costing import JournalFile
    from core.office import Office

ACTIONS = "list|checks|close|reopen|pack|book|seal|check|journal"
LAYOUTS = "general|kingdee|yonyou|xero|quickbooks"
AGAINST = "previous|last_year|budget"
NOT_GOOD = 1

Action = Annotated[str, typer.Argument(metavar=ACTIONS, show_default=False, help=help_text(_("What to do.")))]
MonthName = Annotated[
    str, typer.Argument(metavar="MONTH", help=help_text(_("The month, such as 2026-10; for check: the sealed file.")))
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="F", show_default=False, help=help_text(_("Write to this file.")))
]
Layout = Annotated[
    str,
    typer.Option("--layout", metavar=LAYOUTS, help=help_text(_("Of journal: the program that reads it in."))),
]
Against_ = Annotated[
    str,
    typer.Option("--against", metavar=AGAINST, help=help_text(_("Of pack and book: what the month is compared with."))),
]
Reason = Annotated[str, typer.Option("--reason", show_default=False, help=help_text(_("Of reopen: why; it is kept.")))]
UpTo = Annotated[
    str,
    typer.Option(
        "--up-to",
        metavar="MONTH",
        show_default=False,
        help=help_text(_("Of close: all open months up to this one, one after the other, until one cannot be closed.")),
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help=help_text(_("Of close and journal: go on without asking.")))]


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Look through a month, close or reopen it, and write its pack, workbook, sealed file or journal.")
    app.command("month", help=help_text(words))(month)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for."""

    month: str
    out: Path | None
    layout: str
    against: str
    reason: str
    is_sure: bool
    as_json: bool
    up_to: str = ""


def month(
    context: typer.Context,
    action: Action,
    name: MonthName = "",
    site: Annotated[
        str,
        typer.Option(
            "--site",
            metavar="SITE",
            show_default=False,
            help=help_text(_("A file, a postgresql:// address or a saved site.")),
        ),
    ] = "",
    out: Out = None,
    layout: Layout = "general",
    against: Against_ = "previous",
    reason: Reason = "",
    up_to: UpTo = "",
    yes: Yes = False,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """One action on one month; exit code 1 when checks are open, months are left to be closed or a sealed file is not
    whole."""
    terminal = terminal_of(context)
    terminal.choose(language)
    if action not in ACTIONS.split("|"):
        raise InvalidInput(
            _("“{action}” cannot be done with a month. Write one of: {actions}.", action=action[:20], actions=ACTIONS),
            field="month",
        )
    asked = _Asked(name, out, layout, against, reason, yes, as_json, up_to)
    if action == "check":
        _check(terminal, asked)
        return
    if not site:
        raise InvalidInput(_("Which site? Name it with --site."), field="--site")
    if up_to and (action != "close" or name):
        raise InvalidInput(_("Write either one month or --up-to, to close."), field="--up-to")
    if action != "list" and not (name or up_to):
        raise InvalidInput(_("Which month? Write one such as 2026-10."), field="month")
    from core.office import Office

    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        _RUN[action](office, terminal, asked)


def _list(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    rows = office.ask(costing.list_months)
    if asked.as_json:
        _json(terminal, [{"month": row.month, "state": row.state, "closing": row.closing_number} for row in rows])
        return
    for row in rows:
        state = costing.STATE_TITLES[row.state].render(terminal.language)
        print(f"{row.month}  {state}  {row.closing_number}  {row.closed_by}".rstrip())


def _checks(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    found = office.ask(costing.list_month_checks, month=asked.month)
    verified = office.ask(costing.verify_month, month=asked.month)
    checks = [*(one for one in found.checks if one.kind != verified.kind), verified]
    if asked.as_json:
        _json(terminal, [_check_facts(one, terminal) for one in checks])
    else:
        for one in checks:
            level = costing.LEVEL_TITLES[one.level].render(terminal.language)
            print(f"{level}: {one.words.render(terminal.language)}")
    if any(one.level != "good" for one in checks):
        raise typer.Exit(NOT_GOOD)


def _check_facts(one: Any, terminal: Terminal) -> dict[str, Any]:
    amount = None if one.amount is None else str(one.amount)
    return {
        "kind": one.kind, "level": one.level, "count": one.count, "amount": amount,
        "words": one.words.render(terminal.language),
    }  # fmt: skip


def _close(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    if asked.up_to:
        _close_many(office, terminal, asked)
        return
    done = _do(office, terminal, asked, costing.close_month, asked.month)
    if asked.as_json:
        _json(terminal, {"month": done.month, "closing": done.number, "closing_id": done.closing_id})
        return
    terminal.say(_("{month} is closed: {number}.", month=done.month, number=done.number))


def _close_many(office: Office, terminal: Terminal, asked: _Asked) -> None:
    """Each month by itself; what is closed stays closed when a later one cannot be."""
    from core import costing

    sure = frozenset({costing.OPEN_CHECKS}) if asked.is_sure else frozenset()
    months = office.ask(costing.list_months_to_close, up_to=asked.up_to)
    found = costing.close_in_order(
        months,
        lambda month: office.do(costing.close_month, month=month, up_to=asked.up_to, confirmed=sure),
        lambda _share, words: terminal.say(words),
    )
    if asked.as_json:
        closed = [{"month": one.month, "closing": one.number, "closing_id": one.closing_id} for one in found.closed]
        why = None if found.why is None else found.why.render(terminal.language)
        _json(terminal, {"closed": closed, "stopped_at": found.stopped_at or None, "why": why})
    else:
        terminal.say(_n("{n} month is closed.", "{n} months are closed.", len(found.closed)))
        if found.why is not None:
            terminal.say(_("Stopped at {month}: {why}", month=found.stopped_at, why=found.why))
    if found.stopped_at:
        raise typer.Exit(NOT_GOOD)


def _do(office: Office, terminal: Terminal, asked: _Asked, command: Callable[..., Any], month: str) -> Any:
    """Do it, and ask where somebody sits; a script must say --yes."""
    try:
        return office.do(command, month=month)
    except NeedsConfirmation as question:
        terminal.say(question.text)
        if not asked.is_sure and not _agrees(terminal):
            raise Refused(_("Nothing was done. With --yes it is done without asking."), field="--yes") from question
        return office.do(command, month=month, confirmed=frozenset({question.key}))


def _agrees(terminal: Terminal) -> bool:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return False
    return input(_("Go on? (y/n) ").render(terminal.language)).strip().lower() in ("y", "yes", "是")


def _reopen(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    done = office.do(costing.reopen_month, month=asked.month, reason=asked.reason)
    terminal.say(_("{month} is open again.", month=done.month))


def _pack(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing
    from core.documents import render_pdf

    paper = office.ask(
        costing.get_month_pack, month=asked.month, language=terminal.language, against=_against(asked.against)
    )
    _write(terminal, render_pdf(paper, terminal.language), asked.out)


def _book(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    content = office.ask(
        costing.get_month_book, month=asked.month, language=terminal.language, against=_against(asked.against)
    )
    _write(terminal, content, asked.out)


def _against(word: str) -> Any:
    from core.costing import Against

    if word not in tuple(Against):
        raise InvalidInput(_("Write one of: {forms}.", forms=AGAINST), field="--against")
    return Against(word)


def _seal(office: Office, terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    _write(terminal, office.ask(costing.seal_month, month=asked.month), asked.out)
    if asked.out is not None:
        asked.out.chmod(0o444)


def _journal(office: Office, terminal: Terminal, asked: _Asked) -> None:
    """Of a closed month the journal is kept before it is handed over, so that it never changes afterwards."""
    from core import costing

    if asked.layout not in tuple(costing.BookLayout):
        raise InvalidInput(_("Write one of: {forms}.", forms=LAYOUTS), field="--layout")
    states = {row.month: row.state for row in office.ask(costing.list_months)}
    month = costing.Month.parse(asked.month).text
    if states.get(month) is costing.MonthState.CLOSED:
        _do(office, terminal, asked, costing.keep_journal, month)
    layout = costing.BookLayout(asked.layout)
    found: JournalFile = office.ask(costing.get_journal_file, month=month, layout=layout, language=terminal.language)
    _write(
        terminal,
        found.content,
        asked.out,
        is_text=layout in (costing.BookLayout.GENERAL, costing.BookLayout.QUICKBOOKS),
    )
    terminal.say(*found.notes)


def _check(terminal: Terminal, asked: _Asked) -> None:
    from core import costing

    if not asked.month:
        raise InvalidInput(_("Which file? Name the sealed month to be checked."), field="month")
    found = costing.check_sealed(Path(asked.month))
    if asked.as_json:
        _json(terminal, {"month": found.month, "site": found.site, "closing": found.number, "seal": found.seal,
                         "is_whole": found.is_whole, "tables": dict(found.tables)})  # fmt: skip
    else:
        rows = sum(count for _table, count in found.tables)
        lines: list[Text] = [
            _n("{site}, {month}: {n} row, seal {seal}.", "{site}, {month}: {n} rows, seal {seal}.", rows,
               site=found.site, month=found.month, seal=found.seal),
            _("The file is whole and its figures add up.") if found.is_whole else _("The file is not whole."),
        ]  # fmt: skip
        terminal.say(*lines, *found.faults)
    if not found.is_whole:
        raise typer.Exit(NOT_GOOD)


def _write(terminal: Terminal, content: bytes, out: Path | None, *, is_text: bool = False) -> None:
    if out is None:
        if not is_text and is_terminal(sys.stdout):
            raise Refused(_("This is no text for a terminal. Name a file with --out."), field="--out")
        terminal.hand_out(content)
        return
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise Refused(
            _("The file {file} cannot be written: {why}.", file=str(out), why=fault.strerror or fault), field="--out"
        ) from fault
    terminal.say(_("Written: {file}", file=str(out)))


def _json(terminal: Terminal, facts: Any) -> None:
    terminal.hand_out((json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())


_RUN = {
    "list": _list,
    "checks": _checks,
    "close": _close,
    "reopen": _reopen,
    "pack": _pack,
    "book": _book,
    "seal": _seal,
    "journal": _journal,
}
