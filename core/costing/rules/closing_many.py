"""Many months closed one after the other, as a site needs that brings years of history in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.costing.types.months import Closed, ClosedMany
from core.errors import CoreError
from core.i18n import Text, _

Report = Callable[[float, Text], object]


def close_in_order(months: Sequence[str], close: Callable[[str], Closed], report: Report) -> ClosedMany:
    """Close these months in their order with `close`, each by itself, and stop at the first that is refused or asks
    something; those before it stay closed. `report` is told a share from 0 to 1 before each, and may raise to stop there.
    """
    done: list[Closed] = []
    for place, month in enumerate(months):
        report(
            place / len(months),
            _("Closing {month}, {n} of {all}…", month=month, n=place + 1, all=len(months)),
        )
        try:
            done.append(close(month))
        except CoreError as fault:
            return ClosedMany(tuple(done), month, fault.text)
    return ClosedMany(tuple(done))
