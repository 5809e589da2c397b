"""The journal of goods received and not invoiced, in both styles of taking an estimate back.

月初回冲: everything estimated at a month's end is taken back on the first day of the next, and what is open at its end is
estimated anew. 单到回冲: an estimate stands until its invoice comes. In both styles the lines of a receipt over all months
sum to what is open of it: to nothing once it is invoiced. Source: the styles of 暂估入库
by these names in Chinese ledgers (Yonyou U8 offers both).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Estimated:
    """A line of the journal: of which receipt, when, how much in minor units (below zero: taken back), by which invoice."""

    receipt: int
    on: date
    amount: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Invoiced:
    """What an invoice took off a receipt in the month (below zero: a match that was taken back)."""

    receipt: int
    on: date
    amount: int
    document: str


def at_month_start(before: Mapping[int, int], now: Mapping[int, int], first: date, last: date) -> list[Estimated]:
    """月初回冲: what was open of each receipt at the end of the month before is taken back on the first day, what is open
    now is estimated on the last."""
    back = [Estimated(key, first, -amount) for key, amount in before.items() if amount]
    return back + [Estimated(key, last, amount) for key, amount in now.items() if amount]


def on_invoice(
    before: Mapping[int, int], now: Mapping[int, int], invoiced: Sequence[Invoiced], last: date
) -> list[Estimated]:
    """单到回冲: receipts that were not estimated yet are, on the last day, at what is open of them; of those that were, what
    invoices took off in the month is taken back on their days, and what changed otherwise (goods that went back) on the
    last."""
    lines: list[Estimated] = []
    told = dict(before)
    for one in sorted(invoiced, key=lambda one: (one.on, one.receipt, one.document)):
        if before.get(one.receipt) and one.amount:
            lines.append(Estimated(one.receipt, one.on, -one.amount, one.document))
            told[one.receipt] -= one.amount
    for key in sorted({*before, *now}):
        rest = now.get(key, 0) - told.get(key, 0)
        if rest:
            lines.append(Estimated(key, last, rest))
    return lines
