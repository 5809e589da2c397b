"""The footer's light that says whether the scanners of this PC are there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.devices import DeviceRow, PortState
from core.i18n import _
from desktop.context import AppContext
from desktop.shell.registry import LightState

OF_KEYBOARD = LightState("off", _("Scanner as keyboard"))


class _Watch(QObject):
    """Tells again whenever a port changes; ends with the light it tells."""

    def __init__(self, context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
        super().__init__(owner)
        self._devices, self._tell = context.devices, tell
        if self._devices is not None:
            self._devices.changed.connect(self.say)
        self.say()

    def say(self) -> None:
        """Tell the state now."""
        self._tell(light_of(self._devices.scanners() if self._devices is not None else []))


def watch_scanners(context: AppContext, owner: QWidget, tell: Callable[[LightState], None]) -> None:
    """Tell how the scanners stand, now and on every change."""
    _Watch(context, owner, tell)


def light_of(scanners: list[tuple[DeviceRow, PortState | None]]) -> LightState:
    """The light for these scanners; those that type are there as long as somebody types."""
    ports = [(row, state) for row, state in scanners if state is not None]
    missing = [row.name for row, state in ports if not state.is_ready]
    if missing:
        return LightState("warn", _("Scanner not there: {name}", name=", ".join(missing)[:60]))
    if ports:
        return LightState("good", _("Scanner"))
    measured = [row for row, _state in scanners]
    return LightState("good", _("Scanner")) if measured else OF_KEYBOARD
