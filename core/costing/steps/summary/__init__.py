"""The written summary of a month: sentences made from its figures by rules."""

from core.costing.steps.summary.facts import Driver, SummaryFacts, drivers_of
from core.costing.steps.summary.sentences import sentences

__all__ = ["Driver", "SummaryFacts", "drivers_of", "sentences"]
