"""The command with its subcommands, and what becomes of errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from core.cli import alerts, files, jobs, labelling, mailing, month, reports, scanning, sharing, start, upkeep
from core.cli.terminal import Terminal, help_text, language_of_terminal, prepare_streams
from core.crashes import write_report
from core.errors import CoreError
from core.i18n import _
from core.logs import start_log
from core.memory import look_less_often

DONE, FAULT, REFUSED = 0, 1, 2


def make_app() -> typer.Typer:
    """The `steward` command; plain help, no completion files, no decorated tracebacks."""
    app = typer.Typer(
        name="steward",
        help=help_text(_("Steward on the command line: sites, files in, reports out, checks and backups.")),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    for part in (start, files, reports, sharing, upkeep, scanning, labelling, mailing, alerts, jobs, month):
        part.add_to(app)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (None: those of the process) and answer its exit code."""
    prepare_streams((sys.stdout, sys.stderr))
    look_less_often()
    if arguments is None:
        start_log("steward-cli")
    terminal = Terminal(language_of_terminal())
    try:
        make_app()(args=None if arguments is None else list(arguments), prog_name="steward", obj=terminal)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else DONE if end.code is None else REFUSED
    except CoreError as fault:
        terminal.complain(fault)
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        report = write_report(fault)
        terminal.say(
            _(
                "The program is at fault, not you. Nothing was saved. Tell whoever helps you this number: {id}.",
                id=report.id,
            ),
            *([_("The report is in {path}.", path=report.path)] if report.path else []),
        )
        return FAULT
    return DONE
