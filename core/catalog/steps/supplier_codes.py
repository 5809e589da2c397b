"""Building blocks: the codes under which suppliers sell items."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select, update

from core.catalog.rules.fields import line
from core.catalog.steps.bulk import add_terms
from core.catalog.steps.search_rows import refresh_search
from core.catalog.types import NewTerm
from core.uow import UnitOfWork
from db.catalog import Item, SupplierTerm

LONGEST = 60
T = SupplierTerm


def find_item_by_supplier_code(uow: UnitOfWork, supplier_id: int, codes: Iterable[str]) -> dict[str, int]:
    """Item ids by the codes a supplier writes, whatever the case, width and blanks around. A code that means several
    items finds the only active one of them, or none. One statement."""
    wanted = {code: _form(code) for code in codes if code.strip()}
    if not wanted:
        return {}
    listed = select(T.item_id, T.supplier_code, Item.is_active).join(Item, Item.id == T.item_id)
    active: dict[str, set[int]] = defaultdict(set)
    every: dict[str, set[int]] = defaultdict(set)
    for row in uow.sql.execute(listed.where(T.supplier_id == supplier_id, T.supplier_code != "")):
        form = _form(row.supplier_code)
        every[form].add(row.item_id)
        if row.is_active:
            active[form].add(row.item_id)
    found = {}
    for code, form in wanted.items():
        meant = active[form] or every[form]
        if len(meant) == 1:
            found[code] = next(iter(meant))
    return found


def _form(code: str) -> str:
    return unicodedata.normalize("NFKC", code).strip().casefold()


def learn_supplier_code(uow: UnitOfWork, supplier_id: int, item_id: int, code: str) -> bool:
    """Keep that this supplier calls the item so; whether anything changed.

    An item the supplier did not sell yet gets a term without price, in the last rank. Nothing is learned when the code is
    empty, has more than 60 characters, or means another item of this supplier already.
    """
    if len(code) > LONGEST:
        return False
    word = line(code, LONGEST, "supplier_code")
    owner = find_item_by_supplier_code(uow, supplier_id, [word]).get(word)
    if not word or owner is not None:
        return False
    stored = uow.sql.execute(
        select(T.id, T.supplier_code).where(T.item_id == item_id, T.supplier_id == supplier_id).with_for_update()
    ).first()
    if stored is None:
        last = uow.sql.execute(select(func.coalesce(func.max(T.rank), 0)).where(T.item_id == item_id)).scalar_one()
        add_terms(uow, [(item_id, NewTerm(supplier_id, word, rank=min(int(last) + 1, 99)))])
    else:
        uow.sql.execute(update(T).where(T.id == stored.id).values(supplier_code=word, version=T.version + 1))
    refresh_search(uow, [item_id])
    return True
