"""Short ways to what most tests of the catalog need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from core import catalog
from core.catalog import NewItem, NewSupplier
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork

T = TypeVar("T")


@command(None)
def run_step_for_test(uow: UnitOfWork, *, step: Callable[[UnitOfWork], Any]) -> Any:
    """Run a step for a test."""
    return step(uow)


def run_step(office: Office, step: Callable[[UnitOfWork], T]) -> T:
    """What a step answers, in a transaction of its own."""
    answer: T = office.do(run_step_for_test, step=step)
    return answer


def make_item(office: Office, name: str = "番茄", unit: str = "kg", **over: Any) -> int:
    return office.do(catalog.create_item, item=NewItem(name, unit, **over))


def make_items(office: Office, items: Sequence[NewItem]) -> list[int]:
    return [office.do(catalog.create_item, item=item) for item in items]


def make_supplier(office: Office, name: str = "绿源农场", **over: Any) -> int:
    return office.do(catalog.create_supplier, supplier=NewSupplier(name, **over))


def version_of(office: Office, item_id: int) -> int:
    return office.ask(catalog.get_item, item_id=item_id).version


def change(office: Office, item_id: int, **changes: object) -> int:
    return office.do(catalog.update_item, item_id=item_id, version=version_of(office, item_id), changes=changes)


def found(office: Office, text: str, **over: Any) -> list[str]:
    return [row.code for row in office.ask(catalog.search_items, text=text, **over)]
