"""The order on paper, its e-mail before it goes, and the list of orders as a file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core import catalog
from core.documents import Paper
from core.errors import NotFound
from core.i18n import LANGUAGES, _
from core.purchasing.queries.order_story import sees_prices
from core.purchasing.rules.order_changes import changes_between
from core.purchasing.steps.orders.awaited import O
from core.purchasing.steps.orders.records import last_sent, load_lines, order_facts
from core.purchasing.steps.orders.sending import mail_of
from core.purchasing.steps.papers_orders import OrderOnPaper, load_paper
from core.purchasing.types.order_views import OrderMail
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.PURCHASE_VIEW)
def get_order_paper(uow: UnitOfWork, *, order_id: int, language: str = "") -> Paper:
    """An order on paper as it stands, in a language (empty: the supplier's, "both": Chinese and English).

    With what changed since it was last sent; without prices for who may neither order nor see costs. Raises NotFound.
    """
    row = _row(uow, order_id)
    return load_paper(uow, row, language or row.language, shows_money=sees_prices(uow))


@query(Permission.PURCHASE_ORDER)
def get_order_mail(uow: UnitOfWork, *, order_id: int, message: str = "") -> OrderMail:
    """The e-mail an order would go with, to look at before it is sent. Raises NotFound."""
    row = _row(uow, order_id)
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    lines, sent = load_lines(uow, order_id), last_sent(uow, order_id)
    changes = () if sent is None else changes_between(sent.facts, order_facts(uow, row, lines))
    language = row.language if row.language in LANGUAGES else "zh"
    told = OrderOnPaper(row, lines, deal, row.revision, language, uow.now, changes)
    return mail_of(uow, told, message=message)


def _row(uow: UnitOfWork, order_id: int) -> Any:
    row = uow.sql.execute(select(O).where(O.c.id == order_id)).first()
    if row is None:
        raise NotFound(_("There is no such order ({order_id}).", order_id=order_id), field="order")
    return row
