"""Building blocks: the row an item is found by, made anew whenever its names or codes change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, select

from core.pinyin import fold, has_han, initials, sort_key, syllables
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, ItemSearch, SupplierTerm
from db.sql import chunks, upsert

_JOINTS = re.compile(r"[\s\-_./]+")


def search_words(names: Iterable[str], codes: Iterable[str]) -> str:
    """Everything an item is found by, a line each: codes with and without their joints, names, how Chinese ones sound."""
    lines: dict[str, None] = {}
    for code in codes:
        folded = fold(code)
        lines[folded] = lines[_JOINTS.sub("", folded)] = None
    for name in names:
        folded = fold(name)
        lines[folded] = None
        if has_han(folded):
            sounds = syllables(folded)
            lines[folded.replace(" ", "")] = lines["".join(sounds)] = lines[initials(sounds)] = None
    lines.pop("", None)
    return "\n" + "\n".join(lines) + "\n"


def refresh_search(uow: UnitOfWork, item_ids: Iterable[int]) -> None:
    """Make the search rows of these items anew: four statements for 500 items."""
    for part in chunks(item_ids):
        codes = _codes_of(uow, part)
        rows = uow.sql.execute(
            select(
                Item.id, Item.code, Item.name, Item.name_en, Item.aliases, Item.brand, Item.spec, Item.is_active
            ).where(Item.id.in_(part))
        )
        upsert(
            uow.sql, cast(Table, ItemSearch.__table__), [_search_row(row, codes[row.id]) for row in rows], ("item_id",)
        )


def _codes_of(uow: UnitOfWork, item_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    barcodes = select(Barcode.item_id, Barcode.code).where(Barcode.item_id.in_(item_ids)).order_by(Barcode.id)
    terms = select(SupplierTerm.item_id, SupplierTerm.supplier_code).where(
        SupplierTerm.item_id.in_(item_ids), SupplierTerm.supplier_code != ""
    )
    for item_id, code in [*uow.sql.execute(barcodes).all(), *uow.sql.execute(terms).all()]:
        found[item_id].append(code)
    return found


def _search_row(item: Any, codes: list[str]) -> dict[str, object]:
    name = fold(item.name)
    return {
        "item_id": item.id,
        "is_active": item.is_active,
        "code": fold(item.code)[:40],
        "name": name[:200],
        "initials": initials(syllables(name))[:200] if has_han(name) else "",
        "sort_key": sort_key(item.name),
        "words": search_words(
            (item.name, item.name_en, *item.aliases.split("\n"), item.brand, item.spec), (item.code, *codes)
        ),
    }
