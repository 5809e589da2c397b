"""What could be counted: every item with goods at a place, with its value, its last count and its past differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, or_, select

from core.counting.rules import plan
from core.counting.rules.plan import Candidate
from core.counting.steps.book import Worth, load_worth
from core.counting.steps.counts import PlaceFacts, load_places, places_allowed
from core.counting.types import NewCount
from core.errors import InvalidInput
from core.i18n import _
from core.uow import UnitOfWork
from core.values import round_half_up
from db.catalog import Category, Item
from db.columns import micros, moment
from db.counting import KeyItem, StockCount, StockCountLine
from db.enums import CountKind, CountState, Permission
from db.sql import chunks, total
from db.stock import ItemCost, StockBalance, StockEntry

MOVED_LATELY = timedelta(days=90)
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item as a sheet needs it."""

    id: int
    code: str
    name: str
    name_en: str
    sort_key: str
    abc_class: str


@dataclass(slots=True)
class Candidates:
    """Lines that could be counted, and what they are made of."""

    lines: list[Candidate]
    items: dict[int, ItemFacts]
    places: dict[int, PlaceFacts]


def load_candidates(uow: UnitOfWork, new: NewCount) -> Candidates:
    """The lines in a count's scope, where the person may run counts."""
    places = load_places(uow)
    chosen = _places_in_scope(uow, places, new.location_ids)
    items = _items_in_scope(uow, new.category_ids)
    since = micros(uow.now - MOVED_LATELY)
    rows = [
        row
        for row in uow.sql.execute(
            select(
                StockBalance.item_id,
                StockBalance.location_id,
                StockBalance.lot_id,
                StockBalance.qty,
                StockBalance.last_at,
            ).where(
                or_(StockBalance.qty != 0, StockBalance.last_at >= since) if new.with_empty else StockBalance.qty != 0
            )
        )
        if row.location_id in chosen and row.item_id in items
    ]
    found = {row.item_id for row in rows}
    worth, classes = load_worth(uow, found), _classes(uow, items, found)
    days, errors = _days_since_counted(uow), past_errors(uow)
    lines = [
        Candidate(
            row.item_id,
            row.location_id,
            row.lot_id,
            row.qty,
            worth.get(row.item_id, Worth()).of(row.qty),
            classes[row.item_id],
            days.get((row.item_id, row.location_id)),
            errors.get(row.item_id, 0),
        )
        for row in rows
    ]
    return Candidates(lines, items, places)


def choose_lines(uow: UnitOfWork, new: NewCount, found: Candidates) -> list[Candidate]:
    """The lines a count of this kind takes, most important first. Raises InvalidInput when there are none or too many."""
    lines = found.lines
    if new.kind is CountKind.CYCLE:
        lines = plan.due_lines(lines, new.most_lines)
    elif new.kind is CountKind.SPOT:
        lines = plan.riskiest_lines(lines, new.share, new.most_lines)
    elif new.kind is CountKind.KEY:
        key = set(uow.sql.execute(select(KeyItem.item_id)).scalars())
        if not key:
            raise InvalidInput(_("No item is marked as a key item yet. Mark those where most of the money is."))
        lines = [one for one in lines if one.item_id in key]
    if len(lines) > MOST_LINES:
        raise InvalidInput(
            _("That is {n} lines. One count takes {most}: choose fewer places.", n=len(lines), most=MOST_LINES),
            field="location_ids",
        )
    return lines


def nothing_to_count(kind: CountKind) -> InvalidInput:
    """The sentence for a count that would hold nothing."""
    if kind is CountKind.CYCLE:
        return InvalidInput(_("Nothing is due to be counted here today."), field="location_ids")
    return InvalidInput(
        _("There is nothing to count here: no goods in these places and categories."), field="location_ids"
    )


def lines_in_open_counts(uow: UnitOfWork) -> set[tuple[int, int, int]]:
    """Item, place and lot of every line of a count that is still going on."""
    rows = uow.sql.execute(
        select(StockCountLine.item_id, StockCountLine.location_id, StockCountLine.lot_id)
        .join(StockCount, StockCount.id == StockCountLine.count_id)
        .where(StockCount.state.in_((CountState.COUNTING, CountState.TO_RESOLVE, CountState.TO_APPROVE)))
    )
    return {(row.item_id, row.location_id, row.lot_id) for row in rows}


def _places_in_scope(uow: UnitOfWork, places: Mapping[int, PlaceFacts], wanted: tuple[int, ...]) -> set[int]:
    unknown = set(wanted) - places.keys()
    if unknown:
        raise InvalidInput(_("There is no such place to count at."), field="location_ids")
    inside = [
        place
        for place in places.values()
        if not wanted or any(f"/{location_id}/" in place.path for location_id in wanted)
    ]
    return places_allowed(uow, inside, Permission.COUNT_MANAGE)


def _items_in_scope(uow: UnitOfWork, category_ids: tuple[int, ...]) -> dict[int, ItemFacts]:
    wanted = select(Item.id, Item.code, Item.name, Item.name_en, Item.sort_key, Item.abc_class)
    if category_ids:
        paths = uow.sql.execute(select(Category.path).where(Category.id.in_(category_ids))).scalars().all()
        wanted = wanted.join(Category, Category.id == Item.category_id).where(
            or_(
                *[
                    or_(Category.path == path, func.substr(Category.path, 1, len(path) + 1) == path + "/")
                    for path in paths
                ]
            )
        )
        if not paths:
            return {}
    return {row.id: ItemFacts(*row) for row in uow.sql.execute(wanted)}


def _classes(uow: UnitOfWork, items: Mapping[int, ItemFacts], wanted: Iterable[int]) -> dict[int, str]:
    """The class written on the item, or the one its stock value gives it."""
    named = {item_id: items[item_id].abc_class for item_id in wanted}
    if all(named.values()):
        return named
    values = {row.item_id: row.value for row in uow.sql.execute(select(ItemCost.item_id, ItemCost.value))}
    computed = plan.classes_by_value(values)
    return {item_id: abc or computed.get(item_id, "C") for item_id, abc in named.items()}


def _days_since_counted(uow: UnitOfWork) -> dict[tuple[int, int], int]:
    """Whole days since each item was last counted at each place; counts that were reversed do not count."""
    undone = select(StockEntry.link_id).where(StockEntry.is_reversal, StockEntry.link_id.is_not(None))
    rows = uow.sql.execute(
        select(StockEntry.item_id, StockEntry.location_id, func.max(StockEntry.at).label("at"))
        .where(StockEntry.counted_qty.is_not(None), StockEntry.id.not_in(undone))
        .group_by(StockEntry.item_id, StockEntry.location_id)
    )
    return {(row.item_id, row.location_id): max((uow.now - moment(int(row.at))).days, 0) for row in rows}


def past_errors(uow: UnitOfWork) -> dict[int, int]:
    """How wrong the book of each item was on its posted counts, in thousandths of what was expected (most 5000)."""
    rows = uow.sql.execute(
        select(
            StockCountLine.item_id,
            total(func.abs(StockCountLine.counted_qty - StockCountLine.posted_expected)).label("off"),
            total(func.abs(StockCountLine.posted_expected)).label("expected"),
        )
        .where(StockCountLine.posted_expected.is_not(None), StockCountLine.counted_qty.is_not(None))
        .group_by(StockCountLine.item_id)
    )
    return {
        row.item_id: min(round_half_up(int(row.off) * 1000, max(int(row.expected), 1)), 5000) for row in rows if row.off
    }


def learned_order(uow: UnitOfWork, location_ids: Iterable[int]) -> dict[tuple[int, int, int], int]:
    """Where each line stood when its place was last counted and posted: the order people walked, by item, place, lot."""
    found: dict[tuple[int, int, int], int] = {}
    for part in chunks(sorted(set(location_ids))):
        last = (
            select(StockCountLine.location_id, func.max(StockCountLine.count_id).label("count_id"))
            .join(StockCount, StockCount.id == StockCountLine.count_id)
            .where(
                StockCount.state == CountState.POSTED,
                StockCountLine.rounds > 0,
                StockCountLine.location_id.in_(part),
            )
            .group_by(StockCountLine.location_id)
            .subquery()
        )
        rows = uow.sql.execute(
            select(StockCountLine.item_id, StockCountLine.location_id, StockCountLine.lot_id)
            .join(
                last,
                (last.c.location_id == StockCountLine.location_id) & (last.c.count_id == StockCountLine.count_id),
            )
            .where(StockCountLine.rounds > 0)
            .order_by(StockCountLine.counted_at, StockCountLine.position)
        )
        for at, row in enumerate(rows):
            found[row.item_id, row.location_id, row.lot_id] = at
    return found


def money_of(uow: UnitOfWork, minor: int) -> Decimal | None:
    """An amount for who may see cost, None for others."""
    return uow.money(minor) if uow.may(Permission.COST_VIEW) else None
