"""Building blocks of papers: who issues them, and how the site writes its figures."""

from __future__ import annotations

from sqlalchemy import select

from core.documents.formats import named
from core.documents.types import BOTH, CompanyHead, Notation
from core.i18n import LANGUAGES, _
from core.uow import UnitOfWork
from db.documents import Attachment

SITE = "site"
SITE_ID = 1


def company_head(uow: UnitOfWork, language: str) -> CompanyHead:
    """The head of every paper of the site: logo, name, address, telephone, tax number, and the line at the foot."""
    site = uow.site
    lines = [line for line in (site.address, site.phone) if line]
    if site.tax_number:
        label = _("Tax number")
        said = [label.render(one) for one in (LANGUAGES if language == BOTH else (language,))]
        lines.append(" ".join((*said, site.tax_number)))
    a = Attachment
    logo = uow.sql.execute(
        select(a.content).where(a.owner_kind == SITE, a.owner_id == SITE_ID, a.is_photo).limit(1)
    ).scalar_one_or_none()
    return CompanyHead(named(site.title, language), tuple(lines), logo, site.paper_foot)


def notation_of(uow: UnitOfWork) -> Notation:
    """The site's conventions for figures."""
    return Notation(uow.site.currency, uow.site.digits, uow.site.zone)
