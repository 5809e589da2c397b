"""Suppliers from a file."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from core import catalog
from core.i18n import _
from core.importing.rules.cells import short, word_of
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.importing.steps.updating import note_changes, plain_words
from core.uow import UnitOfWork
from db.catalog import Supplier

LANGUAGES = {
    "": "zh",
    "zh": "zh",
    "zh_cn": "zh",
    "中文": "zh",
    "chinese": "zh",
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
}


def make_suppliers(uow: UnitOfWork, rows: Rows) -> Made:
    """Make the suppliers of a file. What is wrong is added to `rows.faults`."""
    stored = {row.code: row._mapping for row in uow.sql.execute(select(Supplier.__table__))}
    made = Made(ids={"suppliers": []})
    fresh: list[catalog.NewSupplier] = []
    numbers: list[int] = []
    edits: dict[int, tuple[RowReader, dict[str, object]]] = {}
    for row in rows:
        new = _read(row)
        if row.is_wrong:
            continue
        known = stored.get(new.code) if new.code else None
        if known is not None and known["id"] in edits:
            row.refuse("code", _("{code} stands in the file twice.", code=short(new.code)))
        elif known is not None and rows.is_update:
            edits[known["id"]] = (row, {key: value for key, value in asdict(new).items() if row.is_filled(key)})
        elif known is not None and all(value == known[key] or not value for key, value in asdict(new).items()):
            made.unchanged += 1
        else:
            fresh.append(new)
            numbers.append(row.row)
    made.ids["suppliers"] = make_all(rows, numbers, lambda: catalog.create_suppliers_bulk(uow, fresh), {})
    _change(uow, rows, edits, made)
    return made


def _change(uow: UnitOfWork, rows: Rows, edits: dict[int, tuple[RowReader, dict[str, object]]], made: Made) -> None:
    wanted = [(key, values) for key, (_row, values) in edits.items()]
    numbers = [row.row for row, _values in edits.values()]
    done = make_all(rows, numbers, lambda: catalog.revise_suppliers(uow, wanted), {})
    for (key, (row, values)), facts in zip(edits.items(), done, strict=False):
        record = (key, str(values["code"]), row.row)
        note_changes(made, "suppliers", record, facts, lambda name, value: (name, plain_words(value)))


def _read(row: RowReader) -> catalog.NewSupplier:
    language = row.text("language", 20)
    if word_of(language) not in LANGUAGES:
        row.refuse("language", _("“{text}” is none of: {words}.", text=short(language), words="zh, en"))
    return catalog.NewSupplier(
        row.text("name", 4_000),
        row.text("code", 4_000),
        row.text("name_en", 4_000),
        row.text("contact", 4_000),
        row.text("phone", 4_000),
        row.text("email", 4_000),
        row.text("address", 4_000),
        LANGUAGES.get(word_of(language), "zh"),
        row.text("note", 4_000),
    )
