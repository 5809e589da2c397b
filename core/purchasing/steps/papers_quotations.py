"""A request for quotation on paper: what a supplier fills in and sends back."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select

from core import documents
from core.catalog import SupplierDeal
from core.documents import Column, Fact, Line, Measure, Paper, PaperTable, Party, Signature
from core.i18n import Language, _
from core.purchasing.steps.papers_orders import unit_namer
from core.purchasing.steps.quotations import stored_lines
from core.uow import UnitOfWork
from db.base import table_of
from db.catalog import Item
from db.identity import Person

ITEM = table_of(Item)


def rfq_paper(uow: UnitOfWork, row: Any, deal: SupplierDeal, language: Language) -> Paper:
    """The request for one supplier in a language, with room for prices, freight and the day of delivery."""
    lines, unit = stored_lines(uow, row.id), unit_namer(uow, language)
    listed = select(ITEM.c.id, ITEM.c.code, ITEM.c.name, ITEM.c.name_en, ITEM.c.spec)
    items = {one.id: one for one in uow.sql.execute(listed.where(ITEM.c.id.in_([line.item_id for line in lines])))}
    columns = (
        Column("no", _("No."), "number", 10),
        Column("code", _("Our code"), "text", 24),
        Column("name", _("Item")),
        Column("qty", _("Quantity"), "qty", 28),
        Column("price", _("Price of one unit"), "blank", 30),
        Column("minimum", _("Smallest order"), "blank", 26),
        Column("days", _("Days to deliver"), "blank", 24),
    )
    by = uow.sql.execute(select(Person.name).where(Person.id == row.person_id)).scalar_one()
    facts = [Fact(_("Date"), row.created_at, "instant"), Fact(_("Handled by"), by)]
    if row.answer_by is not None:
        facts.append(Fact(_("Answer by"), row.answer_by, "date"))
    if row.needed_on is not None:
        facts.append(Fact(_("Needed on"), row.needed_on, "date"))
    facts.append(Fact(_("Currency"), deal.currency))
    cells = []
    for line in lines:
        item = items[line.item_id]
        name = documents.named(partial(_name, item), language)
        label = name if not line.note else f"{_name(item, language)} ({line.note})"
        cells.append(Line((line.line, item.code, label, Measure(line.qty, unit(line.unit)), None, None, None)))
    contact = tuple(one for one in (deal.contact, deal.phone, deal.email) if one)
    return Paper(
        head=documents.company_head(uow, language),
        title=_("Request for quotation"),
        number=row.number,
        facts=tuple(facts),
        parties=(Party(_("Supplier"), documents.named(deal.name.render, language), contact),),
        body=(PaperTable(columns, tuple(cells)),),
        remarks=row.note or _("Please quote freight and the first day you can deliver."),
        signatures=(Signature(_("Name and signature of the supplier")), Signature(_("Valid until"))),
        notation=documents.notation_of(uow),
    )


def _name(item: Any, language: str) -> str:
    name = (item.name_en or item.name) if language == "en" else item.name
    return f"{name} {item.spec}".strip()
