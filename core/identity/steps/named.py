"""Names for the numbers that the journal keeps of things: one statement for all rows of a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, String, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from core.i18n import Name, Text, _, join, verbatim
from core.uow import UnitOfWork
from db.catalog import Category, Item, Supplier
from db.counting import StockCount, StockCountLine
from db.devices import Device
from db.enums import LabelSubject
from db.identity import Person, Role
from db.labels import LabelJob
from db.sql import chunks
from db.stock import Location, Lot, Reservation, StockEntry, StockPosting

Names = Mapping[tuple[str, int], Text]

MOST_AT_ONCE = 5_000
"""Ids in one statement; more (an export of the whole log) are asked in parts."""

_BY_KEY = {
    "item_id": "item", "item_ids": "item", "substitute_id": "item", "keep_id": "item", "drop_id": "item",
    "first_id": "item", "second_id": "item", "location_id": "location", "location_ids": "location",
    "to_location_id": "location", "supplier_id": "supplier", "category_id": "category", "lot_id": "lot",
    "lot_ids": "lot", "person_id": "person", "role_id": "role", "count_id": "count", "job_id": "job",
    "posting_id": "posting", "receipt_id": "posting", "link_id": "entry", "device_id": "device",
    "reservation_id": "reservation",
}  # fmt: skip
_BY_ACT = {
    ("catalog", "parent_id"): "category",
    ("stock", "parent_id"): "location",
    ("counting", "line_id"): "line",
    ("counting", "line_ids"): "line",
}
_BY_SUBJECT: dict[str, str] = {
    LabelSubject.SHELF: "item",
    LabelSubject.ITEM: "item",
    LabelSubject.LOCATION: "location",
    LabelSubject.LOT: "lot",
    LabelSubject.PERSON: "person",
    LabelSubject.DOCUMENT: "posting",
}
_ALL_OF = {"location": _("All places")}
_NONE = literal("", String)

Wanted = ColumnElement[Any] | InstrumentedAttribute[Any]


def _from(kind: str, key: Wanted, code: Wanted, name: Wanted = _NONE, name_en: Wanted = _NONE) -> Any:
    return select(literal(kind, String).label("kind"), key.label("id"), code.label("code"), name.label("name"),
                  name_en.label("name_en"))  # fmt: skip


_SELECTS: dict[str, Callable[[], tuple[Any, Wanted]]] = {
    "item": lambda: (_from("item", Item.id, Item.code, Item.name, Item.name_en), Item.id),
    "location": lambda: (_from("location", Location.id, Location.code, Location.name, Location.name_en), Location.id),
    "supplier": lambda: (_from("supplier", Supplier.id, Supplier.code, Supplier.name, Supplier.name_en), Supplier.id),
    "category": lambda: (_from("category", Category.id, _NONE, Category.name, Category.name_en), Category.id),
    "person": lambda: (_from("person", Person.id, _NONE, Person.name), Person.id),
    "role": lambda: (_from("role", Role.id, _NONE, Role.name, Role.name_en), Role.id),
    "device": lambda: (_from("device", Device.id, _NONE, Device.name), Device.id),
    "reservation": lambda: (_from("reservation", Reservation.id, _NONE, Reservation.purpose), Reservation.id),
    "count": lambda: (_from("count", StockCount.id, StockCount.number), StockCount.id),
    "job": lambda: (_from("job", LabelJob.id, LabelJob.number), LabelJob.id),
    "posting": lambda: (_from("posting", StockPosting.id, StockPosting.number), StockPosting.id),
    "lot": lambda: (
        _from("lot", Lot.id, Lot.number, Item.name, Item.name_en).join(Item, Item.id == Lot.item_id), Lot.id,
    ),
    "line": lambda: (
        _from("line", StockCountLine.id, Item.code, Item.name, Item.name_en)
        .join(Item, Item.id == StockCountLine.item_id), StockCountLine.id,
    ),
    "entry": lambda: (
        _from("entry", StockEntry.id, StockPosting.number)
        .join(StockPosting, StockPosting.id == StockEntry.posting_id), StockEntry.id,
    ),
}  # fmt: skip


def kind_of(command: str, key: str, facts: Mapping[str, Any]) -> str:
    """What a fact's number stands for; "" when it is a number and nothing else."""
    if key == "subject_id":
        return _BY_SUBJECT.get(str(facts.get("subject")), "")
    return _BY_KEY.get(key) or _BY_ACT.get((command.partition(".")[0], key), "")


def load_names(uow: UnitOfWork, rows: Iterable[Any]) -> Names:
    """Names of everything that these rows of the journal speak of by number; what is gone has none."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for kind, one in _numbers(row.command, row.facts):
            wanted[kind].add(one)
    names: dict[tuple[str, int], Text] = {}
    pairs = [(kind, one) for kind, ids in wanted.items() for one in sorted(ids)]
    for part in chunks(pairs, MOST_AT_ONCE):
        for found in uow.sql.execute(_statement(part)):
            names[found.kind, found.id] = _title(found)
    return names


def name_of(names: Names, kind: str, number: Any) -> Text | None:
    """The name of a thing; None where the number has to do."""
    if number == 0 and kind in _ALL_OF:
        return _ALL_OF[kind]
    return names.get((kind, number)) if isinstance(number, int) else None


def _statement(pairs: Iterable[tuple[str, int]]) -> Any:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, one in pairs:
        ids[kind].append(one)
    parts = []
    for kind, wanted in ids.items():
        names, key = _SELECTS[kind]()
        parts.append(names.where(key.in_(wanted)))
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _numbers(command: str, facts: Any) -> Iterator[tuple[str, int]]:
    if not isinstance(facts, Mapping):
        return
    for key, value in facts.items():
        kind = kind_of(command, key, facts)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield from _numbers(command, one)
            elif isinstance(one, list):
                for inner in one:
                    yield from _numbers(command, inner)
            elif kind and isinstance(one, int) and one > 0:
                yield kind, one


def _title(found: Any) -> Text:
    """Code and name, as lists of the program say it."""
    if not found.name:
        return verbatim(found.code)
    said = Text("{words}", (("words", Name(found.name, found.name_en)),))
    return join([verbatim(found.code), said], " ") if found.code else said
