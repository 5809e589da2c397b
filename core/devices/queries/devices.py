"""The list of devices."""

from __future__ import annotations

from sqlalchemy import select

from core.devices.steps import DEVICES, device_row, fetch_device
from core.devices.types.devices import DeviceRow
from core.registry import query
from core.uow import UnitOfWork
from db.enums import DeviceKind


@query(None)
def list_devices(
    uow: UnitOfWork, *, kind: DeviceKind | None = None, everywhere: bool = False, with_retired: bool = False
) -> tuple[DeviceRow, ...]:
    """The devices of this PC and those of every PC, by kind and name; with `everywhere` those of other PCs too.

    Everybody who is signed in may see them, for everybody scans.
    """
    wanted = select(DEVICES).order_by(DEVICES.c.kind, DEVICES.c.name, DEVICES.c.id)
    if kind is not None:
        wanted = wanted.where(DEVICES.c.kind == kind)
    if not everywhere:
        wanted = wanted.where(DEVICES.c.station.in_(("", uow.station)))
    if not with_retired:
        wanted = wanted.where(DEVICES.c.is_active)
    return tuple(device_row(row) for row in uow.sql.execute(wanted))


@query(None)
def get_device(uow: UnitOfWork, *, device_id: int) -> DeviceRow:
    """One device, also a retired one. Raises NotFound."""
    return fetch_device(uow, device_id)
