"""The rights of month-end, expenses, reports and alerts."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ROLE = sa.table("role", sa.column("id"), sa.column("code"), sa.column("permissions"), sa.column("is_built_in"))
ENTERING, APPROVING, CLOSING, REOPENING = "expense.enter", "expense.approve", "month.close", "month.reopen"
BUDGETS, BOOKS, SCHEDULES, ALERTS = "budget.edit", "books.export", "report.schedule", "alert.edit"
NEW = (ENTERING, APPROVING, CLOSING, REOPENING, BUDGETS, BOOKS, SCHEDULES, ALERTS)
GIVEN = {
    "operator": (ENTERING,),
    "kitchen": (ENTERING,),
    "storekeeper": (ENTERING,),
    "buyer": (ENTERING,),
    "technician": (ENTERING,),
    "manager": NEW,
    "accountant": (ENTERING, APPROVING, CLOSING, BUDGETS, BOOKS, SCHEDULES),
    "administrator": NEW,
}


def store(role_id: int, rights: Iterable[str]) -> None:
    op.get_bind().execute(
        sa.update(ROLE).where(ROLE.c.id == role_id).values(permissions=json.dumps(list(rights), ensure_ascii=False))
    )


def upgrade() -> None:
    for role in op.get_bind().execute(sa.select(ROLE).where(ROLE.c.is_built_in == sa.true())).all():
        held = json.loads(role.permissions)
        missing = [right for right in GIVEN.get(role.code, ()) if right not in held]
        if missing:
            store(role.id, [*held, *missing])


def downgrade() -> None:
    for role in op.get_bind().execute(sa.select(ROLE)).all():
        held = json.loads(role.permissions)
        if any(right in NEW for right in held):
            store(role.id, [right for right in held if right not in NEW])
