"""People, receipts and claims for tests of expenses."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from core import expenses, identity
from core.clock import day_ends_at
from core.expenses import ExpenseSaved, NewExpense, NewExpenseLine, NewReceipt
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from db.identity import Site
from tests.helpers.sites import ADMIN, PASSWORD

D = Decimal


@command(None)
def close_books_for_test(uow: UnitOfWork, *, last: date) -> None:
    """Close the books up to a day, as closing a month does."""
    until = day_ends_at(last, uow.site.zone, uow.site.day_start_hour)
    uow.sql.execute(update(Site).values(closed_until=until))


def add_person(office: Office, name: str, role: str) -> None:
    """A person with one built-in role (by its English name)."""
    role_id = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == role)
    office.do(identity.add_person, new=NewPerson(name, password=PASSWORD, roles=(RoleGrant(role_id),)))


@contextmanager
def signed_in(office: Office, name: str) -> Iterator[Office]:
    """Somebody else at the PC for a while; afterwards the administrator again."""
    office.sign_in(name, PASSWORD)
    yield office
    office.sign_in(ADMIN, PASSWORD)


def picture(colour: tuple[int, int, int] = (200, 180, 160), name: str = "till.png") -> NewReceipt:
    """A photograph of a receipt; another colour is another receipt."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 500), colour).save(out, "PNG")
    return NewReceipt(name, out.getvalue())


def line(day: str = "2026-03-03", amount: str = "58.00", **over: Any) -> NewExpenseLine:
    """A line of the first kind."""
    fields: dict[str, Any] = {"kind_id": 1, "supplier": "盒马", "receipts": (picture(),), **over}
    return NewExpenseLine(day=date.fromisoformat(day), amount=D(amount), **fields)


def claim(office: Office, *lines: NewExpenseLine, **over: Any) -> ExpenseSaved:
    """A claim that waits for approval, questions answered yes."""
    yes = frozenset({"expense.receipts", "expense.doubts", "expense.closed", "expense.old"})
    fields: dict[str, Any] = {"is_submitted": True, "confirmed": yes, **over}
    return office.do(expenses.create_expense, new=NewExpense(lines or (line(),), "买菜"), **fields)
