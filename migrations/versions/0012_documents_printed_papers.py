"""What was printed, and what the site's papers say at the head and foot."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_files() -> None:
    op.create_table(
        "paper_file",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_paper_file"),
    )
    op.create_index("ix_paper_file_last_at", "paper_file", ["last_at"])


def create_printed() -> None:
    op.create_table(
        "printed_paper",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("owner_kind", sa.String(20), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("printer", sa.String(200), nullable=False),
        sa.Column("pages", sa.String(200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("printed_by", sa.String(80), nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_printed_paper"),
    )
    for column in ("number", "sha256", "printed_at", "person_id"):
        op.create_index(f"ix_printed_paper_{column}", "printed_paper", [column])


def upgrade() -> None:
    create_files()
    create_printed()
    op.add_column("site", sa.Column("tax_number", sa.String(60), nullable=False, server_default=""))
    op.add_column("site", sa.Column("paper_foot", sa.String(200), nullable=False, server_default=""))
    op.add_column("site", sa.Column("paper_days", sa.Integer(), nullable=False, server_default="400"))


def downgrade() -> None:
    for column in ("paper_days", "paper_foot", "tax_number"):
        op.drop_column("site", column)
    op.drop_table("printed_paper")
    op.drop_table("paper_file")
