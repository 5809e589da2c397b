"""From what a person states to ledger lines: base units, places, lots, signs, money; every doubt is a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from core.catalog import ItemFacts
from core.clock import business_day
from core.errors import InvalidInput, NotFound, Refused
from core.i18n import _
from core.stock.rules import posting as rules
from core.stock.steps.desk.balances import Balances
from core.stock.steps.desk.facts import Facts, LotFacts, PlaceFacts
from core.stock.types import NewLine, NewPosting
from core.uow import UnitOfWork
from core.values import from_micro, round_decimal, round_to_minor, to_micro, to_minor
from db.columns import micros
from db.enums import CostMethod
from db.enums import PostingKind as K


@dataclass(slots=True)
class Line:
    """One entry to be: all in whole numbers. `at` is microseconds, `qty` signed millionths, `given` minor units."""

    kind: K
    at: int
    item_id: int
    location_id: int
    lot_id: int
    qty: int
    unit: str
    unit_qty: int
    given: int | None = None
    counted_qty: int | None = None
    link_id: int | None = None
    is_reversal: bool = False
    reason: str = ""
    stage: str = ""
    note: str = ""
    new_method: CostMethod | None = None
    new_standard: int | None = None
    entry_id: int = 0
    value: int = 0
    settled: int = 0
    variance: int = 0
    posting_id: int = 0
    number: int = 0


class Resolver:
    """Turns the lines of one posting into ledger lines, looking at the balances as they stand after the lines before."""

    def __init__(self, uow: UnitOfWork, facts: Facts, balances: Balances) -> None:
        self._uow, self._facts, self._balances = uow, facts, balances
        self._open: dict[int | None, PlaceFacts] = {}

    def lines(self, posting: NewPosting, new: NewLine, at: datetime) -> list[Line]:
        """The ledger lines of one stated line. Raises CoreError."""
        kind = new.kind or posting.kind
        item = self._facts.items.get(new.item_id) or self._facts.item(new.item_id)
        if not item.is_active and kind is not K.REVERSAL and kind in rules.INCOMING:
            raise Refused(_("{item} is retired. Reactivate it, or choose another item.", item=item.code), field="item")
        if kind is K.LANDED_COST or kind is K.REVALUATION:  # moves no goods: a locked place does not matter
            return [self._value_line(kind, item, self._facts.place(new.location_id), new, at)]
        place = self._open_place(new.location_id)
        rules.check_qty(kind, new.qty)
        base_qty = self._facts.units[item.id].to_micro(new.qty, new.unit)
        line = Line(
            kind,
            micros(at),
            item.id,
            place.location_id,
            0,
            base_qty,
            new.unit or item.base_unit,
            base_qty if new.unit in ("", item.base_unit) else to_micro(new.qty),
            link_id=new.link_id,
            reason=new.reason,
            stage=new.stage,
            note=new.note,
        )
        if kind is K.COUNT:
            line.lot_id, line.counted_qty, line.given = self._lot_coming_in(item, new), base_qty, self._money(new)
            return [line]
        if kind in rules.INCOMING or (kind is K.ADJUSTMENT and base_qty > 0):
            if new.lot or new.lot_id or item.lot_tracked:
                line.lot_id = self._lot_coming_in(item, new)
            line.given = self._given(kind, new)
            return [line]
        return self._going_out(
            line, item, place, new, business_day(at, self._uow.site.zone, self._uow.site.day_start_hour)
        )

    def _open_place(self, location_id: int | None) -> PlaceFacts:
        """A place that goods may go into and out of. Raises NotFound, Refused."""
        place = self._open.get(location_id)
        if place is None:
            place = self._facts.place(location_id)
            rules.check_place(place.name, place.is_locked, place.lock_note, place.is_active)
            self._open[location_id] = place
        return place

    def _money(self, new: NewLine) -> int | None:
        if new.value is not None:
            return to_minor(new.value, self._uow.site.digits)
        if new.unit_cost is not None:
            return round_to_minor(new.qty * new.unit_cost, self._uow.site.digits)
        return None

    def _given(self, kind: K, new: NewLine) -> int | None:
        given = self._money(new)
        if given is not None and given < 0:
            raise InvalidInput(_("The value of goods coming in cannot be below zero."), field="value")
        if given is None and kind in rules.NEEDS_COST:
            raise InvalidInput(
                _("What did it cost? Write the unit cost or the value; 0 when it was free."), field="unit_cost"
            )
        return given

    def _value_line(self, kind: K, item: ItemFacts, place: PlaceFacts, new: NewLine, at: datetime) -> Line:
        line = Line(
            kind,
            micros(at),
            item.id,
            place.location_id,
            0,
            0,
            item.base_unit,
            0,
            link_id=new.link_id,
            note=new.note,
        )
        if kind is K.REVALUATION:
            standard = (
                None
                if new.new_standard is None
                else int(round_decimal(new.new_standard, 6).scaleb(6 + self._uow.site.digits))
            )
            line.new_method, line.new_standard = new.new_method, standard
            return line
        if new.value is None or new.link_id is None:
            raise InvalidInput(_("A landed cost needs its amount and the receipt it belongs to."), field="value")
        line.given = to_minor(new.value, self._uow.site.digits)
        return line

    def _lot_coming_in(self, item: ItemFacts, new: NewLine) -> int:
        lot = self._named_lot(item, new)
        if lot is None:
            if item.lot_tracked:
                raise InvalidInput(_("{item} is kept by lot: which lot is it?", item=item.code), field="lot")
            return 0
        if new.expires_on is not None and lot.expires_on is not None and new.expires_on != lot.expires_on:
            raise InvalidInput(
                _(
                    "Lot {lot} expires on {known}, not on {day}. Correct the date, or use another lot number.",
                    lot=lot.number,
                    known=lot.expires_on,
                    day=new.expires_on,
                ),
                field="expires_on",
            )
        return lot.lot_id

    def _named_lot(self, item: ItemFacts, new: NewLine) -> LotFacts | None:
        if not new.lot and not new.lot_id:
            return None
        lot = (
            self._facts.lots.get(new.lot_id or 0) if new.lot_id else self._facts.lots_by_number.get((item.id, new.lot))
        )
        if lot is None or lot.item_id != item.id:
            raise NotFound(_("{item} has no lot {lot}.", item=item.code, lot=new.lot or new.lot_id), field="lot")
        return lot

    def _going_out(self, line: Line, item: ItemFacts, place: PlaceFacts, new: NewLine, day: date) -> list[Line]:
        wanted = abs(line.qty)
        lot = self._named_lot(item, new)
        if lot is not None:
            rules.check_lot_usable(line.kind, lot.number, lot.expires_on, lot.is_blocked, day)
            shares = [(lot.lot_id, wanted)]
        else:
            shares = self._proposed(line, item, place, wanted, day)
        target = None if line.kind is not K.TRANSFER else self._target(place, new)
        lines: list[Line] = []
        unit_qty, parts = line.unit_qty, [line, *[replace(line) for _share in shares[1:]]]
        for part, (lot_id, qty) in zip(parts, shares, strict=True):
            part.lot_id, part.qty, part.unit_qty = lot_id, -qty, _share_of(unit_qty, qty, wanted)
            lines.append(part)
            if target is not None:
                lines.append(replace(part, location_id=target.location_id, qty=qty))
        return lines

    def _target(self, place: PlaceFacts, new: NewLine) -> PlaceFacts:
        if new.to_location_id is None:
            raise InvalidInput(_("Where to? A transfer needs the place the goods go to."), field="to_location")
        target = self._open_place(new.to_location_id)
        if target.location_id == place.location_id:
            raise InvalidInput(_("From and to are the same place."), field="to_location")
        return target

    def _proposed(
        self, line: Line, item: ItemFacts, place: PlaceFacts, wanted: int, day: date
    ) -> list[tuple[int, int]]:
        """First expired, first out over the lots at the place; goods without a lot last. What is missing falls on the last."""
        held = self._balances.lots_at(item.id, place.location_id)
        any_lot = line.kind in rules.MAY_TAKE_EXPIRED
        usable = [
            (lot_id, qty)
            for lot_id, qty in held
            if any_lot
            or lot_id == 0
            or rules.is_usable_on(self._facts.lots[lot_id].expires_on, self._facts.lots[lot_id].is_blocked, day)
        ]
        shares: list[tuple[int, int]] = []
        for lot_id, qty in usable:
            take = min(qty, wanted - sum(share for _lot, share in shares))
            if take > 0:
                shares.append((lot_id, take))
        missing = wanted - sum(share for _lot, share in shares)
        if not missing:
            return shares
        blocked = sum(qty for _lot, qty in held) - sum(qty for _lot, qty in usable)
        if blocked > 0 and not place.allow_negative:
            have = from_micro(sum(qty for _lot, qty in usable))
            raise Refused(
                _(
                    "Only {have} {unit} of {item} at {place} may be used; {blocked} {unit} expired or blocked. Take less, or waste those.",
                    have=have,
                    unit=self._facts.units[item.id].base_words,
                    item=item.code,
                    place=place.name,
                    blocked=from_micro(blocked),
                ),
                field="lot",
            )
        if shares and shares[-1][0] == 0:
            return [*shares[:-1], (0, shares[-1][1] + missing)]
        return [*shares, (0, missing)]


def _share_of(unit_qty: int, part: int, whole: int) -> int:
    """The part of a quantity as typed that belongs to one lot; shown only, never summed."""
    return abs(unit_qty) * part // whole if whole else 0
