"""Rules of alerts, their inbox and channels."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RULES = sa.table(
    "alert_rule",
    *(
        sa.column(name)
        for name in (
            "kind", "name", "is_on", "urgency", "limits", "roles", "people", "channels", "ignores_quiet", "is_removed",
            "version",
        )
    ),
)  # fmt: skip
ADMIN = ["administrator"]
STORE, BUY = ["storekeeper", "manager", *ADMIN], ["buyer", "manager", *ADMIN]
COOK, BOOKS = ["kitchen", "storekeeper", "manager", *ADMIN], ["accountant", "manager", *ADMIN]
FIRST: tuple[tuple[str, str, dict[str, str], list[str]], ...] = (
    ("below_safety", "urgent", {}, ["buyer", "storekeeper", "manager", *ADMIN]),
    ("negative_stock", "urgent", {}, STORE),
    ("running_out", "high", {"days": "3", "usage_days": "28"}, BUY),
    ("above_maximum", "normal", {}, BUY),
    ("not_moved", "low", {"days": "180", "amount": "0"}, BUY),
    ("expiry", "high", {"days": "3"}, COOK),
    ("count_difference", "high", {"percent": "5", "amount": "0", "days": "14"}, STORE),
    ("supplier_late", "high", {"days": "2"}, BUY),
    ("in_transit", "normal", {"days": "2"}, STORE),
    ("price_jump", "high", {"percent": "20", "days": "14"}, BUY),
    ("unusual", "normal", {"days": "7"}, ["manager", *ADMIN]),
    ("budget_trend", "high", {}, BOOKS),
    ("month_open", "normal", {"days": "5"}, BOOKS),
    ("schedule_failed", "normal", {}, ["manager", *ADMIN]),
    ("mail_stuck", "high", {"hours": "2"}, ["buyer", *ADMIN]),
    ("backup_old", "high", {"hours": "48"}, ADMIN),
)


def create_settings() -> None:
    op.create_table(
        "alert_settings",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=False),
        sa.Column("quiet_to", sa.String(5), nullable=False),
        sa.Column("urgent_breaks", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_settings"),
    )


def create_rule() -> None:
    op.create_table(
        "alert_rule",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("urgency", sa.String(8), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("channels", sa.Text(), nullable=False),
        sa.Column("ignores_quiet", sa.Boolean(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_rule"),
    )


def create_alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("rule_id", KEY, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("urgency", sa.String(8), nullable=False),
        sa.Column("subject_kind", sa.String(16), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("subject_part", sa.String(60), nullable=False),
        sa.Column("is_live", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("snoozed_until", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_alert_decided_by"),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rule.id"], name="fk_alert_rule_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("rule_id", "subject_kind", "subject_id", "subject_part", "is_live", name="uq_alert_live"),
    )
    op.create_index("ix_alert_closed_at", "alert", ["closed_at"])
    op.create_index("ix_alert_state", "alert", ["state", "kind"])


def create_history() -> None:
    op.create_table(
        "alert_history",
        sa.Column("alert_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(12), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_history_alert_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alert_history_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_history"),
    )
    op.create_index("ix_alert_history_alert_id", "alert_history", ["alert_id"])


def create_read() -> None:
    op.create_table(
        "alert_read",
        sa.Column("alert_id", KEY, autoincrement=False, nullable=False),
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_read_alert_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alert_read_person_id"),
        sa.PrimaryKeyConstraint("alert_id", "person_id", name="pk_alert_read"),
    )


def create_contact() -> None:
    op.create_table(
        "alert_contact",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_alert_contact_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_alert_contact"),
    )


def create_channel() -> None:
    op.create_table(
        "alert_channel",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("shown", sa.String(200), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("to_people", sa.Boolean(), nullable=False),
        sa.Column("is_repeatable", sa.Boolean(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_channel"),
    )


def create_message() -> None:
    op.create_table(
        "alert_message",
        sa.Column("channel_id", KEY, nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("alerts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("mail_id", KEY, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["alert_channel.id"], name="fk_alert_message_channel_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_alert_message_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_message"),
        sa.UniqueConstraint("key", name="uq_alert_message_key"),
    )
    op.create_index("ix_alert_message_channel_id", "alert_message", ["channel_id"])
    op.create_index("ix_alert_message_state", "alert_message", ["state", "next_at"])


def create_delivery() -> None:
    op.create_table(
        "alert_delivery",
        sa.Column("alert_id", KEY, nullable=False),
        sa.Column("channel_id", KEY, nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("message_id", KEY, nullable=True),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_delivery_alert_id"),
        sa.ForeignKeyConstraint(["channel_id"], ["alert_channel.id"], name="fk_alert_delivery_channel_id"),
        sa.ForeignKeyConstraint(["message_id"], ["alert_message.id"], name="fk_alert_delivery_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_delivery"),
        sa.UniqueConstraint(
            "alert_id", "channel_id", "address", "round", name="uq_alert_delivery_alert_id_channel_id_address_round"
        ),
    )
    op.create_index("ix_alert_delivery_due_at", "alert_delivery", ["message_id", "is_dropped", "due_at"])
    op.create_index("ix_alert_delivery_message_id", "alert_delivery", ["message_id"])


def upgrade() -> None:
    create_settings()
    create_rule()
    create_alerts()
    create_history()
    create_read()
    create_contact()
    create_channel()
    create_message()
    create_delivery()
    if op.get_bind().execute(sa.text("SELECT count(*) FROM site")).scalar():
        seed()


def seed() -> None:
    settings = sa.table(
        "alert_settings", *(sa.column(name) for name in ("id", "urgent_breaks", "version", "quiet_from", "quiet_to"))
    )
    op.get_bind().execute(sa.insert(settings).values(id=1, quiet_from="", quiet_to="", urgent_breaks=True, version=1))
    for kind, urgency, limits, roles in FIRST:
        row = {
            "kind": kind, "name": "", "is_on": True, "urgency": urgency, "limits": json.dumps(limits),
            "roles": json.dumps(roles), "people": "[]", "channels": "[]", "ignores_quiet": False, "is_removed": False,
            "version": 1,
        }  # fmt: skip
        op.get_bind().execute(sa.insert(RULES).values(**row))


def downgrade() -> None:
    for table in ("delivery", "message", "channel", "contact", "read", "history"):
        op.drop_table(f"alert_{table}")
    op.drop_table("alert")
    op.drop_table("alert_rule")
    op.drop_table("alert_settings")
