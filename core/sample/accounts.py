"""The sample's account map: the usual accounts looked at and kept, and some of its own for branches and reasons."""

from __future__ import annotations

from core import costing
from core.costing import Month
from core.sample.world import World
from db.enums import AccountUse as U

OWN = (
    (U.STOCK, "耗材", "1411", "周转材料"),
    (U.STOCK, "零售商品", "1405", "库存商品"),
    (U.USAGE, "酒水", "540103", "主营业务成本_酒水"),
    (U.USAGE, "零售商品", "540104", "主营业务成本_零售"),
    (U.USAGE, "耗材", "5601", "销售费用"),
)
REASONS = (("staff_meal", "560201", "管理费用_职工福利费"),)


def map_accounts(world: World) -> None:
    """As the accountant agreed it with who keeps the books."""
    office = world.crew["accountant"]
    for row in office.ask(costing.list_accounts):
        office.do(costing.save_account, use=row.use, code=row.code, name=row.name)
    for use, path, code, name in OWN:
        office.do(costing.save_account, use=use, key=str(world.ids.branches[path]), code=code, name=name)
    for reason, code, name in REASONS:
        office.do(costing.save_account, use=U.WASTE, key=reason, code=code, name=name)


def keep_journal(world: World, month: Month) -> None:
    """The journal of a closed month goes to the books and stays as it is."""
    world.crew["accountant"].do(costing.keep_journal, month=month.text)
