"""What is to be settled on invoices, and what a line or a charge could belong to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from core.clock import business_day, day_starts_at
from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.queries.not_invoiced import open_rows
from core.purchasing.rules.invoice_pairing import is_covered
from core.purchasing.rules.slips import change_percent
from core.purchasing.steps.accruals import not_invoiced
from core.purchasing.steps.invoices.work import C, I, L, M, Work, judge_all, load_work, supplier_names
from core.purchasing.types.invoices import DifferenceRow, OpenReceiptRow, ReceiptChoice
from core.purchasing.types.matching import Finding, FindingKind
from core.purchasing.types.standing import Held, Standing
from core.registry import query
from core.uow import UnitOfWork
from core.values import from_micro
from db.base import table_of
from db.catalog import Item
from db.columns import micros, moment
from db.enums import ClaimState, InvoiceState, MatchDecision, Permission
from db.enums import PostingKind as K
from db.purchasing import Claim
from db.sql import chunks, total
from db.stock import StockEntry, StockPosting

MOST = 200
CL = table_of(Claim)
OF_LINES = frozenset(FindingKind) - {FindingKind.TAX, FindingKind.DUPLICATE}


@query(Permission.INVOICE_EDIT)
def list_differences(uow: UnitOfWork, *, supplier_id: int | None = None) -> list[DifferenceRow]:
    """The work list: prices beyond tolerance, goods invoiced and not received, credits and charges nobody assigned, and
    differences that were claimed in vain; the oldest invoice first."""
    in_vain = _in_vain(uow)
    waiting = select(I.c.id).where(I.c.state == InvoiceState.DIFFERENCES)
    claimed = select(L.c.invoice_id).join(M, M.c.invoice_line_id == L.c.id).where(M.c.id.in_(in_vain))
    listed = select(I.c.id).where(I.c.id.in_(waiting) | (I.c.id.in_(claimed) & (I.c.state != InvoiceState.CANCELLED)))
    if supplier_id is not None:
        listed = listed.where(I.c.supplier_id == supplier_id)
    work = load_work(uow, uow.sql.execute(listed).scalars(), is_held=False)
    judge_all(uow, work)
    names = supplier_names(uow, {head.supplier_id for head in work.heads.values()})
    items = _items(uow, {line.item_id for line in work.every_line() if line.item_id})
    rows = [
        _row(uow, work.heads[line.invoice_id], line, (names, items), one, held)
        for line, one, held in _to_settle(work, set(in_vain))
    ]
    return sorted(rows, key=lambda row: (row.invoiced_on, row.invoice_id, row.line_id))


def _in_vain(uow: UnitOfWork) -> list[int]:
    """Matches whose claims were written off: what they ask is paid and still to be booked."""
    listed = (
        select(M.c.id)
        .join(CL, CL.c.id == M.c.claim_id)
        .where(M.c.decision == MatchDecision.CLAIMED, M.c.undone_at.is_(None), M.c.entry_id.is_not(None))
        .where(CL.c.state == ClaimState.WRITTEN_OFF)
    )
    return list(uow.sql.execute(listed).scalars())


def _to_settle(work: Work, in_vain: set[int]) -> Iterator[tuple[Standing, Finding, list[Held]]]:
    for key, lines in work.lines.items():
        findings = work.judgements[key].findings
        for line in lines:
            for one in findings:
                if one.invoice_line_id == line.id and one.kind in OF_LINES:
                    is_price = one.kind is FindingKind.PRICE
                    held = [match for match in line.matches if match.decision is MatchDecision.OPEN]
                    yield line, one, held if is_price else []
            vain = [match for match in line.matches if match.id in in_vain]
            if vain:
                text = _("The claim was written off: the difference is to be booked.")
                yield line, Finding(FindingKind.PRICE, line.id, text, sum(one.difference for one in vain)), vain


def _items(uow: UnitOfWork, ids: set[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for part in chunks(sorted(ids)):
        listed = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit).where(Item.id.in_(part))
        found.update({row.id: row for row in uow.sql.execute(listed)})
    return found


def _row(
    uow: UnitOfWork,
    head: Any,
    line: Standing,
    known: tuple[dict[int, Name], dict[int, Any]],
    one: Finding,
    held: list[Held],
) -> DifferenceRow:
    names, items = known
    item = items.get(line.item_id or 0)
    accrued = sum(match.accrued + match.returned for match in held)
    invoiced = sum(match.invoiced for match in held) if held else line.open_amount
    difference = invoiced - accrued if held else one.amount or line.open_amount
    percent = change_percent(Decimal(invoiced), Decimal(accrued)) if held and accrued else None
    return DifferenceRow(
        id=f"{line.id}.{one.kind}.{held[0].decision if held else ''}",
        invoice_id=head.id,
        version=head.version,
        own_number=head.own_number,
        number=head.number,
        supplier_id=head.supplier_id,
        supplier=names[head.supplier_id],
        invoiced_on=head.invoiced_on,
        line_id=line.id,
        item_id=line.item_id,
        code="" if item is None else item.code,
        name=Name("") if item is None else Name(item.name, item.name_en),
        kind=one.kind,
        text=one.text,
        match_ids=tuple(match.id for match in held),
        qty=from_micro(sum(match.qty for match in held) if held else one.qty),
        base_unit="" if item is None else item.base_unit,
        accrued=uow.money(accrued),
        invoiced=uow.money(invoiced),
        difference=uow.money(difference),
        percent=percent,
    )


@query(Permission.INVOICE_EDIT)
def list_matchable(uow: UnitOfWork, *, line_id: int) -> list[OpenReceiptRow]:
    """Receipts' lines that an invoice's line can be matched with by hand: of the same order and item first, then of the
    same item, then others of this supplier. Raises NotFound."""
    invoice_id = uow.sql.execute(select(L.c.invoice_id).where(L.c.id == line_id)).scalar()
    if invoice_id is None:
        raise NotFound(_("This line is not there any more. Look at the invoice again."), field="line")
    work = load_work(uow, [invoice_id], is_held=False)
    line = next((one for one in work.lines[invoice_id] if one.id == line_id), None)
    if line is None or is_covered(line, Decimal(0)):
        return []
    found = not_invoiced(uow, supplier_ids=[line.supplier_id])
    if line.is_credit:
        found = [one for one in found if one.received.open_qty < 0] or _recent(uow, line)
    ranked = sorted(
        found,
        key=lambda one: (
            not line.order_line_id or one.received.order_line_id != line.order_line_id,
            one.received.item_id != line.item_id,
            abs(one.received.open_qty - line.open_qty),
            one.at,
        ),
    )
    return open_rows(uow, ranked[:MOST])


def _recent(uow: UnitOfWork, line: Standing) -> list[Any]:
    """The last receipts of this supplier, settled or not: a credit may lower what they cost."""
    listed = (
        select(StockEntry.id)
        .join(StockPosting, StockPosting.id == StockEntry.posting_id)
        .where(
            StockPosting.supplier_id == line.supplier_id, StockPosting.kind == K.RECEIPT, StockEntry.kind == K.RECEIPT
        )
        .order_by(StockEntry.id.desc())
        .limit(MOST)
    )
    return not_invoiced(uow, entry_ids=list(uow.sql.execute(listed).scalars()))


@query(Permission.INVOICE_EDIT)
def list_chargeable(uow: UnitOfWork, *, supplier_id: int | None = None, days: int = 60) -> list[ReceiptChoice]:
    """Receipts of the last days that a charge can be spread over, the newest first; what they cost and what charges stand
    on them already, in the site's currency."""
    site = uow.site
    today = business_day(uow.now, site.zone, site.day_start_hour)
    since = micros(day_starts_at(today - timedelta(days=days), site.zone, site.day_start_hour))
    e, p = StockEntry, StockPosting
    charged = select(total(C.c.amount)).where(C.c.receipt_posting_id == p.id, C.c.undone_at.is_(None))
    listed = (
        select(p.id, p.number, p.document, p.supplier_id, func.min(e.at).label("at"), func.count().label("lines"),
               total(e.given).label("value"), charged.scalar_subquery().label("charged"))
        .join(p, p.id == e.posting_id)
        .where(e.kind == K.RECEIPT, e.is_reversal.is_(False), e.at >= since, p.supplier_id.is_not(None))
        .group_by(p.id, p.number, p.document, p.supplier_id)
        .order_by(func.min(e.at).desc(), p.id.desc())
    )  # fmt: skip
    if supplier_id is not None:
        listed = listed.where(p.supplier_id == supplier_id)
    rows = uow.sql.execute(listed).all()
    names = supplier_names(uow, {row.supplier_id for row in rows})
    return [
        ReceiptChoice(
            row.id, row.number, row.document, row.supplier_id, names[row.supplier_id],
            business_day(moment(row.at), site.zone, site.day_start_hour), int(row.lines), uow.money(int(row.value)),
            uow.money(int(row.charged)),
        )
        for row in rows
    ]  # fmt: skip
