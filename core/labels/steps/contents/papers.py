"""Labels for what goes with a document: parcels, boxes of a return."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core import documents
from core.labels.steps.contents.wanted import Wanted, in_order, own, site_fields
from core.labels.types import LabelContent
from core.uow import UnitOfWork
from core.words import word
from db.catalog import Supplier
from db.enums import PostingKind
from db.sql import chunks
from db.stock import StockPosting

_POSTINGS = select(
    StockPosting.id, StockPosting.number, StockPosting.kind, StockPosting.at, StockPosting.document,
    StockPosting.note, StockPosting.purpose, Supplier.name, Supplier.name_en, Supplier.contact, Supplier.phone,
    Supplier.address,
).outerjoin(Supplier, Supplier.id == StockPosting.supplier_id)  # fmt: skip


def document_contents(uow: UnitOfWork, wanted: Wanted) -> list[LabelContent]:
    """One label for each posting: its number, from whom, to whom, and the posting's own code."""
    found: dict[int, Any] = {}
    for part in chunks(sorted(set(wanted.ids))):
        found.update({row.id: row for row in uow.sql.execute(_POSTINGS.where(StockPosting.id.in_(part)))})
    site = site_fields(uow, wanted.language)
    return [_content(uow, row, wanted, site) for row in in_order(wanted, found)]


def _content(uow: UnitOfWork, row: Any, wanted: Wanted, site: dict[str, str]) -> LabelContent:
    fields = {
        **site,
        "code": row.number,
        "title": word(PostingKind(row.kind)).render(wanted.language),
        "date": documents.format_date(row.at.astimezone(ZoneInfo(uow.site.zone)).date()),
        "party": wanted.title(row.name or "", row.name_en or "") or row.purpose,
        "party_contact": row.contact or "",
        "party_phone": row.phone or "",
        "party_address": row.address or "",
        "document": row.document,
        "note": row.note,
        "piece": "",
        "own_code": own("document", row.number),
    }
    return LabelContent("document", row.id, row.number, fields, wanted.language)
