"""Places, lots, the ledger and its costs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


FACTS = (
    "id, posting_id, line, at, kind, is_reversal, item_id, location_id, lot_id, qty, unit, unit_qty, given, counted_qty, link_id, "
    "reason, stage, note, new_method, new_standard"
)
SQLITE_GUARDS = [
    f"CREATE TRIGGER {table}_no_{word} BEFORE {word.upper()} ON {table} BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END"
    for table, word in (("stock_posting", "update"), ("stock_posting", "delete"), ("stock_entry", "delete"))
] + [
    f"CREATE TRIGGER stock_entry_no_update BEFORE UPDATE OF {FACTS} ON stock_entry "
    "BEGIN SELECT RAISE(ABORT, 'the stock ledger is append-only'); END",
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
POSTGRES_GUARDS = [
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$",
    "CREATE TRIGGER stock_posting_guard BEFORE UPDATE OR DELETE ON stock_posting FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stock_entry_no_delete BEFORE DELETE ON stock_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    f"CREATE TRIGGER stock_entry_no_update BEFORE UPDATE OF {FACTS} ON stock_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_guard BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION refuse_change()",
] + [
    f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    for table in ("stock_posting", "stock_entry", "journal")
]


def guard_the_ledger() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if is_sqlite else POSTGRES_GUARDS:
        op.execute(statement)


def create_location() -> None:
    op.create_table(
        "location",
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("storage_kind", sa.String(10), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("walk_order", sa.Integer(), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("allow_negative", sa.Boolean(), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("lock_note", sa.String(200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
        sa.ForeignKeyConstraint(["parent_id"], ["location.id"], name="fk_location_parent_id"),
        sa.UniqueConstraint("code", name="uq_location_code"),
    )


def create_lot() -> None:
    op.create_table(
        "lot",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("expires_on", sa.String(10), nullable=True),
        sa.Column("produced_on", sa.String(10), nullable=True),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lot"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_lot_item_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_lot_supplier_id"),
        sa.UniqueConstraint("item_id", "number", name="uq_lot_item_id_number"),
    )
    op.create_index("ix_lot_expires_on", "lot", ["expires_on"])


def create_waste_reason() -> None:
    op.create_table(
        "waste_reason",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("digit", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("name_en", sa.String(40), nullable=False),
        sa.Column("report_group", sa.String(20), nullable=False),
        sa.Column("needs_note", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_waste_reason"),
    )


def create_ledger_head() -> None:
    op.create_table(
        "ledger_head",
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("posting_id", KEY, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )


def create_stock_posting() -> None:
    op.create_table(
        "stock_posting",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("request_id", sa.String(40), nullable=False),
        sa.Column("supplier_id", KEY, nullable=True),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("ref_id", KEY, nullable=True),
        sa.Column("purpose", sa.String(120), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_posting"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_stock_posting_person_id"),
        sa.ForeignKeyConstraint(["ref_id"], ["stock_posting.id"], name="fk_stock_posting_ref_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_stock_posting_supplier_id"),
        sa.UniqueConstraint("number", name="uq_stock_posting_number"),
    )
    op.create_index("ix_stock_posting_at", "stock_posting", ["at"])
    op.create_index("ix_stock_posting_document", "stock_posting", ["document"])
    op.create_index("ix_stock_posting_kind_at", "stock_posting", ["kind", "at"])
    op.create_index("ix_stock_posting_ref_id", "stock_posting", ["ref_id"])


def create_stock_entry() -> None:
    op.create_table(
        "stock_entry",
        sa.Column("posting_id", KEY, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("is_reversal", sa.Boolean(), nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("lot_id", KEY, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("unit_qty", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=True),
        sa.Column("counted_qty", sa.BigInteger(), nullable=True),
        sa.Column("link_id", KEY, nullable=True),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("new_method", sa.String(10), nullable=True),
        sa.Column("new_standard", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("settled", sa.BigInteger(), nullable=False),
        sa.Column("variance", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_entry"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_entry_item_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_entry_location_id"),
        sa.ForeignKeyConstraint(["posting_id"], ["stock_posting.id"], name="fk_stock_entry_posting_id"),
    )
    index_stock_entry()


def index_stock_entry() -> None:
    op.create_index("ix_stock_entry_at", "stock_entry", ["at", "item_id", "location_id", "lot_id", "qty", "value"])
    op.create_index(
        "ix_stock_entry_counted",
        "stock_entry",
        ["item_id", "location_id", "lot_id", "at"],
        sqlite_where=sa.text("counted_qty is not null"),
        postgresql_where=sa.text("counted_qty is not null"),
    )
    op.create_index("ix_stock_entry_item_id_at", "stock_entry", ["item_id", "at"])
    op.create_index(
        "ix_stock_entry_link_id",
        "stock_entry",
        ["link_id"],
        sqlite_where=sa.text("link_id is not null"),
        postgresql_where=sa.text("link_id is not null"),
    )
    op.create_index(
        "ix_stock_entry_lot_id",
        "stock_entry",
        ["lot_id"],
        sqlite_where=sa.text("lot_id > 0"),
        postgresql_where=sa.text("lot_id > 0"),
    )
    op.create_index("ix_stock_entry_posting_id", "stock_entry", ["posting_id"])


def create_stock_balance() -> None:
    op.create_table(
        "stock_balance",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("location_id", KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", KEY, autoincrement=False, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "location_id", "lot_id", name="pk_stock_balance"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_balance_item_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_balance_location_id"),
    )
    op.create_index("ix_stock_balance_location_id", "stock_balance", ["location_id"])


def create_item_cost() -> None:
    op.create_table(
        "item_cost",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("method", sa.String(10), nullable=False),
        sa.Column("standard", sa.BigInteger(), nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("last_qty", sa.BigInteger(), nullable=False),
        sa.Column("last_value", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_cost"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_cost_item_id"),
    )


def create_cost_layer() -> None:
    op.create_table(
        "cost_layer",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("lot_id", KEY, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "position", name="pk_cost_layer"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_cost_layer_item_id"),
    )
    op.create_index("ix_cost_layer_entry_id", "cost_layer", ["entry_id"])


def create_reservation() -> None:
    op.create_table(
        "reservation",
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("lot_id", KEY, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(120), nullable=False),
        sa.Column("needed_on", sa.String(10), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_reservation_item_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reservation_person_id"),
    )
    op.create_index("ix_reservation_item_id_state", "reservation", ["item_id", "state"])


def upgrade() -> None:
    create_location()
    create_lot()
    create_waste_reason()
    create_ledger_head()
    create_stock_posting()
    create_stock_entry()
    create_stock_balance()
    create_item_cost()
    create_cost_layer()
    create_reservation()
    guard_the_ledger()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for word in ("update", "delete"):
            op.execute(f"DROP TRIGGER journal_no_{word}")
    else:
        op.execute("DROP TRIGGER journal_guard ON journal")
        op.execute("DROP TRIGGER journal_no_truncate ON journal")
    op.drop_table("reservation")
    op.drop_table("cost_layer")
    op.drop_table("item_cost")
    op.drop_table("stock_balance")
    op.drop_table("stock_entry")
    op.drop_table("stock_posting")
    op.drop_table("ledger_head")
    op.drop_table("waste_reason")
    op.drop_table("lot")
    op.drop_table("location")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change()")
