"""Answers to a request for quotation side by side, by what they cost at the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from core.purchasing.rules.money import convert
from core.purchasing.rules.taxes import tax_of
from core.purchasing.types.quotations import AnswerHead, Award, Landed, Offered, SupplierSum
from core.values import round_decimal, round_half_up, split_by_weights


def landed_offers(
    offers: Sequence[Offered], heads: Mapping[int, AnswerHead], *, site_digits: int, is_recoverable: bool
) -> tuple[Landed, ...]:
    """What each offer costs at the door, cheapest first on every line.

    The quantity is what was asked for, in whole units of the supplier and at least its minimum. Freight is shared over a
    supplier's lines by the value of the goods (by quantity when they are free). Tax that the site gets back is left out.
    """
    by_supplier: dict[int, list[Offered]] = defaultdict(list)
    for one in offers:
        by_supplier[one.supplier_id].append(one)
    found: list[Landed] = []
    for supplier_id, own in by_supplier.items():
        found += _landed(own, heads[supplier_id], site_digits, is_recoverable=is_recoverable)
    return _ranked(found)


def _landed(offers: Sequence[Offered], head: AnswerHead, site_digits: int, *, is_recoverable: bool) -> list[Landed]:
    bought = [_bought(one) for one in offers]
    goods = []
    for one, units in zip(offers, bought, strict=True):
        amount = _minor(units * one.price, head.digits)
        tax = tax_of(amount, one.tax_rate, is_incl=head.is_tax_incl)
        if is_recoverable and head.is_tax_incl:
            amount -= tax
        elif not is_recoverable and not head.is_tax_incl:
            amount += tax
        goods.append(convert(amount, head.rate, head.digits, site_digits))
    freight = convert(_minor(head.freight, head.digits), head.rate, head.digits, site_digits)
    weights = goods if sum(goods) else [1] * len(goods)
    shares = split_by_weights(freight, weights)
    return [
        Landed(one.line_id, one.supplier_id, units * one.factor, cost, share, 0, Decimal(0))
        for one, units, cost, share in zip(offers, bought, goods, shares, strict=True)
    ]


def _bought(one: Offered) -> Decimal:
    """Whole units of the supplier that hold what is wanted, at least the minimum."""
    exact = Fraction(one.wanted) / Fraction(one.factor)
    units = Decimal(-(-exact.numerator // exact.denominator))
    return max(units, (one.minimum_qty or Decimal(0)).to_integral_value(ROUND_CEILING))


def _minor(amount: Decimal, digits: int) -> int:
    top, bottom = amount.as_integer_ratio()
    return round_half_up(top * int(10**digits), bottom)


def _ranked(found: Sequence[Landed]) -> tuple[Landed, ...]:
    by_line: dict[int, list[Landed]] = defaultdict(list)
    for one in found:
        by_line[one.line_id].append(one)
    ranked: list[Landed] = []
    for own in by_line.values():
        own.sort(key=lambda one: (_per_unit(one), one.total, one.supplier_id))
        least = _per_unit(own[0])
        for rank, one in enumerate(own, start=1):
            more = _per_unit(one) / least - 1 if least else Fraction(0)
            ranked.append(Landed(one.line_id, one.supplier_id, one.qty, one.goods, one.freight, rank, _ratio(more)))
    return tuple(ranked)


def _per_unit(one: Landed) -> Fraction:
    return Fraction(one.total) / Fraction(one.qty)


def _ratio(share: Fraction) -> Decimal:
    return round_decimal(Decimal(share.numerator) / Decimal(share.denominator), 4)


def supplier_sums(found: Sequence[Landed], lines: int) -> tuple[SupplierSum, ...]:
    """What each supplier's offers come to, complete ones first, then the cheapest."""
    by_supplier: dict[int, list[Landed]] = defaultdict(list)
    for one in found:
        by_supplier[one.supplier_id].append(one)
    sums = [
        SupplierSum(key, len(own), sum(one.total for one in own), len(own) == lines, sum(one.rank == 1 for one in own))
        for key, own in by_supplier.items()
    ]
    return tuple(sorted(sums, key=lambda one: (not one.is_complete, one.total, one.supplier_id)))


def award_to_one(found: Sequence[Landed], wanted: Mapping[int, Decimal]) -> tuple[Award, ...]:
    """Everything to the supplier who offers all lines for the least; nothing when nobody offers all.

    `wanted`: quantity by line, in the line's unit.
    """
    sums = [one for one in supplier_sums(found, len(wanted)) if one.is_complete]
    if not sums:
        return ()
    return tuple(Award(line_id, sums[0].supplier_id, qty) for line_id, qty in wanted.items())


def award_cheapest(found: Sequence[Landed], wanted: Mapping[int, Decimal]) -> tuple[Award, ...]:
    """Every line to its cheapest offer. Freight was shared as if each supplier got all it offers."""
    best = {one.line_id: one.supplier_id for one in found if one.rank == 1}
    return tuple(Award(line_id, best[line_id], qty) for line_id, qty in wanted.items() if line_id in best)


def price_with_tax(price: Decimal, rate: Decimal, is_incl: bool, wants_incl: bool) -> Decimal:
    """A price said with (or without) tax as another document says it, six decimals, half-up."""
    if is_incl == wants_incl:
        return price
    share = Fraction(100 + rate) / 100
    changed = Fraction(price) * share if wants_incl else Fraction(price) / share
    return Decimal(round_half_up(changed.numerator * 1_000_000, changed.denominator)).scaleb(-6)
