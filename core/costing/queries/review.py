"""The review of a period: opening + receipts - closing = usage, by item and category."""

from __future__ import annotations

from datetime import datetime

from core.costing.steps.closing_rows import stored_material
from core.costing.steps.closings import closing_over
from core.costing.steps.review_rows import from_ledger
from core.costing.steps.reviews import compose
from core.costing.types import Review
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.COST_VIEW)
def get_review(uow: UnitOfWork, *, start: datetime, end: datetime) -> Review:
    """Review of a period.

    From the first to the last moment, both included; every line adds up to the ledger. A closed month is answered as its
    closing stored it, with the names and categories of then. Raises InvalidInput when the period ends before it starts.
    """
    if end < start:
        raise InvalidInput(_("The period ends before it starts."), field="end")
    closing = closing_over(uow, start, end)
    made_of = from_ledger(uow, start, end) if closing is None else stored_material(uow, closing)
    return compose(start, end, made_of, uow.site.digits)
