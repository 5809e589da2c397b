"""Building blocks: what looks as if it had been claimed before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from core.documents import format_date, format_money, notation_of
from core.expenses.rules import DEAD, same_words
from core.expenses.steps.stored import RECEIPT_OF, E, L
from core.i18n import Text, _
from core.uow import UnitOfWork
from db.documents import Attachment
from db.identity import Person


def doubts_of(uow: UnitOfWork, expense_id: int, lines: Sequence[Any]) -> dict[int, tuple[Text, ...]]:
    """By line, what looks like a second claim: the same day, amount and shop, or the very same picture in another claim.

    Claims that were turned down or withdrawn do not count. Two statements however many lines.
    """
    found: dict[int, list[Text]] = defaultdict(list)
    for line_id, words in [*_same_figures(uow, expense_id, lines), *_same_pictures(uow, expense_id)]:
        if words not in found[line_id]:
            found[line_id].append(words)
    return {line_id: tuple(words) for line_id, words in found.items()}


def _same_figures(uow: UnitOfWork, expense_id: int, lines: Sequence[Any]) -> list[tuple[int, Text]]:
    if not lines:
        return []
    pairs = {(line.day, line.amount) for line in lines}
    others = uow.sql.execute(
        select(L.id, L.day, L.amount, L.supplier, L.line, L.expense_id, E.number, Person.name)
        .join(E, E.id == L.expense_id)
        .join(Person, Person.id == E.person_id)
        .where(or_(*(and_(L.day == day, L.amount == amount) for day, amount in pairs)))
        .where(or_(E.state.not_in(DEAD), E.id == expense_id))
        .order_by(L.id)
    ).all()
    found = []
    for line in lines:
        for other in others:
            is_same = (other.day, other.amount) == (line.day, line.amount) and same_words(other.supplier, line.supplier)
            if other.id == line.id or not is_same or (other.expense_id == expense_id and other.line > line.line):
                continue
            found.append((line.id, _figures_words(uow, expense_id, other)))
    return found


def _figures_words(uow: UnitOfWork, expense_id: int, other: Any) -> Text:
    facts = {"day": format_date(other.day), "amount": format_money(uow.money(other.amount), notation_of(uow))}
    if other.expense_id == expense_id:
        return _("Line {line} of this claim is the same: {day}, {amount}.", line=other.line, **facts)
    return _(
        "{number} of {person} has the same already: {day}, {amount}.", number=other.number, person=other.name, **facts
    )


def _same_pictures(uow: UnitOfWork, expense_id: int) -> list[tuple[int, Text]]:
    mine, others, line, own = aliased(Attachment), aliased(Attachment), aliased(L), aliased(L)
    rows = uow.sql.execute(
        select(own.id, mine.name, E.number, Person.name.label("person"))
        .select_from(own)
        .join(mine, and_(mine.owner_kind == RECEIPT_OF, mine.owner_id == own.id))
        .join(others, and_(others.owner_kind == RECEIPT_OF, others.sha256 == mine.sha256, others.owner_id != own.id))
        .join(line, line.id == others.owner_id)
        .join(E, E.id == line.expense_id)
        .join(Person, Person.id == E.person_id)
        .where(own.expense_id == expense_id, E.id != expense_id, E.state.not_in(DEAD))
        .order_by(own.line, E.id)
    )
    return [
        (
            row.id,
            _(
                "The receipt {name} is in {number} of {person} already.",
                name=row.name,
                number=row.number,
                person=row.person,
            ),
        )
        for row in rows
    ]
