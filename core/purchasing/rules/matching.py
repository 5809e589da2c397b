"""Pay, wait or look at it: what a matched invoice deserves, and whether it was entered before."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.i18n import _
from core.purchasing.types.matching import (
    Duplicate,
    Finding,
    FindingKind,
    Invoiced,
    InvoiceHead,
    Judgement,
    Match,
    Repeat,
    Tolerance,
)
from core.purchasing.types.money import TaxDifference
from core.values import from_micro, from_minor
from db.enums import Verdict

_WAITS = frozenset({FindingKind.NOT_RECEIVED})


def allowed_difference(accrued: int, tolerance: Tolerance) -> Decimal:
    """The largest difference in minor units that passes: the smaller of percent and money, both where both are said, or
    the larger when one is enough. Nothing said means none."""
    limits = [] if tolerance.percent is None else [abs(accrued) * tolerance.percent / 100]
    if tolerance.amount is not None:
        limits.append(Decimal(tolerance.amount))
    if not limits:
        return Decimal(0)
    return max(limits) if tolerance.is_larger_enough else min(limits)


def judge(
    lines: Sequence[Invoiced],
    matches: Iterable[Match],
    tolerance: Tolerance,
    digits: int,
    of_whole: Iterable[Finding] = (),
) -> Judgement:
    """What an invoice deserves when its lines are paired so.

    Pay: every line is covered by receipts, its price within tolerance. Wait: all that is missing is still awaited from
    its order. Exception: anything else, and what was found on the whole invoice (`of_whole`: taxes, a duplicate). `digits`
    of the site's currency, for the words.
    """
    by_line: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_line[match.invoice_line_id].append(match)
    findings: list[Finding] = list(of_whole)
    for line in lines:
        own = by_line[line.line_id]
        findings += [*_of_quantity(line, own, tolerance), *_of_price(line, own, tolerance, digits)]
    if not findings:
        return Judgement(Verdict.PAY, ())
    waits = all(finding.kind in _WAITS for finding in findings)
    return Judgement(Verdict.WAIT if waits else Verdict.EXCEPTION, tuple(findings))


def _of_quantity(line: Invoiced, own: list[Match], tolerance: Tolerance) -> list[Finding]:
    matched = sum(match.qty for match in own)
    missing = line.qty - matched
    if missing <= 0 or (matched and missing * 100 <= line.qty * tolerance.qty_percent):
        return []
    facts = {"missing": from_micro(missing), "qty": from_micro(line.qty)}
    if missing <= line.expected_qty:
        text = _("{missing} of {qty} invoiced have not arrived yet; the order still waits for them.", **facts)
        return [Finding(FindingKind.NOT_RECEIVED, line.line_id, text, qty=missing)]
    if not own and not (line.item_id or line.order_line_id or line.supplier_code):
        text = _("Nothing like this was ordered or received: choose the receipt or a cost account.")
        return [Finding(FindingKind.UNKNOWN, line.line_id, text, line.amount, missing)]
    text = _("{missing} of {qty} invoiced were neither received nor are they on order.", **facts)
    return [Finding(FindingKind.MORE_THAN_RECEIVED, line.line_id, text, qty=missing)]


def _of_price(line: Invoiced, own: list[Match], tolerance: Tolerance, digits: int) -> list[Finding]:
    accrued, difference = sum(match.accrued for match in own), sum(match.difference for match in own)
    if abs(difference) <= allowed_difference(accrued, tolerance):
        return []
    facts = {"more": from_minor(abs(difference), digits), "accrued": from_minor(accrued, digits)}
    if difference > 0:
        text = _("{more} more than the {accrued} of order and receipt.", **facts)
    else:
        text = _("{more} less than the {accrued} of order and receipt.", **facts)
    return [Finding(FindingKind.PRICE, line.line_id, text, difference)]


def plain_number(number: str) -> str:
    """An invoice number as it is compared: half-width, without case, signs and leading zeros (INV-0042 and inv 42 are one)."""
    parts = re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFKC", number).casefold())
    return ".".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


class KnownInvoices:
    """The invoices that are there already, found by number or by amount and day without looking at each of them."""

    def __init__(self, known: Iterable[InvoiceHead] = ()) -> None:
        self._by_number: dict[tuple[int, str], list[InvoiceHead]] = defaultdict(list)
        self._by_amount: dict[tuple[int, int, str, date], list[InvoiceHead]] = defaultdict(list)
        for head in known:
            self.add(head)

    def add(self, head: InvoiceHead) -> None:
        """One more: the next rows of a file are held against it too."""
        number = plain_number(head.number)
        if number:
            self._by_number[head.supplier_id, number].append(head)
        if head.total:
            self._by_amount[head.supplier_id, head.total, head.currency, head.day].append(head)

    def find(self, new: InvoiceHead) -> list[Duplicate]:
        """Invoices of the same supplier with the same number, then those with the same amount, currency and day."""
        same_number = self._by_number.get((new.supplier_id, plain_number(new.number)), [])
        found = {one.invoice_id: _same_number(one) for one in same_number}
        for one in self._by_amount.get((new.supplier_id, new.total, new.currency, new.day), []):
            found.setdefault(one.invoice_id, _same_amount(one))
        return [duplicate for invoice_id, duplicate in found.items() if invoice_id != new.invoice_id]


def find_duplicates(new: InvoiceHead, known: Iterable[InvoiceHead]) -> list[Duplicate]:
    """The same for a single invoice."""
    return KnownInvoices(known).find(new)


def duplicate_findings(duplicates: Iterable[Duplicate]) -> list[Finding]:
    """Duplicates as findings of the whole invoice."""
    return [Finding(FindingKind.DUPLICATE, 0, duplicate.text) for duplicate in duplicates]


def tax_findings(differences: Iterable[TaxDifference], digits: int) -> list[Finding]:
    """Taxes that were stated otherwise than the lines say, as findings of the whole invoice. `digits` of its currency."""
    found = []
    for one in differences:
        computed, stated = from_minor(one.computed, digits), from_minor(one.stated or 0, digits)
        text = _(
            "Tax of {rate} %: {stated} stated, the lines make {computed}.",
            rate=one.rate,
            stated=stated,
            computed=computed,
        )
        found.append(Finding(FindingKind.TAX, 0, text, one.amount))
    return found


def _same_number(one: InvoiceHead) -> Duplicate:
    text = _("Invoice {number} of this supplier was entered already, dated {day}.", number=one.number, day=one.day)
    return Duplicate(one.invoice_id, Repeat.SAME_NUMBER, text)


def _same_amount(one: InvoiceHead) -> Duplicate:
    text = _("Invoice {number} has the same amount and day ({day}).", number=one.number, day=one.day)
    return Duplicate(one.invoice_id, Repeat.SAME_AMOUNT_AND_DAY, text)
