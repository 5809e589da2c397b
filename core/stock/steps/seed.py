"""The first rows of a site's stock: its first place, goods in transit, the reasons of waste, the start of the chain."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from core.identity import NewSite
from db.enums import LocationKind
from db.stock import LedgerHead, Location, WasteReason

GENESIS = "0" * 64
SITE_CODE = "MAIN"
TRANSIT_CODE = "TRANSIT"
WASTE_REASONS: tuple[tuple[str, str, str, str], ...] = (
    ("expired", "过期", "Expired", "expiry"),
    ("spoiled", "变质", "Spoiled", "spoilage"),
    ("over_prepped", "备货过量", "Over-prepped", "planning"),
    ("cooking_error", "制作失误", "Cooking error", "process"),
    ("dropped", "打翻破损", "Dropped, broken", "accident"),
    ("dish_return", "顾客退菜", "Customer return", "service"),
    ("quality_fail", "质检不合格", "Quality fail", "supplier"),
    ("staff_meal", "员工餐试菜", "Staff meal, tasting", "planned_use"),
    ("other", "其他", "Other, note needed", "other"),
)


def seed_stock(sql: Connection, new: NewSite) -> None:
    """The first place carries the site's name; waste reasons are numbered 1 to 9 as the fast screen shows them."""
    for code, name, name_en, kind, order in (
        (SITE_CODE, new.name, new.name_en, LocationKind.SITE, 1),
        (TRANSIT_CODE, "在途", "In transit", LocationKind.TRANSIT, 9999),
    ):
        sql.execute(insert(Location).values(code=code, name=name, name_en=name_en, kind=kind, walk_order=order))
    for location_id in sql.execute(select(Location.id)).scalars().all():
        sql.execute(update(Location).where(Location.id == location_id).values(path=f"/{location_id}/"))
    sql.execute(
        insert(WasteReason),
        [
            {
                "code": code,
                "digit": digit,
                "name": name,
                "name_en": name_en,
                "report_group": group,
                "needs_note": code == "other",
            }
            for digit, (code, name, name_en, group) in enumerate(WASTE_REASONS, start=1)
        ],
    )
    sql.execute(insert(LedgerHead).values(id=1, posting_id=0, hash=GENESIS))
