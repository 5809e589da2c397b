"""What a person can do with requests for quotation: ask, enter answers, award."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from core import catalog, documents
from core.catalog import SupplierDeal
from core.currencies import check_currency
from core.errors import CoreError, InvalidInput, NotFound, Refused
from core.i18n import Language, _
from core.purchasing.rules.comparison import price_with_tax
from core.purchasing.rules.orders import check_rate
from core.purchasing.rules.states import RFQ, can
from core.purchasing.rules.taxes import check_rate as check_tax_rate
from core.purchasing.steps.orders import create_orders
from core.purchasing.steps.orders.market import Market, check_orderable, load_market
from core.purchasing.steps.quotations import A, L, R, S, asked_lines, held_rfq, move_rfq, stored_lines
from core.purchasing.types.orders import NewOrder, NewOrderLine
from core.purchasing.types.quotations import Award, NewAnswer, NewAnswerLine, NewRfq
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission, RfqState

PREFIX = "RQ"
MOST_SUPPLIERS = 20


@command(Permission.PURCHASE_ORDER)
def create_rfq(uow: UnitOfWork, *, new: NewRfq) -> int:
    """Make a request for quotation.

    Items and quantities for several suppliers; nothing is sent yet. Answers its id. Raises InvalidInput, NotFound with the
    row, Refused for a blocked supplier.
    """
    lines = asked_lines(uow, new.lines)
    market = load_market(uow, new.supplier_ids, [line.item_id for line in new.lines])
    number = documents.next_number(uow, PREFIX, uow.now)
    values = {
        "number": number, "state": str(RfqState.DRAFT), "person_id": uow.actor.person_id, "created_at": uow.now, **_head(new),
    }  # fmt: skip
    rfq_id = int(uow.sql.execute(insert(R).values(**values).returning(R.c.id)).scalar_one())
    uow.sql.execute(insert(L), [{**line, "rfq_id": rfq_id} for line in lines])
    _add_suppliers(uow, rfq_id, new.supplier_ids, market)
    uow.note(number=number)
    return rfq_id


@command(Permission.PURCHASE_ORDER)
def update_rfq(uow: UnitOfWork, *, rfq_id: int, version: int, new: NewRfq) -> int:
    """Change a request for quotation.

    While it was not sent; afterwards only more suppliers can be asked. Answers the new version. Raises Refused, Conflict,
    InvalidInput, NotFound.
    """
    row = held_rfq(uow, rfq_id, version)
    market = load_market(uow, new.supplier_ids, [line.item_id for line in new.lines])
    if row.state != RfqState.DRAFT:
        if not can(RFQ, RfqState(row.state), Event.ANSWER) and row.state != RfqState.SENT:
            raise Refused(_("{number} is closed. Make a new request.", number=row.number))
        asked = set(uow.sql.execute(select(S.c.supplier_id).where(S.c.rfq_id == rfq_id)).scalars())
        _add_suppliers(uow, rfq_id, [key for key in new.supplier_ids if key not in asked], market)
    else:
        lines = asked_lines(uow, new.lines)
        uow.sql.execute(delete(L).where(L.c.rfq_id == rfq_id))
        uow.sql.execute(delete(S).where(S.c.rfq_id == rfq_id))
        uow.sql.execute(insert(L), [{**line, "rfq_id": rfq_id} for line in lines])
        _add_suppliers(uow, rfq_id, new.supplier_ids, market)
    values = _head(new) if row.state == RfqState.DRAFT else {}
    uow.sql.execute(update(R).where(R.c.id == rfq_id).values(**values, version=version + 1))
    return version + 1


def _head(new: NewRfq) -> dict[str, object]:
    return {
        "title": new.title.strip()[:120],
        "needed_on": new.needed_on,
        "answer_by": new.answer_by,
        "note": new.note.strip()[:400],
    }


def _add_suppliers(uow: UnitOfWork, rfq_id: int, supplier_ids: Sequence[int], market: Market) -> None:
    wanted = list(dict.fromkeys(supplier_ids))
    if len(wanted) > MOST_SUPPLIERS:
        raise InvalidInput(_("At most {n} suppliers are asked at once.", n=MOST_SUPPLIERS), field="suppliers")
    rows = []
    for supplier_id in wanted:
        deal = market.supplier(supplier_id)
        check_orderable(deal)
        rows.append(
            {
                "rfq_id": rfq_id, "supplier_id": supplier_id, "currency": deal.currency,
                "rate": market.rates.get(deal.currency, 1), "is_tax_incl": deal.prices_incl_tax, "is_declined": False,
                "freight": 0, "note": "",
            }
        )  # fmt: skip
    if rows:
        uow.sql.execute(insert(S), rows)


@command(Permission.PURCHASE_ORDER)
def enter_answer(uow: UnitOfWork, *, rfq_id: int, answer: NewAnswer) -> int:
    """Enter a supplier's quotation.

    Prices by line, freight, delivery day; or that the supplier declined. Entered again it takes the place of the earlier
    one. Answers the request's new version. Raises Refused when it was not sent or is closed, InvalidInput with the row.
    """
    row = held_rfq(uow, rfq_id)
    asked = uow.sql.execute(select(S).where(S.c.rfq_id == rfq_id, S.c.supplier_id == answer.supplier_id)).first()
    if asked is None:
        raise NotFound(_("This supplier was not asked. Add the supplier to the request first."), field="supplier")
    lines = {line.id: line for line in stored_lines(uow, rfq_id)}
    market = load_market(uow, [answer.supplier_id], [line.item_id for line in lines.values()], [answer.currency])
    head = _answer_head(uow, answer, market)
    rows = [] if answer.is_declined else _answer_lines(answer, lines, market)
    if not rows and not answer.is_declined:
        raise InvalidInput(_("Enter at least one price, or say that the supplier declined."), field="lines")
    version = move_rfq(uow, row, Event.ANSWER)
    uow.sql.execute(update(S).where(S.c.id == asked.id).values(**head, answered_at=uow.now))
    uow.sql.execute(delete(A).where(A.c.rfq_supplier_id == asked.id))
    if rows:
        uow.sql.execute(insert(A), [{**one, "rfq_supplier_id": asked.id} for one in rows])
    return version


def _answer_head(uow: UnitOfWork, answer: NewAnswer, market: Market) -> dict[str, Any]:
    deal = market.suppliers[answer.supplier_id]
    currency = check_currency(answer.currency or deal.currency)
    rate = answer.rate if answer.rate is not None else market.rate(currency, uow.site.currency)
    check_rate(rate, currency, uow.site.currency)
    if answer.freight < 0:
        raise InvalidInput(_("Freight cannot be below zero."), field="freight")
    return {
        "is_declined": answer.is_declined,
        "currency": currency,
        "rate": rate,
        "is_tax_incl": deal.prices_incl_tax if answer.is_tax_incl is None else answer.is_tax_incl,
        "freight": answer.freight,
        "deliver_on": answer.deliver_on,
        "valid_until": answer.valid_until,
        "note": answer.note.strip()[:400],
    }


def _answer_lines(answer: NewAnswer, lines: dict[int, Any], market: Market) -> list[dict[str, Any]]:
    found = []
    for number, given in enumerate(answer.lines, start=1):
        try:
            if given.line_id not in lines:
                raise NotFound(_("This line was not asked for."), field="line")
            if given.price is not None:
                found.append(_answer_line(given, lines[given.line_id], answer.supplier_id, market))
        except CoreError as fault:
            raise fault.in_row(number) from None
    return found


def _answer_line(given: NewAnswerLine, line: Any, supplier_id: int, market: Market) -> dict[str, Any]:
    if given.price is not None and given.price < 0:
        raise InvalidInput(_("A price cannot be below zero."), field="price")
    if given.minimum_qty is not None and given.minimum_qty < 0:
        raise InvalidInput(_("The quantity must be above zero."), field="minimum_qty")
    table = market.units[line.item_id]
    unit = table.unit(given.unit or line.unit)
    tax_rate = market.tax_rate(line.item_id, supplier_id) if given.tax_rate is None else given.tax_rate
    check_tax_rate(tax_rate)
    return {
        "rfq_line_id": line.id, "price": given.price, "unit": unit, "factor": table.factor(unit), "tax_rate": tax_rate,
        "minimum_qty": given.minimum_qty, "lead_days": given.lead_days, "supplier_code": given.supplier_code.strip()[:60],
        "note": given.note.strip()[:200], "awarded_qty": 0, "order_line_id": None,
    }  # fmt: skip


@command(Permission.PURCHASE_ORDER)
def award_rfq(uow: UnitOfWork, *, rfq_id: int, version: int, awards: tuple[Award, ...]) -> tuple[int, ...]:
    """Award a request for quotation.

    Each chosen supplier gets a draft order at the prices of its answer. Answers the orders. Raises Refused, Conflict,
    InvalidInput when more than the whole of a line is awarded, or to somebody who did not offer it.
    """
    row = held_rfq(uow, rfq_id, version)
    if not awards:
        raise InvalidInput(_("Choose who gets what."), field="awards")
    lines = {line.id: line for line in stored_lines(uow, rfq_id)}
    suppliers = {one.supplier_id: one for one in uow.sql.execute(select(S).where(S.c.rfq_id == rfq_id))}
    offers = {
        (one.rfq_supplier_id, one.rfq_line_id): one
        for one in uow.sql.execute(select(A).where(A.c.rfq_supplier_id.in_([one.id for one in suppliers.values()])))
    }
    _check_awards(awards, lines, suppliers, offers)
    move_rfq(uow, row, Event.AWARD)
    by_supplier: dict[int, list[Award]] = defaultdict(list)
    for award in awards:
        by_supplier[award.supplier_id].append(award)
    deals = catalog.load_suppliers(uow, list(by_supplier))
    orders = [
        _order_of(uow, row, (suppliers[key], deals[key]), own, (lines, offers)) for key, own in by_supplier.items()
    ]
    made = create_orders(uow, orders)
    for award in awards:
        offer = offers[suppliers[award.supplier_id].id, award.line_id]
        uow.sql.execute(update(A).where(A.c.id == offer.id).values(awarded_qty=award.qty))
    return tuple(made)


def _check_awards(awards: Sequence[Award], lines: dict[int, Any], suppliers: dict[int, Any], offers: Any) -> None:
    given: dict[int, Any] = defaultdict(int)
    for number, award in enumerate(awards, start=1):
        asked = suppliers.get(award.supplier_id)
        line = lines.get(award.line_id)
        if asked is None or line is None or (asked.id, award.line_id) not in offers:
            raise InvalidInput(_("This supplier did not offer it. Choose another."), field="supplier", row=number)
        given[award.line_id] += award.qty
        if award.qty <= 0:
            raise InvalidInput(_("The quantity must be above zero."), field="qty", row=number)
        if given[award.line_id] > line.qty:
            raise InvalidInput(
                _("Only {qty} {unit} were asked for. Award no more.", qty=line.qty, unit=line.unit),
                field="qty", row=number,
            )  # fmt: skip


def _order_of(
    uow: UnitOfWork, row: Any, asked: tuple[Any, SupplierDeal], awards: Sequence[Award], known: tuple[Any, Any]
) -> NewOrder:
    """An order at the prices of the answer; said with or without tax as the supplier's orders are."""
    (head, deal), (lines, offers) = asked, known
    wanted = []
    for award in awards:
        line, offer = lines[award.line_id], offers[head.id, award.line_id]
        qty = award.qty * line.factor / offer.factor
        price = price_with_tax(offer.price, offer.tax_rate, head.is_tax_incl, deal.prices_incl_tax)
        wanted.append(
            NewOrderLine(line.item_id, -(-qty // 1), offer.unit, price, note=offer.note, tax_rate=offer.tax_rate)
        )
    language: Language = "en" if uow.site.language == "en" else "zh"
    note = ""
    if head.freight:
        note = _("Freight as quoted: {amount} {currency}.", amount=head.freight, currency=head.currency).render(
            deal.language if deal.language == "en" else "zh"
        )
    return NewOrder(
        head.supplier_id, tuple(wanted), head.deliver_on or row.needed_on, note=note,
        own_note=_("From {number}.", number=row.number).render(language), currency=head.currency, rate=head.rate,
        rfq_id=row.id,
    )  # fmt: skip


@command(Permission.PURCHASE_ORDER)
def reopen_rfq(uow: UnitOfWork, *, rfq_id: int, version: int) -> int:
    """Open an awarded request again.

    Its orders stay as they are: cancel those that are not wanted. Answers the new version. Raises Refused, Conflict.
    """
    row = held_rfq(uow, rfq_id, version)
    asked = select(S.c.id).where(S.c.rfq_id == rfq_id).scalar_subquery()
    uow.sql.execute(update(A).where(A.c.rfq_supplier_id.in_(asked)).values(awarded_qty=0))
    return move_rfq(uow, row, Event.REOPEN)


@command(Permission.PURCHASE_ORDER)
def close_rfq(uow: UnitOfWork, *, rfq_id: int, version: int) -> int:
    """Close a request for quotation.

    Nobody's answer is awaited any more. Answers the new version. Raises Refused, Conflict.
    """
    return move_rfq(uow, held_rfq(uow, rfq_id, version), Event.CLOSE, closed_at=uow.now)
