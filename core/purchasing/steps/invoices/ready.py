"""From what a person or file states to rows that can be stored, with everything refused or asked on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.catalog import SupplierDeal
from core.currencies import check_currency
from core.errors import CoreError, InvalidInput, Refused
from core.i18n import Text, _
from core.purchasing.rules.invoice_amounts import Money, Totals, amount_question, line_amount, totals_of
from core.purchasing.rules.matching import plain_number
from core.purchasing.rules.money import due_date
from core.purchasing.rules.orders import check_rate
from core.purchasing.rules.slips import date_slips, price_slips, qty_slips
from core.purchasing.rules.taxes import check_rate as check_tax_rate
from core.purchasing.rules.taxes import compare_taxes
from core.purchasing.steps.invoices.books import Books, usual_prices
from core.purchasing.types.invoices import NewInvoice, NewInvoiceLine
from core.purchasing.types.matching import InvoiceHead, Repeat
from core.purchasing.types.money import PaymentTerms, Priced, TaxDifference
from core.purchasing.types.slips import Slip, SlipKind
from core.uow import UnitOfWork
from core.values import digits_of, from_minor, round_decimal, to_micro, to_minor
from db.enums import InvoiceKind, InvoiceLineKind, SplitBy

MOST_LINES = 2_000
LONGEST = {"number": 60, "note": 400}
LONGEST_OF_LINE = {"supplier_code": 60, "description": 200, "account": 60, "note": 200, "unit": 20}
ASKED = frozenset(
    {SlipKind.PRICE_ZERO, SlipKind.TIMES_TEN, SlipKind.TIMES_HUNDRED, SlipKind.FAR, SlipKind.TENTH, SlipKind.HUNDREDTH}
)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be asked before an invoice is stored; `row` of the line it is about (1 is the first)."""

    key: str
    text: Text
    field: str
    row: int | None = None


@dataclass(slots=True)
class Ready:
    """An invoice as it will be stored. Amounts of `head` and `lines` are signed, those of `totals` are not."""

    new: NewInvoice
    head: Values
    lines: list[Values]
    totals: Totals
    money: Money
    tax_differences: tuple[TaxDifference, ...] = ()
    questions: list[Question] = field(default_factory=list)


def make_ready(uow: UnitOfWork, books: Books, new: NewInvoice, own_id: int = 0) -> Ready:
    """One invoice, checked and reckoned. `own_id`: the stored invoice it replaces. Raises CoreError with the row."""
    deal = books.supplier(new.supplier_id)
    questions: list[Question] = []
    currency, money = _money(uow, books, new, deal)
    _check_head(books, new, questions)
    if currency != deal.currency:
        text = _("{supplier} asks prices in {own}, this document is in {currency}. Is that right?",
                 supplier=deal.name, own=deal.currency, currency=currency)  # fmt: skip
        questions.append(Question("other_currency", text, "currency"))
    lines: list[Values] = []
    for number, line in enumerate(new.lines, start=1):
        try:
            lines.append(_line(books, new, line, (currency, money)) | {"line": number})
        except CoreError as fault:
            raise fault.in_row(line.row or number) from None
    stated = None if new.gross is None else to_minor(new.gross, money.digits)
    totals = totals_of([Priced(line["amount"], line["tax_rate"]) for line in lines], money, stated)
    taxes = {rate: to_minor(tax, money.digits) for rate, tax in new.taxes}
    ready = Ready(new, _head(books, new, deal, currency), lines, totals, money, questions=questions)
    if taxes:
        ready.tax_differences = compare_taxes(totals.taxes, taxes, max(1, len(lines)))
    _ask_about_duplicates(books, ready, own_id)
    _ask_about_lines(books, ready, currency)
    _sign(ready, taxes)
    return ready


def _money(uow: UnitOfWork, books: Books, new: NewInvoice, deal: SupplierDeal) -> tuple[str, Money]:
    currency = check_currency(new.currency or deal.currency)
    rate = books.market.rate(currency, uow.site.currency) if new.rate is None else new.rate
    check_rate(rate, currency, uow.site.currency)
    is_incl = deal.prices_incl_tax if new.is_tax_incl is None else new.is_tax_incl
    return currency, Money(digits_of(currency), uow.site.digits, rate, is_incl, bool(books.rules.is_tax_recoverable))


def _check_head(books: Books, new: NewInvoice, questions: list[Question]) -> None:
    if not plain_number(new.number):
        raise InvalidInput(_("Which number stands on the invoice? Write it as it is printed."), field="number")
    for name, longest in LONGEST.items():
        if len(getattr(new, name)) > longest:
            raise InvalidInput(_("At most {n} characters fit here.", n=longest), field=name)
    if not new.lines:
        raise InvalidInput(_("An invoice needs at least one line."), field="lines")
    if len(new.lines) > MOST_LINES:
        raise InvalidInput(_("At most {n} lines fit on one paper.", n=MOST_LINES), field="lines")
    _check_days(books, new, questions)


def _check_days(books: Books, new: NewInvoice, questions: list[Question]) -> None:
    received = new.received_on or books.today
    for day, name in ((new.invoiced_on, "invoiced_on"), (received, "received_on")):
        for slip in date_slips(day, books.today, name):
            if slip.is_refused:
                raise InvalidInput(slip.text, field=name)
            questions.append(Question(slip.key, slip.text, name))
    if new.due_on is not None and new.due_on < new.invoiced_on:
        raise InvalidInput(
            _("It is due on {due}, before its own date {issued}.", due=new.due_on, issued=new.invoiced_on),
            field="due_on",
        )


def _head(books: Books, new: NewInvoice, deal: SupplierDeal, currency: str) -> Values:
    terms = PaymentTerms(deal.payment_days, deal.payment_end_of_month)
    return {
        "kind": str(InvoiceKind(new.kind)), "supplier_id": deal.id, "number": new.number.strip(),
        "plain_number": plain_number(new.number), "invoiced_on": new.invoiced_on,
        "received_on": new.received_on or books.today, "due_on": new.due_on or due_date(new.invoiced_on, terms),
        "currency": currency, "note": new.note.strip(),
    }  # fmt: skip


def _line(books: Books, new: NewInvoice, line: NewInvoiceLine, money: tuple[str, Money]) -> Values:
    """The stored values of a line, unsigned, without net and amount for the site."""
    kind = InvoiceLineKind(line.kind)
    for name, longest in LONGEST_OF_LINE.items():
        if len(getattr(line, name)) > longest:
            raise InvalidInput(_("At most {n} characters fit here.", n=longest), field=name)
    amount = line_amount(line.qty, line.price, line.amount, money[1].digits)
    is_goods = kind is InvoiceLineKind.GOODS
    order_line = books.order_line(line, new.supplier_id, money[0]) if is_goods else None
    item_id = books.item_of(line, new.supplier_id, order_line) if is_goods else None
    return {
        "kind": str(kind), "item_id": item_id, "order_line_id": line.order_line_id if is_goods else None,
        "supplier_code": line.supplier_code.strip(), "description": line.description.strip(),
        **_quantity(books, new, line, item_id, order_line), "price": _rounded(line.price), "amount": amount,
        "tax_rate": _tax_rate(books, new, line, item_id, order_line),
        "split_by": str(SplitBy(line.split_by)) if line.split_by and not is_goods else "",
        "account": line.account.strip(), "note": line.note.strip(),
    }  # fmt: skip


def _rounded(price: Decimal | None) -> Decimal | None:
    return None if price is None else round_decimal(price, 6)


def _quantity(books: Books, new: NewInvoice, line: NewInvoiceLine, item_id: int | None, order_line: Any) -> Values:
    """Quantity, unit and base quantity; without a known item the quantity stands for itself."""
    if line.qty is None:
        if InvoiceLineKind(line.kind) is InvoiceLineKind.GOODS and new.kind is not InvoiceKind.CREDIT_NOTE:
            raise InvalidInput(_("How many were invoiced? Write the quantity."), field="qty")
        return {"qty": Decimal(0), "unit": "", "factor": Decimal(1), "base_qty": 0}
    to_micro(line.qty)
    if item_id is None:
        return {"qty": line.qty, "unit": line.unit, "factor": Decimal(1), "base_qty": to_micro(line.qty)}
    if line.qty == 0 and new.kind is not InvoiceKind.CREDIT_NOTE:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")
    table = books.market.units[item_id]
    said = line.unit
    if not said and order_line is not None and order_line.item_id == item_id:
        said = order_line.unit
    unit = books.market.unit(item_id, new.supplier_id, said)
    return {
        "qty": line.qty, "unit": unit, "factor": table.factor(unit), "base_qty": table.to_micro(line.qty, unit)
    }  # fmt: skip


def _tax_rate(books: Books, new: NewInvoice, line: NewInvoiceLine, item_id: int | None, order_line: Any) -> Decimal:
    rate = line.tax_rate
    if rate is None and order_line is not None:
        rate = order_line.tax_rate
    if rate is None:
        rate = books.market.tax_rate(item_id or 0, new.supplier_id)
    check_tax_rate(rate)
    return rate


def _ask_about_duplicates(books: Books, ready: Ready, own_id: int) -> None:
    """The same number is refused, the same amount on the same day asked about."""
    head = ready.head
    gross = -ready.totals.gross if ready.new.kind is InvoiceKind.CREDIT_NOTE else ready.totals.gross
    mine = InvoiceHead(own_id, head["supplier_id"], head["number"], head["invoiced_on"], gross, head["currency"])
    for duplicate in books.known.find(mine):
        if duplicate.repeat is Repeat.SAME_NUMBER:
            raise Refused(duplicate.text, field="number")
        words = _("{found} Enter this one too?", found=duplicate.text)
        ready.questions.append(Question("same_amount", words, "gross"))


def _ask_about_lines(books: Books, ready: Ready, currency: str) -> None:
    """Prices that look like slips beside the last ones, quantities beside the order's, amounts that are not q × p."""
    for line, said, net in zip(ready.lines, ready.new.lines, ready.totals.nets, strict=True):
        row = said.row or line["line"]
        text = amount_question(said.qty, said.price, said.amount, ready.money.digits)
        if text is not None:
            ready.questions.append(Question(f"line_amount.{line['line']}", text, "amount", row))
        if line["kind"] != InvoiceLineKind.GOODS or not line["qty"]:
            continue
        for slip in _slips(books, ready, line, net, currency):
            ready.questions.append(Question(f"{slip.key}.{line['line']}", slip.text, slip.field, row))


def _slips(books: Books, ready: Ready, line: Values, net: int, currency: str) -> Iterator[Slip]:
    price = round_decimal(from_minor(net, ready.money.digits) / line["qty"], 6)
    usual: list[Decimal] = []
    if line["item_id"] is not None:
        past = usual_prices(books, line["item_id"], ready.new.supplier_id, currency)
        usual = [round_decimal(one * line["factor"], 6) for one in past]
    yield from (slip for slip in price_slips(price, usual) if slip.kind in ASKED)
    order_line = books.order_lines.get(line["order_line_id"] or 0)
    if order_line is not None and order_line.item_id == line["item_id"]:
        ordered = round_decimal(order_line.qty * order_line.factor / line["factor"], 6)
        yield from (slip for slip in qty_slips(line["qty"], ordered) if slip.kind in ASKED)


def _sign(ready: Ready, taxes: dict[Decimal, int]) -> None:
    """Write the sums into the rows, below zero on a credit note."""
    sign = -1 if ready.new.kind is InvoiceKind.CREDIT_NOTE else 1
    totals = ready.totals
    ready.head |= {
        "rate": ready.money.rate, "is_tax_incl": ready.money.is_tax_incl, "net": sign * totals.net,
        "tax": sign * totals.tax, "gross": sign * totals.gross,
        "taxes": {str(rate): sign * tax for rate, tax in taxes.items()},
    }  # fmt: skip
    for line, net, site in zip(ready.lines, totals.nets, totals.site_amounts, strict=True):
        line |= {
            "qty": sign * line["qty"], "base_qty": sign * line["base_qty"], "amount": sign * line["amount"],
            "net": sign * net, "site_amount": sign * site,
        }  # fmt: skip
