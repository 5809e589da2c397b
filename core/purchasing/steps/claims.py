"""Building blocks of claims: opened from deliveries, returns and invoices, and followed until the credit note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update

from core import catalog, documents
from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.i18n import _
from core.purchasing.rules.states import CLAIM, state_after
from core.purchasing.types.claims import NewClaim, NewClaimLine
from core.purchasing.types.states import Event
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import ClaimState
from db.purchasing import Claim, ClaimLine

PREFIX = "CL"
LONGEST_NOTE, LONGEST_END = 400, 200
ENDED = frozenset({ClaimState.CREDITED, ClaimState.WRITTEN_OFF})


def open_claim(uow: UnitOfWork, new: NewClaim) -> int:
    """Open a claim; answers its id. Raises InvalidInput with the row, NotFound for the supplier."""
    deal = catalog.load_suppliers(uow, [new.supplier_id]).get(new.supplier_id)
    if deal is None:
        raise NotFound(_("There is no such supplier ({id}).", id=new.supplier_id), field="supplier")
    if not new.lines:
        raise InvalidInput(_("What is claimed? Add a line."), field="lines")
    currency = new.currency or deal.currency
    rate = 1 if currency == uow.site.currency else new.rate
    if rate is None or rate <= 0:
        raise InvalidInput(
            _("What does 1 {currency} cost in {site}? Write the rate.", currency=currency, site=uow.site.currency),
            field="rate",
        )
    rows = _rows(uow, new.lines, digits_of(currency))
    made = insert(Claim).values(
        number=documents.next_number(uow, PREFIX, uow.now), supplier_id=deal.id, state=str(ClaimState.OPEN),
        receipt_id=new.receipt_id, return_id=new.return_id, invoice_id=new.invoice_id, currency=currency, rate=rate,
        asked=sum(row["amount"] for row in rows), note=new.note.strip()[:LONGEST_NOTE],
        person_id=uow.actor.person_id, created_at=uow.now,
    )  # fmt: skip
    claim_id = int(uow.sql.execute(made.returning(Claim.id)).scalar_one())
    uow.sql.execute(insert(ClaimLine), [{"claim_id": claim_id, **row} for row in rows])
    return claim_id


def _rows(uow: UnitOfWork, lines: Sequence[NewClaimLine], digits: int) -> list[dict[str, Any]]:
    tables = catalog.load_item_facts(uow, {line.item_id for line in lines})[1]
    rows = []
    for number, line in enumerate(lines, start=1):
        table = tables.get(line.item_id)
        if table is None:
            raise NotFound(_("There is no such item ({item_id}).", item_id=line.item_id), field="item", row=number)
        if line.qty < 0 or line.amount < 0:
            raise InvalidInput(_("What is claimed cannot be below zero."), field="amount", row=number)
        unit = table.unit(line.unit)
        rows.append(
            {
                "line": number, "kind": str(line.kind), "item_id": line.item_id, "qty": line.qty, "unit": unit,
                "receipt_line_id": line.receipt_line_id, "base_qty": table.to_micro(line.qty, unit),
                "amount": to_minor(line.amount, digits), "note": line.note.strip()[:LONGEST_END],
            }
        )  # fmt: skip
    return rows


def load_claim(uow: UnitOfWork, claim_id: int, version: int | None = None) -> Any:
    """The stored claim, kept for us. Raises NotFound; Conflict when somebody changed it since `version`."""
    row = uow.sql.execute(select(Claim.__table__).where(Claim.id == claim_id).with_for_update()).first()
    if row is None:
        raise NotFound(_("There is no such claim."), field="claim")
    if version is not None and row.version != version:
        raise Conflict(
            _("Somebody else changed {item} meanwhile. Look at it again, then repeat.", item=row.number),
            base={"version": version}, mine={}, theirs={"version": row.version},
        )  # fmt: skip
    return row


def move_claim(uow: UnitOfWork, row: Any, event: Event, **values: object) -> int:
    """Move a claim on; answers its new version. Raises Refused when that cannot happen to it."""
    state = state_after(CLAIM, ClaimState(row.state), event, row.number)
    return set_claim(uow, row, state=str(state), **values)


def set_claim(uow: UnitOfWork, row: Any, **values: object) -> int:
    """Write a claim; answers its new version."""
    fresh = int(row.version) + 1
    uow.sql.execute(update(Claim).where(Claim.id == row.id).values(version=fresh, **values))
    return fresh


def settle_claim(uow: UnitOfWork, claim_id: int, credit_note_id: int | None, amount: int) -> int:
    """A credit note came for a claim: `amount` minor units of the claim's currency, above zero. Credited once all of it
    came; until then the rest is still expected. Answers the new version. Raises NotFound, InvalidInput, Refused."""
    row = load_claim(uow, claim_id)
    if amount <= 0:
        raise InvalidInput(_("How much was credited? Write an amount above zero."), field="amount")
    if ClaimState(row.state) in ENDED:
        state_after(CLAIM, ClaimState(row.state), Event.CREDIT, row.number)
    credited = row.credited + amount
    values = {"credited": credited, "credit_note_id": credit_note_id or row.credit_note_id}
    if credited < row.asked:
        return set_claim(uow, row, **values)
    return move_claim(uow, row, Event.CREDIT, ended_at=uow.now, **values)


def unsettle_claim(uow: UnitOfWork, claim_id: int, amount: int) -> int:
    """The credit of `amount` minor units was taken back, as with its credit note. Answers the new version. Raises
    NotFound; Refused when not so much was credited."""
    row = load_claim(uow, claim_id)
    if not 0 < amount <= row.credited:
        raise Refused(_("Not so much was credited on {number}.", number=row.number), field="amount")
    left = row.credited - amount
    values: dict[str, object] = {"credited": left, "credit_note_id": row.credit_note_id if left else None}
    if ClaimState(row.state) is not ClaimState.CREDITED or left >= row.asked:
        return set_claim(uow, row, **values)
    return move_claim(uow, row, Event.UNCREDIT, ended_at=None, **values)


def end_claims(uow: UnitOfWork, rows: Sequence[Any], note: str) -> None:
    """Give up claims whose ground is gone, such as a delivery that was taken back; `note` says why."""
    for row in rows:
        if ClaimState(row.state) not in ENDED:
            move_claim(uow, row, Event.WRITE_OFF, ended_at=uow.now, end_note=note[:LONGEST_END])
