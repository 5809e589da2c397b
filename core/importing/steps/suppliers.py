"""Suppliers from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core import catalog
from core.currencies import check_currency
from core.i18n import _
from core.iban import check_bic, check_iban
from core.importing.rules.cells import Cell, price_of, short, text_of, truth_of, whole_of, word_of
from core.importing.rules.weekdays import clock_of, weekdays_of
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
        elif known is not None and all(
            value == known[key] or not row.is_filled(key) for key, value in asdict(new).items()
        ):
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
    plain = catalog.NewSupplier(
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
    deal: dict[str, Any] = {key: row.take(key, read) for key, read in DEAL.items() if row.is_filled(key)}
    return plain if row.is_wrong else replace(plain, **deal)


def _currency(cell: Cell) -> str:
    return check_currency(text_of(cell))


def _percent_of(cell: Cell) -> Decimal | None:
    """Per cent: 5, 5 %; a workbook's 0.05 that is shown as 5 % cannot be told from 0.05 %."""
    return price_of(text_of(cell).rstrip("%％ ") if isinstance(cell, str) else cell)


def _whole(cell: Cell) -> int:
    return whole_of(cell) or 0


def _iban(cell: Cell) -> str:
    return check_iban(text_of(cell))


def _bic(cell: Cell) -> str:
    return check_bic(text_of(cell))


DEAL: dict[str, Callable[[Cell], Any]] = {
    "currency": _currency,
    "tax_number": text_of,
    "prices_incl_tax": truth_of,
    "tax_rate": _percent_of,
    "payment_days": _whole,
    "payment_end_of_month": truth_of,
    "delivery_days": weekdays_of,
    "cutoff_time": lambda cell: catalog.normal_cutoff(clock_of(cell)),
    "lead_days": _whole,
    "minimum_value": price_of,
    "monthly_budget": price_of,
    "over_tolerance": _percent_of,
    "short_tolerance": _percent_of,
    "price_jump_percent": _percent_of,
    "match_percent": _percent_of,
    "match_amount": price_of,
    "iban": _iban,
    "bic": _bic,
    "bank_name": text_of,
    "bank_account": text_of,
}
