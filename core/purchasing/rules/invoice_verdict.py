"""Where an invoice stands with its matches: what is wrong with it in sentences, its verdict and its state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from core.i18n import _
from core.purchasing.rules.invoice_pairing import is_covered
from core.purchasing.rules.matching import judge
from core.purchasing.types.matching import Finding, FindingKind, Invoiced, Judgement, Match, Tolerance
from core.purchasing.types.standing import Held, Standing
from core.purchasing.types.states import Event
from core.values import from_micro, from_minor
from db.enums import InvoiceLineKind, InvoiceState, MatchDecision, Verdict

EXACT = Tolerance(percent=None, amount=0)
# What stands in the way of paying; anything else is for the approver to see.
IN_THE_WAY = frozenset(FindingKind) - {FindingKind.TAX, FindingKind.DUPLICATE, FindingKind.NOT_RECEIVED}


def judge_invoice(
    lines: Sequence[Standing],
    expected: Mapping[int, int],
    qty_percent: Decimal,
    digits: int,
    of_whole: Iterable[Finding] = (),
) -> Judgement:
    """The verdict on an invoice. `expected`: what the orders of its lines still wait for, in millionths by line; `digits`
    of the site's currency."""
    findings = list(of_whole)
    for line in lines:
        if line.kind is InvoiceLineKind.GOODS:
            findings += _of_goods(line, expected.get(line.id, 0), qty_percent, digits)
        elif line.kind is InvoiceLineKind.CHARGE and not line.has_charge:
            text = _("This charge is not spread yet: choose the receipts it belongs to.")
            findings.append(Finding(FindingKind.CHARGE, line.id, text, line.amount))
    if not findings:
        return Judgement(Verdict.PAY, ())
    waits = all(one.kind is FindingKind.NOT_RECEIVED for one in findings)
    return Judgement(Verdict.WAIT if waits else Verdict.EXCEPTION, tuple(findings))


def _of_goods(line: Standing, expected: int, qty_percent: Decimal, digits: int) -> list[Finding]:
    sign = -1 if line.is_credit else 1
    if line.is_credit and not line.qty:
        return _of_price_credit(line, digits)
    asked = Invoiced(
        line.id,
        line.supplier_id,
        sign * line.qty,
        sign * line.amount,
        line.item_id or 0,
        line.order_line_id or 0,
        line.supplier_code,
        0 if line.is_credit else expected,
    )
    tolerance = replace(EXACT, qty_percent=qty_percent)
    if line.is_credit and is_covered(line, qty_percent):
        asked = replace(asked, qty=0)
    found = judge([asked], [_match(one, sign) for one in line.matches], tolerance, digits).findings
    return [_of_credit(line, one) if line.is_credit else one for one in found]


def _match(one: Held, sign: int) -> Match:
    """A match as the judge sees it: a difference that was settled is none any more."""
    difference = one.difference if one.decision is MatchDecision.OPEN else 0
    accrued = sign * (one.invoiced - difference)
    return Match(one.line_id, one.entry_id or 0, sign * one.qty, accrued, sign * one.invoiced, one.ground)


def _of_credit(line: Standing, one: Finding) -> Finding:
    if one.kind is FindingKind.PRICE:
        return replace(one, amount=-one.amount)
    text = _(
        "{missing} of {qty} credited were not sent back: choose the receipt or the claim it is for.",
        missing=from_micro(abs(line.open_qty)),
        qty=from_micro(abs(line.qty)),
    )
    return Finding(FindingKind.NOT_RETURNED, line.id, text, line.open_amount, line.open_qty)


def _of_price_credit(line: Standing, digits: int) -> list[Finding]:
    if not line.open_amount:
        return []
    text = _(
        "{amount} are credited without goods: choose the receipt or the claim it is for.",
        amount=from_minor(abs(line.open_amount), digits),
    )
    return [Finding(FindingKind.PRICE_CREDIT, line.id, text, line.open_amount)]


def event_of(judgement: Judgement) -> Event | None:
    """What the verdict does to an invoice that is being matched; None: it goes on waiting to be matched."""
    if any(one.kind in IN_THE_WAY for one in judgement.findings):
        return Event.DIFFER
    if any(one.kind is FindingKind.NOT_RECEIVED for one in judgement.findings):
        return None
    return Event.AGREE


def state_of(state: InvoiceState, event: Event | None) -> InvoiceState:
    """Where an invoice that may be matched stands after its verdict, wherever it stood before."""
    if event is Event.AGREE:
        return InvoiceState.MATCHED
    return InvoiceState.DIFFERENCES if event is Event.DIFFER else InvoiceState.TO_MATCH
