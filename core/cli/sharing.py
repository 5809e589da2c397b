"""Figures for a supplier who watches our stock, and `steward notice`: what it says is on its way."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import options
from core.cli.terminal import help_text, is_terminal, terminal_of
from core.errors import InvalidInput, NotFound
from core.i18n import Language, _, _n

if TYPE_CHECKING:
    from core.office import Office
    from core.purchasing import NoticeTaken

SHARED_STOCK = "shared-stock"


def add_to(app: typer.Typer) -> None:
    """Add the subcommand."""
    words = _("Take in a supplier's shipping notice: a despatch advice in UBL 2.1, or a CSV.")
    app.command("notice", help=help_text(words))(notice)


def check_form(form: str, *, as_json: bool, is_shaped: bool) -> None:
    """The figures for a supplier are a CSV and nothing else, of all items they deliver. Raises InvalidInput."""
    if is_shaped:
        raise InvalidInput(
            _(
                "A supplier gets the figures of all their items. Leave --item, --filter, --group, --sort and --columns out."
            )
        )
    if as_json or form not in ("", "csv"):
        raise InvalidInput(_("What a supplier gets is a CSV. Leave --format and --json out."), field="--format")


def shared_stock(office: Office, suppliers: Sequence[str], dates: tuple[str, str, str], language: Language) -> bytes:
    """The agreed figures of the items of one supplier, as CSV: exactly one is named. Raises InvalidInput, NotFound."""
    from core import purchasing
    from core.clock import business_day
    from core.reports import span_of

    if len(suppliers) != 1:
        raise InvalidInput(_("Which supplier? Write --supplier and its code."), field="--supplier")
    facts = office.site
    span = span_of(dates, facts.zone, facts.day_start_hour, is_of_period=True)
    first, last = (
        None if moment is None else business_day(moment, facts.zone, facts.day_start_hour)
        for moment in (span.start, span.end)
    )
    days: dict[str, date | None] = {"first_on": first, "last_on": last}
    return office.ask(purchasing.get_shared_figures, supplier=suppliers[0], language=language, **days)


def notice(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help=help_text(_("The notice.")))],
    site: options.Site,
    order: Annotated[
        str,
        typer.Option(
            "--order", metavar="PO", show_default=False, help=help_text(_("Which order, when the notice names none."))
        ),
    ] = "",
    as_json: options.AsJson = False,
    language: options.Language = None,
) -> None:
    """Take in a shipping notice."""
    from core import purchasing
    from core.office import Office

    terminal = terminal_of(context)
    terminal.choose(language)
    content = _read(file)
    with Office.open(site) as office:
        office.sign_in_as_system()
        terminal.follow(office.site.language)
        order_id = None
        if order:
            order_id = office.ask(purchasing.find_order, number=order)
            if order_id is None:
                raise NotFound(_("There is no order {number}.", number=order[:40]), field="--order")
        taken = office.do(purchasing.import_shipping_notice, content=content, order_id=order_id)
    if as_json or not is_terminal(sys.stdout):
        print(json.dumps(_plain(taken, terminal.language), ensure_ascii=False))
    numbers = ", ".join(number for _id, number in taken.orders)
    words = _n(
        "{n} line of {numbers} is on its way.", "{n} lines of {numbers} are on their way.", taken.lines, numbers=numbers
    )
    terminal.say(words, *taken.remarks)


def _plain(taken: NoticeTaken, language: Language) -> dict[str, object]:
    return {
        "notice": taken.number,
        "arrives_on": taken.arrives_on.isoformat() if taken.arrives_on else None,
        "orders": [number for _id, number in taken.orders],
        "lines": taken.lines,
        "remarks": [one.render(language) for one in taken.remarks],
    }


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as fault:
        raise NotFound(_("There is no file {file}.", file=str(file)), field="file") from fault
    except OSError as fault:
        raise InvalidInput(
            _("The file {file} cannot be read: {why}.", file=str(file), why=fault.strerror or fault), field="file"
        ) from fault
