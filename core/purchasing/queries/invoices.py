"""Invoices as lists, and one being typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from core.errors import CoreError, InvalidInput
from core.i18n import Name
from core.purchasing.rules.invoice_amounts import Totals
from core.purchasing.rules.slips import change_percent
from core.purchasing.steps.invoices.books import Books, load_books, usual_prices
from core.purchasing.steps.invoices.ready import Ready, make_ready
from core.purchasing.steps.payables import calendar_today
from core.purchasing.types.invoices import InvoiceFilter, InvoicePreview, InvoiceRow, NewInvoice, PreviewLine, TaxRow
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_minor, round_decimal
from db.base import table_of
from db.catalog import Supplier
from db.enums import InvoiceKind, InvoiceLineKind, InvoiceState, Permission, Verdict
from db.purchasing import Invoice, InvoiceLine, InvoiceMatch
from db.sql import total

I, L, M, S = table_of(Invoice), table_of(InvoiceLine), table_of(InvoiceMatch), table_of(Supplier)  # noqa: E741
EVERY = InvoiceFilter()
NOT_OVER = (InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES, InvoiceState.MATCHED, InvoiceState.APPROVED)


@query(Permission.INVOICE_EDIT)
def list_invoices(uow: UnitOfWork, *, wanted: InvoiceFilter = EVERY) -> list[InvoiceRow]:
    """Suppliers' invoices and credit notes, the newest first."""
    statement = invoice_rows().where(*_conditions(uow, wanted)).order_by(I.c.invoiced_on.desc(), I.c.id.desc())
    return [invoice_row(uow, row) for row in uow.sql.execute(statement)]


def invoice_rows() -> Select[*tuple[Any, ...]]:
    """Invoices with their supplier, how many lines they have and how many of goods are not matched, and differences."""
    matched = (
        select(M.c.invoice_line_id, total(M.c.qty).label("qty"), total(M.c.invoiced).label("invoiced"),
               total(M.c.invoiced - M.c.accrued - M.c.returned).label("difference"))
        .where(M.c.undone_at.is_(None))
        .group_by(M.c.invoice_line_id)
        .subquery()
    )  # fmt: skip
    is_open = (
        (L.c.kind == InvoiceLineKind.GOODS)
        & (func.coalesce(matched.c.qty, 0) != L.c.base_qty)
        & (func.coalesce(matched.c.invoiced, 0) != L.c.site_amount)
    )
    lines = (
        select(L.c.invoice_id, func.count().label("lines"), total(case((is_open, 1), else_=0)).label("open_lines"),
               total(matched.c.difference).label("difference"))
        .outerjoin(matched, matched.c.invoice_line_id == L.c.id)
        .where(L.c.is_replaced.is_(False))
        .group_by(L.c.invoice_id)
        .subquery()
    )  # fmt: skip
    columns = (S.c.name.label("supplier_name"), S.c.name_en.label("supplier_name_en"), lines.c.lines,
               lines.c.open_lines, lines.c.difference)  # fmt: skip
    return select(I, *columns).join(S, S.c.id == I.c.supplier_id).outerjoin(lines, lines.c.invoice_id == I.c.id)


def _conditions(uow: UnitOfWork, wanted: InvoiceFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(I.c.state.in_([str(state) for state in wanted.states]))
    for column, value in ((I.c.verdict, wanted.verdict), (I.c.kind, wanted.kind)):
        if value is not None:
            found.append(column == str(value))
    if wanted.supplier_id is not None:
        found.append(I.c.supplier_id == wanted.supplier_id)
    found += _in_time(uow, wanted)
    for said in wanted.text.split()[:8]:
        fields = (I.c.number, I.c.own_number, I.c.note, S.c.name, S.c.name_en, S.c.code)
        found.append(or_(*(func.lower(field).contains(said.casefold(), autoescape=True) for field in fields)))
    return found


def _in_time(uow: UnitOfWork, wanted: InvoiceFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.from_on is not None:
        found.append(I.c.invoiced_on >= wanted.from_on)
    if wanted.to_on is not None:
        found.append(I.c.invoiced_on <= wanted.to_on)
    if wanted.is_overdue:
        found += [I.c.due_on < calendar_today(uow), I.c.state.in_([str(state) for state in NOT_OVER])]
    return found


def invoice_row(uow: UnitOfWork, row: Any) -> InvoiceRow:
    """One row of `invoice_rows`."""
    digits, state = digits_of(row.currency), InvoiceState(row.state)
    return InvoiceRow(
        id=row.id,
        version=row.version,
        own_number=row.own_number,
        number=row.number,
        kind=InvoiceKind(row.kind),
        state=state,
        verdict=Verdict(row.verdict) if row.verdict else None,
        supplier_id=row.supplier_id,
        supplier=Name(row.supplier_name, row.supplier_name_en),
        invoiced_on=row.invoiced_on,
        received_on=row.received_on,
        due_on=row.due_on,
        currency=row.currency,
        net=from_minor(row.net, digits),
        tax=from_minor(row.tax, digits),
        gross=from_minor(row.gross, digits),
        paid=from_minor(row.paid, digits),
        lines=int(row.lines or 0),
        open_lines=int(row.open_lines or 0),
        difference=uow.money(int(row.difference or 0)),
        is_overdue=state in NOT_OVER and row.due_on < calendar_today(uow),
        source=row.source,
        note=row.note,
    )


@query(Permission.INVOICE_EDIT)
def preview_invoice(uow: UnitOfWork, *, invoice: NewInvoice, invoice_id: int = 0) -> InvoicePreview:
    """What an invoice being typed comes to: totals, taxes, the day it is due, and what would be refused or asked.

    `invoice_id`: the stored invoice it would replace. What is wrong stands in `faults`, nothing is raised for it but an
    unknown supplier (NotFound).
    """
    books = load_books(uow, [invoice], is_held=False)
    books.supplier(invoice.supplier_id)
    try:
        ready = make_ready(uow, books, invoice, invoice_id)
    except CoreError as fault:
        return _faulty(uow, books, invoice, fault)
    return _preview(books, ready)


def _faulty(uow: UnitOfWork, books: Books, invoice: NewInvoice, fault: CoreError) -> InvoicePreview:
    deal = books.supplier(invoice.supplier_id)
    currency = invoice.currency or deal.currency
    nothing = from_minor(0, digits_of(currency))
    said = InvalidInput(fault.text, field=fault.field, row=fault.row)
    is_incl = deal.prices_incl_tax if invoice.is_tax_incl is None else invoice.is_tax_incl
    return InvoicePreview(
        currency, invoice.rate or Decimal(1), is_incl, invoice.due_on or invoice.invoiced_on, (), (), nothing, nothing,
        nothing, (said,),
    )  # fmt: skip


def _preview(books: Books, ready: Ready) -> InvoicePreview:
    head, digits = ready.head, ready.money.digits
    sums = ready.totals
    return InvoicePreview(
        currency=head["currency"],
        rate=head["rate"],
        is_tax_incl=head["is_tax_incl"],
        due_on=head["due_on"],
        lines=tuple(_line(books, ready, place) for place in range(len(ready.lines))),
        taxes=tax_rows(sums, {Decimal(rate): abs(tax) for rate, tax in head["taxes"].items()}, digits),
        net=from_minor(sums.net, digits),
        tax=from_minor(sums.tax, digits),
        gross=from_minor(sums.gross, digits),
        questions=tuple(question.text for question in ready.questions),
    )


def tax_rows(sums: Totals, stated: dict[Decimal, int], digits: int) -> tuple[TaxRow, ...]:
    """Taxes by rate, made and stated."""
    made = {one.rate: one for one in sums.taxes}
    rows = []
    for rate in sorted({*made, *stated}):
        net, tax = (made[rate].net, made[rate].tax) if rate in made else (0, 0)
        said = from_minor(stated[rate], digits) if rate in stated else None
        rows.append(TaxRow(rate, from_minor(net, digits), from_minor(tax, digits), said))
    return tuple(rows)


def _line(books: Books, ready: Ready, place: int) -> PreviewLine:
    line, net, digits = ready.lines[place], ready.totals.nets[place], ready.money.digits
    usual = change = None
    if line["item_id"] is not None and line["qty"]:
        past = usual_prices(books, line["item_id"], ready.new.supplier_id, ready.head["currency"])
        usual = round_decimal(past[0] * line["factor"], 6) if past else None
        price = round_decimal(from_minor(net, digits) / abs(line["qty"]), 6)
        change = change_percent(price, usual) if usual else None
    return PreviewLine(
        line["unit"], from_minor(abs(line["amount"]), digits), from_minor(net, digits), line["tax_rate"], usual, change
    )
