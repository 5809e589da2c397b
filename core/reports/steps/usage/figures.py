"""The entries behind a figure: what each entry of the ledger adds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from core import costing
from core.i18n import Text, _
from core.reports.steps import columns as c
from core.reports.steps.engine.definition import Columns, Definition
from core.reports.steps.engine.exact import whole_number
from core.reports.steps.engine.making import Making
from core.reports.steps.engine.selected import Selected
from core.reports.steps.facts import USED, WORTH, E
from core.reports.steps.stock.ledger import selected
from core.reports.steps.stock_lists import LEDGER
from core.reports.types import (
    ENTRIES,
    Area,
    DrillKind,
    DrillSpec,
    FilterKind,
    ReportEntry,
    ReportFilter,
    SpanKind,
)
from db.catalog import SupplierTerm
from db.columns import moment
from db.enums import Permission
from db.enums import PostingKind as K

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Figure:
    """A figure: which entries make it, and the quantity and amount each adds to it."""

    title: Text
    where: Callable[[], ColumnElement[bool] | None]
    qty: Any
    amount: Any


def _column(key: str) -> Figure:
    """A column of the month review; what goods used before they came cost more stands in usage besides."""
    signs = {kind: costing.contribution(key, kind, 1, 0) for kind in K}
    kinds = [kind for kind, sign in signs.items() if sign]
    sign = signs[kinds[0]]
    is_own = E.kind.in_(kinds)
    qty = case((is_own, sign * E.qty), else_=0)
    if key == "usage":
        return Figure(costing.TITLES[key], lambda: or_(is_own, E.settled != 0), qty, USED)
    return Figure(costing.TITLES[key], lambda: is_own, qty, sign * WORTH)


_BACK = E.kind == K.RETURN_TO_SUPPLIER
FIGURES: dict[str, Figure] = {
    "stock": Figure(_("Stock"), lambda: None, E.qty, E.value),
    **{key: _column(key) for key in ("receipts", "other_in", "usage", "waste", "adjustments", "other_out")},
    "gone": Figure(
        _("Usage and waste"),
        lambda: or_(E.kind.in_((K.ISSUE, K.WASTE)), E.settled != 0),
        case((E.kind.in_((K.ISSUE, K.WASTE)), -E.qty), else_=0),
        case((E.kind == K.WASTE, -WORTH), else_=0) + USED,
    ),
    "returned": Figure(_("Returned"), lambda: _BACK, -E.qty, -WORTH),
    "in": Figure(_("In"), lambda: E.value > 0, E.qty, E.value),
    "out": Figure(_("Out"), lambda: E.value < 0, -E.qty, -E.value),
}


def entries(making: Making, columns: Columns) -> Selected:
    """The entries of a figure with what each has in it."""
    figure = FIGURES[str((making.asked.chosen("figure") or ("stock",))[0])]
    found = [figure.where(), _weekday(making), _main_supplier(making)]
    where = [one for one in found if one is not None]
    return selected(making, columns, where=where, shares=(figure.qty, figure.amount))


def _weekday(making: Making) -> ColumnElement[bool] | None:
    """Entries of one day of the week, Monday 0."""
    chosen = making.asked.chosen("only_weekday")
    if not chosen:
        return None
    first = making.uow.sql.execute(select(func.min(E.at)).where(E.at >= making.start_micros)).scalar()
    if first is None:
        return literal(False)
    day = making.day_of(moment(int(first)))
    day += timedelta(days=(whole_number(chosen[0]) - day.weekday()) % 7)
    parts = []
    while day <= making.today:
        parts.append(and_(E.at >= making.starts_at(day), E.at < making.starts_at(day + timedelta(days=1))))
        day += WEEK
    return or_(*parts) if parts else literal(False)


def _main_supplier(making: Making) -> ColumnElement[bool] | None:
    """Entries of the items whose main supplier is this one; none: of those that have no supplier."""
    chosen = making.asked.chosen("only_main_supplier")
    if not chosen:
        return None
    terms, better = SupplierTerm, aliased(SupplierTerm)
    if not chosen[0]:
        return E.item_id.not_in(select(terms.item_id))
    before = or_(better.rank < terms.rank, and_(better.rank == terms.rank, better.id < terms.id))
    has_better = select(better.id).where(better.item_id == terms.item_id, before).exists()
    return E.item_id.in_(select(terms.item_id).where(terms.supplier_id == whole_number(chosen[0]), ~has_better))


_KNOWN = {column.key: column for column in LEDGER.columns}
_FIRST = tuple(_KNOWN[key] for key in ("at", "number", "kind", "item", "name", "location"))
_LAST = tuple(_KNOWN[key] for key in ("document", "by", "note", "category", "supplier", "reason", "purpose"))
ENTRY = ReportEntry(
    ENTRIES,
    _("Entries of a figure"),
    _("The ledger entries behind a figure, with what each has in it."),
    Area.MOVEMENTS,
    SpanKind.PERIOD,
    permissions=(Permission.STOCK_VIEW,),
    columns=(
        *_FIRST,
        c.col("share_qty", _("Quantity in it"), "qty", _("What the entry adds to the quantity of the figure.")),
        c.UNIT,
        c.money("share", _("Amount in it"), _("What the entry adds to the figure; together they are the figure.")),
        *_LAST,
        *(c.hidden(_KNOWN[key]) for key in ("lot", "qty", "value", "settled")),
    ),
    filters=(
        ReportFilter("figure", _("Figure"), FilterKind.ONE, tuple((key, one.title) for key, one in FIGURES.items())),
        *LEDGER.filters,
        c.only("category_id", _("Only category")),
        c.only("location_id", _("Only place")),
        c.only("supplier_id", _("Only supplier")),
        c.only("main_supplier", _("Main supplier")),
        c.only("lot", _("Only lot")),
        c.only("reason_code", _("Only reason")),
        c.only("purpose", _("Only department")),
        c.only("stage", _("Only step")),
        c.only("by", _("Only person")),
        c.only("weekday", _("Only weekday")),
    ),
    groups=LEDGER.groups,
    drill=DrillSpec(DrillKind.POSTING, "posting_id"),
)
REPORTS = (Definition(ENTRY, select=entries),)
