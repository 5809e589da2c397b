"""Approval rules (ID-4): an amount over the limit needs somebody with a role."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import or_, select

from core.errors import NotAllowed
from core.i18n import _
from core.identity.rules import ADMINISTRATOR
from core.identity.types import NeededRole
from core.uow import UnitOfWork
from core.words import word
from db.enums import ApprovalSubject
from db.identity import ApprovalRule, PersonRole, Role


def approval_needed(uow: UnitOfWork, subject: ApprovalSubject, amount: Decimal) -> NeededRole | None:
    """The role that must approve this amount, or None.

    None when no rule is set, when the amount (gain or loss alike, in the site's currency) is not over the rule's
    limit, or when the person, or who stands in for this action, has the role or is an administrator.
    """
    rule = uow.sql.execute(
        select(ApprovalRule.limit_amount, Role.id, Role.name, Role.name_en)
        .join(Role, Role.id == ApprovalRule.role_id)
        .where(ApprovalRule.subject == subject)
    ).first()
    if rule is None or abs(amount) <= rule.limit_amount:
        return None
    people = [actor.person_id for actor in (uow.actor, uow.approver) if actor is not None]
    held = uow.sql.execute(
        select(PersonRole.id)
        .join(Role, Role.id == PersonRole.role_id)
        .where(PersonRole.person_id.in_(people), or_(Role.id == rule.id, Role.code == ADMINISTRATOR))
        .limit(1)
    ).first()
    return None if held is not None else NeededRole(rule.id, rule.name, rule.name_en, rule.limit_amount)


def check_approval(uow: UnitOfWork, subject: ApprovalSubject, amount: Decimal) -> None:
    """Refuse what needs an approval nobody gave yet. Raises NotAllowed naming the limit and the role."""
    needed = approval_needed(uow, subject, amount)
    if needed is not None:
        raise NotAllowed(
            _(
                "{subject} over {limit} {currency} needs {role}. Somebody with this role can stand in with a PIN.",
                subject=word(subject),
                limit=f"{needed.limit_amount:,f}",
                currency=uow.site.currency,
                role=needed.title(uow.actor.language or uow.site.language),
            )
        )
