"""How reliable a supplier is: punctual, complete, good, dear, fast. Each figure with the definition people read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.types.scorecard import Ordered, Scorecard, Share, Spread
from core.values import round_decimal

DEFINITIONS: Mapping[str, Text] = {
    "on_time_first": _(
        "Lines whose first delivery came on or before the day first promised, of all lines delivered or due by then."
    ),
    "on_time_last": _(
        "Lines whose first delivery came on or before the day last promised, of all lines delivered or due by then."
    ),
    "in_full": _("Lines whose first delivery brought all that was ordered, of all lines delivered."),
    "rejected": _("Deliveries of a line of which something was refused, of all deliveries of lines."),
    "price_index": _(
        "What this period's goods cost, in per cent of what the same quantities cost at the average prices before. "
        "Items not bought before are left out."
    ),
    "lead_days": _("Days from the order to the first delivery of a line: mean, standard deviation, shortest, longest."),
}


def score(lines: Iterable[Ordered], before: Iterable[Ordered], today: date) -> Scorecard:
    """The scorecard of one supplier from the order lines of a period, and those of the period before for prices.

    Lines that are neither delivered nor due yet count nowhere but in the price index.
    """
    own = list(lines)
    deliveries = [arrival for line in own for arrival in line.arrivals]
    delivered = [line for line in own if line.arrivals]
    return Scorecard(
        on_time_first=_on_time(own, lambda line: line.first_promise, today),
        on_time_last=_on_time(own, lambda line: line.last_promise, today),
        in_full=Share(sum(_first_qty(line) >= line.qty for line in delivered), len(delivered)),
        rejected=Share(sum(arrival.rejected > 0 for arrival in deliveries), len(deliveries)),
        price_index=price_index(own, before),
        lead_days=spread_of([(_first_day(line) - line.ordered_on).days for line in delivered]),
    )


def price_index(lines: Iterable[Ordered], before: Iterable[Ordered]) -> Decimal | None:
    """100 times the cost of the goods ordered now by the cost of the same quantities at the average prices before.

    Source: Paasche's price index, base prices weighted by quantity. Free goods count on
    neither side. One decimal; None when nothing can be compared.
    """
    base = _average_prices(before)
    now = then = Decimal(0)
    for line in lines:
        if line.item_id in base and line.price > 0:
            qty, cost = base[line.item_id]
            now += line.qty * line.price
            then += line.qty * cost / qty
    return round_decimal(now * 100 / then, 1) if then > 0 else None


def spread_of(days: Sequence[int]) -> Spread | None:
    """Mean and standard deviation (of all, not of a sample) of whole days; None of none."""
    if not days:
        return None
    count, total = len(days), sum(days)
    # n*sum(x^2) - sum(x)^2 is n^2 times the variance, exact in whole numbers.
    squares = count * sum(day * day for day in days) - total * total
    deviation = Decimal(squares).sqrt() / count
    return Spread(count, round_decimal(Decimal(total) / count, 2), round_decimal(deviation, 2), min(days), max(days))


def _average_prices(lines: Iterable[Ordered]) -> dict[int, tuple[Decimal, Decimal]]:
    """Quantity and cost by item, of what was bought at a price."""
    found: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for line in lines:
        if line.qty > 0 and line.price > 0:
            qty, cost = found[line.item_id]
            found[line.item_id] = (qty + line.qty, cost + line.qty * line.price)
    return dict(found)


def _on_time(lines: Iterable[Ordered], promise: Callable[[Ordered], date | None], today: date) -> Share:
    part = whole = 0
    for line in lines:
        day = promise(line)
        if day is None or (not line.arrivals and day >= today):
            continue
        whole += 1
        part += bool(line.arrivals) and _first_day(line) <= day
    return Share(part, whole)


def _first_day(line: Ordered) -> date:
    return min(arrival.on for arrival in line.arrivals)


def _first_qty(line: Ordered) -> Decimal:
    """What came on the first day and was kept: two slips of one day are one delivery."""
    first = _first_day(line)
    return sum((arrival.qty - arrival.rejected for arrival in line.arrivals if arrival.on == first), Decimal(0))
