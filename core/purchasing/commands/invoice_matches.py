"""What a person does so that invoices and receipts meet: match by itself or by hand, and take matches back."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.steps.invoices.by_hand import hold, learn_item, load_line, load_received, lower_price
from core.purchasing.steps.invoices.claiming import tie_to_prices
from core.purchasing.steps.invoices.matching import match_invoices, settle, spread_own
from core.purchasing.steps.invoices.undoing import charge_ids, undo
from core.purchasing.steps.invoices.work import I, check_matchable, judge_all, load_work, write_states, write_unmatched
from core.purchasing.types.invoices import InvoiceOutcome, MatchedMany
from core.registry import command
from core.uow import UnitOfWork
from core.values import to_micro, to_minor
from db.enums import InvoiceState, Permission

WAITING = (InvoiceState.TO_MATCH, InvoiceState.DIFFERENCES)


@command(Permission.INVOICE_EDIT)
def match_invoice(uow: UnitOfWork, *, invoice_id: int) -> InvoiceOutcome:
    """Match an invoice with receipts.

    What is open of it is paired by order line, item, supplier's code and quantity; small differences are booked, the
    rest stands in the list of differences. Raises Refused when it is approved, paid or cancelled.
    """
    check_matchable(load_work(uow, [invoice_id]).heads[invoice_id])
    return match_invoices(uow, [invoice_id]).outcomes[0]


@command(Permission.INVOICE_EDIT)
def match_all(uow: UnitOfWork, *, invoice_ids: tuple[int, ...] = ()) -> MatchedMany:
    """Match many invoices with receipts.

    All that wait to be matched when none are named; the oldest first. Raises Refused when one of them is approved, paid
    or cancelled.
    """
    wanted = invoice_ids
    if not wanted:
        listed = select(I.c.id).where(I.c.state.in_([str(state) for state in WAITING])).order_by(I.c.id)
        wanted = tuple(uow.sql.execute(listed).scalars())
    if not wanted:
        return MatchedMany((), 0, 0)
    return match_invoices(uow, wanted)


@command(Permission.INVOICE_EDIT)
def match_line(
    uow: UnitOfWork, *, line_id: int, entry_id: int, qty: Decimal | None = None, amount: Decimal | None = None
) -> InvoiceOutcome:
    """Match an invoice's line with a receipt by hand.

    `entry_id` is the receipt's entry in the ledger; `qty` in the base unit, unsigned (None: as much as goes). A credit of
    money alone has `qty` 0 and lowers the receipt's cost by `amount` in the site's currency (None: all that is left); a
    claim opened at the dock for that price is credited with it. The line learns its item, and the supplier's code is kept.
    Raises Refused, InvalidInput, NotFound.
    """
    work, line = load_line(uow, line_id)
    one = load_received(uow, work, line, entry_id)
    if qty is not None and qty < 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")
    line = learn_item(uow, work, line, one.received.item_id)
    is_money_only = qty == 0 or not line.qty
    if is_money_only:
        signed = line.open_amount if amount is None else -to_minor(amount, uow.site.digits)
        held = tie_to_prices(uow, lower_price(line, one, signed))
    else:
        held = hold(uow, work, line, one, None if qty is None else to_micro(qty))
    work.add([held])
    return settle(uow, work, spread_own(uow, work))[0]


@command(Permission.INVOICE_EDIT)
def unmatch_invoice(uow: UnitOfWork, *, invoice_id: int, match_ids: tuple[int, ...] = ()) -> InvoiceOutcome:
    """Take back what an invoice is matched with.

    All of it and its spread charges, or only the matches named; what they booked is reversed. Raises Refused when the
    invoice is approved or paid, or a difference is claimed.
    """
    work = load_work(uow, [invoice_id])
    check_matchable(work.heads[invoice_id])
    every = [one for line in work.every_line() for one in line.matches]
    wanted = [one for one in every if not match_ids or one.id in match_ids]
    if match_ids and len(wanted) < len(set(match_ids)):
        raise Refused(_("This match was taken back already."))
    undo(uow, work, wanted, [] if match_ids else charge_ids(uow, [invoice_id]))
    if not match_ids:
        return write_unmatched(uow, work)[0]
    judge_all(uow, work)
    return write_states(uow, work)[0]
