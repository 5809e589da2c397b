"""The mail server of a site, its outbox, and the right to send e-mail."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLE = sa.table("role", sa.column("id"), sa.column("code"), sa.column("permissions"), sa.column("is_built_in"))
RIGHT = "mail.send"
GIVEN = ("operator", "buyer", "manager", "administrator")


def create_server() -> None:
    op.create_table(
        "mail_server",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(10), nullable=False),
        sa.Column("user_name", sa.String(200), nullable=False),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("reply_to", sa.String(320), nullable=False),
        sa.Column("is_copied", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name="fk_mail_server_saved_by"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_server"),
    )


def create_outbox() -> None:
    op.create_table(
        "mail_outbox",
        sa.Column("owner_kind", sa.String(20), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_outbox_person_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_mail_outbox_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_mail_outbox"),
        sa.UniqueConstraint("request_id", "line", name="uq_mail_outbox_request_id_line"),
    )
    op.create_index("ix_mail_outbox_state", "mail_outbox", ["state", "next_at"])
    op.create_index("ix_mail_outbox_owner_kind", "mail_outbox", ["owner_kind", "owner_id"])
    op.create_index("ix_mail_outbox_made_at", "mail_outbox", ["made_at"])


def store(role_id: int, rights: Iterable[str]) -> None:
    op.get_bind().execute(
        sa.update(ROLE).where(ROLE.c.id == role_id).values(permissions=json.dumps(list(rights), ensure_ascii=False))
    )


def upgrade() -> None:
    create_server()
    create_outbox()
    for role in op.get_bind().execute(sa.select(ROLE).where(ROLE.c.is_built_in == sa.true())).all():
        held = json.loads(role.permissions)
        if role.code in GIVEN and RIGHT not in held:
            store(role.id, [*held, RIGHT])


def downgrade() -> None:
    for role in op.get_bind().execute(sa.select(ROLE)).all():
        held = json.loads(role.permissions)
        if RIGHT in held:
            store(role.id, [right for right in held if right != RIGHT])
    op.drop_table("mail_outbox")
    op.drop_table("mail_server")
