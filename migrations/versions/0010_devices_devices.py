"""Devices of a site, and the rights to set them up, to print labels and to design them."""

import json
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLE = sa.table("role", sa.column("id"), sa.column("code"), sa.column("permissions"), sa.column("is_built_in"))
NEW = ("label.print", "label.design", "device.edit")
GIVEN = {
    "operator": NEW[:2],
    "kitchen": NEW[:1],
    "storekeeper": NEW[:1],
    "buyer": NEW[:1],
    "technician": NEW[:1],
    "manager": NEW,
    "administrator": NEW,
}


def create_device() -> None:
    op.create_table(
        "device",
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("link", sa.String(10), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("protocol", sa.String(20), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
    )
    op.create_index("ix_device_station", "device", ["station"])


def store(role_id: int, rights: Iterable[str]) -> None:
    op.get_bind().execute(
        sa.update(ROLE).where(ROLE.c.id == role_id).values(permissions=json.dumps(list(rights), ensure_ascii=False))
    )


def upgrade() -> None:
    create_device()
    for role in op.get_bind().execute(sa.select(ROLE).where(ROLE.c.is_built_in == sa.true())).all():
        held = json.loads(role.permissions)
        missing = [right for right in GIVEN.get(role.code, ()) if right not in held]
        if missing:
            store(role.id, [*held, *missing])


def downgrade() -> None:
    for role in op.get_bind().execute(sa.select(ROLE)).all():
        held = json.loads(role.permissions)
        if any(right in NEW for right in held):
            store(role.id, [right for right in held if right not in NEW])
    op.drop_table("device")
