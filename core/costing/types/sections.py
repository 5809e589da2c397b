"""Sections: who used the goods, or where they were lost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.costing.rules.figures import share_of
from core.i18n import Name
from core.values import from_minor


class SectionKind(StrEnum):
    """What a section is: a department goods were issued to, an area of the stock, both under one name, or not said."""

    DEPARTMENT = "department"
    AREA = "area"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the site. Usage belongs to the department that goods were issued to (the posting's purpose), waste and
    counts to the area they happened in; a department and an area of the same name are one section. `key` names it in
    figures; empty: goods issued to nobody by name."""

    key: str
    kind: SectionKind
    name: Name

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return self.key


@dataclass(frozen=True, slots=True)
class SectionRow:
    """What a section cost in the month and in the one compared with, in minor units; by the properties in money.

    cost = usage + waste + counts + other; counts are losses less gains, other is adjustments and revaluations that cost
    something.
    """

    section: Section
    usage_minor: int
    waste_minor: int
    counts_minor: int
    other_minor: int
    before_minor: int
    digits: int

    @property
    def id(self) -> str:
        """What a list knows the row by."""
        return self.section.key

    @property
    def cost_minor(self) -> int:
        """What the section cost, in minor units."""
        return self.usage_minor + self.waste_minor + self.counts_minor + self.other_minor

    @property
    def cost(self) -> Decimal:
        """What the section cost."""
        return from_minor(self.cost_minor, self.digits)

    @property
    def usage(self) -> Decimal:
        """Goods issued to it."""
        return from_minor(self.usage_minor, self.digits)

    @property
    def waste(self) -> Decimal:
        """Goods lost there."""
        return from_minor(self.waste_minor, self.digits)

    @property
    def counts(self) -> Decimal:
        """Count losses less gains there."""
        return from_minor(self.counts_minor, self.digits)

    @property
    def other(self) -> Decimal:
        """Adjustments and revaluations there."""
        return from_minor(self.other_minor, self.digits)

    @property
    def before(self) -> Decimal:
        """What the section cost in the month compared with."""
        return from_minor(self.before_minor, self.digits)

    @property
    def change(self) -> Decimal:
        """How much more than in the month compared with."""
        return from_minor(self.cost_minor - self.before_minor, self.digits)

    @property
    def ratio(self) -> Decimal | None:
        """The change as a share of what it was; None where nothing was."""
        return share_of(self.change, abs(self.before))
