"""What each entry adds to a part of the bridge, so that the entries sum to it exactly."""

from __future__ import annotations

from collections.abc import Sequence

from core.costing.rules.bridge import BridgePart, Parts, Use, at_reference, spread

Entry = tuple[int, int, int]
"""An entry's id, the quantity used with it and its amount, in millionths and minor units."""


def shares(part: BridgePart, parts: Parts, before: Sequence[Entry], now: Sequence[Entry]) -> list[tuple[int, int]]:
    """What the entries of usage in one place (an item, or an item in a section) add to price, quantity or mix: by id.

    `parts` are those of that place. Each entry takes its share by cumulative rounding: of the month at the reference cost,
    of the month before times the growth of the whole.
    """
    if part is BridgePart.PRICE:
        return _price(parts, now)
    if part is BridgePart.QUANTITY:
        return _quantity(parts, before, now)
    return _mix(parts, before, now)


def _then(parts: Parts, now: Sequence[Entry]) -> list[int]:
    """The month's entries at the reference cost."""
    amounts = [amount for _id, _qty, amount in now]
    if parts.cost is None:
        return amounts
    return spread(sum(amounts) - parts.price, [qty for _id, qty, _amount in now], parts.cost)


def _grown(parts: Parts, before: Sequence[Entry]) -> list[int]:
    """The growth of the entries of the month before."""
    growth = parts.growth or (0, 1)
    return spread(parts.quantity, [amount for _id, _qty, amount in before], growth)


def _price(parts: Parts, now: Sequence[Entry]) -> list[tuple[int, int]]:
    return [(one[0], one[2] - then) for one, then in zip(now, _then(parts, now), strict=True)]


def _quantity(parts: Parts, before: Sequence[Entry], now: Sequence[Entry]) -> list[tuple[int, int]]:
    if parts.growth is not None:
        return [(one[0], grown) for one, grown in zip(before, _grown(parts, before), strict=True)]
    return [*_at_reference(parts, now), *((key, -amount) for key, _qty, amount in before)]


def _mix(parts: Parts, before: Sequence[Entry], now: Sequence[Entry]) -> list[tuple[int, int]]:
    if parts.growth is None:
        return []
    less = [(one[0], -one[2] - grown) for one, grown in zip(before, _grown(parts, before), strict=True)]
    return [*_at_reference(parts, now), *less]


def _at_reference(parts: Parts, now: Sequence[Entry]) -> list[tuple[int, int]]:
    return [(one[0], then) for one, then in zip(now, _then(parts, now), strict=True)]


def moved(entries: Sequence[Entry], cost: tuple[int, int]) -> list[tuple[int, int]]:
    """What each receipt of an item cost more than at its old cost (value over quantity): by id."""
    use = Use(0, 0, sum(qty for _id, qty, _amount in entries), 0)
    then = spread(at_reference(use, cost), [qty for _id, qty, _amount in entries], cost)
    return [(one[0], one[2] - at_old) for one, at_old in zip(entries, then, strict=True)]
