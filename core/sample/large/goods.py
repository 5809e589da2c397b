"""A hundred thousand parts with names in both languages: each part for each vehicle by each maker, and small goods by size."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core import catalog
from core.catalog import NewBarcode, NewItem, NewPolicy, NewSupplier, NewTerm, PackUnit
from core.sample.tables import rows_of
from core.values import round_decimal
from db.enums import CostMethod

HAN = re.compile(r"[\u4e00-\u9fff]")
OWN_CODES = 9_000_000_000
SPREAD = 1.1
PACKED = {"FAS": ("盒", 100), "EPT": ("盒", 50), "OIL": ("箱", 6), "BUL": ("盒", 10), "SEL": ("包", 20)}
METHODS = {"FAS": CostMethod.AVERAGE, "OIL": CostMethod.AVERAGE, "TOL": CostMethod.STANDARD}
LOT_LIFE = {"OIL": 1460}
SMALL_LOTS = {"FAS": 24, "EPT": 10, "SEL": 4}
TRADERS = ("紧固件", "电器件", "油液", "轮胎", "综合")
TRADERS_EN = ("Fasteners", "Electrical parts", "Fluids", "Tyres", "General")


@dataclass(frozen=True, slots=True)
class Good:
    """One item of the dealer. `weight` says how often it is asked for, `lot` how many at once."""

    code: str
    name: str
    name_en: str
    spec: str
    brand: str
    unit: str
    price: float
    weight: float
    branch: tuple[str, str, str]
    supplier: int
    most: int

    @property
    def prefix(self) -> str:
        """The letters its code begins with."""
        return self.code[:3]


def goods(count: int, chance: random.Random) -> list[Good]:
    """The first `count` of them: small goods, then parts from the most asked vehicles on."""
    made: list[Good] = []
    numbers: dict[str, int] = {}
    for row in (*_hardware(), *_parts()):
        if len(made) == count:
            break
        prefix = row["prefix"]
        numbers[prefix] = numbers.get(prefix, 0) + 1
        made.append(
            Good(
                f"{prefix}-{numbers[prefix]:05d}", row["name"], row["name_en"], row["spec"], row["brand"], row["unit"],
                float(row["price"]), float(row["weight"]) * chance.lognormvariate(0, SPREAD),
                (row["branch"], row["branch_en"], prefix), int(row["supplier"]), SMALL_LOTS.get(prefix, 2),
            )
        )  # fmt: skip
    return made


def two_words(text: str) -> tuple[str, str]:
    """`帕萨特 Passat` as its two names; the same in both languages where there is no Chinese."""
    last = max((found.end() for found in HAN.finditer(text)), default=0)
    if last:
        return text[:last].strip(), text[last:].strip()
    half = len(text) // 2
    is_double = len(text) % 2 == 1 and text[:half] == text[half + 1 :]
    return (text[:half], text[:half]) if is_double else (text, text)


def _hardware() -> Iterator[dict[str, str]]:
    makers = len(list(rows_of("makers")))
    for row in rows_of("hardware"):
        trader = TRADERS.index(row["group"]) if row["group"] in TRADERS else len(TRADERS) - 1
        for size in row["sizes"].split("|"):
            for kind in row["kinds"].split("|"):
                (size_zh, size_en), (kind_zh, kind_en) = two_words(size), two_words(kind)
                yield {
                    "prefix": row["prefix"], "name": f"{row['name']} {size_zh} {kind_zh}",
                    "name_en": f"{row['name_en']} {size_en} {kind_en}", "spec": size_zh, "brand": "", "unit": row["unit"],
                    "price": f"{float(row['price']) * (0.8 + 0.03 * (len(size) + len(kind))):.4f}",
                    "weight": f"{float(row['weight']) * 6}", "branch": row["group"], "branch_en": row["group_en"],
                    "supplier": str(makers + trader),
                }  # fmt: skip


def _parts() -> Iterator[dict[str, str]]:
    makers = list(rows_of("makers"))
    parts = list(rows_of("parts"))
    for vehicle in rows_of("vehicles"):
        models = vehicle["models"].split("|")
        for model in models:
            model_zh, model_en = two_words(model)
            for part in parts:
                for number, maker in enumerate(makers):
                    weight = (
                        float(part["weight"]) * float(vehicle["weight"]) / len(models) * float(maker["weight"]) / 10
                    )
                    yield {
                        "prefix": part["prefix"], "name": f"{part['name']} {vehicle['make']}{model_zh} {maker['name']}",
                        "name_en": f"{part['name_en']} {vehicle['make_en']} {model_en} {maker['name_en']}",
                        "spec": f"{vehicle['make']}{model_zh}", "brand": f"{maker['name']} {maker['name_en']}",
                        "unit": part["unit"], "price": f"{float(part['price']) * float(maker['factor']):.2f}",
                        "weight": f"{weight:.5f}", "branch": part["system"], "branch_en": part["system_en"],
                        "supplier": str(number),
                    }  # fmt: skip


def partners() -> list[NewSupplier]:
    """The makers' trading houses, and traders for small goods."""
    makers = [
        NewSupplier(f"{row['name']}汽配供应链", f"S-{number:03d}", f"{row['name_en']} Parts Supply")
        for number, row in enumerate(rows_of("makers"), start=1)
    ]
    traders = [
        NewSupplier(f"{name}批发中心", f"S-{number:03d}", f"{name_en} Wholesale")
        for number, (name, name_en) in enumerate(zip(TRADERS, TRADERS_EN, strict=True), start=len(makers) + 1)
    ]
    return [*makers, *traders]


def new_item(number: int, good: Good, category_id: int, supplier_id: int, levels: tuple[int, int]) -> NewItem:
    """A good as an item; `levels` are its reorder point and order quantity."""
    pack = PACKED.get(good.prefix)
    price = round_decimal(Decimal(f"{good.price:.4f}"), 2) or Decimal("0.01")
    method = METHODS.get(good.prefix, CostMethod.FIFO)
    reorder, quantity = levels
    return NewItem(
        code=good.code, name=good.name, name_en=good.name_en, spec=good.spec, brand=good.brand, base_unit=good.unit,
        category_id=category_id, cost_method=method, standard_cost=price if method is CostMethod.STANDARD else None,
        sale_price=round_decimal(price * Decimal("1.45"), 1), tax_rate=Decimal(13), lot_tracked=good.prefix in LOT_LIFE,
        shelf_life_days=LOT_LIFE.get(good.prefix), pack_units=(PackUnit(pack[0], Decimal(pack[1])),) if pack else (),
        barcodes=(NewBarcode(catalog.internal_barcode(OWN_CODES + number)),),
        terms=(NewTerm(supplier_id, supplier_code=f"{good.prefix}{number:06d}", price=price, lead_days=5),),
        policy=NewPolicy(
            minimum=Decimal(reorder),
            safety=Decimal((reorder + 1) // 2),
            reorder_point=Decimal(reorder),
            maximum=Decimal(reorder + quantity * 2),
            par=Decimal(reorder + quantity),
            order_qty=Decimal(quantity),
        ) if reorder else None,
    )  # fmt: skip
