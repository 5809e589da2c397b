"""Expense claims, and the kinds of expense every site begins with."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = (
    ("零星采购", "Small purchases"),
    ("市内交通费", "Local transport"),
    ("差旅费", "Travel"),
    ("业务招待费", "Entertainment"),
    ("办公用品", "Office supplies"),
    ("快递运输费", "Postage and freight"),
    ("维修费", "Repairs"),
    ("通讯费", "Telephone and internet"),
    ("培训费", "Training"),
    ("其他", "Other"),
)


def create_expense_kind() -> None:
    op.create_table(
        "expense_kind",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_en", sa.String(60), nullable=False),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("needs_receipt", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expense_kind"),
        sa.UniqueConstraint("name", name="uq_expense_kind_name"),
    )
    columns = ("name", "name_en", "account", "needs_receipt", "is_active", "place", "version")
    kind = sa.table("expense_kind", *(sa.column(name) for name in columns))
    rows = [
        {
            "name": name,
            "name_en": name_en,
            "account": "",
            "needs_receipt": True,
            "is_active": True,
            "place": place,
            "version": 1,
        }
        for place, (name, name_en) in enumerate(KINDS, start=1)
    ]
    op.get_bind().execute(sa.insert(kind), rows)


def create_expense() -> None:
    op.create_table(
        "expense",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.String(400), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=True),
        sa.Column("paid_way", sa.String(20), nullable=False),
        sa.Column("paid_by_id", KEY, nullable=True),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expense"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_expense_person_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name="fk_expense_decided_by_id"),
        sa.ForeignKeyConstraint(["paid_by_id"], ["person.id"], name="fk_expense_paid_by_id"),
        sa.UniqueConstraint("number", name="uq_expense_number"),
    )
    op.create_index("ix_expense_state", "expense", ["state"])
    op.create_index("ix_expense_person_id", "expense", ["person_id"])


def create_expense_line() -> None:
    op.create_table(
        "expense_line",
        sa.Column("expense_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind_id", KEY, nullable=False),
        sa.Column("supplier", sa.String(120), nullable=False),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("booked_on", sa.String(10), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expense_line"),
        sa.ForeignKeyConstraint(["expense_id"], ["expense.id"], name="fk_expense_line_expense_id"),
        sa.ForeignKeyConstraint(["kind_id"], ["expense_kind.id"], name="fk_expense_line_kind_id"),
    )
    op.create_index("ix_expense_line_expense_id", "expense_line", ["expense_id"])
    op.create_index("ix_expense_line_day_amount", "expense_line", ["day", "amount"])
    op.create_index("ix_expense_line_booked_on", "expense_line", ["booked_on"])


def upgrade() -> None:
    create_expense_kind()
    create_expense()
    create_expense_line()


def downgrade() -> None:
    for name in ("expense_line", "expense", "expense_kind"):
        op.drop_table(name)
