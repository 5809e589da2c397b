"""Counts, their lines and every figure entered."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_stock_count() -> None:
    op.create_table(
        "stock_count",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("tolerance_pct", sa.BigInteger(), nullable=False),
        sa.Column("tolerance_amount", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("completed_at", sa.BigInteger(), nullable=True),
        sa.Column("completed_by", KEY, nullable=True),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", KEY, nullable=True),
        sa.Column("posting_id", KEY, nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count"),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_stock_count_created_by"),
        sa.ForeignKeyConstraint(["posting_id"], ["stock_posting.id"], name="fk_stock_count_posting_id"),
        sa.UniqueConstraint("number", name="uq_stock_count_number"),
    )


def create_stock_count_line() -> None:
    op.create_table(
        "stock_count_line",
        sa.Column("count_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("lot_id", KEY, nullable=False),
        sa.Column("counted_qty", sa.BigInteger(), nullable=True),
        sa.Column("expected_qty", sa.BigInteger(), nullable=True),
        sa.Column("ledger_id", KEY, nullable=True),
        sa.Column("counted_at", sa.BigInteger(), nullable=True),
        sa.Column("counted_by", KEY, nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("needs_recount", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count_line"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_stock_count_line_count_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_count_line_item_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_count_line_location_id"),
        sa.UniqueConstraint(
            "count_id",
            "location_id",
            "item_id",
            "lot_id",
            name="uq_stock_count_line_count_id_location_id_item_id_lot_id",
        ),
    )
    op.create_index("ix_stock_count_line_item_id", "stock_count_line", ["item_id"])


def create_stock_count_tally() -> None:
    op.create_table(
        "stock_count_tally",
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count_tally"),
        sa.ForeignKeyConstraint(["line_id"], ["stock_count_line.id"], name="fk_stock_count_tally_line_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_stock_count_tally_person_id"),
    )
    op.create_index("ix_stock_count_tally_line_id", "stock_count_tally", ["line_id"])


def upgrade() -> None:
    create_stock_count()
    create_stock_count_line()
    create_stock_count_tally()


def downgrade() -> None:
    op.drop_table("stock_count_tally")
    op.drop_table("stock_count_line")
    op.drop_table("stock_count")
