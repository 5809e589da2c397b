"""Item labels: shelf, bin, item, case, kitchen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from core import catalog, documents
from core.catalog import UnitTable
from core.clock import business_day
from core.labels.rules.prices import (
    PER_HALF_KILO,
    PER_HUNDRED,
    PER_KILO,
    NetContent,
    UnitPriceRule,
    net_content,
    reference_words,
    shelf_price,
    unit_price,
    usual_rule,
)
from core.labels.steps.contents.kitchen import kitchen_fields
from core.labels.steps.contents.places import Place, load_places, usual_places
from core.labels.steps.contents.wanted import Wanted, in_order, own, site_fields
from core.labels.types import LabelContent
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Barcode, Category, Item, StockPolicy, Supplier, SupplierTerm, Unit
from db.enums import StorageKind
from db.sql import chunks

_GRAMS = (("mass", "g"), ("volume", "ml"))


@dataclass(slots=True)
class _Loaded:
    """Everything the labels of these items need."""

    rows: dict[int, Any] = field(default_factory=dict)
    tables: dict[int, UnitTable] = field(default_factory=dict)
    barcodes: dict[int, dict[str, str]] = field(default_factory=dict)
    suppliers: dict[int, Any] = field(default_factory=dict)
    policies: dict[int, Any] = field(default_factory=dict)
    unit_names: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def barcode(self, row: Any) -> str:
        """The code of one base unit, or none."""
        codes = self.barcodes.get(row.id, {})
        return codes.get(row.base_unit) or codes.get("", "")


def item_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One label for each item: names, prices, codes, its place, and what a kitchen needs."""
    loaded = _load(uow, wanted)
    site = site_fields(uow, wanted.language)
    return [_content(uow, wanted, loaded, (row, site)) for row in in_order(wanted, loaded.rows)]


def _load(uow: UnitOfWork, wanted: Wanted) -> _Loaded:
    ids = sorted(set(wanted.ids))
    loaded = _Loaded(tables=catalog.load_units(uow, ids), unit_names=_unit_names(uow))
    today = business_day(uow.now, uow.site.zone, uow.site.day_start_hour)
    valid = or_(Barcode.valid_to.is_(None), Barcode.valid_to >= today)
    for part in chunks(ids):
        loaded.rows.update({row.id: row for row in uow.sql.execute(_ITEMS.where(Item.id.in_(part)))})
        loaded.suppliers.update(_main_suppliers(uow, part))
        for row in uow.sql.execute(_BARCODES.where(Barcode.item_id.in_(part), valid)):
            loaded.barcodes.setdefault(row.item_id, {}).setdefault(row.unit, row.code)
        policies = uow.sql.execute(_POLICIES.where(StockPolicy.item_id.in_(part)))
        loaded.policies.update({row.item_id: row for row in policies})
    where = {**usual_places(uow, ids), **wanted.places}
    places = load_places(uow, set(where.values()))
    loaded.places = {item: places[place] for item, place in where.items() if place in places}
    return loaded


_ITEMS = select(
    Item.id, Item.code, Item.name, Item.name_en, Item.spec, Item.brand, Item.origin, Item.base_unit,
    Item.purchase_unit, Item.storage_kind, Item.shelf_life_days, Item.opened_life_days, Item.allergens,
    Item.sale_price, Item.note, Category.name.label("category"), Category.name_en.label("category_en"),
).outerjoin(Category, Category.id == Item.category_id)  # fmt: skip
_BARCODES = select(Barcode.item_id, Barcode.unit, Barcode.code).order_by(Barcode.is_internal, Barcode.id)
_POLICIES = select(StockPolicy.item_id, StockPolicy.minimum, StockPolicy.maximum).where(StockPolicy.location_id == 0)


def _unit_names(uow: UnitOfWork) -> dict[str, tuple[str, str]]:
    return {row.code: (row.name, row.name_en) for row in uow.sql.execute(select(Unit.code, Unit.name, Unit.name_en))}


def _main_suppliers(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Any]:
    """The supplier of the best rank of each item."""
    terms = SupplierTerm
    rows = uow.sql.execute(
        select(terms.item_id, terms.supplier_code, Supplier.name, Supplier.name_en)
        .join(Supplier, Supplier.id == terms.supplier_id)
        .where(terms.item_id.in_(ids))
        .order_by(terms.rank.desc(), terms.id.desc())
    )
    return {row.item_id: row for row in rows}


def _content(uow: UnitOfWork, wanted: Wanted, loaded: _Loaded, of: tuple[Any, dict[str, str]]) -> LabelContent:
    row, site = of
    units = _Units(loaded.unit_names, wanted.language)
    fields = {
        **site,
        **_names(row, wanted),
        **_places(loaded.places.get(row.id), wanted),
        **_supplied(loaded.suppliers.get(row.id), wanted),
        **_levels(loaded.policies.get(row.id)),
        **_prices(uow, row, wanted.prices.get(row.id, row.sale_price), (loaded.tables[row.id], units)),
        **_cases(row, loaded, units),
        **kitchen_fields(uow, row, wanted, loaded.barcode(row)),
    }
    return LabelContent("item", row.id, row.code, fields, wanted.language)


@dataclass(frozen=True, slots=True)
class _Units:
    """Units by the name people read."""

    names: Mapping[str, tuple[str, str]]
    language: str

    def name(self, code: str) -> str:
        """kg and ml by their sign, others by name."""
        name, name_en = self.names.get(code, (code, code))
        if code.isascii() and len(code) <= 2:
            return code
        return (name_en or name) if self.language == "en" else name


def _names(row: Any, wanted: Wanted) -> dict[str, str]:
    return {
        "code": row.code,
        "name": wanted.title(row.name, row.name_en),
        "name_zh": row.name,
        "name_en": row.name_en,
        "spec": row.spec,
        "brand": row.brand,
        "origin": row.origin,
        "grade": "",
        "note": row.note,
        "category": wanted.title(row.category or "", row.category_en or ""),
        "storage": word(StorageKind(row.storage_kind)).render(wanted.language),
        "own_code": own("item", row.code),
    }


def _places(place: Place | None, wanted: Wanted) -> dict[str, str]:
    if place is None:
        return {"place": "", "place_name": ""}
    return {"place": place.code, "place_name": wanted.title(place.name, place.name_en)}


def _supplied(row: Any, wanted: Wanted) -> dict[str, str]:
    if row is None:
        return {"supplier": "", "supplier_code": ""}
    return {"supplier": wanted.title(row.name, row.name_en), "supplier_code": row.supplier_code}


def _levels(row: Any) -> dict[str, str]:
    levels = (None, None) if row is None else (row.minimum, row.maximum)
    shown = ["" if level is None else documents.format_number(level) for level in levels]
    return {"minimum": shown[0], "maximum": shown[1]}


_PRICED = (
    "price", "price_text", "price_whole", "price_cents", "unit_price", "unit_price_large", "unit_price_small",
    "unit_price_half", "was_price", "lowest_price",
)  # fmt: skip


def _prices(uow: UnitOfWork, row: Any, asked: Decimal | None, by: tuple[UnitTable, _Units]) -> dict[str, str]:
    site, (table, units) = uow.site, by
    fields = dict.fromkeys(_PRICED, "")
    fields |= {
        "price_unit": units.name(row.base_unit),
        "hotline": "12315",
        "currency": documents.currency_sign(site.currency),
    }
    if asked is None:
        return fields
    notation = documents.Notation(site.currency, site.digits, site.zone)
    price = shelf_price(asked, site.digits)
    shown = documents.format_money(price, notation, sign=False)
    whole, _point, cents = shown.partition(".")
    fields |= {
        "price": shown,
        "price_text": documents.format_money(price, notation),
        "price_whole": whole,
        "price_cents": cents,
    }
    content = _content_of(row, table)
    if content is not None:
        rules = {
            "unit_price": usual_rule(site.currency), "unit_price_large": PER_KILO, "unit_price_small": PER_HUNDRED,
            "unit_price_half": PER_HALF_KILO,
        }  # fmt: skip
        fields |= {name: _unit_price(price, content, rule, notation) for name, rule in rules.items()}
    return fields


def _unit_price(price: Decimal, content: NetContent, rule: UnitPriceRule, notation: documents.Notation) -> str:
    amount = unit_price(price, content, rule, notation.digits)
    places = max(notation.digits, -int(amount.as_tuple().exponent))
    shown = documents.format_money(amount, documents.Notation(notation.currency, places, notation.zone))
    return f"{shown}/{reference_words(content.dimension, rule.per(content.dimension))}"


def _content_of(row: Any, table: UnitTable) -> NetContent | None:
    """What one base unit holds: by its own units where they are physical, else by its specification."""
    for dimension, small in _GRAMS:
        if table.has(small):
            return NetContent(dimension, table.from_base(Decimal(1), small))
    return net_content(row.spec)


def _cases(row: Any, loaded: _Loaded, units: _Units) -> dict[str, str]:
    table, codes = loaded.tables[row.id], loaded.barcodes.get(row.id, {})
    case = _case_unit(row, table, codes)
    fields = {"barcode": loaded.barcode(row), "case_barcode": "", "case_unit": "", "case_qty": "", "case_text": ""}
    if not case:
        return fields
    qty = documents.format_number(table.factor(case))
    case_name, base = units.name(case), units.name(row.base_unit)
    fields |= {
        "case_barcode": codes.get(case, ""),
        "case_unit": case_name,
        "case_qty": qty,
        "case_text": f"1 {case_name} = {qty} {base}",
    }
    return fields


def _case_unit(row: Any, table: UnitTable, codes: Mapping[str, str]) -> str:
    """The pack a case label is about: the one with a barcode, else the purchase unit, else the largest pack."""
    packs = [unit for unit in table.units() if unit != row.base_unit and table.factor(unit) > 1]
    for unit in packs:
        if unit in codes:
            return unit
    if row.purchase_unit in packs:
        return str(row.purchase_unit)
    return max(packs, key=table.factor, default="")
