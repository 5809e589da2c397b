"""Keeping the list of devices."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert, or_, select, update

from core.devices.rules import addresses
from core.devices.steps import fetch_device
from core.devices.types.devices import DeviceEdit
from core.edits import merge_edit
from core.errors import InvalidInput, Refused
from core.i18n import _
from core.identity import clean_name
from core.registry import command
from core.uow import UnitOfWork
from db.devices import Device
from db.enums import DeviceKind, DeviceLink, Permission

LONGEST_PROTOCOL = 20
LONGEST_STATION = 80


@command(Permission.DEVICE_EDIT)
def save_device(
    uow: UnitOfWork, *, new: DeviceEdit, device_id: int | None = None, version: int = 0, seen: DeviceEdit | None = None
) -> int:
    """Set up a device.

    Answers its id. Without `device_id` a device is added; else it is changed, and what somebody else changed since
    the form's `version` is merged field by field. A retired one comes back. Raises InvalidInput for a name or port
    that another device of this PC has, an address that cannot be right or a link that this kind has not; Conflict;
    NotFound.
    """
    edit = _checked(new)
    if device_id is None:
        _check_free(uow, edit)
        return int(uow.sql.execute(insert(Device).values(**_stored(edit)).returning(Device.id)).scalar_one())
    row = fetch_device(uow, device_id)
    before = _stored(row.edit())
    base = None if seen is None else _stored(seen)
    touched = {name: value for name, value in _stored(edit).items() if base is None or value != base[name]}
    changes = merge_edit(changes=touched, base=base, stored=before, is_stale=row.version != version)
    _check_free(uow, _checked(DeviceEdit(**{**before, **changes})), but=device_id)
    uow.sql.execute(
        update(Device).where(Device.id == device_id).values(**changes, is_active=True, version=row.version + 1)
    )
    uow.note(device=row.name, changes={name: [before[name], value] for name, value in changes.items()})
    return device_id


@command(Permission.DEVICE_EDIT)
def retire_device(uow: UnitOfWork, *, device_id: int) -> None:
    """Take a device out of use.

    Its settings are kept, and saving it again brings it back. Raises Refused when it is out of use already, NotFound.
    """
    row = fetch_device(uow, device_id)
    if not row.is_active:
        raise Refused(_("{name} is out of use already.", name=row.name))
    uow.sql.execute(update(Device).where(Device.id == device_id).values(is_active=False, version=row.version + 1))
    uow.note(device=row.name)


def _checked(new: DeviceEdit) -> DeviceEdit:
    kind, link = DeviceKind(new.kind), DeviceLink(new.link)
    addresses.check_link(kind, link)
    addresses.check_settings(new.settings)
    station = new.station.strip()
    if len(new.protocol) > LONGEST_PROTOCOL or len(station) > LONGEST_STATION:
        raise InvalidInput(_("These words are too long to be kept."), field="protocol")
    return DeviceEdit(
        kind=kind,
        name=clean_name(new.name),
        link=link,
        address=addresses.clean_address(link, new.address),
        protocol=new.protocol.strip(),
        settings=dict(new.settings),
        station=station,
    )


def _stored(edit: DeviceEdit) -> dict[str, Any]:
    return {**asdict(edit), "kind": str(edit.kind), "link": str(edit.link)}


def _check_free(uow: UnitOfWork, edit: DeviceEdit, *, but: int = 0) -> None:
    """Refuse a name or port that another device seen by the same PC has."""
    here = [] if not edit.station else [or_(Device.station == edit.station, Device.station == "")]
    rows = uow.sql.execute(
        select(Device.name, Device.link, Device.address).where(Device.is_active, Device.id != but, *here)
    ).all()
    for row in rows:
        if row.name.casefold() == edit.name.casefold():
            raise InvalidInput(_("There is a device with this name already."), field="name")
        is_same_port = edit.address and (row.link, row.address) == (edit.link, edit.address)
        if is_same_port and not addresses.is_shared_port(edit.link):
            raise InvalidInput(
                _("{name} is at this port already. A port serves one device.", name=row.name), field="address"
            )
