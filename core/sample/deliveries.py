"""What suppliers bring: on their days, in packs, at the day's price, with lots and dates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core.sample import buying
from core.sample.demand import usual_of
from core.sample.need import DEAR, batch_uses, buffer_days, cover_days, daily_use, days_to_next
from core.sample.shelf import Piece
from core.sample.tables import ItemSpec, items, suppliers
from core.sample.world import ARRIVES_AT, Arrival, World
from core.stock import NewLine, NewPosting
from core.values import round_decimal
from db.enums import PostingKind as K

SHORT_CHANCE, SHORT_SHARE = 0.04, 0.6
LEAST_SHARE_OF_PACK = 0.3
FRESH_SHARE = 0.92
SHORT_LIVED_SHARE = 0.25


def open_stock(world: World, day: date, specs: Iterable[ItemSpec]) -> None:
    """The opening stock of the first day: as right after a delivery, at list prices."""
    lines = []
    for spec in specs:
        if not spec.supplier or not (daily_use()[spec.code] or spec.is_dead):
            continue
        qty = _loose(spec, daily_use()[spec.code] * (cover_days(spec) * 0.8 + 0.3))
        if spec.pack > 1 and (spec.price >= DEAR or spec.is_dead):
            qty = max(qty, spec.pack)
        lot, expires_on = _lot(world, spec, day, "00")
        lines.append(
            NewLine(
                world.ids.items[spec.code],
                qty,
                location_id=world.ids.places[spec.home],
                lot=lot,
                expires_on=expires_on,
                value=round_decimal(qty * Decimal(str(spec.price)), 2),
            )
        )
        world.shelf.put(spec.code, spec.home, Piece(lot, expires_on, qty))
    moment = world.moment(day, 5, 30)
    world.post("administrator", moment, [NewPosting(K.OPENING, tuple(lines), moment, note="期初库存 / opening stock")])


def receive(world: World, day: date) -> None:
    """The morning's deliveries: put away, the delivery notes handed in."""
    for code, ordered in ordered_for(world, day, items().values()):
        _take_in(world, code, ordered, day)


def ordered_for(
    world: World, day: date, specs: Iterable[ItemSpec], *, least_gap: int = 1
) -> Iterator[tuple[str, list[tuple[ItemSpec, Decimal]]]]:
    """By supplier what comes on a day, and how many purchase units of it: enough to the next delivery, at least so many
    days."""
    of_supplier: dict[str, list[ItemSpec]] = {}
    for spec in specs:
        of_supplier.setdefault(spec.supplier, []).append(spec)
    for code, supplier in suppliers().items():
        if day.isoweekday() not in supplier.weekdays or not world.is_past(world.moment(day, *ARRIVES_AT[code])):
            continue
        gap = max(days_to_next(supplier.weekdays, day.isoweekday()), least_gap)
        asked = ((spec, _packs(world, spec, day, gap)) for spec in of_supplier.get(code, ()))
        ordered = [(spec, packs) for spec, packs in asked if packs]
        if ordered:
            yield code, ordered


def _take_in(world: World, supplier: str, ordered: list[tuple[ItemSpec, Decimal]], day: date) -> None:
    posting, pieces = delivery(world, supplier, ordered, day)
    brought = [(code, replace(piece)) for code, piece in pieces]

    def note_arrivals(posting_id: int) -> None:
        for code, piece in brought:
            note(world, posting_id, supplier, code, piece, day)

    if buying.is_bought(world, day):
        wanted = buying.plan(world, supplier, ordered)
        note_arrivals(buying.take_in(world, supplier, wanted, posting.lines, day))
    else:
        world.hand_in("storekeeper", posting, note_arrivals)
    for code, piece in pieces:
        world.shelf.put(code, world.spec(code).home, piece)


def delivery(
    world: World, supplier: str, ordered: list[tuple[ItemSpec, Decimal]], day: date
) -> tuple[NewPosting, list[tuple[str, Piece]]]:
    """One delivery note and the goods on it; they are put away by `keep`."""
    lines, pieces = [], []
    for spec, packs in ordered:
        lot, expires_on = _lot(world, spec, day, supplier[2:])
        lines.append(
            NewLine(
                world.ids.items[spec.code],
                packs,
                unit=spec.buy,
                location_id=world.ids.places[spec.home],
                lot=lot,
                expires_on=expires_on,
                unit_cost=world.prices.of_pack(spec),
            )
        )
        pieces.append((spec.code, Piece(lot, expires_on, packs * spec.pack)))
    moment = world.moment(day, *ARRIVES_AT[supplier])
    document = f"{supplier.replace('-', '')}-{day:%y%m%d}"
    return NewPosting(K.RECEIPT, tuple(lines), moment, world.ids.suppliers[supplier], document), pieces


def keep(world: World, posting_id: int, supplier: str, code: str, piece: Piece, day: date) -> None:
    """Put a delivered item on its shelf, and remember where it came from."""
    note(world, posting_id, supplier, code, piece, day)
    world.shelf.put(code, world.spec(code).home, piece)


def note(world: World, posting_id: int, supplier: str, code: str, piece: Piece, day: date) -> None:
    """Remember what came with which receipt."""
    world.arrivals.append(Arrival(posting_id, supplier, code, world.spec(code).home, piece.lot, piece.qty, day))


def _packs(world: World, spec: ItemSpec, day: date, gap: int) -> Decimal:
    """How many purchase units come: what is missing to the next delivery, so many days away, and its buffer."""
    have = float(world.shelf.usable_anywhere(spec.code, day))
    wanted = _wanted_for_batch if spec.code in batch_uses() else _wanted
    missing = wanted(world, spec, day, gap) - have
    if world.chance.random() < SHORT_CHANCE:
        missing *= SHORT_SHARE
    use = daily_use()[spec.code]
    if spec.buy == spec.unit and not spec.is_counted:
        return _loose(spec, missing) if missing > 0.15 * use else Decimal(0)
    packs = missing / float(spec.pack)
    is_low = have < use * (gap + 1) and missing > 0
    return Decimal(math.ceil(packs)) if packs > LEAST_SHARE_OF_PACK or is_low else Decimal(0)


def _wanted(world: World, spec: ItemSpec, day: date, gap: int) -> float:
    buffer = buffer_days(spec) * (SHORT_LIVED_SHARE if (spec.life or gap + 1) <= gap else 1)
    ahead = sum(usual_of(day + timedelta(days=number), spec.group) for number in range(gap)) + buffer
    return daily_use()[spec.code] * ahead * world.chance.uniform(0.94, 1.1)


def _wanted_for_batch(world: World, spec: ItemSpec, day: date, gap: int) -> float:
    """A whole batch of what it is bought for, when that will not last to the next delivery."""
    made, qty = batch_uses()[spec.code]
    lasts = world.spec(made).daily * (gap + 1.2)
    is_needed = not world.spec(made).daily or float(world.shelf.usable_anywhere(made, day)) < lasts
    return qty * 1.03 if is_needed else 0.0


def _loose(spec: ItemSpec, qty: float) -> Decimal:
    """A weight as the scale at the door shows it, or whole pieces."""
    if spec.is_counted:
        return Decimal(max(math.ceil(qty), 1))
    if spec.price >= DEAR or qty < 1:
        return max(Decimal(f"{qty:.2f}"), Decimal("0.2"))
    return max(Decimal(f"{qty:.1f}"), Decimal("0.5"))


def _lot(world: World, spec: ItemSpec, day: date, mark: str) -> tuple[str, date | None]:
    """Lot number and date of what comes in; nothing for what is not kept by lot."""
    if not spec.lot_tracked:
        return "", None
    if spec.life is None:
        return f"{day:%y%m%d}-{mark}", None
    left = spec.life if spec.life <= 5 else round(spec.life * world.chance.uniform(0.7, FRESH_SHARE))
    return f"{day:%y%m%d}-{mark}", day + timedelta(days=left)
