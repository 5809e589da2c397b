"""Taxes of a document by rate, from prices with or without tax, and whether the supplier reckoned the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules.money import spread_rest
from core.purchasing.types.money import Priced, TaxDifference, TaxSum
from core.values import round_half_up


def check_rate(rate: Decimal) -> None:
    """A tax rate in percent, from 0 to below 100. Raises InvalidInput."""
    if not 0 <= rate < 100:
        raise InvalidInput(_("{rate} is no tax rate: write per cent, 13 for 13 %.", rate=rate), field="tax_rate")


def tax_of(amount: int, rate: Decimal, *, is_incl: bool) -> int:
    """The tax of an amount, rounded half-up: on top of it, or contained in it when prices are with tax."""
    top, bottom = rate.as_integer_ratio()
    return round_half_up(amount * top, 100 * bottom + (top if is_incl else 0))


def taxes_by_rate(lines: Sequence[Priced], *, is_incl: bool) -> tuple[TaxSum, ...]:
    """The tax of a document: computed once on the sum of each rate, lowest rate first. Raises InvalidInput."""
    sums: dict[Decimal, int] = defaultdict(int)
    for line in lines:
        check_rate(line.rate)
        sums[line.rate] += line.amount
    found = []
    for rate, amount in sorted(sums.items()):
        tax = tax_of(amount, rate, is_incl=is_incl)
        found.append(TaxSum(rate, amount - tax if is_incl else amount, tax))
    return tuple(found)


def net_amounts(lines: Sequence[Priced], *, is_incl: bool) -> list[int]:
    """Each line without tax, in their order: they sum to the net of each rate, a rest goes to the largest line."""
    if not is_incl:
        return [line.amount for line in lines]
    nets = [0] * len(lines)
    for total in taxes_by_rate(lines, is_incl=True):
        places = [place for place, line in enumerate(lines) if line.rate == total.rate]
        amounts = [lines[place].amount for place in places]
        own = [amount - tax_of(amount, total.rate, is_incl=True) for amount in amounts]
        for place, net in zip(places, spread_rest(own, total.net), strict=True):
            nets[place] = net
    return nets


def stock_amounts(lines: Sequence[Priced], *, is_incl: bool, is_recoverable: bool) -> list[int]:
    """What each line brings into stock: without tax where the site gets it back, else with its share of the tax."""
    nets = net_amounts(lines, is_incl=is_incl)
    if is_recoverable:
        return nets
    if is_incl:
        return [line.amount for line in lines]
    gross = [0] * len(lines)
    for total in taxes_by_rate(lines, is_incl=False):
        places = [place for place, line in enumerate(lines) if line.rate == total.rate]
        own = [nets[place] + tax_of(nets[place], total.rate, is_incl=False) for place in places]
        for place, amount in zip(places, spread_rest(own, total.gross), strict=True):
            gross[place] = amount
    return gross


def compare_taxes(
    computed: Sequence[TaxSum], stated: Mapping[Decimal, int], tolerance: int = 1
) -> tuple[TaxDifference, ...]:
    """The rates where the stated tax differs by more than `tolerance` minor units, lowest rate first.

    A rate the document does not mention is taken as stated with nothing.
    """
    own = {one.rate: one.tax for one in computed}
    found = [TaxDifference(rate, own.get(rate, 0), stated.get(rate)) for rate in sorted({*own, *stated})]
    return tuple(one for one in found if abs(one.amount) > tolerance)
