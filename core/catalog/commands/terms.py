"""What a person can do with how suppliers sell an item."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Row, delete, insert, select, update

from core.catalog.rules.fields import line
from core.catalog.rules.terms import check_term
from core.catalog.rules.units import UnitTable
from core.catalog.steps.bulk import add_terms, term_values
from core.catalog.steps.prices import record_agreed_prices
from core.catalog.steps.records import check_alive, load_record
from core.catalog.steps.search_rows import refresh_search
from core.catalog.steps.suppliers import check_supplier
from core.catalog.steps.units import load_unit_table
from core.catalog.types import NewTerm
from core.clock import business_day
from core.errors import Conflict, InvalidInput, NotFound
from core.i18n import _
from core.registry import command
from core.uow import UnitOfWork
from db.catalog import PriceBreak, SupplierTerm
from db.enums import Permission

T = SupplierTerm


@command(Permission.SUPPLIER_EDIT)
def save_term(uow: UnitOfWork, *, item_id: int, term: NewTerm, version: int | None = None) -> int:
    """Save a supplier's terms.

    How a supplier sells an item: one term for each supplier; `version` of the term that the form saw, none for a new
    one. A new price goes into the price history. Answers the term's id. Raises InvalidInput, NotFound, Conflict.
    """
    check_alive(load_record(uow, item_id, to_write=True))
    check_term(term)
    check_supplier(uow, term.supplier_id)
    table = load_unit_table(uow, item_id)
    table.unit(term.unit)
    line(term.supplier_code, 60, "supplier_code")
    statement = select(T.id, T.version, T.price).where(T.item_id == item_id, T.supplier_id == term.supplier_id)
    stored = uow.sql.execute(statement.with_for_update()).first()
    if term.price != (stored.price if stored else None) or term.breaks:
        uow.require(Permission.PRICE_EDIT)
    if stored is not None:
        _ask_later(uow, stored, term)
    term_id = _add(uow, item_id, term, version) if stored is None else _change(uow, stored, term, version)
    if term.price is not None and (stored is None or stored.price != term.price):
        _keep_price(uow, item_id, term, table)
    refresh_search(uow, [item_id])
    return term_id


def _ask_later(uow: UnitOfWork, stored: Row[int, int, Decimal | None], term: NewTerm) -> None:
    """A price that begins later takes the place of the one that holds today."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    is_new = stored.price is not None and term.price != stored.price
    if is_new and term.valid_from is not None and term.valid_from > today:
        question = _(
            "Until {day} this supplier has no price for the item: the new one takes the place of today's. Save it now?",
            day=term.valid_from,
        )
        uow.confirm("prices.later", question, field="valid_from")


def _add(uow: UnitOfWork, item_id: int, term: NewTerm, version: int | None) -> int:
    if version is not None:
        raise NotFound(_("This supplier's term is not there any more."), field="supplier")
    return add_terms(uow, [(item_id, term)])[0]


def _change(uow: UnitOfWork, stored: Row[int, int, Decimal | None], term: NewTerm, version: int | None) -> int:
    if version is None:
        raise InvalidInput(_("This supplier has a term for the item already. Change that one."), field="supplier")
    if stored.version != version:
        raise Conflict(_("Somebody else changed this term meanwhile. Look at it again."), base={}, mine={}, theirs={})
    values = {**term_values(term), "version": stored.version + 1}
    uow.sql.execute(update(T).where(T.id == stored.id).values(**values))
    uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id == stored.id))
    if term.breaks:
        rows = [{"term_id": stored.id, "from_qty": step.from_qty, "price": step.price} for step in term.breaks]
        uow.sql.execute(insert(PriceBreak), rows)
    return int(stored.id)


def _keep_price(uow: UnitOfWork, item_id: int, term: NewTerm, table: UnitTable) -> None:
    assert term.price is not None
    price = table.price_to_base(term.price, term.unit or table.purchase)
    record_agreed_prices(uow, [(item_id, term.supplier_id, price)])


@command(Permission.SUPPLIER_EDIT)
def remove_term(uow: UnitOfWork, *, term_id: int) -> None:
    """Remove a supplier's terms.

    The price history stays. Raises NotFound.
    """
    item_id = uow.sql.execute(select(T.item_id).where(T.id == term_id)).scalar()
    if item_id is None:
        raise NotFound(_("This supplier's term is not there any more."), field="supplier")
    uow.sql.execute(delete(PriceBreak).where(PriceBreak.term_id == term_id))
    uow.sql.execute(delete(T).where(T.id == term_id))
    refresh_search(uow, [item_id])
