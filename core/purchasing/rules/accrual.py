"""What of a receipt is not invoiced, matched or sent back: the three always sum to what was accrued, to the minor unit."""

from __future__ import annotations

from dataclasses import replace

from core.errors import Refused
from core.i18n import _
from core.purchasing.types.matching import Received
from core.values import from_micro, round_half_up


def share_of(line: Received, qty: int) -> int:
    """What `qty` millionths of the open part of a receipt line were accrued for, in minor units.

    Taken from what is left, rounded half-up; whoever takes the last of it takes the rest. Taken one after the other that
    is the cumulative share of the whole, and it stays right when an earlier match is taken back. Raises Refused when not
    so much is open.
    """
    if not 0 < qty <= line.open_qty:
        have, want = from_micro(line.open_qty), from_micro(qty)
        raise Refused(_("Of this receipt line {have} are not invoiced, {want} are too many.", have=have, want=want))
    return round_half_up(line.not_invoiced * qty, line.open_qty)


def after_match(line: Received, qty: int) -> tuple[Received, int]:
    """The receipt line after `qty` of it were matched to an invoice, and their accrued amount. Raises Refused."""
    share = share_of(line, qty)
    return replace(line, matched_qty=line.matched_qty + qty, matched=line.matched + share), share
