"""Setting up the channels over which alerts leave the program."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlalchemy import insert, update

from core.alerts.rules.channels import checked_channel, shown_address
from core.alerts.steps.channels import C, fetch_channel, stored_channel
from core.alerts.steps.messages import let_go, withdraw_all
from core.alerts.types.channels import ChannelEdit
from core.edits import merge_edit
from core.errors import InvalidInput
from core.i18n import LANGUAGES, _
from core.mail import check_address
from core.registry import command
from core.uow import UnitOfWork
from db.enums import ChannelKind, Permission


@command(Permission.ALERT_EDIT)
def save_channel(
    uow: UnitOfWork,
    *,
    new: ChannelEdit,
    channel_id: int = 0,
    version: int = 0,
    seen: ChannelEdit | None = None,
    shown: str = "",
) -> int:
    """Set up a channel of alerts.

    Answers its number; without `channel_id` a new one is made. The address of a robot and its secret are no part of it: each
    PC keeps its own (`keep_channel_secret`); `shown` is what of that address may be seen. Messages that wait are tried again
    at once. Raises InvalidInput for what cannot be right, naming the field; Conflict; NotFound.
    """
    edit = _checked(new)
    if not channel_id:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"steward:{uow.request_id}").hex
        row = {**stored_channel(edit), "key": key, "shown": _shown(edit, shown), "is_removed": False, "version": 1}
        return int(uow.sql.execute(insert(C).values(**row).returning(C.c.id)).scalar_one())
    kept = fetch_channel(uow, channel_id, lock=True)
    if kept.edit.kind != edit.kind:
        raise InvalidInput(_("A channel stays of its kind. Make a new one."), field="kind")
    before, base = stored_channel(kept.edit), None if seen is None else stored_channel(seen)
    touched = {name: value for name, value in stored_channel(edit).items() if base is None or value != base[name]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=kept.version != version)
    now_shown = _shown(edit, shown) or kept.shown
    uow.sql.execute(update(C).where(C.c.id == channel_id).values(**changes, shown=now_shown, version=kept.version + 1))
    let_go(uow, channel_id)
    uow.note(channel=edit.name, changes={name: [before[name], value] for name, value in changes.items()})
    return channel_id


@command(Permission.ALERT_EDIT)
def remove_channel(uow: UnitOfWork, *, channel_id: int) -> None:
    """Remove a channel of alerts.

    What waits for it is withdrawn; rules that name it tell the others. Raises NotFound.
    """
    kept = fetch_channel(uow, channel_id, lock=True)
    uow.sql.execute(update(C).where(C.c.id == channel_id).values(is_removed=True, version=kept.version + 1))
    withdraw_all(uow, channel_id)
    uow.note(channel=kept.edit.name)


def _checked(new: ChannelEdit) -> ChannelEdit:
    edit = checked_channel(new, LANGUAGES)
    if edit.kind is not ChannelKind.MAIL:
        return edit
    try:
        return replace(edit, addresses=tuple(dict.fromkeys(check_address(one) for one in edit.addresses)))
    except InvalidInput as fault:
        raise InvalidInput(fault.text, field="addresses") from fault


def _shown(edit: ChannelEdit, shown: str) -> str:
    return shown_address(edit, "") or " ".join(shown.split())[:200]
