"""The site's settings and approval rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from core.identity.steps.site import has_stock, settings_of
from core.identity.types import ApprovalRow, RoleHeld, SiteCard
from core.registry import query
from core.uow import UnitOfWork
from db.enums import ApprovalSubject, CostMethod, Permission
from db.identity import ApprovalRule, Role, Site


@query(Permission.SITE_EDIT)
def get_site(uow: UnitOfWork) -> SiteCard:
    """The site's settings, and whether its currency can still be changed."""
    row = uow.sql.execute(select(Site.__table__)).one()
    return SiteCard(
        version=row.version,
        settings=settings_of(row),
        cost_method=CostMethod(row.cost_method),
        has_stock=has_stock(uow.sql),
        created_at=row.created_at,
    )


@query(Permission.SITE_EDIT)
def list_approval_rules(uow: UnitOfWork) -> tuple[ApprovalRow, ...]:
    """Every kind of thing that can need approval, with its rule or without one."""
    rows = uow.sql.execute(
        select(
            ApprovalRule.subject, ApprovalRule.limit_amount, Role.id, Role.name, Role.name_en, ApprovalRule.version
        ).join(Role, Role.id == ApprovalRule.role_id)
    )
    stored = {row.subject: row for row in rows}
    return tuple(
        _row(subject, stored[subject]) if subject in stored else ApprovalRow(subject, None, 0, "", "", 0)
        for subject in ApprovalSubject
    )


@query(Permission.SITE_EDIT)
def list_approvers(uow: UnitOfWork) -> tuple[RoleHeld, ...]:
    """The roles that an approval rule can name."""
    rows = uow.sql.execute(select(Role.id, Role.name, Role.name_en).order_by(Role.id))
    return tuple(RoleHeld(row.id, row.name, row.name_en) for row in rows)


def _row(subject: ApprovalSubject, rule: Any) -> ApprovalRow:
    return ApprovalRow(subject, rule.limit_amount, rule.id, rule.name, rule.name_en, rule.version)
