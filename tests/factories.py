"""What tests start from: `make_x` through the office, with any field overridden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core import catalog, stock
from core.catalog import NewItem, NewSupplier
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork


@command(None)
def make_items_for_test(uow: UnitOfWork, *, items: tuple[NewItem, ...]) -> tuple[int, ...]:
    """Make items for a test."""
    return tuple(catalog.create_items_bulk(uow, items))


@command(None)
def make_places_for_test(uow: UnitOfWork, *, places: tuple[stock.NewLocation, ...]) -> tuple[int, ...]:
    """Make places for a test."""
    return tuple(stock.create_locations(uow, places))


@command(None)
def make_supplier_for_test(uow: UnitOfWork, *, new: NewSupplier) -> int:
    """Make a supplier for a test."""
    return catalog.create_suppliers_bulk(uow, [new])[0]


def make_supplier(office: Office, code: str = "S1", **over: Any) -> int:
    """One supplier."""
    return office.do(
        make_supplier_for_test, new=NewSupplier(code=code, name=over.pop("name", f"供应商 {code}"), **over)
    )


def make_items(office: Office, items: Sequence[NewItem]) -> tuple[int, ...]:
    """Several items at once; answers their ids."""
    return office.do(make_items_for_test, items=tuple(items))


def make_item(office: Office, code: str = "TOM-001", **over: Any) -> int:
    """One item in kilograms unless said otherwise."""
    fields: dict[str, Any] = {"name": f"物料 {code}", "base_unit": "kg", "code": code, **over}
    return make_items(office, [NewItem(**fields)])[0]


def make_place(office: Office, code: str = "COLD", **over: Any) -> int:
    """One place under the site's first."""
    return office.do(make_places_for_test, places=(stock.NewLocation(code, over.pop("name", code), **over),))[0]
