"""What was received already: the same delivery note, and what others received while this one was being typed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import aliased

from core.i18n import Text, _, join
from core.purchasing.steps.receiving.questions import Questions
from core.purchasing.types.arrivals import Arrived
from core.purchasing.types.receipts import NewDelivery
from core.uow import UnitOfWork
from core.values import from_micro
from db.enums import PostingKind as K
from db.identity import Person
from db.prepared import Prepared
from db.purchasing import PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from db.sql import total
from db.stock import StockPosting

R, RL, L, P = PurchaseReceipt, PurchaseReceiptLine, PurchaseOrderLine, StockPosting
_BACK = aliased(StockPosting)

_SAME_DOCUMENT = Prepared(
    union_all(
        select(P.number)
        .outerjoin(_BACK, (_BACK.ref_id == P.id) & (_BACK.kind == K.REVERSAL))
        .where(
            P.document == bindparam("document"),
            P.supplier_id == bindparam("supplier"),
            P.kind == K.RECEIPT,
            _BACK.id.is_(None),
        ),
        select(R.number).where(
            R.document == bindparam("document"), R.supplier_id == bindparam("supplier"), R.posting_id.is_(None)
        ),
    )
)
_MEANWHILE = Prepared(
    select(R.number, Person.name, RL.item_id, RL.order_line_id, total(RL.base_qty).label("qty"))
    .join(RL, RL.receipt_id == R.id)
    .join(L, L.id == RL.order_line_id)
    .join(Person, Person.id == R.person_id)
    .where(
        R.id > bindparam("version"),
        R.reversal_id.is_(None),
        L.order_id.in_(bindparam("order_ids", expanding=True)),
    )
    .group_by(R.id, R.number, Person.name, RL.item_id, RL.order_line_id)
    .order_by(R.id, RL.order_line_id)
)
_VERSION = Prepared(select(func.coalesce(func.max(R.id), 0).label("version")))


def sheet_version(uow: UnitOfWork) -> int:
    """What stands for all that was received so far."""
    return int(_VERSION.rows(uow.sql)[0].version)


def ask_about_same_document(uow: UnitOfWork, delivery: NewDelivery, questions: Questions) -> None:
    """Note a delivery note of this supplier that was received already."""
    document = delivery.document.strip()
    if not document or delivery.supplier_id is None:
        return
    rows = _SAME_DOCUMENT.rows(uow.sql, document=document, supplier=delivery.supplier_id)
    if rows:
        question = _(
            "Delivery note {document} was received already, as {number}. Receive it again?",
            document=document,
            number=rows[0].number,
        )
        questions.add("same_document", "document", question)


def ask_about_meanwhile(
    uow: UnitOfWork, delivery: NewDelivery, arrived: Sequence[Arrived], questions: Questions
) -> None:
    """Note what others received for the same orders since the sheet was asked for."""
    orders = sorted({*delivery.order_ids, *(one.awaited.order.id for one in arrived if one.awaited is not None)})
    if delivery.sheet_version is None or not orders:
        return
    rows = _MEANWHILE.rows(uow.sql, version=delivery.sheet_version, order_ids=orders)
    if not rows:
        return
    names = {one.item.id: one for one in arrived}
    said: list[Text] = []
    for row in rows:
        mine = names.get(row.item_id)
        if mine is not None:
            qty = from_micro(int(row.qty))
            said.append(_("{item}: {qty}", item=mine.item.name, qty=qty))
    facts = {"by": rows[0].name, "number": rows[0].number}
    if said:
        question = _(
            "Meanwhile {by} received {number} for the same order ({lines}). Receive yours as well?",
            lines=join(said[:8], ", "),
            **facts,
        )
    else:
        question = _("Meanwhile {by} received {number} for the same order. Receive yours as well?", **facts)
    questions.add("came_meanwhile", "order", question)
