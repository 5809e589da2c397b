"""What a person decides of differences and charges of invoices: accept, claim, credit a claim, spread."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.purchasing.rules.by_hand import check_price_credit
from core.purchasing.steps.accruals import not_invoiced
from core.purchasing.steps.claims import open_claim
from core.purchasing.steps.invoices.by_hand import claim_row, load_line
from core.purchasing.steps.invoices.claiming import answer, claim_line, line_rows
from core.purchasing.steps.invoices.matching import landings_of, settle
from core.purchasing.steps.invoices.settling import accept, load_open, write_decisions
from core.purchasing.steps.invoices.undoing import charge_ids, undo
from core.purchasing.steps.invoices.work import Work, check_matchable, judge_all, load_work, write_states
from core.purchasing.types.claims import NewClaim, NewClaimLine
from core.purchasing.types.invoices import InvoiceOutcome
from core.purchasing.types.standing import Held, Standing
from core.registry import command
from core.uow import UnitOfWork
from core.values import to_minor
from db.enums import ClaimKind, ClaimState, Ground, InvoiceLineKind, MatchDecision, Permission, SplitBy
from db.enums import PostingKind as K
from db.sql import chunks
from db.stock import StockEntry

LONGEST_REASON = 300
ENDED = (ClaimState.CREDITED, ClaimState.WRITTEN_OFF)


@command(Permission.INVOICE_APPROVE)
def accept_difference(uow: UnitOfWork, *, match_ids: tuple[int, ...], reason: str) -> tuple[InvoiceOutcome, ...]:
    """Accept differences of invoices.

    They are booked onto the cost of the goods received, of those still there and of those used; `reason` is kept with the
    posting. Also for differences that were claimed in vain. Raises InvalidInput without a reason, Refused for one that is
    settled.
    """
    words = reason.strip()
    if not words:
        raise InvalidInput(_("Why is it accepted? Write a reason."), field="reason")
    if len(words) > LONGEST_REASON:
        raise InvalidInput(_("At most {n} characters fit here.", n=LONGEST_REASON), field="reason")
    work, held = load_open(uow, match_ids)
    uow.note(reason=words, numbers=[head.own_number for head in work.heads.values()])
    return tuple(accept(uow, work, held, words))


@command(Permission.CLAIM_EDIT)
def claim_difference(
    uow: UnitOfWork,
    *,
    invoice_id: int,
    match_ids: tuple[int, ...] = (),
    line_id: int | None = None,
    claim_id: int | None = None,
    note: str = "",
) -> InvoiceOutcome:
    """Claim what an invoice asks too much.

    `match_ids`: what is dearer than received; `line_id`: what of a line never came. A new claim is opened for both, or
    they are put under `claim_id`, which was opened at the dock. The invoice may then be paid; a credit note is expected.
    Raises InvalidInput when nothing is asked too much, Refused for a difference that is settled or a claim that ended.
    """
    work = load_work(uow, [invoice_id])
    check_matchable(work.heads[invoice_id])
    if not match_ids and line_id is None:
        raise InvalidInput(_("What is claimed? Choose a difference."), field="match_ids")
    held: list[Held] = []
    if match_ids:
        work, held = load_open(uow, match_ids)
        if set(work.heads) != {invoice_id}:
            raise InvalidInput(_("One claim is for one invoice."), field="match_ids")
    fresh = [] if line_id is None else [_never_came(work, line_id)]
    key = claim_id
    if key is None:
        key = _open(uow, work, held, fresh, note)
    elif claim_row(uow, key, work.heads[invoice_id].supplier_id).state in ENDED:
        raise Refused(_("This claim has ended. Open another one."), field="claim_id")
    for one in (*held, *fresh):
        one.decision, one.claim_id = MatchDecision.CLAIMED, key
    write_decisions(uow, held)
    work.add(fresh)
    return settle(uow, work)[0]


def _never_came(work: Work, line_id: int) -> Held:
    line = next((one for one in work.every_line() if one.id == line_id), None)
    if line is None or line.kind is not InvoiceLineKind.GOODS or line.is_credit or not line.open_qty:
        raise InvalidInput(_("Of this line nothing is missing."), field="line_id")
    return Held(line.id, None, line.open_qty, 0, line.open_amount, Ground.PERSON)


def _open(uow: UnitOfWork, work: Work, held: list[Held], fresh: list[Held], note: str) -> int:
    head = next(iter(work.heads.values()))
    rows = line_rows(uow, {one.line_id for one in (*held, *fresh)})
    items = {line.id: line.item_id for line in work.every_line()}
    lines: list[NewClaimLine] = []
    for kind, matches in ((ClaimKind.PRICE, held), (ClaimKind.SHORT, fresh)):
        lines += [claim_line(rows[one.line_id], items[one.line_id], one.qty, one.difference, kind) for one in matches]
    return open_claim(
        uow,
        NewClaim(head.supplier_id, tuple(lines), invoice_id=head.id, currency=head.currency, rate=head.rate, note=note),
    )


@command(Permission.INVOICE_EDIT)
def credit_claim(uow: UnitOfWork, *, line_id: int, claim_id: int, amount: Decimal | None = None) -> InvoiceOutcome:
    """Hold a credit note's line against a claim.

    The claim is credited by `amount` in the site's currency (None: all that is left of the line). What was claimed on
    invoices and what is credited meet, nothing is booked; a price claimed at the dock comes
    off the cost of its goods. Raises InvalidInput, NotFound, Refused when the claim ended.
    """
    work, line = load_line(uow, line_id)
    claim_row(uow, claim_id, line.supplier_id)
    signed = line.open_amount if amount is None else -to_minor(amount, uow.site.digits)
    fresh = answer(uow, line, claim_id, check_price_credit(line, signed))
    work.add(fresh)
    return settle(uow, work)[0]


@command(Permission.INVOICE_EDIT)
def spread_charge(
    uow: UnitOfWork, *, line_id: int, receipt_ids: tuple[int, ...], split_by: SplitBy | None = None
) -> InvoiceOutcome:
    """Spread freight or a fee over receipts.

    `receipt_ids` are postings in the ledger; by value, weight or quantity of what was kept (None: as the line says, else
    by value). On a credit note the costs go down. An earlier spreading of the line is taken back. Raises InvalidInput for
    what is no receipt and when nothing can carry it.
    """
    work, line = _charge_line(uow, line_id)
    undo(uow, work, [], charge_ids(uow, [line.invoice_id], line.id))
    entries = _entries(uow, receipt_ids)
    if split_by is not None:
        line.split_by = str(SplitBy(split_by))
    landings = landings_of(uow, work, line, not_invoiced(uow, entry_ids=entries))
    return settle(uow, work, landings)[0]


@command(Permission.INVOICE_EDIT)
def take_charge_back(uow: UnitOfWork, *, line_id: int) -> InvoiceOutcome:
    """Take a spread charge back.

    What it booked is reversed. Raises Refused when the invoice is approved or paid.
    """
    work, line = _charge_line(uow, line_id)
    undo(uow, work, [], charge_ids(uow, [line.invoice_id], line.id))
    line.has_charge = False
    judge_all(uow, work)
    return write_states(uow, work)[0]


def _charge_line(uow: UnitOfWork, line_id: int) -> tuple[Work, Standing]:
    work, line = load_line(uow, line_id)
    if line.kind is not InvoiceLineKind.CHARGE:
        raise InvalidInput(_("Only a freight or a fee is spread over receipts."), field="line_id")
    return work, line


def _entries(uow: UnitOfWork, receipt_ids: tuple[int, ...]) -> list[int]:
    found: list[int] = []
    seen: set[int] = set()
    for part in chunks(sorted(set(receipt_ids))):
        listed = select(StockEntry.id, StockEntry.posting_id).where(
            StockEntry.posting_id.in_(part), StockEntry.kind == K.RECEIPT, StockEntry.is_reversal.is_(False)
        )
        for row in uow.sql.execute(listed.order_by(StockEntry.id)):
            found.append(row.id)
            seen.add(row.posting_id)
    if not receipt_ids or len(seen) < len(set(receipt_ids)):
        raise InvalidInput(_("Landed cost belongs to a receipt. Choose one."), field="receipt_ids")
    return found
