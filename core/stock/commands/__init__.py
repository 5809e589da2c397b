"""What a person can do with stock."""

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

__all__ = [
    "add_landed_cost",
    "adjust_stock",
    "issue_goods",
    "produce_goods",
    "receive_goods",
    "record_waste",
    "return_from_customer",
    "return_to_supplier",
    "revalue_item",
    "reverse_posting",
    "transfer_goods",
]
