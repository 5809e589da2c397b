"""What a shelf label should say on a day, and which of those that hang say something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.clock import business_day
from core.i18n import Name
from core.labels.steps.contents import Wanted, load_contents
from core.labels.steps.facts import Pair, changed_labels
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.records import differences, kept_content
from core.labels.types import LabelContent
from core.labels.types.queue import StaleRow
from core.uow import UnitOfWork
from db.catalog import Item
from db.labels import PlannedPrice, ShelfLabel
from db.sql import chunks


def today(uow: UnitOfWork) -> date:
    """The site's business day now."""
    return business_day(uow.now, uow.site.zone, uow.site.day_start_hour)


def planned_prices(uow: UnitOfWork, item_ids: Iterable[int], day: date) -> dict[int, Decimal]:
    """The planned sale price of these items that holds on a day, where one does."""
    found: dict[int, Decimal] = {}
    for part in chunks(sorted(set(item_ids))):
        rows = uow.sql.execute(
            select(PlannedPrice.item_id, PlannedPrice.price)
            .where(PlannedPrice.item_id.in_(part), PlannedPrice.from_on <= day)
            .order_by(PlannedPrice.from_on)
        )
        found.update({row.item_id: row.price for row in rows})
    return found


def shelf_contents(uow: UnitOfWork, pairs: Iterable[Pair], language: str, day: date) -> dict[Pair, LabelContent]:
    """The words of shelf labels as they should be on a day, by item and place; items that are gone are left out."""
    found: dict[Pair, LabelContent] = {}
    left = sorted(set(pairs) & _existing(uow, pairs))
    prices = planned_prices(uow, [item_id for item_id, _place in left], day)
    while left:  # an item that hangs at several places takes a round for each
        round_of = dict(reversed(left))
        places = {item_id: place for item_id, place in round_of.items() if place}
        wanted = Wanted(tuple(round_of), language, places=places, prices=prices)
        found.update({(one.id, round_of[one.id]): one for one in load_contents(uow, "item", wanted)})
        left = [pair for pair in left if pair not in found]
    return found


def _existing(uow: UnitOfWork, pairs: Iterable[Pair]) -> set[Pair]:
    wanted = set(pairs)
    known: set[int] = set()
    for part in chunks(sorted({item_id for item_id, _place in wanted})):
        known.update(uow.sql.execute(select(Item.id).where(Item.id.in_(part))).scalars())
    return {pair for pair in wanted if pair[0] in known}


def stale_shelf_labels(uow: UnitOfWork, day: date, item_id: int | None = None) -> list[StaleRow]:
    """Shelf labels that say something else than they should on a day, with each field that differs; in no order.

    Facts that changed but do not stand on the label do not make it stale.
    """
    rows = changed_labels(uow, day, item_id)
    layouts = Layouts(uow)
    true = _true_contents(uow, rows)
    kept = _printed(uow, [(row.item_id, row.location_id) for row in rows])
    found = []
    for row in rows:
        pair = row.item_id, row.location_id
        content, layout = true.get(pair), layouts.find(row.layout)
        if content is None or pair not in kept:
            continue
        now = kept_content(content, layout) if layout is not None else {"fields": dict(content.fields)}
        changed = differences(kept[pair], now)
        if changed:
            found.append(_stale(row, content, changed))
    return found


def _true_contents(uow: UnitOfWork, rows: Iterable[Any]) -> dict[Pair, LabelContent]:
    groups: dict[tuple[str, date], list[Pair]] = defaultdict(list)
    for row in rows:
        day = row.day if isinstance(row.day, date) else date.fromisoformat(row.day)
        groups[row.language, day].append((row.item_id, row.location_id))
    found: dict[Pair, LabelContent] = {}
    for (language, day), pairs in groups.items():
        found.update(shelf_contents(uow, pairs, language, day))
    return found


def _printed(uow: UnitOfWork, pairs: list[Pair]) -> dict[Pair, Mapping[str, Any]]:
    found: dict[Pair, Mapping[str, Any]] = {}
    wanted = set(pairs)
    for part in chunks(sorted({item_id for item_id, _place in pairs})):
        rows = uow.sql.execute(
            select(ShelfLabel.item_id, ShelfLabel.location_id, ShelfLabel.content).where(ShelfLabel.item_id.in_(part))
        )
        found.update({(row[0], row[1]): row[2] for row in rows if (row[0], row[1]) in wanted})
    return found


def _stale(row: Any, content: LabelContent, changed: tuple[Any, ...]) -> StaleRow:
    fields = content.fields
    name = Name(fields.get("name_zh", ""), fields.get("name_en", ""))
    place = Name(fields.get("place_name", "")) if row.location_id else Name("")
    return StaleRow(
        row.item_id,
        row.location_id,
        row.layout,
        row.copies,
        content.code,
        name,
        fields.get("place", "") if row.location_id else "",
        place,
        row.printed_at,
        is_gone=False,
        differences=changed,
    )
