"""Sending an order to its supplier."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import select

from core import catalog, documents
from core.catalog import SupplierDeal
from core.errors import InvalidInput
from core.i18n import LANGUAGES, Language, _
from core.purchasing.rules.order_changes import changes_between, is_same
from core.purchasing.rules.states import ORDER, can, state_after
from core.purchasing.steps.orders import approval, sending
from core.purchasing.steps.orders.market import check_orderable
from core.purchasing.steps.orders.questions import ask_before_sending, ask_day, ask_slips_of_sending
from core.purchasing.steps.orders.records import last_sent, load_lines, load_order, order_facts, write
from core.purchasing.steps.papers_orders import OrderOnPaper, order_paper
from core.purchasing.types.orders import OrderSent
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from core.words import word
from db.base import table_of
from db.enums import OrderState, Permission, SendWay
from db.identity import Person


@command(Permission.PURCHASE_ORDER)
def send_order(
    uow: UnitOfWork,
    *,
    order_id: int,
    version: int,
    way: SendWay,
    reason: str = "",
    message: str = "",
    to: tuple[str, ...] = (),
) -> OrderSent:
    """Send an order to its supplier.

    By e-mail to the supplier's people for orders (or `to`) with the PDF in the supplier's language, or said to have gone
    on paper or by phone; its paper and what it says are kept as a revision. A draft is approved with it, up to the limit
    that is set. Sent again without a change it stays the same revision, and that is asked. Asks below the supplier's
    minimum value, over the month's budget, for a second order of one day, a passed day, prices of nothing, figures ten
    times the usual, quantities below the supplier's minimum or off its multiple.
    Raises Refused for a blocked supplier and while no mail server is set up, NotAllowed over the limit unless somebody with
    its role stands in, InvalidInput without an address, Conflict, NotFound.
    """
    way = SendWay(way)
    row = load_order(uow, order_id, version)
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    check_orderable(deal)
    state = _state_after(row)
    lines = load_lines(uow, order_id)
    if all(line.is_closed for line in lines):
        raise InvalidInput(_("All lines of {number} are closed: there is nothing to send.", number=row.number))
    earlier = last_sent(uow, order_id)
    facts = order_facts(uow, row, lines)
    is_again = earlier is not None and is_same(earlier.facts, facts)
    if is_again:
        _ask_again(uow, row, earlier)
    else:
        _ask(uow, row, deal, lines)
    if row.state == OrderState.DRAFT:
        approval.approve(uow, row)
    changes = () if earlier is None else changes_between(earlier.facts, facts)
    revision = row.revision + (0 if is_again else 1)
    told = OrderOnPaper(row, lines, deal, revision, _language(row), uow.now, changes, is_going=True)
    pdf = documents.render_pdf(order_paper(uow, told), told.language)
    letter = sending.mail_of(uow, told, message=message, to=to) if way is SendWay.MAIL else None
    mail_id = None if letter is None else sending.queue_order(uow, told, letter, pdf)
    recipients = () if letter is None else letter.to
    print_id = sending.keep_paper(uow, told, recipients, pdf)
    if not is_again:
        sending.keep_version(uow, told, way, reason, (facts, sha256(pdf).hexdigest()))
    values = {"revision": revision, "sent_at": row.sent_at or uow.now, "approved_at": row.approved_at or uow.now}
    standing = write(uow, row, state=str(state), **values)
    return OrderSent(order_id, row.number, standing.version, state, revision, mail_id, recipients, print_id)


def _language(row: Any) -> Language:
    return str(row.language) if row.language in LANGUAGES else "zh"


def _state_after(row: Any) -> OrderState:
    """Where the order stands once it is sent; a draft is approved on the way. Raises Refused."""
    state = OrderState(row.state)
    if state is OrderState.DRAFT and can(ORDER, state, Event.APPROVE):
        state = state_after(ORDER, state, Event.APPROVE, row.number)
    return state_after(ORDER, state, Event.SEND, row.number)


def _ask(uow: UnitOfWork, row: Any, deal: SupplierDeal, lines: list[Any]) -> None:
    ask_before_sending(uow, row, deal, sum(line.amount for line in lines if not line.is_closed))
    ask_day(uow, row.deliver_on)
    ask_slips_of_sending(uow, row.id)


def _ask_again(uow: UnitOfWork, row: Any, earlier: Any) -> None:
    """An order that is sent again without a change: perhaps the first did not arrive, perhaps a slip."""
    by = uow.sql.execute(select(table_of(Person).c.name).where(table_of(Person).c.id == earlier.person_id)).scalar()
    at = documents.format_instant(earlier.at, uow.site.zone)
    question = _(
        "{number} was sent on {at} by {by} ({way}) and has not changed since. Send it again?",
        number=row.number, at=at, by=by, way=word(SendWay(earlier.way)),
    )  # fmt: skip
    uow.confirm("sent_already", question)
