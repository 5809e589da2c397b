"""A small stock room with categories, and anything that can be posted in it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core import catalog, stock
from core.catalog import NewItem
from core.office import Office
from core.registry import command
from core.stock import NewLine, NewPosting, Posted
from core.uow import UnitOfWork
from db.enums import CostMethod
from db.enums import PostingKind as K
from tests.factories import make_place


@command(None)
def post_for_test(uow: UnitOfWork, *, new: NewPosting) -> Posted:
    """Post anything for a test."""
    return stock.post(uow, new)


@command(None)
def make_room_for_test(uow: UnitOfWork, *, tag: str) -> tuple[dict[str, int], tuple[int, ...]]:
    """Make categories and items for a test."""
    paths = catalog.ensure_categories(uow, ["食品/蔬菜/叶菜", "食品/乳品", "耗材"])
    new = [
        NewItem("番茄", "kg", f"TOM{tag}", "Tomato", category_id=paths["食品/蔬菜/叶菜"], cost_method=CostMethod.FIFO),
        NewItem("黄瓜", "kg", f"CUC{tag}", "Cucumber", category_id=paths["食品/乳品"], cost_method=CostMethod.AVERAGE),
        NewItem("牛奶", "L", f"MLK{tag}", "Milk", category_id=paths["食品/乳品"], cost_method=CostMethod.STANDARD,
                standard_cost=Decimal("3.33")),
        NewItem("手套", "双", f"GLV{tag}", "Gloves", cost_method=CostMethod.LOT),
    ]  # fmt: skip
    return paths, tuple(catalog.create_items_bulk(uow, new))


@dataclass(frozen=True)
class Room:
    """Where tests post: categories by path, four items (one per cost method, the last without category), two places, of
    which the second may go below nothing."""

    office: Office
    categories: dict[str, int]
    items: tuple[int, ...]
    places: tuple[int, int]

    def post(self, kind: K, *lines: NewLine, **over: Any) -> Posted:
        """One posting of any kind."""
        return self.office.do(post_for_test, new=NewPosting(kind, tuple(lines), **over))


def make_room(office: Office, tag: str = "", places: tuple[int, int] | None = None) -> Room:
    """A room of its own: items nobody else has."""
    categories, items = office.do(make_room_for_test, tag=tag)
    return Room(office, categories, items, places or (1, make_place(office, "OPEN", allow_negative=True)))
