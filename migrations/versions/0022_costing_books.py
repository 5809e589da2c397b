"""Accounts and journals."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_rules() -> None:
    op.create_table(
        "book_rules",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("voucher_word", sa.String(10), nullable=False),
        sa.Column("grain", sa.String(10), nullable=False),
        sa.Column("accruals", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_rules"),
    )
    op.create_table(
        "book_account",
        sa.Column("use", sa.String(20), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_account"),
        sa.UniqueConstraint("use", "key", name="uq_book_account_use_key"),
    )


def create_months() -> None:
    op.create_table(
        "book_month",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("closing_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("vouchers", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_month"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_book_month_person_id"),
        sa.UniqueConstraint("month", name="uq_book_month_month"),
    )
    op.create_table(
        "book_line",
        sa.Column("month_id", KEY, nullable=False),
        sa.Column("voucher", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(120), nullable=False),
        sa.Column("use", sa.String(20), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("supplier_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier_code", sa.String(40), nullable=False),
        sa.Column("supplier_name", sa.String(200), nullable=False),
        sa.Column("section", sa.String(120), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_book_line"),
        sa.ForeignKeyConstraint(["month_id"], ["book_month.id"], name="fk_book_line_month_id"),
    )
    op.create_index("ix_book_line_kind_source_id", "book_line", ["kind", "source_id"])
    op.create_index("ix_book_line_month_id", "book_line", ["month_id"])


def upgrade() -> None:
    create_rules()
    create_months()


def downgrade() -> None:
    for name in ("book_line", "book_month", "book_account", "book_rules"):
        op.drop_table(name)
