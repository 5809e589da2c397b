"""Labels: layouts, what hangs at the shelves, the queue, jobs and their journal, planned prices."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WISH = ("subject", "subject_id", "location_id", "layout", "document")
TABLES = (
    "label_job_label",
    "label_job",
    "label_route",
    "planned_price",
    "item_label",
    "label_wish",
    "shelf_label",
    "label_layout",
)


def person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_{table}_{column}")


def item(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=f"fk_{table}_item_id")


def create_layouts_and_shelves() -> None:
    op.create_table(
        "label_layout",
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_by", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_label_layout"),
        sa.UniqueConstraint("code", name="uq_label_layout_code"),
        person("label_layout", "saved_by"),
    )
    op.create_table(
        "shelf_label",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("location_id", KEY, autoincrement=False, nullable=False),
        sa.Column("layout", sa.String(40), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("true_on", sa.String(10), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.Column("printed_by", KEY, nullable=False),
        sa.PrimaryKeyConstraint("item_id", "location_id", name="pk_shelf_label"),
        item("shelf_label"),
        person("shelf_label", "printed_by"),
    )
    op.create_index("ix_shelf_label_location_id", "shelf_label", ["location_id"])


def create_queue() -> None:
    op.create_table(
        "label_wish",
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("layout", sa.String(40), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_label_wish"),
        sa.UniqueConstraint(*WISH, name="uq_label_wish_" + "_".join(WISH)),
        person("label_wish", "created_by"),
    )
    op.create_table(
        "item_label",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name="pk_item_label"),
        item("item_label"),
    )
    op.create_table(
        "planned_price",
        sa.Column("item_id", KEY, autoincrement=False, nullable=False),
        sa.Column("from_on", sa.String(10), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.PrimaryKeyConstraint("item_id", "from_on", name="pk_planned_price"),
        item("planned_price"),
        person("planned_price", "created_by"),
    )
    op.create_table(
        "label_route",
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("stock", sa.String(40), nullable=False),
        sa.Column("device_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("station", "stock", name="pk_label_route"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_label_route_device_id"),
    )


def create_jobs() -> None:
    op.create_table(
        "label_job",
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("device_id", KEY, nullable=True),
        sa.Column("printer", sa.String(80), nullable=False),
        sa.Column("stock", sa.String(40), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("layouts", sa.Text(), nullable=False),
        sa.Column("station", sa.String(80), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(40), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("counter", sa.BigInteger(), nullable=True),
        sa.Column("trouble", sa.String(20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", KEY, nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_label_job"),
        sa.UniqueConstraint("number", name="uq_label_job_number"),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name="fk_label_job_device_id"),
        person("label_job", "created_by"),
    )
    op.create_index("ix_label_job_state", "label_job", ["state"])


def create_journal() -> None:
    op.create_table(
        "label_job_label",
        sa.Column("job_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("location_id", KEY, nullable=False),
        sa.Column("layout", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("true_on", sa.String(10), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("document", sa.String(60), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("is_once", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_label_job_label"),
        sa.UniqueConstraint("job_id", "number", name="uq_label_job_label_job_id_number"),
        sa.ForeignKeyConstraint(["job_id"], ["label_job.id"], name="fk_label_job_label_job_id"),
    )
    op.create_index("ix_label_job_label_confirmed_at", "label_job_label", ["confirmed_at"])
    op.create_index("ix_label_job_label_subject_id", "label_job_label", ["subject_id"])


def upgrade() -> None:
    create_layouts_and_shelves()
    create_queue()
    create_jobs()
    create_journal()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
