"""What a person can do with stock."""

from core.stock.commands.lots import block_lot, update_lot_dates
from core.stock.commands.merging import merge_items
from core.stock.commands.places import create_location, move_location, update_location
from core.stock.commands.postings import (
    add_landed_cost,
    adjust_stock,
    issue_goods,
    produce_goods,
    receive_goods,
    record_waste,
    return_from_customer,
    return_to_supplier,
    revalue_item,
    reverse_posting,
    transfer_goods,
)
from core.stock.commands.reservations import close_reservation, reserve_stock
from core.stock.commands.transit import receive_transfer, send_transfer

__all__ = [
    "add_landed_cost",
    "adjust_stock",
    "block_lot",
    "close_reservation",
    "create_location",
    "issue_goods",
    "merge_items",
    "move_location",
    "produce_goods",
    "receive_goods",
    "receive_transfer",
    "record_waste",
    "reserve_stock",
    "return_from_customer",
    "return_to_supplier",
    "revalue_item",
    "reverse_posting",
    "send_transfer",
    "transfer_goods",
    "update_location",
    "update_lot_dates",
]
