"""Months and their closing."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "month_closing",
    "month_reopening",
    "month_closing_item",
    "month_closing_category",
    "month_closing_unit",
    "month_closing_waste",
    "month_closing_count",
    "month_closing_accrual",
    "month_closing_check",
)


def create_month_closing() -> None:
    op.create_table(
        "month_closing",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("ledger_posting_id", KEY, nullable=False),
        sa.Column("ledger_hash", sa.String(64), nullable=False),
        sa.Column("rows_hash", sa.String(64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("stock_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_month_closing"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_month_closing_person_id"),
        sa.UniqueConstraint("number", name="uq_month_closing_number"),
    )
    op.create_index("ix_month_closing_month", "month_closing", ["month"])


def create_month_reopening() -> None:
    op.create_table(
        "month_reopening",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("reason", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", name="pk_month_reopening"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_reopening_closing_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_month_reopening_person_id"),
    )


def create_month_closing_item() -> None:
    op.create_table(
        "month_closing_item",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("category_id", KEY, nullable=False),
        sa.Column("opening_qty", sa.BigInteger(), nullable=False),
        sa.Column("receipts_qty", sa.BigInteger(), nullable=False),
        sa.Column("other_in_qty", sa.BigInteger(), nullable=False),
        sa.Column("usage_qty", sa.BigInteger(), nullable=False),
        sa.Column("waste_qty", sa.BigInteger(), nullable=False),
        sa.Column("adjustments_qty", sa.BigInteger(), nullable=False),
        sa.Column("other_out_qty", sa.BigInteger(), nullable=False),
        sa.Column("closing_qty", sa.BigInteger(), nullable=False),
        sa.Column("opening_value", sa.BigInteger(), nullable=False),
        sa.Column("receipts_value", sa.BigInteger(), nullable=False),
        sa.Column("other_in_value", sa.BigInteger(), nullable=False),
        sa.Column("usage_value", sa.BigInteger(), nullable=False),
        sa.Column("waste_value", sa.BigInteger(), nullable=False),
        sa.Column("adjustments_value", sa.BigInteger(), nullable=False),
        sa.Column("other_out_value", sa.BigInteger(), nullable=False),
        sa.Column("closing_value", sa.BigInteger(), nullable=False),
        sa.Column("variance", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "item_id", name="pk_month_closing_item"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_item_closing_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_month_closing_item_item_id"),
    )


def create_month_closing_category() -> None:
    op.create_table(
        "month_closing_category",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("category_id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_en", sa.String(80), nullable=False),
        sa.Column("path", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "category_id", name="pk_month_closing_category"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_category_closing_id"),
    )


def create_month_closing_unit() -> None:
    op.create_table(
        "month_closing_unit",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "code", name="pk_month_closing_unit"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_unit_closing_id"),
    )


def create_month_closing_waste() -> None:
    op.create_table(
        "month_closing_waste",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.Column("report_group", sa.String(20), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "reason", name="pk_month_closing_waste"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_waste_closing_id"),
    )


def create_month_closing_count() -> None:
    op.create_table(
        "month_closing_count",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("gain", sa.BigInteger(), nullable=False),
        sa.Column("loss", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "item_id", name="pk_month_closing_count"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_count_closing_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_month_closing_count_item_id"),
    )


def create_month_closing_accrual() -> None:
    op.create_table(
        "month_closing_accrual",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("entry_id", KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("supplier", sa.String(200), nullable=False),
        sa.Column("supplier_en", sa.String(200), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("open_qty", sa.BigInteger(), nullable=False),
        sa.Column("accrued", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("matched", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "entry_id", name="pk_month_closing_accrual"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_accrual_closing_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["stock_entry.id"], name="fk_month_closing_accrual_entry_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_month_closing_accrual_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_month_closing_accrual_supplier_id"),
    )


def create_month_closing_check() -> None:
    op.create_table(
        "month_closing_check",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("closing_id", "kind", name="pk_month_closing_check"),
        sa.ForeignKeyConstraint(["closing_id"], ["month_closing.id"], name="fk_month_closing_check_closing_id"),
    )


def guard(table: str) -> None:
    """What a closing stored is never changed and never deleted."""
    if op.get_bind().dialect.name == "sqlite":
        for word in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{word} BEFORE {word.upper()} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'a closed month is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def upgrade() -> None:
    create_month_closing()
    create_month_reopening()
    create_month_closing_item()
    create_month_closing_category()
    create_month_closing_unit()
    create_month_closing_waste()
    create_month_closing_count()
    create_month_closing_accrual()
    create_month_closing_check()
    for table in TABLES:
        guard(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
