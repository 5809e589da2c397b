"""Asking a printer how it stands, in its own language, and counting what it has worked off."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from core.devices.links.base import Link
from core.devices.rules import printer_status as said
from core.devices.types.printers import GARBAGE, SILENT, PrinterStatus

ANSWER_SECONDS = 0.6
COUNTER_SECONDS = 1.8
MIXED_SECONDS = 0.05
MOST_ANSWER = 1024
QUESTIONS = {"zpl": b'! U1 getvar "odometer.total_label_count"\r\n', "tspl": b"OUT @LABEL\r\n"}
COUNTED = {"zpl": re.compile(rb'"(\d{1,10})"'), "tspl": re.compile(rb"(\d{1,10})\r?\n")}
_DIGITS = re.compile(rb"[\d\r\n]*")


class Talk:
    """A conversation with one printer over one open link.

    Status questions are answered at once, also while labels wait. The counter's answer comes in turn on TSPL and ZPL: when
    it is there, everything sent before has been read; out of labels it may come minutes later, between other answers.
    ESC/POS printers have no counter that can be asked for; there each label ends with a request for a receipt (`GS r`),
    whose answers are counted.
    """

    def __init__(self, link: Link, language: str, seconds: float = ANSWER_SECONDS) -> None:
        self.link, self.language = link, language
        self._seconds = seconds
        self._heard = bytearray()
        self._counted: int | None = None
        self._is_asked = False
        self._receipts = 0

    def with_receipt(self, label: bytes) -> bytes:
        """One label's bytes with what makes the printer say that it is through with it."""
        return label + b"\x1dr\x01" if self.language == "escpos" and self.link.answers else label

    # how it stands

    def status(self) -> PrinterStatus:
        """How the printer stands now. Raises LinkFault when the way to it broke."""
        if not self.link.answers:
            return SILENT
        said_by = {"tspl": self._tspl, "zpl": self._zpl, "escpos": self._escpos}.get(self.language)
        status = SILENT if said_by is None else said_by()
        wires = self.link.port_status() if status.is_silent else None
        return wires if wires is not None and wires.is_stopped else status

    def _tspl(self) -> PrinterStatus:
        self._begin(b"\x1b!?")
        last = time.monotonic() + self._seconds
        while (left := last - time.monotonic()) > 0:
            self._listen(min(left, MIXED_SECONDS) if self._heard else left)
            plain = [byte for byte in self._heard if byte not in b"0123456789\r\n"] if self._is_asked else self._heard
            if len(plain) > 3:
                return GARBAGE
            if plain or (self._heard and not self._is_asked):
                return said.tspl_status(bytes(plain))
        # Nothing but digits: half a counter's answer, or a status that looks like one.
        return said.tspl_status(bytes(self._heard)) if len(self._heard) < 4 else GARBAGE

    def _zpl(self) -> PrinterStatus:
        self._begin(b"~HS")
        self._gather(lambda: self._heard.count(b"\x03") >= 3, self._seconds)
        return said.zpl_status(bytes(self._heard))

    def _escpos(self) -> PrinterStatus:
        answers: list[int | None] = []
        for number in (1, 2, 3, 4):
            self._begin(bytes((0x10, 0x04, number)))
            self._gather(lambda: bool(self._heard), self._seconds)
            answers.append(self._heard[0] if self._heard else None)
            if answers[0] is None:
                return SILENT
        return said.escpos_status(answers)

    # what it has counted

    def counter(self, seconds: float = COUNTER_SECONDS) -> int | None:
        """The printer's own count of labels now; None when it has none, or has not answered yet: then the question stays
        open. ESC/POS: labels it was through with since the link was opened. Raises LinkFault."""
        if not self.link.answers:
            return None
        if self.language == "escpos":
            self._listen(0)
            return self._receipts
        if self.language not in QUESTIONS:
            return None
        if not self._is_asked:
            self._begin(QUESTIONS[self.language])
            self._is_asked, self._counted = True, None
        self._gather(lambda: not self._is_asked, seconds)
        counted, self._counted = self._counted, None
        return counted

    # hearing

    def _begin(self, question: bytes) -> None:
        """Ask; what is still there from before is sorted first and then forgotten."""
        while self._listen(0):
            pass
        if not (self._is_asked and _DIGITS.fullmatch(self._heard)):
            self._heard.clear()
        self.link.write(question)

    def _gather(self, is_whole: Callable[[], bool], seconds: float) -> None:
        last = time.monotonic() + seconds
        while not is_whole() and len(self._heard) < MOST_ANSWER:
            left = last - time.monotonic()
            if left <= 0:
                return
            self._listen(left)

    def _listen(self, seconds: float) -> bool:
        """Take what comes in time and sort counts out of it; answers whether anything came."""
        data = self.link.read(MOST_ANSWER, seconds)
        if self.language == "escpos":
            self._receipts += sum(said.is_escpos_receipt(byte) for byte in data)
            data = bytes(byte for byte in data if not said.is_escpos_receipt(byte))
            self._heard += data
            return bool(data)
        self._heard += data
        pattern = COUNTED.get(self.language)
        if self._is_asked and pattern is not None and (found := pattern.search(self._heard)):
            self._counted, self._is_asked = int(found[1]), False
            del self._heard[found.start() : found.end()]
        return bool(data)


def ask_status(link: Link, language: str) -> PrinterStatus:
    """How a printer stands: paper, ribbon, head, pause. Silence is a state, not an error. Raises LinkFault."""
    return Talk(link, language).status()
