"""The protocols of scales and probes that can be chosen, by the word a device's record keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.devices.rules.probes import LineProbeReader, ModbusReader, modbus_request
from core.devices.rules.readings import Reader
from core.devices.rules.scales.asked import NciReader, Toledo8217Reader
from core.devices.rules.scales.frames import ToledoContinuousReader, YaohuaEqualsReader, YaohuaFrameReader
from core.devices.rules.scales.lines import CommaReader, SicsReader, YaohuaLineReader
from core.i18n import Text, _


def _asks(question: bytes) -> Callable[[Mapping[str, Any]], bytes]:
    return lambda _settings: question


_ASKED_NOTHING = _asks(b"")


@dataclass(frozen=True, slots=True)
class Measuring:
    """How a scale or probe speaks: its reader, what it is asked and how often, and how its line is usually set."""

    word: str
    title: Text
    reader: Callable[[Mapping[str, Any]], Reader]
    question: Callable[[Mapping[str, Any]], bytes] = _ASKED_NOTHING
    poll_ms: int = 250
    baud: int = 9600
    bits: int = 8
    parity: str = "N"


_SCALES = (
    Measuring("mt-sics", _("Mettler-Toledo MT-SICS"), SicsReader, _asks(b"SI\r\n")),
    Measuring("comma", _("Lines such as ST,GS,+ 1.234kg (A&D, CAS, T-Scale)"), CommaReader),
    Measuring("toledo-8217", _("Toledo 8217, asked with W"), Toledo8217Reader, _asks(b"W\r"), bits=7, parity="E"),
    Measuring("nci", _("NCI, asked with W (Weigh-Tronix, Avery Berkel)"), NciReader, _asks(b"W\r"), bits=7, parity="E"),
    Measuring("toledo-continuous", _("Toledo continuous output"), ToledoContinuousReader),
    Measuring("yaohua-frame", _("Yaohua XK3190, continuous format 0"), YaohuaFrameReader),
    Measuring("yaohua-equals", _("Yaohua XK3190, continuous format 1 (=00.1000)"), YaohuaEqualsReader),
    Measuring("yaohua-line", _("Yaohua XK3190-A12E (WG004.139kg)"), YaohuaLineReader),
)
_PROBES = (
    Measuring("lines", _("Lines of text such as +4.2C or T=4.2"), LineProbeReader, poll_ms=1000),
    Measuring("modbus", _("Modbus RTU, one register"), ModbusReader, modbus_request, poll_ms=1000),
)
SCALES: Mapping[str, Measuring] = {one.word: one for one in _SCALES}
PROBES: Mapping[str, Measuring] = {one.word: one for one in _PROBES}
