"""`steward label`: labels to a file or a printer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.cli import options
from core.cli.terminal import Terminal, help_text, is_terminal, terminal_of
from core.errors import InvalidInput, Refused
from core.i18n import LANGUAGES as WORDS
from core.i18n import Text, _

if TYPE_CHECKING:
    from core.labels import LabelContent, LabelPage, Layout
    from core.office import Office

LANGUAGES = "zpl|tspl|escpos|pdf|png"
_DPI = {"pdf": 600}
_USUAL_DPI = 203
_MOST_COPIES = 9999
_SUBJECTS = {"item": "--items", "asset": "--items", "location": "--places", "lot": "--lots", "person": "--people",
             "document": "--documents"}  # fmt: skip
_CODES = "CODE[,CODE]"


def _option(name: str, metavar: str, words: Text) -> Any:
    return typer.Option(name, metavar=metavar, show_default=False, help=help_text(words))


Template = Annotated[str, _option("--template", "T", _("The layout, such as shelf-60x40."))]
Items = Annotated[str, _option("--items", _CODES, _("Items, by code or barcode."))]
Places = Annotated[str, _option("--places", _CODES, _("Places, by code."))]
Lots = Annotated[str, _option("--lots", _CODES, _("Lots, by number."))]
People = Annotated[str, _option("--people", _CODES, _("People, by name."))]
Documents = Annotated[str, _option("--documents", _CODES, _("Documents, by number."))]
Copies = Annotated[int, _option("--copies", "N", _("Of each label; 1 without it."))]
Form = Annotated[str, _option("--language", LANGUAGES, _("The printer's language, or the form of the file."))]
Dpi = Annotated[int, _option("--dpi", "N", _("Dots an inch: 203 without it, in a PDF 600."))]
OnSheet = Annotated[str, _option("--sheet", "L7160", _("In a PDF: onto sheets of this stock."))]
StartAt = Annotated[int, _option("--start-at", "N", _("The first free label of the first sheet; 1 without it."))]
Said = Annotated[str, _option("--words", "zh|en", _("The language on the labels; the site's without it."))]
Out = Annotated[Path | None, _option("--out", "F", _("Write to this file."))]
Printer = Annotated[str, _option("--printer", "NAME", _("Print on this saved printer."))]


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    app.command("label", help=help_text(_("Make labels: a file, or straight to a printer.")))(label)


def label(
    context: typer.Context,
    site: options.Site,
    template: Template,
    items: Items = "",
    places: Places = "",
    lots: Lots = "",
    people: People = "",
    numbers: Documents = "",
    copies: Copies = 1,
    language: Form = "",
    dpi: Dpi = 0,
    sheet: OnSheet = "",
    start_at: StartAt = 1,
    words: Said = "",
    out: Out = None,
    printer: Printer = "",
) -> None:
    """Make labels."""
    from core.office import Office

    terminal = terminal_of(context)
    given = {"--items": items, "--places": places, "--lots": lots, "--people": people, "--documents": numbers}
    form = _form(language, out, printer)
    order = _Order(
        template, given, copies, form, dpi or _DPI.get(form, _USUAL_DPI), sheet, start_at, words, out, printer
    )
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        _make(terminal, office, order)


@dataclass(frozen=True, slots=True)
class _Order:
    """What was asked for on the command line."""

    template: str
    given: dict[str, str]
    copies: int
    form: str
    dpi: int
    sheet: str
    start_at: int
    words: str
    out: Path | None
    printer: str


def _form(language: str, out: Path | None, printer: str) -> str:
    forms = LANGUAGES.split("|")
    ending = "" if out is None else out.suffix.lower().lstrip(".")
    chosen = language.strip().lower() or (ending if ending in forms else "")
    if printer and not chosen:
        return ""
    if chosen not in forms:
        raise InvalidInput(
            _(
                "“{language}” is no language of labels. Write one of: {known}.",
                language=chosen[:20],
                known=", ".join(forms),
            ),
            field="--language",
        )
    return chosen


def _make(terminal: Terminal, office: Office, order: _Order) -> None:
    from core import labels

    _check(order)
    layout = office.ask(labels.get_layout, code=order.template)
    if order.printer:
        _print(terminal, office, order, layout)
        return
    contents = _contents(office, order, layout)
    made = _file(terminal, order, layout, contents)
    if order.out is None:
        terminal.hand_out(made)
        return
    try:
        order.out.write_bytes(made)
    except OSError as fault:
        raise Refused(
            _("The file {file} cannot be written: {why}.", file=str(order.out), why=fault.strerror or fault),
            field="--out",
        ) from fault
    terminal.say(_("Written: {file}", file=str(order.out)))


def _check(order: _Order) -> None:
    """What is wrong with the options themselves."""
    from core import labels

    labels.check_dpi(order.dpi)
    if not 1 <= order.copies <= _MOST_COPIES:
        raise InvalidInput(_("Print 1 to {most} copies, not {n}.", most=_MOST_COPIES, n=order.copies), field="--copies")
    if order.words and order.words not in WORDS:
        raise InvalidInput(
            _("“{language}” is not a language of this program. Write zh or en.", language=order.words[:20]),
            field="--words",
        )
    if order.sheet and order.form != "pdf":
        raise InvalidInput(_("Sheets are for an office printer: write --language pdf."), field="--sheet")
    if order.out is None and not order.printer and is_terminal(sys.stdout):
        raise Refused(_("This is no text for a terminal. Name a file with --out, or a printer."), field="--out")


def _codes(order: _Order, layout: Layout) -> list[str]:
    """What the template is for, as it was written on the command line."""
    wanted = _SUBJECTS[layout.subject]
    codes = [code for part in order.given[wanted].split(",") if (code := part.strip())]
    if not codes:
        raise InvalidInput(
            _("The template {template} needs {option}.", template=layout.code, option=wanted), field=wanted
        )
    return codes


def _contents(office: Office, order: _Order, layout: Layout) -> list[LabelContent]:
    """The labels' words; kitchen layouts are dated now."""
    from core import labels

    codes = _codes(order, layout)
    ids = office.ask(labels.find_labelled, subject=layout.subject, codes=codes)
    life = labels.Life() if {"use_by", "made_at", "use_by_day"} & set(labels.fields_of(layout)) else None
    language = order.words or office.site.language
    return office.ask(labels.label_contents, subject=layout.subject, ids=ids, language=language, life=life)


def _file(terminal: Terminal, order: _Order, layout: Layout, contents: list[LabelContent]) -> bytes:
    from core import labels

    make = labels.arrange if order.form == "pdf" else labels.draw
    pages = [make(layout, content, order.dpi) for content in contents]
    labels.check_pages(pages)
    _warn(terminal, pages)
    if order.form == "pdf":
        sheet = labels.find_sheet(order.sheet) if order.sheet else None
        return labels.to_pdf([page for page in pages for _copy in range(order.copies)], sheet, start_at=order.start_at)
    if order.form == "png":
        return labels.to_png([page for page in pages for _copy in range(order.copies)])
    return b"".join(labels.encode(page, order.form, order.copies) for page in pages)


def _warn(terminal: Terminal, pages: list[LabelPage]) -> None:
    """What is not as it should be but can be printed; each sentence once."""
    for text in dict.fromkeys(trouble.text for page in pages for trouble in page.troubles):
        terminal.say(text)


def _print(terminal: Terminal, office: Office, order: _Order, layout: Layout) -> None:
    """Through the journal of label jobs, so that what stops in the middle goes on from there."""
    from core import labels

    asked = labels.PrintOrder(layout.code, _codes(order, layout), order.copies, order.words)
    for run in labels.print_labels(office, asked, printer=order.printer):
        terminal.say(
            _("Job {number}: {n} of {labels} labels printed.", number=run.number, n=run.confirmed, labels=run.labels)
        )
        if run.confirmed < run.labels:
            raise Refused(run.words, field="--printer")
