"""`steward report`: lists about stock, its cost and its suppliers."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from core.cli import options, sharing
from core.cli.terminal import Terminal, help_text, is_terminal, terminal_of
from core.errors import InvalidInput, Refused
from core.i18n import _

if TYPE_CHECKING:
    from core.office import Office
    from core.reports import Span

NAMES = "NAME|list"
FORMS = "table|csv|json|xlsx|pdf"
BINARY = frozenset({"xlsx", "pdf"})
PART = 1 << 20
FILTER = _("Only some rows, such as item=1001, category=Food/Veg, days=30; several times if need be.")
GROUP = _("Put rows together by this column, with subtotals.")
SORT = _("Sort by these columns; a minus before a key sorts downwards.")
COLUMNS = _("Only these columns, in this order.")
DAY = help_text(_("A date (the whole business day) or a moment, on the site's clock."))

Form = Annotated[
    str,
    typer.Option("--format", metavar=FORMS, show_default=False, help=help_text(_("The form; a table without it."))),
]
Items = Annotated[
    list[str] | None,
    typer.Option(
        "--item",
        metavar="I",
        show_default=False,
        help=help_text(_("Only this item, by code or name; several times if need be.")),
    ),
]
Suppliers = Annotated[
    list[str] | None,
    typer.Option(
        "--supplier", metavar="S", show_default=False,
        help=help_text(_("Only this supplier, by code or name; several times if need be. Of shared-stock: whose items.")),
    ),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command("report", help=help_text(_("Print a report, or write it to a file.")))(report)


def report(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar=NAMES,
            show_default=False,
            help=help_text(_("Which report; “list” names them all, shared-stock too.")),
        ),
    ],
    site: options.Site,
    as_of: Annotated[str, typer.Option("--as-of", metavar="T", show_default=False, help=DAY)] = "",
    start: Annotated[str, typer.Option("--from", metavar="D", show_default=False, help=DAY)] = "",
    end: Annotated[str, typer.Option("--to", metavar="D", show_default=False, help=DAY)] = "",
    form: Form = "",
    filters: Annotated[
        list[str] | None, typer.Option("--filter", metavar="K=V", show_default=False, help=help_text(FILTER))
    ] = None,
    group: Annotated[str, typer.Option("--group", metavar="K", show_default=False, help=help_text(GROUP))] = "",
    sort: Annotated[str, typer.Option("--sort", metavar="K,-K", show_default=False, help=help_text(SORT))] = "",
    columns: Annotated[str, typer.Option("--columns", metavar="K,K", show_default=False, help=help_text(COLUMNS))] = "",
    items: Items = None,
    suppliers: Suppliers = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="F", show_default=False, help=help_text(_("Write to this file.")))
    ] = None,
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Print a report."""
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    chosen = _form(form, out, as_json)
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        dates = (as_of, start, end)
        if name == sharing.SHARED_STOCK:
            is_shaped = bool(items or filters or group or sort or columns)
            sharing.check_form(form, as_json=as_json, is_shaped=is_shaped)
            _hand_out(terminal, sharing.shared_stock(office, suppliers or [], dates, terminal.language), out)
        elif name == "list":
            _hand_out(terminal, _catalogue(office, terminal), out)
        else:
            chosen_too = (*(f"item={one}" for one in items or ()), *(f"supplier={one}" for one in suppliers or ()))
            words = ((*(filters or ()), *chosen_too), group, sort, columns)
            _write(terminal, office, (name, dates, words), (chosen, out))


def _write(
    terminal: Terminal,
    office: Office,
    wanted: tuple[str, tuple[str, str, str], tuple[tuple[str, ...], str, str, str]],
    how: tuple[str, Path | None],
) -> None:
    """Write a report row by row to the terminal or a file; a file that was begun and not finished is taken away."""
    from core import reports

    (name, dates, words), (form, out) = wanted, how
    asked = reports.AskedWords(*words)
    span = _span(office, name, dates)
    plain = reports.Asked(span, language=terminal.language)
    if not asked.is_plain:
        plain = office.ask(reports.get_asked, name=name, words=asked, span=span, language=terminal.language)
    width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) and out is None else None
    if out is None:
        with tempfile.TemporaryFile() as kept:
            office.ask(reports.write_report, name=name, asked=plain, form=form, target=kept, width=width)
            kept.seek(0)
            while part := kept.read(PART):
                terminal.hand_out(part)
        return
    _into_file(
        terminal, out, lambda file: office.ask(reports.write_report, name=name, asked=plain, form=form, target=file)
    )


def _into_file(terminal: Terminal, out: Path, write: Callable[[BinaryIO], object]) -> None:
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            write(file)
        part.replace(out)
    except OSError as fault:
        raise _unwritable(out, fault) from fault
    finally:
        part.unlink(missing_ok=True)
    terminal.say(_("Written: {file}", file=str(out)))


def _catalogue(office: Office, terminal: Terminal) -> bytes:
    """Every report with what it answers, area by area."""
    from core import reports

    lines, area = [], None
    for entry in sorted(office.ask(reports.list_reports), key=lambda one: list(reports.Area).index(one.area)):
        if entry.area is not area:
            area = entry.area
            lines.append(f"\n{reports.AREA_TITLES[area].render(terminal.language)}")
        title, about = entry.title.render(terminal.language), entry.about.render(terminal.language)
        lines.append(f"  {entry.name}: {title}. {about}")
        keys = ", ".join(one.key for one in entry.filters)
        if keys:
            lines.append(f"    --filter {keys}")
    return ("\n".join(lines).lstrip("\n") + "\n").encode("utf-8")


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
        raise _unwritable(out, fault) from fault
    terminal.say(_("Written: {file}", file=str(out)))


def _unwritable(out: Path, fault: OSError) -> Refused:
    return Refused(
        _("The file {file} cannot be written: {why}.", file=str(out), why=fault.strerror or fault), field="--out"
    )
