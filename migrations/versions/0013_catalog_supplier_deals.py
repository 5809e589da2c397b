"""Suppliers: currency, tax, terms of payment, delivery days, tolerances, bank; contacts, closed days; validity of prices."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def _whole(name: str, default: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=default)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _millionths(name: str, default: str | None = None, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable, server_default=default)


def supplier_columns() -> list[sa.Column[int] | sa.Column[str] | sa.Column[bool]]:
    return [
        sa.Column("currency", sa.String(3), nullable=False, server_default="CNY"),
        _text("tax_number", 60),
        _flag("prices_incl_tax"),
        _millionths("tax_rate"),
        _whole("payment_days", "30"),
        _flag("payment_end_of_month"),
        _whole("delivery_days", "0"),
        sa.Column("cutoff_time", sa.String(5), nullable=True),
        _whole("lead_days", "1"),
        _millionths("minimum_value"),
        _millionths("monthly_budget"),
        _millionths("over_tolerance", "0", nullable=False),
        _millionths("short_tolerance", "0", nullable=False),
        _millionths("price_jump_percent", "20000000", nullable=False),
        _millionths("match_percent", "2000000"),
        _millionths("match_amount"),
        _flag("is_blocked"),
        _text("block_note", 400),
        _text("iban", 34),
        _text("bic", 11),
        _text("bank_name", 120),
        _text("bank_account", 60),
    ]


def create_tables() -> None:
    op.create_table(
        "supplier_contact",
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("role", sa.String(80), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("email", sa.String(120), nullable=False),
        sa.Column("gets_orders", sa.Boolean(), nullable=False),
        sa.Column("gets_claims", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_contact_supplier_id_supplier"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_contact"),
    )
    op.create_index("ix_supplier_contact_supplier_id", "supplier_contact", ["supplier_id"])
    op.create_table(
        "supplier_closed_day",
        sa.Column("supplier_id", KEY, autoincrement=False, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_closed_day_supplier_id_supplier"),
        sa.PrimaryKeyConstraint("supplier_id", "day", name="pk_supplier_closed_day"),
    )


def upgrade() -> None:
    for column in supplier_columns():
        op.add_column("supplier", column)
    op.add_column("supplier_term", sa.Column("valid_from", sa.String(10), nullable=True))
    op.add_column("supplier_term", sa.Column("valid_to", sa.String(10), nullable=True))
    op.add_column("price_history", sa.Column("currency", sa.String(3), nullable=False, server_default="CNY"))
    for table in ("supplier", "price_history"):
        op.execute(f"UPDATE {table} SET currency = COALESCE((SELECT MIN(currency) FROM site), currency)")
    create_tables()


def downgrade() -> None:
    op.drop_table("supplier_closed_day")
    op.drop_index("ix_supplier_contact_supplier_id", "supplier_contact")
    op.drop_table("supplier_contact")
    op.drop_column("price_history", "currency")
    for column in ("valid_to", "valid_from"):
        op.drop_column("supplier_term", column)
    for added in reversed(supplier_columns()):
        op.drop_column("supplier", str(added.name))
