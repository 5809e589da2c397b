"""Pay, wait or look at it: what a matched invoice deserves, and whether it was entered before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    Verdict,
)
from core.values import from_micro, from_minor

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


def judge(lines: Sequence[Invoiced], matches: Iterable[Match], tolerance: Tolerance, digits: int) -> Judgement:
    """What an invoice deserves when its lines are paired so.

    Pay: every line is covered by receipts, its price within tolerance. Wait: all that is missing is still awaited from
    its order. Exception: anything else. `digits` of the site's currency, for the words.
    """
    by_line: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_line[match.invoice_line_id].append(match)
    findings: list[Finding] = []
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
    """An invoice number as it is compared: without case, signs and leading zeros (INV-0042 and inv 42 are one)."""
    parts = re.findall(r"\d+|[^\W\d_]+", number.casefold())
    return ".".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


def find_duplicates(new: InvoiceHead, known: Iterable[InvoiceHead]) -> list[Duplicate]:
    """Invoices of the same supplier with the same number, or the same amount, currency and day; the surest first."""
    number, found = plain_number(new.number), []
    for one in known:
        if one.supplier_id != new.supplier_id or one.invoice_id == new.invoice_id:
            continue
        if number and plain_number(one.number) == number:
            text = _(
                "Invoice {number} of this supplier was entered already, dated {day}.", number=one.number, day=one.day
            )
            found.append(Duplicate(one.invoice_id, Repeat.SAME_NUMBER, text))
        elif new.total and (one.total, one.currency, one.day) == (new.total, new.currency, new.day):
            text = _("Invoice {number} has the same amount and day ({day}).", number=one.number, day=one.day)
            found.append(Duplicate(one.invoice_id, Repeat.SAME_AMOUNT_AND_DAY, text))
    return sorted(found, key=lambda duplicate: duplicate.repeat is not Repeat.SAME_NUMBER)
