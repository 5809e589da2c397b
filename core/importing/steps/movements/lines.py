"""From movements to the lines of a posting: returns linked to what they take back, landed cost shared out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core import stock
from core.errors import CoreError, InvalidInput, NotFound
from core.i18n import _
from core.importing.rules.cells import short
from core.importing.rules.movements import Movement
from core.importing.steps.movements.references import References, Source
from core.uow import UnitOfWork
from core.values import amount_of, from_micro, from_minor, split_by_weights, to_micro, to_minor
from db.enums import PostingKind as K

TAKES_BACK: dict[K, frozenset[K]] = {
    K.RETURN_TO_SUPPLIER: frozenset({K.RECEIPT, K.OPENING}),
    K.RETURN_FROM_CUSTOMER: frozenset({K.ISSUE}),
    K.LANDED_COST: frozenset({K.RECEIPT, K.OPENING, K.PRODUCTION_IN}),
}


@dataclass(slots=True)
class Claims:
    """What the lines of one posting take back, by entry; counted only when the posting is made."""

    taken: dict[int, int] = field(default_factory=dict)
    sources: list[tuple[Source, int]] = field(default_factory=list)

    def take(self, source: Source, qty: int) -> None:
        """Note that so much of a line is taken back."""
        self.taken[source.entry_id] = self.taken.get(source.entry_id, 0) + qty
        self.sources.append((source, qty))

    def left(self, source: Source) -> int:
        """What is still there to be taken back of a line."""
        return source.left - self.taken.get(source.entry_id, 0)

    def settle(self) -> None:
        """The posting is made."""
        for source, qty in self.sources:
            source.left -= qty


class LineMaker:
    """Makes the lines of movements against the documents known so far."""

    def __init__(self, uow: UnitOfWork, desk: stock.Desk, references: References) -> None:
        self._uow, self._desk, self._references = uow, desk, references

    def lines(self, movement: Movement, claims: Claims) -> list[stock.NewLine]:
        """The lines of one row. Raises CoreError with the row."""
        try:
            if movement.kind is K.LANDED_COST:
                return self._landed(movement)
            if movement.ref and movement.kind in TAKES_BACK:
                return self._linked(movement, claims)
            return [draft(movement)]
        except CoreError as fault:
            raise fault.in_row(movement.row) from None

    def _sources(self, movement: Movement) -> list[Source]:
        sources = self._references.sources(movement.ref, TAKES_BACK[movement.kind])
        if not sources:
            words = _("{ref} is no document that this can refer to.", ref=short(movement.ref))
            raise InvalidInput(words, field="ref")
        if movement.item_id is None:
            return sources
        mine = [one for one in sources if one.item_id == movement.item_id]
        if movement.lot:
            lot = self._desk.facts.lots_by_number.get((movement.item_id, movement.lot))
            mine = [one for one in mine if lot is not None and one.lot_id == lot.lot_id]
        if not mine:
            raise NotFound(_("{ref} does not hold this item and lot.", ref=short(movement.ref)), field="ref")
        return mine

    def _linked(self, movement: Movement, claims: Claims) -> list[stock.NewLine]:
        """A return takes back the lines of its document in their order, as far as they are not taken back yet."""
        sources = self._sources(movement)
        if len(sources) == 1:
            claims.take(sources[0], 0)
            return [draft(movement, source=sources[0])]
        shares = self._shares(movement, sources, claims)
        if len(shares) == 1:
            return [draft(movement, source=shares[0][0])]
        amount = given_amount(movement, self._uow.site.digits)
        parts = [None] * len(shares) if amount is None else split_by_weights(
            to_minor(amount, self._uow.site.digits), [qty for _source, qty in shares]
        )  # fmt: skip
        return [
            draft(
                movement,
                source=source,
                base_qty=from_micro(qty),
                value=None if part is None else from_minor(part, self._uow.site.digits),
            )
            for (source, qty), part in zip(shares, parts, strict=True)
        ]

    def _shares(self, movement: Movement, sources: Sequence[Source], claims: Claims) -> list[tuple[Source, int]]:
        assert movement.item_id is not None and movement.qty is not None
        wanted = to_micro(self._desk.facts.units[movement.item_id].to_base(movement.qty, movement.unit))
        shares: list[tuple[Source, int]] = []
        for source in sources:
            part = min(claims.left(source), wanted)
            if part > 0:
                shares.append((source, part))
                wanted -= part
        if wanted > 0 or not shares:
            last, part = shares.pop() if shares else (sources[-1], 0)
            shares.append((last, part + wanted))
        for source, part in shares:
            claims.take(source, part)
        return shares

    def _landed(self, movement: Movement) -> list[stock.NewLine]:
        sources = self._sources(movement)
        total = to_minor(given_amount(movement, self._uow.site.digits) or Decimal(0), self._uow.site.digits)
        weights = [one.amount for one in sources]
        if sum(weights) <= 0:
            weights = [one.qty for one in sources]
        return [
            stock.NewLine(
                one.item_id, Decimal(1), location_id=one.location_id, link_id=one.entry_id, note=movement.note, row=movement.row,
                value=from_minor(part, self._uow.site.digits),
            )
            for one, part in zip(sources, split_by_weights(total, weights), strict=True)
            if part or len(sources) == 1
        ]  # fmt: skip


def given_amount(movement: Movement, digits: int) -> Decimal | None:
    """The money a row states: its value, or its unit cost for the quantity; None when it states none."""
    if movement.value is not None or movement.unit_cost is None:
        return movement.value
    return amount_of(Decimal(1) if movement.qty is None else movement.qty, movement.unit_cost, digits)


def draft(
    movement: Movement, *, source: Source | None = None, base_qty: Decimal | None = None, value: Decimal | None = None
) -> stock.NewLine:
    """The line a row states; linked to `source`, whose lot it takes when the row names none; in base units when split."""
    assert movement.item_id is not None and movement.qty is not None
    is_part = base_qty is not None
    lot_id = source.lot_id or None if source is not None and not movement.lot else None
    reason = movement.reason if movement.kind is K.WASTE else ""
    aside = movement.reason if movement.kind not in (K.WASTE, K.ISSUE) else ""
    return stock.NewLine(
        movement.item_id,
        movement.qty if base_qty is None else base_qty,
        "" if is_part else movement.unit,
        movement.location_id,
        movement.to_location_id,
        movement.lot,
        lot_id,
        movement.expires_on,
        value=value if is_part else movement.value,
        unit_cost=None if is_part else movement.unit_cost,
        link_id=source.entry_id if source is not None else None,
        reason=reason,
        note="; ".join(part for part in (aside, movement.note) if part)[:200],
        kind=movement.kind,
        row=movement.row,
    )
