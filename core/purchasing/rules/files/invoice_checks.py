"""Whether an electronic invoice adds up: the rules of EN 16931 (BR-CO-10 to 17, BR-S-08) and Peppol (R120).

Nothing is corrected and nothing refused: each difference is told with what was expected, for a person to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from core.i18n import Text, _
from core.purchasing.rules.files.invoice_file import InvoiceFile, InvoiceLine, Tax, Trouble
from core.values import digits_of, round_decimal, round_half_up

# Peppol allows two minor units between a line's amount and quantity times price; a tax rounded line by line may differ
# by one minor unit for each line.
SLACK_OF_LINE = 2


def troubles_of(invoice: InvoiceFile) -> tuple[Trouble, ...]:
    """Everything that does not add up, lines first, then sums, then taxes, then what payment needs."""
    return (*_lines(invoice), *_sums(invoice), *_taxes(invoice), *_facts(invoice))


def line_amount(line: InvoiceLine, digits: int) -> Decimal:
    """Quantity times price by its price quantity, plus charges, less allowances, rounded half up. Source: R120."""
    goods = Fraction(line.qty) * Fraction(line.price) / Fraction(line.price_qty)
    exact = goods + sum((Fraction(one.signed) for one in line.charges), Fraction(0))
    return _rounded(exact, digits)


def _lines(invoice: InvoiceFile) -> Iterator[Trouble]:
    digits = digits_of(invoice.currency)
    minor = Decimal(1).scaleb(-digits)
    seen: set[str] = set()
    for line in invoice.lines:
        expected = line_amount(line, digits)
        if abs(expected - line.amount) > SLACK_OF_LINE * minor:
            words = _("Line {line}: quantity times price is {expected}, the line says {said}.",
                      line=line.number, expected=expected, said=line.amount)  # fmt: skip
            yield Trouble("PEPPOL-EN16931-R120", line.path, words, expected, line.amount)
        if not line.unit:
            words = _("Line {line}: the unit “{code}” is not known here. Choose the unit of the item.",
                      line=line.number, code=line.unit_code)  # fmt: skip
            yield Trouble("BR-23", line.path, words)
        if line.price < 0:
            words = _("Line {line}: the price {price} is below zero.", line=line.number, price=line.price)
            yield Trouble("BR-27", line.path, words, None, line.price)
        if line.number in seen:
            words = _("The line number {line} stands twice.", line=line.number)
            yield Trouble("BR-21", line.path, words)
        seen.add(line.number)


def _sums(invoice: InvoiceFile) -> Iterator[Trouble]:
    totals = invoice.totals
    lines = _sum(line.amount for line in invoice.lines)
    allowances = _sum(one.amount for one in invoice.charges if not one.is_charge)
    charges = _sum(one.amount for one in invoice.charges if one.is_charge)
    checks = (
        ("BR-CO-10", _("the sum of the lines"), lines, totals.lines),
        ("BR-CO-11", _("the sum of the allowances"), allowances, totals.allowances),
        ("BR-CO-12", _("the sum of the charges"), charges, totals.charges),
        ("BR-CO-13", _("the total without tax"), totals.lines - totals.allowances + totals.charges, totals.without_tax),
        ("BR-CO-14", _("the total of the taxes"), _sum(one.amount for one in invoice.taxes), totals.tax),
        ("BR-CO-15", _("the total with tax"), totals.without_tax + totals.tax, totals.with_tax),
        ("BR-CO-16", _("the amount to pay"), totals.with_tax - totals.prepaid + totals.rounding, totals.payable),
    )
    for rule, what, expected, said in checks:
        if expected != said:
            yield Trouble(rule, totals.path, _differs(what, expected, said), expected, said)


def _taxes(invoice: InvoiceFile) -> Iterator[Trouble]:
    digits = digits_of(invoice.currency)
    slack = Decimal(1).scaleb(-digits) * max(1, len(invoice.lines))
    taxable = _taxable(invoice)
    stated = {one.tax for one in invoice.taxes}
    for one in invoice.taxes:
        tax = round_decimal(one.taxable * one.tax.rate / 100, digits)
        if abs(tax - one.amount) > slack:
            yield Trouble(
                "BR-CO-17", one.path, _differs(_("the tax {tax}", tax=one.tax), tax, one.amount), tax, one.amount
            )
        base = taxable.get(one.tax, Decimal(0))
        if taxable and base != one.taxable:
            what = _("the amount taxed with {tax}", tax=one.tax)
            yield Trouble("BR-S-08", one.path, _differs(what, base, one.taxable), base, one.taxable)
    for tax_left in sorted(set(taxable) - stated, key=str) if taxable else ():
        words = _("Lines are taxed with {tax}, but there is no total for it.", tax=tax_left)
        yield Trouble("BR-CO-18", invoice.totals.path, words, taxable[tax_left])


def _taxable(invoice: InvoiceFile) -> dict[Tax, Decimal]:
    """The net amount by category and rate; empty when some line or charge does not say its tax."""
    found: dict[Tax, Decimal] = defaultdict(Decimal)
    parts = [(line.tax, line.amount) for line in invoice.lines]
    parts += [(one.tax, one.signed) for one in invoice.charges]
    for tax, amount in parts:
        if tax is None:
            return {}
        found[tax] += amount
    return found


def _facts(invoice: InvoiceFile) -> Iterator[Trouble]:
    root = "CreditNote" if invoice.kind == "credit_note" else "Invoice"
    if invoice.due_on is not None and invoice.due_on < invoice.issued_on:
        words = _("It is due on {due}, before its own date {issued}.", due=invoice.due_on, issued=invoice.issued_on)
        yield Trouble("BR-CO-25", f"{root}/DueDate", words)
    if invoice.kind == "credit_note" and not invoice.corrects:
        words = _("The credit note does not say which invoice it is for.")
        yield Trouble("BR-55", f"{root}/BillingReference", words)
    if invoice.type_code not in ("380", "381", "382", "383", "384", "386", "389", "393", "396", "751", "326", "875"):
        words = _("The type {code} is none of the usual kinds of invoice.", code=invoice.type_code[:20])
        yield Trouble("BR-CL-01", root, words)
    if not invoice.taxes:
        yield Trouble("BR-CO-18", root, _("The document does not say its taxes by rate."))


def _differs(what: Text, expected: Decimal, said: Decimal) -> Text:
    return _("Reckoned, {what} is {expected}; the document says {said}.", what=what, expected=expected, said=said)


def _sum(amounts: Iterator[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _rounded(exact: Fraction, digits: int) -> Decimal:
    return Decimal(round_half_up(exact.numerator * 10**digits, exact.denominator)).scaleb(-digits)
