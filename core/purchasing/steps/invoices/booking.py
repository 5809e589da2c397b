"""What invoices change in the ledger: differences of price and spread charges as landed cost on receipts' entries, and
these postings taken back. The ledger restates what left since, and expenses what left in a closed period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import aliased

from core import stock
from core.errors import Refused
from core.i18n import Text, _
from core.purchasing.types.standing import Held
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import MatchDecision
from db.enums import PostingKind as K
from db.purchasing import InvoiceCharge, InvoiceMatch
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

M, C = table_of(InvoiceMatch), table_of(InvoiceCharge)
E, P = StockEntry, StockPosting
PRICE_DIFFERENCE = _("Price difference of an invoice")
CHARGE = _("Freight or fee of an invoice")


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where a receipt's entry stands: what a landed cost on it must name."""

    item_id: int
    location_id: int
    posting_id: int


@dataclass(frozen=True, slots=True)
class Landing:
    """Landed cost for entries of one receipt: minor units by entry; `charge_of`: the line of an invoice that is spread."""

    receipt_id: int
    amounts: tuple[tuple[int, int], ...]
    head: Any
    purpose: Text
    charge_of: int | None = None
    note: str = ""

    @property
    def amount(self) -> int:
        """All of it."""
        return sum(amount for _entry, amount in self.amounts)


def entry_places(uow: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, EntryPlace]:
    """Item, place and posting of entries."""
    found = {}
    for part in chunks(sorted(set(entry_ids))):
        for row in uow.sql.execute(select(E.id, E.item_id, E.location_id, E.posting_id).where(E.id.in_(part))):
            found[row.id] = EntryPlace(row.item_id, row.location_id, row.posting_id)
    return found


def book(
    uow: UnitOfWork, differences: Sequence[tuple[Held, Any]], charges: Sequence[Landing] = (), note: str = ""
) -> int:
    """Book the differences of these matches (each with the head of its invoice) and these charges, all in one go: a fixed
    number of statements. The matches get their `posting_id`. Answers how many postings it were. Raises Refused when goods
    would cost less than nothing."""
    held = [(one, head) for one, head in differences if one.difference and one.entry_id is not None]
    entries = {one.entry_id for one, _head in held if one.entry_id} | {
        entry for landing in charges for entry, _amount in landing.amounts
    }
    places = entry_places(uow, entries)
    landings = [
        Landing(places[one.entry_id].posting_id, ((one.entry_id, one.difference),), head, PRICE_DIFFERENCE, note=note)
        for one, head in held
        if one.entry_id is not None
    ]
    landings += charges
    if not landings:
        return 0
    decided = [landing for landing, (one, _head) in zip(landings, held, strict=False) if not _is_small(one)]
    _check_costs(uow, [*decided, *charges])
    posted = stock.post_all(uow, [_posting(uow, one, places) for one in landings])
    for (match, _head), made in zip(held, posted, strict=False):
        match.posting_id = made.posting_id
    rows = [
        {
            "invoice_line_id": landing.charge_of, "receipt_posting_id": landing.receipt_id, "amount": landing.amount,
            "posting_id": made.posting_id, "undone_at": None,
        }
        for landing, made in zip(landings, posted, strict=True)
        if landing.charge_of is not None
    ]  # fmt: skip
    if rows:
        uow.sql.execute(insert(C), rows)
    return len(posted)


def _is_small(one: Held) -> bool:
    """Booked without anybody looking at it: never a reason to stop a thousand other invoices."""
    return one.decision is MatchDecision.SMALL


def _check_costs(uow: UnitOfWork, landings: Sequence[Landing]) -> None:
    change: dict[int, int] = {}
    for landing in landings:
        for entry, amount in landing.amounts:
            change[entry] = change.get(entry, 0) + amount
    lower = [entry for entry, amount in change.items() if amount < 0]
    landed = landed_on(uow, lower)
    for part in chunks(sorted(lower)):
        rows = uow.sql.execute(select(E.id, E.given, P.number).join(P, P.id == E.posting_id).where(E.id.in_(part)))
        for row in rows:
            left = (row.given or 0) + landed.get(row.id, 0)
            if left + change[row.id] < 0:
                raise Refused(
                    _("What {receipt} brought costs {left} now: it cannot be lowered by {less}.", receipt=row.number,
                      left=uow.money(left), less=uow.money(-change[row.id])),
                    field="amount",
                )  # fmt: skip


def _posting(uow: UnitOfWork, landing: Landing, places: dict[int, EntryPlace]) -> NewPosting:
    lines = tuple(
        NewLine(
            places[entry].item_id, Decimal(1), location_id=places[entry].location_id, value=uow.money(amount),
            link_id=entry,
        )
        for entry, amount in landing.amounts
        if amount
    )  # fmt: skip
    return NewPosting(
        K.LANDED_COST, lines, None, landing.head.supplier_id, landing.head.number, landing.receipt_id,
        landing.purpose.render(uow.site.language), f"{landing.head.own_number} {landing.note}".strip(),
    )  # fmt: skip


def take_back(uow: UnitOfWork, matches: Sequence[Held], charge_ids: Sequence[int] = ()) -> None:
    """Take back stored matches and spread charges with everything they booked; their rows stay, marked."""
    postings = [one.posting_id for one in matches if one.posting_id is not None]
    for part in chunks([one.id for one in matches]):
        uow.sql.execute(update(M).where(M.c.id.in_(part)).values(undone_at=uow.now))
    for part in chunks(charge_ids):
        spread = select(C.c.posting_id).where(C.c.id.in_(part), C.c.undone_at.is_(None))
        postings += list(uow.sql.execute(spread).scalars())
        uow.sql.execute(update(C).where(C.c.id.in_(part)).values(undone_at=uow.now))
    if postings:
        desk = stock.Desk(uow)
        stock.post_reversals(uow, desk, posting_ids=postings)
        desk.close()


def landed_on(uow: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, int]:
    """Landed cost that stands on receipts' entries, in minor units: differences, charges, and what was booked by hand."""
    found: dict[int, int] = {}
    for part in chunks(sorted(set(entry_ids))):
        listed = (
            select(E.link_id, total(E.given).label("landed"))
            .where(E.link_id.in_(part), E.kind == K.LANDED_COST)
            .group_by(E.link_id)
        )
        found.update({row.link_id: int(row.landed) for row in uow.sql.execute(listed)})
    return found


def went_back(uow: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, int]:
    """What goods of receipts' entries that went back took out of the books with them, landed cost included, by entry: as
    the ledger has it, whose closed months stay as they were."""
    back, undone = aliased(StockEntry), aliased(StockEntry)
    found: dict[int, int] = {}
    for part in chunks(sorted(set(entry_ids))):
        listed = (
            select(back.link_id, total(-(back.value + back.settled + back.variance)).label("gone"))
            .outerjoin(undone, and_(undone.link_id == back.id, undone.is_reversal))
            .where(back.link_id.in_(part), back.kind == K.RETURN_TO_SUPPLIER, back.is_reversal.is_(False))
            .where(undone.id.is_(None))
            .group_by(back.link_id)
        )
        found.update({row.link_id: int(row.gone) for row in uow.sql.execute(listed)})
    return found


def counted_returns(uow: UnitOfWork, entry_ids: Iterable[int]) -> dict[int, int]:
    """What of landed cost earlier credits counted as gone back, above zero, by entry."""
    found: dict[int, int] = {}
    for part in chunks(sorted(set(entry_ids))):
        listed = select(M.c.entry_id, total(-M.c.returned).label("counted")).where(
            M.c.entry_id.in_(part), M.c.undone_at.is_(None)
        )
        found.update({row.entry_id: int(row.counted) for row in uow.sql.execute(listed.group_by(M.c.entry_id))})
    return found
