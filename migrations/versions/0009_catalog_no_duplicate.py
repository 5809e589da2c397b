"""Catalog: pairs of items that are not one, so that they are not proposed again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "no_duplicate",
        sa.Column("first_id", KEY, nullable=False),
        sa.Column("second_id", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_no_duplicate"),
        sa.ForeignKeyConstraint(["first_id"], ["item.id"], name="fk_no_duplicate_first_id"),
        sa.ForeignKeyConstraint(["second_id"], ["item.id"], name="fk_no_duplicate_second_id"),
        sa.UniqueConstraint("first_id", "second_id", name="uq_no_duplicate_first_id_second_id"),
    )
    op.create_index("ix_no_duplicate_second_id", "no_duplicate", ["second_id"])


def downgrade() -> None:
    op.drop_table("no_duplicate")
