"""What the figures of the review are called, on screen, on paper and in files."""

from __future__ import annotations

from collections.abc import Mapping

from core.costing.rules.bridge import BridgePart
from core.i18n import Text, _

TITLES: Mapping[str, Text] = {
    "opening": _("Opening"),
    "receipts": _("Purchases"),
    "other_in": _("Other in"),
    "usage": _("Usage"),
    "waste": _("Waste"),
    "adjustments": _("Counts and adjustments"),
    "other_out": _("Other out"),
    "closing": _("Closing"),
    "counts": _("Count differences"),
    "gain": _("Count gain"),
    "loss": _("Count loss"),
    "variance": _("Cost variance"),
}
# Where a column is narrow.
SHORT_TITLES: Mapping[str, Text] = {**TITLES, "adjustments": _("Counts ±")}
WITHOUT_CATEGORY = _("Without category")
WITHOUT_REASON = _("Without reason")
WITHOUT_SECTION = _("Without section")
PART_TITLES: Mapping[BridgePart, Text] = {
    BridgePart.PLAN: _("Month before against budget"),
    BridgePart.PRICE: _("Price"),
    BridgePart.QUANTITY: _("Usage quantity"),
    BridgePart.MIX: _("Mix"),
    BridgePart.WASTE: _("Waste"),
    BridgePart.COUNTS: _("Count differences"),
    BridgePart.OTHER: _("Other adjustments"),
}
"""What the parts of a bridge are called."""
COST_WORDS = _(
    "Cost of a month: usage + waste + count losses less gains + other adjustments. Goods that went back to suppliers or came "
    "back from customers are not part of it."
)
PART_WORDS: Mapping[BridgePart, Text] = {
    BridgePart.PLAN: _("What the month before cost more than the budget."),
    BridgePart.PRICE: _("What was used, at its cost now less at its cost in the month compared with."),
    BridgePart.QUANTITY: _(
        "How much more of the category was used as a whole, at the costs of the month compared with."
    ),
    BridgePart.MIX: _(
        "More of dear goods than of cheap ones within a category: what price and quantity do not explain."
    ),
    BridgePart.WASTE: _("Waste of the month less waste of the month compared with."),
    BridgePart.COUNTS: _("Count losses less gains, against those of the month compared with."),
    BridgePart.OTHER: _("Adjustments and revaluations, against those of the month compared with."),
}
"""How each part of a bridge is reckoned."""
