"""The prepared tables of stock: movements, waste, counts, what there is now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, case, func, literal, type_coerce

from core.i18n import Text, _
from core.reports.rules.pivot import Shape
from core.reports.steps.pivot.fields import Dimension, Measure, Named, Prepared, count, measure, of_moment
from core.reports.types.parts import DrillKind
from core.reports.types.pivot import PivotField
from db.base import table_of
from db.catalog import Item
from db.counting import StockCount, StockCountLine
from db.enums import (
    CostMethod,
    CountKind,
    Permission,
    PostingKind,
    StorageKind,
    VarianceReason,
    WasteStage,
)
from db.stock import ItemCost, StockBalance, StockEntry, StockPosting

ITEM, ENTRY, POSTING = table_of(Item), table_of(StockEntry), table_of(StockPosting)
BALANCE, COST = table_of(StockBalance), table_of(ItemCost)
COUNT, COUNT_LINE = table_of(StockCount), table_of(StockCountLine)
ONE = literal(1, BigInteger, literal_execute=True)
ZERO = literal(0, BigInteger, literal_execute=True)
LINES = (_("Number of lines"), _("How many lines there are."))


def raw(column: Any) -> Any:
    """A scaled number as the whole number it is stored as."""
    return type_coerce(column, BigInteger)


def of_item(item_id: Any) -> tuple[Dimension, ...]:
    """The item and what is known of it."""
    needs = ("item",)

    def one(key: str, title: Text, about: Text, column: Any, named: Named, words: Any = None) -> Dimension:
        return Dimension(PivotField(key, title, about), column, named, needs, words=words)

    return (
        Dimension(PivotField("item", _("Item"), _("The item, by code and name.")), item_id, Named.ITEM),
        one("category", _("Category"), _("The item's own category."), ITEM.c.category_id, Named.CATEGORY),
        one("branch", _("Main category"), _("The category at the root of the tree."), ITEM.c.category_id, Named.BRANCH),
        one("abc", _("ABC class"), _("The item's class."), ITEM.c.abc_class, Named.TEXT),
        one("storage", _("Storage"), _("How warm the item is kept."), ITEM.c.storage_kind, Named.WORD, StorageKind),
        one("unit", _("Unit"), _("The item's base unit."), ITEM.c.base_unit, Named.UNIT),
    )


def place(column: Any) -> Dimension:
    """The place in the tree of locations."""
    return Dimension(PivotField("location", _("Location"), _("Where it is or happened.")), column, Named.LOCATION)


def person(column: Any, needs: tuple[str, ...] = ()) -> Dimension:
    """Who did it."""
    return Dimension(PivotField("person", _("Handled by"), _("Who entered it.")), column, Named.PERSON, needs)


def supplier(column: Any, needs: tuple[str, ...] = ()) -> Dimension:
    """From whom it was bought."""
    return Dimension(
        PivotField("supplier", _("Supplier"), _("From whom it was bought.")), column, Named.SUPPLIER, needs
    )


def join_item(item_id: Any) -> tuple[Any, Any]:
    """How the item is joined."""
    return ITEM, item_id == ITEM.c.id


def qty(key: str, title: Text, about: Text, column: Any) -> Measure:
    """A quantity in base units; where goods of several units meet there is no sum."""
    return measure((key, title, about), Shape.QTY, (column, ITEM.c.base_unit, ITEM.c.base_unit), ("item",))


def unit_cost(value: Any, quantity: Any) -> Measure:
    """What one base unit cost on average."""
    words = ("unit_cost", _("Unit cost"), _("Value divided by quantity, of one base unit."))
    return measure(words, Shape.COST, (value, quantity, ITEM.c.base_unit, ITEM.c.base_unit), ("item",), is_cost=True)


def _word(key: str, title: Text, about: Text, column: Any, words: Any, needs: tuple[str, ...] = ()) -> Dimension:
    return Dimension(PivotField(key, title, about), column, Named.WORD, needs, words=words)


_AT_POSTING = (POSTING, ENTRY.c.posting_id == POSTING.c.id)
_REASON = Dimension(PivotField("reason", _("Reason"), _("Why goods were lost.")), ENTRY.c.reason, Named.REASON)
MOVEMENTS = Prepared(
    name="movements",
    title=_("Stock movements"),
    about=_("Every line of the stock ledger; what was taken back counts against what it takes back."),
    permission=Permission.STOCK_VIEW,
    start=ENTRY,
    joins={"item": join_item(ENTRY.c.item_id), "posting": _AT_POSTING},
    at=ENTRY.c.at,
    opens=(DrillKind.POSTING, ENTRY.c.posting_id),
    dimensions=(
        *of_moment(ENTRY.c.at),
        _word("kind", _("Type"), _("What kind of movement it is."), ENTRY.c.kind, PostingKind),
        *of_item(ENTRY.c.item_id),
        place(ENTRY.c.location_id),
        supplier(POSTING.c.supplier_id, ("posting",)),
        person(POSTING.c.person_id, ("posting",)),
        Dimension(
            PivotField("purpose", _("Department"), _("For whom or what it was issued.")),
            POSTING.c.purpose,
            Named.TEXT,
            ("posting",),
        ),
        _REASON,
    ),
    measures=(
        count("lines", *LINES, ONE),
        qty("qty_in", _("Quantity in"), _("What came in."), case((ENTRY.c.qty > 0, ENTRY.c.qty), else_=ZERO)),
        qty("qty_out", _("Quantity out"), _("What went out."), case((ENTRY.c.qty < 0, -ENTRY.c.qty), else_=ZERO)),
        qty("qty", _("Quantity"), _("What came in less what went out."), ENTRY.c.qty),
        measure(
            ("value", _("Value"), _("What the movement added to the value of the stock.")),
            Shape.MONEY,
            (ENTRY.c.value,),
            is_cost=True,
        ),
        measure(
            ("settled", _("Settled"), _("What goods taken below zero cost more or less when they came.")),
            Shape.MONEY,
            (ENTRY.c.settled,),
            is_cost=True,
        ),
    ),
)
_WASTED = -(ENTRY.c.value + ENTRY.c.settled)
WASTE = Prepared(
    name="waste",
    title=_("Waste by reason and place"),
    about=_("Every line of waste, at what the goods cost."),
    permission=Permission.STOCK_VIEW,
    start=ENTRY,
    joins={"item": join_item(ENTRY.c.item_id), "posting": _AT_POSTING},
    where=(ENTRY.c.kind == PostingKind.WASTE,),
    at=ENTRY.c.at,
    opens=(DrillKind.POSTING, ENTRY.c.posting_id),
    dimensions=(
        *of_moment(ENTRY.c.at),
        _REASON,
        _word("stage", _("Stage"), _("Where in the work it was lost."), ENTRY.c.stage, WasteStage),
        *of_item(ENTRY.c.item_id),
        place(ENTRY.c.location_id),
        person(POSTING.c.person_id, ("posting",)),
    ),
    measures=(
        count("lines", *LINES, ONE),
        qty("qty", _("Quantity"), _("What was lost."), -ENTRY.c.qty),
        measure(("cost", _("Cost"), _("What the lost goods cost.")), Shape.MONEY, (_WASTED,), is_cost=True),
        unit_cost(_WASTED, -ENTRY.c.qty),
    ),
)
_DIFFERENCE = func.coalesce(COUNT_LINE.c.counted_qty - COUNT_LINE.c.posted_expected, ZERO)
_AMOUNT = func.coalesce(COUNT_LINE.c.posted_value, ZERO)
COUNTS = Prepared(
    name="counts",
    title=_("Count differences"),
    about=_("Every line of the posted counts: what was found against the book at that moment."),
    permission=Permission.STOCK_VIEW,
    start=COUNT_LINE,
    joins={"item": join_item(COUNT_LINE.c.item_id), "count": (COUNT, COUNT_LINE.c.count_id == COUNT.c.id)},
    where=(COUNT.c.posting_id.is_not(None), COUNT_LINE.c.posted_expected.is_not(None)),
    where_needs=("count",),
    at=COUNT_LINE.c.counted_at,
    opens=(DrillKind.COUNT, COUNT_LINE.c.count_id),
    dimensions=(
        *of_moment(COUNT_LINE.c.counted_at),
        *of_item(COUNT_LINE.c.item_id),
        place(COUNT_LINE.c.location_id),
        person(COUNT_LINE.c.counted_by),
        _word(
            "why",
            _("Reason of the difference"),
            _("Why it differed, as it was found."),
            COUNT_LINE.c.reason,
            VarianceReason,
        ),
        _word("kind", _("Type"), _("Why the count was made."), COUNT.c.kind, CountKind, ("count",)),
    ),
    measures=(
        count("lines", *LINES, ONE),
        count(
            "differing",
            _("Lines that differ"),
            _("How many lines were not as the book said."),
            case((_DIFFERENCE != ZERO, ONE), else_=ZERO),
        ),
        qty("difference", _("Difference"), _("Counted less book."), _DIFFERENCE),
        measure(
            ("value", _("Value of the difference"), _("What the difference is worth; losses below zero.")),
            Shape.MONEY,
            (_AMOUNT,),
            is_cost=True,
        ),
        measure(
            ("absolute", _("Differences without sign"), _("Gains and losses added without their signs.")),
            Shape.MONEY,
            (func.abs(_AMOUNT),),
            is_cost=True,
        ),
    ),
)
PLACES = Prepared(
    name="stock-places",
    title=_("Stock by place"),
    about=_("What lies where now, in base units."),
    permission=Permission.STOCK_VIEW,
    start=BALANCE,
    joins={"item": join_item(BALANCE.c.item_id)},
    where=(BALANCE.c.qty != 0,),
    opens=(DrillKind.ITEM, BALANCE.c.item_id),
    dimensions=(*of_item(BALANCE.c.item_id), place(BALANCE.c.location_id)),
    measures=(
        count("lines", _("Places with stock"), _("Items, places and lots with stock."), ONE),
        qty("qty", _("Quantity"), _("What is there."), BALANCE.c.qty),
    ),
)
VALUES = Prepared(
    name="stock-value",
    title=_("Stock and its value"),
    about=_("What there is of each item now, and what it is worth."),
    permission=Permission.STOCK_VIEW,
    start=COST,
    joins={"item": join_item(COST.c.item_id)},
    where=((COST.c.qty != 0) | (COST.c.value != 0),),
    opens=(DrillKind.ITEM, COST.c.item_id),
    dimensions=(
        *of_item(COST.c.item_id),
        _word("method", _("Cost method"), _("How goods that leave are valued."), COST.c.method, CostMethod),
    ),
    measures=(
        count("items", _("Number of items"), _("How many items there are."), ONE),
        qty("qty", _("Quantity"), _("What is there."), COST.c.qty),
        measure(("value", _("Value"), _("What it is worth.")), Shape.MONEY, (COST.c.value,), is_cost=True),
        unit_cost(COST.c.value, COST.c.qty),
    ),
)
STOCK = (MOVEMENTS, VALUES, PLACES, WASTE, COUNTS)
