"""Sending a request for quotation to the suppliers it asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from core import catalog, documents, mail
from core.catalog import SupplierDeal
from core.errors import InvalidInput, Refused
from core.i18n import Language, Text, _
from core.purchasing.rules.files.order_mail import subject_of
from core.purchasing.steps.papers_quotations import rfq_paper
from core.purchasing.steps.quotations import R, S, held_rfq, move_rfq
from core.purchasing.types.states import Event
from core.registry import command
from core.uow import UnitOfWork
from db.enums import PaperWay, Permission, RfqState, SendWay

PDF = "application/pdf"
KIND = "rfq"


@command(Permission.PURCHASE_ORDER)
def send_rfq(
    uow: UnitOfWork,
    *,
    rfq_id: int,
    version: int,
    way: SendWay = SendWay.MAIL,
    supplier_ids: tuple[int, ...] = (),
    message: str = "",
) -> int:
    """Send a request for quotation.

    To every supplier of it that was not sent it yet, or just the ones named (again). By e-mail each gets its paper in its
    own language; on paper or by phone it is only noted. Answers the new version. Raises Refused, Conflict, InvalidInput
    for a supplier without an address.
    """
    row = held_rfq(uow, rfq_id, version)
    asked = uow.sql.execute(select(S).where(S.c.rfq_id == rfq_id).order_by(S.c.id)).all()
    wanted = [one for one in asked if (one.supplier_id in supplier_ids if supplier_ids else one.sent_at is None)]
    if not wanted:
        raise InvalidInput(_("Choose the suppliers to ask first."), field="suppliers")
    if row.state == RfqState.DRAFT:
        after = move_rfq(uow, row, Event.SEND)
    elif row.state in (RfqState.SENT, RfqState.ANSWERED):
        after = version + 1
        uow.sql.execute(update(R).where(R.c.id == rfq_id).values(version=after))
    else:
        raise Refused(_("{number} is closed. Make a new request.", number=row.number))
    deals = catalog.load_suppliers(uow, [one.supplier_id for one in wanted])
    for one in wanted:
        _tell(uow, row, deals[one.supplier_id], SendWay(way), message)
    uow.sql.execute(update(S).where(S.c.id.in_([one.id for one in wanted])).values(sent_at=uow.now))
    return after


def _tell(uow: UnitOfWork, row: Any, deal: SupplierDeal, way: SendWay, message: str) -> None:
    language: Language = "en" if deal.language == "en" else "zh"
    pdf = documents.render_pdf(rfq_paper(uow, row, deal, language), language)
    recipients: tuple[str, ...] = ()
    if way is SendWay.MAIL:
        if not deal.order_emails:
            raise InvalidInput(
                _("{supplier} has no e-mail address for orders. Tell them by phone.", supplier=deal.name), field="to"
            )
        recipients = deal.order_emails
        subject = subject_of("quotation", row.number, uow.site.title(language)).render(language)
        to = tuple(mail.Mailbox(address, deal.contact) for address in recipients)
        files = ((mail.file_name(f"{row.number}.pdf"), PDF, pdf),)
        mail.queue_mail(uow, mail.NewMail(to, subject, _body(uow, row, deal, message), KIND, row.id, files))
    title = f"{_('Request for quotation').render(language)} {row.number}"
    where = PaperWay.MAIL if recipients else PaperWay.FILE
    kept = documents.NewPrint(KIND, title, row.number, language, KIND, row.id, where, ", ".join(recipients)[:200])
    documents.keep_printed(uow, kept, pdf)


def _body(uow: UnitOfWork, row: Any, deal: SupplierDeal, message: str) -> str:
    language: Language = "en" if deal.language == "en" else "zh"
    lines: list[Text | str] = [
        _("Hello {name},", name=deal.contact) if deal.contact else _("Hello,"),
        "",
        _("Please send us your prices for what is listed in the attached request {number}.", number=row.number),
    ]
    if row.answer_by is not None:
        lines.append(_("Please answer by {day}.", day=row.answer_by))
    if message.strip():
        lines += ["", message.strip()]
    lines += ["", uow.actor.name, uow.site.title(language), uow.site.phone]
    return _said(lines, language)


def _said(lines: Sequence[Text | str], language: Language) -> str:
    words = [line if isinstance(line, str) else line.render(language) for line in lines]
    return "\n".join(words).strip() + "\n"
