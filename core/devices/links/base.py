"""What every way to a printer can do."""

from __future__ import annotations

from collections.abc import Callable

from core.devices.types.printers import LinkFault, PrinterStatus
from core.i18n import _

STEP_SECONDS = 0.5
PATIENCE = 30.0
PART = 4096


class Link:
    """An open way to one printer. `answers` says whether anything can come back on it, `keeps` that what was written is
    there for good (a file)."""

    answers = True
    keeps = False

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, data: bytes, stalled: Callable[[], bool] | None = None) -> None:
        """Send all of `data`. A printer that is out of paper stops taking it: then `stalled` is called about twice a
        second, and sending goes on as long as it says True; without it for half a minute. Raises LinkFault."""
        waited = 0.0
        rest = memoryview(data)
        while rest:
            taken = self._send(rest[:PART], STEP_SECONDS)
            if taken:
                rest, waited = rest[taken:], 0.0
                continue
            waited += STEP_SECONDS
            if not (stalled() if stalled is not None else waited < PATIENCE):
                raise LinkFault(
                    _(
                        "{printer} takes no more data. Look whether it has labels and is switched on.",
                        printer=self.name,
                    ),
                    "stalled",
                )

    def read(self, most: int, seconds: float) -> bytes:
        """What the printer says, at most so many bytes; empty when nothing came in time. Raises LinkFault."""
        return b""

    def port_status(self) -> PrinterStatus | None:
        """What the way itself knows of the printer, without asking it; None for nothing."""
        return None

    def flush(self) -> None:
        """Hand over what was gathered, where the way gathers (a print queue)."""

    def close(self) -> None:
        """Let go of the printer. Never raises."""

    def _send(self, data: memoryview, seconds: float) -> int:
        """Send some of `data` and answer how much; 0 when nothing went in time."""
        raise NotImplementedError

    def closed(self, fault: OSError | None = None) -> LinkFault:
        """The way broke: switched off, unplugged, or the printer hung up."""
        return LinkFault(
            _("The connection to {printer} broke. Look whether it is switched on and plugged in.", printer=self.name),
            "closed",
        )
