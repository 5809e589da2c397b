"""How much of a need a supplier can be asked for: whole packs, multiples, minimum quantities, price breaks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.i18n import Text, _
from core.purchasing.types.ordering import Supply
from core.purchasing.types.slips import Slip, SlipKind
from core.values import plain, round_decimal

SLACK = Decimal("0.0001")
"""What of a step may be missing: factors such as 0.333333 are not exact, and nobody orders a case for a crumb."""
BREAK_IN_SIGHT = 2
"""A price break up to so many times the quantity is worth a word."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An orderable quantity in purchase units, its price a unit, and what made it so."""

    qty: Decimal
    price: Decimal | None
    notes: tuple[Text, ...] = ()


def step_of(supply: Supply) -> Decimal:
    """The smallest step of an order in purchase units: the supplier's multiple, else one whole pack."""
    return supply.multiple_qty or Decimal(1)


def smallest_order(supply: Supply) -> Decimal:
    """The least that can be ordered: the minimum quantity, rounded up to the step."""
    step = step_of(supply)
    return max(step, _up(supply.minimum_qty or Decimal(0), step))


def price_at(supply: Supply, qty: Decimal) -> Decimal | None:
    """The price of one unit when this many are ordered: that of the highest break reached, else the plain price."""
    reached = [one for one in supply.breaks if qty >= one[0]]
    return max(reached)[1] if reached else supply.price


def packed(need: Decimal, supply: Supply, room: Decimal | None = None) -> Packed:
    """The order for a need (base units, more than 0).

    Rounded up to the step and to the smallest order. `room` is how many base units fit below the maximum: when rounding
    up needs more and a smaller order is still possible, it is rounded down instead. A price break is taken when the
    larger quantity costs no more than the smaller one and fits; one in sight is only mentioned.
    """
    step, least = step_of(supply), smallest_order(supply)
    exact = need / supply.factor
    qty = max(_up(exact - step * SLACK, step), least)
    notes: list[Text] = []
    if room is not None and qty * supply.factor > room:
        lower = _down(room / supply.factor, step)
        if lower >= least:
            qty = lower
            notes.append(_("kept below the maximum"))
        else:
            notes.append(_("goes over the maximum, because less cannot be ordered"))
    if not notes and abs(qty - exact) > step * SLACK:
        notes.append(_rounding(qty, exact, step, supply))
    raised = _cheaper(qty, supply, room)
    if raised is not None:
        notes.append(_("{qty} cost no more than {less}", qty=plain(raised), less=plain(qty)))
        qty = raised
    hint = _in_sight(qty, supply)
    return Packed(plain(qty), price_at(supply, qty), (*notes, *hint))


def pack_slips(qty: Decimal, unit: str, factor: Decimal, supply: Supply) -> tuple[Slip, ...]:
    """What to ask about a quantity somebody typed, in a `unit` of `factor` base units: below the supplier's minimum, or off
    its multiple; each with the next quantity that would fit."""
    step, own = supply.multiple_qty, qty * factor / supply.factor
    crumb = (step or Decimal(1)) * SLACK
    least = supply.minimum_qty or Decimal(0)
    fit = max(own, least) if step is None else _up(max(own - crumb, least), step)
    facts = {"qty": plain(qty), "unit": unit, "fit": _said(fit, unit, factor, supply)}
    if own < least - crumb:
        text = _("{qty} {unit} is less than the supplier delivers ({least}). {fit} would fit.",
                 least=_said(least, unit, factor, supply), **facts)  # fmt: skip
        return (Slip(SlipKind.BELOW_MINIMUM, "qty", text, fit),)
    if step is None or abs(fit - own) <= crumb:
        return ()
    text = _("{qty} {unit} is no multiple of {step}. {fit} would fit.", step=_said(step, unit, factor, supply), **facts)
    return (Slip(SlipKind.OFF_MULTIPLE, "qty", text, fit),)


def _said(own: Decimal, unit: str, factor: Decimal, supply: Supply) -> str:
    """A quantity of the supplier's unit in the unit somebody typed, where that is exact."""
    typed = own * supply.factor / factor
    is_exact = round_decimal(typed, 6) == typed
    return f"{plain(typed)} {unit}" if is_exact else f"{plain(own)} {supply.unit.zh}"


def _rounding(qty: Decimal, exact: Decimal, step: Decimal, supply: Supply) -> Text:
    if supply.minimum_qty is not None and _up(exact - step * SLACK, step) < qty:
        return _("at least {least} {unit} can be ordered", least=plain(smallest_order(supply)), unit=supply.unit)
    if step != 1:
        return _("rounded to multiples of {step} {unit}", step=plain(step), unit=supply.unit)
    return _("rounded to whole {unit}", unit=supply.unit)


def _cheaper(qty: Decimal, supply: Supply, room: Decimal | None) -> Decimal | None:
    """The largest quantity at a higher break that costs no more in all than `qty`."""
    price = price_at(supply, qty)
    if price is None:
        return None
    step, found = step_of(supply), None
    for start, _price in sorted(supply.breaks):
        more = _up(start, step)
        at = price_at(supply, more)
        fits = room is None or more * supply.factor <= room
        if more > qty and at is not None and fits and more * at <= qty * price:
            found = more
    return found


def _in_sight(qty: Decimal, supply: Supply) -> list[Text]:
    price = price_at(supply, qty)
    nearest = min((one for one in supply.breaks if one[0] > qty), default=None)
    if not price or nearest is None or nearest[1] >= price or nearest[0] > qty * BREAK_IN_SIGHT:
        return []
    saved = ((price - nearest[1]) * 100 / price).quantize(Decimal("0.1"))
    return [_("from {qty} {unit} {percent} % cheaper", qty=plain(nearest[0]), unit=supply.unit, percent=plain(saved))]


def _up(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_CEILING) * step


def _down(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_FLOOR) * step
