"""Sale prices to come: of one item, reckoned for a change, and those whose day is here."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select

from core.i18n import Name
from core.labels.rules.sale_prices import changed_by, check_percent, check_price
from core.labels.steps.truth import today
from core.labels.types.prices import DuePrices, PriceChange
from core.labels.types.queue import PlannedRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Item
from db.enums import Permission
from db.identity import Person
from db.labels import PlannedPrice
from db.sql import chunks


@query(Permission.ITEM_VIEW)
def list_item_plans(uow: UnitOfWork, *, item_id: int) -> list[PlannedRow]:
    """The planned sale prices of one item, of one base unit, the next day first; none for who sees no prices."""
    if not (uow.may(Permission.COST_VIEW) or uow.may(Permission.PRICE_EDIT)):
        return []
    rows = uow.sql.execute(
        select(
            PlannedPrice.from_on, PlannedPrice.price, Item.code, Item.name, Item.name_en, Item.sale_price,
            Person.name.label("by"),
        )
        .join(Item, Item.id == PlannedPrice.item_id)
        .join(Person, Person.id == PlannedPrice.created_by)
        .where(PlannedPrice.item_id == item_id)
        .order_by(PlannedPrice.from_on)
    )  # fmt: skip
    return [
        PlannedRow(item_id, row.code, Name(row.name, row.name_en), row.from_on, row.price, row.sale_price, row.by)
        for row in rows
    ]


@query(Permission.PRICE_EDIT)
def reckon_prices(
    uow: UnitOfWork, *, item_ids: tuple[int, ...], price: Decimal | None = None, percent: Decimal | None = None
) -> list[PriceChange]:
    """What the sale prices of items would become: one price for all, or each changed by a percentage.

    Of one base unit, by a percentage rounded to the currency's decimals, halves away from zero; an item without a price
    has nothing a percentage could be of. In the order of the codes. Raises InvalidInput.
    """
    if price is not None:
        check_price(price)
    if percent is not None:
        check_percent(percent)

    def after(before: Decimal | None) -> Decimal | None:
        if percent is None or before is None:
            return price
        return changed_by(before, percent, uow.site.digits)

    found = []
    for part in chunks(sorted(set(item_ids))):
        columns = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit, Item.sale_price)
        for row in uow.sql.execute(columns.where(Item.id.in_(part))):
            name = Name(row.name, row.name_en)
            found.append(PriceChange(row.id, row.code, name, row.base_unit, row.sale_price, after(row.sale_price)))
    return sorted(found, key=lambda one: one.code)


@query(None)
def find_due_prices(uow: UnitOfWork) -> DuePrices:
    """Whether planned prices wait to be carried out; everybody's program asks, and it tells only how many."""
    day = today(uow)
    row = uow.sql.execute(
        select(func.count().label("plans"), func.sum(PlannedPrice.item_id).label("ids"),
               func.max(PlannedPrice.created_at).label("last"))
        .where(PlannedPrice.from_on <= day)
    ).one()  # fmt: skip
    if not row.plans:
        return DuePrices(0)
    return DuePrices(int(row.plans), f"due-{day:%y%m%d}-{row.plans}-{int(row.ids)}-{row.last:%H%M%S%f}"[:40])
