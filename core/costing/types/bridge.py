"""Bridges: from the cost of one month to the cost of another, in parts that sum exactly."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.costing.rules.bridge import PARTS, BridgePart
from core.costing.rules.figures import share_of
from core.costing.types.review import ReviewRow
from core.costing.types.sections import Section
from core.values import from_minor


@dataclass(frozen=True, slots=True)
class Bridge:
    """From a cost before (`start`) to the cost of the month (`end`): start + all parts = end, to the minor unit.

    `steps` are minor units in the order of PARTS: plan (only against a budget: what the month before cost differently from
    the budget), price, quantity, mix, waste, counts, other.
    """

    start_minor: int
    steps: tuple[int, ...]
    end_minor: int
    digits: int

    @property
    def start(self) -> Decimal:
        """The cost before, or the budget."""
        return from_minor(self.start_minor, self.digits)

    @property
    def end(self) -> Decimal:
        """The cost of the month."""
        return from_minor(self.end_minor, self.digits)

    @property
    def change(self) -> Decimal:
        """How much more the month cost; below zero: less."""
        return from_minor(self.end_minor - self.start_minor, self.digits)

    @property
    def ratio(self) -> Decimal | None:
        """The change as a share of the cost before (0.125: 12.5 % more); None where nothing was before."""
        return share_of(self.change, abs(self.start))

    def amount(self, part: BridgePart) -> Decimal:
        """One part, in money; above zero it made the month dearer."""
        return from_minor(self.steps[PARTS.index(part)], self.digits)

    @property
    def largest(self) -> BridgePart | None:
        """The part that changed most; None where nothing changed."""
        sizes = [abs(step) for step in self.steps]
        return PARTS[sizes.index(max(sizes))] if any(sizes) else None


@dataclass(frozen=True, slots=True)
class ItemBridge:
    """The bridge of one item. `row` is its line in the month's review, or in that of the month before when it has none in
    this one."""

    row: ReviewRow
    bridge: Bridge


@dataclass(frozen=True, slots=True)
class BranchBridge:
    """The bridge of a category with everything below it, parents before children; depth 0 is a root. `key` is the category,
    0 the items without one."""

    key: int
    name: str
    name_en: str
    path: str
    depth: int
    has_children: bool
    bridge: Bridge

    def title(self, language: str) -> str:
        """The category's name in a language; empty for the items without one."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class SectionBridge:
    """The bridge of one section. Its price is reckoned from the item's cost on the whole site, and its quantity with the growth
    of the whole site, so that the sections sum to the whole in every part: what a section took more than the site grew is
    mix."""

    section: Section
    bridge: Bridge
