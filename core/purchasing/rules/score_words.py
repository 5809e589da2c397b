"""The names of a scorecard's figures, and how each stands in a cell."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.types.scorecard import Scorecard, Share

FIGURES: tuple[tuple[str, Text], ...] = (
    ("on_time_first", _("On time, first promise")),
    ("on_time_last", _("On time, last promise")),
    ("in_full", _("In full at first delivery")),
    ("rejected", _("Deliveries with rejects")),
    ("price_index", _("Price index")),
    ("lead_days", _("Lead time in days")),
)


def figures_of(card: Scorecard) -> tuple[Text | str | None, ...]:
    """The six figures as they stand in a cell, in the order of `FIGURES`: 92.3% (12 of 13)."""
    spread = card.lead_days
    lead: Text | None = None
    if spread is not None:
        lead = _("{mean} ± {deviation}", mean=_short(spread.mean), deviation=_short(spread.deviation))
    shares = (card.on_time_first, card.on_time_last, card.in_full, card.rejected)
    return (*(_share(share) for share in shares), None if card.price_index is None else str(card.price_index), lead)


def _share(share: Share) -> Text | None:
    if share.percent is None:
        return None
    return _("{percent}% ({part} of {whole})", percent=share.percent, part=share.part, whole=share.whole)


def _short(number: Decimal) -> str:
    return f"{number:.1f}"
