"""What a reader needs of a port, whatever it is made of, and what can go wrong with one."""

from __future__ import annotations

from typing import Protocol

from core.devices.types.ports import PortState, PortWord
from core.i18n import _

# How long one look at a quiet port lasts: ten looks a second cost nothing, and closing need not wait longer.
LOOK_SECONDS = 0.1


class PortFault(Exception):
    """A port cannot be opened, or was lost while it was open; `state` says so to people."""

    def __init__(self, state: PortState) -> None:
        super().__init__(state.text.render("en"))
        self.state = state


class Port(Protocol):
    """An open port. All but `wake` is called on the reader's thread only."""

    def read(self) -> bytes:
        """What came, waiting LOOK_SECONDS at most; empty when nothing did. Raises PortFault when the port is gone."""

    def write(self, data: bytes) -> None:
        """Send a question; one that nobody takes is dropped. Raises PortFault when the port is gone."""

    def wake(self) -> None:
        """End a `read` that waits, from another thread. Never raises."""

    def close(self) -> None:
        """Let go of the port. Never raises."""


class Source(Protocol):
    """Where a port is opened, again and again after it was lost."""

    def open(self) -> Port:
        """Find the device and open its port. Raises PortFault."""


def lost(name: str) -> PortFault:
    """The port was there and is gone."""
    return PortFault(
        PortState(PortWord.ABSENT, _("{device} was unplugged or switched off. Plug it in again.", device=name))
    )


def absent(name: str) -> PortFault:
    """The port is not there."""
    return PortFault(PortState(PortWord.ABSENT, _("{device} is not plugged in, or switched off.", device=name)))


def busy(name: str) -> PortFault:
    """The port is taken by another program."""
    return PortFault(
        PortState(PortWord.BUSY, _("Another program uses the port of {device}. Close that program.", device=name))
    )


def refused(name: str) -> PortFault:
    """The person at this PC may not open the port."""
    return PortFault(
        PortState(
            PortWord.REFUSED,
            _(
                "This PC does not let the program open {device}. On Linux, add the user to the group dialout.",
                device=name,
            ),
        )
    )


def hid_refused(name: str) -> PortFault:
    """The system does not open a HID-POS scanner."""
    words = _(
        "This PC does not let the program open {device}. Another program holds it, or on Linux a udev rule for hidraw is missing.",
        device=name,
    )
    return PortFault(PortState(PortWord.REFUSED, words))


def hid_missing(name: str) -> PortFault:
    """hidapi is not installed."""
    words = _(
        "The part of the program for USB scanners (hidapi) is missing. Install the program again, or set {device} to serial mode.",
        device=name,
    )
    return PortFault(PortState(PortWord.FAULT, words))


def unclear(name: str) -> PortFault:
    """Several devices are the one meant."""
    return PortFault(
        PortState(
            PortWord.UNCLEAR,
            _("Several devices look like {device}. Unplug the others, or choose its port in the list.", device=name),
        )
    )


def faulty(name: str, why: str) -> PortFault:
    """Anything else the system says about a port."""
    return PortFault(PortState(PortWord.FAULT, _("{device} cannot be opened: {why}", device=name, why=why[:200])))
