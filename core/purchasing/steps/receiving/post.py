"""Receiving deliveries: all of a batch at one desk, all or none, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core import documents, stock
from core.errors import CoreError, InvalidInput, Rejected
from core.i18n import Text, _, _n
from core.purchasing.steps.orders import after_delivery
from core.purchasing.steps.receiving.checks import Resolved, ask_all, check_reasons
from core.purchasing.steps.receiving.claiming import claim_for
from core.purchasing.steps.receiving.facts import Facts, load_facts
from core.purchasing.steps.receiving.lines import resolve
from core.purchasing.steps.receiving.places import put_away
from core.purchasing.steps.receiving.questions import Questions
from core.purchasing.steps.receiving.write import Received, hold_lots, keep_prices, learn_codes, write_receipts
from core.purchasing.types.arrivals import Arrived, Terms
from core.purchasing.types.receipts import Delivery, NewDelivery
from core.purchasing.types.states import LineProgress
from core.stock import NewLine, NewPosting
from core.uow import UnitOfWork
from db.enums import InspectionState, OrderState, PostingKind

PREFIX = "RC"


@dataclass(slots=True)
class _Made:
    """One delivery on its way into the books."""

    new: NewDelivery
    terms: Terms
    arrived: list[Arrived]
    posting_id: int | None = None
    number: str = ""

    @property
    def kept(self) -> list[Arrived]:
        return [one for one in self.arrived if one.qty]


def receive(uow: UnitOfWork, delivery: NewDelivery) -> Delivery:
    """Receive one delivery. Raises CoreError with the row, NeedsConfirmation for what is worth a question.

    The end of the ledger is locked first, so that what others received is seen.
    """
    desk, questions = stock.Desk(uow), Questions()
    facts = _facts(uow, desk, [delivery])
    terms, arrived = resolve(uow, facts, delivery, questions)
    jumps = ask_all(uow, facts, Resolved(delivery, terms, arrived), questions)
    questions.ask(uow)
    check_reasons(jumps)
    return _received(uow, desk, facts, [_Made(delivery, terms, arrived)])[0]


def bring_in_deliveries(
    uow: UnitOfWork, deliveries: Sequence[NewDelivery]
) -> tuple[list[Delivery], list[tuple[str, Text]]]:
    """Receive many deliveries in order, all or none, in a number of statements that does not grow with their lines; and
    what is worth a question about them, to be asked before it is kept. Raises Rejected with an error for each wrong row
    (the lines' own `row`), CoreError for what is wrong as a whole."""
    desk, questions = stock.Desk(uow), Questions(faults=[])
    facts = _facts(uow, desk, deliveries)
    made = []
    for delivery in deliveries:
        row = (delivery.lines[0].row or 1) if delivery.lines else 1
        try:
            terms, arrived = resolve(uow, facts, delivery, questions)
            jumps = ask_all(uow, facts, Resolved(delivery, terms, arrived), questions)
        except CoreError as fault:
            questions.refuse(fault, row)
            continue
        _ask_about_jumps(jumps, questions)
        made.append(_Made(delivery, terms, arrived))
    faults = questions.faults or []
    if faults:
        raise Rejected(
            _n("{n} row is wrong. Nothing was saved.", "{n} rows are wrong. Nothing was saved.", len(faults)),
            tuple(faults),
        )
    asked = [(key, text) for key, _about, text in questions.told()]
    return _received(uow, desk, facts, made), asked


def _ask_about_jumps(jumps: Sequence[Arrived], questions: Questions) -> None:
    for one in jumps:
        if not one.new.price_reason.strip():
            questions.add("price_jump", "price", _("the price moved by more than the limit"), one)


def _facts(uow: UnitOfWork, desk: stock.Desk, deliveries: Sequence[NewDelivery]) -> Facts:
    facts = load_facts(uow, deliveries, is_locked=True)
    desk.facts.items.update(facts.known)
    desk.facts.units.update(facts.units)
    return facts


def _received(uow: UnitOfWork, desk: stock.Desk, facts: Facts, made: Sequence[_Made]) -> list[Delivery]:
    _put_away(uow, made)
    _post(uow, desk, made)
    return _written(uow, facts, made)


def _put_away(uow: UnitOfWork, made: Sequence[_Made]) -> None:
    """Every line gets its place: the one typed, the order's, the item's; the site's first is the ledger's own choice."""
    homeless = []
    for one in made:
        for line in one.arrived:
            line.location_id = line.new.location_id or (line.awaited.order.location_id if line.awaited else 0)
            if not line.location_id and line.is_kept:
                homeless.append(line)
    places = put_away(uow, {line.item.id for line in homeless}) if homeless else {}
    for line in homeless:
        line.location_id = places.get(line.item.id, 0)


def _post(uow: UnitOfWork, desk: stock.Desk, made: Sequence[_Made]) -> None:
    """Post what was taken in, and give every delivery its number."""
    postings = [(one, _posting(uow, one)) for one in made if one.kept]
    if postings:
        desk.prepare([posting for _one, posting in postings])
    for one, posting in postings:
        _check_expiry(desk, one)
        one.posting_id = desk.post(posting)
        entries = (line for line in desk.lines_of(one.posting_id) if line.kind is PostingKind.RECEIPT)
        for line, entry in zip(one.kept, entries, strict=True):
            line.entry_id, line.location_id, line.lot_id = entry.entry_id, entry.location_id, entry.lot_id
            line.expires_on = desk.facts.lots[entry.lot_id].expires_on if entry.lot_id else line.expires_on
    numbers = {posted.posting_id: posted.number for posted in desk.close()}
    for one in made:
        if one.posting_id is not None:
            one.number = numbers[one.posting_id]
        else:
            one.number = documents.next_number(uow, PREFIX, uow.now)


def _posting(uow: UnitOfWork, made: _Made) -> NewPosting:
    lines = []
    for number, one in enumerate(made.arrived, start=1):
        if not one.qty:
            continue
        if one.new.inspection is InspectionState.QUARANTINE and not one.new.lot:
            one.new = replace(one.new, lot=f"~{uow.request_id[:40]}~{id(made) % 10_000}~{number}")
        lines.append(
            NewLine(
                one.item.id, one.new.qty, one.unit, one.location_id or None, lot=one.new.lot.strip(),
                expires_on=one.expires_on, produced_on=one.new.produced_on, value=uow.money(one.accrued),
                note=one.new.note, row=one.row,
            )
        )  # fmt: skip
    new = made.new
    return NewPosting(
        PostingKind.RECEIPT, tuple(lines), new.at, new.supplier_id, new.document.strip(), note=new.note.strip()
    )


def _check_expiry(desk: stock.Desk, made: _Made) -> None:
    """Perishable goods kept by lot have an expiry date: typed now, or known of the lot. Raises InvalidInput."""
    for one in made.kept:
        is_dated = one.expires_on is not None or one.item.shelf_life_days is None
        if not one.item.lot_tracked or is_dated or one.new.inspection is InspectionState.QUARANTINE:
            continue
        lot = desk.facts.lots_by_number.get((one.item.id, one.new.lot.strip()))
        if one.new.lot.strip() and (lot is None or lot.expires_on is None):
            raise InvalidInput(
                _("{item} perishes: when does this lot expire?", item=one.item.name), field="expires_on", row=one.row
            )


def _written(uow: UnitOfWork, facts: Facts, made: Sequence[_Made]) -> list[Delivery]:
    """What purchasing keeps of them, their orders' states, prices and codes learned, claims."""
    received = [Received(one.new, one.terms, one.arrived, one.posting_id, one.number) for one in made]
    receipt_ids = write_receipts(uow, facts, received)
    hold_lots(uow, received)
    keep_prices(uow, received)
    learn_codes(uow, received)
    states = _order_states(uow, facts, made)
    done = []
    for one, receipt_id in zip(received, receipt_ids, strict=True):
        mine = dict.fromkeys(line.awaited.order.id for line in one.arrived if line.awaited is not None)
        claim_id = claim_for(uow, one, receipt_id) if one.new.claim else None
        value = uow.money(sum(line.accrued for line in one.arrived if line.qty))
        orders = tuple((order_id, states[order_id]) for order_id in mine)
        done.append(Delivery(receipt_id, one.posting_id, one.number, len(one.arrived), value, claim_id, orders))
    return done


def _order_states(uow: UnitOfWork, facts: Facts, made: Sequence[_Made]) -> dict[int, OrderState]:
    """Where the orders stand that goods came for, from their lines as they were counted."""
    touched = {line.awaited.order.id for one in made for line in one.arrived if line.awaited is not None}
    if not touched:
        return {}
    progress: dict[int, list[LineProgress]] = {order_id: [] for order_id in touched}
    for line in facts.lines.values():
        if line.order.id in touched:
            came = LineProgress(Decimal(line.ordered), Decimal(line.received), line.is_closed)  # in millionths, both
            progress[line.order.id].append(came)
    return after_delivery(uow, touched, progress)
