"""Building blocks: a closed month as plain tables, for the file that is sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.costing.rules import COLUMNS
from core.costing.steps.closings import Closing
from core.costing.steps.layouts.shared import rows_of
from core.costing.steps.words import TITLES, WITHOUT_CATEGORY
from core.costing.types import Review, ReviewRow
from core.costing.types.books import Journal
from core.costing.types.figures import Sentence
from core.i18n import LANGUAGES, Language, Text, _
from core.uow import UnitOfWork
from core.values import from_micro, from_minor
from core.words import PostingKind, word
from db.catalog import Item
from db.columns import micros, moment
from db.costing import MonthClosingAccrual, MonthClosingCheck
from db.identity import Person
from db.sealed import SealedTable, Value
from db.stock import Location, Lot, StockEntry, StockPosting

Heading = tuple[str, Text]
E, P = StockEntry, StockPosting
_VALUE = _("Value")
_DATE = _("Date")
_KIND = _("Kind")
_CODE = _("Code")
_NAME = _("Name")
_NAME_EN = _("English name")
_UNIT = _("Unit")
_QTY = _("Quantity")
_NUMBER = _("Number")
_SUPPLIER = _("Supplier")


def table(
    name: str,
    title: tuple[Text, Language],
    columns: Sequence[Heading],
    rows: Iterator[Sequence[Value]],
    whole: Sequence[str] = (),
) -> SealedTable:
    """A table with its view: names for programs, headings in the site's language."""
    words, language = title
    return SealedTable(
        name,
        words.render(language),
        tuple(key for key, _text in columns),
        tuple(text.render(language) for _key, text in columns),
        rows,
        frozenset(whole),
    )


def review_tables(review: Review, language: Language) -> Iterator[SealedTable]:
    """The review: total, by item, by category, waste by reason, count differences."""
    yield table(
        "review_total",
        (_("Review: total"), language),
        _value_columns(),
        iter([_values(review.total)]),
    )
    yield table(
        "review_item",
        (_("Review by item"), language),
        (("code", _CODE), ("name", _NAME), ("name_en", _NAME_EN), ("category", _("Category")), ("unit", _UNIT),
         *_qty_columns(), *_value_columns()),
        ((row.code, row.name, row.name_en, row.category, row.unit, *_quantities(row), *_values(row))
         for row in review.items),
    )  # fmt: skip
    yield table(
        "review_category",
        (_("Review by category"), language),
        (("level", _("Level")), ("category", _("Category")), ("path", _("Path")), *_value_columns()),
        ((branch.depth + 1, branch.row.title(language) or WITHOUT_CATEGORY.render(language), branch.row.category,
          *_values(branch.row)) for branch in review.tree),
        ("level",),
    )  # fmt: skip
    yield table(
        "waste",
        (_("Waste by reason"), language),
        (("reason", _("Reason")), ("name", _NAME), ("name_en", _NAME_EN), ("entries", _("Ledger entries")),
         ("value", _VALUE)),
        ((row.reason, row.name, row.name_en, row.entries, _text(row.value)) for row in review.waste),
        ("entries",),
    )  # fmt: skip
    yield table(
        "count_difference",
        (_("Count differences"), language),
        (("code", _CODE), ("name", _NAME), ("name_en", _NAME_EN), ("unit", _UNIT), ("qty", _("Difference")),
         ("gain", TITLES["gain"]), ("loss", TITLES["loss"])),
        ((row.code, row.name, row.name_en, row.unit, _text(row.qty), _text(row.gain), _text(row.loss))
         for row in review.counts),
    )  # fmt: skip


def stored_tables(uow: UnitOfWork, closing: Closing, language: Language) -> Iterator[SealedTable]:
    """What the closing kept besides: the checklist, and what was not invoiced."""
    c, a, digits = MonthClosingCheck, MonthClosingAccrual, uow.site.digits
    checks = (
        select(c.kind, c.level, c.count.label("things"), c.amount)
        .where(c.closing_id == closing.closing_id)
        .order_by(c.position)
    )
    yield table(
        "closing_check",
        (_("Checks at the closing"), language),
        (("kind", _KIND), ("level", _("Result")), ("count", _("Cases")), ("amount", _("Money at stake"))),
        ((row.kind, row.level, row.things, None if row.amount is None else _money(row.amount, digits))
         for row in uow.sql.execute(checks)),
        ("count",),
    )  # fmt: skip
    accruals = select(a.__table__).where(a.closing_id == closing.closing_id).order_by(a.received_on, a.entry_id)
    yield table(
        "not_invoiced",
        (_("Goods received, not invoiced"), language),
        (("number", _NUMBER), ("document", _("Document")), ("received_on", _DATE), ("supplier", _SUPPLIER),
         ("code", _CODE), ("name", _NAME), ("unit", _UNIT), ("open_qty", _QTY), ("amount", _("Amount"))),
        ((row.number, row.document, row.received_on.isoformat(), row.supplier, row.code, row.name, row.unit,
          _micro(row.open_qty), _money(row.amount, digits)) for row in uow.sql.execute(accruals)),
    )  # fmt: skip


def journal_table(journal: Journal, language: Language) -> SealedTable:
    """The journal, one row a line."""
    return table(
        "journal_line",
        (_("Journal"), language),
        (("voucher", _("Voucher")), ("date", _DATE), ("line", _("Line number")), ("text", _("Text")),
         ("account", _("Account code")), ("account_name", _("Account name")), ("debit", _("Debit")),
         ("credit", _("Credit")), ("supplier_code", _("Supplier code")), ("supplier", _SUPPLIER),
         ("department", _("Department")), ("document", _("Document"))),
        ((voucher.number, voucher.day.isoformat(), place, voucher.text.render(language), line.code, line.name,
          _text(line.debit), _text(line.credit), line.supplier_code, line.supplier_name, line.section,
          voucher.document) for voucher, place, line in rows_of(journal)),
        ("voucher", "line"),
    )  # fmt: skip


def summary_table(sentences: Sequence[Sentence], language: Language) -> SealedTable:
    """The written summary in both languages."""
    return table(
        "summary",
        (_("Written summary"), language),
        (("line", _("Line number")), ("language", _("Language")), ("text", _("Text"))),
        ((place, one, sentence.text.render(one))
         for one in LANGUAGES for place, sentence in enumerate(sentences, start=1)),
        ("line",),
    )  # fmt: skip


def ledger_tables(uow: UnitOfWork, closing: Closing, language: Language) -> Iterator[SealedTable]:
    """The month's postings with their hashes, and every entry of the ledger."""
    clock = _clock(uow)
    inside = (micros(closing.start), micros(closing.end))
    postings = (
        select(P.id, P.number, P.kind, P.at, P.posted_at, Person.name, P.document, P.purpose, P.note,
               P.previous_hash, P.hash)
        .join(Person, Person.id == P.person_id)
        .where(P.id.in_(select(E.posting_id).where(E.at >= inside[0], E.at <= inside[1])))
        .order_by(P.id)
    )  # fmt: skip
    yield table(
        "posting",
        (_("Postings of the ledger"), language),
        (("id", _("Id")), ("number", _NUMBER), ("kind", _KIND), ("at", _("Time")), ("posted_at", _("Posted at")),
         ("by", _("Person")), ("document", _("Document")), ("department", _("Department")), ("note", _("Note")),
         ("previous_hash", _("Hash before")), ("hash", _("Hash"))),
        ((row.id, row.number, row.kind, clock(row.at), clock(row.posted_at), row.name, row.document, row.purpose,
          row.note, row.previous_hash, row.hash) for row in uow.sql.execute(postings)),
        ("id",),
    )  # fmt: skip
    yield table(
        "entry",
        (_("Entries of the ledger"), language),
        (("id", _("Id")), ("posting", _NUMBER), ("line", _("Line number")), ("at", _("Time")), ("kind", _KIND),
         ("kind_name", _("Name of the kind")), ("code", _CODE), ("name", _NAME), ("place", _("Location")),
         ("lot", _("Lot")), ("qty", _QTY), ("unit", _UNIT), ("value", _VALUE), ("settled", _("Settled")),
         ("variance", TITLES["variance"]), ("reason", _("Reason")), ("note", _("Note"))),
        _entries(uow, inside, language),
        ("id", "line"),
    )  # fmt: skip


def _entries(uow: UnitOfWork, inside: tuple[int, int], language: Language) -> Iterator[Sequence[Value]]:
    digits, clock = uow.site.digits, _clock(uow)
    kinds = {str(kind): word(kind).render(language) for kind in PostingKind}
    rows = uow.sql.execute(
        select(E.id, P.number, E.line, E.at, E.kind, Item.code, Item.name, Location.code.label("place"),
               Lot.number.label("lot"), E.qty, Item.base_unit, E.value, E.settled, E.variance, E.reason, E.note)
        .join(P, P.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .join(Location, Location.id == E.location_id)
        .outerjoin(Lot, Lot.id == E.lot_id)
        .where(E.at >= inside[0], E.at <= inside[1])
        .order_by(E.id)
    )  # fmt: skip
    for row in rows:
        yield (
            row.id, row.number, row.line, clock(moment(row.at)), row.kind, kinds[row.kind], row.code, row.name,
            row.place, row.lot or "", _micro(row.qty), row.base_unit, _money(row.value, digits),
            _money(row.settled, digits), _money(row.variance, digits), row.reason, row.note,
        )  # fmt: skip


def _clock(uow: UnitOfWork) -> Callable[[Any], str]:
    zone = ZoneInfo(uow.site.zone)
    return lambda at: at.astimezone(zone).isoformat(" ", "seconds")


def _qty_columns() -> tuple[Heading, ...]:
    return tuple((f"{key}_qty", _("{column}: quantity", column=TITLES[key])) for key in COLUMNS)


def _value_columns() -> tuple[Heading, ...]:
    values = ((f"{key}_value", _("{column}: value", column=TITLES[key])) for key in COLUMNS)
    return (*values, ("variance", TITLES["variance"]))


def _quantities(row: ReviewRow) -> tuple[str, ...]:
    return tuple(_micro(one) for one in row.micros)


def _values(row: ReviewRow) -> tuple[str, ...]:
    return (*(_money(one, row.digits) for one in row.minors), _money(row.variance_minor, row.digits))


def _money(minor: int, digits: int) -> str:
    return _text(from_minor(minor, digits))


def _micro(micro: int) -> str:
    return _text(from_micro(micro))


def _text(number: Decimal) -> str:
    return f"{number:f}"
