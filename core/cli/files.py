"""`steward import`: files into a site."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, is_terminal, sentence_of, terminal_of
from core.errors import CoreError, InvalidInput, NeedsConfirmation, NotFound, Rejected
from core.i18n import Text, _, _n

if TYPE_CHECKING:
    from core.importing import ImportFile, ImportOptions, ImportResult
    from core.office import Office

AGAIN = frozenset(
    {
        "import.again",
        "prices.jump",
        "prices.later",
        "invoices.doubts",
        "orders.passed",
        "orders.slips",
        "receipts.doubts",
    }
)
MOST_SAID = 200
KINDS = "locations|suppliers|items|supplier-prices|purchase-orders|receipts|invoices|budgets|opening-stock|movements"


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Bring a file (CSV or XLSX) into a site: all rows, or none and what is wrong with each.")
    app.command("import", help=help_text(words))(import_file)


def import_file(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar=KINDS, show_default=False, help=help_text(_("What the file holds.")))],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", show_default=False, help=help_text(_("The file, with headings in its first row."))
        ),
    ],
    site: options.Site,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=help_text(_("Check everything, save nothing.")))] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help=help_text(_("Bring in a file that came before, or prices that move far: yes to the question.")),
        ),
    ] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update",
            help=help_text(_("Change locations, suppliers and items that are there by the filled cells of their row.")),
        ),
    ] = False,
    sheet: Annotated[
        str, typer.Option("--sheet", show_default=False, help=help_text(_("The sheet of a workbook.")))
    ] = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Bring a file into a site."""
    terminal = terminal_of(context)
    terminal.choose(language)
    shown = as_json or not is_terminal(sys.stdout)
    try:
        how = _how(dry_run, update)
        result = _bring_in(terminal, site, kind, _read(file, sheet), how, again=again)
    except CoreError as fault:
        if shown:
            _print(terminal, _rows_of(fault), 0, fault.errors if isinstance(fault, Rejected) else (fault,))
        raise
    doubts = () if again else tuple(_again(question) for question in result.questions)
    if shown:
        _print(terminal, result.rows, 0 if dry_run else result.posted, doubts, _updated(result) if update else None)
    _tell(terminal, result, dry_run, is_update=update)
    for doubt in doubts:  # a rehearsal ends as bringing it in would
        raise doubt


def _how(dry_run: bool, update: bool) -> ImportOptions:
    """How the file is brought in."""
    from core import importing

    return importing.ImportOptions(is_rehearsal=dry_run, is_update=update)


def _updated(result: ImportResult) -> dict[str, object]:
    """What an update adds to what is printed as JSON."""
    return {
        "new": result.posted - result.changed,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "changes": [
            {"row": one.row, "code": one.code, "field": one.field, "before": one.before, "after": one.after}
            for one in result.changes
        ],
    }


def _read(file: Path, sheet: str) -> ImportFile:
    from core import importing

    try:
        importing.check_size(file.stat().st_size)
        return importing.ImportFile(file.name, file.read_bytes(), sheet)
    except FileNotFoundError as fault:
        raise NotFound(_("There is no file {file}.", file=str(file)), field="file") from fault
    except OSError as fault:
        raise InvalidInput(
            _("The file {file} cannot be read: {why}.", file=str(file), why=fault.strerror or fault), field="file"
        ) from fault


def _bring_in(
    terminal: Terminal, site: str, kind: str, file: ImportFile, how: ImportOptions, *, again: bool
) -> ImportResult:
    from core import importing
    from core.office import Office
    from core.words import ImportKind

    if kind not in tuple(ImportKind):
        raise InvalidInput(
            _("“{kind}” is nothing to bring in. Write one of: {kinds}.", kind=kind[:40], kinds=KINDS.replace("|", ", "))
        )
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        try:
            return _do(office, ImportKind(kind), file, how, again=again)
        except importing.Rehearsed as end:
            return end.result
        except NeedsConfirmation as question:
            raise _again(question.text) from question


def _again(question: Text) -> InvalidInput:
    return InvalidInput(_("{question} Add --again if so.", question=question))


def _do(office: Office, kind: object, file: ImportFile, how: ImportOptions, *, again: bool) -> ImportResult:
    from core import importing

    return office.do(
        importing.import_file,
        kind=kind,
        content=file,
        options=how,
        confirmed=AGAIN if again else frozenset(),
    )


def _rows_of(fault: CoreError) -> int:
    return int(getattr(fault, "rows", 0))


def _print(
    terminal: Terminal, rows: int, posted: int, faults: tuple[CoreError, ...], more: dict[str, object] | None = None
) -> None:
    errors = [
        {"row": one.row or 0, "field": one.field or "", "message": sentence_of(one).render(terminal.language)}
        for one in faults
    ]
    told = json.dumps({"rows": rows, "posted": posted, "errors": errors, **(more or {})}, ensure_ascii=False)
    terminal.hand_out(told.encode("utf-8", "replace") + b"\n")


def _tell(terminal: Terminal, result: ImportResult, dry_run: bool, *, is_update: bool) -> None:
    for one in result.changes[: MOST_SAID if dry_run else 0]:
        words = _("Row {row}, {code}, {field}: “{before}” becomes “{after}”.", row=one.row, code=one.code,
                  field=one.field, before=one.before[:60], after=one.after[:60])  # fmt: skip
        terminal.say(words)
    for heading in result.ignored_columns:
        terminal.say(_("The column {heading} means nothing here and was left out.", heading=heading[:60]))
    for _word, total in result.totals:
        terminal.say(_("Change of the stock value: {total}", total=f"{total:f}"))
    if result.unchanged and not is_update:
        terminal.say(_n("{n} row says nothing new.", "{n} rows say nothing new.", result.unchanged))
    if is_update:
        terminal.say(
            _("{new} new, {changed} changed, {same} as they were.", new=result.posted - result.changed,
              changed=result.changed, same=result.unchanged)
        )  # fmt: skip
    if dry_run:
        terminal.say(_n("{n} row is right. Nothing was saved.", "{n} rows are right. Nothing was saved.", result.rows))
    else:
        terminal.say(_n("{n} row brought in.", "{n} rows brought in.", result.posted))
