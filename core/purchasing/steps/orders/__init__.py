"""Building blocks around orders: made in one go, what is awaited of them, where they stand after a delivery."""

from core.purchasing.steps.orders.awaited import on_order, open_order_lines, received_by_line
from core.purchasing.steps.orders.create import create_orders
from core.purchasing.steps.orders.states import after_delivery

__all__ = ["after_delivery", "create_orders", "on_order", "open_order_lines", "received_by_line"]
