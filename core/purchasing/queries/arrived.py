"""What became of a delivery that was on its way to the database when a program ended."""

from __future__ import annotations

from sqlalchemy import select

from core.answers import from_json
from core.purchasing.types.receipts import Delivery
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission
from db.journal import Journal


@query(Permission.STOCK_RECEIVE)
def find_delivery(uow: UnitOfWork, *, request_id: str) -> Delivery | None:
    """What a request to receive became, by the id it was sent with; None when nothing was received."""
    result = uow.sql.execute(select(Journal.result).where(Journal.request_id == request_id)).scalar()
    answer = None if result is None else from_json(result)
    return answer if isinstance(answer, Delivery) else None
