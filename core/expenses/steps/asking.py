"""Building blocks: what is asked before a claim goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.documents import format_date
from core.expenses.rules import OLD_DAYS, booked_day
from core.expenses.steps.doubts import doubts_of
from core.expenses.steps.stored import RECEIPT_OF, closed_to, today
from core.i18n import _, _n
from core.uow import UnitOfWork
from db.documents import Attachment
from db.expenses import ExpenseKind


def ask_before_submitting(uow: UnitOfWork, expense_id: int, lines: Sequence[Any]) -> None:
    """Ask about what is missing or odd in a claim. Raises NeedsConfirmation."""
    _ask_receipts(uow, lines)
    _ask_old(uow, lines)
    ask_doubts(uow, expense_id, lines)
    ask_closed(uow, lines)


def ask_doubts(uow: UnitOfWork, expense_id: int, lines: Sequence[Any]) -> None:
    """Ask about lines that look as if they were claimed before. Raises NeedsConfirmation with the first of them."""
    doubts = [words for found in doubts_of(uow, expense_id, lines).values() for words in found]
    if doubts:
        question = _n(
            "Claimed twice? {first} Go on?",
            "Claimed twice? {first} {n} such signs in all. Go on?",
            len(doubts),
            first=doubts[0],
        )
        uow.confirm("expense.doubts", question, field="lines")


def ask_closed(uow: UnitOfWork, lines: Sequence[Any]) -> None:
    """Ask about days of a closed month: their cost is booked in the open one. Raises NeedsConfirmation."""
    last = closed_to(uow)
    moved = [line for line in lines if booked_day(line.day, last) != line.day]
    if moved:
        question = _n(
            "{n} line is of a closed month (first {day}). Its cost is booked on {booked}. Go on?",
            "{n} lines are of a closed month (first {day}). Their cost is booked on {booked}. Go on?",
            len(moved),
            day=format_date(min(line.day for line in moved)),
            booked=format_date(booked_day(moved[0].day, last)),
        )
        uow.confirm("expense.closed", question, field="lines")


def _ask_receipts(uow: UnitOfWork, lines: Sequence[Any]) -> None:
    needing = select(ExpenseKind.id).where(ExpenseKind.needs_receipt)
    kinds = set(uow.sql.execute(needing).scalars())
    ids = [line.id for line in lines if line.kind_id in kinds]
    if not ids:
        return
    a = Attachment
    having = uow.sql.execute(select(a.owner_id).where(a.owner_kind == RECEIPT_OF, a.owner_id.in_(ids)).distinct())
    without = set(ids) - set(having.scalars())
    if without:
        numbers = ", ".join(str(line.line) for line in lines if line.id in without)
        question = _n(
            "Line {lines} has no receipt. Go on without?",
            "Lines {lines} have no receipt. Go on without?",
            len(without),
            lines=numbers,
        )
        uow.confirm("expense.receipts", question, field="receipts")


def _ask_old(uow: UnitOfWork, lines: Sequence[Any]) -> None:
    first = min(line.day for line in lines)
    if first < today(uow) - timedelta(days=OLD_DAYS):
        uow.confirm("expense.old", _("{day} is long ago. Is the year right?", day=format_date(first)), field="day")
