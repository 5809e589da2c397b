"""A supplier's statement held against the books, invoice by invoice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.rules.matching import plain_number
from core.purchasing.types.payments import NewStatementLine, Standing, StatementFinding

_ORDER = (Standing.NOT_WITH_US, Standing.AMOUNT, Standing.PAID, Standing.NOT_WITH_THEM, Standing.AGREES)


@dataclass(frozen=True, slots=True)
class Booked:
    """An invoice as the books have it: what was open of it on the statement's day, nothing when it was settled."""

    invoice_id: int
    number: str
    day: date
    open: Decimal


def reconcile(theirs: Iterable[NewStatementLine], ours: Sequence[Booked]) -> tuple[StatementFinding, ...]:
    """Every line of the statement and every open invoice of the books, each once; what disagrees stands first.

    Numbers are compared without case, signs and leading zeros; a number the statement names twice is summed. The
    differences of the findings sum to the difference of the two balances.
    """
    asked: dict[str, tuple[str, Decimal, date | None]] = {}
    for line in theirs:
        key = plain_number(line.number)
        known = asked.get(key)
        if known is None:
            asked[key] = (line.number, line.amount, line.day)
        else:
            asked[key] = (known[0], known[1] + line.amount, known[2])
    found: list[StatementFinding] = []
    for one in ours:
        said = asked.pop(plain_number(one.number), None)
        if said is not None:
            found.append(_both(one, said[1]))
        elif one.open:
            text = _("The supplier's statement does not name it.")
            found.append(
                StatementFinding(Standing.NOT_WITH_THEM, one.number, None, one.open, one.day, one.invoice_id, text)
            )
    for number, amount, day in asked.values():
        text = _("This invoice is not in the books. Ask the supplier for a copy.")
        found.append(StatementFinding(Standing.NOT_WITH_US, number, amount, None, day, None, text))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.standing), one.number)))


def _both(one: Booked, theirs: Decimal) -> StatementFinding:
    if theirs == one.open:
        standing, text = Standing.AGREES, _("Agrees.")
    elif not one.open:
        standing, text = Standing.PAID, _("Settled in the books; the supplier still waits for it.")
    else:
        standing, text = Standing.AMOUNT, _amount(theirs - one.open)
    return StatementFinding(standing, one.number, theirs, one.open, one.day, one.invoice_id, text)


def _amount(difference: Decimal) -> Text:
    if difference > 0:
        return _("The supplier asks {amount} more than the books.", amount=difference)
    return _("The supplier asks {amount} less than the books.", amount=-difference)
