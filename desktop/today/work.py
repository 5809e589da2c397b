"""The work list: what it is, about what, how much, and where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Text, _, _n
from core.reports import WorkKind, WorkRow
from core.words import ClaimState
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Column,
    Kind,
    Words,
    date_words,
    instant_words,
    language,
    money_words,
    number_words,
)

Target = tuple[str, Mapping[str, object]]
WHOLE_SITE = -1

_LOOKS: dict[WorkKind, BadgeLook] = {
    WorkKind.EXPIRED: BadgeLook(_("Expired"), Meaning.DANGER, "error"),
    WorkKind.APPROVE: BadgeLook(_("Approve count"), Meaning.SOON, "check"),
    WorkKind.RESOLVE: BadgeLook(_("Settle differences"), Meaning.SOON, "warning"),
    WorkKind.ARRIVAL: BadgeLook(_("Receive transfer"), Meaning.SOON, "transfer"),
    WorkKind.COUNT: BadgeLook(_("Count stock"), Meaning.ACCENT, "count"),
    WorkKind.DELIVERY: BadgeLook(_("Receive delivery"), Meaning.ACCENT, "receive"),
    WorkKind.ORDER: BadgeLook(_("Approve order"), Meaning.SOON, "check"),
    WorkKind.EXPENSE: BadgeLook(_("Approve expense"), Meaning.SOON, "check"),
    WorkKind.INVOICE: BadgeLook(_("Invoice differs"), Meaning.SOON, "warning"),
    WorkKind.CLAIM: BadgeLook(_("Claim open"), Meaning.WATCH, "clock"),
    WorkKind.MONTH: BadgeLook(_("Close the month"), Meaning.SOON, "month-end"),
    WorkKind.BUDGET: BadgeLook(_("Budget at risk"), Meaning.WATCH, "trend-up"),
    WorkKind.SCHEDULE: BadgeLook(_("Report failed"), Meaning.DANGER, "error"),
    WorkKind.BELOW: BadgeLook(_("Below safety stock"), Meaning.DANGER, "trend-down"),
    WorkKind.EXPIRING: BadgeLook(_("Use first"), Meaning.SOON, "clock"),
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of the list; `id` tells it from all others. `checks` of a month: how many of its checks stand in the way of
    closing it, and how many want a look (None: not known yet)."""

    id: tuple[str, int]
    row: WorkRow
    today: date
    checks: tuple[int, int] | None = None

    def title(self) -> Words:
        """What it is about."""
        row = self.row
        if not row.id:
            return _("{n} more", n=row.count)
        if row.kind is WorkKind.BUDGET and row.id == WHOLE_SITE:
            return _("The whole site")
        name = row.title(language())
        return f"{name}  {row.number}" if name else row.number

    def detail(self) -> Words:
        """How much, and how bad."""
        return "" if not self.row.id else _DETAILS[self.row.kind](self)

    def since(self) -> str:
        """The day or the moment."""
        row = self.row
        day = row.expires_on or row.day
        if day is not None:
            return date_words(day)
        return "" if row.at is None else instant_words(row.at)


COLUMNS = (
    Column(
        "kind",
        _("What to do"),
        172,
        kind=Kind.BADGE,
        badge=_LOOKS.get,
        value=lambda line: line.row.kind,
        sortable=False,
    ),
    Column("title", _("About"), 260, stretch=True, value=lambda line: line.title(), sortable=False),
    Column("detail", _("How it stands"), 300, value=lambda line: line.detail(), sortable=False),
    Column("since", _("Date"), 150, value=lambda line: line.since(), muted=True, sortable=False, wide_only=True),
)


def target_of(row: WorkRow) -> Target:
    """The page where it is done: the record's own, or for the rest the list."""
    if row.kind in (WorkKind.EXPIRED, WorkKind.EXPIRING):
        board = "expired" if row.kind is WorkKind.EXPIRED else "days3"
        return "stock.lots", {"lot_id": row.id, "board": board} if row.id else {"board": board}
    if row.kind in (WorkKind.APPROVE, WorkKind.RESOLVE):
        return "stock.count_review", {"count_id": row.id}
    if row.kind is WorkKind.COUNT:
        return "stock.count", {"count_id": row.id}
    if row.kind is WorkKind.ARRIVAL:
        return "stock.transit", {}
    if row.kind in _PAGES:
        page, listed, arg = _PAGES[row.kind]
        return (page, {arg: row.id}) if row.id else (listed, {})
    if row.kind in (WorkKind.MONTH, WorkKind.BUDGET):
        args = {"month": row.number} if row.number else {}
        return "month_end.close" if row.kind is WorkKind.MONTH else "month_end.budgets", args
    if row.kind is WorkKind.SCHEDULE:
        return "reports.schedules", {}
    return "stock.on_hand", {"level": "below", "item_id": row.id} if row.id else {"level": "below"}


_PAGES: Mapping[WorkKind, tuple[str, str, str]] = {
    WorkKind.DELIVERY: ("purchasing.receive", "purchasing.receive", "order_id"),
    WorkKind.ORDER: ("purchasing.order", "purchasing.orders", "order_id"),
    WorkKind.EXPENSE: ("month_end.expenses", "month_end.expenses", "expense_id"),
    WorkKind.INVOICE: ("purchasing.invoice", "purchasing.differences", "invoice_id"),
    WorkKind.CLAIM: ("purchasing.claims", "purchasing.claims", "claim_id"),
}


def _unit(line: WorkLine) -> str:
    return line.row.unit_en if language() == "en" else line.row.unit


def _qty(line: WorkLine) -> str:
    qty = line.row.qty
    return "" if qty is None else f"{number_words(qty)} {_unit(line)}"


def _expired_words(line: WorkLine) -> Text:
    days = _days(line)
    return _n("{qty} left, expired {n} day ago", "{qty} left, expired {n} days ago", days, qty=_qty(line))


def _expiring_words(line: WorkLine) -> Text:
    days = -_days(line)
    if days == 0:
        return _("{qty} left, expires today", qty=_qty(line))
    return _n("{qty} left, expires in {n} day", "{qty} left, expires in {n} days", days, qty=_qty(line))


def _days(line: WorkLine) -> int:
    expires_on = line.row.expires_on
    return 0 if expires_on is None else (line.today - expires_on).days


def _below_words(line: WorkLine) -> Text:
    floor = line.row.floor
    if not floor:
        return _("{qty}: less than nothing", qty=_qty(line))
    return _("on hand {qty}, safety stock {floor}", qty=_qty(line), floor=f"{number_words(floor)} {_unit(line)}")


def _count_words(line: WorkLine) -> Text:
    row = line.row
    return _("{done} of {lines} lines counted", done=number_words(row.qty or 0), lines=number_words(row.floor or 0))


def _arrival_words(line: WorkLine) -> Text:
    lines = int(line.row.qty or 0)
    return _n("{n} line on its way", "{n} lines on their way", lines)


def _delivery_words(line: WorkLine) -> Text:
    days, lines = line.row.days, int(line.row.qty or 0)
    if days:
        return _n("{n} day late, lines awaited: {lines}", "{n} days late, lines awaited: {lines}", days, lines=lines)
    return _n("{n} line awaited today", "{n} lines awaited today", lines)


def _worth_words(line: WorkLine) -> Words:
    amount = line.row.amount
    return "" if amount is None else _("worth {amount}", amount=money_words(amount, sign=True))


def _invoice_words(_line: WorkLine) -> Text:
    return _("not as ordered or received")


def _claim_words(line: WorkLine) -> Text:
    row = line.row
    if row.state == ClaimState.OPEN:
        return _("not sent yet")
    if row.amount is None:
        return _n("waits {n} day for the credit", "waits {n} days for the credit", row.days)
    credit = money_words(row.amount, sign=True)
    return _n("{credit} expected, waits {n} day", "{credit} expected, waits {n} days", row.days, credit=credit)


def _month_words(line: WorkLine) -> Text:
    if line.checks is None:
        return _("it is over and not closed")
    blocks, looks = line.checks
    if blocks:
        return _n("{n} check stands in the way", "{n} checks stand in the way", blocks)
    if looks:
        return _n("{n} check wants a look", "{n} checks want a look", looks)
    return _("every check is green")


def _budget_words(line: WorkLine) -> Text:
    row = line.row
    spent, budget = money_words(row.amount or Decimal(0), sign=True), money_words(row.limit or Decimal(0), sign=True)
    if row.state == "over" or row.expected is None:
        return _("{spent} of {budget} is spent", spent=spent, budget=budget)
    return _("will be {expected} of {budget}", expected=money_words(row.expected, sign=True), budget=budget)


def _schedule_words(_line: WorkLine) -> Text:
    return _("was not made or delivered")


_DETAILS: Mapping[WorkKind, Callable[[WorkLine], Words]] = {
    WorkKind.DELIVERY: _delivery_words,
    WorkKind.ORDER: _worth_words,
    WorkKind.EXPENSE: _worth_words,
    WorkKind.INVOICE: _invoice_words,
    WorkKind.CLAIM: _claim_words,
    WorkKind.MONTH: _month_words,
    WorkKind.BUDGET: _budget_words,
    WorkKind.SCHEDULE: _schedule_words,
    WorkKind.EXPIRED: _expired_words,
    WorkKind.EXPIRING: _expiring_words,
    WorkKind.BELOW: _below_words,
    WorkKind.ARRIVAL: _arrival_words,
    WorkKind.COUNT: _count_words,
    WorkKind.APPROVE: _count_words,
    WorkKind.RESOLVE: _count_words,
}
