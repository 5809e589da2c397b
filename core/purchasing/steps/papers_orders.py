"""An order on paper, as the supplier gets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import catalog, documents
from core.catalog import SupplierDeal
from core.documents import Column, Fact, Line, Measure, Paper, PaperTable, Party, Total, in_words
from core.i18n import Language, Name, Text, _, _n, verbatim
from core.purchasing.rules.order_changes import changes_between
from core.purchasing.rules.taxes import taxes_by_rate
from core.purchasing.steps.orders.records import last_sent, load_lines, notation_in, order_facts, place_name
from core.purchasing.types.money import Priced
from core.purchasing.types.orders import OrderChange
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from core.words import word
from db.base import table_of
from db.catalog import Unit
from db.enums import OrderState
from db.identity import Person

PERSON = table_of(Person)
NOTHING = "\u2013"
STAMPS = (OrderState.DRAFT, OrderState.CANCELLED)


@dataclass(frozen=True, slots=True)
class OrderOnPaper:
    """What an order's paper is made of: the order's and its lines' rows, the supplier, which revision it is, when it went,
    and what is new in it; `shows_money` False leaves prices out; `is_going`: it is being sent, so no draft any more."""

    row: Any
    lines: Sequence[Any]
    deal: SupplierDeal
    revision: int
    language: Language
    at: datetime
    changes: tuple[OrderChange, ...] = ()
    shows_money: bool = True
    is_going: bool = False

    @property
    def wanted(self) -> list[Any]:
        """The lines without those nobody waits for any more."""
        return [line for line in self.lines if not line.is_closed]


def order_paper(uow: UnitOfWork, told: OrderOnPaper) -> Paper:
    """The order as a paper of A4: who, to whom, where to and when, lines with the supplier's codes, taxes by rate, the
    total in figures and words, and what changed since it was last sent."""
    row, language = told.row, told.language
    state = OrderState(row.state)
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Purchase order"),
        number=row.number,
        facts=_facts(uow, told),
        parties=(_supplier(told.deal, language), _deliver_to(uow, row, language)),
        body=(*_changes(told), _lines(uow, told)),
        totals=_totals(told) if told.shows_money else (Total(_("Lines"), len(told.wanted), "number"),),
        remarks=row.note,
        stamp=word(state) if state in STAMPS and not told.is_going else None,
        notation=notation_in(uow, row.currency),
    )


def _facts(uow: UnitOfWork, told: OrderOnPaper) -> tuple[Fact, ...]:
    row, deal = told.row, told.deal
    by = uow.sql.execute(select(PERSON.c.name).where(PERSON.c.id == row.person_id)).scalar_one()
    facts = [Fact(_("Date"), told.at, "instant")]
    if row.deliver_on is not None:
        facts.append(Fact(_("Delivery wanted on"), row.deliver_on, "date"))
    if told.revision > 1:
        facts.append(Fact(_("Revision"), told.revision, "number"))
    if row.supplier_ref:
        facts.append(Fact(_("Your reference"), row.supplier_ref))
    facts.append(Fact(_("Currency"), row.currency))
    facts.append(Fact(_("Terms of payment"), payment_terms(deal)))
    facts.append(Fact(_("Handled by"), by))
    return tuple(facts)


def payment_terms(deal: SupplierDeal) -> Text:
    """When invoices are paid, in words."""
    days = deal.payment_days
    if not days:
        return _("At the end of the month") if deal.payment_end_of_month else _("On receipt of the invoice")
    if deal.payment_end_of_month:
        return _n("{n} day after the end of the month", "{n} days after the end of the month", days)
    return _n("{n} day after the invoice", "{n} days after the invoice", days)


def _supplier(deal: SupplierDeal, language: Language) -> Party:
    number = _("Tax number").render("en" if language == "en" else "zh")
    lines = (
        deal.contact,
        deal.address,
        deal.phone,
        deal.email,
        f"{number} {deal.tax_number}" if deal.tax_number else "",
    )
    return Party(_("Supplier"), documents.named(deal.title, language), tuple(line for line in lines if line))


def _deliver_to(uow: UnitOfWork, row: Any, language: Language) -> Party:
    place = place_name(uow, row.location_id).render(language)
    lines = (place, uow.site.address, uow.site.phone)
    return Party(_("Deliver to"), documents.named(uow.site.title, language), tuple(line for line in lines if line))


def unit_namer(uow: UnitOfWork, language: Language) -> Callable[[str], str]:
    """How a paper in this language writes units: kg by its sign, a case by its name."""
    listed = select(Unit.code, Unit.name, Unit.name_en, Unit.dimension)
    rows = {row.code: row for row in uow.sql.execute(listed)}

    def namer(code: str) -> str:
        row = rows.get(code)
        if row is None or (row.dimension and code.isascii()):
            return code
        return Name(row.name or code, row.name_en).render(language)

    return namer


def _lines(uow: UnitOfWork, told: OrderOnPaper) -> PaperTable:
    lines, unit = told.wanted, unit_namer(uow, told.language)
    has_code, has_note = any(line.supplier_code for line in lines), any(line.note for line in lines)
    with_tax = _("Price with tax") if told.row.is_tax_incl else _("Price")
    columns = [Column("no", _("No."), "number", 9)]
    columns += [Column("supplier_code", _("Your code"), "text", 24)] if has_code else []
    columns += [Column("code", _("Our code"), "text", 22), Column("name", _("Item"))]
    columns.append(Column("qty", _("Quantity"), "qty", 26))
    if told.shows_money:
        columns += [
            Column("price", with_tax, "cost", 22),
            Column("tax_rate", _("Tax %"), "number", 14),
            Column("amount", _("Amount"), "money", 26),
        ]
    columns += [Column("note", _("Note"), "text", 30)] if has_note else []
    digits = digits_of(told.row.currency)
    rows = []
    for number, line in enumerate(lines, start=1):
        cells: dict[str, documents.Cell] = {
            "no": number, "supplier_code": line.supplier_code, "code": line.code,
            "name": documents.named(Name(line.name, line.name_en).render, told.language), "note": line.note,
            "qty": Measure(line.qty, unit(line.unit)), "price": _("free of charge") if line.is_free else line.price,
            "tax_rate": line.tax_rate, "amount": from_minor(line.amount, digits),
        }  # fmt: skip
        rows.append(Line(tuple(cells[column.key] for column in columns)))
    return PaperTable(tuple(columns), tuple(rows))


def _totals(told: OrderOnPaper) -> tuple[Total, ...]:
    digits, row = digits_of(told.row.currency), told.row
    sums = taxes_by_rate([Priced(line.amount, line.tax_rate) for line in told.wanted], is_incl=bool(row.is_tax_incl))
    totals = [Total(_("Sum without tax"), from_minor(sum(one.net for one in sums), digits))]
    totals += [Total(_("Tax {rate} %", rate=one.rate), from_minor(one.tax, digits)) for one in sums if one.tax]
    whole = from_minor(sum(one.gross for one in sums), digits)
    totals.append(Total(_("Total"), whole, "money", strong=True))
    totals.append(Total(_("In words"), _in_words(whole, row.currency, told.language), "text"))
    if any(line.price is None and not line.is_free for line in told.wanted):
        totals.append(Total(_("Lines without a price are not in it"), "", "text"))
    return tuple(totals)


def _in_words(whole: Decimal, currency: str, language: str) -> Text | str:
    digits = digits_of(currency)
    return documents.named(lambda one: in_words(whole, currency, digits, one), language)


def _changes(told: OrderOnPaper) -> tuple[PaperTable, ...]:
    if not told.changes:
        return ()
    columns = (
        Column("line", _("No."), "number", 12),
        Column("what", _("What changed since it was last sent")),
        Column("before", _("Before"), "text", 45),
        Column("after", _("Now"), "text", 45),
    )
    rows = [Line((one.line or None, change_words(one), _value(one.before), _value(one.after))) for one in told.changes]
    return (PaperTable(columns, tuple(rows), _("Changes")),)


def change_words(one: OrderChange) -> Text:
    """What a change is about."""
    if one.kind == "order":
        return one.what or verbatim("")
    if one.kind == "added":
        return _("{item}: new line", item=one.item)
    if one.kind == "removed":
        return _("{item}: line removed", item=one.item)
    return _("{item}: {what}", item=one.item, what=one.what)


def _value(value: Any) -> documents.Cell:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else documents.format_cell(value, "qty", documents.Notation(), "en")


def load_paper(uow: UnitOfWork, row: Any, language: Language, *, shows_money: bool = True) -> Paper:
    """The paper of an order as it stands, as it would be or was sent last."""
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    lines, sent = load_lines(uow, row.id), last_sent(uow, row.id)
    changes = () if sent is None else changes_between(sent.facts, order_facts(uow, row, lines))
    at = uow.now if sent is None or changes else sent.at
    return order_paper(
        uow,
        OrderOnPaper(
            row, lines, deal, row.revision + bool(changes or sent is None), language, at, changes, shows_money
        ),
    )
