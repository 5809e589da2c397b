"""Joining what a scanner sends in pieces to whole scans, and reading them as text."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_BYTES = 8192
MOST_BYTES_OF_A_LINE = 256
SILENCE_MS = 150

ENDINGS: dict[str, bytes] = {
    "auto": b"\r\n\x03",
    "cr": b"\r",
    "lf": b"\n",
    "crlf": b"\r\n",
    "etx": b"\x03",
    "silence": b"",
}
_EDGES = b"\r\n\x02\x03\x00"


@dataclass(frozen=True, slots=True)
class Piece:
    """One whole scan as bytes; `is_cut` when more came than fits and the rest was thrown away."""

    data: bytes
    is_cut: bool = False


class Joiner:
    """Bytes in any pieces in, whole scans out: cut anywhere, the same scans come out.

    A scan ends at one of the bytes of `ending` or, told by `silence()`, when the line has been quiet for a while. What
    goes beyond `most` bytes is thrown away up to the next end, and said so.
    """

    def __init__(self, ending: str = "auto", most: int = MOST_BYTES) -> None:
        ends = ENDINGS.get(ending, ENDINGS["auto"])
        self._ends = re.compile(b"[" + re.escape(ends) + b"]") if ends else None
        self._most = most
        self._held = bytearray()
        self._is_cut = False

    @property
    def is_waiting(self) -> bool:
        """Whether the beginning of a scan is held."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Piece]:
        """Take what came; the scans that are whole now."""
        if self._ends is None:
            self._keep(data)
            return []
        *whole, rest = self._ends.split(data)
        found = []
        for part in whole:
            self._keep(part)
            found += self.silence()
        self._keep(rest)
        return found

    def silence(self) -> list[Piece]:
        """The line has been quiet: what is held is a scan, if there is anything in it."""
        data, is_cut = bytes(self._held).strip(_EDGES), self._is_cut
        self._held.clear()
        self._is_cut = False
        return [Piece(data, is_cut)] if data else []

    def _keep(self, data: bytes) -> None:
        room = self._most - len(self._held)
        self._held += data[:room]
        self._is_cut = self._is_cut or len(data) > room


def decoded(data: bytes, encoding: str = "auto") -> str:
    """The text of a scan: UTF-8, else GB18030, else byte by byte; or as the device's setting says."""
    for name in ("utf-8", "gb18030") if encoding == "auto" else (encoding,):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
