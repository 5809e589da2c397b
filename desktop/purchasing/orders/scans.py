"""Orders found by the barcode of their paper, and by words in the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from core import purchasing
from core.devices import OwnKind, Scan
from core.purchasing import OrderFilter, OrderList
from core.words import word
from desktop.context import AppContext
from desktop.shell.registry import Found, Hit, Thing, ThingsFound
from desktop.shell.scans import codes_of
from desktop.widgets import language, ui_text

ROUTE = "purchasing.order"
MOST_HITS = 6
LEAST_LETTERS = 2


def may_be_order(scan: Scan) -> bool:
    """Whether a code can be an order's number: goods' numbers never are, codes of our own say it themselves."""
    if scan.own is not None:
        return scan.own.kind is OwnKind.DOCUMENT
    return not scan.gtin and bool(scan.code) and not scan.code.isdigit()


def order_of(context: AppContext, owner: QWidget, scan: Scan, opened: Callable[[int], object]) -> bool:
    """Open the order of a scanned number; False when the code can be none."""
    if not may_be_order(scan):
        return False

    def found(order_id: int | None) -> None:
        if order_id is not None:
            opened(order_id)
        else:
            context.unknown_code(scan, lambda: None)

    number = next(iter(codes_of(scan)), "")
    context.ops.ask(owner, purchasing.find_order, number=number, then=found, key=("order-scan", number))
    return True


def find_by_scan(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The order whose number a code is."""
    if not may_be_order(scan):
        found([])
        return
    number = next(iter(codes_of(scan)), "")

    def take(order_id: int | None) -> None:
        found([] if order_id is None else [Thing("order", order_id, number, code=number, icon="orders")])

    context.ops.ask(owner, purchasing.find_order, number=number, then=take, key=("order-finder", number))


def find_by_words(context: AppContext, owner: QWidget, text: str, found: Found) -> None:
    """Orders whose number, supplier or goods fit the words, the newest first."""
    if len(text.strip()) < LEAST_LETTERS:
        found([])
        return

    def take(answer: OrderList) -> None:
        found([_hit(context, row, text) for row in answer.rows])

    context.ops.ask(
        owner, purchasing.list_orders, filters=OrderFilter(text=text.strip()), limit=MOST_HITS, then=take,
        failed=lambda _error: found([]), key="orders",
    )  # fmt: skip


def _hit(context: AppContext, row: Any, text: str) -> Hit:
    run = partial(context.shell.go, ROUTE, order_id=row.id)
    note = f"{row.supplier.render(language())} · {ui_text(word(row.state))}"
    is_number = text.strip().casefold() in row.number.casefold()
    return Hit(row.number, run, note, "orders", score=80.0 if is_number else 40.0)
