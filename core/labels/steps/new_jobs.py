"""Making jobs: what is to be printed becomes a journal of single labels before anything is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert

from core import documents
from core.devices import DeviceRow
from core.errors import InvalidInput, Refused
from core.i18n import Text, _, join
from core.labels.rules.fields import field_words
from core.labels.rules.journal import MOST_LABELS
from core.labels.rules.layouts import fields_of
from core.labels.steps.contents import Wanted, load_contents
from core.labels.steps.facts import facts_of
from core.labels.steps.known_layouts import Layouts, definition_of
from core.labels.steps.records import content_hash, is_once, kept_content, stock_of
from core.labels.steps.truth import shelf_contents, today
from core.labels.steps.wishes import layout_subject
from core.labels.types import LabelContent, Layout, Life
from core.labels.types.queue import QueueRow, StartedJob
from core.uow import UnitOfWork
from db.base import table_of
from db.enums import LabelJobState, LabelReason, LabelState, LabelSubject
from db.labels import LabelJob, LabelJobLabel, LabelRoute, LabelWish
from db.sql import CHUNK, chunks, upsert

PREFIX = "LB"
DATED = frozenset({"made_at", "use_by", "use_by_day", "use_by_weekday"})


@dataclass(slots=True)
class Entry:
    """One thing of a job with everything its labels are made from."""

    subject: LabelSubject
    subject_id: int
    location_id: int
    layout: str
    copies: int
    reason: LabelReason
    document: str
    content: Mapping[str, Any]
    true_on: date
    facts: str = ""
    is_once: bool = False
    wish_id: int | None = None


@dataclass(slots=True)
class Batch:
    """What goes to one printer together."""

    title: str
    stock: str
    language: str
    layouts: dict[str, Any]
    device: DeviceRow | None = None
    entries: list[Entry] = field(default_factory=list)


def entries_of(
    uow: UnitOfWork, rows: Sequence[QueueRow], language: str, day: date
) -> tuple[list[Entry], list[tuple[QueueRow, Text]]]:
    """The labels of these rows of the queue as they should be on a day; and what cannot be printed, with the reason: gone,
    or without a field that its layout requires."""
    layouts = Layouts(uow)
    contents = _contents(uow, rows, language, day)
    shelves = [(row.subject_id, row.location_id) for row in rows if row.subject is LabelSubject.SHELF]
    facts = facts_of(uow, shelves, day)
    made: list[Entry] = []
    left: list[tuple[QueueRow, Text]] = []
    for row in rows:
        layout, content = layouts.get(row.layout), contents.get((row.subject, row.subject_id, row.location_id))
        if content is None:
            left.append((row, _("it is not there any more")))
            continue
        missing = [name for name in layout.required if not content.fields.get(name, "").strip()]
        if missing:
            words = join([field_words(layout.subject, name) for name in missing], ", ")
            left.append((row, _("it has no {fields}", fields=words)))
            continue
        made.append(
            Entry(
                row.subject, row.subject_id, row.location_id, row.layout, row.copies, row.reason, row.document,
                kept_content(content, layout), day, facts.get((row.subject_id, row.location_id), ""), is_once(layout),
                row.wish_id,
            )
        )  # fmt: skip
    return made, left


def _contents(
    uow: UnitOfWork, rows: Sequence[QueueRow], language: str, day: date
) -> dict[tuple[LabelSubject, int, int], LabelContent]:
    found: dict[tuple[LabelSubject, int, int], LabelContent] = {}
    others: dict[LabelSubject, set[int]] = defaultdict(set)
    shelves = [(row.subject_id, row.location_id) for row in rows if row.subject is LabelSubject.SHELF]
    for pair, content in shelf_contents(uow, shelves, language, day).items():
        found[LabelSubject.SHELF, pair[0], pair[1]] = content
    for row in rows:
        if row.subject is not LabelSubject.SHELF and row.code:  # without a code it is not there any more
            others[row.subject].add(row.subject_id)
    is_dated = _dated_layouts(uow, (row.layout for row in rows))
    life = Life() if is_dated else None  # kitchen labels: made now, by who prints them
    for subject, ids in others.items():
        made = load_contents(uow, layout_subject(subject), Wanted(tuple(sorted(ids)), language, life))
        found.update({(subject, one.id, 0): one for one in made})
    for row in rows:
        if row.subject is not LabelSubject.SHELF and (subject_content := found.get((row.subject, row.subject_id, 0))):
            found[row.subject, row.subject_id, row.location_id] = subject_content
    return found


def _dated_layouts(uow: UnitOfWork, codes: Iterable[str]) -> set[str]:
    """Layouts that show when something was made or how long it keeps."""
    layouts = Layouts(uow)
    return {code for code in set(codes) if DATED & set(fields_of(layouts.get(code)))}


def batches_of(
    uow: UnitOfWork, entries: Iterable[Entry], devices: Mapping[str, DeviceRow | None], language: str, title: str
) -> list[Batch]:
    """Entries by printer and paper, in the order they came, at most five thousand labels in one; a paper whose printer is
    None goes to the office printer. Raises InvalidInput when nobody said which printer has the paper."""
    layouts = Layouts(uow)
    found: list[Batch] = []
    open_batches: dict[tuple[int, str], Batch] = {}
    for entry in entries:
        layout = layouts.get(entry.layout)
        stock = stock_of(layout)
        device = devices.get(stock)
        if stock not in devices:
            raise InvalidInput(
                _("No printer is chosen for labels of {stock} mm. Choose one; it is remembered.", stock=stock),
                field="printer",
            )
        printer = device.device_id if device is not None else 0
        batch = open_batches.get((printer, stock))
        if batch is None or sum(one.copies for one in batch.entries) + entry.copies > MOST_LABELS:
            batch = open_batches[printer, stock] = Batch(title, stock, language, {}, device)
            found.append(batch)
        batch.layouts[entry.layout] = definition_of(layout)
        batch.entries.append(entry)
    return found


def create_job(uow: UnitOfWork, batch: Batch) -> StartedJob:
    """Write a job and the journal of its labels; what it prints leaves the queue, and the printer is remembered."""
    labels = sum(entry.copies for entry in batch.entries)
    if not labels:
        raise Refused(_("There is nothing to print."))
    number = documents.next_number(uow, PREFIX, uow.now)
    device = batch.device
    job_id = int(
        uow.sql.execute(
            insert(LabelJob)
            .values(
                number=number,
                state=LabelJobState.PRINTING,
                title=batch.title[:120],
                device_id=device.device_id if device else None,
                printer=device.name if device else "",
                stock=batch.stock,
                language=batch.language,
                layouts=batch.layouts,
                station=uow.station,
                labels=labels,
                created_at=uow.now,
                created_by=uow.actor.person_id,
            )
            .returning(LabelJob.id)
        ).scalar_one()
    )
    for part in chunks(_journal(job_id, batch.entries), CHUNK):
        uow.sql.execute(insert(table_of(LabelJobLabel)), part)
    _leave_queue(uow, batch.entries)
    if device is not None:
        remember_route(uow, batch.stock, device.device_id)
    return StartedJob(
        job_id, number, labels, device.device_id if device else None, device.name if device else "", batch.stock
    )


def _journal(job_id: int, entries: Iterable[Entry]) -> Iterable[dict[str, Any]]:
    number = 0
    for entry in entries:
        row = {
            "job_id": job_id,
            "subject": str(entry.subject),
            "subject_id": entry.subject_id,
            "location_id": entry.location_id,
            "layout": entry.layout,
            "content": entry.content,
            "hash": content_hash(entry.content, entry.layout),
            "facts": entry.facts,
            "true_on": entry.true_on,
            "copies": entry.copies,
            "reason": str(entry.reason),
            "document": entry.document,
            "state": str(LabelState.QUEUED),
            "is_once": entry.is_once,
        }
        for _copy in range(entry.copies):
            number += 1
            yield {**row, "number": number}


def _leave_queue(uow: UnitOfWork, entries: Iterable[Entry]) -> None:
    for part in chunks(sorted(entry.wish_id for entry in entries if entry.wish_id is not None)):
        uow.sql.execute(delete(LabelWish).where(LabelWish.id.in_(part)))


def remember_route(uow: UnitOfWork, stock: str, device_id: int) -> None:
    """From now on this PC prints this paper on that printer."""
    row = {"station": uow.station, "stock": stock, "device_id": device_id}
    upsert(uow.sql, table_of(LabelRoute), [row], ("station", "stock"))


def job_language(uow: UnitOfWork, language: str) -> str:
    """The language of the words on labels: as asked, else the site's."""
    return language or uow.site.language


def job_day(uow: UnitOfWork, on: date | None) -> date:
    """The day labels speak of: as asked, never one that is past."""
    day = today(uow)
    return day if on is None or on < day else on


def same_layout(kept: dict[str, Any], code: str, definition: Any) -> str:
    """The code under which a definition stands among those of a job; another definition of the same code gets a new one."""
    name, number = code, 1
    while name in kept and kept[name] != definition:
        number += 1
        name = f"{code[:36]}#{number}"
    kept[name] = definition
    return name


def titled(layout: Layout, language: str) -> str:
    """A job's title when it prints one layout."""
    return layout.title(language)
