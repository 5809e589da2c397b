"""`steward report`: lists about stock, its cost and its suppliers."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import options, sharing
from core.cli.terminal import Terminal, help_text, is_terminal, terminal_of
from core.errors import InvalidInput, Refused
from core.i18n import _

if TYPE_CHECKING:
    from core.office import Office
    from core.reports import Span

NAMES = (
    "stock-on-hand|stock-value|stock-ledger|month-review|open-orders|"
    "goods-received-not-invoiced|payables|supplier-scorecard|shared-stock"
)
FORMS = "table|csv|json|xlsx|pdf"
BINARY = frozenset({"xlsx", "pdf"})
DAY = help_text(_("A date (the whole business day) or a moment, on the site's clock."))


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command("report", help=help_text(_("Print a report, or write it to a file.")))(report)


def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=NAMES, show_default=False, help=help_text(_("Which report.")))],
    site: options.Site,
    as_of: Annotated[str, typer.Option("--as-of", metavar="T", show_default=False, help=DAY)] = "",
    start: Annotated[str, typer.Option("--from", metavar="D", show_default=False, help=DAY)] = "",
    end: Annotated[str, typer.Option("--to", metavar="D", show_default=False, help=DAY)] = "",
    form: Annotated[
        str,
        typer.Option("--format", metavar=FORMS, show_default=False, help=help_text(_("The form; a table without it."))),
    ] = "",
    supplier: Annotated[
        str,
        typer.Option(
            "--supplier",
            metavar="S",
            show_default=False,
            help=help_text(_("Of shared-stock: whose items, by its code.")),
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="F", show_default=False, help=help_text(_("Write to this file.")))
    ] = None,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Print a report."""
    from core import reports
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    chosen = _form(form, out, as_json)
    with Office.open(site) as office:
        office.sign_in_as_system()
        facts = office.site
        terminal.follow(facts.language)
        if name == sharing.SHARED_STOCK:
            sharing.check_form(form, as_json=as_json)
            _hand_out(terminal, sharing.shared_stock(office, supplier, (as_of, start, end), terminal.language), out)
            return
        made = office.ask(
            reports.get_report,
            name=name,
            span=_span(office, name, (as_of, start, end)),
            language=terminal.language,
            form=chosen,
        )
        width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) and out is None else None
        content = reports.render_report(made, chosen, terminal.language, facts, width=width)
    _hand_out(terminal, content, out)


def _form(form: str, out: Path | None, as_json: bool) -> str:
    forms = FORMS.split("|")
    ending = "" if out is None else out.suffix.lower().lstrip(".")
    chosen = form or ("json" if as_json else ending if ending in forms else "table")
    if chosen not in forms:
        raise InvalidInput(
            _("“{form}” is no form of a report. Write one of: {forms}.", form=form[:20], forms=", ".join(forms)),
            field="--format",
        )
    if chosen in BINARY and out is None and is_terminal(sys.stdout):
        raise Refused(_("This is no text for a terminal. Name a file with --out."), field="--out")
    return chosen


def _span(office: Office, name: str, dates: tuple[str, str, str]) -> Span:
    from core import reports

    facts = office.site
    is_of_period = any(entry.name == name and entry.is_of_period for entry in office.ask(reports.list_reports))
    return reports.span_of(dates, facts.zone, facts.day_start_hour, is_of_period=is_of_period)


def _hand_out(terminal: Terminal, content: bytes, out: Path | None) -> None:
    if out is None:
        terminal.hand_out(content)
        return
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise Refused(
            _("The file {file} cannot be written: {why}.", file=str(out), why=fault.strerror or fault), field="--out"
        ) from fault
    terminal.say(_("Written: {file}", file=str(out)))
