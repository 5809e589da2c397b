"""What the accounts must hold, reckoned from rows and lists of the site with no code of the journal's."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core import costing, purchasing, stock
from core.office import Office
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item
from db.columns import moment
from db.enums import AccountUse as U
from db.enums import PostingKind as K
from db.purchasing import Claim, Invoice, InvoiceLine, InvoiceMatch, Payment, PurchaseRules
from db.stock import StockEntry, StockPosting

APPROVED = ("approved", "paid")
OTHER_SIDE = {
    K.WASTE: U.WASTE,
    K.COUNT: U.COUNT_DIFFERENCE,
    K.ADJUSTMENT: U.ADJUSTMENT,
    K.OPENING: U.OPENING,
    K.PRODUCTION_IN: U.PRODUCTION,
    K.PRODUCTION_OUT: U.PRODUCTION,
    K.ISSUE: U.USAGE,
    K.RETURN_FROM_CUSTOMER: U.USAGE,
    K.REVALUATION: U.COST_VARIANCE,
    K.LANDED_COST: U.LANDED_COST,
}
LINE_OF = {"goods": U.NOT_RECEIVED, "charge": U.LANDED_COST, "cost": U.COST}
Sums = dict[U, int]


def half_up(top: int, bottom: int) -> int:
    return int((Decimal(top) / Decimal(bottom)).quantize(Decimal(1), ROUND_HALF_UP)) if bottom else 0


class Rows:
    """The rows a reckoning looks at, read once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.entries = {row.id: row for row in uow.sql.execute(select(StockEntry.__table__))}
        self.postings = {row.id: row for row in uow.sql.execute(select(StockPosting.__table__))}
        self.invoices = {row.id: row for row in uow.sql.execute(select(Invoice.__table__))}
        self.lines = {row.id: row for row in uow.sql.execute(select(InvoiceLine.__table__)) if not row.is_replaced}
        matches = uow.sql.execute(select(InvoiceMatch.__table__).where(InvoiceMatch.undone_at.is_(None)))
        self.matches = [row for row in matches if row.invoice_line_id in self.lines]
        self.claims = {row.id: row.state for row in uow.sql.execute(select(Claim.id, Claim.state))}
        self.paid = [row.amount for row in uow.sql.execute(select(Payment.amount).where(Payment.undone_at.is_(None)))]
        day: date = uow.sql.execute(select(PurchaseRules.invoices_from)).scalar_one()
        begin = datetime.combine(day, time(uow.site.day_start_hour), ZoneInfo(uow.site.zone)).astimezone(UTC)
        self.awaited_from = int(begin.timestamp()) * 1_000_000

    def root(self, entry: Any) -> Any:
        """What an entry takes back, at the bottom of its links."""
        while entry.link_id is not None and entry.kind != K.LANDED_COST:
            entry = self.entries[entry.link_id]
        return entry

    def is_owed(self, entry: Any) -> bool:
        """A receipt from a supplier."""
        return entry.kind == K.RECEIPT and self.postings[entry.posting_id].supplier_id is not None


def book(entry: Any) -> int:
    return int(entry.value + entry.settled + entry.variance)


def of_ledger(rows: Rows) -> Sums:
    """What moved in stock, by account."""
    sums: Sums = defaultdict(int)
    back: dict[tuple[int, U], int] = defaultdict(int)
    for entry in rows.entries.values():
        if entry.kind == K.TRANSFER:
            continue
        sums[U.STOCK] += entry.value
        sums[U.USAGE] += entry.settled
        sums[U.COST_VARIANCE] += entry.variance
        if entry.kind == K.RECEIPT:
            # What the supplier gave stands with the supplier; freight within it waits to be shared out again.
            root = rows.root(entry)
            given = -(root.given or 0) if entry.is_reversal else (root.given or book(entry))
            sums[_with(rows, root)] -= given
            sums[U.LANDED_COST] -= book(entry) - given
        elif entry.kind == K.RETURN_TO_SUPPLIER:
            _sent_back(rows, entry, sums, back)
        else:
            sums[OTHER_SIDE[K(entry.kind)]] -= book(entry)
    for (key, use), qty in back.items():
        root = rows.entries[key]
        share = half_up((root.given or 0) * qty, root.qty)
        sums[use] += share
        sums[U.LANDED_COST] -= share
    return sums


def _sent_back(rows: Rows, entry: Any, sums: Sums, back: dict[tuple[int, U], int]) -> None:
    root, supplier = rows.root(entry), rows.postings[entry.posting_id].supplier_id
    asked = U.ADJUSTMENT
    if supplier is not None:
        asked = U.CLAIM if root.at >= rows.awaited_from else U.PAYABLE
    if root.kind != K.RECEIPT:
        sums[asked] -= book(entry)
        return
    back[root.id, _with(rows, root) if rows.is_owed(root) else asked] -= entry.qty
    sums[U.LANDED_COST] -= book(entry)


def _with(rows: Rows, receipt: Any) -> U:
    if not rows.is_owed(receipt):
        return U.ADJUSTMENT
    return U.GOODS_RECEIVED if receipt.at >= rows.awaited_from else U.PAYABLE


def of_documents(rows: Rows) -> Sums:
    """What approved invoices and payments come to, by account."""
    sums: Sums = defaultdict(int)
    approved = {key: one for key, one in rows.invoices.items() if one.state in APPROVED}
    lines = {key: line for key, line in rows.lines.items() if line.invoice_id in approved}
    for line in lines.values():
        sums[U.INPUT_TAX] -= line.site_amount
        sums[LINE_OF[line.kind]] += line.site_amount
    for match in rows.matches:
        if match.invoice_line_id not in lines:
            continue
        sums[U.NOT_RECEIVED] -= match.invoiced
        rest = match.invoiced
        if match.entry_id is not None:
            sums[_with(rows, rows.entries[match.entry_id])] += match.accrued
            sums[U.LANDED_COST] += match.returned
            rest -= match.accrued + match.returned
        sums[_rest(rows, match)] += rest
    gross, paid = sum(one.gross for one in approved.values()), sum(rows.paid)
    sums[U.PAYABLE] += paid - gross
    sums[U.INPUT_TAX] += gross
    sums[U.BANK] -= paid
    return sums


def _rest(rows: Rows, match: Any) -> U:
    if match.entry_id is not None and match.posting_id is not None:
        return U.LANDED_COST
    if match.entry_id is None or match.decision == "claimed":
        return U.CLAIM_LOSS if rows.claims.get(match.claim_id) == "written_off" else U.CLAIM
    return U.PRICE_DIFFERENCE


@query(None)
def reckon_for_test(uow: UnitOfWork) -> dict[str, int]:
    """What every account must hold by rows."""
    rows = Rows(uow)
    sums: Sums = defaultdict(int)
    for part in (of_ledger(rows), of_documents(rows)):
        for use, amount in part.items():
            sums[use] += amount
    return {str(use): amount for use, amount in sums.items() if amount}


@query(None)
def waiting_for_test(uow: UnitOfWork) -> int:
    """Of receipts that wait for invoices, what is matched with ones nobody approved."""
    rows = Rows(uow)
    states = {line.id: rows.invoices[line.invoice_id].state for line in rows.lines.values()}
    return sum(
        match.accrued
        for match in rows.matches
        if match.entry_id is not None
        and rows.entries[match.entry_id].at >= rows.awaited_from
        and states[match.invoice_line_id] not in APPROVED
    )


def balances(office: Office, months: list[str]) -> tuple[dict[U, Decimal], list[tuple[str, costing.Journal]]]:
    """The accounts after the journals of these months, and the journals."""
    sums: dict[U, Decimal] = defaultdict(Decimal)
    journals = [(month, office.ask(costing.get_journal, month=month)) for month in months]
    for _month, journal in journals:
        for voucher in journal.vouchers:
            assert sum((line.debit - line.credit for line in voucher.lines), Decimal(0)) == 0
            for line in voucher.lines:
                assert line.debit >= 0 <= line.credit
                assert bool(line.debit) != bool(line.credit)
                sums[line.use] += line.debit - line.credit
    return {use: amount for use, amount in sums.items() if amount}, journals


def differences(office: Office, months: list[str]) -> list[str]:
    """Where accounts do not hold what the site says; nothing when all is well."""
    found, journals = balances(office, months)
    # An estimate by the month moves what is open from one account of goods received to the other.
    received = found.pop(U.ACCRUAL, Decimal(0)) + found.get(U.GOODS_RECEIVED, Decimal(0))
    found[U.GOODS_RECEIVED] = received
    cents = {U(use): Decimal(amount).scaleb(-2) for use, amount in office.ask(reckon_for_test).items()}
    wrong = [
        f"{use}: journal {found.get(use, 0)}, rows {cents.get(use, 0)}"
        for use in sorted(found.keys() | cents.keys())
        if found.get(use, 0) != cents.get(use, 0)
    ]
    wrong += _against_lists(office, months[-1], found)
    for month, journal in journals:
        wrong += _against_review(office, month, journal)
    return wrong + _by_category(office, months, journals)


def _by_category(office: Office, months: list[str], journals: list[tuple[str, costing.Journal]]) -> list[str]:
    """The accounts of categories, where the journals were kept from the first month on or none was."""
    kept = [month for month, journal in journals if journal.is_final]
    if kept and kept[0] != months[0]:
        return []
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _month, journal in journals:
        for line in (line for voucher in journal.vouchers for line in voucher.lines if line.use is U.STOCK):
            sums[line.key] += line.debit - line.credit
    lies: dict[str, Decimal] = defaultdict(Decimal)
    where = office.ask(category_for_test)
    for row in office.ask(stock.list_values):
        lies[where[row.item_id]] += row.value
    return [
        f"category {key}: journal {sums[key]}, stock {lies[key]}"
        for key in sorted({*sums, *lies})
        if sums[key] != lies[key]
    ]


@query(None)
def category_for_test(uow: UnitOfWork) -> dict[int, str]:
    """The category of each item, as accounts know it."""
    return {row.id: str(row.category_id or "") for row in uow.sql.execute(select(Item.id, Item.category_id))}


def _against_lists(office: Office, month: str, found: dict[U, Decimal]) -> list[str]:
    """The same against what people see in lists."""
    waiting = Decimal(office.ask(waiting_for_test)).scaleb(-2)
    listed = sum((row.not_invoiced for row in office.ask(purchasing.list_not_invoiced)), Decimal(0))
    worth = sum((row.value for row in office.ask(stock.list_values)), Decimal(0))
    accrued = office.ask(costing.get_accruals, month=month).total
    told = {
        "stock list": (found.get(U.STOCK, Decimal(0)), worth),
        "not invoiced list": (-found.get(U.GOODS_RECEIVED, Decimal(0)), listed + waiting),
        "accruals": (accrued, listed),
    }
    return [f"{what}: {mine} instead of {theirs}" for what, (mine, theirs) in told.items() if mine != theirs]


@query(None)
def moved_for_test(uow: UnitOfWork, *, start: datetime, end: datetime) -> dict[str, tuple[int, int]]:
    """By kind of entry what it booked, and the part of that which is a difference to standard cost."""
    found: dict[str, tuple[int, int]] = {}
    for entry in Rows(uow).entries.values():
        if start <= moment(entry.at) <= end:
            done = found.get(entry.kind, (0, 0))
            found[entry.kind] = (done[0] + book(entry), done[1] + entry.variance)
    return found


def _against_review(office: Office, month: str, journal: costing.Journal) -> list[str]:
    """The month's movements against its review, which has differences to standard cost beside its columns, and what
    customers brought back beside usage."""
    review = office.ask(costing.get_month_review, month=month).review.total
    start, end = costing.period_moments(costing.Month.parse(month).days, office.site.zone, office.site.day_start_hour)
    moved = office.ask(moved_for_test, start=start, end=end)

    def cents(kind: K, which: int) -> Decimal:
        return Decimal(moved.get(kind, (0, 0))[which]).scaleb(-2)

    told = {
        U.STOCK: review.value("closing") - review.value("opening"),
        U.WASTE: review.value("waste") - cents(K.WASTE, 1),
        U.USAGE: review.value("usage") - cents(K.ISSUE, 1) - cents(K.RETURN_FROM_CUSTOMER, 0),
    }
    return [
        f"{month} {use}: {journal.balance(use)} instead of {said}"
        for use, said in told.items()
        if journal.balance(use) != said
    ]
