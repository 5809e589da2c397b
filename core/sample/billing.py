"""Invoices of the last weeks: entered on Mondays, matched, approved, paid; and those that do not agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from core import purchasing
from core.purchasing import ClaimFilter, NewInvoice, NewInvoiceLine, NewStatement, NewStatementLine, PayableFilter
from core.sample.buying import WEEKS, sure
from core.sample.world import Bought, World
from core.values import round_decimal
from db.enums import ClaimState, InvoiceKind, InvoiceLineKind, InvoiceState, SendWay, SplitBy

MONDAY = 1
PAID_LEFT, EXPORTED_LEFT = range(14, 21), range(7, 14)
FREIGHT_FROM, FREIGHT = "S-03", Decimal(120)
DEARER, TOO_MANY, NOT_HERE = "S-04", "S-06", "S-07"
STATED_BY = "S-01"


def begin(world: World) -> None:
    """Invoices are awaited from the first day that deliveries come through orders."""
    first = world.last - timedelta(weeks=WEEKS) + timedelta(days=1)
    office = world.crew["administrator"]
    version = office.ask(purchasing.get_purchase_rules).version
    office.do(
        purchasing.save_purchase_rules, version=version,
        changes={"invoices_from": first, "default_tax_rate": Decimal(9), "bank_account": "6200 0000 0000 1000",
                 "account_name": "望江小馆"},
    )  # fmt: skip


def enter_invoices(world: World, day: date) -> None:
    """On Mondays last week's invoices are entered; what agrees is approved, and now and then paid."""
    moment = world.moment(day, 14, 5)
    if day.isoweekday() != MONDAY or not world.bought or not world.is_past(moment):
        return
    world.set_clock(moment)
    is_last = (world.last - day).days < 7
    for code, deliveries in _by_supplier(world, day).items():
        _enter(world, code, deliveries, day, is_last=is_last)
    world.bought[:] = [one for one in world.bought if one.day >= day]
    _approve(world)
    left = (world.last - day).days
    if left in PAID_LEFT or left in EXPORTED_LEFT:
        _pay(world, day, is_paid=left in PAID_LEFT)


def _by_supplier(world: World, day: date) -> dict[str, list[Bought]]:
    found: dict[str, list[Bought]] = defaultdict(list)
    for one in world.bought:
        if one.day < day:
            found[one.supplier].append(one)
    return found


def _enter(world: World, code: str, deliveries: list[Bought], day: date, *, is_last: bool) -> None:
    lines = [
        NewInvoiceLine(
            item_id=line.item_id, order_line_id=order_line, qty=line.qty, unit=line.unit, price=line.unit_cost
        )
        for one in deliveries
        for line, order_line in zip(one.lines, one.order_lines, strict=True)
    ]
    if is_last and code == DEARER:
        lines[0] = _changed(lines[0], price=round_decimal((lines[0].price or Decimal(0)) * Decimal("1.08"), 2))
    if is_last and code == TOO_MANY:
        lines[0] = _changed(lines[0], qty=(lines[0].qty or Decimal(0)) + 2)
    has_freight = code == FREIGHT_FROM and is_last
    if has_freight:
        freight = NewInvoiceLine(
            InvoiceLineKind.CHARGE, description="冷链运费 / cold-chain freight", amount=FREIGHT, split_by=SplitBy.VALUE
        )
        lines.append(freight)
    number = f"{code.replace('-', '')}{day:%y%m}-{day.isocalendar().week}"
    new = NewInvoice(world.ids.suppliers[code], number, day - timedelta(days=1), tuple(lines))
    made = sure(world.crew["accountant"], purchasing.enter_invoice, invoice=new)
    if has_freight:
        card = world.crew["accountant"].ask(purchasing.get_invoice, invoice_id=made.invoice_id)
        charge = next(line for line in card.lines if line.kind is InvoiceLineKind.CHARGE)
        receipts = tuple(one.posting_id for one in deliveries)
        sure(world.crew["accountant"], purchasing.spread_charge, line_id=charge.id, receipt_ids=receipts)


def _changed(line: NewInvoiceLine, *, price: Decimal | None = None, qty: Decimal | None = None) -> NewInvoiceLine:
    return replace(line, qty=qty or line.qty, price=price or line.price)


def _approve(world: World) -> None:
    rows = world.crew["accountant"].ask(purchasing.list_payables)
    ready = tuple(row.id for row in rows if row.state is InvoiceState.MATCHED)
    if ready:
        sure(world.crew["accountant"], purchasing.approve_invoices, invoice_ids=ready)


def _pay(world: World, day: date, *, is_paid: bool) -> None:
    """What is approved is proposed and goes to the bank; the older ones were paid."""
    office = world.crew["accountant"]
    if not _has_debts(world):
        return
    for proposal_id in office.do(
        purchasing.propose_payments, due_by=day + timedelta(days=70), pay_on=day, note="周付 / weekly run"
    ):
        version = office.do(purchasing.export_proposal, proposal_id=proposal_id, version=1, way="csv")
        if is_paid:
            office.do(purchasing.book_proposal, proposal_id=proposal_id, version=version)


def _has_debts(world: World) -> bool:
    rows = world.crew["accountant"].ask(purchasing.list_payables, filters=PayableFilter(is_free=True))
    return any(row.open > 0 for row in rows)


def end(world: World, last: date) -> None:
    """How the books stand now: goods invoiced ahead, claims on their way, a proposal to check, a statement that differs."""
    world.set_clock(world.now)
    _goods_ahead(world, last)
    _claims(world)
    _credit_note(world, last)
    _statement(world, last)
    office = world.crew["accountant"]
    if _has_debts(world):
        office.do(purchasing.propose_payments, due_by=last + timedelta(days=70), pay_on=last)


def _goods_ahead(world: World, last: date) -> None:
    """An invoice whose goods are still awaited."""
    office = world.crew["accountant"]
    supplier_id = world.ids.suppliers[NOT_HERE]
    order = next(
        (row for row in world.crew["storekeeper"].ask(purchasing.list_expected) if row.supplier_id == supplier_id), None
    )
    if order is None:
        return
    card = office.ask(purchasing.get_order, order_id=order.order_id)
    lines = tuple(
        NewInvoiceLine(item_id=line.item_id, order_line_id=line.id, qty=line.qty, unit=line.unit, price=line.price)
        for line in card.lines
    )
    new = NewInvoice(supplier_id, f"{NOT_HERE.replace('-', '')}{last:%y%m}-A", last, lines)
    sure(office, purchasing.enter_invoice, invoice=new)


def _claims(world: World) -> None:
    """The oldest claims: one credited, one given up, the next sent; the newest still to be sent."""
    office = world.crew["buyer"]
    waiting = office.ask(purchasing.list_claims, filters=ClaimFilter(states=(ClaimState.OPEN,)))
    for at, row in enumerate(reversed(waiting[1:])):
        if at == 1:
            office.do(
                purchasing.write_off_claim,
                claim_id=row.id,
                version=row.version,
                note="金额小，不再追 / too small to go on",
            )
            continue
        sure(office, purchasing.send_claim, claim_id=row.id, version=row.version, way=SendWay.PAPER)
        if at == 0 and row.asked:
            office.do(purchasing.settle_claim, claim_id=row.id, version=row.version + 1, amount=row.asked)


def _credit_note(world: World, last: date) -> None:
    """A rebate on the price of something bought lately."""
    office = world.crew["accountant"]
    rows = office.ask(purchasing.list_payables)
    one = next((row for row in rows if row.state is InvoiceState.APPROVED and row.open > 500), None)
    if one is None:
        return
    line = NewInvoiceLine(InvoiceLineKind.COST, description="月度返利 / monthly rebate", amount=Decimal("68.00"),
                          account="返利 / rebates")  # fmt: skip
    new = NewInvoice(one.supplier_id, f"CN-{last:%y%m}", last, (line,), InvoiceKind.CREDIT_NOTE)
    sure(office, purchasing.enter_invoice, invoice=new)
    _approve(world)


def _statement(world: World, last: date) -> None:
    """The supplier's statement at the end of yesterday: one invoice it still waits for, one nobody here has seen."""
    office = world.crew["accountant"]
    supplier_id = world.ids.suppliers[STATED_BY]
    rows = office.ask(purchasing.list_payables, filters=PayableFilter(supplier_id=supplier_id))
    lines = [NewStatementLine(row.number, row.open, row.invoiced_on) for row in rows]
    lines.append(NewStatementLine(f"{STATED_BY.replace('-', '')}{last:%y%m}-99", Decimal("386.50"), last))
    if len(lines) > 1:
        first = lines[0]
        lines[0] = NewStatementLine(first.number, first.amount + 20, first.day)
    total = sum((line.amount for line in lines), Decimal(0))
    office.do(purchasing.enter_statement, statement=NewStatement(supplier_id, last, total, tuple(lines)))
