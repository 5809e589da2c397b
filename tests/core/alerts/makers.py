"""Short ways to what tests of alerts need."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from core import alerts, catalog, identity
from core.alerts import AlertFilter, AlertRow, ChannelEdit, ChannelSecret, MessageFilter, MessageRow, RuleEdit, RuleRow
from core.catalog import NewPolicy
from core.identity import NewPerson, RoleGrant
from core.office import Office
from db.enums import AlertKind, ChannelKind
from tests.factories import make_item
from tests.helpers.http_server import WebServer
from tests.helpers.stock import issue, receive


def rule_of(office: Office, kind: AlertKind) -> RuleRow:
    return next(row for row in office.ask(alerts.list_alert_rules) if row.edit.kind == kind)


def change_rule(office: Office, kind: AlertKind, **over: Any) -> RuleEdit:
    row = rule_of(office, kind)
    edit = replace(row.edit, **over)
    office.do(alerts.save_alert_rule, new=edit, rule_id=row.id, version=row.version)
    return edit


def only(office: Office, *kinds: AlertKind, **over: Any) -> None:
    """Every other rule is off."""
    for row in office.ask(alerts.list_alert_rules):
        change_rule(office, row.edit.kind, is_on=row.edit.kind in kinds, **(over if row.edit.kind in kinds else {}))


def short_item(office: Office, code: str = "TOM-001", have: str = "3", safety: str | None = "5", **over: Any) -> int:
    """An item of which there is less than its safety stock."""
    item_id = make_item(office, code)
    office.do(
        catalog.save_policy,
        item_id=item_id,
        policy=NewPolicy(safety=None if safety is None else Decimal(safety), **over),
    )
    receive(office, [item_id], have)
    return item_id


def inbox(office: Office, **over: Any) -> tuple[AlertRow, ...]:
    return office.ask(alerts.list_alerts, wanted=AlertFilter(**over)).rows


def kinds(office: Office, **over: Any) -> list[AlertKind]:
    return [row.kind for row in inbox(office, **over)]


def channel(office: Office, server: WebServer | None, kind: ChannelKind = ChannelKind.WEBHOOK, **over: Any) -> int:
    """A channel that reaches a server; this PC knows its address."""
    secret = over.pop("secret", "")
    channel_id = office.do(alerts.save_channel, new=ChannelEdit(kind, over.pop("name", f"Kitchen {kind}"), **over))
    key = next(row.key for row in office.ask(alerts.list_channels) if row.id == channel_id)
    if server is not None:
        alerts.keep_channel_secret(kind, key, ChannelSecret(server.url, secret))
    return channel_id


def messages(office: Office, **over: Any) -> list[MessageRow]:
    return office.ask(alerts.list_messages, wanted=MessageFilter(**over))


def somebody(office: Office, name: str, role: str, pin: str = "4711") -> int:
    """A person with one of the built-in roles, by its English name."""
    roles = {row.name_en: row.role_id for row in office.ask(identity.list_roles)}
    return office.do(identity.add_person, new=NewPerson(name, pin=pin, roles=(RoleGrant(roles[role]),)))


__all__ = [
    "change_rule", "channel", "inbox", "issue", "kinds", "messages", "only", "receive", "rule_of", "short_item", "somebody",
]  # fmt: skip
