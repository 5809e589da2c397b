"""Posting from other domains' commands and our own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.clock import business_day
from core.stock.steps.desk import Desk, Line
from core.stock.types import NewPosting, Posted
from core.uow import UnitOfWork
from db.enums import Permission


def post(uow: UnitOfWork, new: NewPosting) -> Posted:
    """Post one document to the ledger. Raises CoreError with the line (`row`): nothing is saved then."""
    return post_and_tell(uow, new)[0]


def post_and_tell(uow: UnitOfWork, new: NewPosting) -> tuple[Posted, list[Line]]:
    """The same, with the ledger's lines it became. Raises CoreError."""
    desk = Desk(uow)
    desk.prepare([new])
    lines = desk.lines_of(desk.post(new))
    return desk.close()[0], lines


def post_all(uow: UnitOfWork, postings: Sequence[NewPosting]) -> list[Posted]:
    """Post documents in order, all or none, in a fixed number of statements. Raises CoreError."""
    desk = Desk(uow)
    desk.prepare(postings)
    for new in postings:
        desk.post(new)
    return desk.close()


def check_backdating(uow: UnitOfWork, at: datetime | None) -> None:
    """An earlier business day needs a right of its own. Raises NotAllowed."""
    if at is None:
        return
    site = uow.site
    if business_day(at, site.zone, site.day_start_hour) < business_day(uow.now, site.zone, site.day_start_hour):
        uow.require(Permission.STOCK_BACKDATE)
