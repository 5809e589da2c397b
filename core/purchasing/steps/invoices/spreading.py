"""Freight and fees shared over what was received and kept: by value, weight or quantity."""

from __future__ import annotations

from collections.abc import Sequence

from core import catalog
from core.errors import InvalidInput
from core.i18n import _, verbatim
from core.purchasing.rules.money import split_charge
from core.purchasing.steps.accruals import ReceivedFacts
from core.uow import UnitOfWork
from core.values import from_micro, to_micro
from db.enums import SplitBy

GRAM = "g"


def shares_of(uow: UnitOfWork, amount: int, by: SplitBy, received: Sequence[ReceivedFacts]) -> list[int]:
    """The share of each entry in minor units; they sum to `amount`.

    What went back carries nothing. Weight is known of items that have a unit of mass. Raises InvalidInput for items
    without one, and when nothing can carry the charge.
    """
    return split_charge(amount, _weights(uow, by, received), by)


def _weights(uow: UnitOfWork, by: SplitBy, received: Sequence[ReceivedFacts]) -> list[int]:
    lines = [one.received for one in received]
    if by is SplitBy.VALUE:
        return [line.accrued - line.returned for line in lines]
    kept = [line.qty - line.returned_qty for line in lines]
    if by is SplitBy.QUANTITY:
        return kept
    facts, tables = catalog.load_item_facts(uow, {line.item_id for line in lines})
    lacking = sorted({facts[line.item_id].code for line in lines if GRAM not in tables[line.item_id].ratios})
    if lacking:
        raise InvalidInput(
            _("Items without a weight: {items}. Spread the costs by value or quantity.",
              items=verbatim(", ".join(lacking[:5]))),
            field="split_by",
        )  # fmt: skip
    return [
        to_micro(tables[line.item_id].from_base(from_micro(qty), GRAM)) for line, qty in zip(lines, kept, strict=True)
    ]
