"""The entries behind a figure of the review; what they add to it sums to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, literal, or_, select

from core.costing.rules import SIGNS, WHY_COLUMNS, kinds_of
from core.costing.steps.closing_rows import stored_items
from core.costing.steps.closings import Closing, closing_over
from core.costing.steps.sums import is_gain, just_before
from core.costing.types import ReviewEntry, ReviewPart
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Category, Item
from db.columns import micros, moment
from db.enums import Permission
from db.enums import PostingKind as K
from db.identity import Person
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

WHOLE = ReviewPart()
E = StockEntry


@dataclass(frozen=True, slots=True)
class _Figure:
    """How a column is made of entries: what each adds in money and quantity, and which entries they are."""

    amount: SQLColumnExpression[int]
    qty: SQLColumnExpression[int]
    which: tuple[ColumnElement[bool], ...]


@query(Permission.COST_VIEW)
def list_review_entries(
    uow: UnitOfWork,
    *,
    start: datetime,
    end: datetime,
    column: str,
    part: ReviewPart = WHOLE,
    limit: int = 1000,
) -> list[ReviewEntry]:
    """The entries behind a figure of the review, newest first.

    `column` is one of WHY_COLUMNS: the columns of the review, counts (of the adjustments), gain and loss of counts,
    variance. The amounts sum to the figure, with its sign: usage and waste are positive. Entries beyond `limit` stand in
    one last line. Raises InvalidInput for another column.
    """
    if column not in WHY_COLUMNS:
        raise InvalidInput(_("The review has no column {column}.", column=column[:40]), field="column")
    figure = _figure(column, start, end)
    closing = closing_over(uow, start, end) if part.category_id is not None else None
    conditions = [*figure.which, *_of_part(uow, part, closing)]
    whole = uow.sql.execute(
        select(func.count(), total(figure.amount), total(figure.qty)).select_from(E).where(*conditions)
    ).one()
    newest = select(E.id).where(*conditions).order_by(E.at.desc(), E.id.desc()).limit(limit)
    ids = list(uow.sql.execute(newest).scalars())
    found = {row.entry_id: row for row in _rows(uow, figure, ids)}
    entries = [found[entry_id] for entry_id in ids]
    if int(whole[0]) > len(entries):
        entries.append(_rest(uow, entries, int(whole[0]), (int(whole[1]), int(whole[2]))))
    return entries


def _figure(column: str, start: datetime, end: datetime) -> _Figure:
    """The same decision as `rules.contribution`, in SQL; a test holds them together."""
    if column in ("opening", "closing"):
        until = micros(just_before(start) if column == "opening" else end)
        return _Figure(E.value, E.qty, (E.at <= until, E.kind != K.TRANSFER))
    inside = (E.at >= micros(start), E.at <= micros(end))
    worth = E.value + E.settled
    if column == "variance":
        return _Figure(E.variance, literal(0), (*inside, E.variance != 0))
    kinds = sorted(kinds_of(column))
    if column == "usage":
        is_use = E.kind.in_(kinds)
        amount = case((is_use, -E.value), else_=E.settled)
        return _Figure(amount, case((is_use, -E.qty), else_=0), (*inside, or_(is_use, E.settled != 0)))
    if column in ("gain", "loss"):
        sign = 1 if column == "gain" else -1
        is_part = is_gain() if column == "gain" else and_(~is_gain(), or_(E.qty != 0, worth != 0))
        return _Figure(sign * worth, sign * E.qty, (*inside, E.kind.in_(kinds), is_part))
    sign = SIGNS.get(column, 1)
    return _Figure(sign * worth, sign * E.qty, (*inside, E.kind.in_(kinds)))


def _of_part(uow: UnitOfWork, part: ReviewPart, closing: Closing | None) -> list[ColumnElement[bool]]:
    """Which entries belong to a part; of a closed month by the categories its items stood in then."""
    found: list[ColumnElement[bool]] = []
    if part.item_id is not None:
        found.append(E.item_id == part.item_id)
    if part.reason is not None:
        found.append(E.reason == part.reason)
    if part.category_id is not None and closing is not None:
        found.append(E.item_id.in_(stored_items(uow, closing.closing_id, part.category_id)))
    elif part.category_id == 0:
        found.append(E.item_id.in_(select(Item.id).where(Item.category_id.is_(None))))
    elif part.category_id is not None:
        found.append(E.item_id.in_(select(Item.id).where(Item.category_id.in_(_below(uow, part.category_id)))))
    return found


def _below(uow: UnitOfWork, category_id: int) -> list[int]:
    """A category and all below it."""
    children: dict[int | None, list[int]] = {}
    for key, parent in uow.sql.execute(select(Category.id, Category.parent_id)):
        children.setdefault(parent, []).append(key)
    found = [category_id]
    for key in found:
        found.extend(children.get(key, ()))
    return found


def _rows(uow: UnitOfWork, figure: _Figure, ids: Sequence[int]) -> list[ReviewEntry]:
    wanted = _facts(figure)
    return [_entry(uow, row) for part in chunks(ids) for row in uow.sql.execute(wanted.where(E.id.in_(part)))]


def _facts(figure: _Figure) -> Select[*tuple[Any, ...]]:
    return (
        select(
            E.id, E.posting_id, StockPosting.number, E.at, E.kind, E.is_reversal, Item.code, Item.name, Item.name_en,
            figure.qty.label("adds_qty"), Item.base_unit, figure.amount.label("adds"), E.note,
            StockPosting.note.label("posting_note"), StockPosting.purpose, Person.name.label("by"),
        )
        .join(StockPosting, StockPosting.id == E.posting_id)
        .join(Item, Item.id == E.item_id)
        .join(Person, Person.id == StockPosting.person_id)
    )  # fmt: skip


def _entry(uow: UnitOfWork, row: Any) -> ReviewEntry:
    note = row.note or row.posting_note or row.purpose
    return ReviewEntry(
        row.id, row.posting_id, row.number, moment(row.at), K(row.kind), bool(row.is_reversal), row.code, row.name,
        row.name_en, from_micro(int(row.adds_qty)), row.base_unit, uow.money(int(row.adds)), note, row.by,
    )  # fmt: skip


def _rest(uow: UnitOfWork, listed: Sequence[ReviewEntry], count: int, whole: tuple[int, int]) -> ReviewEntry:
    amount = uow.money(whole[0]) - sum((entry.amount for entry in listed), Decimal(0))
    qty = from_micro(whole[1]) - sum((entry.qty for entry in listed), Decimal(0))
    return ReviewEntry(0, 0, "", None, None, False, "", "", "", qty, "", amount, "", "", count - len(listed))
