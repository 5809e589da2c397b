"""The site's settings and its approval rules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, insert, select, update

from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.i18n import _
from core.identity import rules
from core.identity.steps.edits import changes_between, merged
from core.identity.steps.people import fetch_role
from core.identity.steps.site import has_stock, settings_of
from core.identity.types import SiteEdit
from core.registry import command
from core.uow import UnitOfWork
from core.values import digits_of, to_minor
from db.enums import ApprovalSubject, Permission
from db.identity import ApprovalRule, Role, Site


@command(Permission.SITE_EDIT)
def update_site(uow: UnitOfWork, *, version: int, new: SiteEdit, seen: SiteEdit | None = None) -> int:
    """Change the site's settings.

    Answers the new version. Times are stored in UTC, so another zone or hour of the business day only shows and
    groups them differently. Raises InvalidInput, Refused for another currency once goods were posted, Conflict.
    """
    stored = uow.sql.execute(select(Site.__table__).with_for_update()).one()
    before = settings_of(stored)
    after = _checked(merged(before, _checked(new), seen, is_stale=stored.version != version))
    if after.currency != before.currency and has_stock(uow.sql):
        raise Refused(
            _("The currency stays {currency}: goods were posted in it already.", currency=before.currency),
            field="currency",
        )
    uow.sql.execute(
        update(Site).values(
            name=after.name,
            name_en=after.name_en,
            address=after.address,
            phone=after.phone,
            currency=after.currency,
            digits=digits_of(after.currency),
            zone=after.zone,
            language=after.language,
            day_start_hour=after.day_start_hour,
            lock_minutes=after.lock_minutes,
            tax_number=after.tax_number,
            paper_foot=after.paper_foot,
            paper_days=after.paper_days,
            version=stored.version + 1,
        )
    )
    uow.note(changes=changes_between(before, after))
    return int(stored.version) + 1


@command(Permission.SITE_EDIT)
def set_approval_rule(
    uow: UnitOfWork, *, subject: ApprovalSubject, limit_amount: Decimal, role_id: int, version: int = 0
) -> int:
    """Set an approval rule.

    Above `limit_amount` (the site's currency; 0 means always) somebody with the role must approve. Answers the new
    version; `version` is the one seen, 0 when there was no rule. Raises InvalidInput, NotFound, Conflict.
    """
    stored = _fetch_rule(uow, subject)
    if (stored.version if stored is not None else 0) != version:
        raise _rule_conflict(stored, limit_amount, role_id)
    if limit_amount < 0:
        raise InvalidInput(_("The limit is an amount of 0 or more."), field="limit_amount")
    to_minor(limit_amount, uow.site.digits)
    role = fetch_role(uow, role_id)
    values = {"limit_amount": limit_amount, "role_id": role_id, "version": version + 1}
    if stored is None:
        uow.sql.execute(insert(ApprovalRule).values(subject=ApprovalSubject(subject), **values))
    else:
        uow.sql.execute(update(ApprovalRule).where(ApprovalRule.id == stored.id).values(**values))
    before = [None, None] if stored is None else [stored.limit_amount, stored.role]
    uow.note(changes={"limit_amount": [before[0], limit_amount], "role": [before[1], role.name]})
    return version + 1


@command(Permission.SITE_EDIT)
def remove_approval_rule(uow: UnitOfWork, *, subject: ApprovalSubject) -> None:
    """Remove an approval rule.

    From now on nobody need approve. Raises NotFound when there is none.
    """
    stored = _fetch_rule(uow, subject)
    if stored is None:
        raise NotFound(_("There is no such approval rule any more."), field="subject")
    uow.sql.execute(delete(ApprovalRule).where(ApprovalRule.id == stored.id))
    uow.note(changes={"limit_amount": [stored.limit_amount, None], "role": [stored.role, None]})


def _fetch_rule(uow: UnitOfWork, subject: ApprovalSubject) -> Any:
    if subject not in tuple(ApprovalSubject):
        raise InvalidInput(_("There is nothing of this kind to approve."), field="subject")
    return uow.sql.execute(
        select(
            ApprovalRule.id,
            ApprovalRule.limit_amount,
            ApprovalRule.role_id,
            ApprovalRule.version,
            Role.name.label("role"),
        )
        .join(Role, Role.id == ApprovalRule.role_id)
        .where(ApprovalRule.subject == str(subject))
        .with_for_update(of=ApprovalRule)
    ).first()


def _rule_conflict(stored: Any, limit_amount: Decimal, role_id: int) -> Conflict:
    theirs = {"limit_amount": stored.limit_amount, "role_id": stored.role_id} if stored is not None else {}
    return Conflict(
        _("Somebody else changed this approval rule meanwhile. Look at it again."),
        base={},
        mine={"limit_amount": limit_amount, "role_id": role_id},
        theirs=theirs,
    )


def _checked(site: SiteEdit) -> SiteEdit:
    rules.check_language(site.language)
    if len(site.currency) != 3 or not (site.currency.isascii() and site.currency.isalpha() and site.currency.isupper()):
        raise InvalidInput(
            _("{currency} is not a currency. Write three letters such as CNY.", currency=site.currency),
            field="currency",
        )
    if site.zone not in available_timezones():
        raise InvalidInput(
            _("{zone} is not a time zone. Write one such as Asia/Shanghai.", zone=site.zone), field="zone"
        )
    _check_ranges(site)
    return SiteEdit(
        name=rules.clean_name(site.name, longest=200),
        name_en=rules.clean_words(site.name_en, longest=200, field="name_en"),
        address=rules.clean_words(site.address, longest=400, field="address"),
        phone=rules.clean_words(site.phone, longest=60, field="phone"),
        currency=site.currency,
        zone=site.zone,
        language=site.language,
        day_start_hour=site.day_start_hour,
        lock_minutes=site.lock_minutes,
        tax_number=rules.clean_words(site.tax_number, longest=60, field="tax_number"),
        paper_foot=rules.clean_words(site.paper_foot, longest=200, field="paper_foot"),
        paper_days=site.paper_days,
    )


def _check_ranges(site: SiteEdit) -> None:
    if site.day_start_hour not in range(24):
        raise InvalidInput(_("The business day starts at an hour from 0 to 23."), field="day_start_hour")
    if site.lock_minutes not in rules.LOCK_MINUTES:
        raise InvalidInput(_("The window locks after 1 to 240 minutes."), field="lock_minutes")
    if site.paper_days not in rules.PAPER_DAYS:
        raise InvalidInput(_("Printed papers are kept for 1 to 3,650 days."), field="paper_days")
