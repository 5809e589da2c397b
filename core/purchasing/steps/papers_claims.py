"""A claim on paper, as the supplier gets it: what was wrong, how much is asked back, two lines to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from core import catalog, documents
from core.catalog import SupplierDeal
from core.documents import Column, Fact, Line, Measure, Paper, PaperTable, Party, Signature, Total, Words
from core.i18n import Language, Name, Text, _
from core.purchasing.steps.orders.records import notation_in
from core.uow import UnitOfWork
from core.values import digits_of, from_minor
from core.words import word
from db.base import table_of
from db.catalog import Item, SupplierTerm, Unit
from db.enums import ClaimKind, ClaimState
from db.identity import Person
from db.purchasing import ClaimLine, PurchaseReceipt, PurchaseReceiptLine
from db.stock import Lot, StockPosting

CL, R, RL = ClaimLine, PurchaseReceipt, PurchaseReceiptLine
UnitNamer = Callable[[str], Text | str]


def claim_paper(uow: UnitOfWork, row: Any, language: Language, *, shows_money: bool = True) -> Paper:
    """The claim slip of a stored claim. `language` may be that of both."""
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    lines = _lines(uow, row)
    state = ClaimState(row.state)
    by = uow.sql.execute(select(Person.name).where(Person.id == row.person_id)).scalar_one()
    total = Total(_("Credit asked"), from_minor(row.asked, digits_of(row.currency)), "money", strong=True)
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Claim slip"),
        number=row.number,
        facts=_facts(uow, row, by),
        parties=(supplier_party(deal, language),),
        body=(_table(uow, row, lines, language, shows_money=shows_money), _asking(row)),
        totals=(total,) if shows_money else (Total(_("Lines"), len(lines), "number"),),
        remarks=row.note,
        signatures=(Signature(_("Handled by"), by), Signature(_("For the supplier"))),
        stamp=word(state) if state in (ClaimState.CREDITED, ClaimState.WRITTEN_OFF) else None,
        notation=notation_in(uow, row.currency),
    )


def supplier_party(deal: SupplierDeal, language: Language) -> Party:
    """The supplier as papers name it."""
    lines = (deal.contact, deal.address, deal.phone, deal.email)
    return Party(_("Supplier"), documents.named(deal.title, language), tuple(line for line in lines if line))


def unit_words(uow: UnitOfWork, language: Language) -> UnitNamer:
    """How a paper writes units: kg by its sign, a case by its name, in both languages where the paper is."""
    listed = select(Unit.code, Unit.name, Unit.name_en, Unit.dimension)
    rows = {row.code: row for row in uow.sql.execute(listed)}

    def namer(code: str) -> Text | str:
        row = rows.get(code)
        if row is None or (row.dimension and code.isascii()):
            return code
        return documents.named(Name(row.name or code, row.name_en).render, language)

    return namer


def _facts(uow: UnitOfWork, row: Any, by: str) -> tuple[Fact, ...]:
    facts = [Fact(_("Date"), row.created_at, "instant")]
    receipt = uow.sql.execute(select(R.number, R.document, R.received_at).where(R.id == row.receipt_id)).first()
    if receipt is not None:
        facts += [Fact(_("Receipt"), receipt.number), Fact(_("Delivered on"), receipt.received_at, "instant")]
        if receipt.document:
            facts.append(Fact(_("Delivery note"), receipt.document))
    returned = uow.sql.execute(select(StockPosting.number).where(StockPosting.id == row.return_id)).scalar()
    if returned is not None:
        facts.append(Fact(_("Return slip"), returned))
    return (*facts, Fact(_("Currency"), row.currency), Fact(_("Handled by"), by))


def _lines(uow: UnitOfWork, row: Any) -> Sequence[Any]:
    """The claim's lines with item, lot and the code the supplier knows it by."""
    term = SupplierTerm
    return uow.sql.execute(
        select(
            table_of(CL), Item.code, Item.name, Item.name_en, Lot.number.label("lot"), term.supplier_code,
        )
        .join(Item, Item.id == CL.item_id)
        .outerjoin(term, (term.item_id == CL.item_id) & (term.supplier_id == row.supplier_id))
        .outerjoin(RL, RL.id == CL.receipt_line_id)
        .outerjoin(Lot, Lot.id == RL.lot_id)
        .where(CL.claim_id == row.id)
        .order_by(CL.line)
    ).all()  # fmt: skip


def _table(uow: UnitOfWork, row: Any, lines: Sequence[Any], language: Language, *, shows_money: bool) -> PaperTable:
    units = unit_words(uow, language)
    wanted = [
        Column("no", _("No."), "number", 9), Column("code", _("Code"), "text", 22), Column("name", _("Item")),
        Column("kind", _("What was found"), "text", 32), Column("qty", _("Quantity"), "qty", 26),
    ]  # fmt: skip
    if any(line.supplier_code for line in lines):
        wanted.insert(1, Column("supplier_code", _("Your code"), "text", 24))
    if any(line.lot for line in lines):
        wanted.append(Column("lot", _("Lot"), "text", 26))
    if any(line.note for line in lines):
        wanted.append(Column("note", _("Note"), "text"))
    if shows_money:
        wanted.append(Column("amount", _("Amount"), "money", 28))
    rows = []
    for line in lines:
        cells: dict[str, documents.Cell] = {
            "no": line.line, "supplier_code": line.supplier_code or "", "code": line.code,
            "name": documents.named(Name(line.name, line.name_en).render, language), "kind": word(ClaimKind(line.kind)),
            "qty": Measure(line.qty, units(line.unit)), "lot": line.lot or "", "note": line.note,
            "amount": from_minor(line.amount, digits_of(row.currency)),
        }  # fmt: skip
        rows.append(Line(tuple(cells[column.key] for column in wanted)))
    return PaperTable(tuple(wanted), tuple(rows))


def _asking(row: Any) -> Words:
    return Words(_("Please send us a credit note for this amount and state our number {number}.", number=row.number))
