"""The queue as people see it: what was put on it and what became untrue by itself, by printer and paper, in walk order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from core.devices import DeviceRow, list_devices
from core.i18n import Name
from core.labels.steps.known_layouts import Layouts
from core.labels.steps.naming import Called, names_of, walk_ranks
from core.labels.steps.records import stock_of
from core.labels.steps.truth import stale_shelf_labels, today
from core.labels.types.queue import QueueRow, StaleRow
from core.pinyin import sort_key
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import DeviceKind, LabelJobState, LabelReason, LabelState, LabelSubject
from db.labels import LabelJob, LabelJobLabel, LabelRoute, LabelWish

ENDED = (LabelJobState.DONE, LabelJobState.CANCELLED)
OFFICE_PRINTER = "pdf"
Thing = tuple[str, int, int, str]


@dataclass(slots=True)
class _Known:
    """What all rows of the queue are made with."""

    layouts: Layouts
    names: Mapping[tuple[LabelSubject, int], Called]
    routes: Mapping[str, DeviceRow]
    day: date


def queue_rows(uow: UnitOfWork, on: date | None = None) -> list[QueueRow]:
    """Everything to be printed by a day (today when not said), in the order it would be printed."""
    day = today(uow)
    wishes = _wishes(uow, on or day)
    stale = _without_others(uow, stale_shelf_labels(uow, on or day), wishes)
    things = [(LabelSubject(wish.subject), wish.subject_id) for wish in wishes]
    places = [(LabelSubject.LOCATION, one.location_id) for one in (*wishes, *stale) if one.location_id]
    items = [(LabelSubject.SHELF, one.item_id) for one in stale]
    layouts = Layouts(uow)
    known = _Known(layouts, names_of(uow, [*things, *places, *items]), {}, day)
    stocks = {_stock(layouts, one.layout) for one in (*wishes, *stale)}
    known.routes = routes(uow, stocks)
    rows = [_wished(wish, known) for wish in wishes] + [_stale(one, known, on or day) for one in stale]
    return _in_order(uow, rows)


def _wishes(uow: UnitOfWork, day: date) -> Sequence[Any]:
    return uow.sql.execute(select(table_of(LabelWish)).where(LabelWish.due_on <= day)).all()


def _without_others(uow: UnitOfWork, stale: list[StaleRow], wishes: Sequence[Any]) -> list[StaleRow]:
    """A thing stands once: not what was put on the queue as well, nor what a job is printing."""
    taken = {(wish.subject, wish.subject_id, wish.location_id, wish.layout) for wish in wishes} | under_way(uow)
    return [one for one in stale if (LabelSubject.SHELF, one.item_id, one.location_id, one.layout) not in taken]


def under_way(uow: UnitOfWork) -> set[Thing]:
    """What jobs that are not ended are about to print."""
    rows = uow.sql.execute(
        select(LabelJobLabel.subject, LabelJobLabel.subject_id, LabelJobLabel.location_id, LabelJobLabel.layout)
        .join(LabelJob, LabelJob.id == LabelJobLabel.job_id)
        .where(
            LabelJob.state.not_in(ENDED),
            LabelJobLabel.state.in_((LabelState.QUEUED, LabelState.SENT, LabelState.ASKED)),
        )
        .distinct()
    )
    return {(row.subject, row.subject_id, row.location_id, row.layout) for row in rows}


def routes(uow: UnitOfWork, stocks: Iterable[str]) -> dict[str, DeviceRow]:
    """Which printer of this PC prints which paper: as last time, else the one that says it holds it, else the only one."""
    printers = [one for one in list_devices(uow, kind=DeviceKind.PRINTER) if one.protocol != OFFICE_PRINTER]
    by_id = {one.device_id: one for one in printers}
    last = {
        row.stock: row.device_id
        for row in uow.sql.execute(
            select(LabelRoute.stock, LabelRoute.device_id).where(LabelRoute.station == uow.station)
        )
    }
    found: dict[str, DeviceRow] = {}
    for stock in set(stocks):
        holding = [one for one in printers if one.settings.get("stock") == stock]
        device = by_id.get(last.get(stock, 0)) or next(iter(holding), None)
        if device is None and len(printers) == 1 and not printers[0].settings.get("stock"):
            device = printers[0]
        if device is not None:
            found[stock] = device
    return found


def _stock(layouts: Layouts, code: str) -> str:
    layout = layouts.find(code)
    return stock_of(layout) if layout is not None else ""


def _wished(wish: Any, known: _Known) -> QueueRow:
    subject = LabelSubject(wish.subject)
    return _row(
        known,
        {
            "key": f"w{wish.id}",
            "wish_id": wish.id,
            "subject": subject,
            "subject_id": wish.subject_id,
            "location_id": wish.location_id,
            "layout": wish.layout,
            "copies": wish.copies,
            "reason": LabelReason(wish.reason),
            "due_on": wish.due_on,
            "document": wish.document,
        },
    )


def _stale(one: StaleRow, known: _Known, day: date) -> QueueRow:
    return _row(
        known,
        {
            "key": f"s{one.item_id}-{one.location_id}",
            "wish_id": None,
            "subject": LabelSubject.SHELF,
            "subject_id": one.item_id,
            "location_id": one.location_id,
            "layout": one.layout,
            "copies": one.copies,
            "reason": LabelReason.CHANGED if day <= known.day else LabelReason.PLANNED,
            "due_on": day,
            "document": "",
            "differences": one.differences,
        },
    )


def _row(known: _Known, facts: dict[str, Any]) -> QueueRow:
    code, name = known.names.get((facts["subject"], facts["subject_id"]), ("", Name("")))
    place, place_name = known.names.get((LabelSubject.LOCATION, facts["location_id"]), ("", Name("")))
    stock = _stock(known.layouts, facts["layout"])
    device = known.routes.get(stock)
    return QueueRow(
        **facts,
        layout_name=known.layouts.names([facts["layout"]])[facts["layout"]],
        is_late=facts["due_on"] < known.day,
        code=code,
        name=name,
        place=place,
        place_name=place_name,
        stock=stock,
        device_id=device.device_id if device else None,
        printer=device.name if device else "",
    )


def _in_order(uow: UnitOfWork, rows: list[QueueRow]) -> list[QueueRow]:
    ranks = walk_ranks(uow)

    def key(row: QueueRow) -> tuple[Any, ...]:
        place = row.subject_id if row.subject is LabelSubject.LOCATION else row.location_id
        walk = ranks.get(place, len(ranks))
        return (row.device_id is None, row.printer, row.stock, walk, sort_key(row.name.zh), row.code, row.key)

    return sorted(rows, key=key)
