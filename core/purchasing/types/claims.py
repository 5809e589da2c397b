"""Claims: what is asked back from a supplier, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from db.enums import ClaimKind, ClaimState


@dataclass(frozen=True, slots=True)
class NewClaimLine:
    """One thing claimed. `amount` in the claim's currency; `unit` empty: the item's base unit."""

    kind: ClaimKind
    item_id: int
    qty: Decimal
    amount: Decimal
    unit: str = ""
    receipt_line_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim to a supplier, from a delivery, a return or an invoice. `rate` is the site's currency for 1 of the claim's;
    no currency is the supplier's."""

    supplier_id: int
    lines: tuple[NewClaimLine, ...]
    receipt_id: int | None = None
    return_id: int | None = None
    invoice_id: int | None = None
    currency: str = ""
    rate: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are listed, newest first; `is_waiting`: only those no credit note has come for."""

    supplier_id: int | None = None
    receipt_id: int | None = None
    states: tuple[ClaimState, ...] = ()
    is_waiting: bool = False
    text: str = ""
    since: date | None = None
    until: date | None = None
    limit: int = 500


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list. `asked` and `credited` in its currency, None for who may not see costs; `site_expected` is what
    is still to be credited, in the site's currency; `days` it has waited since it was opened (0 when it ended)."""

    id: int
    version: int
    number: str
    state: ClaimState
    supplier_id: int
    supplier: str
    supplier_en: str
    receipt_id: int | None
    receipt_number: str
    return_id: int | None
    return_number: str
    invoice_id: int | None
    credit_note_id: int | None
    credit_note: str
    currency: str
    asked: Decimal | None
    credited: Decimal | None
    site_expected: Decimal | None
    lines: int
    created_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    days: int
    by: str
    note: str
    end_note: str

    def supplier_title(self, language: str) -> str:
        """The supplier's name."""
        return (self.supplier_en or self.supplier) if language == "en" else self.supplier

    @property
    def expected(self) -> Decimal | None:
        """What is still to be credited, in the claim's currency: nothing once it ended."""
        if self.asked is None or self.credited is None:
            return None
        is_over = self.state in (ClaimState.CREDITED, ClaimState.WRITTEN_OFF)
        return Decimal(0) if is_over else self.asked - self.credited


@dataclass(frozen=True, slots=True)
class ClaimLineRow:
    """One thing claimed; `amount` None for who may not see costs."""

    id: int
    line: int
    kind: ClaimKind
    item_id: int
    code: str
    name: str
    name_en: str
    receipt_line_id: int | None
    qty: Decimal
    unit: str
    amount: Decimal | None
    note: str

    def title(self, language: str) -> str:
        """The item's name."""
        return (self.name_en or self.name) if language == "en" else self.name


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim with its lines, and where it would be mailed to."""

    row: ClaimRow
    rate: Decimal
    lines: tuple[ClaimLineRow, ...]
    emails: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class ClaimSum:
    """What is still expected in credit: how many claims, and how much in the site's currency (None without the right to
    see costs); `oldest_on` is the day the oldest was opened."""

    claims: int
    expected: Decimal | None
    oldest_on: date | None
