"""Building blocks of journals: what is received and not invoiced, accrued at a month's end and reversed on the first of the
next (月初回冲). With the other style (单到回冲) receipts stand as not invoiced until each one's invoice, and nothing is
accrued besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core import purchasing
from core.costing.rules.books import Draft, Leg, joined
from core.costing.rules.periods import Days
from core.uow import UnitOfWork
from db.enums import AccountUse as U
from db.enums import AccrualStyle, VoucherKind


def accrual_drafts(
    uow: UnitOfWork, days: Days, moments: tuple[datetime, datetime], style: AccrualStyle, kept: Sequence[Leg] | None
) -> list[Draft]:
    """The reversal of what was accrued at the end of the month before, dated the first, and what is accrued at the end of
    this one, dated the last. Over all months together every receipt's accruals sum to what is still open of it.

    `kept` is what kept journals have not taken back: it goes whatever the style is now. None: the month before was not
    kept, and its journal accrues in the style of today.
    """
    start, end = moments
    is_monthly = style is AccrualStyle.MONTH_START
    found = []
    if kept is not None:
        back = joined(replace(leg, amount=-leg.amount) for leg in kept)
    else:
        back = _accrued(uow, start - timedelta(microseconds=1), -1) if is_monthly else ()
    if back:
        found.append(Draft(VoucherKind.ACCRUAL_BACK, days.first, back))
    fresh = _accrued(uow, end, 1) if is_monthly else ()
    if fresh:
        found.append(Draft(VoucherKind.ACCRUAL, days.last, fresh))
    return found


def _accrued(uow: UnitOfWork, as_of: datetime, sign: int) -> tuple[Leg, ...]:
    sums: dict[int, int] = defaultdict(int)
    for one in purchasing.not_invoiced(uow, as_of=as_of):
        sums[one.received.supplier_id] += one.received.not_invoiced
    legs: list[Leg] = []
    for supplier, amount in sums.items():
        legs.append(Leg(U.GOODS_RECEIVED, sign * amount, supplier_id=supplier))
        legs.append(Leg(U.ACCRUAL, -sign * amount, supplier_id=supplier))
    return joined(legs)
