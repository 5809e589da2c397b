"""What a person holds against what: how much of a receipt an invoice's line takes, and what that was accrued for."""

from __future__ import annotations

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.types.matching import Received
from core.purchasing.types.standing import Standing
from core.values import from_micro, round_half_up


def most_of(line: Standing, received: Received) -> int:
    """How much of a line can stand against a receipt's entry, signed like the line: of an invoice what was received and
    not invoiced, goods that went back since included (a credit is expected for them then); of a credit what went back
    after it was invoiced."""
    if line.is_credit:
        return max(line.open_qty, min(received.open_qty, 0))
    return min(line.open_qty, max(received.qty - received.matched_qty, 0))


def accrued_for(received: Received, qty: int) -> int:
    """What `qty` (signed) of a receipt's entry was accrued for, in minor units: its share of what is open, and beyond that
    of what went back. Whoever takes the last takes the rest. Raises Refused when not so much is there."""
    left = received.qty - received.matched_qty
    most = left if qty > 0 else min(received.open_qty, 0)
    if not 0 < qty * (1 if qty > 0 else -1) <= abs(most):
        raise Refused(
            _("Of this receipt line {have} can be matched, {want} are too many.", have=from_micro(abs(most)),
              want=from_micro(abs(qty))),
            field="qty",
        )  # fmt: skip
    if qty < 0:
        return round_half_up(received.not_invoiced * qty, received.open_qty)
    if qty == left:
        return received.accrued - received.matched
    within = min(qty, max(received.open_qty, 0))
    own = round_half_up(received.not_invoiced * within, received.open_qty) if within else 0
    beyond = qty - within
    return own + (round_half_up(received.returned * beyond, received.returned_qty) if beyond else 0)


def invoiced_for(line: Standing, qty: int) -> int:
    """The share of what is open of a line's amount that belongs to `qty` of it; the last takes the rest."""
    if not line.open_qty:
        raise InvalidInput(_("This line is matched already. Take its match back first."), field="line")
    return round_half_up(line.open_amount * qty, line.open_qty)


def check_price_credit(line: Standing, amount: int) -> int:
    """The part of a credit that lowers the price of goods that stay, signed like the credit. Raises InvalidInput."""
    if not line.is_credit:
        raise InvalidInput(_("Only a credit note lowers a price without goods. Write a quantity."), field="qty")
    if not 0 < -amount <= -line.open_amount:
        raise InvalidInput(_("This credit has not so much left."), field="amount")
    return amount
