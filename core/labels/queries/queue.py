"""The queue, what is stale, and how much there is to do."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select

from core.i18n import Name
from core.labels.steps.facts import gone_labels
from core.labels.steps.jobs import HELD_FOR
from core.labels.steps.naming import names_of, walk_ranks
from core.labels.steps.queue_rows import queue_rows as rows_of_queue
from core.labels.steps.queue_rows import under_way
from core.labels.steps.truth import stale_shelf_labels, today
from core.labels.types.queue import LabelsDue, PlannedRow, QueueRow, StaleRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import LabelJobState, LabelSubject, Permission
from db.identity import Person
from db.labels import ItemLabel, LabelJob, LabelWish, PlannedPrice
from db.sql import chunks


@query(Permission.LABEL_PRINT)
def list_queue(uow: UnitOfWork, *, on: date | None = None) -> list[QueueRow]:
    """Everything to be printed by a day (today): what was put on the queue, and shelf labels that will not be true then.

    By printer and paper, in walk order; a thing stands once. What a job is printing already is left out.
    """
    return rows_of_queue(uow, on)


@query(Permission.LABEL_PRINT)
def list_stale_labels(uow: UnitOfWork, *, on: date | None = None) -> list[StaleRow]:
    """Shelf labels that say something else than they should, or whose item or place is no longer used; in walk order."""
    ranks = walk_ranks(uow)
    rows = stale_shelf_labels(uow, on or today(uow)) + gone_labels(uow)
    return sorted(rows, key=lambda row: (ranks.get(row.location_id, len(ranks)), row.code, row.location_id))


@query(Permission.LABEL_PRINT)
def count_stale_labels(uow: UnitOfWork, *, on: date | None = None) -> LabelsDue:
    """How much there is to print today, for the first page: stale labels, things on the queue, labels to take down, jobs
    that wait for a person, also those that were cut off in the middle."""
    day = on or today(uow)
    wishes = uow.sql.execute(
        select(LabelWish.subject, LabelWish.subject_id, LabelWish.location_id, LabelWish.layout).where(
            LabelWish.due_on <= day
        )
    ).all()
    taken = {tuple(wish) for wish in wishes} | under_way(uow)
    stale = [
        one
        for one in stale_shelf_labels(uow, day)
        if (LabelSubject.SHELF, one.item_id, one.location_id, one.layout) not in taken
    ]
    stopped = LabelJob.state.in_((LabelJobState.ASKED, LabelJobState.PAUSED))
    is_left = or_(LabelJob.holder == "", LabelJob.held_at < uow.now - HELD_FOR)
    cut_off = (LabelJob.state == LabelJobState.PRINTING) & is_left
    asks = uow.sql.execute(select(func.count()).select_from(LabelJob).where(stopped | cut_off)).scalar_one()
    return LabelsDue(len(stale), len(wishes), len(gone_labels(uow)), int(asks))


@query(Permission.LABEL_PRINT)
def list_planned_prices(uow: UnitOfWork) -> list[PlannedRow]:
    """Sale prices that will hold from a day on, the next day first."""
    rows = uow.sql.execute(
        select(PlannedPrice.item_id, PlannedPrice.from_on, PlannedPrice.price, Item.sale_price, Person.name)
        .join(Item, Item.id == PlannedPrice.item_id)
        .join(Person, Person.id == PlannedPrice.created_by)
        .order_by(PlannedPrice.from_on, Item.sort_key, Item.id)
    ).all()
    names = names_of(uow, [(LabelSubject.ITEM, row.item_id) for row in rows])
    found = []
    for row in rows:
        code, name = names.get((LabelSubject.ITEM, row.item_id), ("", Name("")))
        found.append(PlannedRow(row.item_id, code, name, row.from_on, row.price, row.sale_price, row.name))
    return found


@query(Permission.LABEL_PRINT)
def list_item_labels(uow: UnitOfWork, *, item_ids: tuple[int, ...]) -> dict[int, tuple[int, str]]:
    """How many labels these items usually get, and their shelf's layout; those where nothing was set are left out."""
    found: dict[int, tuple[int, str]] = {}
    for part in chunks(item_ids):
        rows = uow.sql.execute(
            select(ItemLabel.item_id, ItemLabel.copies, ItemLabel.layout).where(ItemLabel.item_id.in_(part))
        )
        found.update({row.item_id: (row.copies, row.layout) for row in rows})
    return found
