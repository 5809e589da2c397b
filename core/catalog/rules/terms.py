"""What makes sense in a supplier's term, a stock policy, a list of substitutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

from core.catalog.rules.fields import amount, days, line
from core.catalog.types import Break, NewPolicy, NewTerm
from core.errors import InvalidInput
from core.i18n import _

MOST_BREAKS = 20


def check_term(term: NewTerm) -> None:
    """Prices and quantities are not negative, breaks rise in quantity and each is there once. Raises InvalidInput."""
    line(term.supplier_code, 60, "supplier_code")
    amount(term.price, "price")
    days(term.lead_days or None, "lead_days")
    amount(term.minimum_qty, "minimum_qty")
    if term.multiple_qty is not None and not amount(term.multiple_qty, "multiple_qty"):
        raise InvalidInput(
            _("Orders in multiples of 0 are none. Write 1 or more, or leave it empty."), field="multiple_qty"
        )
    if not 1 <= term.rank <= 99:
        raise InvalidInput(_("The rank is 1 for the main supplier, 2 and up for the next ones."), field="rank")
    if term.valid_from and term.valid_to and term.valid_to < term.valid_from:
        raise InvalidInput(
            _("The prices end on {end}, before they begin on {start}.", end=term.valid_to, start=term.valid_from),
            field="valid_to",
        )
    _check_breaks(term.breaks)


def _check_breaks(breaks: Sequence[Break]) -> None:
    if len(breaks) > MOST_BREAKS:
        raise InvalidInput(_("A term has at most {n} price breaks.", n=MOST_BREAKS), field="breaks")
    seen: set[Decimal] = set()
    for step in breaks:
        if not amount(step.from_qty, "breaks"):
            raise InvalidInput(_("A price break starts from more than 0."), field="breaks")
        amount(step.price, "breaks")
        if step.from_qty in seen:
            raise InvalidInput(_("The price break from {qty} is there twice.", qty=step.from_qty), field="breaks")
        seen.add(step.from_qty)


def price_for(price: Decimal | None, breaks: Sequence[Break], qty: Decimal) -> Decimal | None:
    """The price of one unit when this many are bought: that of the highest break reached, else the plain price."""
    reached = [step for step in breaks if qty >= step.from_qty]
    return max(reached, key=lambda step: step.from_qty).price if reached else price


def check_policy(policy: NewPolicy) -> None:
    """Quantities are not negative and stand in order: safety below minimum, minimum and par below maximum. Raises
    InvalidInput."""
    for field in fields(policy):
        if field.name != "location_id":
            amount(getattr(policy, field.name), field.name)
    if policy.maximum is None:
        return
    for name, value in (("minimum", policy.minimum), ("safety", policy.safety), ("par", policy.par)):
        if value is not None and value > policy.maximum:
            raise InvalidInput(
                _(
                    "{value} is above the maximum of {maximum}. Raise the maximum or lower this figure.",
                    value=value,
                    maximum=policy.maximum,
                ),
                field=name,
            )


def is_empty(policy: NewPolicy) -> bool:
    """Whether a policy says nothing."""
    return all(getattr(policy, field.name) is None for field in fields(policy) if field.name != "location_id")
