"""What a person does with the queue of labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, tuple_, update

from core import catalog
from core.errors import InvalidInput, NotFound
from core.i18n import Name, _
from core.labels.rules.copies import Amount, copies_for
from core.labels.steps.at_once import shelf_places
from core.labels.steps.facts import gone_labels
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.truth import stale_shelf_labels, today
from core.labels.steps.wishes import MOST_COPIES, add_wishes
from core.labels.types.queue import NewWish, ShelfCheck
from core.registry import command
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.enums import LabelReason, LabelSubject, Permission
from db.labels import ItemLabel, LabelWish, ShelfLabel
from db.sql import chunks, upsert
from db.stock import Location, StockBalance, StockEntry, StockPosting


@command(Permission.LABEL_PRINT)
def add_to_queue(uow: UnitOfWork, *, wishes: Sequence[NewWish], due_on: date | None = None) -> int:
    """Put labels on the queue.

    Of a list of things; a shelf label without a place hangs where its item lies. `due_on` is the day they are to be
    printed for (today). What stands there already is replaced, so one thing stands once. Answers how many things. Raises
    InvalidInput, NotFound.
    """
    loose = [one.subject_id for one in wishes if one.subject is LabelSubject.SHELF and not one.location_id]
    places = shelf_places(uow, LabelSubject.SHELF, loose)
    placed = [
        NewWish(one.subject, one.subject_id, places.get(one.subject_id, 0), one.layout, one.copies)
        if one.subject is LabelSubject.SHELF and not one.location_id
        else one
        for one in wishes
    ]
    return add_wishes(uow, placed, reason=LabelReason.LIST, due_on=due_on or today(uow))


@command(Permission.LABEL_PRINT)
def queue_receipt(
    uow: UnitOfWork, *, posting_id: int, layout: str, amount: Amount = Amount.ONE, subject: LabelSubject
) -> int:
    """Put labels of a receipt on the queue.

    For each line of what came in: one label, one for each base unit received, or one for each pack, never more than 999.
    `subject` says whether they are for the goods (item, lot) or the shelf. Answers how many things. Raises NotFound,
    InvalidInput.
    """
    number = uow.sql.execute(select(StockPosting.number).where(StockPosting.id == posting_id)).scalar()
    if number is None:
        raise NotFound(_("There is no such posting."), field="posting")
    lines = uow.sql.execute(
        select(
            StockEntry.item_id, StockEntry.location_id, StockEntry.lot_id, StockEntry.qty, StockEntry.unit_qty
        ).where(StockEntry.posting_id == posting_id, StockEntry.qty > 0)
    ).all()
    copies: dict[tuple[int, int], int] = {}
    for line in lines:
        if subject is LabelSubject.LOT and not line.lot_id:
            continue
        is_lot = subject is LabelSubject.LOT
        key = (line.lot_id if is_lot else line.item_id, line.location_id if subject is LabelSubject.SHELF else 0)
        number_of = copies_for(amount, from_micro(line.qty), from_micro(abs(line.unit_qty)), MOST_COPIES)
        copies[key] = min(copies.get(key, 0) + number_of, MOST_COPIES) if amount is not Amount.ONE else 1
    wishes = [NewWish(subject, one, place, layout, count) for (one, place), count in copies.items()]
    return add_wishes(uow, wishes, reason=LabelReason.RECEIPT, due_on=today(uow), document=number)


@command(Permission.LABEL_PRINT)
def queue_place(uow: UnitOfWork, *, location_id: int, layout: str = "", only_missing: bool = False) -> int:
    """Put the shelf labels of a place on the queue.

    For every item that lies there or in a place below, or has a label there; with `only_missing` for those without one.
    Answers how many. Raises NotFound, InvalidInput.
    """
    path = uow.sql.execute(select(Location.path).where(Location.id == location_id)).scalar()
    if path is None:
        raise NotFound(_("There is no such place."), field="location")
    below = Location.path.like(f"{path}%") & Location.is_active
    lying = uow.sql.execute(
        select(StockBalance.item_id, StockBalance.location_id)
        .join(Location, Location.id == StockBalance.location_id)
        .join(Item, Item.id == StockBalance.item_id)
        .where(below, StockBalance.qty > 0, Item.is_active)
        .distinct()
    )
    hanging = uow.sql.execute(
        select(ShelfLabel.item_id, ShelfLabel.location_id)
        .join(Location, Location.id == ShelfLabel.location_id)
        .join(Item, Item.id == ShelfLabel.item_id)
        .where(below, Item.is_active)
    )
    there = {tuple(row) for row in lying}
    labelled = {tuple(row) for row in hanging}
    pairs = there - labelled if only_missing else there | labelled
    wishes = [NewWish(LabelSubject.SHELF, item_id, place, layout) for item_id, place in sorted(pairs)]
    return add_wishes(uow, wishes, reason=LabelReason.PLACE, due_on=today(uow))


@command(Permission.LABEL_PRINT)
def drop_from_queue(uow: UnitOfWork, *, wish_ids: Sequence[int]) -> int:
    """Take labels off the queue.

    Only what was put there; a shelf label that is not true stays until it is printed or taken down. Answers how many.
    """
    gone = 0
    for part in chunks(wish_ids):
        gone += uow.sql.execute(delete(LabelWish).where(LabelWish.id.in_(part))).rowcount
    return gone


@command(Permission.LABEL_PRINT)
def set_queue_copies(uow: UnitOfWork, *, wish_ids: Sequence[int], copies: int) -> int:
    """Set how many labels wait.

    Of things that were put on the queue. Answers how many things. Raises InvalidInput for a number that cannot be.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise InvalidInput(_("Print 1 to {most} copies, not {n}.", most=MOST_COPIES, n=copies), field="copies")
    changed = 0
    for part in chunks(wish_ids):
        changed += uow.sql.execute(update(LabelWish).where(LabelWish.id.in_(part)).values(copies=copies)).rowcount
    return changed


@command(Permission.LABEL_PRINT)
def take_down_labels(uow: UnitOfWork, *, pairs: Sequence[tuple[int, int]]) -> int:
    """Say that shelf labels hang no more.

    Each an item and its place (0: none). They are compared no longer. Answers how many.
    """
    table = table_of(ShelfLabel)
    gone = 0
    for part in chunks([tuple(pair) for pair in pairs], 200):
        gone += uow.sql.execute(delete(table).where(tuple_(table.c.item_id, table.c.location_id).in_(part))).rowcount
    return gone


@command(Permission.LABEL_PRINT)
def set_item_labels(uow: UnitOfWork, *, item_ids: Sequence[int], copies: int = 1, layout: str = "") -> None:
    """Set how many labels items usually get.

    And the layout of their shelf where it is not the usual one. Raises InvalidInput, NotFound.
    """
    if not 1 <= copies <= MOST_COPIES:
        raise InvalidInput(_("Print 1 to {most} copies, not {n}.", most=MOST_COPIES, n=copies), field="copies")
    if layout:
        Layouts(uow).get(layout)
    rows = [{"item_id": item_id, "copies": copies, "layout": layout} for item_id in sorted(set(item_ids))]
    upsert(uow.sql, table_of(ItemLabel), rows, ("item_id",))


@command(Permission.LABEL_PRINT)
def check_shelf_label(
    uow: UnitOfWork, *, code: str, location_id: int = 0, is_damaged: bool = False, layout: str = ""
) -> ShelfCheck:
    """Check a shelf label on a walk.

    `code` is what was scanned: an item's code or barcode. Says whether what hangs there is true; if not, or if it was
    never printed here, or is damaged, it joins the queue. Without a place, the place where the item's label hangs. Raises
    NotFound for a code that belongs to nothing.
    """
    item = _scanned(uow, code)
    hung = _hung_places(uow, item.id)
    place = location_id or (hung[0] if len(hung) == 1 else 0)
    name = Name(item.name, item.name_en)
    if not item.is_active or (place in hung and gone_labels(uow, item_id=item.id)):
        return ShelfCheck("gone", item.id, place, item.code, name)
    stale = [one for one in stale_shelf_labels(uow, today(uow), item_id=item.id) if one.location_id == place]
    if place in hung and not stale and not is_damaged:
        return ShelfCheck("true", item.id, place, item.code, name)
    if place not in hung and not place:
        place = shelf_places(uow, LabelSubject.SHELF, [item.id]).get(item.id, 0)
    word = "stale" if stale else "damaged" if place in hung else "unknown"
    reason = LabelReason.DAMAGED if is_damaged else LabelReason.WALK
    add_wishes(uow, [NewWish(LabelSubject.SHELF, item.id, place, layout)], reason=reason, due_on=today(uow))
    changed = stale[0].differences if stale else ()
    return ShelfCheck(word, item.id, place, item.code, name, changed, is_queued=True)


def _scanned(uow: UnitOfWork, code: str) -> Any:
    found = catalog.find_items_by_code(uow, [code])
    if code not in found:
        raise NotFound(_("Nothing has the code {code}.", code=code[:40]), field="code")
    wanted = select(Item.id, Item.code, Item.name, Item.name_en, Item.is_active).where(Item.id == found[code])
    return uow.sql.execute(wanted).one()


def _hung_places(uow: UnitOfWork, item_id: int) -> list[int]:
    """Where labels of the item hang."""
    return list(uow.sql.execute(select(ShelfLabel.location_id).where(ShelfLabel.item_id == item_id)).scalars())
