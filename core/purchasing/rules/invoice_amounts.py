"""What the lines of an invoice come to: amounts, taxes, totals, and what of each belongs into stock.

Everything is in minor units. A document always ties: net is the sum of its lines without tax, gross is what it states, tax
is the rest; that rest may differ from what the lines make by what suppliers round otherwise, and by no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import Text, _
from core.purchasing.rules.money import convert_lines
from core.purchasing.rules.taxes import net_amounts, stock_amounts, taxes_by_rate
from core.purchasing.types.money import Priced, TaxSum
from core.values import from_minor, round_to_minor, to_minor

AMOUNT_SLACK = 2
AMOUNT_SLACK_PERCENT = Decimal("0.5")
LEAST_SLACK = 2


@dataclass(frozen=True, slots=True)
class Money:
    """How a document counts: its currency's minor digits, the rate to the site's currency and its digits, whether prices
    hold the tax and whether the site gets that back."""

    digits: int
    site_digits: int
    rate: Decimal = Decimal(1)
    is_tax_incl: bool = False
    is_recoverable: bool = True


@dataclass(frozen=True, slots=True)
class Totals:
    """The document as a whole, unsigned."""

    nets: tuple[int, ...]
    site_amounts: tuple[int, ...]
    taxes: tuple[TaxSum, ...]
    net: int
    tax: int
    gross: int


def line_amount(qty: Decimal | None, price: Decimal | None, stated: Decimal | None, digits: int) -> int:
    """The amount of a line in minor units: as stated, else quantity times price, half-up.

    Raises InvalidInput when neither is known, one is below zero, or the amount has more decimals than the currency.
    """
    for figure, field in ((qty, "qty"), (price, "price"), (stated, "amount")):
        if figure is not None and figure < 0:
            raise InvalidInput(_("It is below zero. For money that comes back enter a credit note."), field=field)
    if stated is not None:
        return to_minor(stated, digits)
    if price is None:
        raise InvalidInput(_("What does it cost? Write the price or the amount of the line."), field="price")
    return round_to_minor((Decimal(1) if qty is None else qty) * price, digits)


def amount_question(qty: Decimal | None, price: Decimal | None, stated: Decimal | None, digits: int) -> Text | None:
    """What to ask when a line's amount is not its quantity times its price; half a per cent is rounding."""
    if qty is None or price is None or stated is None:
        return None
    made, said = round_to_minor(qty * price, digits), round_to_minor(stated, digits)
    if abs(made - said) <= max(Decimal(AMOUNT_SLACK), abs(made) * AMOUNT_SLACK_PERCENT / 100):
        return None
    return _(
        "{qty} × {price} make {made}, the line says {said}. Is the amount right?",
        qty=qty,
        price=price,
        made=from_minor(made, digits),
        said=from_minor(said, digits),
    )


def totals_of(lines: Sequence[Priced], money: Money, stated_gross: int | None = None) -> Totals:
    """All sums of a document. `stated_gross` None: what the lines make.

    Raises InvalidInput when the stated total is off by more than rounding: a minor unit for each line, two at least.
    """
    taxes = taxes_by_rate(lines, is_incl=money.is_tax_incl)
    nets = net_amounts(lines, is_incl=money.is_tax_incl)
    own = stock_amounts(lines, is_incl=money.is_tax_incl, is_recoverable=money.is_recoverable)
    net, made = sum(nets), sum(one.gross for one in taxes)
    gross = made if stated_gross is None else stated_gross
    if abs(gross - made) > max(LEAST_SLACK, len(lines)):
        raise InvalidInput(
            _(
                "The lines make {made} with tax, the invoice states {stated}. Correct a line, or add one for the rest.",
                made=from_minor(made, money.digits),
                stated=from_minor(gross, money.digits),
            ),
            field="gross",
        )
    site = convert_lines(own, money.rate, money.digits, money.site_digits)
    return Totals(tuple(nets), tuple(site), taxes, net, gross - net, gross)
