"""The sample's master data: places, suppliers, categories, units, items with their terms, policies, substitutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core import catalog, identity, stock
from core.catalog import Break, NewBarcode, NewItem, NewTerm, PackUnit
from core.identity import SiteEdit
from core.office import Office
from core.sample.commands import Sheet, add_sample_masters
from core.sample.need import policy_of
from core.sample.partners import add_contacts, sample_suppliers
from core.sample.people import SITE_NAME, SITE_NAME_EN, Crew
from core.sample.tables import ItemSpec, categories, items, rows_of, suppliers
from core.stock import NewLocation
from core.values import round_decimal
from db.enums import ApprovalSubject, LocationKind, StorageKind

ADDRESS = "四川省成都市武侯区望江路 29 号 / 29 Wangjiang Road, Chengdu"
PHONE = "028-5550 1000"
BACKUP_MARKUP = Decimal("1.04")
FOOD_TAX, GOODS_TAX = Decimal(9), Decimal(13)
GOODS = ("PKG", "DIS", "CLN", "ALC", "SOF")
OPENED_DAYS = {"蛋奶豆制品": 3, "调味品": 60, "粮油": 45}
SUBSTITUTES = (
    ("SEN-004", "SHP-009", "2", "零售装可临时顶用 / shop pack will do"),
    ("GRN-007", "GRN-008", "1", "炒菜可互换 / for stir-frying"),
    ("SEA-006", "SEA-007", "1.4", "去壳后使用 / shell first"),
    ("PRK-001", "PRK-002", "0.9", "回锅肉不适用 / not for twice-cooked pork"),
    ("VEG-001", "VEG-005", "1", ""),
    ("VEG-002", "VEG-007", "1", ""),
    ("ARO-001", "ARO-002", "0.8", ""),
    ("GRN-013", "GRN-014", "0.9", "勾芡可互换 / for thickening"),
    ("SOF-001", "SOF-002", "1", ""),
    ("SOF-007", "SOF-008", "1", ""),
    ("SEN-008", "SEN-009", "1", ""),
    ("PKG-001", "PKG-002", "1", "中号用完时 / when the medium ones run out"),
)


@dataclass(frozen=True, slots=True)
class Ids:
    """What the codes of the tables became."""

    items: Mapping[str, int]
    places: Mapping[str, int]
    suppliers: Mapping[str, int]
    branches: Mapping[str, int]


def make_masters(crew: Crew) -> Ids:
    """Fill a new site with everything but stock."""
    office = crew["administrator"]
    _settle_site(office)
    for row in rows_of("units"):
        office.do(catalog.create_unit, code=row["code"], name=row["name"], name_en=row["name_en"])
    branches = _make_categories(office)
    places = [_place(row) for row in rows_of("places")]
    partners = sample_suppliers()
    made = office.do(add_sample_masters, sheet=Sheet(places=places, suppliers=partners))
    place_ids = dict(zip((place.code for place in places), made, strict=False))
    place_ids[stock.SITE_CODE] = office.ask(stock.list_locations)[0].location_id
    supplier_ids = dict(zip(suppliers(), made[len(places) :], strict=True))
    add_contacts(office, supplier_ids, office.clock.now().date())
    new = [_item(spec, branches, supplier_ids) for spec in items().values()]
    item_ids = dict(zip(items(), office.do(add_sample_masters, sheet=Sheet(items=new)), strict=True))
    for one, other, factor, note in SUBSTITUTES:
        office.do(
            catalog.add_substitute,
            item_id=item_ids[one],
            substitute_id=item_ids[other],
            factor=Decimal(factor),
            note=note,
        )
    return Ids(item_ids, place_ids, supplier_ids, branches)


def set_limits(crew: Crew) -> None:
    """Above these amounts the manager approves."""
    office = crew["administrator"]
    manager = identity.BUILT_IN_ROLES["manager"][0]
    role_id = next(row.role_id for row in office.ask(identity.list_roles) if row.name == manager)
    for subject, limit in ((ApprovalSubject.WRITE_OFF, Decimal(500)), (ApprovalSubject.COUNT_VARIANCE, Decimal(800))):
        office.do(identity.set_approval_rule, subject=subject, limit_amount=limit, role_id=role_id)


def _settle_site(office: Office) -> None:
    card = office.ask(identity.get_site)
    old = card.settings
    new = SiteEdit(
        SITE_NAME, SITE_NAME_EN, ADDRESS, PHONE, old.currency, old.zone, old.language, old.day_start_hour,
        old.lock_minutes,
    )  # fmt: skip
    office.do(identity.update_site, version=card.version, new=new)


def _make_categories(office: Office) -> dict[str, int]:
    made: dict[str, int] = {}
    for path, spec in categories().items():
        above, _sep, name = path.rpartition("/")
        made[path] = office.do(
            catalog.create_category,
            name=name,
            name_en=spec.name_en,
            parent_id=made.get(above),
            code_prefix=spec.prefix,
        )
    return made


def _place(row: dict[str, str]) -> NewLocation:
    return NewLocation(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        parent="" if row["parent"] == stock.SITE_CODE else row["parent"],
        kind=LocationKind(row["kind"]),
        storage_kind=StorageKind(row["storage"]) if row["storage"] else None,
        walk_order=int(row["walk"]),
        distance=int(row["distance"]),
    )


def _item(spec: ItemSpec, branches: Mapping[str, int], partners: Mapping[str, int]) -> NewItem:
    return NewItem(
        code=spec.code, name=spec.name, name_en=spec.name_en, aliases=spec.aliases, spec=spec.spec, brand=spec.brand, origin=spec.origin,
        category_id=branches[spec.category], base_unit=spec.unit, purchase_unit=spec.buy, storage_kind=spec.storage,
        shelf_life_days=spec.life, opened_life_days=OPENED_DAYS.get(spec.category.rpartition("/")[2]),
        allergens=spec.allergens, tax_rate=GOODS_TAX if spec.code[:3] in GOODS else FOOD_TAX, sale_price=spec.sale,
        cost_method=spec.method, standard_cost=spec.standard, lot_tracked=spec.lot_tracked, note=spec.note,
        pack_units=tuple(PackUnit(unit, factor) for unit, factor in spec.packs), barcodes=_barcodes(spec),
        terms=_terms(spec, partners), policy=policy_of(spec),
    )  # fmt: skip


def _barcodes(spec: ItemSpec) -> tuple[NewBarcode, ...]:
    """Pieces carry the code printed on them, cases the one of fourteen digits that begins with 1."""
    if not spec.barcode:
        return ()
    digits = "1" + spec.barcode[:12]
    case = NewBarcode(digits + catalog.check_digit(digits), unit="箱")
    return (NewBarcode(spec.barcode), case)


def _terms(spec: ItemSpec, partners: Mapping[str, int]) -> tuple[NewTerm, ...]:
    if not spec.supplier:
        return ()
    price = round_decimal(Decimal(f"{spec.price * float(spec.pack):.6f}"), 2)
    named = f"{spec.supplier[2:]}{spec.code.replace('-', '')}"
    main = _term(spec, partners[spec.supplier], price, 1, named)
    if not spec.backup:
        return (main,)
    return (main, _term(spec, partners[spec.backup], round_decimal(price * BACKUP_MARKUP, 2), 2, ""))


def _term(spec: ItemSpec, supplier_id: int, price: Decimal, rank: int, named: str) -> NewTerm:
    is_pack = spec.buy != spec.unit
    many = Decimal(5) if is_pack else Decimal(20)
    lead = next(
        one.lead_days for code, one in suppliers().items() if code == (spec.supplier if rank == 1 else spec.backup)
    )
    return NewTerm(
        supplier_id,
        supplier_code=named,
        unit=spec.buy,
        price=price,
        lead_days=lead,
        minimum_qty=Decimal(1),
        multiple_qty=Decimal(1) if is_pack else None,
        rank=rank,
        breaks=(Break(many, round_decimal(price * Decimal("0.97"), 2)),) if is_pack and rank == 1 else (),
    )
