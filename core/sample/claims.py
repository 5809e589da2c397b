"""Money the staff laid out: claims in every state, with pictures of their receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core import expenses
from core.costing import Month
from core.expenses import NewExpense, NewExpenseLine, NewReceipt
from core.sample.buying import sure
from core.sample.receipts import draw_receipt
from core.sample.world import World
from db.enums import RepayWay

CLAIMED_AT, DECIDED_AT = (17, 30), (17, 45)
DECIDED_BY = "accountant"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: who, what for, and what became of it, each step so many days before the end. `lines` are kind, amount, tax,
    shop, document, note."""

    left: int
    by: str
    purpose: str
    lines: tuple[tuple[str, str, str, str, str, str], ...]
    steps: tuple[tuple[int, str], ...] = ()


RIDE = ("市内交通费", "46.50", "0", "出租车 / taxi", "", "去早市看货 / to the early market")
PAPER = ("办公用品", "89.90", "10.34", "晨光文具 M&G Stationery", "0038817", "热敏纸两盒 / two boxes of till rolls")
CLAIMS = (
    Claim(40, "manager", "市烹饪协会培训 / training of the chefs' association",
          (("差旅费", "553.00", "45.66", "铁路 12306", "E2207-1143", "往返高铁 / train there and back"),
           ("培训费", "380.00", "21.51", "成都市烹饪协会", "2026-118", "")), ((38, "approve"), (35, "pay"))),
    Claim(24, "operator", "寄发票给供应商 / invoices sent to suppliers",
          (("快递运输费", "38.00", "2.15", "顺丰速运 SF Express", "SF1420881", ""),), ((23, "approve"), (20, "pay"))),
    Claim(17, "storekeeper", "早市看货 / a look at the early market",
          (RIDE, ("零星采购", "62.00", "0", "青石桥市场", "", "急补小葱、香菜 / spring onion, coriander")), ((15, "approve"),)),
    Claim(11, "kitchen", "试菜用香料 / spices for a trial",
          (("零星采购", "126.80", "0", "荷花池干货行", "", "藤椒、香茅 / green pepper, lemongrass"),), ((10, "refuse"),)),
    Claim(9, "storekeeper", "停车费 / parking", (("其他", "15.00", "0", "青石桥停车场", "", ""),), ((8, "withdraw"),)),
    Claim(6, "buyer", "供应商来访 / a supplier's visit",
          (("业务招待费", "268.00", "0", "望江茶楼", "0019023", "三人 / three people"),)),
    Claim(5, "operator", "收银纸 / till rolls", (PAPER,)),
    Claim(4, "storekeeper", "收银纸 / till rolls", (PAPER,)),
    Claim(1, "kitchen", "换刀 / a knife",
          (("零星采购", "158.00", "0", "十八子作厨刀", "", "片刀一把 / one slicing knife"),), ((0, "draft"),)),
)  # fmt: skip
LAST_MONTH = Claim(
    0, "buyer", "询价电话 / calls to suppliers", (("通讯费", "96.00", "5.43", "中国移动 China Mobile", "", ""),)
)
WHY_REFUSED = "请走采购申请，下次先问 / please ask for a purchase first"


def claim_in_time(world: World, day: date) -> None:
    """What is claimed and decided on a day. One claim of last month nobody has decided on."""
    left = (world.last - day).days
    for one in CLAIMS:
        if one.left == left:
            _claim(world, one, day)
        for at, step in one.steps:
            if at == left and step != "draft":
                _decide(world, one, step, day)
    if day == Month.of(world.last).before.last:
        _claim(world, LAST_MONTH, day)


def _claim(world: World, claim: Claim, day: date) -> None:
    moment = world.moment(day, *CLAIMED_AT)
    if not world.is_past(moment):
        return
    world.set_clock(moment)
    office = world.crew[claim.by]
    kinds = {row.name.zh: row.id for row in office.ask(expenses.list_expense_kinds)}
    lines = tuple(_line(one, kinds, day) for one in claim.lines)
    is_draft = (0, "draft") in claim.steps
    sure(office, expenses.create_expense, new=NewExpense(lines, claim.purpose), is_submitted=not is_draft)


def _line(line: Sequence[str], kinds: dict[str, int], day: date) -> NewExpenseLine:
    kind, amount, tax, shop, document, note = line
    picture = NewReceipt(f"{day:%m%d}-{amount}.jpg", draw_receipt(shop, day, kind, amount, document))
    return NewExpenseLine(day, kinds[kind], Decimal(amount), Decimal(tax), shop, document, note, receipts=(picture,))


def _decide(world: World, claim: Claim, step: str, day: date) -> None:
    moment = world.moment(day, *DECIDED_AT)
    if not world.is_past(moment):
        return
    own = world.crew[claim.by]
    row = next((one for one in own.ask(expenses.list_expenses) if one.is_own and one.purpose == claim.purpose), None)
    if row is None:
        return
    world.set_clock(moment)
    office = world.crew[DECIDED_BY]
    if step == "approve":
        sure(office, expenses.approve_expense, expense_id=row.id)
    elif step == "refuse":
        office.do(expenses.refuse_expense, expense_id=row.id, note=WHY_REFUSED)
    elif step == "pay":
        office.do(expenses.pay_expense, expense_id=row.id, paid_on=day, way=RepayWay.TRANSFER)
    else:
        own.do(expenses.withdraw_expense, expense_id=row.id)
