"""Items, units, codes, suppliers and policies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_category() -> None:
    op.create_table(
        "category",
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_en", sa.String(80), nullable=False),
        sa.Column("path", sa.String(400), nullable=False),
        sa.Column("code_prefix", sa.String(20), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_category"),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name="fk_category_parent_id"),
        sa.UniqueConstraint("path", name="uq_category_path"),
    )


def create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.Column("dimension", sa.String(10), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_unit"),
    )


def create_item() -> None:
    op.create_table(
        "item",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("aliases", sa.String(400), nullable=False),
        sa.Column("spec", sa.String(200), nullable=False),
        sa.Column("brand", sa.String(80), nullable=False),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("category_id", KEY, nullable=True),
        sa.Column("base_unit", sa.String(20), nullable=False),
        sa.Column("purchase_unit", sa.String(20), nullable=False),
        sa.Column("issue_unit", sa.String(20), nullable=False),
        sa.Column("count_unit", sa.String(20), nullable=False),
        sa.Column("storage_kind", sa.String(10), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("opened_life_days", sa.Integer(), nullable=True),
        sa.Column("allergens", sa.Text(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=True),
        sa.Column("sale_price", sa.BigInteger(), nullable=True),
        sa.Column("cost_method", sa.String(10), nullable=False),
        sa.Column("standard_cost", sa.BigInteger(), nullable=True),
        sa.Column("lot_tracked", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("abc_class", sa.String(1), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.String(200), nullable=False),
        sa.Column("merged_into_id", KEY, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_item_category_id"),
        sa.UniqueConstraint("code", name="uq_item_code"),
    )
    op.create_index("ix_item_category_id", "item", ["category_id"])
    op.create_index("ix_item_sort_key", "item", ["sort_key"])


def create_item_search() -> None:
    op.create_table(
        "item_search",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_search"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_search_item_id"),
    )


def create_item_unit() -> None:
    op.create_table(
        "item_unit",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "unit", name="pk_item_unit"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_unit_item_id"),
    )


def create_supplier() -> None:
    op.create_table(
        "supplier",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(80), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("email", sa.String(120), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("code", name="uq_supplier_code"),
    )


def create_barcode() -> None:
    op.create_table(
        "barcode",
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.Column("valid_to", sa.String(10), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_barcode"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_barcode_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_barcode_supplier_id"),
        sa.UniqueConstraint("code", name="uq_barcode_code"),
    )
    op.create_index("ix_barcode_item_id", "barcode", ["item_id"])


def create_supplier_term() -> None:
    op.create_table(
        "supplier_term",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("supplier_code", sa.String(60), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("minimum_qty", sa.BigInteger(), nullable=True),
        sa.Column("multiple_qty", sa.BigInteger(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_term"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_supplier_term_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_term_supplier_id"),
        sa.UniqueConstraint("item_id", "supplier_id", name="uq_supplier_term_item_id_supplier_id"),
    )
    op.create_index("ix_supplier_term_supplier_id", "supplier_term", ["supplier_id"])


def create_price_break() -> None:
    op.create_table(
        "price_break",
        sa.Column("term_id", KEY, nullable=False),
        sa.Column("from_qty", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_price_break"),
        sa.ForeignKeyConstraint(["term_id"], ["supplier_term.id"], name="fk_price_break_term_id"),
    )
    op.create_index("ix_price_break_term_id", "price_break", ["term_id"])


def create_price_history() -> None:
    op.create_table(
        "price_history",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_price_history"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_price_history_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_price_history_supplier_id"),
    )
    op.create_index("ix_price_history_item_id_at", "price_history", ["item_id", "at"])


def create_stock_policy() -> None:
    op.create_table(
        "stock_policy",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=True),
        sa.Column("safety", sa.BigInteger(), nullable=True),
        sa.Column("maximum", sa.BigInteger(), nullable=True),
        sa.Column("par", sa.BigInteger(), nullable=True),
        sa.Column("reorder_point", sa.BigInteger(), nullable=True),
        sa.Column("order_qty", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_policy"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_policy_item_id"),
        sa.UniqueConstraint("item_id", "location_id", name="uq_stock_policy_item_id_location_id"),
    )


def create_substitute() -> None:
    op.create_table(
        "substitute",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("substitute_id", KEY, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_substitute"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_substitute_item_id"),
        sa.ForeignKeyConstraint(["substitute_id"], ["item.id"], name="fk_substitute_substitute_id"),
        sa.UniqueConstraint("item_id", "substitute_id", name="uq_substitute_item_id_substitute_id"),
    )
    op.create_index("ix_substitute_substitute_id", "substitute", ["substitute_id"])


def upgrade() -> None:
    create_category()
    create_unit()
    create_item()
    create_item_search()
    create_item_unit()
    create_supplier()
    create_barcode()
    create_supplier_term()
    create_price_break()
    create_price_history()
    create_stock_policy()
    create_substitute()


def downgrade() -> None:
    op.drop_table("substitute")
    op.drop_table("stock_policy")
    op.drop_table("price_history")
    op.drop_table("price_break")
    op.drop_table("supplier_term")
    op.drop_table("barcode")
    op.drop_table("supplier")
    op.drop_table("item_unit")
    op.drop_table("item_search")
    op.drop_table("item")
    op.drop_table("unit")
    op.drop_table("category")
