"""A file that takes the place of a printer: for looking at what would be sent, and for programs that pick it up."""

from __future__ import annotations

from pathlib import Path

from core.devices.links.base import Link
from core.devices.types.printers import LinkFault
from core.i18n import _


class FileLink(Link):
    """Appends what is written to a file."""

    answers = False
    keeps = True

    def __init__(self, path: str, name: str) -> None:
        super().__init__(name)
        self._path = Path(path).expanduser()
        self._send(memoryview(b""), 0)

    def _send(self, data: memoryview, seconds: float) -> int:
        try:
            with self._path.open("ab") as file:
                return file.write(data)
        except OSError as fault:
            raise LinkFault(
                _("The file {path} cannot be written: {why}", path=str(self._path), why=fault.strerror or "?"),
                "refused",
            ) from fault
