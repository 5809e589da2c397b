"""Building blocks: a supplier's price list, many terms at once; what it changed can be brought back.

Facts are values as JSON has them: numbers as decimal strings, days as 2026-05-17, price breaks as [[from, price], ...].
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from core.catalog.rules.terms import check_term
from core.catalog.rules.units import UnitTable
from core.catalog.steps.bulk import add_terms, insert_rows, term_values
from core.catalog.steps.item_states import decimal_text
from core.catalog.steps.prices import AGREED, record_agreed_prices
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.units import load_units
from core.catalog.types import Break, NewTerm
from core.errors import CoreError, Refused, Rejected
from core.i18n import _n
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item, PriceBreak, PriceHistory, SupplierTerm
from db.sql import chunks

T = SupplierTerm
PLAIN = ("supplier_code", "unit", "lead_days")
NUMBERS = ("price", "minimum_qty", "multiple_qty")
DAYS = ("valid_from", "valid_to")
BREAKS = "breaks"
LAST_RANK = 99
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TermEdit:
    """How a supplier is to sell an item: the fields that are stated, by the names of `NewTerm`; others stay."""

    item_id: int
    supplier_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TermChange:
    """What became of an edit: the term, whether it is new, by field what was and what is, and the new price's row in the
    history."""

    term_id: int
    is_new: bool
    facts: Mapping[str, tuple[Any, Any]]
    price_id: int | None = None


@dataclass(slots=True)
class _Work:
    """One edit on its way: what is stored, what is wanted."""

    edit: TermEdit
    term: NewTerm
    before: NewTerm | None
    term_id: int = 0

    @property
    def facts(self) -> dict[str, tuple[Any, Any]]:
        was = {} if self.before is None else facts_of(self.before)
        return {key: (was.get(key), value) for key, value in facts_of(self.term).items() if was.get(key) != value}


def facts_of(term: NewTerm) -> dict[str, Any]:
    """A term's fields as facts."""
    return {
        **{name: getattr(term, name) for name in PLAIN},
        **{name: decimal_text(getattr(term, name)) for name in NUMBERS},
        **{name: None if (day := getattr(term, name)) is None else day.isoformat() for name in DAYS},
        BREAKS: [[decimal_text(step.from_qty), decimal_text(step.price)] for step in term.breaks],
    }


def _value(name: str, fact: Any) -> Any:
    """The opposite of `facts_of`, for one field."""
    if name == BREAKS:
        return tuple(Break(Decimal(start), Decimal(price)) for start, price in fact or ())
    if fact is None or name in PLAIN:
        return fact
    return Decimal(fact) if name in NUMBERS else date.fromisoformat(fact)


def revise_terms(uow: UnitOfWork, edits: Sequence[TermEdit]) -> list[TermChange]:
    """Change or make terms, all or none, each item and supplier once; in the order given. New prices go into the history.

    Raises Rejected with an error for each wrong edit (row 1 is the first).
    """
    items = {edit.item_id for edit in edits}
    stored = _stored(uow, T.item_id, items)
    tables = load_units(uow, items)
    ranks: dict[int, int] = defaultdict(int)
    for (item_id, _supplier), (_term_id, term) in stored.items():
        ranks[item_id] = max(ranks[item_id], term.rank)
    works: list[_Work] = []
    errors: list[CoreError] = []
    for number, edit in enumerate(edits, start=1):
        term_id, before = stored.get((edit.item_id, edit.supplier_id), (0, None))
        if before is None:
            ranks[edit.item_id] += 1
        start = before or NewTerm(edit.supplier_id, rank=min(ranks[edit.item_id], LAST_RANK))
        try:
            works.append(_Work(edit, _checked(replace(start, **edit.values), tables[edit.item_id]), before, term_id))
        except CoreError as fault:
            errors.append(fault.in_row(number))
    if errors:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(errors)),
            tuple(errors),
        )
    _write(uow, works)
    kept = _record_prices(uow, works, tables)
    refresh_search(uow, sorted(items))
    return [
        TermChange(work.term_id, work.before is None, work.facts, kept.get((work.edit.item_id, work.edit.supplier_id)))
        for work in works
    ]


def _checked(term: NewTerm, table: UnitTable) -> NewTerm:
    unit = table.unit(term.unit) if term.unit else ""
    term = replace(term, unit=unit, breaks=tuple(sorted(term.breaks, key=lambda step: step.from_qty)))
    check_term(term)
    return term


def _stored(uow: UnitOfWork, column: Any, ids: Iterable[int]) -> dict[Pair, tuple[int, NewTerm]]:
    """Terms by item and supplier, with their ids, of these items or terms: two statements for 500 of them."""
    found: dict[Pair, tuple[int, NewTerm]] = {}
    for part in chunks(sorted(ids)):
        rows = uow.sql.execute(select(T.__table__).where(column.in_(part)).with_for_update()).all()
        breaks: dict[int, list[Break]] = defaultdict(list)
        b = PriceBreak
        own = select(T.id).where(column.in_(part))
        listed = select(b.term_id, b.from_qty, b.price).where(b.term_id.in_(own)).order_by(b.from_qty)
        for step in uow.sql.execute(listed):
            breaks[step.term_id].append(Break(step.from_qty, step.price))
        for row in rows:
            values = {name: row._mapping[name] for name in (*PLAIN, *NUMBERS, *DAYS)}
            term = NewTerm(row.supplier_id, **values, rank=row.rank, breaks=tuple(breaks[row.id]))
            found[row.item_id, row.supplier_id] = (row.id, term)
    return found


def _write(uow: UnitOfWork, works: Sequence[_Work]) -> None:
    fresh = [work for work in works if work.before is None]
    made = add_terms(uow, [(work.edit.item_id, work.term) for work in fresh])
    for work, term_id in zip(fresh, made, strict=True):
        work.term_id = term_id
    _overwrite(uow, {work.term_id: work.term for work in works if work.before is not None and work.facts})


def _overwrite(uow: UnitOfWork, terms: Mapping[int, NewTerm]) -> None:
    """Write terms that are there, with their price breaks."""
    if not terms:
        return
    for part in chunks(sorted(terms)):
        uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id.in_(part)))
    table = table_of(T)
    rows = [{"of_term": term_id, **term_values(term)} for term_id, term in terms.items()]
    fresh: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "of_term"}
    statement = update(table).where(table.c.id == bindparam("of_term"))
    uow.sql.execute(statement.values(version=table.c.version + 1, **fresh), rows)
    breaks = [
        {"term_id": term_id, "from_qty": step.from_qty, "price": step.price}
        for term_id, term in terms.items()
        for step in term.breaks
    ]
    insert_rows(uow, PriceBreak, breaks)


def _record_prices(uow: UnitOfWork, works: Sequence[_Work], tables: Mapping[int, UnitTable]) -> dict[Pair, int]:
    """Keep new prices in the history; their rows by item and supplier."""
    prices = []
    h = PriceHistory
    last = uow.sql.execute(select(func.coalesce(func.max(h.id), 0))).scalar_one()
    for work in works:
        table, term, before = tables[work.edit.item_id], work.term, work.before
        if term.price is not None and (before is None or (before.price, before.unit) != (term.price, term.unit)):
            price = table.price_to_base(term.price, term.unit or table.purchase)
            prices.append((work.edit.item_id, term.supplier_id, price))
    record_agreed_prices(uow, prices)
    mine = select(h.item_id, h.supplier_id, h.id).where(h.id > last, h.at == uow.now, h.source == AGREED)
    return {(row.item_id, row.supplier_id): row.id for row in uow.sql.execute(mine)}


def restore_terms(uow: UnitOfWork, changes: Mapping[int, Mapping[str, Sequence[Any]]]) -> None:
    """Bring back what terms were before these changes (by term and field: before, after), without new prices in the
    history. Raises Refused naming the items of which somebody changed the same since."""
    stored = {term_id: (pair, term) for pair, (term_id, term) in _stored(uow, T.id, changes).items()}
    back: dict[int, NewTerm] = {}
    touched: list[int] = []
    for term_id, facts in changes.items():
        if term_id not in stored:
            touched.append(0)
            continue
        (item_id, _supplier), term = stored[term_id]
        now = facts_of(term)
        if any(now[name] != after for name, (_before, after) in facts.items()):
            touched.append(item_id)
        back[term_id] = replace(term, **{name: _value(name, before) for name, (before, _after) in facts.items()})
    if touched:
        raise Refused(_touched(uow, touched))
    _overwrite(uow, back)
    refresh_search(uow, sorted({stored[term_id][0][0] for term_id in back}))


def remove_terms(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Remove terms with their price breaks."""
    items: set[int] = set()
    for part in chunks(ids):
        items.update(uow.sql.execute(select(T.item_id).where(T.id.in_(part))).scalars())
        uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id.in_(part)))
        uow.sql.execute(delete(T).where(T.id.in_(part)))
    refresh_search(uow, sorted(items))


def remove_prices(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Take prices out of the history again."""
    for part in chunks(ids):
        uow.sql.execute(delete(PriceHistory).where(PriceHistory.id.in_(part)))


def _touched(uow: UnitOfWork, item_ids: Sequence[int]) -> Any:
    listed = select(Item.code).where(Item.id.in_(list(item_ids)[:5])).order_by(Item.code)
    return _n(
        "{n} supplier's price was changed since ({codes}). Bringing back would overwrite that; change it by hand.",
        "{n} suppliers' prices were changed since ({codes}). Bringing back would overwrite that; change them by hand.",
        len(item_ids),
        codes=", ".join(uow.sql.execute(listed).scalars()),
    )
