"""A scale that takes a moment to come to rest."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

from core.devices.rules.protocols import SCALES
from core.devices.simulators.base import Beat, Simulator
from core.devices.simulators.scale_words import WORDS, Shown
from core.devices.simulators.wires import Wire
from db.enums import DeviceKind

SETTLING = 3
CAPACITY = Decimal("30.000")
LOWEST = Decimal("-0.200")
GRAM = Decimal("0.001")


class ScaleSimulator(Simulator):
    """Speaks one of the protocols of `core.devices.SCALES`: answers when asked, or sends ten times a second."""

    kind = DeviceKind.SCALE

    def __init__(self, protocol: str = "mt-sics", name: str = "Simulated scale", wire: Wire | None = None) -> None:
        super().__init__(name, protocol, wire)
        self._lock = threading.Lock()
        self._shown = Shown()
        self._moving = 0
        self._tare = Decimal(0)
        self._asked = b""
        self._question = SCALES[protocol].question({})
        self._words = WORDS[protocol]
        self.wire.told = self._heard
        self._beat = None if self._question else Beat(self._send)

    def put(self, kilograms: Decimal, *, settling: int = SETTLING) -> None:
        """Put something on; it swings for so many answers. Over 30 kg is overload, under -0.2 kg underload."""
        with self._lock:
            weight = (kilograms - self._tare).quantize(GRAM)
            self._moving = settling
            self._shown = Shown(weight, True, bool(self._tare), kilograms > CAPACITY, kilograms < LOWEST)

    def tare(self) -> None:
        """Take what stands on it as tare: it shows zero net."""
        with self._lock:
            self._tare += self._shown.kilograms
            self._shown = Shown(Decimal("0.000"), is_net=bool(self._tare))

    def close(self) -> None:
        """Take it away."""
        if self._beat is not None:
            self._beat.end()
        super().close()

    def _next(self) -> Shown:
        with self._lock:
            if not self._moving:
                return self._shown
            swing = GRAM * 7 * self._moving
            self._moving -= 1
            return replace(self._shown, kilograms=self._shown.kilograms + swing, is_stable=False)

    def _send(self) -> None:
        self.wire.send(self._words(self._next()))

    def _heard(self, data: bytes) -> None:
        self._asked = (self._asked + data)[-256:]
        while self._question and self._question in self._asked:
            self._asked = self._asked.split(self._question, 1)[1]
            self._send()
