"""Which lines of invoices belong to which receipts: found by order line, item, supplier's code, quantity, in this order."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import islice

from core.purchasing.rules.accrual import after_match
from core.purchasing.types.matching import Invoiced, Match, Received
from core.values import round_half_up
from db.enums import Ground

LOOKED_AT = 50
"""Receipts of one quantity that are looked at where only the quantity is known."""


@dataclass(slots=True)
class _Claim:
    """An invoice line while pairs are sought: what is left of its quantity and its amount."""

    line: Invoiced
    qty: int
    amount: int

    def take(self, qty: int) -> int:
        share = round_half_up(self.amount * qty, self.qty)
        self.qty -= qty
        self.amount -= share
        return share


class _Shelf:
    """Receipt lines that share a key, oldest first, with those of one quantity at hand."""

    def __init__(self) -> None:
        self.waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        self.exact: dict[tuple[Hashable, int], deque[int]] = defaultdict(deque)

    def add(self, key: Hashable, number: int, qty: int) -> None:
        self.waiting[key].append(number)
        self.exact[key, qty].append(number)


def propose_matches(invoiced: Iterable[Invoiced], received: Iterable[Received]) -> list[Match]:
    """The matches that can be proposed without a person; nothing is invoiced or received twice.

    For each invoice line: receipts of its order line; else of its item, else of its supplier's code, else one of exactly
    its quantity at about its price where nothing more is known. A receipt of exactly the quantity comes first, then the oldest. A line that
    names an order line is never paired with another order's receipt. Quantities that are not above zero find nothing:
    credit notes are settled with claims.
    """
    open_lines = sorted(
        (line for line in received if line.open_qty > 0), key=lambda line: (line.received_on, line.line_id)
    )
    stock = {line.line_id: line for line in open_lines}
    claims = [_Claim(line, line.qty, line.amount) for line in invoiced if line.qty > 0]
    found: list[Match] = []
    for ground, (of_invoice, of_receipt) in _PASSES.items():
        shelf = _Shelf()
        for received_line in stock.values():
            key = of_receipt(received_line)
            if key is not None and received_line.open_qty > 0:
                shelf.add(key, received_line.line_id, received_line.open_qty)
        for claim in claims:
            wanted = of_invoice(claim.line) if claim.qty else None
            for key in wanted or ():
                _pair(claim, key, ground, shelf, stock, found)
    return found


def _pair(
    claim: _Claim, key: Hashable, ground: Ground, shelf: _Shelf, stock: dict[int, Received], found: list[Match]
) -> None:
    exact = shelf.exact.get((key, claim.qty))
    if ground is Ground.QUANTITY:
        alike = [number for number in islice(exact or (), LOOKED_AT) if _looks_alike(claim, stock[number])]
        if alike:
            _take(claim, alike[0], ground, stock, found)
        return
    while exact and claim.qty:
        number = exact.popleft()
        if stock[number].open_qty == claim.qty:
            _take(claim, number, ground, stock, found)
    waiting = shelf.waiting.get(key)
    while waiting and claim.qty:
        if stock[waiting[0]].open_qty:
            _take(claim, waiting[0], ground, stock, found)
        else:
            waiting.popleft()


def _looks_alike(claim: _Claim, line: Received) -> bool:
    """The same quantity at about the same price: the amounts differ by a fifth at most."""
    return line.open_qty == claim.qty and abs(claim.amount - line.not_invoiced) * 5 <= line.not_invoiced


def _take(claim: _Claim, number: int, ground: Ground, stock: dict[int, Received], found: list[Match]) -> None:
    qty = min(claim.qty, stock[number].open_qty)
    stock[number], accrued = after_match(stock[number], qty)
    found.append(Match(claim.line.line_id, number, qty, accrued, claim.take(qty), ground))


# A key of an invoice line is a list: without an order line it may take receipts with or without one.
_Keys = tuple[Callable[[Invoiced], list[Hashable]], Callable[[Received], Hashable]]


def _keys(known: str) -> _Keys:
    def of_invoice(line: Invoiced) -> list[Hashable]:
        fact = getattr(line, known)
        if not fact:
            return []
        without = (line.supplier_id, fact, False)
        return [without] if line.order_line_id else [without, (line.supplier_id, fact, True)]

    def of_receipt(line: Received) -> Hashable:
        fact = getattr(line, known)
        return (line.supplier_id, fact, bool(line.order_line_id)) if fact else None

    return of_invoice, of_receipt


def _nothing_known(line: Invoiced) -> list[Hashable]:
    return [] if line.item_id or line.order_line_id else [line.supplier_id]


_PASSES: dict[Ground, _Keys] = {
    Ground.ORDER_LINE: (
        lambda line: [(line.supplier_id, line.order_line_id)] if line.order_line_id else [],
        lambda line: (line.supplier_id, line.order_line_id) if line.order_line_id else None,
    ),
    Ground.ITEM: _keys("item_id"),
    Ground.SUPPLIER_CODE: _keys("supplier_code"),
    Ground.QUANTITY: (_nothing_known, lambda line: line.supplier_id),
}
