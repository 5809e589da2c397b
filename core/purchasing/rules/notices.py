"""What a shipping notice says of awaited order lines: which line is which, and what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import Text, _
from core.purchasing.rules.files.shipping_notice import LotSaid, NoticeLine
from core.purchasing.types.orders import OpenOrderLine
from core.values import plain

ToBase = Callable[[int, Decimal, str], Decimal | None]
"""A quantity of an item in a unit as base units; None when the item has no such unit."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """An awaited line with what of a notice belongs to it."""

    line: OpenOrderLine
    said: tuple[NoticeLine, ...]


def pair_lines(
    said: Sequence[NoticeLine], awaited: Sequence[OpenOrderLine], items: Mapping[str, int]
) -> tuple[list[Awaited], list[NoticeLine]]:
    """Which awaited line each line of a notice means, and those that mean none.

    By the item its codes stand for (`items`: item ids by code), within the order it names; a line without a known code
    goes by the number of the order's line. The line due soonest wins.
    """
    found: dict[int, list[NoticeLine]] = {}
    strangers = []
    for one in said:
        match = _match(one, awaited, items)
        if match is None:
            strangers.append(one)
        else:
            found.setdefault(match.line_id, []).append(one)
    return [Awaited(line, tuple(found[line.line_id])) for line in awaited if line.line_id in found], strangers


def _match(one: NoticeLine, awaited: Sequence[OpenOrderLine], items: Mapping[str, int]) -> OpenOrderLine | None:
    here = [line for line in awaited if not one.order_number or line.number == one.order_number.strip().upper()]
    known = [items[code] for code in (one.supplier_item, one.buyer_item, one.gtin) if code in items]
    if known:
        return next((line for line in here if line.item_id == known[0]), None)
    if one.order_line.isdigit():
        return next((line for line in here if line.line == int(one.order_line)), None)
    return None


def remarks_on(found: Sequence[Awaited], names: Mapping[int, object], to_base: ToBase) -> list[Text]:
    """What of the paired lines is short or too much, in base units; quantities in a unit nobody knows are left alone."""
    told = []
    for one in found:
        amounts = [to_base(one.line.item_id, said.qty, said.unit or one.line.unit) for said in one.said]
        if any(amount is None for amount in amounts):
            told.append(_("{item}: the unit of the notice is not known here.", item=names[one.line.item_id]))
            continue
        sent = sum((amount for amount in amounts if amount is not None), Decimal(0))
        facts = {"item": names[one.line.item_id], "sent": plain(sent), "awaited": plain(one.line.outstanding)}
        if sent < one.line.outstanding:
            told.append(_("{item}: {sent} are on their way, {awaited} are awaited.", **facts))
        elif sent > one.line.outstanding:
            told.append(_("{item}: {sent} are on their way, only {awaited} are awaited.", **facts))
    return told


def lots_words(lots: Sequence[LotSaid]) -> str:
    """Lots as a note holds them: "A17 2026-05-01, B3"."""
    return ", ".join(
        " ".join(part for part in (lot.lot or lot.serial, lot.expires_on.isoformat() if lot.expires_on else "") if part)
        for lot in lots
    )
