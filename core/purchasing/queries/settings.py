"""The site's rules of purchasing as a person sees them."""

from __future__ import annotations

from sqlalchemy import select

from core.purchasing.rules.settings import FIELDS
from core.purchasing.types.settings import PurchaseSettings
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission
from db.purchasing import PurchaseRules


@query(Permission.PURCHASE_RULES)
def get_purchase_rules(uow: UnitOfWork) -> PurchaseSettings:
    """The rules of purchasing and their version."""
    row = uow.sql.execute(select(PurchaseRules.__table__).where(PurchaseRules.id == 1)).one()
    return PurchaseSettings(row.version, {field: row._mapping[field] for field in FIELDS})
