"""Agreed figures for a supplier who keeps an eye on our stock (PU-8)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from core.catalog import is_gtin
from core.clock import business_day
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.purchasing.rules.files.shared_figures import SharedFigure, shared_figures_csv
from core.purchasing.steps.need_figures import read_figures
from core.purchasing.steps.orders import open_order_lines
from core.purchasing.steps.usage import used_between
from core.purchasing.types.ordering import Levels
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Barcode, Item, Supplier, SupplierTerm
from db.enums import Permission

T = SupplierTerm
ZERO = Decimal(0)
LONGEST_DAYS = 400


@query(Permission.PURCHASE_VIEW)
def get_shared_figures(
    uow: UnitOfWork, *, supplier: str, first_on: date | None = None, last_on: date | None = None, language: str = "en"
) -> bytes:
    """What a supplier may see of our stock, as CSV.

    The items sold under this supplier's terms (`supplier` is its code or name): usable stock, what is on order from it,
    what was used from the first to the last day (the last 28 days that are over without them), and the levels. No
    prices, no other supplier. Raises NotFound, InvalidInput.
    """
    supplier_id = _supplier(uow, supplier)
    begins, ends = _days(uow, first_on, last_on)
    items = uow.sql.execute(
        select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, T.supplier_code)
        .join(T, T.item_id == Item.id)
        .where(T.supplier_id == supplier_id, Item.is_active)
        .order_by(Item.code)
    ).all()
    ids = [row.id for row in items]
    figures = read_figures(uow, ids)
    used = used_between(uow, ids, begins, ends)
    gtins = _gtins(uow, supplier_id)
    ordered: dict[int, Decimal] = defaultdict(Decimal)
    for line in open_order_lines(uow, supplier_id):
        ordered[line.item_id] += line.outstanding
    shared = []
    for row in items:
        levels = figures.levels.get(row.id, Levels())
        name = (row.name_en or row.name) if language == "en" else row.name
        highest = levels.maximum if levels.maximum is not None else levels.par
        lowest = levels.floor if levels.floor is not None else levels.reorder_point
        shared.append(
            SharedFigure(
                row.supplier_code, row.code, gtins.get(row.id, ""), name, row.base_unit, figures.held.get(row.id, ZERO),
                ordered.get(row.id, ZERO), used.get(row.id, ZERO), lowest, highest,
            )
        )  # fmt: skip
    return shared_figures_csv(shared, begins, ends, language)


def _supplier(uow: UnitOfWork, said: str) -> int:
    wanted = said.strip()
    named = or_(Supplier.code == wanted, Supplier.name == wanted, Supplier.name_en == wanted)
    found = uow.sql.execute(select(Supplier.id).where(named).order_by(Supplier.code != wanted, Supplier.id)).first()
    if not wanted or found is None:
        raise NotFound(_("There is no supplier “{name}”. Write its code.", name=wanted[:40]), field="supplier")
    return int(found.id)


def _days(uow: UnitOfWork, first_on: date | None, last_on: date | None) -> tuple[date, date]:
    """The days of usage, both included. Raises InvalidInput."""
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    ends = last_on or date.fromordinal(today.toordinal() - 1)
    begins = first_on or date.fromordinal(ends.toordinal() - 27)
    if begins > ends:
        raise InvalidInput(_("The period ends before it starts."), field="last_on")
    if (ends - begins).days > LONGEST_DAYS:
        raise InvalidInput(_("At most {n} days of usage are shared.", n=LONGEST_DAYS), field="first_on")
    return begins, ends


def _gtins(uow: UnitOfWork, supplier_id: int) -> dict[int, str]:
    """The first GTIN of each item this supplier sells."""
    found: dict[int, str] = {}
    listed = select(Barcode.item_id, Barcode.code).join(T, T.item_id == Barcode.item_id)
    own = listed.where(T.supplier_id == supplier_id, Barcode.is_internal.is_(False))
    for row in uow.sql.execute(own.order_by(Barcode.id)):
        if is_gtin(row.code):
            found.setdefault(row.item_id, row.code)
    return found
