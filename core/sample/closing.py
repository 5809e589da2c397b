"""Months closed on their fifth day: all but the newest, which waits for the accountant; the first was opened once more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from core import costing
from core.costing import Month
from core.sample.accounts import keep_journal
from core.sample.shelf import Piece
from core.sample.world import World
from core.stock import NewPosting
from db.enums import PostingKind as K
from db.enums import WasteStage

CLOSED_ON, CLOSED_AT = 5, (17, 5)
FOUND_ON, FOUND_AT = 8, (16, 50)
OPEN_CHECKS = "open_checks"
FORGOTTEN, FORGOTTEN_QTY, FORGOTTEN_BACK = "SEN-004", Decimal(1), 3
WHY = "漏录一张报损单 / a waste slip was forgotten"


def close_in_time(world: World, day: date) -> None:
    """What a day brings for the books: last month is closed; of the first one a slip is found when it is closed."""
    month = Month.of(day).before
    if Month.of(day) == Month.of(world.last) or month < Month.of(world.began):
        return
    if day.day == CLOSED_ON:
        world.set_clock(world.moment(day, *CLOSED_AT))
        _close(world, month)
    elif day.day == FOUND_ON and month == Month.of(world.first):
        _correct(world, month, day)


def _close(world: World, month: Month) -> None:
    """With what is still open: the accountant has looked at it."""
    world.crew["accountant"].do(costing.close_month, month=month.text, confirmed=frozenset({OPEN_CHECKS}))


def _correct(world: World, month: Month, day: date) -> None:
    """Opened by the manager, the slip posted on its own day, closed again; its journal is kept.

    What the full count of the month's last evening found stays: its difference becomes smaller by what the slip says.
    """
    lost_on = month.last - timedelta(days=FORGOTTEN_BACK)
    moment = world.moment(lost_on, 20, 50)
    piece = Piece("", None, FORGOTTEN_QTY)
    line = world.line(
        FORGOTTEN, world.spec(FORGOTTEN).home, piece, reason="dropped", stage=WasteStage.STORAGE, note=WHY
    )
    world.set_clock(world.moment(day, *FOUND_AT))
    world.crew["manager"].do(costing.reopen_month, month=month.text, reason=WHY)
    world.post("manager", world.clock.at + timedelta(minutes=4), [NewPosting(K.WASTE, (line,), moment, note=WHY)])
    world.set_clock(world.clock.at + timedelta(minutes=6))
    _close(world, month)
    keep_journal(world, month)
