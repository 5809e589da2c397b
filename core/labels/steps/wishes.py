"""Putting things on the label queue: what each usually gets, and one row for one thing and document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from core.errors import InvalidInput
from core.i18n import _
from core.labels.steps.known_layouts import Layouts
from core.labels.types.queue import NewWish
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import LabelReason, LabelSubject
from db.labels import ItemLabel, LabelJobLabel, LabelWish, ShelfLabel
from db.sql import chunks, upsert

MOST_COPIES = 999
MOST_DOCUMENT = 60
KEY = ("subject", "subject_id", "location_id", "layout", "document")
OF_ITEMS = (LabelSubject.SHELF, LabelSubject.ITEM)


def layout_subject(subject: LabelSubject) -> str:
    """What layouts call it: a shelf label is an item's."""
    return "item" if subject in OF_ITEMS else str(subject)


def add_wishes(
    uow: UnitOfWork, wishes: Sequence[NewWish], *, reason: LabelReason, due_on: date, document: str = ""
) -> int:
    """Put things on the queue. What stands there from the same document already is replaced. Answers how many things.

    Raises InvalidInput for a number of copies or a layout that cannot be, NotFound for a layout there is not.
    """
    if len(document) > MOST_DOCUMENT:
        raise InvalidInput(_("At most {most} characters fit here.", most=MOST_DOCUMENT), field="document")
    complete = _completed(uow, wishes)
    check_wishes(uow, complete)
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in complete:
        row = {
            "subject": str(one.subject),
            "subject_id": one.subject_id,
            "location_id": one.location_id,
            "layout": one.layout,
            "document": document,
            "copies": one.copies,
            "reason": str(reason),
            "due_on": due_on,
            "created_at": uow.now,
            "created_by": uow.actor.person_id,
        }
        rows[tuple(row[name] for name in KEY)] = row
    upsert(uow.sql, table_of(LabelWish), list(rows.values()), KEY)
    return len(rows)


def _completed(uow: UnitOfWork, wishes: Sequence[NewWish]) -> list[NewWish]:
    """With copies and layout where they were not said: the item's usual ones, else as it hangs, else as last time."""
    usual = _usual(uow, {one.subject_id for one in wishes if one.subject in OF_ITEMS})
    hanging = _hanging(uow, {one.subject_id for one in wishes if one.subject is LabelSubject.SHELF and not one.layout})
    last = {subject: _last_layout(uow, subject) for subject in {one.subject for one in wishes if not one.layout}}
    found = []
    for one in wishes:
        copies, layout = usual.get(one.subject_id, (1, "")) if one.subject in OF_ITEMS else (1, "")
        if one.subject is LabelSubject.SHELF:
            layout = layout or hanging.get((one.subject_id, one.location_id), "")
        found.append(
            replace(
                one,
                copies=copies if one.copies is None else one.copies,
                layout=one.layout or layout or last.get(one.subject, ""),
            )
        )
    return found


def check_wishes(uow: UnitOfWork, wishes: Iterable[NewWish]) -> None:
    """Refuse copies and layouts that cannot be. Raises InvalidInput with the row, NotFound."""
    layouts = Layouts(uow)
    for number, one in enumerate(wishes, start=1):
        if one.copies is None or not 1 <= one.copies <= MOST_COPIES:
            raise InvalidInput(
                _("Print 1 to {most} copies, not {n}.", most=MOST_COPIES, n=one.copies), field="copies", row=number
            )
        if not one.layout:
            raise InvalidInput(_("Choose the layout that is to be printed."), field="layout", row=number)
        layout = layouts.get(one.layout)
        if layout.subject != layout_subject(one.subject):
            raise InvalidInput(
                _("The layout {layout} is for something else. Choose another one.", layout=layout.code),
                field="layout",
                row=number,
            )


def _usual(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    found: dict[int, tuple[int, str]] = {}
    for part in chunks(sorted(item_ids)):
        rows = uow.sql.execute(
            select(ItemLabel.item_id, ItemLabel.copies, ItemLabel.layout).where(ItemLabel.item_id.in_(part))
        )
        found.update({row.item_id: (row.copies, row.layout) for row in rows})
    return found


def _hanging(uow: UnitOfWork, item_ids: Iterable[int]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for part in chunks(sorted(item_ids)):
        rows = uow.sql.execute(
            select(ShelfLabel.item_id, ShelfLabel.location_id, ShelfLabel.layout).where(ShelfLabel.item_id.in_(part))
        )
        found.update({(row.item_id, row.location_id): row.layout for row in rows})
    return found


def _last_layout(uow: UnitOfWork, subject: LabelSubject) -> str:
    row = uow.sql.execute(
        select(LabelJobLabel.layout).where(LabelJobLabel.subject == subject).order_by(LabelJobLabel.id.desc()).limit(1)
    ).first()
    return row[0] if row is not None else ""
