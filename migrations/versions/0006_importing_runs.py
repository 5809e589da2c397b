"""Import runs and the column mappings people chose."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    op.create_index("ix_import_run_sha256", "import_run", ["sha256"])


def create_import_mapping() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("header", sa.String(64), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_mapping"),
        sa.UniqueConstraint("header", name="uq_import_mapping_header"),
    )


def upgrade() -> None:
    create_import_run()
    create_import_mapping()


def downgrade() -> None:
    op.drop_table("import_mapping")
    op.drop_table("import_run")
