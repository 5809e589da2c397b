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
from core.labels.steps.contents import label_contents
from core.labels.steps.facts import Pair, changed_labels
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.records import differences, kept_content
from core.labels.types import LabelContent
from core.labels.types.queue import StaleRow
from core.uow import UnitOfWork
from db.labels import PlannedPrice, ShelfLabel
from db.sql import chunks
from db.stock import Location


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
    wanted = sorted(set(pairs))
    item_ids = sorted({item_id for item_id, _place in wanted})
    by_item = {
        one.id: one
        for one in label_contents(uow, "item", item_ids, language, prices=planned_prices(uow, item_ids, day))
    }
    places = place_words(uow, {place for _item_id, place in wanted}, language)
    return {
        (item_id, place): by_item[item_id].with_fields(**places.get(place, {}))
        for item_id, place in wanted
        if item_id in by_item
    }


def place_words(uow: UnitOfWork, location_ids: Iterable[int], language: str) -> dict[int, dict[str, str]]:
    """Fields that a label gets from the place it hangs at."""
    found: dict[int, dict[str, str]] = {}
    for part in chunks(sorted({one for one in location_ids if one})):
        rows = uow.sql.execute(
            select(Location.id, Location.code, Location.name, Location.name_en).where(Location.id.in_(part))
        )
        for row in rows:
            found[row.id] = {"location": row.code, "location_name": Name(row.name, row.name_en).render(language)}
    return found


def stale_shelf_labels(uow: UnitOfWork, day: date, within: str = "") -> list[StaleRow]:
    """Shelf labels that say something else than they should on a day, with each field that differs; in no order.

    Facts that changed but do not stand on the label do not make it stale.
    """
    rows = changed_labels(uow, day, within)
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
    name = Name(fields.get("name", ""), fields.get("name_en", ""))
    place = Name(fields.get("location_name", ""))
    return StaleRow(
        row.item_id,
        row.location_id,
        row.layout,
        row.copies,
        content.code,
        name,
        fields.get("location", ""),
        place,
        row.printed_at,
        is_gone=False,
        differences=changed,
    )
