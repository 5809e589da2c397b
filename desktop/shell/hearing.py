"""Scans of an open site: at the sign-in and the lock screen they are badges, afterwards the frame routes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.devices import Heard
    from desktop.context import Devices
    from desktop.shell.session import Session


def hear_scans(session: Session, devices: Devices) -> None:
    """Take what the devices of this PC hear; they are let go of together with the session."""

    def heard(scan: Heard) -> None:
        session.idle.touch()
        stage = session.sign_in_stage
        if session.frame is not None and not session.is_locked:
            session.frame.scanning.heard(scan)
        elif stage is not None and scan.trouble is None:
            from core.devices import parse_scan

            stage.scan(parse_scan(scan.raw))

    devices.takes_badges = lambda: session.frame is None or session.is_locked
    devices.heard.connect(heard)
