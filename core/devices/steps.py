"""Building blocks for commands and queries on devices."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import select

from core.clock import Clock
from core.devices.rules.scans import read_scan
from core.devices.rules.scans.words import trouble
from core.devices.types.devices import DeviceRow
from core.devices.types.scans import Scan, ScanProfile, ScanWord
from core.errors import NotFound
from core.i18n import _
from core.uow import UnitOfWork
from db.base import table_of
from db.devices import Device
from db.enums import DeviceKind, DeviceLink

DEVICES = table_of(Device)
LOG = logging.getLogger(__name__)
_NO_COUNTRY = ScanProfile()


def parse_scan(raw: str, profile: ScanProfile = _NO_COUNTRY) -> Scan:
    """What a scan means: goods, batch, dates, weight, price, count, an address, a code of our own, or plain text.

    Never raises: what is wrong stands in the scan's troubles, what is good is filled in. The century of dates is told from
    this year's number.
    """
    try:
        return read_scan(raw, profile, Clock().now().year)
    except Exception:  # a bug of ours; whoever holds the scanner goes on working, and the log says where it is
        LOG.exception("a scan of %d characters could not be read", len(raw))
        return Scan(raw, troubles=(trouble(ScanWord.MALFORMED, raw[:40]),))


def device_row(row: Any) -> DeviceRow:
    """A stored row as others see it."""
    return DeviceRow(
        device_id=row.id,
        version=row.version,
        kind=DeviceKind(row.kind),
        name=row.name,
        link=DeviceLink(row.link),
        address=row.address,
        protocol=row.protocol,
        settings=row.settings or {},
        station=row.station,
        is_active=row.is_active,
    )


def fetch_device(uow: UnitOfWork, device_id: int) -> DeviceRow:
    """One device. Raises NotFound."""
    row = uow.sql.execute(select(DEVICES).where(DEVICES.c.id == device_id)).first()
    if row is None:
        raise NotFound(_("This device is not there any more."))
    return device_row(row)
