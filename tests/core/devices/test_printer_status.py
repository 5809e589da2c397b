"""What printers answer, and what becomes of garbage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices.links.usb import NO_ERROR, PAPER_OUT, SELECTED, port_status
from core.devices.rules.printer_status import escpos_status, tspl_long_status, tspl_status, zpl_status
from core.devices.types.printers import PrinterStatus, PrinterWord

FINE = b"\x02030,0,0,0480,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,1,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"


@pytest.mark.parametrize(
    ("bits", "word"),
    [
        (0x00, PrinterWord.READY),
        (0x01, PrinterWord.HEAD_OPEN),
        (0x40, PrinterWord.HEAD_OPEN),
        (0x02, PrinterWord.JAM),
        (0x04, PrinterWord.PAPER_OUT),
        (0x08, PrinterWord.RIBBON_OUT),
        (0x10, PrinterWord.PAUSED),
        (0x20, PrinterWord.PRINTING),
        (0x80, PrinterWord.HOT),
        (0x05, PrinterWord.HEAD_OPEN),
        (0x24, PrinterWord.PAPER_OUT),
        (0xFF, PrinterWord.GARBAGE),
    ],
)
def test_the_byte_of_tspl(bits: int, word: PrinterWord) -> None:
    assert tspl_status(bytes((bits,))).word is word


@pytest.mark.parametrize(
    ("four", "word"),
    [
        (b"@@@@", PrinterWord.READY),
        (b"@A@@", PrinterWord.PAPER_LOW),
        (b"`@@@", PrinterWord.PAUSED),
        (b"P@@@", PrinterWord.PRINTING),
        (b"E@@A", PrinterWord.PAPER_OUT),
        (b"E@@D", PrinterWord.RIBBON_OUT),
        (b"E@@`", PrinterWord.HEAD_OPEN),
        (b"E@@B", PrinterWord.JAM),
        (b"E@A@", PrinterWord.HOT),
        (b"E@@@", PrinterWord.FAULT),
    ],
)
def test_the_four_bytes_of_tspl2(four: bytes, word: PrinterWord) -> None:
    assert tspl_long_status(b"\x02" + four + b"\x03\r\n").word is word


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ((b"", b""), PrinterWord.READY),
        ((b"030,0,0", b"030,1,0"), PrinterWord.PAPER_OUT),
        ((b"030,0,0", b"030,0,1"), PrinterWord.PAUSED),
        ((b"000,0,0,0,1", b"000,0,1,0,1"), PrinterWord.HEAD_OPEN),
        ((b"000,0,0,0,1", b"000,0,0,1,1"), PrinterWord.RIBBON_OUT),
        ((b"0480,000", b"0480,003"), PrinterWord.PRINTING),
        ((b"00000000", b"00000004"), PrinterWord.PRINTING),
    ],
)
def test_the_three_lines_of_zpl(change: tuple[bytes, bytes], word: PrinterWord) -> None:
    assert zpl_status(FINE.replace(*change, 1)).word is word


def test_labels_that_wait_in_a_zpl_printer_are_counted() -> None:
    answer = FINE.replace(b"0480,000", b"0480,003").replace(b"00000000", b"00000004")
    assert zpl_status(answer).waiting == 7


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterWord.READY),
        ((0x1A, 0x12, 0x12, 0x72), PrinterWord.PAPER_OUT),
        ((0x1A, 0x16, 0x12, 0x12), PrinterWord.HEAD_OPEN),
        ((0x12, 0x12, 0x12, 0x1E), PrinterWord.PAPER_LOW),
        ((0x1A, 0x12, 0x12, 0x12), PrinterWord.PAUSED),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterWord.JAM),
        ((0x1A, 0x52, 0x32, 0x12), PrinterWord.FAULT),
        ((0x1A, 0x52, 0x52, 0x12), PrinterWord.HOT),
        ((None, None, None, None), PrinterWord.SILENT),
        ((0x12, None, None, None), PrinterWord.READY),
        ((0x12, 0xFF, 0x12, 0x12), PrinterWord.GARBAGE),
    ],
)
def test_the_bytes_of_escpos(answers: tuple[int | None, ...], word: PrinterWord) -> None:
    assert escpos_status(answers).word is word


def test_nothing_is_silence_and_no_error() -> None:
    for status in (tspl_status(b""), tspl_long_status(b""), zpl_status(b""), escpos_status([None] * 4)):
        assert status.word is PrinterWord.SILENT and status.is_silent and not status.is_ready and not status.is_stopped


@given(answer=st.binary(max_size=300))
def test_garbage_is_never_raised_nor_taken_for_ready(answer: bytes) -> None:
    statuses = [tspl_status(answer), tspl_long_status(answer), zpl_status(answer)]
    statuses.append(escpos_status([*answer[:4], *[None] * (4 - len(answer[:4]))]))
    for status in statuses:
        assert status.words.render("zh") and status.words.render("en")
    if len(answer) not in (0, 1) and b"\x03" not in answer:
        assert zpl_status(answer).word in (PrinterWord.GARBAGE, PrinterWord.SILENT)
        assert tspl_long_status(answer).word is PrinterWord.GARBAGE


@given(lines=st.lists(st.text("0123456789,\x02\x03\r\n ", max_size=40), max_size=6))
def test_half_an_answer_of_zpl_is_garbage(lines: list[str]) -> None:
    status = zpl_status("".join(lines).encode())
    assert isinstance(status, PrinterStatus)


def test_the_wires_of_the_usb_printer_class() -> None:
    assert port_status(SELECTED | NO_ERROR).word is PrinterWord.READY
    assert port_status(PAPER_OUT | SELECTED).word is PrinterWord.PAPER_OUT
    assert port_status(NO_ERROR).word is PrinterWord.PAUSED
    assert port_status(SELECTED).word is PrinterWord.FAULT
