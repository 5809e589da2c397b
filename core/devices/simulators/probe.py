"""A temperature probe."""

from __future__ import annotations

from decimal import Decimal

from core.devices.rules.probes import crc_of, modbus_request
from core.devices.simulators.base import Beat, Simulator
from core.devices.simulators.wires import Wire
from db.enums import DeviceKind

TENTH = Decimal("0.1")
NO_SENSOR = 0x7FFF
ILLEGAL_ADDRESS = 2


class ProbeSimulator(Simulator):
    """Writes a line ten times a second (`lines`), or answers for one register (`modbus`)."""

    kind = DeviceKind.PROBE

    def __init__(self, protocol: str = "lines", name: str = "Simulated probe", wire: Wire | None = None) -> None:
        super().__init__(name, protocol, wire)
        self._celsius: Decimal | None = Decimal("4.2")
        self._is_refusing = False
        self._asked = b""
        self.wire.told = self._heard
        self._beat = Beat(self._send_line) if protocol == "lines" else None

    def set(self, celsius: Decimal | None) -> None:
        """Show another temperature, to a tenth; None pulls the sensor out."""
        self._celsius = None if celsius is None else celsius.quantize(TENTH)

    def refuse(self, is_refusing: bool = True) -> None:
        """Answer every Modbus question with an exception, as for a register that is not there."""
        self._is_refusing = is_refusing

    def close(self) -> None:
        """Take it away."""
        if self._beat is not None:
            self._beat.end()
        super().close()

    def _send_line(self) -> None:
        self.wire.send(b"OPEN\r\n" if self._celsius is None else f"T={self._celsius:+}C\r\n".encode())

    def _heard(self, data: bytes) -> None:
        question = modbus_request(self.device.settings)
        self._asked = (self._asked + data)[-256:]
        while self._beat is None and question in self._asked:
            self._asked = self._asked.split(question, 1)[1]
            answer = self._answer(question[:2])
            self.wire.send(answer + crc_of(answer))

    def _answer(self, head: bytes) -> bytes:
        if self._is_refusing:
            return bytes((head[0], head[1] | 0x80, ILLEGAL_ADDRESS))
        number = NO_SENSOR if self._celsius is None else int(self._celsius * 10)
        return head + b"\x02" + number.to_bytes(2, "big", signed=number < 0)
