"""The button that takes what the scale shows; it is there only while a scale is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.devices import in_kilograms
from core.errors import InvalidInput
from core.i18n import Text, _
from core.values import plain, round_decimal
from core.words import DeviceKind
from desktop.context import AppContext
from desktop.widgets import Button

DECIMALS = 6


class WeighButton(Button):
    """`taken(kilograms)` with a reading that stands still; `refused(words)` when there is none."""

    def __init__(
        self, context: AppContext, taken: Callable[[Decimal], object], refused: Callable[[Text], object]
    ) -> None:
        super().__init__(_("Weigh"), self.weigh, icon_name="scale")
        self._devices, self._taken, self._refused = context.devices, taken, refused
        if self._devices is not None:
            self._devices.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Seen only where a scale hangs on this PC."""
        devices = self._devices
        known = (
            [] if devices is None else [*devices.rows, *(one.device for one, _state in devices.simulators().values())]
        )
        self.setVisible(any(row.kind is DeviceKind.SCALE for row in known))

    def weigh(self) -> None:
        """Take what the scale shows now."""
        try:
            self._taken(self._kilograms())
        except InvalidInput as error:
            self._refused(error.text)

    def _kilograms(self) -> Decimal:
        scales = [] if self._devices is None else self._devices.scales()
        if not scales:
            raise InvalidInput(_("The scale shows nothing. Look whether it is switched on and plugged in."))
        reading = scales[0].reading
        kilograms = in_kilograms(reading)
        if kilograms is None:
            raise InvalidInput(_("The scale shows no weight that could be taken."))
        if not reading.is_stable:
            raise InvalidInput(_("The scale is still moving. Wait until it stands still."))
        if kilograms <= 0:
            raise InvalidInput(_("The scale is empty."))
        return plain(round_decimal(kilograms, DECIMALS))
