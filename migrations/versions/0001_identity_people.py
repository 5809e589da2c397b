"""The site, its people and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_site() -> None:
    op.create_table(
        "site",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("phone", sa.String(60), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("day_start_hour", sa.Integer(), nullable=False),
        sa.Column("cost_method", sa.String(10), nullable=False),
        sa.Column("closed_until", sa.BigInteger(), nullable=True),
        sa.Column("lock_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
    )


def create_person() -> None:
    op.create_table(
        "person",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("pin_hash", sa.String(200), nullable=False),
        sa.Column("badge", sa.String(80), nullable=True),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("badge", name="uq_person_badge"),
        sa.UniqueConstraint("name", name="uq_person_name"),
    )


def create_role() -> None:
    op.create_table(
        "role",
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_en", sa.String(80), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("is_built_in", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("code", name="uq_role_code"),
    )


def create_person_role() -> None:
    op.create_table(
        "person_role",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("role_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_role"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_person_role_person_id"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_person_role_role_id"),
        sa.UniqueConstraint("person_id", "role_id", "location_id", name="uq_person_role_person_id_role_id_location_id"),
    )
    op.create_index("ix_person_role_person_id", "person_role", ["person_id"])


def create_approval_rule() -> None:
    op.create_table(
        "approval_rule",
        sa.Column("subject", sa.String(20), nullable=False),
        sa.Column("limit_amount", sa.BigInteger(), nullable=False),
        sa.Column("role_id", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approval_rule"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_approval_rule_role_id"),
        sa.UniqueConstraint("subject", name="uq_approval_rule_subject"),
    )


def create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("person_name", sa.String(80), nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("command", sa.String(80), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("topics", sa.String(400), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.UniqueConstraint("request_id", name="uq_journal_request_id"),
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_command", "journal", ["command"])
    op.create_index("ix_journal_person_id_at", "journal", ["person_id", "at"])


def upgrade() -> None:
    create_site()
    create_person()
    create_role()
    create_person_role()
    create_approval_rule()
    create_journal()


def downgrade() -> None:
    op.drop_table("journal")
    op.drop_table("approval_rule")
    op.drop_table("person_role")
    op.drop_table("role")
    op.drop_table("person")
    op.drop_table("site")
