"""Requests, orders, and the rights of purchasing."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLE = sa.table("role", sa.column("id"), sa.column("code"), sa.column("permissions"), sa.column("is_built_in"))
SEEING, ASKING, ORDERING, CLAIMING = "purchase.view", "purchase.request", "purchase.order", "claim.edit"
INVOICES = "invoice.edit"
NEW = (
    SEEING, ASKING, ORDERING, "purchase.approve", "purchase.rules", CLAIMING, INVOICES, "invoice.approve", "payment.edit",
)  # fmt: skip
GIVEN = {
    "operator": (SEEING, ASKING, ORDERING, CLAIMING, INVOICES),
    "kitchen": (ASKING, SEEING),
    "storekeeper": (SEEING, ASKING, CLAIMING),
    "buyer": (SEEING, ASKING, ORDERING, CLAIMING, INVOICES, "stock.return"),
    "technician": (ASKING,),
    "manager": NEW,
    "accountant": (SEEING, INVOICES, "invoice.approve", "payment.edit"),
    "administrator": NEW,
}


def create_purchase_rules() -> None:
    op.create_table(
        "purchase_rules",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("invoices_from", sa.String(10), nullable=False),
        sa.Column("is_tax_recoverable", sa.Boolean(), nullable=False),
        sa.Column("default_tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("match_percent", sa.BigInteger(), nullable=False),
        sa.Column("match_amount", sa.BigInteger(), nullable=False),
        sa.Column("qty_percent", sa.BigInteger(), nullable=False),
        sa.Column("price_jump_percent", sa.BigInteger(), nullable=False),
        sa.Column("margin_percent", sa.BigInteger(), nullable=False),
        sa.Column("chilled_limit", sa.BigInteger(), nullable=False),
        sa.Column("frozen_limit", sa.BigInteger(), nullable=False),
        sa.Column("usage_days", sa.Integer(), nullable=False),
        sa.Column("account_name", sa.String(140), nullable=False),
        sa.Column("iban", sa.String(34), nullable=False),
        sa.Column("bic", sa.String(11), nullable=False),
        sa.Column("bank_account", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_rules"),
    )


def create_order_template() -> None:
    op.create_table(
        "order_template",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_template"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_order_template_supplier_id"),
    )
    op.create_index("ix_order_template_supplier_id", "order_template", ["supplier_id"])


def create_purchase_order() -> None:
    op.create_table(
        "purchase_order",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("is_tax_incl", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("deliver_on", sa.String(10), nullable=True),
        sa.Column("first_promise", sa.String(10), nullable=True),
        sa.Column("last_promise", sa.String(10), nullable=True),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("supplier_ref", sa.String(60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("own_note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("close_reason", sa.String(200), nullable=False),
        sa.Column("copied_from_id", KEY, nullable=True),
        sa.Column("rfq_id", KEY, nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_order"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_purchase_order_supplier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_purchase_order_person_id"),
        sa.UniqueConstraint("number", name="uq_purchase_order_number"),
    )
    op.create_index("ix_purchase_order_created_at", "purchase_order", ["created_at"])
    op.create_index("ix_purchase_order_state", "purchase_order", ["state"])
    op.create_index("ix_purchase_order_supplier_id_state", "purchase_order", ["supplier_id", "state"])


def create_purchase_request() -> None:
    op.create_table(
        "purchase_request",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("department", sa.String(80), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("needed_on", sa.String(10), nullable=True),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_note", sa.String(400), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_request"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_purchase_request_person_id"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name="fk_purchase_request_decided_by_id"),
        sa.UniqueConstraint("number", name="uq_purchase_request_number"),
    )
    op.create_index("ix_purchase_request_state", "purchase_request", ["state"])


def create_order_approval() -> None:
    op.create_table(
        "order_approval",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("asked_by_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_approval"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_approval_order_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_order_approval_person_id"),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name="fk_order_approval_asked_by_id"),
    )
    op.create_index("ix_order_approval_order_id", "order_approval", ["order_id"])


def create_order_template_line() -> None:
    op.create_table(
        "order_template_line",
        sa.Column("template_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_template_line"),
        sa.ForeignKeyConstraint(["template_id"], ["order_template.id"], name="fk_order_template_line_template_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_order_template_line_item_id"),
    )
    op.create_index("ix_order_template_line_item_id", "order_template_line", ["item_id"])
    op.create_index("ix_order_template_line_template_id", "order_template_line", ["template_id"])


def create_order_version() -> None:
    op.create_table(
        "order_version",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_version"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_version_order_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_order_version_person_id"),
        sa.UniqueConstraint("order_id", "revision", name="uq_order_version_order_id_revision"),
    )


def create_purchase_order_line() -> None:
    op.create_table(
        "purchase_order_line",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("supplier_code", sa.String(60), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("base_qty", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("promised_on", sa.String(10), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_order_line"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_purchase_order_line_order_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_purchase_order_line_item_id"),
    )
    op.create_index("ix_purchase_order_line_item_id", "purchase_order_line", ["item_id"])
    op.create_index("ix_purchase_order_line_order_id", "purchase_order_line", ["order_id"])


def create_purchase_request_line() -> None:
    op.create_table(
        "purchase_request_line",
        sa.Column("request_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("base_qty", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", KEY, nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_request_line"),
        sa.ForeignKeyConstraint(["request_id"], ["purchase_request.id"], name="fk_purchase_request_line_request_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_purchase_request_line_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_purchase_request_line_supplier_id"),
    )
    op.create_index("ix_purchase_request_line_item_id", "purchase_request_line", ["item_id"])
    op.create_index("ix_purchase_request_line_order_line_id", "purchase_request_line", ["order_line_id"])
    op.create_index("ix_purchase_request_line_request_id", "purchase_request_line", ["request_id"])


def add_rules() -> None:
    """A site that is there already waits for invoices of receipts from today on."""
    rules = sa.table(
        "purchase_rules",
        *(
            sa.column(name)
            for name in (
                "id", "invoices_from", "is_tax_recoverable", "default_tax_rate", "match_percent", "match_amount",
                "qty_percent", "price_jump_percent", "margin_percent", "chilled_limit", "frozen_limit", "usage_days",
                "account_name", "iban", "bic", "bank_account", "version",
            )
        ),
    )  # fmt: skip
    if op.get_bind().execute(sa.text("SELECT count(*) FROM site")).scalar():
        million = 1_000_000
        row = {
            "id": 1, "invoices_from": datetime.now(UTC).date().isoformat(), "is_tax_recoverable": True,
            "default_tax_rate": 0, "match_percent": 2 * million, "match_amount": 50 * million, "qty_percent": 0,
            "price_jump_percent": 20 * million, "margin_percent": 60 * million, "chilled_limit": 5 * million,
            "frozen_limit": -15 * million, "usage_days": 28, "account_name": "", "iban": "", "bic": "",
            "bank_account": "", "version": 1,
        }  # fmt: skip
        op.get_bind().execute(sa.insert(rules).values(**row))


def store(role_id: int, rights: Iterable[str]) -> None:
    op.get_bind().execute(
        sa.update(ROLE).where(ROLE.c.id == role_id).values(permissions=json.dumps(list(rights), ensure_ascii=False))
    )


def give_rights() -> None:
    for role in op.get_bind().execute(sa.select(ROLE).where(ROLE.c.is_built_in == sa.true())).all():
        held = json.loads(role.permissions)
        missing = [right for right in GIVEN.get(role.code, ()) if right not in held]
        if missing:
            store(role.id, [*held, *missing])


def take_rights() -> None:
    for role in op.get_bind().execute(sa.select(ROLE)).all():
        held = json.loads(role.permissions)
        if any(right in NEW for right in held):
            store(role.id, [right for right in held if right not in NEW])


def upgrade() -> None:
    create_purchase_rules()
    create_order_template()
    create_purchase_order()
    create_purchase_request()
    create_order_approval()
    create_order_template_line()
    create_order_version()
    create_purchase_order_line()
    create_purchase_request_line()
    add_rules()
    give_rights()


def downgrade() -> None:
    take_rights()
    for name in (
        "purchase_request_line",
        "purchase_order_line",
        "order_version",
        "order_template_line",
        "order_approval",
        "purchase_request",
        "purchase_order",
        "order_template",
        "purchase_rules",
    ):
        op.drop_table(name)
