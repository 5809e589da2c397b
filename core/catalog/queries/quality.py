"""The state of the item data: what is missing, and which items may be one."""

from __future__ import annotations

from sqlalchemy import Integer, cast, func, select

from core.catalog.steps.duplicates import Candidate, likely_pairs
from core.catalog.steps.gaps import all_gaps, gap_condition
from core.catalog.steps.rows import item_rows
from core.catalog.types import DuplicatePair, Gap
from core.pinyin import fold
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, ItemSearch, NoDuplicate
from db.enums import Permission


@query(Permission.ITEM_VIEW)
def list_gaps(uow: UnitOfWork) -> list[Gap]:
    """How many active items lack what; the items themselves are `list_item_ids` with the gap as filter."""
    columns = [func.coalesce(func.sum(cast(gap_condition(word), Integer)), 0).label(word) for word in all_gaps()]
    row = uow.sql.execute(select(*columns).select_from(Item).where(Item.is_active)).one()
    return [Gap(word, int(row._mapping[word])) for word in all_gaps()]


@query(Permission.ITEM_VIEW)
def list_duplicates(uow: UnitOfWork, *, limit: int = 200) -> list[DuplicatePair]:
    """Pairs of active items that may be one, the likeliest first, without those of which somebody said that they are not."""
    s = ItemSearch
    rows = uow.sql.execute(
        select(s.item_id, s.code, s.name, s.initials, Item.spec, Item.brand)
        .join(Item, Item.id == s.item_id)
        .where(s.is_active)
        .order_by(s.item_id)
    )
    candidates = [
        Candidate(row.item_id, row.code, row.name, row.initials, fold(f"{row.spec} {row.brand}")) for row in rows
    ]
    codes = {row.code: row.item_id for row in uow.sql.execute(select(Barcode.code, Barcode.item_id))}
    no = {(row.first_id, row.second_id) for row in uow.sql.execute(select(NoDuplicate.first_id, NoDuplicate.second_id))}
    pairs = [pair for pair in likely_pairs(candidates, codes) if (pair.first, pair.second) not in no][:limit]
    shown = {
        row.id: row for row in item_rows(uow, sorted({key for pair in pairs for key in (pair.first, pair.second)}))
    }
    return [DuplicatePair(shown[pair.first], shown[pair.second], pair.reason, pair.score) for pair in pairs]
