"""New matches for lines of invoices and credit notes, and whether their differences pass.

A credit note is an invoice seen in a mirror: its lines find receipts whose goods went back after they were invoiced.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.purchasing.rules.matching import allowed_difference
from core.purchasing.rules.pairing import propose_matches
from core.purchasing.types.matching import Invoiced, Received, Tolerance
from core.purchasing.types.standing import Held, Standing
from core.values import round_half_up
from db.enums import InvoiceLineKind, MatchDecision


def is_covered(line: Standing, qty_percent: Decimal) -> bool:
    """Whether nothing of a line of goods is looked for any more: all of it is held against something, or all but what the
    tolerance of quantities lets pass; of a credit all of its amount (goods need not have gone back for it)."""
    if line.is_credit and line.matches and not line.open_amount:
        return True
    if not line.open_qty:
        return bool(line.matches) or not line.amount
    return bool(line.matches) and abs(line.open_qty) * 100 <= abs(line.qty) * qty_percent


def pair_lines(
    lines: Sequence[Standing], received: Iterable[Received], tolerances: Mapping[int, Tolerance]
) -> list[Held]:
    """Matches for what is open of these lines; invoices find what was kept, credit notes what went back. `tolerances` by
    supplier. A rest within the tolerance of quantities is paid for with the last match of its line."""
    every = list(received)
    wanted = [
        line
        for line in lines
        if line.kind is InvoiceLineKind.GOODS
        and line.open_qty
        and not is_covered(line, tolerances[line.supplier_id].qty_percent)
    ]
    found = _pair([line for line in wanted if not line.is_credit], every, 1)
    found += _pair([line for line in wanted if line.is_credit], every, -1)
    _take_small_rests(wanted, found, tolerances)
    return found


def _pair(lines: Sequence[Standing], received: Sequence[Received], sign: int) -> list[Held]:
    asked = [
        Invoiced(
            line.id,
            line.supplier_id,
            sign * line.open_qty,
            sign * line.open_amount,
            line.item_id or 0,
            line.order_line_id or 0,
            line.supplier_code if line.item_id is None else "",
        )
        for line in lines
    ]
    there = received if sign > 0 else [_mirrored(one) for one in received if one.open_qty < 0]
    return [
        Held(
            one.invoice_line_id,
            one.receipt_line_id,
            sign * one.qty,
            sign * one.accrued,
            sign * one.invoiced,
            one.ground,
        )
        for one in propose_matches(asked, there)
    ]


def _mirrored(one: Received) -> Received:
    """What went back after it was invoiced, as if it had been received and not invoiced."""
    return Received(
        one.line_id,
        one.supplier_id,
        -one.open_qty,
        -one.not_invoiced,
        item_id=one.item_id,
        order_line_id=one.order_line_id,
        supplier_code=one.supplier_code,
        received_on=one.received_on,
    )


def _take_small_rests(lines: Sequence[Standing], found: list[Held], tolerances: Mapping[int, Tolerance]) -> None:
    by_line: dict[int, list[Held]] = defaultdict(list)
    for one in found:
        by_line[one.line_id].append(one)
    for line in lines:
        own = by_line[line.id]
        rest = line.open_qty - sum(one.qty for one in own)
        if own and rest and abs(rest) * 100 <= abs(line.qty) * tolerances[line.supplier_id].qty_percent:
            own[-1].invoiced += line.open_amount - sum(one.invoiced for one in own)


def decide(lines: Iterable[Standing], fresh: Iterable[Held], tolerances: Mapping[int, Tolerance]) -> None:
    """What becomes of the differences of new matches: none, small enough to be booked, or to be settled by a person. All
    new matches of a line are judged together."""
    by_line: dict[int, list[Held]] = defaultdict(list)
    for one in fresh:
        by_line[one.line_id].append(one)
    for line in lines:
        own = by_line[line.id]
        allowed = allowed_difference(sum(one.accrued for one in own), tolerances[line.supplier_id])
        passes = abs(sum(one.difference for one in own)) <= allowed
        for one in own:
            if one.difference:
                one.decision = MatchDecision.SMALL if passes else MatchDecision.OPEN


def part_of_left(left: int, counted: int, qty: int, open_qty: int) -> int:
    """What of landed cost that left with returned goods belongs to a credit for `qty` of them (below zero, as is
    `open_qty`): the share of what no earlier credit counted, half-up; below zero like the credit."""
    if not open_qty:
        return 0
    return -round_half_up((left - counted) * qty, open_qty)
