"""Budgets."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("category_id", KEY, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_budget_category_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_budget_person_id"),
        sa.UniqueConstraint("month", "place", name="uq_budget_month_place"),
    )
    op.create_index("ix_budget_category_id", "budget", ["category_id"])


def downgrade() -> None:
    op.drop_table("budget")
