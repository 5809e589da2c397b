"""What crosses the door of counting."""

from core.counting.types.entering import (
    Completed,
    CountPart,
    CountPlan,
    CountPosted,
    Entered,
    Flag,
    FlagKind,
    NewCount,
    NotCounted,
    Onto,
)
from core.counting.types.results import Accuracy, ItemCountRow, KeyItemRow, ReasonSum, RiskRow, ToleranceRow
from core.counting.types.review import CountReview, DifferenceRow, LineStory, Since, StoryEntry, TallyRow
from core.counting.types.sheets import CountCard, CountLine, CountRow, EntryUnit, LineHit, PlaceProgress

__all__ = [
    "Accuracy",
    "Completed",
    "CountCard",
    "CountLine",
    "CountPart",
    "CountPlan",
    "CountPosted",
    "CountReview",
    "CountRow",
    "DifferenceRow",
    "Entered",
    "EntryUnit",
    "Flag",
    "FlagKind",
    "ItemCountRow",
    "KeyItemRow",
    "LineHit",
    "LineStory",
    "NewCount",
    "NotCounted",
    "Onto",
    "PlaceProgress",
    "ReasonSum",
    "RiskRow",
    "Since",
    "StoryEntry",
    "TallyRow",
    "ToleranceRow",
]
