"""A small stock to post on: items and places written straight into the tables, postings through the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import insert, select

from core import stock
from core.office import Office
from core.stock import NewLine, Posted
from db.catalog import Item
from db.engine import open_engine, url_of
from db.enums import CostMethod
from db.stock import Location


def make_items(site: str, count: int = 3, method: CostMethod = CostMethod.FIFO, **over: object) -> list[int]:
    """Items I-0001, I-0002 ... counted in kg; answers their ids."""
    engine = open_engine(url_of(site))
    try:
        with engine.begin() as sql:
            rows = [_item(number, method, over) for number in range(1, count + 1)]
            return list(sql.execute(insert(Item).returning(Item.id, sort_by_parameter_order=True), rows).scalars())
    finally:
        engine.dispose()


def _item(number: int, method: CostMethod, over: dict[str, object]) -> dict[str, object]:
    return {
        "code": f"I-{method[:2]}-{number:04d}",
        "name": f"大米 {number}",
        "base_unit": "kg",
        "cost_method": method,
        "standard_cost": Decimal("4.20") if method is CostMethod.STANDARD else None,
        "lot_tracked": method is CostMethod.LOT,
        "allergens": [],
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        **over,
    }


def first_places(site: str) -> tuple[int, int]:
    """The site's first place and the place in transit."""
    engine = open_engine(url_of(site), read_only=True)
    try:
        with engine.begin() as sql:
            first, second = sql.execute(select(Location.id).order_by(Location.id).limit(2)).scalars()
            return first, second
    finally:
        engine.dispose()


def receive(office: Office, item_ids: Sequence[int], qty: str = "10", value: str = "100", **over: object) -> Posted:
    """Goods that came in, the same of every item."""
    lines = tuple(NewLine(item_id, Decimal(qty), value=Decimal(value), **over) for item_id in item_ids)  # type: ignore[arg-type]
    return office.do(stock.receive_goods, lines=lines)


def issue(office: Office, item_ids: Sequence[int], qty: str = "3", request_id: str | None = None) -> Posted:
    """Goods that went out, the same of every item."""
    lines = tuple(NewLine(item_id, Decimal(qty)) for item_id in item_ids)
    return office.do(stock.issue_goods, lines=lines, request_id=request_id)
