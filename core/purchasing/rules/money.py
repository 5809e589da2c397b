"""Money of purchasing: foreign currency, landed costs, due dates, ages of debts. Every split sums to its total."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.types.money import Debt, Due, PaymentTerms
from core.values import round_half_up, split_by_weights
from db.enums import SplitBy

MONTH_DAYS = 30
LONGEST_TERM = 730
_UP_TO = ((0, Due.NOT_DUE), (30, Due.TO_30), (60, Due.TO_60), (90, Due.TO_90))


def convert(amount: int, rate: Decimal, digits: int, site_digits: int) -> int:
    """Minor units of a document's currency as minor units of the site's, rounded half-up.

    `rate` is site currency for 1 of the document's. Raises InvalidInput when it is not above zero.
    """
    if rate <= 0:
        raise InvalidInput(_("An exchange rate is above zero: how much one unit costs in your currency."), field="rate")
    top, bottom = rate.as_integer_ratio()
    return round_half_up(amount * top * int(10**site_digits), bottom * int(10**digits))


def convert_lines(amounts: Sequence[int], rate: Decimal, digits: int, site_digits: int) -> list[int]:
    """The lines of a document in the site's currency: each rounded half-up, and they sum to the converted total; what
    rounding leaves over goes to the largest line. Raises InvalidInput."""
    total = convert(sum(amounts), rate, digits, site_digits)
    return spread_rest([convert(amount, rate, digits, site_digits) for amount in amounts], total)


def spread_rest(amounts: Sequence[int], total: int) -> list[int]:
    """The amounts, the largest (the first of them) changed so that they sum to `total`.

    Without any amount there is nothing to change: a total then raises ValueError.
    """
    rest = total - sum(amounts)
    if not rest:
        return list(amounts)
    if not amounts:
        raise ValueError("nothing to spread over")
    largest = max(range(len(amounts)), key=lambda place: (abs(amounts[place]), -place))
    return [amount + rest if place == largest else amount for place, amount in enumerate(amounts)]


def split_charge(total: int, weights: Sequence[int], by: SplitBy) -> list[int]:
    """Freight or a fee (or a rebate, below zero) spread over lines by value, weight or quantity; the shares sum to it.

    `weights` as whole numbers of one measure: minor units, millionths. Raises InvalidInput with what is missing.
    """
    if any(weight < 0 for weight in weights):
        raise InvalidInput(_("Costs are not spread over returned goods. Take the lines out."), field="lines")
    if not sum(weights):
        raise InvalidInput(_NOTHING[by], field="split_by")
    return split_by_weights(total, weights)


_NOTHING = {
    SplitBy.VALUE: _("These lines have no value: spread the costs by weight or quantity."),
    SplitBy.WEIGHT: _("These items have no weight: spread the costs by value or quantity."),
    SplitBy.QUANTITY: _("These lines have no quantity: spread the costs by value or weight."),
}


def due_date(invoiced_on: date, terms: PaymentTerms) -> date:
    """The day an invoice is due.

    From its own date the days are counted as they are. From the end of its month every 30 days are a month: 30 days of
    an invoice of January are due on the last of February, 45 days 15 days after that. Raises InvalidInput outside 0 to
    730 days.
    """
    if not 0 <= terms.days <= LONGEST_TERM:
        raise InvalidInput(_("Terms of payment are from 0 to {n} days.", n=LONGEST_TERM), field="payment_days")
    if not terms.is_end_of_month:
        return invoiced_on + timedelta(days=terms.days)
    months, days = divmod(terms.days, MONTH_DAYS)
    year, month = divmod(invoiced_on.year * 12 + invoiced_on.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1]) + timedelta(days=days)


def age_of(due_on: date, today: date) -> Due:
    """How old a debt is: on its due date it is not yet overdue."""
    days = (today - due_on).days
    return next((age for bound, age in _UP_TO if days <= bound), Due.OVER_90)


def ages(debts: Iterable[Debt], today: date) -> Mapping[Due, int]:
    """What is owed by age, all ages named; credits lessen the age they belong to. The ages sum to the whole debt."""
    found = dict.fromkeys(Due, 0)
    for debt in debts:
        found[age_of(debt.due_on, today)] += debt.amount
    return found
