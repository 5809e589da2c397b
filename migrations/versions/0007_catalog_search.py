"""Search by code, name and initials apart; English paths; codes and sort keys in the same order on every database."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def sortable(length: int | None = None) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("category", sa.Column("path_en", sa.String(400), nullable=False, server_default=""))
    op.execute("UPDATE category SET path_en = path")
    op.drop_table("item_search")
    op.create_table(
        "item_search",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("code", sortable(40), nullable=False),
        sa.Column("name", sortable(200), nullable=False),
        sa.Column("initials", sortable(200), nullable=False),
        sa.Column("sort_key", sortable(200), nullable=False),
        sa.Column("words", sortable(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_search"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_search_item_id"),
    )
    op.execute(
        "INSERT INTO item_search (item_id, is_active, code, name, initials, sort_key, words) "
        "SELECT id, is_active, lower(code), lower(name), '', sort_key, "
        "lower('\n' || code || '\n' || name || '\n' || name_en || '\n' || aliases || '\n') FROM item"
    )
    _collate("C")


def downgrade() -> None:
    _collate(None)
    op.drop_table("item_search")
    op.create_table(
        "item_search",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_search"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_search_item_id"),
    )
    op.execute(
        "INSERT INTO item_search (item_id, words) SELECT id, lower(code || '\n' || name || '\n' || name_en) FROM item"
    )
    op.drop_column("category", "path_en")


def _collate(collation: str | None) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("item", "code", type_=sa.String(40, collation=collation))
        op.alter_column("item", "sort_key", type_=sa.String(200, collation=collation))
