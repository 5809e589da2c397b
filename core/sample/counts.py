"""Counting: a shelf every week, the whole house on the last evening of the month, with believable differences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.sample.need import DEAR
from core.sample.shelf import Piece
from core.sample.tables import ItemSpec
from core.sample.world import World
from core.stock import NewPosting
from db.enums import PostingKind as K

ROUND = (
    "COLD-1",
    "BAR-1",
    "DRY-2",
    "COLD-2",
    "SHOP-2",
    "FRZ-1",
    "DRY-1",
    "COLD-3",
    "SHOP-3",
    "DRY-4",
    "HOUSE-1",
    "FRZ-2",
)
COUNT_DAY = 3
RIGHT_SHARE = 0.86
LEAN = -0.006
SPREAD = 0.03
MOST_OFF = 0.12


def is_month_end(day: date) -> bool:
    """Whether it is the last day of a month."""
    return (day + timedelta(days=1)).day == 1


def shelf_of(day: date) -> str:
    """The shelf whose turn it is in a week."""
    return ROUND[day.toordinal() // 7 % len(ROUND)]


def count_shelf(world: World, day: date, place: str) -> None:
    """One shelf, in the afternoon."""
    _count(world, day, (15, 30), (place,), f"循环盘点 {place} / cycle count")


def count_all(world: World, day: date) -> None:
    """The whole house, after closing."""
    _count(world, day, (22, 50), (), "月末全盘 / month-end full count")


def counted_as(world: World, spec: ItemSpec, qty: Decimal) -> Decimal:
    """What people find where the book says `qty`: mostly just that."""
    if world.chance.random() < RIGHT_SHARE or spec.price >= DEAR:
        return qty
    if spec.is_counted:
        off = Decimal(world.chance.choice((-2, -1, -1, -1, 1, 1)))
        return max(qty + off, Decimal(0))
    share = min(max(world.chance.gauss(LEAN, SPREAD), -MOST_OFF), MOST_OFF)
    step = Decimal("0.01") if qty < 2 else Decimal("0.05")
    return (qty * (1 + Decimal(f"{share:.4f}")) / step).quantize(Decimal(1)) * step


def _count(world: World, day: date, hour: tuple[int, int], places: Sequence[str], note: str) -> None:
    moment = world.moment(day, *hour)
    if not world.is_past(moment):
        return
    lines = []
    for code, place, piece in list(world.shelf.pieces()):
        if places and place not in places:
            continue
        found = counted_as(world, world.spec(code), piece.qty)
        lines.append(world.line(code, place, Piece(piece.lot, piece.expires_on, found)))
        if found != piece.qty:
            world.shelf.set_qty(code, place, piece.lot, found)
    if lines:
        world.post("manager", moment, [NewPosting(K.COUNT, tuple(lines), moment, note=note)])
