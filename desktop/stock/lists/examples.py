"""Records worth a picture, for the tour."""

from __future__ import annotations

from core import stock
from core.office import Office


def some_lot(office: Office) -> dict[str, object]:
    """A lot that was made from others or went into others, else the first there is."""
    lots = office.ask(stock.list_lots, with_empty=True)
    traced = [office.ask(stock.trace_lot, lot_id=row.lot_id) for row in lots[:40]]
    best = max(traced, key=lambda card: (bool(card.made_into), len(card.went_out)), default=None)
    return {"lot_id": best.lot.lot_id if best is not None else 0}


def some_place(office: Office) -> dict[str, object]:
    """The place where the most different items lie."""
    rows = office.ask(stock.list_locations)
    return {"location_id": max(rows, key=lambda row: row.items).location_id}


def some_kit(office: Office) -> dict[str, object]:
    """A list of a few items, some of them more than there is."""
    ids = office.ask(stock.list_stock_ids, filters=stock.StockFilter(with_stock=True))[:60:10]
    rows = office.ask(stock.list_stock_page, ids=ids, filters=stock.StockFilter())
    wanted = [f"{row.code}\t{row.on_hand + (5 if at % 3 == 0 else -row.on_hand / 2)}" for at, row in enumerate(rows)]
    return {"text": "\n".join(wanted)}
