"""What does not happen every day: a wrong price reversed, goods sent back, freight, a late receipt, a special offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from core import purchasing, stock
from core.purchasing import NewReturnLine
from core.sample.buying import is_bought, sure
from core.sample.deliveries import delivery, keep
from core.sample.losses import late_slip
from core.sample.shelf import Piece
from core.sample.world import Arrival, World
from core.stock import NewLine, NewPosting
from core.values import round_decimal
from db.enums import ClaimKind
from db.enums import PostingKind as K

Incident = Callable[[World, date], None]
Plan = Mapping[int, Incident]
RETURNED_SHARE = Decimal("0.25")
BAD_QUALITY = "到货质量不符，退回 / quality not as ordered"
OFFER, OFFER_QTY, OFFER_LIFE = "EGG-010", Decimal(9), 7


def wrong_price(world: World, day: date) -> None:
    """A price with one digit too many, seen an hour later: reversed, and entered again as it should be."""
    spec = world.spec("SEN-004")
    posting, pieces = delivery(world, spec.supplier, [(spec, Decimal(2))], day)
    moment = world.moment(day, 10, 50)
    right = posting.lines[0]
    cost = right.unit_cost or Decimal(0)
    wrong = _with_price(posting, right, cost * 10)
    posted = world.post("operator", moment, [_at(wrong, moment)])
    world.set_clock(world.moment(day, 10, 55))
    world.crew["operator"].do(
        stock.reverse_posting, posting_id=posted[0], note="单价多打了一个 0 / one zero too many in the price"
    )
    again = world.moment(day, 10, 58)
    posted = world.post("operator", again, [_at(_with_price(posting, right, cost), again)])
    for code, piece in pieces:
        keep(world, posted[0], spec.supplier, code, piece, day)


def _with_price(posting: NewPosting, line: NewLine, cost: Decimal) -> NewPosting:
    fresh = NewLine(
        line.item_id, line.qty, line.unit, line.location_id, lot=line.lot, expires_on=line.expires_on, unit_cost=cost
    )
    document = f"{posting.document}-2"
    return NewPosting(K.RECEIPT, (fresh,), posting.at, posting.supplier_id, document, note=posting.note)


def _at(posting: NewPosting, moment: datetime) -> NewPosting:
    return NewPosting(posting.kind, posting.lines, moment, posting.supplier_id, posting.document, note=posting.note)


def send_back(world: World, day: date) -> None:
    """Part of this morning's delivery goes back: the storekeeper found it only when putting it away."""
    arrival = _arrival(world, day, ("S-01", "S-02", "S-03"))
    moment = world.moment(day, 10, 52)
    if arrival is None or not world.is_past(moment):
        return
    spec = world.spec(arrival.code)
    step = Decimal(1) if spec.is_counted else Decimal("0.1")
    qty = max((arrival.qty * RETURNED_SHARE / step).quantize(Decimal(1)) * step, step)
    world.set_clock(moment)
    supplier_id, document = world.ids.suppliers[arrival.supplier], f"TH-{day:%y%m%d}"
    dock, entry_id, note = world.crew["storekeeper"], _entry_of(world, arrival), BAD_QUALITY
    if is_bought(world, day):
        back = NewReturnLine(qty, entry_id=entry_id, unit=spec.unit, reason=ClaimKind.QUALITY)
        sure(dock, purchasing.return_delivery, lines=(back,), supplier_id=supplier_id, document=document, note=note)
    else:
        line = world.line(arrival.code, arrival.place, Piece(arrival.lot, None, qty), link_id=entry_id)
        dock.do(stock.return_to_supplier, lines=(line,), supplier_id=supplier_id, document=document, note=note)
    world.shelf.take_lot(arrival.code, arrival.place, arrival.lot, qty)


def pay_freight(world: World, day: date) -> None:
    """Cold-chain freight of today's fish, or of whatever came today, from a later bill."""
    arrival = _arrival(world, day, ("S-03", "S-08", "S-05", "S-01"))
    moment = world.moment(day, 16, 10)
    if arrival is None or not world.is_past(moment):
        return
    world.set_clock(moment)
    world.crew["operator"].do(
        stock.add_landed_cost,
        receipt_id=arrival.posting_id,
        amount=Decimal(world.chance.choice((45, 60, 80))),
        document=f"YF-{day:%y%m%d}",
        note="冷链运费 / cold-chain freight",
    )


def come_late(world: World, day: date) -> None:
    """A delivery of yesterday afternoon, entered this morning with its own time."""
    spec = world.spec("SOF-008")
    posting, pieces = delivery(world, spec.supplier, [(spec, Decimal(3))], day - timedelta(days=1))
    late = NewPosting(
        K.RECEIPT,
        posting.lines,
        world.moment(day - timedelta(days=1), 17, 20),
        posting.supplier_id,
        f"{posting.document}-3",
        note="昨天下午到货，今天补录 / came yesterday afternoon",
    )
    typed = world.moment(day, 9, 5)
    if world.is_past(typed):
        posted = world.post("storekeeper", typed, [late])
        for code, piece in pieces:
            keep(world, posted[0], spec.supplier, code, piece, day)


def take_offer(world: World, day: date) -> None:
    """Yogurt close to its date, half price, and too much of it."""
    spec = world.spec(OFFER)
    lot, expires_on = f"{day:%y%m%d}-TJ", day + timedelta(days=OFFER_LIFE)
    value = round_decimal(OFFER_QTY * Decimal(str(spec.price)) / 2, 2)
    line = NewLine(
        world.ids.items[OFFER],
        OFFER_QTY,
        location_id=world.ids.places[spec.home],
        lot=lot,
        expires_on=expires_on,
        value=value,
    )
    moment = world.moment(day, 10, 53)
    posting = NewPosting(
        K.RECEIPT,
        (line,),
        moment,
        world.ids.suppliers[spec.backup],
        f"TJ-{day:%y%m%d}",
        note="临期特价 / special offer",
    )
    if world.is_past(moment):
        posted = world.post("storekeeper", moment, [posting])
        keep(world, posted[0], spec.backup, OFFER, Piece(lot, expires_on, OFFER_QTY), day)


def take_back(world: World, day: date) -> None:
    """A guest brings back something from the shop that was never opened."""
    code = world.chance.choice(("SHP-001", "SNK-011", "SNK-015", "SHP-006"))
    spec, moment = world.spec(code), world.moment(day, 20, 15)
    if not world.is_past(moment):
        return
    place = spec.fronts["R"]
    world.set_clock(moment)
    world.crew["operator"].do(
        stock.return_from_customer,
        lines=(world.line(code, place, Piece("", None, Decimal(1))),),
        document=f"XT-{day:%y%m%d}",
        note="未拆封，顾客退回 / unopened, brought back",
    )
    world.shelf.put(code, place, Piece("", None, Decimal(1)))


def find_again(world: World, day: date) -> None:
    """A bag that stood behind others turns up."""
    _adjust(world, day, "SEN-001", Decimal("0.4"), "清理货架时发现一袋 / a bag found behind the others")


def lend(world: World, day: date) -> None:
    """Napkins for the neighbour, who had none left."""
    _adjust(world, day, "DIS-001", Decimal(-10), "借给隔壁咖啡馆 / lent to the café next door")


def _adjust(world: World, day: date, code: str, qty: Decimal, note: str) -> None:
    moment, place = world.moment(day, 16, 40), world.spec(code).home
    have = world.shelf.usable(code, place, day)
    if not world.is_past(moment) or have + qty < 0:
        return
    world.set_clock(moment)
    line = world.line(code, place, Piece("", None, qty))
    world.crew["storekeeper"].do(stock.adjust_stock, lines=(line,), note=note)
    if qty > 0:
        world.shelf.put(code, place, Piece("", None, qty))
    else:
        world.shelf.take(code, place, -qty, day)


def _arrival(world: World, day: date, preferred: tuple[str, ...]) -> Arrival | None:
    today = [one for one in world.arrivals if one.day == day]
    for supplier in preferred:
        found = [one for one in today if one.supplier == supplier and one.qty >= 2]
        if found:
            return max(found, key=lambda one: world.spec(one.code).price)
    return None


def _entry_of(world: World, arrival: Arrival) -> int:
    card = world.crew["storekeeper"].ask(stock.get_posting, posting_id=arrival.posting_id)
    item_id = world.ids.items[arrival.code]
    return next(line.entry_id for line in card.lines if line.item_id == item_id)


# Days before the end, and what happened then; `early` is before the day's deliveries, the rest after them.
EARLY: Plan = {26: late_slip, 55: late_slip, 81: late_slip, 18: come_late, 47: come_late}
LATER: Plan = {
    40: wrong_price,
    9: take_offer,
    5: send_back,
    21: send_back,
    44: send_back,
    67: send_back,
    3: pay_freight,
    17: pay_freight,
    38: pay_freight,
    62: pay_freight,
    85: pay_freight,
}
EVENING: Plan = {13: find_again, 29: lend, 7: take_back, 19: take_back, 34: take_back, 51: take_back, 73: take_back}
