"""Entering figures: each is kept at once with the ledger's position, so that trading may go on."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from core import catalog
from core.counting.rules import detect, states
from core.counting.steps.book import Position, moved_after
from core.counting.steps.counts import CountFacts, lock_line, require_at_places, sees_book
from core.counting.steps.entering import last_counted, load_surroundings
from core.counting.steps.keeping import keep_figure, keep_line, moment_of, replace_tallies, sizes_of, spot_of
from core.counting.types import CountPart, Entered, Flag, Onto
from core.errors import Conflict, Refused
from core.i18n import Text, _
from core.registry import command
from core.uow import UnitOfWork
from core.values import from_micro
from db.catalog import Item
from db.enums import CountState, Permission
from db.identity import Person


@command(Permission.COUNT_ENTER)
def enter_count(
    uow: UnitOfWork,
    *,
    line_id: int,
    parts: tuple[CountPart, ...],
    onto: Onto | None = None,
    at: datetime | None = None,
) -> Entered:
    """Enter what was counted.

    `parts` in any units of the item are added up. Where a figure is there already: `onto` adds or replaces, FIRST raises
    Conflict, none asks once (NeedsConfirmation; yes replaces). `at` is when it was counted, for figures from paper.
    Raises InvalidInput, Refused.
    """
    count, line = lock_line(uow, line_id)
    require_at_places(uow, Permission.COUNT_ENTER, [line.location_id])
    states.check_countable(count.state, count.number, needs_recount=line.needs_recount)
    moment = moment_of(uow, count, at)
    sizes = sizes_of(catalog.load_unit_table(uow, line.item_id), parts)
    is_fresh = line.rounds == 0 or line.needs_recount
    adds = False if is_fresh else _adds(uow, line, sum(sizes), onto)
    if adds and moved_after(uow, spot_of(line), line.ledger_id):
        uow.confirm("moved_between", _moved_between(), field="qty")
    total, round_now, position = keep_figure(uow, line, parts, sizes, adds=adds, moment=moment)
    uow.note(count=count.number, row=line.position)
    expected, flags = _look(uow, count, line, total, position)
    return Entered(line.id, line.position, from_micro(total), round_now, expected, flags)


@command(Permission.COUNT_ENTER)
def clear_count(uow: UnitOfWork, *, line_id: int) -> None:
    """Take back a figure entered at the wrong line.

    The line is open again. Raises Refused once counting is over, or when somebody else counted it and the person does
    not run counts.
    """
    count, line = lock_line(uow, line_id)
    require_at_places(uow, Permission.COUNT_ENTER, [line.location_id])
    states.check_is(
        count.state,
        frozenset({CountState.COUNTING}),
        count.number,
        _("Counting is over. Ask for a recount of the line instead."),
    )
    if line.counted_qty is None:
        return
    if line.counted_by != uow.actor.person_id and not uow.may(Permission.COUNT_MANAGE):
        raise Refused(_("Somebody else counted this line. They or whoever runs the count can take it back."))
    replace_tallies(uow, line.id, line.rounds)
    keep_line(
        uow,
        line,
        {
            "counted_qty": None,
            "expected_qty": None,
            "ledger_id": None,
            "counted_at": None,
            "counted_by": None,
            "rounds": 0,
        },
    )
    uow.note(count=count.number, row=line.position)


def _adds(uow: UnitOfWork, line: Row[Any], fresh: int, onto: Onto | None) -> bool:
    """Whether the figure adds to the one there (else it replaces it). Raises Conflict or NeedsConfirmation."""
    if onto in (Onto.ADD, Onto.REPLACE):
        return onto is Onto.ADD
    words = _counted_already(uow, line, fresh)
    if onto is Onto.FIRST:
        there, mine = from_micro(line.counted_qty), from_micro(fresh)
        raise Conflict(words, base={"qty": None}, mine={"qty": mine}, theirs={"qty": there})
    uow.confirm("counted_again", words, field="qty")
    return False


def _counted_already(uow: UnitOfWork, line: Row[Any], fresh: int) -> Text:
    unit = uow.sql.execute(select(Item.base_unit).where(Item.id == line.item_id)).scalar_one()
    by = uow.sql.execute(select(Person.name).where(Person.id == line.counted_by)).scalar() or ""
    return _(
        "{there} {unit} was counted here already by {by}. Replace it with {fresh} {unit}?",
        there=from_micro(line.counted_qty),
        fresh=from_micro(fresh),
        unit=unit,
        by=by,
    )


def _moved_between() -> Text:
    return _(
        "Goods moved here between the first part and this one. Better count both parts again. Add this part all the same?"
    )


def _look(
    uow: UnitOfWork, count: CountFacts, line: Row[Any], total: int, position: Position
) -> tuple[Decimal | None, tuple[Flag, ...]]:
    """The book quantity and what is odd about the figure, as far as the person may know."""
    shows = sees_book(uow, count)
    around = load_surroundings(uow, line, position, last_counted(uow, line), sees_book=shows)
    return (from_micro(position.expected) if shows else None), detect.look(total, around, sees_book=shows)
