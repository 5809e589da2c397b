"""Asking a printer how it stands, in its own language, and counting what it has worked off."""

from __future__ import annotations

import time

from core.devices.links.base import Link
from core.devices.rules import printer_status as said
from core.devices.types.printers import GARBAGE, SILENT, PrinterStatus

ANSWER_SECONDS = 0.6
MOST_ANSWER = 1024
ZPL_COUNTER = b'! U1 getvar "odometer.total_label_count"\r\n'
TSPL_COUNTER = b"OUT @LABEL\r\n"


class Talk:
    """A conversation with one printer over one open link.

    Status questions are answered at once, also while labels wait. The counter's answer comes in turn on TSPL and ZPL:
    when it is there, everything sent before has been read. ESC/POS printers have no counter that can be asked for; there
    each label ends with a request for a receipt (`GS r`), whose answers are counted in `receipts`.
    """

    def __init__(self, link: Link, language: str, seconds: float = ANSWER_SECONDS) -> None:
        self.link, self.language = link, language
        self.receipts = 0
        self._seconds = seconds
        self._counts = True

    def with_receipt(self, label: bytes) -> bytes:
        """One label's bytes with what makes the printer say that it is through with it."""
        return label + b"\x1dr\x01" if self.language == "escpos" and self.link.answers else label

    def status(self) -> PrinterStatus:
        """How the printer stands now. Raises LinkFault when the way to it broke."""
        if not self.link.answers:
            return SILENT
        if self.language == "tspl":
            return self._tspl()
        if self.language == "zpl":
            return said.zpl_status(self._ask(b"~HS", b"\x03", 3))
        return self._escpos() if self.language == "escpos" else SILENT

    def counter(self) -> int | None:
        """The printer's own count of labels; None when it has none or does not answer. Ask only a printer that stands
        ready: the answer waits behind labels. Raises LinkFault."""
        if self.language == "escpos":
            return self.receipts if self.link.answers else None
        question = {"tspl": TSPL_COUNTER, "zpl": ZPL_COUNTER}.get(self.language)
        if question is None or not self.link.answers or not self._counts:
            return None
        self._drain()
        self.link.write(question)
        answer = self._gather(b"\n", 1, self._seconds * 3) if self.language == "tspl" else self._quoted()
        number = said.printer_number(answer)
        self._counts = number is not None
        return number

    def _tspl(self) -> PrinterStatus:
        answer = self._ask(b"\x1b!?", b"", 1)
        return said.tspl_status(answer) if len(answer) < 4 else GARBAGE

    def _quoted(self) -> bytes:
        return self._gather(b'"', 2, self._seconds * 3)

    def _escpos(self) -> PrinterStatus:
        self._drain()
        answers: list[int | None] = []
        for number in (1, 2, 3, 4):
            self.link.write(bytes((0x10, 0x04, number)))
            answers.append(self._status_byte())
            if answers[-1] is None and number == 1:
                return SILENT
        return said.escpos_status(answers)

    def _status_byte(self) -> int | None:
        """The next answer to a status question; receipts that come between are counted."""
        last = time.monotonic() + self._seconds
        while (left := last - time.monotonic()) > 0:
            for byte in self.link.read(1, left):
                if said.is_escpos_receipt(byte):
                    self.receipts += 1
                else:
                    return byte
        return None

    def _drain(self) -> None:
        """Take what is still there from before."""
        while late := self.link.read(MOST_ANSWER, 0):
            if self.language == "escpos":
                self.receipts += sum(said.is_escpos_receipt(byte) for byte in late)

    def _ask(self, question: bytes, end: bytes, ends: int) -> bytes:
        self._drain()
        self.link.write(question)
        return self._gather(end, ends, self._seconds)

    def _gather(self, end: bytes, ends: int, seconds: float) -> bytes:
        """An answer as it comes in pieces, until so many ends of it are there; without an end the first piece."""
        answer = bytearray()
        last = time.monotonic() + seconds
        while (left := last - time.monotonic()) > 0 and len(answer) < MOST_ANSWER:
            answer += self.link.read(MOST_ANSWER, left)
            if answer and answer.count(end) >= ends:
                break
        return bytes(answer)


def ask_status(link: Link, language: str) -> PrinterStatus:
    """How a printer stands: paper, ribbon, head, pause. Silence is a state, not an error. Raises LinkFault."""
    return Talk(link, language).status()
