"""What departments ask for, and suppliers are asked: requests in every state, two requests for quotation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from core import purchasing
from core.purchasing import NewAnswer, NewAnswerLine, NewRequest, NewRequestLine, NewRfq, NewRfqLine
from core.sample.buying import sure
from core.sample.tables import items
from core.sample.world import World
from core.values import round_decimal
from db.enums import SendWay

REQUESTS = (
    ("厨房 / kitchen", ("PRK-001", "GRN-001"), "", "周末团餐 / weekend group"),
    ("吧台 / bar", ("SOF-001", "ALC-002"), "submit", "周六寿宴 / birthday banquet"),
    ("厨房 / kitchen", ("SEN-004", "EGG-010"), "approve", ""),
    ("前厅 / dining room", ("SOF-008",), "reject", ""),
)
OIL = (("GRN-001", "50"), ("SEN-004", "40"), ("SOF-001", "60"))
SNACKS = (("SNK-011", "10"), ("SNK-019", "10"))
ANSWERS = ((Decimal("0.98"), "0", 3), (Decimal("0.94"), "120", 6), (Decimal("1.03"), "0", 2))


def ask_around(world: World, last: date) -> None:
    """Requests of departments, one request for quotation answered by three, one awarded."""
    world.set_clock(world.now)
    for department, codes, event, note in REQUESTS:
        _request(world, department, codes, event, note, last)
    _quotation(world, OIL, "二季度主粮油 / staples for the quarter", last)
    rfq_id = _quotation(world, SNACKS, "货架零食补货 / snacks for the shelves", last)
    office = world.crew["buyer"]
    card = office.ask(purchasing.get_rfq, rfq_id=rfq_id)
    awards = card.one_supplier or card.cheapest
    sure(office, purchasing.award_rfq, rfq_id=rfq_id, version=card.row.version, awards=awards)


def _request(world: World, department: str, codes: tuple[str, ...], event: str, note: str, last: date) -> None:
    lines = tuple(NewRequestLine(world.ids.items[code], Decimal(6)) for code in codes if code in items())
    new = NewRequest(lines, department, needed_on=last + timedelta(days=2), note=note)
    key = world.crew["kitchen"].do(purchasing.create_request, new=new, is_submitted=bool(event))
    if event == "approve":
        world.crew["manager"].do(purchasing.approve_request, purchase_request_id=key)
    elif event == "reject":
        world.crew["manager"].do(
            purchasing.reject_request, purchase_request_id=key, note="库房还有两箱 / two cases are left in the store"
        )


def _quotation(world: World, wanted: tuple[tuple[str, str], ...], title: str, last: date) -> int:
    office = world.crew["buyer"]
    known = [(code, qty) for code, qty in wanted if code in items()]
    ids = tuple(world.ids.items[code] for code, _qty in known)
    sellers = office.ask(purchasing.list_sellers, item_ids=ids)[: len(ANSWERS)]
    lines = tuple(NewRfqLine(world.ids.items[code], Decimal(qty)) for code, qty in known)
    new = NewRfq(
        lines, tuple(one.supplier_id for one in sellers), title, last + timedelta(days=5), last + timedelta(days=2)
    )
    rfq_id = office.do(purchasing.create_rfq, new=new)
    office.do(purchasing.send_rfq, rfq_id=rfq_id, version=1, way=SendWay.PHONE)
    asked = office.ask(purchasing.get_rfq, rfq_id=rfq_id).lines
    for one, (share, freight, days) in zip(sellers, ANSWERS, strict=False):
        prices = [
            NewAnswerLine(line.id, round_decimal(world.prices.of_pack(world.spec(code)) * share, 2), lead_days=days)
            for line, (code, _qty) in zip(asked, known, strict=True)
        ]
        answer = NewAnswer(
            one.supplier_id, tuple(prices), freight=Decimal(freight), deliver_on=last + timedelta(days=days)
        )
        office.do(purchasing.enter_answer, rfq_id=rfq_id, answer=answer)
    return rfq_id
