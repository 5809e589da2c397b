"""Places, lots, the ledger, and what it adds up to.

In the ledger a quantity is a whole number of millionths and an amount a whole number of minor units: plain integers, summed
by the database. `stock_posting` and `stock_entry` are append-only (triggers); only the derived columns `value`, `settled`,
`variance` of an entry may be restated, because cost is a pure function of the facts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Numbered, Versioned
from db.columns import Day, Instant, Key


class Location(Base, Numbered, Versioned):
    """A place in the tree: site, area, bin, or goods in transit. `path` is the ids from the root, /1/4/9/."""

    __tablename__ = "location"
    topic = "location"
    parent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("location.id"))
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(10))
    storage_kind: Mapped[str] = mapped_column(String(10), default="")
    path: Mapped[str] = mapped_column(String(200), default="")
    walk_order: Mapped[int] = mapped_column(default=0)
    distance: Mapped[int] = mapped_column(default=0)
    allow_negative: Mapped[bool] = mapped_column(default=False)
    is_locked: Mapped[bool] = mapped_column(default=False)
    lock_note: Mapped[str] = mapped_column(String(200), default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class Lot(Base, Numbered, Versioned):
    """Goods of one item that came or were made together."""

    __tablename__ = "lot"
    __table_args__ = (UniqueConstraint("item_id", "number"), Index("ix_lot_expires_on", "expires_on"))
    topic = "lot"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    number: Mapped[str] = mapped_column(String(60))
    expires_on: Mapped[date | None] = mapped_column(Day)
    produced_on: Mapped[date | None] = mapped_column(Day)
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    is_blocked: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")


class WasteReason(Base, Versioned):
    """Why goods were lost; the digit chooses it on the fast screen. Never deleted, only retired."""

    __tablename__ = "waste_reason"
    topic = "waste_reason"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    digit: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))
    report_group: Mapped[str] = mapped_column(String(20))
    needs_note: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)


class LedgerHead(Base):
    """The end of the chain: one row, locked by whoever posts, so that postings follow one another."""

    __tablename__ = "ledger_head"
    topic = "stock"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    posting_id: Mapped[int] = mapped_column(Key)
    hash: Mapped[str] = mapped_column(String(64))


class StockPosting(Base, Numbered):
    """One posting of the stock ledger: what happened, when, by whom, and the hash that chains it to the one before."""

    __tablename__ = "stock_posting"
    __table_args__ = (
        Index("ix_stock_posting_at", "at"),
        Index("ix_stock_posting_document", "document"),
        Index("ix_stock_posting_ref_id", "ref_id"),
        Index("ix_stock_posting_kind_at", "kind", "at"),
    )
    topic = "stock"
    number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    posted_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    station: Mapped[str] = mapped_column(String(80))
    request_id: Mapped[str] = mapped_column(String(40))
    supplier_id: Mapped[int | None] = mapped_column(Key, ForeignKey("supplier.id"))
    document: Mapped[str] = mapped_column(String(60), default="")
    ref_id: Mapped[int | None] = mapped_column(Key, ForeignKey("stock_posting.id"))
    purpose: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(400), default="")
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class StockEntry(Base, Numbered):
    """One line of the ledger. `qty` is signed millionths of the base unit; `given` is the value the document states."""

    __tablename__ = "stock_entry"
    __table_args__ = (
        Index("ix_stock_entry_posting_id", "posting_id"),
        Index("ix_stock_entry_item_id_at", "item_id", "at"),
        Index("ix_stock_entry_at", "at", "item_id", "location_id", "lot_id", "qty", "value"),
        Index("ix_stock_entry_lot_id", "lot_id", sqlite_where=text("lot_id > 0"), postgresql_where=text("lot_id > 0")),
        Index(
            "ix_stock_entry_link_id",
            "link_id",
            sqlite_where=text("link_id is not null"),
            postgresql_where=text("link_id is not null"),
        ),
        Index(
            "ix_stock_entry_counted",
            "item_id",
            "location_id",
            "lot_id",
            "at",
            sqlite_where=text("counted_qty is not null"),
            postgresql_where=text("counted_qty is not null"),
        ),
    )
    topic = "stock"
    posting_id: Mapped[int] = mapped_column(Key, ForeignKey("stock_posting.id"))
    line: Mapped[int]
    at: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(20))
    is_reversal: Mapped[bool] = mapped_column(default=False)
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    location_id: Mapped[int] = mapped_column(Key, ForeignKey("location.id"))
    lot_id: Mapped[int] = mapped_column(Key, default=0)
    qty: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[str] = mapped_column(String(20))
    unit_qty: Mapped[int] = mapped_column(BigInteger)
    given: Mapped[int | None] = mapped_column(BigInteger)
    counted_qty: Mapped[int | None] = mapped_column(BigInteger)
    link_id: Mapped[int | None] = mapped_column(Key)
    reason: Mapped[str] = mapped_column(String(20), default="")
    stage: Mapped[str] = mapped_column(String(12), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    new_method: Mapped[str | None] = mapped_column(String(10))
    new_standard: Mapped[int | None] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger)
    settled: Mapped[int] = mapped_column(BigInteger, default=0)
    variance: Mapped[int] = mapped_column(BigInteger, default=0)


class StockBalance(Base):
    """On hand now, by item, location and lot (0: none): the sum of the entries, kept."""

    __tablename__ = "stock_balance"
    __table_args__ = (Index("ix_stock_balance_location_id", "location_id"),)
    topic = "stock"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    location_id: Mapped[int] = mapped_column(Key, ForeignKey("location.id"), primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    qty: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[int] = mapped_column(BigInteger)


class ItemCost(Base):
    """Where an item's cost stands after its last entry: quantity, value, last known cost as an exact ratio."""

    __tablename__ = "item_cost"
    topic = "stock"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    method: Mapped[str] = mapped_column(String(10))
    standard: Mapped[int] = mapped_column(BigInteger, default=0)
    qty: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger)
    last_qty: Mapped[int] = mapped_column(BigInteger, default=0)
    last_value: Mapped[int] = mapped_column(BigInteger, default=0)
    last_at: Mapped[int] = mapped_column(BigInteger)


class CostLayer(Base):
    """Goods still there at the cost they came in with; the pool of an average or of a lot is one layer."""

    __tablename__ = "cost_layer"
    topic = "stock"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(Key, index=True)
    lot_id: Mapped[int] = mapped_column(Key, default=0)
    qty: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger)


class Reservation(Base, Numbered, Versioned):
    """Stock promised to somebody for a day."""

    __tablename__ = "reservation"
    __table_args__ = (Index("ix_reservation_item_id_state", "item_id", "state"),)
    topic = "reservation"
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"))
    location_id: Mapped[int] = mapped_column(Key, default=0)
    lot_id: Mapped[int] = mapped_column(Key, default=0)
    qty: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str] = mapped_column(String(120))
    needed_on: Mapped[date | None] = mapped_column(Day)
    state: Mapped[str] = mapped_column(String(10), default="open")
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class StockClosed(Base):
    """A moment up to which the ledger was closed, with the end of its chain then. While it stands nothing before it can
    change, and figures of any moment may be reckoned from what is stored here; when its month is reopened it stands no
    longer."""

    __tablename__ = "stock_closed"
    topic = "stock"
    closing_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    until_at: Mapped[int] = mapped_column(BigInteger)
    posting_id: Mapped[int] = mapped_column(Key)
    hash: Mapped[str] = mapped_column(String(64))
    is_standing: Mapped[bool] = mapped_column(default=True)


class StockClosedBalance(Base):
    """On hand at the closed moment, by item, location and lot (0: none); zeros are left out."""

    __tablename__ = "stock_closed_balance"
    topic = "stock"
    closing_id: Mapped[int] = mapped_column(
        Key, ForeignKey("stock_closed.closing_id"), primary_key=True, autoincrement=False
    )
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    location_id: Mapped[int] = mapped_column(Key, ForeignKey("location.id"), primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    qty: Mapped[int] = mapped_column(BigInteger)


class StockClosedValue(Base):
    """Quantity and value of every item that had moved until the closed moment."""

    __tablename__ = "stock_closed_value"
    topic = "stock"
    closing_id: Mapped[int] = mapped_column(
        Key, ForeignKey("stock_closed.closing_id"), primary_key=True, autoincrement=False
    )
    item_id: Mapped[int] = mapped_column(Key, ForeignKey("item.id"), primary_key=True, autoincrement=False)
    qty: Mapped[int] = mapped_column(BigInteger)
    value: Mapped[int] = mapped_column(BigInteger)
