"""A line of an invoice while it is matched: what it asks, what it is held against. Signed like the line, quantities in
millionths of the base unit, money in minor units of the site's currency."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.enums import Ground, InvoiceLineKind, MatchDecision


@dataclass(slots=True)
class Held:
    """A match, stored (`id` above zero) or about to be. `entry_id` None: nothing was received for it."""

    line_id: int
    entry_id: int | None
    qty: int
    accrued: int
    invoiced: int
    ground: Ground
    returned: int = 0
    decision: MatchDecision = MatchDecision.NONE
    id: int = 0
    posting_id: int | None = None
    claim_id: int | None = None

    @property
    def difference(self) -> int:
        """What is asked more (or less, below zero) than was accrued, without what went back with returned goods."""
        return self.invoiced - self.accrued - self.returned


@dataclass(slots=True)
class Standing:
    """A line with its matches. `has_charge`: a charge that is spread."""

    id: int
    invoice_id: int
    supplier_id: int
    kind: InvoiceLineKind
    qty: int
    amount: int
    is_credit: bool
    item_id: int | None = None
    order_line_id: int | None = None
    supplier_code: str = ""
    split_by: str = ""
    matches: list[Held] = field(default_factory=list)
    has_charge: bool = False

    @property
    def open_qty(self) -> int:
        """What of its quantity is held against nothing yet."""
        return self.qty - sum(one.qty for one in self.matches)

    @property
    def open_amount(self) -> int:
        """What of its amount is held against nothing yet."""
        return self.amount - sum(one.invoiced for one in self.matches)
