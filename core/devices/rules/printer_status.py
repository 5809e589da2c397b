"""What the answers of label printers mean. Every function takes any bytes and answers; none raises.

Sources: Zebra ZPL II programming guide (~HS), TSC TSPL/TSPL2 manual and Gprinter's (`<ESC>!?`, `<ESC>!S`), Epson ESC/POS
reference (DLE EOT, GS r).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.devices.types.printers import GARBAGE, SILENT, PrinterStatus, PrinterWord

ESCPOS_FIXED, ESCPOS_MASK = 0x12, 0x93


def tspl_status(answer: bytes) -> PrinterStatus:
    """The one byte that TSPL printers answer to `<ESC>!?`; of several the newest counts. Eight set bits are noise."""
    if not answer:
        return SILENT
    bits = answer[-1]
    if bits == 0xFF:
        return GARBAGE
    fault = PrinterWord.JAM if bits & 0x02 else PrinterWord.HOT if bits & 0x80 else None
    return PrinterStatus(
        paper=not bits & 0x04,
        ribbon=not bits & 0x08,
        head=not bits & 0x41,
        pause=bool(bits & 0x10),
        is_busy=bool(bits & 0x20),
        fault=fault,
    )


def tspl_long_status(answer: bytes) -> PrinterStatus:
    """The four bytes that TSPL2 printers answer to `<ESC>!S` between STX and ETX: message, warning, error, media."""
    found = re.findall(rb"\x02([\x40-\x7f]{4})\x03", answer)
    if not found:
        return GARBAGE if answer else SILENT
    message, warning, error, media = found[-1]
    return PrinterStatus(
        paper=not media & 0x01,
        ribbon=not media & 0x0C,
        head=not media & 0x20,
        pause=message == 0x60,
        is_busy=chr(message) in "BCFPW",
        is_paper_low=bool(warning & 0x01),
        fault=_tspl_fault(chr(message), error, media),
    )


def _tspl_fault(message: str, error: int, media: int) -> PrinterWord | None:
    if media & 0x02 or error & 0x08:
        return PrinterWord.JAM
    if error & 0x03:
        return PrinterWord.HOT
    return PrinterWord.FAULT if error & 0x14 or (message == "E" and not media & 0x2F) else None


def zpl_status(answer: bytes) -> PrinterStatus:
    """The three lines that ZPL printers answer to `~HS`; of several answers the newest counts."""
    lines = [part.split(b",") for part in re.findall(rb"\x02([^\x02\x03]{1,120})\x03", answer)]
    first = [line for line in lines if len(line) == 12]
    second = [line for line in lines if len(line) == 11]
    if not first or not second:
        return GARBAGE if answer.strip() else SILENT
    one, two = first[-1], second[-1]
    if not all(part.strip().isdigit() for part in (*one, *two)):
        return GARBAGE
    flags, more = [int(part) for part in one], [int(part) for part in two]
    fault = PrinterWord.FAULT if flags[9] else PrinterWord.HOT if flags[10] or flags[11] else None
    waiting = flags[4] + more[8]
    return PrinterStatus(
        paper=not flags[1],
        ribbon=not more[3],
        head=not more[2],
        pause=bool(flags[2]),
        is_busy=waiting > 0 or bool(flags[5] or flags[7]),
        fault=fault,
        waiting=waiting,
    )


def escpos_status(answers: Sequence[int | None]) -> PrinterStatus:
    """The four bytes to DLE EOT 1 to 4; None where no answer came."""
    if all(answer is None for answer in answers) or len(answers) != 4:
        return SILENT
    if any(answer is not None and answer & ESCPOS_MASK != ESCPOS_FIXED for answer in answers):
        return GARBAGE
    printer, offline, error, paper = (answer or 0 for answer in answers)
    fault = None
    if error & 0x68 or offline & 0x40:
        fault = PrinterWord.JAM if error & 0x08 else PrinterWord.HOT if error & 0x40 else PrinterWord.FAULT
    is_out = bool(paper & 0x60 or offline & 0x20)
    is_open = bool(offline & 0x04)
    is_off = bool(printer & 0x08) and not (is_out or is_open or fault)
    return PrinterStatus(
        paper=not is_out,
        head=not is_open,
        pause=is_off,
        is_paper_low=bool(paper & 0x0C) and not is_out,
        fault=fault,
    )


def is_escpos_receipt(byte: int) -> bool:
    """Whether a byte is an answer to `GS r`, which comes in turn: what stood before it has been worked off."""
    return byte & 0x90 == 0
