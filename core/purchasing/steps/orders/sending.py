"""Sending an order: its paper, the e-mail, the version that is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert

from core import catalog, documents, mail
from core.errors import InvalidInput
from core.i18n import Language, Text, _
from core.purchasing.rules.files.order_mail import Subject, subject_of
from core.purchasing.steps.orders.records import V
from core.purchasing.steps.papers_orders import OrderOnPaper
from core.purchasing.types.order_views import OrderMail
from core.uow import UnitOfWork
from db.enums import PaperWay, SendWay

PAPER_KIND = "order"
PDF = "application/pdf"


def mail_of(uow: UnitOfWork, told: OrderOnPaper, *, message: str = "", to: Sequence[str] = ()) -> OrderMail:
    """The e-mail an order goes with, in the supplier's language; to the supplier's people for orders, or to `to`."""
    row, deal, language, is_change = told.row, told.deal, told.language, bool(told.changes)
    lines: list[Text | str] = [
        _("Hello {name},", name=deal.contact) if deal.contact else _("Hello,"), "",
        _("Our changed purchase order {number} is attached. It replaces what we sent before.", number=row.number)
        if is_change
        else _("Our purchase order {number} is attached.", number=row.number),
    ]  # fmt: skip
    if row.deliver_on is not None:
        lines.append(_("Please deliver on {day}.", day=row.deliver_on))
    lines.append(_("Please confirm the order and the day of delivery by answering this e-mail."))
    if message.strip():
        lines += ["", message.strip()]
    lines += ["", uow.actor.name, uow.site.title(language), uow.site.phone]
    subject = _subject("order_changed" if is_change else "order", row.number, uow, language)
    addresses = tuple(one.strip() for one in to if one.strip()) or deal.order_emails
    return OrderMail(addresses, subject, _said(lines, language), mail.file_name(f"{row.number}.pdf"))


def _subject(kind: Subject, number: str, uow: UnitOfWork, language: Language) -> str:
    return subject_of(kind, number, uow.site.title(language)).render(language)


def _said(lines: Sequence[Text | str], language: Language) -> str:
    words = [line if isinstance(line, str) else line.render(language) for line in lines]
    return "\n".join(words).strip() + "\n"


def queue_order(uow: UnitOfWork, told: OrderOnPaper, letter: OrderMail, pdf: bytes) -> int:
    """Put the e-mail with the order's PDF into the outbox. Raises InvalidInput without an address or for a wrong one,
    Refused while no mail server is set up."""
    if not letter.to:
        raise InvalidInput(
            _(
                "{supplier} has no e-mail address for orders. Enter one with the supplier, or send the order another way.",
                supplier=told.deal.name,
            ),
            field="to",
        )
    to = tuple(mail.Mailbox(address, told.deal.contact) for address in letter.to)
    files = ((letter.file_name, PDF, pdf),)
    new = mail.NewMail(to, letter.subject, letter.body, PAPER_KIND, told.row.id, files)
    return mail.queue_mail(uow, new)


def mail_cancelled(uow: UnitOfWork, row: Any, reason: str) -> int:
    """Tell the supplier by e-mail that an order is cancelled. Raises InvalidInput, Refused as `queue_order`."""
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    language: Language = row.language
    lines: list[Text | str] = [
        _("Hello {name},", name=deal.contact) if deal.contact else _("Hello,"), "",
        _("We cancel our purchase order {number}. Please do not deliver it.", number=row.number),
        _("Reason: {reason}", reason=reason) if reason else "", "",
        uow.actor.name, uow.site.title(language), uow.site.phone,
    ]  # fmt: skip
    if not deal.order_emails:
        raise InvalidInput(
            _("{supplier} has no e-mail address for orders. Tell them by phone.", supplier=deal.name), field="to"
        )
    to = tuple(mail.Mailbox(address, deal.contact) for address in deal.order_emails)
    subject = _subject("order_cancelled", row.number, uow, language)
    return mail.queue_mail(uow, mail.NewMail(to, subject, _said(lines, language), PAPER_KIND, row.id))


def keep_version(uow: UnitOfWork, told: OrderOnPaper, way: SendWay, reason: str, kept: tuple[Any, str]) -> None:
    """Keep what was sent: its facts and the hash of its paper."""
    values = {
        "order_id": told.row.id, "revision": told.revision, "at": uow.now, "person_id": uow.actor.person_id,
        "way": str(way), "reason": reason.strip()[:200], "facts": kept[0], "sha256": kept[1],
    }  # fmt: skip
    uow.sql.execute(insert(V).values(**values))


def keep_paper(uow: UnitOfWork, told: OrderOnPaper, recipients: Sequence[str], pdf: bytes) -> int:
    """Keep the paper among the printed ones; answers its id there."""
    row, language = told.row, told.language
    title = f"{_('Purchase order').render(language)} {row.number}"
    where, to = PaperWay.MAIL if recipients else PaperWay.FILE, ", ".join(recipients)[:200]
    kept = documents.NewPrint(PAPER_KIND, title, row.number, language, "order", row.id, where, to)
    return documents.keep_printed(uow, kept, pdf)
