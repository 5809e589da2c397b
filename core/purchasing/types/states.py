"""What can happen to the documents of purchasing, and how far a line of an order has come."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Event(StrEnum):
    """What can happen to a document. A word means the same for each of them."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    REVISE = "revise"
    ORDER = "order"
    CANCEL = "cancel"
    REOPEN = "reopen"
    SEND = "send"
    CONFIRM = "confirm"
    NOTHING_ARRIVED = "nothing_arrived"
    PART_ARRIVED = "part_arrived"
    ALL_ARRIVED = "all_arrived"
    CLOSE = "close"
    ANSWER = "answer"
    AWARD = "award"
    RELEASE = "release"
    QUARANTINE = "quarantine"
    CREDIT = "credit"
    UNCREDIT = "uncredit"
    WRITE_OFF = "write_off"
    ENTER = "enter"
    AGREE = "agree"
    DIFFER = "differ"
    UNMATCH = "unmatch"
    PAY = "pay"
    UNPAY = "unpay"
    EXPORT = "export"


class LineProgress(NamedTuple):
    """How far a line of an order has come, in base units. `received` is net of reversals, without free goods and without
    returns (what is sent back is claimed, not awaited); `is_closed`: nobody waits for the rest."""

    ordered: Decimal
    received: Decimal
    is_closed: bool = False
