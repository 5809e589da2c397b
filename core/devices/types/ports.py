"""What a port says: how it stands, what was scanned, what a scale or probe shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from core.i18n import Text, _


class PortWord(StrEnum):
    """How a port stands."""

    OPENING = "opening"
    READY = "ready"
    ABSENT = "absent"
    BUSY = "busy"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    SILENT = "silent"
    FAULT = "fault"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PortState:
    """How a port stands, as a word for the program and a sentence for the person."""

    word: PortWord
    text: Text

    @property
    def is_ready(self) -> bool:
        """Whether the device is there and heard."""
        return self.word in (PortWord.READY, PortWord.SILENT)


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan as it came in. With `trouble` set, `raw` is cut and must not be looked up."""

    raw: str
    at: datetime
    source: str
    device_id: int = 0
    trouble: Text | None = None


class ReadingTrouble(StrEnum):
    """Why a scale or probe shows no value that can be used."""

    OVERLOAD = "overload"
    UNDERLOAD = "underload"
    NOT_READY = "not_ready"
    NO_PROBE = "no_probe"
    REFUSED = "refused"
    GARBAGE = "garbage"

    @property
    def text(self) -> Text:
        """The same in words."""
        return _TROUBLES[self]


_TROUBLES = {
    ReadingTrouble.OVERLOAD: _("Overload"),
    ReadingTrouble.UNDERLOAD: _("Below zero range"),
    ReadingTrouble.NOT_READY: _("Not at rest, or not ready"),
    ReadingTrouble.NO_PROBE: _("No sensor"),
    ReadingTrouble.REFUSED: _("The device refuses the question"),
    ReadingTrouble.GARBAGE: _("What came cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a scale or probe shows.

    `value` is exact and in `unit` (g, kg, lb, oz, jin, pcs; C, F); None when there is `trouble`. `is_stable` is the
    device's own word, or, where it has none, the same value several times in a row; `is_net` when a tare is taken off.
    """

    value: Decimal | None
    unit: str = ""
    is_stable: bool = False
    is_net: bool = False
    trouble: ReadingTrouble | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading with when and where from."""

    reading: Reading
    at: datetime
    source: str
    device_id: int = 0


OnHeard: TypeAlias = Callable[[Heard], None]
OnMeasured: TypeAlias = Callable[[Measured], None]
OnState: TypeAlias = Callable[[PortState], None]
