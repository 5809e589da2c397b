"""Order templates as a list."""

from __future__ import annotations

from sqlalchemy import select

from core.i18n import Name
from core.purchasing.steps.templates import template_lines
from core.purchasing.types.requests import TemplateRow
from core.registry import query
from core.uow import UnitOfWork
from db.catalog import Supplier
from db.enums import Permission
from db.purchasing import OrderTemplate

T = OrderTemplate


@query(Permission.PURCHASE_VIEW)
def list_templates(uow: UnitOfWork, *, supplier_id: int | None = None, with_retired: bool = False) -> list[TemplateRow]:
    """Order templates by name, with their lines."""
    wanted = (
        select(T.id, T.version, T.name, T.supplier_id, T.note, T.is_active, Supplier.name.label("supplier"),
               Supplier.name_en.label("supplier_en"))
        .join(Supplier, Supplier.id == T.supplier_id)
        .order_by(T.name, T.id)
    )  # fmt: skip
    if supplier_id is not None:
        wanted = wanted.where(T.supplier_id == supplier_id)
    if not with_retired:
        wanted = wanted.where(T.is_active)
    rows = uow.sql.execute(wanted).all()
    lines = template_lines(uow, [row.id for row in rows])
    return [
        TemplateRow(
            row.id, row.version, row.name, row.supplier_id, Name(row.supplier, row.supplier_en), row.note,
            row.is_active, lines.get(row.id, ()),
        )
        for row in rows
    ]  # fmt: skip
