"""What invoices booked in the ledger is taken back with them, not behind their back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, union_all

from core import stock
from core.errors import Refused
from core.i18n import _
from core.purchasing.steps.invoices.work import C, I, L, M
from core.uow import UnitOfWork
from db.sql import chunks


def watch() -> None:
    """Hear of reversals from now on."""
    stock.watch_reversals(check_reversals, _nothing)


def check_reversals(uow: UnitOfWork, posting_ids: Sequence[int]) -> None:
    """A difference or charge of an invoice stays booked while its match stands. Raises Refused with the way out."""
    for part in chunks(posting_ids):
        matched = select(M.c.invoice_line_id).where(M.c.posting_id.in_(part), M.c.undone_at.is_(None))
        charged = select(C.c.invoice_line_id).where(C.c.posting_id.in_(part), C.c.undone_at.is_(None))
        held = union_all(matched, charged).subquery()
        number = uow.sql.execute(
            select(I.c.number).join(L, L.c.invoice_id == I.c.id).join(held, held.c.invoice_line_id == L.c.id).limit(1)
        ).scalar()
        if number is not None:
            raise Refused(
                _("This was booked by invoice {invoice}. Take the match back there.", invoice=number), field="ref"
            )


def _nothing(uow: UnitOfWork, pairs: Sequence[tuple[int, int]]) -> None:
    """Nothing follows: the matches were taken back before."""
