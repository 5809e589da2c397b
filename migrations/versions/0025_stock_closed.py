"""What stock keeps of a closed month, and the lock of the closed period."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DERIVED = ("value", "settled", "variance")
CLOSED = "(SELECT closed_until FROM site WHERE id = 1)"
SQLITE_GUARDS = [
    f"CREATE TRIGGER {table}_not_closed BEFORE INSERT ON {table} WHEN NEW.at <= {CLOSED} "
    "BEGIN SELECT RAISE(ABORT, 'the period is closed'); END"
    for table in ("stock_posting", "stock_entry")
] + [
    f"CREATE TRIGGER stock_entry_stays_closed BEFORE UPDATE OF {', '.join(DERIVED)} ON stock_entry "
    f"WHEN OLD.at <= {CLOSED} AND ({' OR '.join(f'OLD.{name} IS NOT NEW.{name}' for name in DERIVED)}) "
    "BEGIN SELECT RAISE(ABORT, 'the period is closed'); END",
    "CREATE TRIGGER stock_closed_no_update BEFORE UPDATE OF closing_id, until_at, posting_id, hash ON stock_closed "
    "BEGIN SELECT RAISE(ABORT, 'a closed month is append-only'); END",
    "CREATE TRIGGER stock_closed_no_delete BEFORE DELETE ON stock_closed "
    "BEGIN SELECT RAISE(ABORT, 'a closed month is append-only'); END",
]
SQLITE_GUARDS += [
    f"CREATE TRIGGER {table}_no_{word} BEFORE {word.upper()} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'a closed month is append-only'); END"
    for table in ("stock_closed_balance", "stock_closed_value")
    for word in ("update", "delete")
]
POSTGRES_GUARDS = [
    "CREATE FUNCTION refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF NEW.at <= {CLOSED} THEN "
    "RAISE EXCEPTION 'the period of % is closed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; "
    "END IF; RETURN NEW; END $$",
    "CREATE TRIGGER stock_posting_not_closed BEFORE INSERT ON stock_posting FOR EACH ROW EXECUTE FUNCTION refuse_closed()",
    "CREATE TRIGGER stock_entry_not_closed BEFORE INSERT ON stock_entry FOR EACH ROW EXECUTE FUNCTION refuse_closed()",
    f"CREATE TRIGGER stock_entry_stays_closed BEFORE UPDATE OF {', '.join(DERIVED)} ON stock_entry FOR EACH ROW "
    f"WHEN ({' OR '.join(f'OLD.{name} IS DISTINCT FROM NEW.{name}' for name in DERIVED)}) "
    "EXECUTE FUNCTION refuse_closed()",
    "CREATE TRIGGER stock_closed_no_update BEFORE UPDATE OF closing_id, until_at, posting_id, hash ON stock_closed "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER stock_closed_no_delete BEFORE DELETE ON stock_closed FOR EACH ROW EXECUTE FUNCTION refuse_change()",
]
POSTGRES_GUARDS += [
    f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    for table in ("stock_closed_balance", "stock_closed_value")
]
POSTGRES_GUARDS += [
    f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    for table in ("stock_closed", "stock_closed_balance", "stock_closed_value")
]


def create_stock_closed() -> None:
    op.create_table(
        "stock_closed",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("posting_id", KEY, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("is_standing", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", name="pk_stock_closed"),
    )


def create_stock_closed_balance() -> None:
    op.create_table(
        "stock_closed_balance",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("location_id", KEY, autoincrement=False, nullable=False),
        sa.Column("lot_id", KEY, autoincrement=False, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "item_id", "location_id", "lot_id", name="pk_stock_closed_balance"),
        sa.ForeignKeyConstraint(["closing_id"], ["stock_closed.closing_id"], name="fk_stock_closed_balance_closing_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_closed_balance_item_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_closed_balance_location_id"),
    )


def create_stock_closed_value() -> None:
    op.create_table(
        "stock_closed_value",
        sa.Column("closing_id", KEY, autoincrement=False, nullable=False),
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("qty", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("closing_id", "item_id", name="pk_stock_closed_value"),
        sa.ForeignKeyConstraint(["closing_id"], ["stock_closed.closing_id"], name="fk_stock_closed_value_closing_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_stock_closed_value_item_id"),
    )


def upgrade() -> None:
    create_stock_closed()
    create_stock_closed_balance()
    create_stock_closed_value()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_GUARDS if is_sqlite else POSTGRES_GUARDS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("stock_closed_value")
    op.drop_table("stock_closed_balance")
    op.drop_table("stock_closed")
    if op.get_bind().dialect.name == "sqlite":
        for name in ("stock_posting_not_closed", "stock_entry_not_closed", "stock_entry_stays_closed"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP FUNCTION refuse_closed() CASCADE")
