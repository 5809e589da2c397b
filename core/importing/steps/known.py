"""What the codes and names in a file stand for: looked up for the whole file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from core import catalog
from core.i18n import _
from core.importing.rules.cells import short, text_of, word_of
from core.importing.rules.reasons import OTHER, reason_like
from core.importing.steps.rows import RowReader
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.stock import Location, WasteReason


@dataclass(slots=True)
class Known:
    """Ids by what a file may call things."""

    items: dict[str, int] = field(default_factory=dict)
    locations: dict[str, int] = field(default_factory=dict)
    suppliers: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def item(self, row: RowReader, key: str = "item") -> int | None:
        """The item a cell names by code or barcode."""
        text = row.text(key, 4_000)
        if not text:
            return None
        found = self.items.get(text) or self.items.get(text.upper())
        if found is None:
            row.refuse(key, _("There is no item {code}. Check the code, or bring the item in first.", code=short(text)))
        return found

    def location(self, row: RowReader, key: str) -> int | None:
        """The location a cell names by code or name; None when it is empty."""
        text, found = _named(row, key, self.locations)
        if text and found is None:
            row.refuse(
                key, _("There is no location {code}. Check the code, or bring the location in first.", code=short(text))
            )
        return found

    def supplier(self, row: RowReader, key: str = "supplier") -> int | None:
        """The supplier a cell names by code or name; None when it is empty."""
        text, found = _named(row, key, self.suppliers)
        if text and found is None:
            row.refuse(
                key, _("There is no supplier {code}. Check the code, or bring the supplier in first.", code=short(text))
            )
        return found

    def reason(self, row: RowReader, key: str = "reason") -> str:
        """The reason of waste a cell names by code, name or number; empty when none is given."""
        text = row.take(key, text_of) or ""
        if not text:
            return ""
        found = self.reasons.get(word_of(text)) or reason_like(text, self.reasons)
        if found is None:
            named = ", ".join(dict.fromkeys(code for code in self.reasons.values() if code != OTHER))
            row.refuse(
                key,
                _(
                    "{reason} is no reason of waste. Write one of: {known}, {other}.",
                    reason=short(text),
                    known=named,
                    other=OTHER,
                ),
            )
        return found or ""


def _named(row: RowReader, key: str, names: dict[str, int]) -> tuple[str, int | None]:
    text = row.take(key, text_of) or ""
    return text, (names.get(text) or names.get(text.casefold())) if text else None


def load_known(uow: UnitOfWork, *, items: Iterable[str] = ()) -> Known:
    """Look up these item codes, and all locations, suppliers and reasons of waste."""
    return Known(_items(uow, set(items)), load_locations(uow), load_suppliers(uow), _reasons(uow))


def load_locations(uow: UnitOfWork) -> dict[str, int]:
    """Location ids by code, and by name where only one has it."""
    rows = uow.sql.execute(select(Location.id, Location.code, Location.name, Location.name_en))
    return _by_name([(row.id, row.code, row.name, row.name_en) for row in rows])


def load_suppliers(uow: UnitOfWork) -> dict[str, int]:
    """Supplier ids by code, and by name where only one has it."""
    rows = uow.sql.execute(select(Supplier.id, Supplier.code, Supplier.name, Supplier.name_en))
    return _by_name([(row.id, row.code, row.name, row.name_en) for row in rows])


def _by_name(rows: list[tuple[int, str, str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    shared: set[str] = set()
    for key, _code, *names in rows:
        for name in {name.casefold() for name in names if name}:
            if found.setdefault(name, key) != key:
                shared.add(name)
    for name in shared:
        del found[name]
    for key, code, *_names in rows:
        found[code.casefold()] = key
    for key, code, *_names in rows:
        found[code] = key
    return found


def _items(uow: UnitOfWork, codes: set[str]) -> dict[str, int]:
    found = catalog.find_items_by_code(uow, codes)
    missing = {code.upper() for code in codes if code not in found} - codes
    return {**catalog.find_items_by_code(uow, missing), **found} if missing else found


def _reasons(uow: UnitOfWork) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in uow.sql.execute(select(WasteReason.code, WasteReason.digit, WasteReason.name, WasteReason.name_en)):
        for name in (row.name_en, row.name, str(row.digit), row.code):
            found[word_of(name)] = row.code
    return found
