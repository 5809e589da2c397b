"""HID-POS: the layout comes from the scanner's description, long scans from several reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices.rules.hid_report import BYTE_COUNT, DATA, MORE, USUAL_LAYOUT, scanner_layout
from core.devices.rules.hid_scans import HONEYWELL_REPORT, ReportJoiner, opening_report
from core.devices.rules.pieces import decoded
from core.devices.simulators import SHAPES

# As a Honeywell-like scanner shows it: written by hand from the HID POS usage tables, push and pop included.
BY_HAND = bytes.fromhex(
    "058c 0902 a101 0912 a102 8502 1500 26ff00 7508 9501 0501 093b 8102"
    "058c 9503 09fb 09fc 09fd 8102 9538 09fe 820201 0666ff 9502 0904 0900 8102"
    "058c 1500 2501 7501 9501 09ff 8102 9507 8103 c0"
    "0914 a102 85fe a4 7501 9501 0966 9106 b4 c0 c0".replace(" ", "")
)


def test_a_description_written_by_hand_gives_the_usual_layout() -> None:
    layout = scanner_layout(BY_HAND)
    assert layout is not None
    assert (layout.report_id, layout.size) == (2, 63)
    assert layout.data == USUAL_LAYOUT.data
    assert [one.first_byte for one in layout.aim] == [1, 2, 3]
    assert layout.length == USUAL_LAYOUT.length
    assert layout.more == USUAL_LAYOUT.more


@pytest.mark.parametrize(
    ("shape", "report", "data", "aims", "has_length", "more_bit"),
    [
        ("honeywell", 2, (4, 56), 3, True, 62 * 8),
        ("zebra", 2, (3, 56), 3, False, 59 * 8),
        ("plain", 0, (2, 62), 0, True, 0),
    ],
)
def test_layouts_of_several_makes(
    shape: str, report: int, data: tuple[int, int], aims: int, has_length: bool, more_bit: int
) -> None:
    layout = scanner_layout(SHAPES[shape].descriptor())
    assert layout is not None
    assert layout.report_id == report
    assert (layout.data.first_byte, layout.data.count) == data
    assert len(layout.aim) == aims
    assert (layout.length is not None) is has_length
    assert layout.more is not None and layout.more.bit == more_bit


def test_usages_given_as_a_range_are_told_apart() -> None:
    ranged = bytes.fromhex("058c0902a10185021500 26ff00 75089503 19fb29fd 8102 9538 09fe 820201 c0".replace(" ", ""))
    layout = scanner_layout(ranged)
    assert layout is not None
    assert [one.first_byte for one in layout.aim] == [0, 1, 2]
    assert layout.data.first_byte == 3


def test_a_keyboard_has_no_layout_of_a_scanner() -> None:
    keyboard = bytes.fromhex(
        "05010906a101050719e029e71500250175019508810295017508810195067508150025650507190029658100c0"
    )
    assert scanner_layout(keyboard) is None
    assert scanner_layout(b"") is None
    assert scanner_layout(BY_HAND[:40]) is None


@given(st.binary(max_size=300))
def test_no_description_makes_the_parser_fail(descriptor: bytes) -> None:
    scanner_layout(descriptor)
    scanner_layout(BY_HAND[:60] + descriptor)


@given(
    st.sampled_from(sorted(SHAPES)),
    st.lists(st.text(st.characters(min_codepoint=32, codec="utf-8"), min_size=1, max_size=200), max_size=4),
)
def test_scans_over_many_reports_come_out_whole(shape: str, scans: list[str]) -> None:
    its = SHAPES[shape]
    layout = scanner_layout(its.descriptor())
    assert layout is not None
    joiner = ReportJoiner(layout)
    reports = [report for scan in scans for report in its.reports(scan.encode())]
    assert [decoded(piece.data) for report in reports for piece in joiner.feed(report)] == scans


def test_the_aim_id_stands_in_front_once() -> None:
    its = SHAPES["honeywell"]
    joiner = ReportJoiner(USUAL_LAYOUT)
    for data, aim, heard in (
        (b"0106901234567892", b"]C1", b"]C10106901234567892"),
        (b"]C10106901234567892", b"]C1", b"]C10106901234567892"),
        (b"6901234567892", b"", b"6901234567892"),
        (b"6901234567892", b"\x01\x02\x03", b"6901234567892"),
        (b"6901234567892\r\n", b"]E0", b"]E06901234567892"),
    ):
        (piece,) = [piece for report in its.reports(data, aim) for piece in joiner.feed(report)]
        assert piece.data == heard


def test_reports_of_other_kinds_and_broken_ones_are_passed_over() -> None:
    joiner = ReportJoiner(USUAL_LAYOUT)
    assert joiner.feed(b"\x05" + bytes(63)) == []
    assert joiner.feed(b"") == []
    assert joiner.feed(b"\x02") == []
    assert joiner.feed(bytes((2, 255)) + b"]E0" + b"6" * 59)[0].data == b"]E0" + b"6" * 56


def test_a_scan_whose_end_never_comes_is_told_after_silence_and_is_bounded() -> None:
    joiner = ReportJoiner(USUAL_LAYOUT, most=100)
    first = next(SHAPES["honeywell"].reports(b"x" * 200))
    for _again in range(5):
        assert joiner.feed(first) == []
    assert joiner.is_waiting
    (piece,) = joiner.silence()
    assert (len(piece.data), piece.is_cut) == (100, True)
    assert joiner.silence() == []


def test_honeywell_and_copies_are_told_to_send() -> None:
    assert opening_report(0x0C2E) == opening_report(0x23D0) == HONEYWELL_REPORT == b"\xfe\x01"
    assert opening_report(0x05E0) == b""


def test_the_usages_are_those_of_the_tables() -> None:
    assert (DATA, MORE, BYTE_COUNT) == ((0x8C, 0xFE), (0x8C, 0xFF), (0x01, 0x3B))
