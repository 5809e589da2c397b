"""Goods that came or went before their papers: an order not received, a transfer under way, an invoice without receipt."""

from __future__ import annotations

from datetime import timedelta

from core.detective.rules.clues import Awaited, Clues, UnderWay, moment_of
from core.detective.types import Evidence, EvidenceKind, Finding, FindingKind, Mend
from core.i18n import Text, _
from core.values import MICRO, from_micro
from db.enums import Permission

SOON = 2


def open_order(clues: Clues) -> list[Finding]:
    """Just what is still awaited of an order lies on the shelf: the delivery came and was not received."""
    found = []
    for one in clues.awaited:
        fit = clues.fits_mostly(one.outstanding)
        if not fit:
            continue
        told = {
            "qty": from_micro(one.outstanding), "unit": clues.unit, "number": one.number, "supplier": one.supplier,
        }  # fmt: skip
        if one.is_draft:
            words = _(
                "Order {number} to {supplier} is a draft over {qty} {unit}: bought already, not yet sent?", **told
            )
            mend = Mend(
                _("Open the order"), page="purchasing.order", args={"order_id": one.order_id},
                permission=Permission.PURCHASE_VIEW,
            )  # fmt: skip
            found.append(_awaited(clues, FindingKind.ORDER_DRAFT, words, 52 * fit, one, mend))
            continue
        words = _(
            "{qty} {unit} of order {number} from {supplier} are awaited: they came and were not received?", **told
        )
        is_due = one.days_to_due is None or one.days_to_due <= SOON
        mend = Mend(
            _("Receive the order"), page="purchasing.receive", args={"order_id": one.order_id},
            permission=Permission.STOCK_RECEIVE,
        )  # fmt: skip
        found.append(_awaited(clues, FindingKind.OPEN_ORDER, words, (90 if is_due else 64) * fit, one, mend))
    return found


def _awaited(clues: Clues, kind: FindingKind, words: Text, likelihood: float, one: Awaited, mend: Mend) -> Finding:
    paper = _("Order {number}, {supplier}", number=one.number, supplier=one.supplier)
    evidence = Evidence(EvidenceKind.ORDER, paper, one.order_id, None, from_micro(one.outstanding), clues.unit)
    return Finding(kind, words, int(likelihood), from_micro(one.outstanding), (evidence,), mend)


def under_way(clues: Clues) -> list[Finding]:
    """A transfer that was sent here and arrived without being received, or was sent from here and never left."""
    found = []
    for one in clues.under_way:
        fit = clues.fits_mostly(one.qty)
        if not fit:
            continue
        told = {"qty": from_micro(one.qty), "unit": clues.unit, "number": one.number}
        if one.is_to_here:
            words = _("{qty} {unit} were sent here with {number} and are still under way in the book.", **told)
            found.append(_transit(clues, words, one, 93 * fit, _arrive(clues, one)))
        else:
            words = _(
                "{qty} {unit} were sent from here with {number} and have not arrived. Did they never leave?", **told
            )
            mend = _take_back(clues, one)
            found.append(_transit(clues, words, one, 76 * fit, mend))
    return found


def _transit(clues: Clues, words: Text, one: UnderWay, likelihood: float, mend: Mend | None) -> Finding:
    kind = FindingKind.ARRIVED if one.is_to_here else FindingKind.NOT_SENT
    paper = _("Transfer {number}", number=one.number)
    qty = from_micro(one.qty)
    evidence = Evidence(EvidenceKind.POSTING, paper, one.posting_id, moment_of(one.at), qty, clues.unit)
    return Finding(kind, words, int(likelihood), qty, (evidence,), mend)


def _take_back(clues: Clues, one: UnderWay) -> Mend | None:
    """The transfer never was: its reversal stands just before the count that found the goods still here."""
    args: dict[str, object] = {"posting_id": one.posting_id}
    if clues.is_to_settle:
        if not clues.may_date_back:
            return None
        args["at"] = max(moment_of(clues.at) - timedelta(seconds=1), moment_of(one.at))
    words = _("Take {number} back", number=one.number)
    return Mend(words, "stock.reverse_posting", args=args, permission=Permission.STOCK_REVERSE)


def _arrive(clues: Clues, one: UnderWay) -> Mend | None:
    """The arrival stands before the count that found the goods, so that they are not there twice."""
    args: dict[str, object] = {"posting_id": one.posting_id, "to_location_id": clues.location_id}
    if clues.counted is not None and clues.here is not None and clues.here.count_id:
        if not clues.may_date_back or one.at >= clues.at - MICRO:
            return None
        args["at"] = moment_of(clues.at) - timedelta(seconds=1)
    words = _("Receive {number} here", number=one.number)
    return Mend(words, "stock.receive_transfer", args=args, permission=Permission.STOCK_TRANSFER)


def invoiced(clues: Clues) -> list[Finding]:
    """The supplier asks money for just as much, and no receipt is known: it came and was not received."""
    found = []
    for one in clues.billed:
        fit = clues.fits_mostly(one.qty)
        if fit:
            told = {"qty": from_micro(one.qty), "unit": clues.unit, "number": one.number, "supplier": one.supplier}
            words = _("Invoice {number} of {supplier} asks for {qty} {unit} of which no receipt is known.", **told)
            paper = _("Invoice {number} of {supplier}", number=one.number, supplier=one.supplier)
            evidence = Evidence(EvidenceKind.INVOICE, paper, one.invoice_id, None, from_micro(one.qty), clues.unit)
            mend = Mend(
                _("Open the invoice"), page="purchasing.invoice", args={"invoice_id": one.invoice_id},
                permission=Permission.INVOICE_EDIT,
            )  # fmt: skip
            explained = from_micro(one.qty)
            found.append(Finding(FindingKind.INVOICED, words, int(84 * fit), explained, (evidence,), mend))
    return found
