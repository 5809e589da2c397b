"""What is lost: spoiled, expired, over-prepared after slow days, dropped, sent back, eaten by the staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from core.sample.demand import index_of, usual_of
from core.sample.need import prep_costs, step_of, to_step
from core.sample.tables import ItemSpec, items
from core.sample.world import World
from core.stock import NewLine, NewPosting
from db.enums import PostingKind as K
from db.enums import WasteStage

Make = Callable[[World, date], Iterator[NewLine]]
Kinds = tuple[tuple[tuple[int, int], Make], ...]
SPOILED_A_DAY, SPOILED_ON_MONDAYS = 15.0, 52.0
SPOILS = ("veg", "egg", "seafood")
SLOW = 0.95
STAFF_MEALS = (("GRN-001", 2.0), ("EGG-001", 10), ("VEG-002", 1.2), ("GRD-001", 0.8), ("PLT-001", 0.6))
STAFF_MEAL_DAYS = (2, 4, 7)
BREAKABLE = ("EGG-001", "EGG-004", "SEN-004", "SOF-005", "ALC-002", "SNK-005", "PRE-005")
KEPT_EXPIRED_DAYS = 4


def write_off_expired(world: World, day: date, last: date) -> None:
    """What expired goes in the morning; the last days' finds are still to be dealt with."""
    moment = world.moment(day, 10, 15)
    if not world.is_past(moment) or (last - day).days < KEPT_EXPIRED_DAYS:
        return
    found = [
        (code, place, piece)
        for code, place, piece in world.shelf.pieces()
        if piece.expires_on is not None and piece.expires_on < day
    ]
    lines = []
    for code, place, piece in found:
        lines.append(world.line(code, place, piece, reason="expired", stage=WasteStage.STORAGE))
        world.shelf.take_lot(code, place, piece.lot, piece.qty)
    if lines:
        world.hand_in("storekeeper", NewPosting(K.WASTE, tuple(lines), moment))


def waste_by_day(world: World, day: date) -> None:
    """What was lost until the evening."""
    _waste(world, day, _BY_DAY)


def waste_at_night(world: World, day: date) -> None:
    """What the kitchen throws away when it closes."""
    _waste(world, day, _AT_NIGHT)


def _waste(world: World, day: date, kinds: Kinds) -> None:
    for (hour, minute), make in kinds:
        moment = world.moment(day, hour, minute)
        lines = tuple(make(world, day)) if world.is_past(moment) else ()
        if lines:
            world.hand_in("kitchen", NewPosting(K.WASTE, lines, moment))


def _lost(world: World, spec: ItemSpec, qty: float, day: date, reason: str, stage: WasteStage) -> Iterator[NewLine]:
    """Goods that are gone, in steps the scale shows; a note where the reason needs one."""
    step = max(step_of(spec), Decimal("0.05")) if not spec.is_counted else Decimal(1)
    amount = max(to_step(qty, step), step)
    note = world.chance.choice(_OTHER) if reason == "other" else ""
    yield from world.lines_taken(spec.code, spec.home, amount, day, reason=reason, stage=stage, note=note)


def _staff_meal(world: World, day: date) -> Iterator[NewLine]:
    if day.isoweekday() in STAFF_MEAL_DAYS:
        for code, qty in STAFF_MEALS:
            amount = qty * world.chance.uniform(0.85, 1.15)
            yield from _lost(world, world.spec(code), amount, day, "staff_meal", WasteStage.SERVICE)


def _spoiled(world: World, day: date) -> Iterator[NewLine]:
    left = SPOILED_ON_MONDAYS if day.isoweekday() == 1 else SPOILED_A_DAY
    left *= world.chance.uniform(0.5, 1.5)
    choices = [spec for spec in items().values() if spec.group in SPOILS and not spec.home.startswith("FRZ")]
    for spec in world.chance.sample(choices, 5):
        part = min(left, world.chance.uniform(4, 16))
        if part < 2 or spec.price > 60:
            continue
        left -= part
        yield from _lost(world, spec, part / spec.price, day, "spoiled", WasteStage.STORAGE)


def _over_prepared(world: World, day: date) -> Iterator[NewLine]:
    """On a day slower than planned some of what was prepared is left over."""
    if index_of(day) / usual_of(day) > SLOW:
        return
    made = [spec for spec in items().values() if spec.code.startswith("PRE") and spec.daily]
    for spec in world.chance.sample(made, 3):
        qty = world.chance.uniform(9, 22) / prep_costs()[spec.code]
        yield from _lost(world, spec, min(qty, spec.daily * 0.35), day, "over_prepped", WasteStage.PROCESSING)


def _now_and_then(chance: float, reason: str, stage: WasteStage, codes: tuple[str, ...], worth: float) -> Make:
    def make(world: World, day: date) -> Iterator[NewLine]:
        if world.chance.random() < chance:
            spec = world.spec(world.chance.choice(codes))
            qty = worth * world.chance.uniform(0.6, 1.5) / prep_costs()[spec.code]
            yield from _lost(world, spec, qty, day, reason, stage)

    return make


_OTHER = (
    "停电两小时，冷柜化冻 / power cut, freezer thawed",
    "新菜拍照打样 / photographed for the menu",
    "供应商试吃 / tasting with the supplier",
)
_REFUSED = ("VEG-001", "GRD-001", "SEA-003", "VEG-011", "FRU-002")
_BURNT = ("PRK-002", "SEA-001", "PLT-001", "BEF-001", "EGG-001")
_SENT_BACK = ("SEA-002", "PRK-003", "PLT-002", "SEA-001")
_DEAR = ("SEA-006", "BEF-004", "SEA-007")
_BY_DAY: Kinds = (
    ((8, 50), _now_and_then(0.12, "quality_fail", WasteStage.RECEIVING, _REFUSED, 14)),
    ((13, 10), _staff_meal),
    ((14, 20), _now_and_then(0.34, "dropped", WasteStage.SERVICE, BREAKABLE, 5)),
    ((18, 40), _now_and_then(0.30, "cooking_error", WasteStage.PROCESSING, _BURNT, 15)),
    ((19, 50), _now_and_then(0.22, "dish_return", WasteStage.SERVICE, _SENT_BACK, 24)),
    ((20, 30), _now_and_then(0.03, "other", WasteStage.STORAGE, _DEAR, 60)),
)
_AT_NIGHT: Kinds = (((21, 45), _over_prepared), ((22, 5), _spoiled))


def late_slip(world: World, day: date) -> None:
    """A slip found the morning after: posted at its own time, a day back."""
    moment = world.moment(day - timedelta(days=1), 20, 40)
    lines = tuple(
        line
        for code, qty in (("PRK-001", 0.6), ("PRE-002", 1.0))
        for line in _lost(world, world.spec(code), qty, day, "cooking_error", WasteStage.PROCESSING)
    )
    if lines:
        note = "昨晚纸单补录 / from last night's paper slip"
        world.post("storekeeper", world.moment(day, 9, 15), [NewPosting(K.WASTE, lines, moment, note=note)])
