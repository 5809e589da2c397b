"""What the figures of a month are called, and how each is reckoned."""

from __future__ import annotations

from collections.abc import Mapping

from core.costing import (
    COST_WORDS,
    PART_TITLES,
    PART_WORDS,
    SHORT_PARTS,
    TITLES,
    BridgePart,
    Figure,
    FigureKey,
)
from core.i18n import Text, _
from desktop.costing.why import SENTENCES

PART_KEYS: Mapping[BridgePart, FigureKey] = {
    BridgePart.PRICE: FigureKey.PRICE,
    BridgePart.QUANTITY: FigureKey.QUANTITY,
    BridgePart.MIX: FigureKey.MIX,
    BridgePart.WASTE: FigureKey.WASTE_CHANGE,
    BridgePart.COUNTS: FigureKey.COUNTS_CHANGE,
    BridgePart.OTHER: FigureKey.OTHER_CHANGE,
}
"""What each part of a bridge opens; the plan of a budget has no entries."""
COST_TITLE = _("Cost of the month")
_CHANGES: Mapping[BridgePart, Text] = {
    BridgePart.PRICE: PART_TITLES[BridgePart.PRICE],
    BridgePart.QUANTITY: PART_TITLES[BridgePart.QUANTITY],
    BridgePart.MIX: PART_TITLES[BridgePart.MIX],
    BridgePart.WASTE: _("Change of waste"),
    BridgePart.COUNTS: _("Change of count differences"),
    BridgePart.OTHER: _("Change of other adjustments"),
}
FIGURE_TITLES: Mapping[FigureKey, Text] = {
    FigureKey.COST: COST_TITLE,
    FigureKey.BEFORE: _("Cost of the month compared with"),
    FigureKey.COUNTS: _("Cost of count differences"),
    FigureKey.OTHER: PART_TITLES[BridgePart.OTHER],
    FigureKey.CHANGE: _("Change of cost"),
    FigureKey.MOVER: _("Effect of changed prices"),
    FigureKey.DEAD: _("Goods that do not move"),
    FigureKey.ACCRUAL: _("Received, not invoiced"),
    FigureKey.BUDGET: _("Budget"),
    FigureKey.ESTIMATE: _("Estimate for the whole month"),
    **{FigureKey(column): TITLES[column] for column in TITLES if column in tuple(FigureKey) and column != "counts"},
    **{key: _CHANGES[part] for part, key in PART_KEYS.items()},
}
_WORDS: Mapping[FigureKey, Text] = {
    FigureKey.COST: COST_WORDS,
    FigureKey.BEFORE: COST_WORDS,
    FigureKey.CHANGE: COST_WORDS,
    FigureKey.COUNTS: _("What counts found less, less what they found more, at its cost."),
    FigureKey.OTHER: _("Adjustments and changes of cost that made the month dearer."),
    FigureKey.MOVER: _("What was received, at its new price less its old one."),
    FigureKey.DEAD: _("What nobody used, sold or wasted for 90 days or longer, at its value in stock."),
    FigureKey.ACCRUAL: _("What of the receipts until the month's end no invoice was matched with by then."),
    **{key: PART_WORDS[part] for part, key in PART_KEYS.items()},
}


def figure_title(figure: Figure) -> Text:
    """What a figure is called."""
    return FIGURE_TITLES[figure.key]


def figure_words(key: FigureKey) -> Text | str:
    """How it is reckoned."""
    return _WORDS[key] if key in _WORDS else SENTENCES.get(key.value, "")


def short_part(part: BridgePart) -> Text:
    """A part of the bridge where there is little room."""
    return SHORT_PARTS[part]
