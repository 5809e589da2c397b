"""A claim by e-mail: the letter in the supplier's language, the claim slip as PDF."""

from __future__ import annotations

from typing import Any

from core import catalog, documents, mail
from core.errors import InvalidInput
from core.i18n import LANGUAGES, Language, Text, _
from core.purchasing.rules.files.order_mail import subject_of
from core.purchasing.steps.papers_claims import claim_paper
from core.uow import UnitOfWork
from db.enums import PaperWay

PAPER_KIND = "claim"
PDF = "application/pdf"


def mail_claim(uow: UnitOfWork, row: Any, message: str) -> int:
    """Put a claim into the outbox, and its slip among the printed papers; answers the number of the e-mail. Raises
    InvalidInput when the supplier has no address, Refused while no mail server is set up."""
    deal = catalog.load_suppliers(uow, [row.supplier_id])[row.supplier_id]
    if not deal.claim_emails:
        raise InvalidInput(
            _("{supplier} has no e-mail address for claims. Enter one with the supplier, or send it on paper.",
              supplier=deal.name),
            field="to",
        )  # fmt: skip
    language: Language = deal.language if deal.language in LANGUAGES else uow.site.language
    pdf = documents.render_pdf(claim_paper(uow, row, language), language)
    to = tuple(mail.Mailbox(address, deal.contact) for address in deal.claim_emails)
    subject = subject_of("claim", row.number, uow.site.title(language)).render(language)
    files = ((mail.file_name(f"{row.number}.pdf"), PDF, pdf),)
    body = _body(uow, row, deal.contact, message, language)
    mail_id = mail.queue_mail(uow, mail.NewMail(to, subject, body, PAPER_KIND, row.id, files))
    title = f"{_('Claim slip').render(language)} {row.number}"
    kept = documents.NewPrint(
        PAPER_KIND, title, row.number, language, PAPER_KIND, row.id, PaperWay.MAIL, ", ".join(deal.claim_emails)[:200]
    )
    documents.keep_printed(uow, kept, pdf)
    return mail_id


def _body(uow: UnitOfWork, row: Any, contact: str, message: str, language: Language) -> str:
    lines: list[Text | str] = [
        _("Hello {name},", name=contact) if contact else _("Hello,"), "",
        _("With your delivery something was wrong. Our claim {number} is attached.", number=row.number),
        _("Please send us a credit note for this amount and state our number {number}.", number=row.number),
    ]  # fmt: skip
    if message.strip():
        lines += ["", message.strip()]
    lines += ["", uow.actor.name, uow.site.title(language), uow.site.phone]
    said = [line if isinstance(line, str) else line.render(language) for line in lines]
    return "\n".join(said).strip() + "\n"
