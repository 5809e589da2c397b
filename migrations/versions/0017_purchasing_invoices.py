"""Invoices, what belongs to which receipt, payments, statements."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def create_invoice() -> None:
    op.create_table(
        "invoice",
        sa.Column("own_number", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("plain_number", sa.String(60), nullable=False),
        sa.Column("invoiced_on", sa.String(10), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("is_tax_incl", sa.Boolean(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("taxes", sa.Text(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("matched_at", sa.BigInteger(), nullable=True),
        sa.Column("approved_by_id", KEY, nullable=True),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invoice"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_invoice_supplier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invoice_person_id"),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name="fk_invoice_approved_by_id"),
        sa.UniqueConstraint("own_number", name="uq_invoice_own_number"),
    )
    op.create_index("ix_invoice_state_due_on", "invoice", ["state", "due_on"])
    op.create_index("ix_invoice_supplier_id_invoiced_on", "invoice", ["supplier_id", "invoiced_on"])
    op.create_index("ix_invoice_supplier_id_plain_number", "invoice", ["supplier_id", "plain_number"])


def create_payment_proposal() -> None:
    op.create_table(
        "payment_proposal",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("pay_on", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("exported_at", sa.BigInteger(), nullable=True),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_proposal"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_payment_proposal_person_id"),
        sa.UniqueConstraint("number", name="uq_payment_proposal_number"),
    )
    op.create_index("ix_payment_proposal_state", "payment_proposal", ["state"])


def create_supplier_statement() -> None:
    op.create_table(
        "supplier_statement",
        sa.Column("supplier_id", KEY, nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_statement"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_statement_supplier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_supplier_statement_person_id"),
    )
    op.create_index("ix_supplier_statement_supplier_id", "supplier_statement", ["supplier_id"])


def create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("invoice_id", KEY, nullable=False),
        sa.Column("proposal_id", KEY, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.String(10), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name="fk_payment_invoice_id"),
        sa.ForeignKeyConstraint(["proposal_id"], ["payment_proposal.id"], name="fk_payment_proposal_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_payment_person_id"),
    )
    op.create_index("ix_payment_invoice_id", "payment", ["invoice_id"])
    op.create_index("ix_payment_proposal_id", "payment", ["proposal_id"])


def create_payment_proposal_line() -> None:
    op.create_table(
        "payment_proposal_line",
        sa.Column("proposal_id", KEY, nullable=False),
        sa.Column("invoice_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_proposal_line"),
        sa.ForeignKeyConstraint(["proposal_id"], ["payment_proposal.id"], name="fk_payment_proposal_line_proposal_id"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name="fk_payment_proposal_line_invoice_id"),
    )
    op.create_index("ix_payment_proposal_line_invoice_id", "payment_proposal_line", ["invoice_id"])
    op.create_index("ix_payment_proposal_line_proposal_id", "payment_proposal_line", ["proposal_id"])


def create_supplier_statement_line() -> None:
    op.create_table(
        "supplier_statement_line",
        sa.Column("statement_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("day", sa.String(10), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", KEY, nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_statement_line"),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["supplier_statement.id"], name="fk_supplier_statement_line_statement_id"
        ),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name="fk_supplier_statement_line_invoice_id"),
    )
    op.create_index("ix_supplier_statement_line_statement_id", "supplier_statement_line", ["statement_id"])


def create_invoice_line() -> None:
    op.create_table(
        "invoice_line",
        sa.Column("invoice_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("order_line_id", KEY, nullable=True),
        sa.Column("supplier_code", sa.String(60), nullable=False),
        sa.Column("description", sa.String(200), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("factor", sa.BigInteger(), nullable=False),
        sa.Column("base_qty", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("site_amount", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("split_by", sa.String(10), nullable=False),
        sa.Column("account", sa.String(60), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_line"),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name="fk_invoice_line_invoice_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_invoice_line_item_id"),
        sa.ForeignKeyConstraint(["order_line_id"], ["purchase_order_line.id"], name="fk_invoice_line_order_line_id"),
    )
    op.create_index("ix_invoice_line_invoice_id", "invoice_line", ["invoice_id"])
    op.create_index("ix_invoice_line_item_id", "invoice_line", ["item_id"])
    op.create_index("ix_invoice_line_order_line_id", "invoice_line", ["order_line_id"])


def create_invoice_charge() -> None:
    op.create_table(
        "invoice_charge",
        sa.Column("invoice_line_id", KEY, nullable=False),
        sa.Column("receipt_posting_id", KEY, nullable=False),
        sa.Column("posting_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_charge"),
        sa.ForeignKeyConstraint(["invoice_line_id"], ["invoice_line.id"], name="fk_invoice_charge_invoice_line_id"),
        sa.ForeignKeyConstraint(
            ["receipt_posting_id"], ["stock_posting.id"], name="fk_invoice_charge_receipt_posting_id"
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["stock_posting.id"], name="fk_invoice_charge_posting_id"),
    )
    op.create_index("ix_invoice_charge_invoice_line_id", "invoice_charge", ["invoice_line_id"])
    op.create_index("ix_invoice_charge_receipt_posting_id", "invoice_charge", ["receipt_posting_id"])


def create_invoice_match() -> None:
    op.create_table(
        "invoice_match",
        sa.Column("invoice_line_id", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=True),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("accrued", sa.BigInteger(), nullable=False),
        sa.Column("invoiced", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("posting_id", KEY, nullable=True),
        sa.Column("claim_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_match"),
        sa.ForeignKeyConstraint(["invoice_line_id"], ["invoice_line.id"], name="fk_invoice_match_invoice_line_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["stock_entry.id"], name="fk_invoice_match_entry_id"),
        sa.ForeignKeyConstraint(["posting_id"], ["stock_posting.id"], name="fk_invoice_match_posting_id"),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_invoice_match_claim_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invoice_match_person_id"),
    )
    op.create_index("ix_invoice_match_claim_id", "invoice_match", ["claim_id"])
    op.create_index(
        "ix_invoice_match_entry_id",
        "invoice_match",
        ["entry_id"],
        sqlite_where=sa.text("undone_at is null"),
        postgresql_where=sa.text("undone_at is null"),
    )
    op.create_index("ix_invoice_match_invoice_line_id", "invoice_match", ["invoice_line_id"])


def upgrade() -> None:
    create_invoice()
    create_payment_proposal()
    create_supplier_statement()
    create_payment()
    create_payment_proposal_line()
    create_supplier_statement_line()
    create_invoice_line()
    create_invoice_charge()
    create_invoice_match()


def downgrade() -> None:
    for name in (
        "invoice_match",
        "invoice_charge",
        "invoice_line",
        "supplier_statement_line",
        "payment_proposal_line",
        "payment",
        "supplier_statement",
        "payment_proposal",
        "invoice",
    ):
        op.drop_table(name)
