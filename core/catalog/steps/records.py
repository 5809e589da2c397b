"""Building blocks: one item as it is stored, checked before it is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select, update

from core.catalog.rules.fields import ITEM_FIELDS, aliases_of
from core.catalog.steps.units import no_item
from core.catalog.types import PackUnit
from core.errors import Conflict, Refused
from core.i18n import _
from core.uow import UnitOfWork
from db.catalog import Item, ItemUnit
from db.stock import StockEntry


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item's stored fields by name, as they are kept."""

    id: int
    version: int
    is_active: bool
    merged_into_id: int | None
    values: dict[str, object]

    @property
    def code(self) -> str:
        """The item's code."""
        return str(self.values["code"])


def load_record(uow: UnitOfWork, item_id: int, *, to_write: bool = False) -> ItemRecord:
    """One item; `to_write` keeps others from changing it until COMMIT. Raises NotFound."""
    statement = select(Item.__table__).where(Item.id == item_id)
    row = uow.sql.execute(statement.with_for_update() if to_write else statement).first()
    if row is None:
        raise no_item(item_id)
    values = {field: row._mapping[field] for field in ITEM_FIELDS}
    return ItemRecord(item_id, row.version, row.is_active, row.merged_into_id, values)


def shown_values(values: Mapping[str, object]) -> dict[str, object]:
    """Stored fields as the form and `NewItem` have them: other names and allergens as tuples."""
    shown = dict(values)
    shown["aliases"] = aliases_of(str(values["aliases"]))
    allergens = values["allergens"]
    shown["allergens"] = tuple(allergens) if isinstance(allergens, list) else ()
    return shown


def load_packs(uow: UnitOfWork, item_id: int) -> list[PackUnit]:
    """The pack units of one item, small ones first."""
    rows = uow.sql.execute(
        select(ItemUnit.unit, ItemUnit.factor)
        .where(ItemUnit.item_id == item_id)
        .order_by(ItemUnit.factor, ItemUnit.unit)
    )
    return [PackUnit(row.unit, row.factor) for row in rows]


def has_entries(uow: UnitOfWork, item_id: int) -> bool:
    """Whether the stock ledger knows the item: then its base unit and cost method are facts of the past, too."""
    return bool(uow.sql.execute(select(exists().where(StockEntry.item_id == item_id))).scalar())


def write_record(uow: UnitOfWork, record: ItemRecord, values: Mapping[str, object]) -> int:
    """Write fields of an item loaded `to_write`; answers the new version."""
    version = record.version + 1
    uow.sql.execute(update(Item).where(Item.id == record.id).values(**values, version=version))
    return version


def check_version(record: ItemRecord, version: int) -> None:
    """Refuse a form that shows an older state. Raises Conflict."""
    if record.version != version:
        raise Conflict(
            _("Somebody else changed {item} meanwhile. Look at it again, then repeat.", item=record.code),
            base={}, mine={}, theirs={},
        )  # fmt: skip


def check_alive(record: ItemRecord) -> None:
    """A merged item is history only. Raises Refused."""
    if record.merged_into_id is not None:
        raise Refused(_("{item} was merged into another item. Change that one.", item=record.code), field="item")


def base_unit_stays(code: str, unit: object) -> Refused:
    """The sentence for a new base unit of an item that the ledger knows."""
    return Refused(
        _(
            "{item} has entries in {unit}; its base unit stays. Add a pack unit, or make a new item.",
            item=code,
            unit=unit,
        ),
        field="base_unit",
    )


def cost_stays(code: str, field: str) -> Refused:
    """The sentence for another cost method or standard of an item that the ledger knows."""
    return Refused(
        _("{item} has entries already. Change its cost method or standard cost by a revaluation.", item=code),
        field=field,
    )
