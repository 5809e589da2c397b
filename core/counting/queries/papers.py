"""Counting on paper: the sheet to walk along with, and the differences as a list for files."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from core import documents
from core.counting.queries.counts import get_count, list_count_lines
from core.counting.queries.review import get_count_review
from core.counting.types import CountCard, CountLine, CountPart, DifferenceRow
from core.documents import Cell, Column, Fact, Line, Paper, PaperTable, Sheet, Signature
from core.errors import NotAllowed
from core.i18n import Text, _
from core.registry import query
from core.uow import UnitOfWork
from core.words import word
from db.enums import Permission, VarianceReason


@query(Permission.COUNT_ENTER)
def get_count_sheet(uow: UnitOfWork, *, count_id: int, with_quantities: bool = False, language: str = "zh") -> Paper:
    """The sheet of a count to print: in shelf order, with row numbers to type by ("17 3") and the count's barcode.

    `with_quantities` prints what the book says. Raises NotAllowed for who may not see it.
    """
    card = get_count(uow, count_id=count_id)
    if with_quantities and not card.sees_book:
        raise NotAllowed(_("This is a blind count: its sheet is printed without quantities."))
    lines = list_count_lines(uow, count_id=count_id)
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Count sheet"),
        number=card.row.number,
        facts=_facts(card, len(lines)),
        body=(PaperTable(_columns(with_quantities), _lines(lines, language, with_quantities)),),
        signatures=(Signature(_("Counted by")), Signature(_("Checked by"))),
        foot=_("To enter from this sheet, type row number and figure, such as 17 3."),
        notation=documents.notation_of(uow),
    )


@query(Permission.COUNT_ENTER)
def get_count_form(uow: UnitOfWork, *, count_id: int, language: str = "zh") -> Sheet:
    """The sheet of a count as a file to be filled in and brought back: `Counted` is empty where nothing is counted yet.

    A line counted in several units gets a row for each. What the book says does not stand in it.
    """
    card = get_count(uow, count_id=count_id)
    tongue = "en" if language == "en" else "zh"
    return Sheet(
        title=_("Count sheet"),
        columns=(
            Column("row", _("No."), "number", 10),
            Column("code", _("Code"), "text", 24),
            Column("item", _("Item")),
            Column("place", _("Place"), "text", 26),
            Column("place_name", _("Name of the place"), "text", 26),
            Column("lot", _("Lot"), "text", 20),
            Column("expires_on", _("Expires"), "date", 20),
            Column("unit", _("Unit"), "text", 14),
            Column("counted", _("Counted"), "qty", 22, dash=False),
        ),
        rows=[row for line in list_count_lines(uow, count_id=count_id) for row in _form_rows(line, tongue)],
        facts=(Fact(_("Count"), card.row.number), Fact(_("Started"), card.row.created_at, "instant")),
        notation=_notation(uow),
    )


def _form_rows(line: CountLine, language: str) -> list[tuple[Cell, ...]]:
    parts: tuple[CountPart | None, ...] = (
        (None,) if line.is_open else line.parts or (CountPart(line.counted or Decimal(0)),)
    )
    return [
        (
            line.position,
            line.code,
            f"{line.title(language)} {line.spec}".strip(),
            line.location_code,
            line.place(language),
            line.lot,
            line.expires_on,
            (part.unit if part is not None else "") or line.unit,
            part.qty if part is not None else None,
        )
        for part in parts
    ]


def _facts(card: CountCard, lines: int) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Kind of count"), word(card.row.kind)),
        Fact(_("Started"), card.row.created_at, "instant"),
        Fact(_("Started by"), card.row.created_by),
        Fact(_("Lines to count"), lines, "number"),
    ]
    if card.row.title:
        facts.insert(0, Fact(_("Note"), card.row.title))
    return tuple(facts)


def _columns(with_quantities: bool) -> tuple[Column, ...]:
    book = (Column("expected", _("Book"), "qty", 24, dash=False),) if with_quantities else ()
    return (
        Column("row", _("No."), "number", 10),
        Column("code", _("Code"), "text", 24),
        Column("item", _("Item")),
        Column("unit", _("Unit"), "text", 22),
        *book,
        Column("counted", _("Counted"), "blank", 28),
        Column("recount", _("Recount"), "blank", 22),
    )


def _lines(lines: list[CountLine], language: str, with_quantities: bool) -> tuple[Line, ...]:
    made: list[Line] = []
    place: int | None = None
    for line in lines:
        if line.location_id != place:
            place = line.location_id
            made.append(Line((_heading(line, language),), "group"))
        book: tuple[Cell, ...] = (line.expected,) if with_quantities else ()
        name = documents.named(partial(_name, line), language)
        units = documents.named(partial(_units, line), language)
        made.append(Line((line.position, line.code, name, units, *book)))
    return tuple(made)


def _heading(line: CountLine, language: str) -> Text | str:
    return documents.named(lambda one: f"{line.location_code}  {line.place(one)}", language)


def _name(line: CountLine, language: str) -> str:
    """The item with its specification, lot and expiry date."""
    lot = f"{line.lot}  {line.expires_on or ''}".strip()
    return "  ".join(part for part in (f"{line.title(language)} {line.spec}".strip(), lot) if part)


def _units(line: CountLine, language: str) -> str:
    """The units to count in, largest first: case / bottle."""
    return " / ".join(unit.title(language) for unit in line.units)


@query(Permission.COUNT_ENTER)
def get_difference_sheet(uow: UnitOfWork, *, count_id: int, only_differing: bool = True, language: str = "zh") -> Sheet:
    """The differences of a count as a list for files and paper, largest amount first; amounts only with the right."""
    card = get_count(uow, count_id=count_id)
    review = get_count_review(uow, count_id=count_id, only_differing=only_differing)
    sees_cost = uow.may(Permission.COST_VIEW)
    money = (Column("value", _("Difference in money"), "money", 26),) if sees_cost else ()
    facts = [
        Fact(_("Count"), card.row.number),
        Fact(_("State"), word(card.row.state)),
        Fact(_("Lines counted"), review.lines, "number"),
        Fact(_("Within tolerance"), review.accuracy, "percent"),
    ]
    totals: tuple[Cell, ...] = ()
    if sees_cost and review.gain is not None and review.loss is not None:
        totals = (None, _("Total"), *[None] * 7, review.gain + review.loss, *[None] * 3)
    return Sheet(
        title=_("Count differences"),
        columns=(
            Column("code", _("Code"), "text", 24),
            Column("item", _("Item")),
            Column("place", _("Place"), "text", 26),
            Column("lot", _("Lot"), "text", 20),
            Column("unit", _("Unit"), "text", 14),
            Column("expected", _("Book"), "qty", 22, dash=False),
            Column("counted", _("Counted"), "qty", 22, dash=False),
            Column("difference", _("Difference"), "qty", 22),
            Column("share", _("Difference %"), "percent", 18),
            *money,
            Column("reason", _("Reason"), "text", 26),
            Column("note", _("Note"), "text", 26),
            Column("counted_by", _("Counted by"), "text", 20),
        ),
        rows=[_cells(row, "en" if language == "en" else "zh", sees_cost) for row in review.rows],
        facts=tuple(facts),
        totals=totals,
        notation=_notation(uow),
    )


def _cells(row: DifferenceRow, language: str, sees_cost: bool) -> tuple[Cell, ...]:
    reason: Text | str = word(VarianceReason(row.reason)) if row.reason else ""
    money: tuple[Cell, ...] = (row.value,) if sees_cost else ()
    return (
        row.code,
        row.title(language),
        row.place(language),
        row.lot,
        row.unit_title(language),
        row.expected,
        row.counted,
        row.difference,
        row.share,
        *money,
        reason,
        row.note,
        row.counted_by,
    )


def _notation(uow: UnitOfWork) -> documents.Notation:
    return documents.Notation(uow.site.currency, uow.site.digits, uow.site.zone)
