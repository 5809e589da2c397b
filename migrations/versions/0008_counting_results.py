"""Counting: what was posted stays on the line; tolerances by item and class; key items."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("stock_count", sa.Column("uncounted", sa.String(6), nullable=True))
    op.add_column("stock_count_line", sa.Column("posted_expected", sa.BigInteger(), nullable=True))
    op.add_column("stock_count_line", sa.Column("posted_value", sa.BigInteger(), nullable=True))
    op.add_column("stock_count_line", sa.Column("book_value", sa.BigInteger(), nullable=True))
    op.add_column("stock_count_line", sa.Column("is_within", sa.Boolean(), nullable=True))
    op.create_table(
        "count_tolerance",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("abc_class", sa.String(1), nullable=False),
        sa.Column("pct", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_count_tolerance"),
        sa.UniqueConstraint("item_id", "abc_class", name="uq_count_tolerance_item_id_abc_class"),
    )
    op.create_table(
        "key_item",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_key_item"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_key_item_item_id"),
    )


def downgrade() -> None:
    op.drop_table("key_item")
    op.drop_table("count_tolerance")
    with op.batch_alter_table("stock_count_line") as table:
        for name in ("is_within", "book_value", "posted_value", "posted_expected"):
            table.drop_column(name)
    with op.batch_alter_table("stock_count") as table:
        table.drop_column("uncounted")
