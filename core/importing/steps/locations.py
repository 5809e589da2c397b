"""Locations from a file, parents made before what lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import aliased

from core import stock
from core.i18n import _
from core.importing.rules.cells import short, truth_of, whole_of, word_of
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.importing.steps.updating import differences, note_changes, plain_words, write_plain
from core.uow import UnitOfWork
from core.words import word
from db.base import table_of
from db.enums import LocationKind, StorageKind
from db.stock import Location

E = TypeVar("E", bound=StrEnum)
EDITABLE = {
    "name": "name", "name_en": "name_en", "storage_kind": "storage_kind", "walk_order": "walk_order",
    "allow_negative": "allow_negative", "locked": "is_locked", "lock_note": "lock_note",
}  # fmt: skip
KINDS = (LocationKind.SITE, LocationKind.AREA, LocationKind.BIN)


@dataclass(slots=True)
class _Place:
    new: stock.NewLocation
    row: int


def make_locations(uow: UnitOfWork, rows: Rows) -> Made:
    """Make the locations of a file. What is wrong is added to `rows.faults`."""
    known = _stored(uow)
    made = Made(ids={"locations": []})
    fresh: dict[str, _Place] = {}
    changes: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        code = row.text("code", 40)
        place = _read(row, is_there=rows.is_update and code in known)
        if row.is_wrong:
            continue
        if place.new.code in fresh or known.get(place.new.code, {}).get("id") in changes:
            row.refuse("code", _("{code} stands in the file twice.", code=short(place.new.code)))
        elif rows.is_update and code in known:
            changes[known[code]["id"]] = _change(row, place.new, known[code], made)
        elif place.new.code not in known:
            fresh[place.new.code] = place
        elif _says_nothing_new(rows, place.new, known[place.new.code]):
            made.unchanged += 1
        else:
            row.refuse("code", _("There is a place {code} already.", code=short(place.new.code)))
    ordered = _parents_first(rows, fresh, set(known))
    numbers = [place.row for place in ordered]
    new = [place.new for place in ordered]
    made.ids["locations"] = make_all(rows, numbers, lambda: stock.create_locations(uow, new), {})
    write_plain(uow, table_of(Location), {key: values for key, values in changes.items() if values})
    return made


def _change(row: RowReader, new: stock.NewLocation, stored: Mapping[str, Any], made: Made) -> Mapping[str, Any]:
    """What the filled cells of a row change in a place that is there. Where it lies and what it is stays."""
    for column, stated in (("parent", new.parent), ("kind", str(new.kind))):
        if row.is_filled(column) and stated != stored[column]:
            row.refuse(column, _("{code} stays where and what it is. Move it on the page of locations.", code=new.code))
    given = {column: getattr(new, field) for column, field in EDITABLE.items() if row.is_filled(column)}
    wanted = {EDITABLE[column]: value if value is not None else "" for column, value in given.items()}
    facts = differences(
        stored, {field: str(value) if field == "storage_kind" else value for field, value in wanted.items()}
    )
    if not row.is_wrong:
        columns = {field: column for column, field in EDITABLE.items()}
        record = (int(stored["id"]), new.code, row.row)
        note_changes(made, "locations", record, facts, lambda name, value: (columns[name], plain_words(value)))
    return {name: after for name, (_before, after) in facts.items()}


def choice_of(row: RowReader, key: str, members: tuple[E, ...]) -> E | None:
    """A stored word named by itself or as people read it; None when the cell is empty."""
    text = row.text(key, 40)
    if not text:
        return None
    for member in members:
        names = (str(member), word(member).render("en"), word(member).render("zh"))
        if word_of(text) in {word_of(name) for name in names}:
            return member
    words = ", ".join(str(member) for member in members)
    row.refuse(key, _("“{text}” is none of: {words}.", text=short(text), words=words))
    return None


def _read(row: RowReader, *, is_there: bool) -> _Place:
    code, name, parent = row.text("code", 40), row.text("name", 120), row.text("parent", 40)
    if not code:
        row.refuse("code", _("A location needs a code."))
    if not name and not is_there:
        row.refuse("name", _("A location needs a name."))
    kind = choice_of(row, "kind", KINDS) or (LocationKind.BIN if parent else LocationKind.AREA)
    lock_note = row.text("lock_note", 200)
    walk_order = row.take("walk_order", whole_of)
    return _Place(
        stock.NewLocation(
            code, name, row.text("name_en", 120), parent, kind, choice_of(row, "storage_kind", tuple(StorageKind)),
            walk_order or 0, allow_negative=bool(row.take("allow_negative", truth_of)),
            is_locked=bool(row.take("locked", truth_of)), lock_note=lock_note, row=row.row,
        ),
        row.row,
    )  # fmt: skip


def _parents_first(rows: Rows, fresh: Mapping[str, _Place], known: set[str]) -> list[_Place]:
    ordered: list[_Place] = []
    placed = set(known) | {""}
    left = list(fresh.values())
    while left:
        ready = [place for place in left if place.new.parent in placed]
        if not ready:
            for place in left:
                parent = short(place.new.parent)
                fault = _("There is no place {code} to put it in.", code=parent)
                if place.new.parent in fresh:
                    fault = _("{code} would lie in itself. Correct what lies in what.", code=short(place.new.code))
                RowReader(place.row, (), {}, rows.faults).refuse("parent", fault)
            return ordered
        ordered += ready
        placed |= {place.new.code for place in ready}
        left = [place for place in left if place.new.code not in placed]
    for number, place in enumerate(ordered, start=1):
        place.new = replace(place.new, row=number)
    return ordered


def _stored(uow: UnitOfWork) -> dict[str, dict[str, Any]]:
    above = aliased(Location)
    columns = (
        Location.id, Location.code, Location.name, Location.name_en, Location.kind, Location.storage_kind, Location.walk_order,
        Location.allow_negative, Location.is_locked, Location.lock_note,
    )  # fmt: skip
    rows = uow.sql.execute(
        select(*columns, above.code.label("parent")).outerjoin(above, above.id == Location.parent_id)
    )
    return {row.code: dict(row._mapping) for row in rows}


def _says_nothing_new(rows: Rows, new: stock.NewLocation, stored: Mapping[str, object]) -> bool:
    stated = {
        "name": new.name, "name_en": new.name_en, "kind": str(new.kind), "storage_kind": str(new.storage_kind or ""),
        "walk_order": new.walk_order, "allow_negative": new.allow_negative, "locked": new.is_locked, "lock_note": new.lock_note,
        "parent": new.parent,
    }  # fmt: skip
    kept = {**stored, "locked": stored["is_locked"]}
    named = set(rows.columns.values()) & set(stated)
    return all(stated[key] == kept[key] or (not stated[key] and key != "name") for key in named)
