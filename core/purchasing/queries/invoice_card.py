"""One invoice with everything on it, as it is looked at and as it is edited."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from core.clock import business_day
from core.errors import NotFound
from core.i18n import Name, _
from core.purchasing.queries.invoices import I, L, M, invoice_row, invoice_rows, tax_rows
from core.purchasing.rules.invoice_amounts import Money, totals_of
from core.purchasing.steps.invoices.store import OWNER
from core.purchasing.steps.invoices.work import judge_all, load_work
from core.purchasing.types.invoices import (
    ChargeRow,
    InvoiceCard,
    InvoiceLineRow,
    InvoiceRow,
    MatchRow,
    NewInvoice,
    NewInvoiceLine,
)
from core.purchasing.types.matching import Finding
from core.purchasing.types.money import Priced
from core.registry import query
from core.uow import UnitOfWork
from core.values import digits_of, from_micro, from_minor
from db.base import table_of
from db.catalog import Item
from db.columns import moment
from db.documents import Attachment
from db.enums import Ground, InvoiceKind, InvoiceLineKind, InvoiceState, MatchDecision, Permission, SplitBy
from db.identity import Person
from db.purchasing import Claim, InvoiceCharge, PurchaseOrder, PurchaseOrderLine, PurchaseReceiptLine
from db.stock import StockEntry, StockPosting

C = table_of(InvoiceCharge)


@query(Permission.INVOICE_EDIT)
def get_invoice(uow: UnitOfWork, *, invoice_id: int) -> InvoiceCard:
    """One invoice: lines, what they are matched with, taxes, what is wrong with it. Raises NotFound."""
    head = uow.sql.execute(invoice_rows().where(I.c.id == invoice_id)).first()
    if head is None:
        raise NotFound(_("This invoice is not there any more."), field="invoice")
    row = invoice_row(uow, head)
    people = dict(
        uow.sql.execute(
            select(Person.id, Person.name).where(Person.id.in_([head.person_id, head.approved_by_id or 0]))
        ).all()
    )
    lines = _lines(uow, invoice_id, row)
    mine = (Attachment.owner_kind == OWNER, Attachment.owner_id == invoice_id)
    kept = uow.sql.execute(select(func.count()).select_from(Attachment).where(*mine)).scalar_one()
    return InvoiceCard(
        row=row,
        rate=head.rate,
        is_tax_incl=bool(head.is_tax_incl),
        lines=lines,
        taxes=_taxes(uow, head, lines),
        findings=_findings(uow, row),
        by=people.get(head.person_id, ""),
        created_at=head.created_at,
        matched_at=head.matched_at,
        approved_by=people.get(head.approved_by_id or 0, ""),
        approved_at=head.approved_at,
        attachments=int(kept),
    )


def _findings(uow: UnitOfWork, row: InvoiceRow) -> tuple[Finding, ...]:
    """What is wrong, once it was matched; nothing for one nobody has matched yet or that is over."""
    if row.verdict is None or row.state is InvoiceState.CANCELLED:
        return ()
    work = load_work(uow, [row.id], is_held=False)
    judge_all(uow, work)
    return work.judgements[row.id].findings


def _taxes(uow: UnitOfWork, head: Any, lines: tuple[InvoiceLineRow, ...]) -> Any:
    digits = digits_of(head.currency)
    priced = [Priced(int(abs(line.amount).scaleb(digits)), line.tax_rate) for line in lines]
    sums = totals_of(priced, Money(digits, uow.site.digits, head.rate, bool(head.is_tax_incl)))
    return tax_rows(sums, {Decimal(rate): abs(tax) for rate, tax in (head.taxes or {}).items()}, digits)


def _lines(uow: UnitOfWork, invoice_id: int, row: InvoiceRow) -> tuple[InvoiceLineRow, ...]:
    matches, charges = _matches(uow, invoice_id), _charges(uow, invoice_id)
    columns = (Item.code, Item.name, Item.name_en, Item.base_unit, PurchaseOrder.number.label("order_number"))
    listed = (
        select(L, *columns)
        .outerjoin(Item, Item.id == L.c.item_id)
        .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == L.c.order_line_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
        .where(L.c.invoice_id == invoice_id, L.c.is_replaced.is_(False))
        .order_by(L.c.line)
    )
    digits = digits_of(row.currency)
    return tuple(
        _line(uow, one, digits, tuple(matches[one.id]), tuple(charges[one.id])) for one in uow.sql.execute(listed)
    )


def _line(
    uow: UnitOfWork, one: Any, digits: int, matches: tuple[MatchRow, ...], charges: tuple[ChargeRow, ...]
) -> InvoiceLineRow:
    base = from_micro(one.base_qty)
    return InvoiceLineRow(
        id=one.id,
        line=one.line,
        kind=InvoiceLineKind(one.kind),
        item_id=one.item_id,
        code=one.code or "",
        name=Name(one.name or one.description, one.name_en or ""),
        order_line_id=one.order_line_id,
        order_number=one.order_number or "",
        supplier_code=one.supplier_code,
        description=one.description,
        qty=one.qty,
        unit=one.unit,
        base_qty=base,
        open_qty=base - sum((match.qty for match in matches), Decimal(0)),
        base_unit=one.base_unit or one.unit,
        price=one.price,
        amount=from_minor(one.amount, digits),
        net=from_minor(one.net, digits),
        site_amount=uow.money(one.site_amount),
        tax_rate=one.tax_rate,
        split_by=SplitBy(one.split_by) if one.split_by else None,
        account=one.account,
        note=one.note,
        matches=matches,
        charges=charges,
    )


def _matches(uow: UnitOfWork, invoice_id: int) -> dict[int, list[MatchRow]]:
    booked, receipt = aliased(StockPosting), aliased(StockPosting)
    columns = (StockEntry.at.label("received_at"), receipt.number.label("receipt"), receipt.document,
               booked.number.label("posting"), Claim.number.label("claim"), Person.name.label("person"),
               PurchaseOrder.number.label("order_number"))  # fmt: skip
    listed = (
        select(M, *columns)
        .join(L, L.c.id == M.c.invoice_line_id)
        .join(Person, Person.id == M.c.person_id)
        .outerjoin(StockEntry, StockEntry.id == M.c.entry_id)
        .outerjoin(receipt, receipt.id == StockEntry.posting_id)
        .outerjoin(booked, booked.id == M.c.posting_id)
        .outerjoin(Claim, Claim.id == M.c.claim_id)
        .outerjoin(PurchaseReceiptLine, PurchaseReceiptLine.entry_id == M.c.entry_id)
        .outerjoin(PurchaseOrderLine, PurchaseOrderLine.id == PurchaseReceiptLine.order_line_id)
        .outerjoin(PurchaseOrder, PurchaseOrder.id == PurchaseOrderLine.order_id)
        .where(L.c.invoice_id == invoice_id, M.c.undone_at.is_(None))
        .order_by(M.c.id)
    )
    found: dict[int, list[MatchRow]] = defaultdict(list)
    for row in uow.sql.execute(listed):
        found[row.invoice_line_id].append(_match(uow, row))
    return found


def _match(uow: UnitOfWork, row: Any) -> MatchRow:
    site = uow.site
    day = None
    if row.received_at is not None:
        day = business_day(moment(row.received_at), site.zone, site.day_start_hour)
    return MatchRow(
        id=row.id,
        entry_id=row.entry_id,
        receipt=row.receipt or "",
        document=row.document or "",
        received_on=day,
        order_number=row.order_number or "",
        qty=from_micro(row.qty),
        accrued=uow.money(row.accrued),
        invoiced=uow.money(row.invoiced),
        returned=uow.money(row.returned),
        ground=Ground(row.ground),
        decision=MatchDecision(row.decision),
        posting=row.posting or "",
        claim_id=row.claim_id,
        claim=row.claim or "",
        by=row.person,
        at=row.at,
    )


def _charges(uow: UnitOfWork, invoice_id: int) -> dict[int, list[ChargeRow]]:
    booked, receipt = aliased(StockPosting), aliased(StockPosting)
    listed = (
        select(C, receipt.number.label("receipt"), booked.number.label("posting"))
        .join(L, L.c.id == C.c.invoice_line_id)
        .join(receipt, receipt.id == C.c.receipt_posting_id)
        .join(booked, booked.id == C.c.posting_id)
        .where(L.c.invoice_id == invoice_id, C.c.undone_at.is_(None))
        .order_by(C.c.id)
    )
    found: dict[int, list[ChargeRow]] = defaultdict(list)
    for row in uow.sql.execute(listed):
        found[row.invoice_line_id].append(
            ChargeRow(row.id, row.receipt_posting_id, row.receipt, uow.money(row.amount), row.posting)
        )
    return found


@query(Permission.INVOICE_EDIT)
def get_invoice_draft(uow: UnitOfWork, *, invoice_id: int) -> NewInvoice:
    """An invoice as it is typed, unsigned, to be corrected. Raises NotFound."""
    head = uow.sql.execute(select(I).where(I.c.id == invoice_id)).first()
    if head is None:
        raise NotFound(_("This invoice is not there any more."), field="invoice")
    listed = select(L).where(L.c.invoice_id == invoice_id, L.c.is_replaced.is_(False)).order_by(L.c.line)
    digits = digits_of(head.currency)
    return NewInvoice(
        supplier_id=head.supplier_id,
        number=head.number,
        invoiced_on=head.invoiced_on,
        lines=tuple(_typed(row, digits) for row in uow.sql.execute(listed)),
        kind=InvoiceKind(head.kind),
        received_on=head.received_on,
        due_on=head.due_on,
        currency=head.currency,
        rate=head.rate,
        is_tax_incl=bool(head.is_tax_incl),
        gross=from_minor(abs(head.gross), digits),
        taxes=tuple((Decimal(rate), from_minor(abs(tax), digits)) for rate, tax in sorted((head.taxes or {}).items())),
        note=head.note,
    )


def _typed(row: Any, digits: int) -> NewInvoiceLine:
    kind = InvoiceLineKind(row.kind)
    return NewInvoiceLine(
        kind=kind,
        item_id=row.item_id,
        order_line_id=row.order_line_id,
        supplier_code=row.supplier_code,
        description=row.description,
        qty=abs(row.qty) if row.qty else None,
        unit=row.unit,
        price=row.price,
        amount=from_minor(abs(row.amount), digits),
        tax_rate=row.tax_rate,
        split_by=SplitBy(row.split_by) if row.split_by else None,
        account=row.account,
        note=row.note,
    )
