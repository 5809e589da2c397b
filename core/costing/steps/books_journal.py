"""Building blocks of journals: all vouchers of a month, from the ledger and the documents, or as they were kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from core.clock import business_day
from core.costing.rules.books import Draft, Leg, check_balanced, joined, less, sides
from core.costing.rules.months import Month
from core.costing.steps.books_accounts import AccountMap
from core.costing.steps.books_accruals import accrual_drafts
from core.costing.steps.books_expenses import booked_in, expense_legs, paid_back_in, paid_back_legs
from core.costing.steps.books_invoices import approved_in, invoice_legs, paid_in, payment_legs
from core.costing.steps.books_moved import moved_drafts
from core.costing.steps.books_stock import stock_drafts
from core.costing.steps.closings import all_closings, month_moments
from core.costing.types.books import BookSettings, JournalLine, JournalVoucher
from core.i18n import Text, _
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Supplier
from db.columns import as_json
from db.costing import BookLine, BookMonth
from db.enums import AccountUse, VoucherKind
from db.identity import Person
from db.sql import chunks, total

B = BookLine
Legs = dict[int, tuple[str, tuple[Leg, ...]]]
LegsOf = Callable[[UnitOfWork, Iterable[int], datetime], Legs]


@dataclass(frozen=True, slots=True)
class Kept:
    """A journal that was kept, and for which closing."""

    month_id: int
    closing_id: int
    kept_at: datetime
    kept_by: str
    sha256: str


def standing_closing(uow: UnitOfWork, month: Month) -> int:
    """The closing of a month that stands; 0 when it is open."""
    return next((one.closing_id for one in all_closings(uow) if one.is_standing and one.month == month), 0)


def kept_journal(uow: UnitOfWork, month: Month) -> Kept | None:
    """The journal kept of a month, for whichever closing."""
    m = BookMonth
    row = uow.sql.execute(
        select(m.id, m.closing_id, m.kept_at, m.sha256, Person.name)
        .join(Person, Person.id == m.person_id)
        .where(m.month == month.text)
    ).first()
    return None if row is None else Kept(row.id, row.closing_id, row.kept_at, row.name, row.sha256)


def kept_months(uow: UnitOfWork) -> dict[Month, int]:
    """The months whose journals stand as they were kept, with their ids, in order; not those that were reopened since."""
    standing = {one.month: one.closing_id for one in all_closings(uow) if one.is_standing}
    rows = uow.sql.execute(select(BookMonth.id, BookMonth.month, BookMonth.closing_id).order_by(BookMonth.month))
    found = {Month.parse(row.month): (row.id, row.closing_id) for row in rows}
    return {month: key for month, (key, closing_id) in found.items() if standing.get(month) == closing_id}


def drafts_of(uow: UnitOfWork, month: Month, settings: BookSettings) -> list[Draft]:
    """All vouchers of a month by day: what moved in stock, invoices, payments, accruals."""
    start, end = moments = month_moments(uow, month)
    before = _Before(uow, month, start)
    drafts = stock_drafts(uow, month.days, moments, settings.grain)
    if before.is_kept:
        drafts += moved_drafts(uow, month.days, before.stock(), before.last)
    for kind, fresh, legs_of in (
        (VoucherKind.INVOICE, _days(uow, approved_in(uow, start, end)), invoice_legs),
        (VoucherKind.PAYMENT, _days(uow, paid_in(uow, start, end)), payment_legs),
        (VoucherKind.EXPENSE, booked_in(uow, month.days), expense_legs),
        (VoucherKind.EXPENSE_PAID, _days(uow, paid_back_in(uow, start, end)), paid_back_legs),
    ):
        drafts += _documents(before, end, fresh, (kind, legs_of))
    drafts += accrual_drafts(uow, month.days, moments, settings.accruals, before.accruals())
    for draft in drafts:
        check_balanced(draft.legs)
    order = list(VoucherKind)
    return sorted(drafts, key=lambda one: (one.day, order.index(one.kind), one.source_id))


class _Before:
    """What the journals of earlier months hold: those that were kept, as they were; of months without a kept one what theirs
    would book today."""

    def __init__(self, uow: UnitOfWork, month: Month, start: datetime) -> None:
        self.uow, self.month = uow, month
        self.last = start - timedelta(microseconds=1)
        kept = kept_months(uow)
        self.is_kept = month.before in kept
        self._ids = [key for one, key in kept.items() if one < month]

    def documents(self, kind: VoucherKind, legs_of: LegsOf) -> dict[int, Sequence[Leg]]:
        """What is booked of documents that stand in kept journals, by document."""
        booked: dict[int, Sequence[Leg]] = {**self._kept(kind)}
        if self.is_kept or not booked:
            return booked
        return {key: legs for key, (_name, legs) in legs_of(self.uow, booked, self.last).items()}

    def accruals(self) -> Sequence[Leg] | None:
        """The estimates that the kept journals have not taken back; None where the month before has none that was kept."""
        if not self.is_kept:
            return None
        legs = [*self._kept(VoucherKind.ACCRUAL).values(), *self._kept(VoucherKind.ACCRUAL_BACK).values()]
        return joined(leg for several in legs for leg in several)

    def stock(self) -> dict[str, int]:
        """What kept journals hold on the accounts of stock, by category."""
        found: dict[str, int] = defaultdict(int)
        for part in chunks(self._ids):
            rows = self.uow.sql.execute(
                select(B.key, total(B.debit - B.credit).label("amount"))
                .where(B.month_id.in_(part), B.use == AccountUse.STOCK)
                .group_by(B.key)
            )
            for row in rows:
                found[row.key] += int(row.amount)
        return found

    def _kept(self, kind: VoucherKind) -> dict[int, list[Leg]]:
        found: dict[int, list[Leg]] = defaultdict(list)
        columns = (B.source_id, B.use, B.key, B.supplier_id, B.section, B.debit, B.credit)
        for part in chunks(self._ids):
            rows = self.uow.sql.execute(select(*columns).where(B.month_id.in_(part), B.kind == kind))
            for row in rows:
                leg = Leg(AccountUse(row.use), row.debit - row.credit, row.key, row.supplier_id, row.section)
                found[row.source_id].append(leg)
        return found


def _documents(before: _Before, end: datetime, fresh: dict[int, date], what: tuple[VoucherKind, LegsOf]) -> list[Draft]:
    """Documents of the month, and those that journals of earlier months hold otherwise than they stand now (dated the
    last day)."""
    kind, legs_of = what
    booked = before.documents(kind, legs_of)
    stands = legs_of(before.uow, {*fresh, *booked}, end)
    found = []
    for key, (document, wanted) in stands.items():
        legs = less(wanted, booked.get(key, ()))
        if legs:
            day = before.month.last if key in booked else fresh[key]
            found.append(Draft(kind, day, legs, key, document))
    return found


def _days(uow: UnitOfWork, fresh: dict[int, datetime]) -> dict[int, date]:
    return {key: business_day(at, uow.site.zone, uow.site.day_start_hour) for key, at in fresh.items()}


def vouchers_of(uow: UnitOfWork, drafts: Sequence[Draft], accounts: AccountMap) -> list[JournalVoucher]:
    """The drafts with their accounts and numbers."""
    suppliers = _suppliers(uow, {leg.supplier_id for draft in drafts for leg in draft.legs if leg.supplier_id})
    found = []
    for number, draft in enumerate(drafts, start=1):
        lines = tuple(_line(uow, leg, accounts, suppliers.get(leg.supplier_id, ("", ""))) for leg in draft.legs)
        text = voucher_text(draft.kind, draft.document)
        found.append(JournalVoucher(number, draft.day, draft.kind, text, lines, draft.source_id, draft.document))
    return found


def _line(uow: UnitOfWork, leg: Leg, accounts: AccountMap, supplier: tuple[str, str]) -> JournalLine:
    debit, credit = sides(leg.amount)
    code, name = accounts.account_of(leg.use, leg.key)
    money = uow.money
    return JournalLine(
        leg.use, leg.key, code, name, money(debit), money(credit), leg.supplier_id, *supplier, leg.section
    )


def _suppliers(uow: UnitOfWork, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    found = {}
    for part in chunks(sorted(ids)):
        rows = uow.sql.execute(select(Supplier.id, Supplier.code, Supplier.name).where(Supplier.id.in_(part)))
        found.update({row.id: (row.code, row.name) for row in rows})
    return found


def voucher_text(kind: VoucherKind, document: str) -> Text:
    """What a voucher is about, in one line."""
    return _("{kind} {document}", kind=word(kind), document=document) if document else word(kind)


def hash_of(rows: Sequence[dict[str, Any]]) -> str:
    """SHA-256 of a journal's lines."""
    return hashlib.sha256("\n".join(as_json(row) for row in rows).encode()).hexdigest()


def kept_vouchers(uow: UnitOfWork, kept: Kept) -> list[JournalVoucher]:
    """The vouchers of a kept journal, as they were."""
    rows = uow.sql.execute(select(B.__table__).where(B.month_id == kept.month_id).order_by(B.voucher, B.line)).all()
    found = []
    for number, group in groupby(rows, key=lambda row: int(row.voucher)):
        lines = list(group)
        head = lines[0]
        kind = VoucherKind(head.kind)
        found.append(
            JournalVoucher(
                number, head.day, kind, voucher_text(kind, head.document),
                tuple(_kept_line(uow, row) for row in lines), head.source_id, head.document,
            )
        )  # fmt: skip
    return found


def _kept_line(uow: UnitOfWork, row: Any) -> JournalLine:
    return JournalLine(
        AccountUse(row.use), row.key, row.code, row.name, uow.money(row.debit), uow.money(row.credit),
        row.supplier_id, row.supplier_code, row.supplier_name, row.section,
    )  # fmt: skip
