"""Building blocks: the lines of a claim checked and written, with their receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select, update

from core import documents
from core.errors import CoreError, InvalidInput, Refused
from core.expenses.steps.stored import RECEIPT_OF, E, L, lines_of, today
from core.expenses.types import NewExpense, NewExpenseLine, NewReceipt
from core.i18n import _
from core.uow import UnitOfWork
from core.values import to_minor
from db.documents import Attachment
from db.expenses import ExpenseKind

MOST_LINES = 100
MOST_RECEIPTS = 20
PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
LONGEST = {"supplier": 120, "document": 60, "note": 200}
LONGEST_PURPOSE = 200


def check_lines(uow: UnitOfWork, lines: Sequence[NewExpenseLine]) -> list[NewExpenseLine]:
    """The lines with clean words. Raises InvalidInput or Refused with the row that is wrong."""
    if not lines:
        raise InvalidInput(_("Nothing is claimed yet. Add what was paid."), field="lines")
    if len(lines) > MOST_LINES:
        raise InvalidInput(_("At most {n} lines fit on one paper.", n=MOST_LINES), field="lines")
    kinds = {row.id: row.is_active for row in uow.sql.execute(select(ExpenseKind.id, ExpenseKind.is_active))}
    kept = {row.id: row.kind_id for row in _stored(uow, [line.line_id for line in lines if line.line_id])}
    checked = []
    for number, line in enumerate(lines, start=1):
        try:
            _check(uow, line, is_kind=kinds.get(line.kind_id, False) or kept.get(line.line_id) == line.kind_id)
            checked.append(_clean(line))
        except CoreError as fault:
            raise fault.in_row(number) from None
    return checked


def _stored(uow: UnitOfWork, ids: Sequence[int]) -> list[Any]:
    return list(uow.sql.execute(select(L.id, L.kind_id).where(L.id.in_(ids)))) if ids else []


def _check(uow: UnitOfWork, line: NewExpenseLine, *, is_kind: bool) -> None:
    if not is_kind:
        raise Refused(_("This kind of expense is retired or not there. Choose another one."), field="kind_id")
    if line.day > today(uow):
        raise InvalidInput(_("{day} has not come yet. Write the day on the receipt.", day=line.day), field="day")
    if line.amount <= 0:
        raise InvalidInput(_("The amount must be above zero."), field="amount")
    to_minor(line.amount, uow.site.digits)
    if not 0 <= line.tax < line.amount:
        raise InvalidInput(_("The tax is part of the amount: at least 0 and less than the amount."), field="tax")
    try:
        to_minor(line.tax, uow.site.digits)
    except InvalidInput as fault:
        raise InvalidInput(fault.text, field="tax") from None
    if len(line.receipts) > MOST_RECEIPTS:
        raise InvalidInput(_("At most {n} receipts belong to one line.", n=MOST_RECEIPTS), field="receipts")


def _clean(line: NewExpenseLine) -> NewExpenseLine:
    words = {name: " ".join(str(getattr(line, name)).split()) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(words[name]) > most:
            raise InvalidInput(
                _("“{text}” is too long: at most {most} characters.", text=words[name][:30] + "…", most=most),
                field=name,
            )
    return replace(line, **words)  # type: ignore[arg-type]


def write_lines(uow: UnitOfWork, expense_id: int, new: NewExpense, lines: Sequence[NewExpenseLine]) -> None:
    """Make the lines of a claim what a form says: known ones are changed, others made, those not named go, receipts too.

    Raises InvalidInput with the row for a receipt that cannot be kept, NotFound is never raised: a line of another claim
    counts as new.
    """
    digits = uow.site.digits
    there = {row.id for row in lines_of(uow, expense_id)}
    staying = {line.line_id for line in lines} & there
    drop_lines(uow, sorted(there - staying))
    if new.removed:
        mine = (Attachment.owner_kind == RECEIPT_OF, Attachment.owner_id.in_(sorted(staying)))
        uow.sql.execute(delete(Attachment).where(*mine, Attachment.id.in_(new.removed)))
    for number, line in enumerate(lines, start=1):
        values = {
            "line": number, "day": line.day, "kind_id": line.kind_id, "supplier": line.supplier,
            "document": line.document, "note": line.note,
            "amount": to_minor(line.amount, digits), "tax": to_minor(line.tax, digits),
        }  # fmt: skip
        if line.line_id in staying:
            uow.sql.execute(update(L).where(L.id == line.line_id).values(**values))
            line_id = line.line_id
        else:
            made = insert(L).values(expense_id=expense_id, **values).returning(L.id)
            line_id = int(uow.sql.execute(made).scalar_one())
        for receipt in line.receipts:
            try:
                keep_receipt(uow, line_id, receipt)
            except CoreError as fault:
                raise fault.in_row(number) from None
    total, tax = sum_of(uow, lines)
    uow.sql.execute(update(E).where(E.id == expense_id).values(total=total, tax=tax))


def sum_of(uow: UnitOfWork, lines: Sequence[NewExpenseLine]) -> tuple[int, int]:
    """What lines come to, and the tax in it, in minor units."""
    digits = uow.site.digits
    total = sum((line.amount for line in lines), Decimal(0))
    return to_minor(total, digits), to_minor(sum((line.tax for line in lines), Decimal(0)), digits)


def drop_lines(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Lines go, and their receipts with them."""
    if ids:
        uow.sql.execute(delete(Attachment).where(Attachment.owner_kind == RECEIPT_OF, Attachment.owner_id.in_(ids)))
        uow.sql.execute(delete(L).where(L.id.in_(ids)))


def keep_receipt(uow: UnitOfWork, line_id: int, receipt: NewReceipt) -> int:
    """Keep a receipt with a line; a picture at 1600 pixels at most, without what the camera wrote into it (where it was
    taken). Answers its id. Raises InvalidInput as `documents.attach_file`."""
    is_picture = receipt.content.startswith(PICTURE_STARTS) or receipt.content[8:12] == b"WEBP"
    return documents.attach_file(
        uow, owner_kind=RECEIPT_OF, owner_id=line_id, name=receipt.name, content=receipt.content, is_photo=is_picture
    )
