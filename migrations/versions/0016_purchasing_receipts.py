"""Requests for quotation, deliveries as received, what was checked of them, claims."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_rfq() -> None:
    op.create_table(
        "rfq",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("needed_on", sa.String(10), nullable=True),
        sa.Column("answer_by", sa.String(10), nullable=True),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rfq"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_rfq_person_id"),
        sa.UniqueConstraint("number", name="uq_rfq_number"),
    )
    op.create_index("ix_rfq_state", "rfq", ["state"])


def create_purchase_receipt() -> None:
    op.create_table(
        "purchase_receipt",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("posting_id", KEY, nullable=True),
        sa.Column("reversal_id", KEY, nullable=True),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("is_tax_incl", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_receipt"),
        sa.ForeignKeyConstraint(["posting_id"], ["stock_posting.id"], name="fk_purchase_receipt_posting_id"),
        sa.ForeignKeyConstraint(["reversal_id"], ["stock_posting.id"], name="fk_purchase_receipt_reversal_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_purchase_receipt_supplier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_purchase_receipt_person_id"),
        sa.UniqueConstraint("posting_id", name="uq_purchase_receipt_posting_id"),
        sa.UniqueConstraint("number", name="uq_purchase_receipt_number"),
    )
    op.create_index("ix_purchase_receipt_received_at", "purchase_receipt", ["received_at"])
    op.create_index("ix_purchase_receipt_supplier_id_document", "purchase_receipt", ["supplier_id", "document"])


def create_rfq_line() -> None:
    op.create_table(
        "rfq_line",
        sa.Column("rfq_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rfq_line"),
        sa.ForeignKeyConstraint(["rfq_id"], ["rfq.id"], name="fk_rfq_line_rfq_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_rfq_line_item_id"),
    )
    op.create_index("ix_rfq_line_item_id", "rfq_line", ["item_id"])
    op.create_index("ix_rfq_line_rfq_id", "rfq_line", ["rfq_id"])


def create_rfq_supplier() -> None:
    op.create_table(
        "rfq_supplier",
        sa.Column("rfq_id", KEY, nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("is_declined", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("is_tax_incl", sa.Boolean(), nullable=False),
        sa.Column("freight", sa.BigInteger(), nullable=False),
        sa.Column("deliver_on", sa.String(10), nullable=True),
        sa.Column("valid_until", sa.String(10), nullable=True),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rfq_supplier"),
        sa.ForeignKeyConstraint(["rfq_id"], ["rfq.id"], name="fk_rfq_supplier_rfq_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_rfq_supplier_supplier_id"),
        sa.UniqueConstraint("rfq_id", "supplier_id", name="uq_rfq_supplier_rfq_id_supplier_id"),
    )
    op.create_index("ix_rfq_supplier_supplier_id", "rfq_supplier", ["supplier_id"])


def create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("receipt_id", KEY, nullable=True),
        sa.Column("return_id", KEY, nullable=True),
        sa.Column("invoice_id", KEY, nullable=True),
        sa.Column("credit_note_id", KEY, nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("credited", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("end_note", sa.String(200), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_claim_supplier_id"),
        sa.ForeignKeyConstraint(["receipt_id"], ["purchase_receipt.id"], name="fk_claim_receipt_id"),
        sa.ForeignKeyConstraint(["return_id"], ["stock_posting.id"], name="fk_claim_return_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_claim_person_id"),
        sa.UniqueConstraint("number", name="uq_claim_number"),
    )
    op.create_index("ix_claim_credit_note_id", "claim", ["credit_note_id"])
    op.create_index("ix_claim_invoice_id", "claim", ["invoice_id"])
    op.create_index("ix_claim_receipt_id", "claim", ["receipt_id"])
    op.create_index("ix_claim_return_id", "claim", ["return_id"])
    op.create_index("ix_claim_state", "claim", ["state"])
    op.create_index("ix_claim_supplier_id", "claim", ["supplier_id"])


def create_delivery_check() -> None:
    op.create_table(
        "delivery_check",
        sa.Column("receipt_id", KEY, nullable=False),
        sa.Column("storage_kind", sa.String(10), nullable=False),
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("highest", sa.BigInteger(), nullable=True),
        sa.Column("is_ok", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_check"),
        sa.ForeignKeyConstraint(["receipt_id"], ["purchase_receipt.id"], name="fk_delivery_check_receipt_id"),
    )
    op.create_index("ix_delivery_check_receipt_id", "delivery_check", ["receipt_id"])


def create_purchase_receipt_line() -> None:
    op.create_table(
        "purchase_receipt_line",
        sa.Column("receipt_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_line_id", KEY, nullable=True),
        sa.Column("entry_id", KEY, nullable=True),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("instead_of_id", KEY, nullable=True),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("rejected_qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("base_qty", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("is_priced", sa.Boolean(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("accrued", sa.BigInteger(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("lot_id", KEY, nullable=False),
        sa.Column("expires_on", sa.String(10), nullable=True),
        sa.Column("inspection", sa.String(20), nullable=False),
        sa.Column("reject_reason", sa.String(20), nullable=False),
        sa.Column("price_reason", sa.String(200), nullable=False),
        sa.Column("temperature", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_receipt_line"),
        sa.ForeignKeyConstraint(["receipt_id"], ["purchase_receipt.id"], name="fk_purchase_receipt_line_receipt_id"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["purchase_order_line.id"], name="fk_purchase_receipt_line_order_line_id"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["stock_entry.id"], name="fk_purchase_receipt_line_entry_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_purchase_receipt_line_item_id"),
        sa.ForeignKeyConstraint(["instead_of_id"], ["item.id"], name="fk_purchase_receipt_line_instead_of_id"),
        sa.UniqueConstraint("entry_id", name="uq_purchase_receipt_line_entry_id"),
    )
    op.create_index("ix_purchase_receipt_line_item_id", "purchase_receipt_line", ["item_id"])
    op.create_index("ix_purchase_receipt_line_order_line_id", "purchase_receipt_line", ["order_line_id"])
    op.create_index("ix_purchase_receipt_line_receipt_id", "purchase_receipt_line", ["receipt_id"])


def create_rfq_answer() -> None:
    op.create_table(
        "rfq_answer",
        sa.Column("rfq_supplier_id", KEY, nullable=False),
        sa.Column("rfq_line_id", KEY, nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("minimum_qty", sa.BigInteger(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("supplier_code", sa.String(60), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("awarded_qty", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", KEY, nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rfq_answer"),
        sa.ForeignKeyConstraint(["rfq_supplier_id"], ["rfq_supplier.id"], name="fk_rfq_answer_rfq_supplier_id"),
        sa.ForeignKeyConstraint(["rfq_line_id"], ["rfq_line.id"], name="fk_rfq_answer_rfq_line_id"),
        sa.UniqueConstraint("rfq_supplier_id", "rfq_line_id", name="uq_rfq_answer_rfq_supplier_id_rfq_line_id"),
    )
    op.create_index("ix_rfq_answer_rfq_line_id", "rfq_answer", ["rfq_line_id"])


def create_claim_line() -> None:
    op.create_table(
        "claim_line",
        sa.Column("claim_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("receipt_line_id", KEY, nullable=True),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("base_qty", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claim_line"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_line_claim_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_claim_line_item_id"),
        sa.ForeignKeyConstraint(
            ["receipt_line_id"], ["purchase_receipt_line.id"], name="fk_claim_line_receipt_line_id"
        ),
    )
    op.create_index("ix_claim_line_claim_id", "claim_line", ["claim_id"])
    op.create_index("ix_claim_line_receipt_line_id", "claim_line", ["receipt_line_id"])


def upgrade() -> None:
    create_rfq()
    create_purchase_receipt()
    create_rfq_line()
    create_rfq_supplier()
    create_claim()
    create_delivery_check()
    create_purchase_receipt_line()
    create_rfq_answer()
    create_claim_line()


def downgrade() -> None:
    for name in (
        "claim_line",
        "rfq_answer",
        "purchase_receipt_line",
        "delivery_check",
        "claim",
        "rfq_supplier",
        "rfq_line",
        "purchase_receipt",
        "rfq",
    ):
        op.drop_table(name)
