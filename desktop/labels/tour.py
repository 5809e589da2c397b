"""States of the label pages worth a picture, looked up in the site at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from core import catalog, devices, labels, stock
from core.catalog import ItemFilter
from core.labels import BarcodeElement, NewWish
from core.words import DeviceKind, LabelSubject, PostingKind

SHELF = "shelf-60x40"


def some_items(office: Any, count: int = 12) -> list[int]:
    """Items of the site that have a price, else any."""
    ids: list[int] = office.ask(catalog.list_item_ids, filters=ItemFilter(), sort="code", descending=False)
    rows = office.ask(catalog.list_items_page, ids=ids[:400])
    priced = [row.id for row in rows if getattr(row, "sale_price", None)]
    return (priced or ids)[:count]


def fill_queue(page: QWidget) -> None:
    """A queue with a few shelf labels and a place label."""
    from desktop.labels.queue_page import QueuePage

    shown = cast(QueuePage, page)
    office = shown.context.office
    wishes = [NewWish(LabelSubject.SHELF, one, 0, SHELF) for one in some_items(office)]
    places = office.ask(stock.list_locations)[:2]
    wishes += [NewWish(LabelSubject.LOCATION, one.location_id, 0, "bin-50x30", 2) for one in places]
    office.do(labels.add_to_queue, wishes=wishes)
    shown.reload()


def walk(page: QWidget) -> None:
    """A few scans."""
    from desktop.labels.walk_page import WalkPage

    shown = cast(WalkPage, page)
    office = shown.context.office
    rows = office.ask(catalog.list_items_page, ids=some_items(office, 3))
    for code in [*(row.code for row in rows), "no-such-code"]:
        shown.check(code)


def some_receipt(office: Any) -> Mapping[str, object]:
    """The newest receipt."""
    rows = office.ask(stock.list_postings, kinds=(PostingKind.RECEIPT,), limit=1)
    return {"posting_id": rows[0].posting_id} if rows else {"subject": "shelf"}


def some_place(office: Any) -> Mapping[str, object]:
    """A place."""
    return {"location_id": office.ask(stock.list_locations)[-1].location_id}


def some_job(office: Any) -> Mapping[str, object]:
    """A job of a few labels."""
    jobs = office.do(
        labels.start_job, subject=LabelSubject.SHELF, ids=tuple(some_items(office, 8)), layout=SHELF, device_id=0
    )
    return {"job_id": jobs[0].job_id}


def some_layout(_office: Any) -> Mapping[str, object]:
    """A ready layout as it is taken for an own one."""
    return {"code": SHELF}


def some_printer(office: Any) -> Mapping[str, object]:
    """A label printer of the site."""
    rows = office.ask(devices.list_devices, kind=DeviceKind.PRINTER)
    return {"device_id": rows[0].device_id} if rows else {"is_adding": True}


def break_layout(page: QWidget) -> None:
    """A code in a frame too narrow for it, chosen."""
    from desktop.labels.designer_page import DesignerPage

    shown = cast(DesignerPage, page)
    number = next(at for at, one in enumerate(shown.draft.layout.elements) if isinstance(one, BarcodeElement))
    element = shown.draft.layout.elements[number]
    shown.draft.put(number, replace(cast(BarcodeElement, element), width=14.0, dots=3))
    shown.draft.choose(number)
    shown.canvas.chosen.emit()
    shown.draw_now()
