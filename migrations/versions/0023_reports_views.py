"""Saved views of reports and pivots, schedules and their runs."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_views() -> None:
    op.create_table(
        "report_view",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_report_view_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_view"),
        sa.UniqueConstraint("person_id", "name", name="uq_report_view_person_id_name"),
    )


def create_schedules() -> None:
    op.create_table(
        "report_schedule",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("report", sa.String(60), nullable=False),
        sa.Column("view_id", KEY, nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("rhythm", sa.String(20), nullable=False),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("month_day", sa.Integer(), nullable=False),
        sa.Column("at_time", sa.String(5), nullable=False),
        sa.Column("target", sa.String(10), nullable=False),
        sa.Column("folder", sa.String(400), nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("counted_from", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_report_schedule_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_schedule"),
        sa.UniqueConstraint("name", name="uq_report_schedule_name"),
    )


def create_runs() -> None:
    op.create_table(
        "report_run",
        sa.Column("schedule_id", KEY, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.String(600), nullable=False),
        sa.Column("mail_id", KEY, nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["schedule_id"], ["report_schedule.id"], name="fk_report_run_schedule_id"),
        sa.ForeignKeyConstraint(["mail_id"], ["mail_outbox.id"], name="fk_report_run_mail_id"),
        sa.PrimaryKeyConstraint("id", name="pk_report_run"),
        sa.UniqueConstraint("schedule_id", "due_at", name="uq_report_run_schedule_id_due_at"),
    )
    op.create_index("ix_report_run_state", "report_run", ["state", "next_at"])


def upgrade() -> None:
    create_views()
    create_schedules()
    create_runs()


def downgrade() -> None:
    op.drop_table("report_run")
    op.drop_table("report_schedule")
    op.drop_table("report_view")
