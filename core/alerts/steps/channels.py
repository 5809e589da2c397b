"""Channels in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from core.alerts.types.channels import ChannelEdit, Gateway
from core.errors import NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.alerts import AlertChannel
from db.base import table_of
from db.enums import ChannelKind

C = table_of(AlertChannel)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel as it is stored."""

    id: int
    version: int
    edit: ChannelEdit
    key: str
    shown: str


def load_channels(uow: UnitOfWork) -> list[Channel]:
    """The channels that were not removed, by name."""
    rows = uow.sql.execute(select(C).where(C.c.is_removed.is_(False)).order_by(C.c.name, C.c.id))
    return [_channel(row) for row in rows]


def fetch_channel(uow: UnitOfWork, channel_id: int, *, lock: bool = False) -> Channel:
    """One channel. Raises NotFound."""
    listed = select(C).where(C.c.id == channel_id, C.c.is_removed.is_(False))
    row = uow.sql.execute(listed.with_for_update() if lock else listed).first()
    if row is None:
        raise NotFound(_("There is no such channel."), field="channel")
    return _channel(row)


def _channel(row: Any) -> Channel:
    edit = ChannelEdit(
        kind=ChannelKind(row.kind),
        name=row.name,
        is_on=bool(row.is_on),
        language=row.language,
        addresses=tuple(row.addresses),
        to_people=bool(row.to_people),
        is_repeatable=bool(row.is_repeatable),
        gateway=Gateway(**row.options),
    )
    return Channel(row.id, row.version, edit, row.key, row.shown)


def stored_channel(edit: ChannelEdit) -> dict[str, Any]:
    """A channel's columns."""
    return {
        "kind": str(edit.kind), "name": edit.name, "is_on": edit.is_on, "language": edit.language,
        "addresses": list(edit.addresses), "to_people": edit.to_people, "is_repeatable": edit.is_repeatable,
        "options": asdict(edit.gateway),
    }  # fmt: skip
