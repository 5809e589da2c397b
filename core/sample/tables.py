"""The sample's own tables in `resources/sample`, read into values."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from core.paths import resource
from db.enums import CostMethod, StorageKind

FROZEN_HOMES = {"SEA": "FRZ-1"}
STATION_BINS = {"W": "KIT-W", "C": "KIT-C", "S": "KIT-S"}
SHELVES = {"SOF": "SHOP-1", "ALC": "SHOP-1", "MLK": "SHOP-1", "SNK": "SHOP-2", "TEA": "SHOP-2"}


@dataclass(frozen=True, slots=True)
class CategorySpec:
    """A branch of the category tree and what is usual for items in it."""

    path: str
    name_en: str
    prefix: str
    home: str
    storage: str
    life: int | None
    supplier: str
    group: str


@dataclass(frozen=True, slots=True)
class SupplierSpec:
    """A supplier; `weekdays` are those of its deliveries, Monday 1."""

    code: str
    name: str
    name_en: str
    contact: str
    phone: str
    email: str
    address: str
    weekdays: frozenset[int]
    lead_days: int
    note: str


@dataclass(frozen=True, slots=True)
class PrepLine:
    """What one batch of a prepared item uses."""

    made: str
    batch: Decimal
    used: str
    qty: Decimal


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """An item of the sample. `daily` is its usual use in base units, `stations` who uses it in which shares, `fronts`
    where it stands ready for them; `price` is 0 for what the kitchen makes; `is_dead` is what was bought once and is not
    used any more."""

    code: str
    category: str
    group: str
    name: str
    name_en: str
    spec: str
    brand: str
    origin: str
    unit: str
    price: float
    sale: Decimal | None
    daily: float
    supplier: str
    backup: str
    packs: tuple[tuple[str, Decimal], ...]
    buy: str
    storage: StorageKind
    life: int | None
    home: str
    lot_tracked: bool
    method: CostMethod
    stations: dict[str, float]
    fronts: dict[str, str]
    allergens: tuple[str, ...]
    aliases: tuple[str, ...]
    note: str = ""
    barcode: str = ""
    standard: Decimal | None = None
    is_dead: bool = False

    @property
    def pack(self) -> Decimal:
        """Base units in one purchase unit."""
        return dict(self.packs).get(self.buy, Decimal(1))

    @property
    def is_counted(self) -> bool:
        """Whether it is used in whole pieces."""
        return self.unit not in ("kg", "L")


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with resource("sample", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def categories() -> dict[str, CategorySpec]:
    """The category tree by path, parents first."""
    return {
        row["path"]: CategorySpec(
            row["path"],
            row["name_en"],
            row["prefix"],
            row["home"],
            row["storage"],
            int(row["life"]) if row["life"] else None,
            row["supplier"],
            row["group"],
        )
        for row in rows_of("categories")
    }


@cache
def suppliers() -> dict[str, SupplierSpec]:
    """The suppliers by code."""
    return {
        row["code"]: SupplierSpec(
            **{name: row[name] for name in ("code", "name", "name_en", "contact", "phone", "email", "address", "note")},
            weekdays=frozenset(int(day) for day in row["weekdays"]),
            lead_days=int(row["lead_days"]),
        )
        for row in rows_of("suppliers")
    }


@cache
def prep_lines() -> tuple[PrepLine, ...]:
    """What the kitchen makes of what."""
    return tuple(
        PrepLine(row["made"], Decimal(row["batch"]), row["used"], Decimal(row["qty"])) for row in rows_of("prep")
    )


@cache
def items() -> dict[str, ItemSpec]:
    """All items by code: what the kitchen and the house use, then what is sold as it is."""
    notes = {row["code"]: f"用于 {row['dishes']} 道菜：{row['examples']}" for row in rows_of("recipes")}
    found = {row["code"]: _kitchen_item(row, notes.get(row["code"], "")) for row in rows_of("items")}
    found.update({row["code"]: _shop_item(row) for row in rows_of("products")})
    return found


def _kitchen_item(row: dict[str, str], note: str) -> ItemSpec:
    packs = tuple(_pack(part) for part in row["packs"].split(";") if part)
    return _item(row, packs, aliases=tuple(row["aliases"].split()), note=note)


def _shop_item(row: dict[str, str]) -> ItemSpec:
    full = {**row, "buy": "箱" if int(row["case"]) > 1 else row["unit"], "backup": ""}
    return _item(full, (("箱", Decimal(row["case"])),), aliases=(), note="")


def _pack(part: str) -> tuple[str, Decimal]:
    unit, _sep, factor = part.partition("=")
    return unit, Decimal(factor)


def _item(row: dict[str, str], packs: tuple[tuple[str, Decimal], ...], aliases: tuple[str, ...], note: str) -> ItemSpec:
    usual, flags, prefix = categories()[row["category"]], row["flags"], row["code"][:3]
    method = _method(flags)
    frozen = "F" in flags
    price = float(row["price"] or 0)
    return ItemSpec(
        code=row["code"], category=row["category"], group=usual.group, name=row["name"], name_en=row["name_en"],
        spec=row["spec"], brand=row.get("brand", ""), origin=_origin(row), unit=row["unit"], price=price,
        sale=Decimal(row["sale"]) if row.get("sale") else None, daily=float(row["daily"]),
        supplier=row.get("supplier") or usual.supplier, backup=row["backup"], packs=packs, buy=row["buy"],
        storage=StorageKind.FROZEN if frozen else StorageKind(usual.storage),
        life=_life(row["life"], usual.life),
        home=FROZEN_HOMES.get(prefix, "FRZ-2") if frozen else usual.home,
        lot_tracked="L" in flags, method=method, stations=_stations(row["stations"]),
        fronts=_fronts(prefix, flags, row["stations"]), allergens=tuple(row["allergens"].split()), aliases=aliases,
        note=note, barcode=row.get("barcode", ""),
        standard=Decimal(row["price"]) if method is CostMethod.STANDARD else None,
        is_dead="D" in flags,
    )  # fmt: skip


def _origin(row: dict[str, str]) -> str:
    """Where goods of the shop come from, as their price tags must say."""
    return "中国 China" if row.get("source_origin") == "69 China" else ""


def _life(text: str, usual: int | None) -> int | None:
    """Days, the category's usual where nothing is written, none for what keeps for ever (-)."""
    return None if text == "-" else int(text) if text else usual


def _method(flags: str) -> CostMethod:
    marks = {"A": CostMethod.AVERAGE, "S": CostMethod.STANDARD, "X": CostMethod.LOT}
    return next((method for mark, method in marks.items() if mark in flags), CostMethod.FIFO)


def _stations(text: str) -> dict[str, float]:
    return {letter: int(tenths) / 10 for letter, tenths in re.findall(r"([A-Z])(\d+)", text)}


def _fronts(prefix: str, flags: str, stations: str) -> dict[str, str]:
    """Seasonings stand at the station that uses most of them, drinks in the bar's fridge, shop goods on their shelf."""
    shares = _stations(stations)
    fronts: dict[str, str] = {}
    if "N" in flags:
        main = STATION_BINS[max(shares, key=lambda letter: shares[letter])]
        fronts.update(dict.fromkeys(shares, main))
    if "B" in shares and prefix in ("ALC", "SOF"):
        fronts["B"] = "BAR-1"
    if "R" in shares:
        fronts["R"] = SHELVES.get(prefix, "SHOP-3")
    return fronts
