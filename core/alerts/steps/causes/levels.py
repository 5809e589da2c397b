"""Too little, too much, less than nothing, soon used up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from core.alerts.rules.cover import lasts_days
from core.alerts.steps.stand import Held, ItemWords, Stand, Wanted
from core.alerts.types.inbox import ITEM, Found
from core.values import from_micro, plain, round_decimal
from db.enums import AlertUrgency

Limits = Mapping[str, Decimal]


def below_safety(stand: Stand, _limits: Limits) -> list[Found]:
    """Items of which no more may be used than their safety stock, or less than their minimum where they have none; on the
    site or at a place with a policy of its own."""
    hits = [(one, held) for one, held in stand.judged if _is_below(one, held)]
    return _levels(stand, hits, lambda one: {"floor": from_micro(one.floor), "is_minimum": one.is_minimum})


def above_maximum(stand: Stand, _limits: Limits) -> list[Found]:
    """Items of which more is on hand than their maximum."""
    hits = [(one, held) for one, held in stand.judged if one.most and held.qty > one.most]
    items = stand.items({one.item_id for one, _held in hits})
    return [
        _found(
            stand,
            one.item_id,
            one.place_id,
            {**_named(items[one.item_id]), "qty": from_micro(held.qty), "most": from_micro(one.most)},
        )
        for one, held in hits
    ]


def negative_stock(stand: Stand, _limits: Limits) -> list[Found]:
    """Items of which the book holds less than nothing at a place."""
    hits = [(item_id, one) for item_id, parts in stand.held.items() for one in parts if one.qty < 0]
    items = stand.items({item_id for item_id, _one in hits})
    return [
        _found(stand, item_id, one.place_id, {**_named(items[item_id]), "qty": from_micro(one.qty)})
        for item_id, one in hits
        if item_id in items
    ]


def running_out(stand: Stand, limits: Limits) -> list[Found]:
    """Items that will not last: usage of the last days, and goods on order that come in time. What is at or below its
    safety stock already is told by that rule."""
    days, span = int(limits["days"]), int(limits["usage_days"])
    below = {one.item_id for one, held in stand.judged if not one.place_id and _is_below(one, held)}
    hits = []
    for item_id, (used, within) in stand.usage(span).items():
        if used <= 0 or item_id in below:
            continue
        held = stand.held_at(item_id, 0)
        arriving = [(one.qty, (one.due_on - stand.today).days) for one in stand.arriving.get(item_id, []) if one.due_on]
        lasting = lasts_days(held.usable, used, within, arriving, days)
        if lasting is not None:
            hits.append((item_id, held, used, within, lasting))
    items = stand.items({hit[0] for hit in hits})
    found = []
    for item_id, held, used, within, lasting in hits:
        rate = plain(round_decimal(from_micro(used) / within, 2)) or plain(round_decimal(from_micro(used) / within, 6))
        facts = {
            **_named(items[item_id]), **_stock(held), **_ordered(stand, item_id), "rate": rate,
            "lasts_until": stand.today + timedelta(days=lasting),
        }  # fmt: skip
        is_out = held.usable <= 0
        found.append(Found(ITEM, item_id, facts, urgency=AlertUrgency.URGENT if is_out else None))
    return found


def _is_below(one: Wanted, held: Held) -> bool:
    return bool(one.floor) and (held.usable < one.floor if one.is_minimum else held.usable <= one.floor)


def _levels(stand: Stand, hits: list[tuple[Wanted, Held]], more: Any) -> list[Found]:
    items = stand.items({one.item_id for one, _held in hits})
    return [
        _found(
            stand,
            one.item_id,
            one.place_id,
            {**_named(items[one.item_id]), **_stock(held), **_ordered(stand, one.item_id), **more(one)},
        )
        for one, held in hits
    ]


def _found(stand: Stand, item_id: int, place_id: int, facts: dict[str, Any]) -> Found:
    if not place_id:
        return Found(ITEM, item_id, facts)
    place = stand.places.get(place_id)
    return Found(ITEM, item_id, {**facts, "place": place.name if place else None}, part=str(place_id))


def _named(item: ItemWords) -> dict[str, Any]:
    return {"item": item.name, "code": item.code, "unit": item.unit}


def _stock(held: Held) -> dict[str, Any]:
    facts: dict[str, Any] = {"qty": from_micro(held.usable)}
    if held.qty != held.usable:
        facts["on_hand"] = from_micro(held.qty)
    return facts


def _ordered(stand: Stand, item_id: int) -> dict[str, Any]:
    lines = stand.arriving.get(item_id, [])
    if not lines:
        return {}
    days = [one.due_on for one in lines if one.due_on is not None]
    return {"ordered": from_micro(sum(one.qty for one in lines)), "due_on": min(days, default=None)}
