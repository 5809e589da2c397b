"""What a person can do with the list of kinds of expense."""

from __future__ import annotations

from sqlalchemy import func, insert, select, update

from core.edits import merge_edit
from core.errors import InvalidInput, NotFound
from core.expenses.types import NewExpenseKind
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission
from db.expenses import ExpenseKind

K = ExpenseKind
LONGEST = 60


@command(Permission.EXPENSE_APPROVE)
def add_expense_kind(uow: UnitOfWork, *, new: NewExpenseKind) -> int:
    """Add a kind of expense.

    Answers its id. Raises InvalidInput without a name or with one that is there.
    """
    values = _checked(uow, new)
    place = int(uow.sql.execute(select(func.coalesce(func.max(K.place), 0))).scalar_one()) + 1
    return int(uow.sql.execute(insert(K).values(place=place, version=1, **values).returning(K.id)).scalar_one())


@command(Permission.EXPENSE_APPROVE)
def update_expense_kind(
    uow: UnitOfWork, *, kind_id: int, version: int, new: NewExpenseKind, base: NewExpenseKind | None = None
) -> int:
    """Change a kind of expense.

    Or retire it; `base` is what the form had shown. Claims keep it. Answers the new version. Raises Conflict by field,
    InvalidInput, NotFound.
    """
    row = uow.sql.execute(select(K.__table__).where(K.id == kind_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such kind of expense."), field="kind_id")
    values = _checked(uow, new, own=kind_id)
    seen = None if base is None else _fields(base)
    touched = {name: value for name, value in values.items() if seen is None or seen[name] != value}
    stored = {name: getattr(row, name) for name in values}
    wanted = merge_edit(changes=touched, base=seen, stored=stored, is_stale=row.version != version)
    if not wanted:
        return int(row.version)
    uow.sql.execute(update(K).where(K.id == kind_id).values(version=row.version + 1, **wanted))
    uow.note(name=row.name, changes={name: [stored[name], value] for name, value in wanted.items()})
    return int(row.version) + 1


def _checked(uow: UnitOfWork, new: NewExpenseKind, own: int = 0) -> dict[str, object]:
    values = _fields(new)
    if not values["name"]:
        raise InvalidInput(_("A kind of expense needs a name."), field="name")
    for name in ("name", "name_en", "account"):
        if len(str(values[name])) > LONGEST:
            raise InvalidInput(
                _("“{text}” is too long: at most {most} characters.", text=str(values[name])[:30] + "…", most=LONGEST),
                field=name,
            )
    there = select(K.id).where(func.lower(K.name) == str(values["name"]).lower(), K.id != own)
    if uow.sql.execute(there).first() is not None:
        raise InvalidInput(_("There is a kind {name} already.", name=values["name"]), field="name")
    return values


def _fields(new: NewExpenseKind) -> dict[str, object]:
    words = {name: " ".join(str(getattr(new, name)).split()) for name in ("name", "name_en", "account")}
    return {**words, "needs_receipt": new.needs_receipt, "is_active": new.is_active}
