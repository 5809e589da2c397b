"""Changing what is watched, who is told, and when nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, select, update

from core.alerts.rules.addresses import checked_phone
from core.alerts.rules.kinds import checked_rule
from core.alerts.rules.quiet import checked_quiet
from core.alerts.steps.rules import CONTACT, RULE, SETTINGS, SETTINGS_ID, fetch_rule, load_settings, stored_rule
from core.alerts.types.rules import QuietHours, RuleEdit
from core.edits import merge_edit
from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.mail import check_address
from core.registry import command
from core.uow import UnitOfWork
from db.alerts import AlertChannel
from db.enums import Permission
from db.identity import Person, Role
from db.sql import upsert


@command(Permission.ALERT_EDIT)
def save_alert_rule(
    uow: UnitOfWork, *, new: RuleEdit, rule_id: int = 0, version: int = 0, seen: RuleEdit | None = None
) -> int:
    """Change a rule of alerts.

    Answers its number; without `rule_id` a new rule is made. `version` and `seen` are what the form showed; what somebody
    else changed meanwhile is merged field by field. It holds from the next look on. Raises InvalidInput for a limit out of
    bounds, or a role, person or channel that is not there; Conflict; NotFound.
    """
    edit = checked_rule(new)
    _check_named(uow, edit)
    uow.note(kind=str(edit.kind))
    if not rule_id:
        made = insert(RULE).values(**stored_rule(edit), version=1).returning(RULE.c.id)
        return int(uow.sql.execute(made).scalar_one())
    kept = fetch_rule(uow, rule_id)
    if kept.edit.kind != edit.kind:
        raise InvalidInput(_("A rule stays of its kind. Make a new one."), field="kind")
    before, base = stored_rule(kept.edit), None if seen is None else stored_rule(checked_rule(seen))
    touched = {name: value for name, value in stored_rule(edit).items() if base is None or value != base[name]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    if changes:
        uow.sql.execute(update(RULE).where(RULE.c.id == rule_id).values(**changes, version=kept.version + 1))
        uow.note(changes={name: [before[name], value] for name, value in changes.items()})
    return rule_id


@command(Permission.ALERT_EDIT)
def remove_alert_rule(uow: UnitOfWork, *, rule_id: int) -> None:
    """Remove a rule of alerts.

    Its alerts are over with the next look; what they were stays in the history. Raises NotFound.
    """
    kept = fetch_rule(uow, rule_id)
    uow.sql.execute(update(RULE).where(RULE.c.id == rule_id).values(is_removed=True, version=kept.version + 1))
    uow.note(kind=str(kept.edit.kind), name=kept.edit.name)


@command(Permission.ALERT_EDIT)
def save_quiet_hours(uow: UnitOfWork, *, new: QuietHours, version: int, seen: QuietHours | None = None) -> int:
    """Change the quiet hours.

    Answers the new version. What waits already keeps its time. Raises InvalidInput for a time that is none, Conflict.
    """
    kept = load_settings(uow, lock=True)
    before, wanted = asdict(kept.quiet), asdict(checked_quiet(new))
    base = None if seen is None else asdict(seen)
    touched = {name: value for name, value in wanted.items() if base is None or value != base[name]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    checked_quiet(QuietHours(**{**before, **changes}))
    uow.sql.execute(update(SETTINGS).where(SETTINGS.c.id == SETTINGS_ID).values(**changes, version=kept.version + 1))
    uow.note(changes={name: [before[name], value] for name, value in changes.items()})
    return kept.version + 1


@command(None)
def save_contact(uow: UnitOfWork, *, person_id: int, email: str, phone: str) -> None:
    """Change where somebody is told of alerts.

    Everybody changes their own; others' need the right to change rules. Empty: nowhere. Raises InvalidInput, NotFound,
    NotAllowed.
    """
    if person_id != uow.actor.person_id:
        uow.require(Permission.ALERT_EDIT)
    found = uow.sql.execute(select(Person.name).where(Person.id == person_id)).scalar_one_or_none()
    if found is None:
        raise NotFound(_("There is no such person."), field="person")
    values = {
        "person_id": person_id,
        "email": check_address(email) if email.strip() else "",
        "phone": checked_phone(phone) if phone.strip() else "",
    }
    upsert(uow.sql, CONTACT, [values], ("person_id",))
    uow.note(person=found)


def _check_named(uow: UnitOfWork, edit: RuleEdit) -> None:
    """Roles, people and channels that are named are there. Raises InvalidInput."""
    _check_known(uow, "roles", set(edit.roles), Role.code)
    _check_known(uow, "people", set(edit.people), Person.id)
    _check_known(uow, "channels", set(edit.channels), AlertChannel.id)


def _check_known(uow: UnitOfWork, field: str, named: set[Any], column: Any) -> None:
    known = set(uow.sql.execute(select(column).where(column.in_(sorted(named)))).scalars()) if named else set()
    if named - known:
        raise InvalidInput(_NOT_THERE[field], field=field)


_NOT_THERE: Mapping[str, Any] = {
    "roles": _("One of the roles is not there any more. Choose again."),
    "people": _("One of the people is not there any more. Choose again."),
    "channels": _("One of the channels is not there any more. Choose again."),
}
