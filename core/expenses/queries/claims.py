"""Claims in a list, one with its lines, a receipt, and the kinds of expense. Everybody sees their own; who approves, all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from core.documents import AttachmentFile
from core.errors import NotFound
from core.expenses.rules import EDITABLE, OWN_EVENTS, Event, can
from core.expenses.steps.doubts import doubts_of
from core.expenses.steps.stored import RECEIPT_OF, E, L, lines_of
from core.expenses.types import ExpenseCard, ExpenseFilter, ExpenseKindRow, ExpenseLineRow, ExpenseRow, ReceiptRow
from core.i18n import Name, _
from core.registry import query
from core.uow import UnitOfWork
from db.documents import Attachment
from db.enums import ExpenseState, Permission
from db.expenses import ExpenseKind
from db.identity import Person
from db.sql import chunks

A, K = Attachment, ExpenseKind
MOST_ROWS = 1_000
DOUBTED = frozenset({ExpenseState.DRAFT, ExpenseState.SUBMITTED})
ALL = ExpenseFilter()


@query(None)
def list_expenses(uow: UnitOfWork, *, wanted: ExpenseFilter = ALL, limit: int = 500) -> list[ExpenseRow]:
    """Expense claims, newest first: one's own, or everybody's for who approves them."""
    statement = _claims().where(*_seen(uow), *_conditions(uow, wanted))
    rows = uow.sql.execute(statement.order_by(E.id.desc()).limit(max(1, min(limit, MOST_ROWS)))).all()
    names = _kind_names(uow, [row.id for row in rows])
    return [_row(uow, row, names.get(row.id, Name(""))) for row in rows]


@query(None)
def count_expenses(uow: UnitOfWork, *, state: ExpenseState = ExpenseState.SUBMITTED) -> int:
    """How many expense claims stand there, of those the person sees."""
    wanted = select(func.count()).select_from(E).where(E.state == ExpenseState(state), *_seen(uow))
    return int(uow.sql.execute(wanted).scalar_one())


@query(None)
def find_expense(uow: UnitOfWork, *, number: str) -> int | None:
    """The claim with this number (as its slip's barcode says), or None."""
    found = uow.sql.execute(select(E.id).where(E.number == number.strip().upper(), *_seen(uow))).scalar()
    return None if found is None else int(found)


@query(None)
def get_expense(uow: UnitOfWork, *, expense_id: int) -> ExpenseCard:
    """One expense claim with its lines, receipts and what looks doubtful. Raises NotFound."""
    decider, payer = aliased(Person), aliased(Person)
    extra = (
        E.decided_at, E.decision_note, E.paid_way, E.paid_at,
        decider.name.label("decider"), payer.name.label("payer"),
    )  # fmt: skip
    statement = _claims().add_columns(*extra).outerjoin(decider, decider.id == E.decided_by_id)
    statement = statement.outerjoin(payer, payer.id == E.paid_by_id).where(E.id == expense_id, *_seen(uow))
    row = uow.sql.execute(statement).first()
    if row is None:
        raise NotFound(_("There is no such expense claim, or it is somebody else's."), field="expense")
    names = _kind_names(uow, [row.id])
    head = _row(uow, row, names.get(row.id, Name("")))
    return ExpenseCard(
        row=head, lines=_lines(uow, head), decided_by=row.decider or "", decided_at=row.decided_at,
        decision_note=row.decision_note, paid_way=row.paid_way, paid_by=row.payer or "", paid_at=row.paid_at,
        can=_possible(uow, head),
    )  # fmt: skip


@query(None)
def get_receipt(uow: UnitOfWork, *, receipt_id: int) -> AttachmentFile:
    """A receipt with its content. Raises NotFound, also for one of somebody else's claim."""
    row = uow.sql.execute(
        select(A.id, A.name, A.media_type, A.content)
        .join(L, L.id == A.owner_id)
        .join(E, E.id == L.expense_id)
        .where(A.id == receipt_id, A.owner_kind == RECEIPT_OF, *_seen(uow))
    ).first()
    if row is None:
        raise NotFound(_("The file is not there any more."))
    return AttachmentFile(*row)


@query(None)
def list_expense_kinds(uow: UnitOfWork, *, is_active: bool | None = None) -> list[ExpenseKindRow]:
    """The kinds of expense in their order, with how often each is used."""
    used = select(L.kind_id, func.count().label("used")).group_by(L.kind_id).subquery()
    statement = select(K.__table__, used.c.used).outerjoin(used, used.c.kind_id == K.id).order_by(K.place, K.id)
    if is_active is not None:
        statement = statement.where(K.is_active == is_active)
    return [
        ExpenseKindRow(
            row.id,
            row.version,
            Name(row.name, row.name_en),
            row.account,
            row.needs_receipt,
            row.is_active,
            row.used or 0,
        )
        for row in uow.sql.execute(statement)
    ]


@query(None)
def list_expense_shops(uow: UnitOfWork) -> list[str]:
    """The shops the person claimed money paid to so far, the last one first, for filling in a line."""
    last = func.max(L.id)
    rows = uow.sql.execute(
        select(L.supplier)
        .join(E, E.id == L.expense_id)
        .where(E.person_id == uow.actor.person_id, L.supplier != "")
        .group_by(L.supplier)
        .order_by(last.desc())
        .limit(50)
    )
    return list(rows.scalars())


def _seen(uow: UnitOfWork) -> list[ColumnElement[bool]]:
    """Which claims this person sees: drafts are nobody else's business."""
    own = E.person_id == uow.actor.person_id
    if not uow.may(Permission.EXPENSE_APPROVE):
        return [own]
    return [or_(own, E.submitted_at.is_not(None))]


def _conditions(uow: UnitOfWork, wanted: ExpenseFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.states:
        where.append(E.state.in_([str(state) for state in wanted.states]))
    if wanted.is_own:
        where.append(E.person_id == uow.actor.person_id)
    text = wanted.text.strip()
    if text:
        in_lines = select(L.expense_id).where(
            or_(*(words.icontains(text, autoescape=True) for words in (L.supplier, L.note, L.document)))
        )
        words = (E.number, E.purpose, Person.name)
        where.append(or_(*(one.icontains(text, autoescape=True) for one in words), E.id.in_(in_lines)))
    return where


def _claims() -> Select[*tuple[Any, ...]]:
    lines = (
        select(L.expense_id, func.count().label("lines"), func.min(L.day).label("first"), func.max(L.day).label("last"))
        .group_by(L.expense_id)
        .subquery()
    )
    receipts = (
        select(L.expense_id, func.count().label("receipts"))
        .join(A, (A.owner_kind == RECEIPT_OF) & (A.owner_id == L.id))
        .group_by(L.expense_id)
        .subquery()
    )
    return (
        select(
            E.id, E.version, E.number, E.state, E.person_id, Person.name.label("person"), E.purpose, E.total, E.tax,
            E.created_at, E.submitted_at, E.paid_on, lines.c.lines, lines.c.first, lines.c.last, receipts.c.receipts,
        )
        .join(Person, Person.id == E.person_id)
        .outerjoin(lines, lines.c.expense_id == E.id)
        .outerjoin(receipts, receipts.c.expense_id == E.id)
    )  # fmt: skip


def _kind_names(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Name]:
    """The names of each claim's kinds, two at most."""
    found: dict[int, list[Name]] = defaultdict(list)
    for part in chunks(list(ids)):
        rows = uow.sql.execute(
            select(L.expense_id, K.name, K.name_en)
            .join(K, K.id == L.kind_id)
            .where(L.expense_id.in_(part))
            .order_by(L.line)
        )
        for row in rows:
            name = Name(row.name, row.name_en)
            if name not in found[row.expense_id]:
                found[row.expense_id].append(name)
    return {key: _joined(names) for key, names in found.items()}


def _joined(names: Sequence[Name]) -> Name:
    more = " …" if len(names) > 2 else ""
    return Name(
        "、".join(one.render("zh") for one in names[:2]) + more, ", ".join(one.render("en") for one in names[:2]) + more
    )


def _row(uow: UnitOfWork, row: Any, kinds: Name) -> ExpenseRow:
    return ExpenseRow(
        id=row.id, version=row.version, number=row.number, state=ExpenseState(row.state), person_id=row.person_id,
        by=row.person, is_own=row.person_id == uow.actor.person_id, purpose=row.purpose, total=uow.money(row.total),
        tax=uow.money(row.tax), created_at=row.created_at, submitted_at=row.submitted_at, first_day=row.first,
        last_day=row.last, lines=row.lines or 0, receipts=row.receipts or 0, kinds=kinds, paid_on=row.paid_on,
    )  # fmt: skip


def _lines(uow: UnitOfWork, head: ExpenseRow) -> tuple[ExpenseLineRow, ...]:
    stored = lines_of(uow, head.id)
    kinds = {row.id: Name(row.name, row.name_en) for row in uow.sql.execute(select(K.id, K.name, K.name_en))}
    receipts = _receipts(uow, [line.id for line in stored])
    doubts = doubts_of(uow, head.id, stored) if head.state in DOUBTED else {}
    return tuple(
        ExpenseLineRow(
            id=line.id, line=line.line, day=line.day, kind_id=line.kind_id, kind=kinds[line.kind_id],
            supplier=line.supplier, document=line.document, amount=uow.money(line.amount), tax=uow.money(line.tax),
            note=line.note, booked_on=line.booked_on, receipts=tuple(receipts.get(line.id, ())),
            doubts=doubts.get(line.id, ()),
        )
        for line in stored
    )  # fmt: skip


def _receipts(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, list[ReceiptRow]]:
    found: dict[int, list[ReceiptRow]] = defaultdict(list)
    for part in chunks(list(ids)):
        rows = uow.sql.execute(
            select(A.id, A.owner_id, A.name, A.media_type, A.size, A.thumbnail)
            .where(A.owner_kind == RECEIPT_OF, A.owner_id.in_(part))
            .order_by(A.id)
        )
        for row in rows:
            found[row.owner_id].append(ReceiptRow(*row))
    return found


def _possible(uow: UnitOfWork, row: ExpenseRow) -> frozenset[str]:
    """What this person may do with a claim as it stands."""
    found: set[str] = set()
    if row.is_own and uow.may(Permission.EXPENSE_ENTER):
        found |= {event for event in OWN_EVENTS if can(row.state, event)}
        found |= {"edit"} if row.state in EDITABLE else set()
    if not row.is_own and uow.may(Permission.EXPENSE_APPROVE):
        found |= {event for event in Event if event not in OWN_EVENTS and can(row.state, event)}
    return frozenset(str(one) for one in found)
