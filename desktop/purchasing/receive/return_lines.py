"""Goods that go back: what came of each delivery and is still here, and how much of it goes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing import NewReturnLine, ReturnableLine
from core.values import amount_of, digits_of, plain, round_decimal
from core.words import ClaimKind, word
from desktop.purchasing.receive.finding import Finder
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, date_words

NONE = Decimal(0)
REASONS = (
    ClaimKind.RETURNED, ClaimKind.DAMAGED, ClaimKind.QUALITY, ClaimKind.WRONG_ITEM, ClaimKind.EXPIRED,
    ClaimKind.TOO_WARM, ClaimKind.OVER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BackLine:
    """A line that may go back; `qty` of it does, in the unit it was received in. `amount` None: what was paid."""

    known: ReturnableLine
    qty: Decimal = NONE
    reason: ClaimKind = ClaimKind.RETURNED
    amount: Decimal | None = None
    note: str = ""
    error: Text | None = None

    @property
    def id(self) -> int:
        """What the list knows it by: its entry in the ledger."""
        return self.known.entry_id

    @property
    def left(self) -> Decimal:
        """What of it is still here, in its unit."""
        return plain(round_decimal(self.known.left / self.known.factor, 6))

    def credit(self) -> Decimal | None:
        """What is asked for it; None when nobody knows what was paid."""
        if self.amount is not None:
            return self.amount
        price = self.known.price
        return None if price is None else amount_of(self.qty, price, digits_of(self.known.currency))

    def new_line(self) -> NewReturnLine:
        """The line as the core takes it."""
        known = self.known
        return NewReturnLine(
            self.qty, receipt_line_id=known.receipt_line_id, entry_id=known.entry_id, unit=known.unit,
            reason=self.reason, amount=self.amount, note=self.note,
        )  # fmt: skip


def return_columns(finder: Finder, *, sees_cost: bool) -> list[Column]:
    """What can go back, and what does."""
    language = finder.context.language
    columns = [
        Column("number", _("Receipt"), 132, value=lambda row: row.known.number, muted=True, sortable=False),
        Column(
            "at",
            _("Received on"),
            104,
            kind=Kind.DATE,
            value=lambda row: row.known.at.date(),
            sortable=False,
            wide_only=True,
        ),
        Column("item", _("Item"), 180, stretch=True, value=lambda row: row.known.title(language), sortable=False),
        Column("lot", _("Lot"), 150, value=_lot_words, sortable=False),
        Column("left", _("Can go back"), 92, kind=Kind.QTY, muted=True, sortable=False),
        Column("qty", _("Goes back"), 92, kind=Kind.QTY, sortable=False),
        Column("unit", "", 56, kind=Kind.UNIT, value=lambda row: finder.unit_word(row.known.unit), sortable=False),
        Column(
            "reason",
            _("Reason"),
            150,
            value=lambda row: word(row.reason) if row.qty else "",
            sortable=False,
            wide_only=True,
        ),
        Column(
            "place", _("Place"), 120, value=lambda row: row.known.place_title(language), sortable=False, wide_only=True
        ),
        Column("state", _("State"), 96, kind=Kind.BADGE, value=_look, sortable=False),
    ]
    if sees_cost:
        credit = lambda row: row.credit() if row.qty else None  # noqa: E731
        columns.insert(
            8, Column("credit", _("Credit asked"), 104, kind=Kind.MONEY, value=credit, sortable=False, wide_only=True)
        )
    return columns


def _lot_words(row: BackLine) -> str:
    known = row.known
    told = [known.lot, date_words(known.expires_on) if known.expires_on is not None else ""]
    return " · ".join(one for one in told if one)


def _look(row: BackLine) -> BadgeLook | None:
    if row.error is not None:
        return BadgeLook(_("Please check"), Meaning.DANGER)
    return None
