"""What is watched, by which rules, and who is told where."""

from __future__ import annotations

from sqlalchemy import func, select

from core.alerts.rules.kinds import KINDS
from core.alerts.steps.inbox import A
from core.alerts.steps.rules import load_people, load_rules, load_settings, told_by
from core.alerts.types.rules import Contact, KindFacts, QuietCard, RuleRow, ToldRole
from core.i18n import Name, verbatim
from core.registry import query
from core.uow import UnitOfWork
from core.words import word
from db.enums import Permission
from db.identity import Role


@query(Permission.ALERT_EDIT)
def list_alert_rules(uow: UnitOfWork) -> list[RuleRow]:
    """The rules of alerts in the order of their kinds, with how many alerts each has now."""
    live = select(A.c.rule_id, func.count().label("n")).where(A.c.is_live == 1).group_by(A.c.rule_id)
    counts = {row.rule_id: int(row.n) for row in uow.sql.execute(live)}
    return [
        RuleRow(
            rule.id,
            rule.version,
            rule.edit,
            verbatim(rule.edit.name) if rule.edit.name else word(rule.edit.kind),
            KINDS[rule.edit.kind].about,
            counts.get(rule.id, 0),
        )
        for rule in load_rules(uow)
    ]


@query(Permission.ALERT_EDIT)
def list_alert_kinds(uow: UnitOfWork) -> list[KindFacts]:
    """Everything that can be watched, with the limits of each."""
    return list(KINDS.values())


@query(Permission.ALERT_EDIT)
def get_quiet_hours(uow: UnitOfWork) -> QuietCard:
    """When nothing is sent over channels."""
    settings = load_settings(uow)
    return QuietCard(settings.version, settings.quiet)


@query(Permission.ALERT_EDIT)
def list_told(uow: UnitOfWork, *, rule_id: int) -> list[Contact]:
    """The people a rule tells, with where they are reached outside the program."""
    people = load_people(uow)
    told = [one for rule in load_rules(uow) if rule.id == rule_id for one in told_by(rule.edit, people)]
    return [Contact(one.id, one.name, one.email, one.phone) for one in told]


@query(Permission.ALERT_EDIT)
def list_alert_roles(uow: UnitOfWork) -> list[ToldRole]:
    """The roles that rules can name, by the code rules keep."""
    rows = uow.sql.execute(select(Role.code, Role.name, Role.name_en).order_by(Role.id))
    return [ToldRole(row.code, Name(row.name, row.name_en)) for row in rows]


@query(None)
def list_contacts(uow: UnitOfWork) -> list[Contact]:
    """Where people are told of alerts outside the program: everybody sees their own, who may change rules all."""
    return [
        Contact(one.id, one.name, one.email, one.phone)
        for one in load_people(uow)
        if one.id == uow.actor.person_id or uow.may(Permission.ALERT_EDIT)
    ]
