"""Pieces of a serial line become whole scans, wherever they were cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.devices.rules.pieces import MOST_BYTES, Joiner, Piece, decoded


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    marks = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[a:b] for a, b in pairwise(marks)]


def _joined(parts: list[bytes], ending: str = "auto", most: int = MOST_BYTES) -> list[Piece]:
    joiner = Joiner(ending, most)
    found = [piece for part in parts for piece in joiner.feed(part)]
    return found + joiner.silence()


@given(
    st.lists(st.text(st.characters(blacklist_characters="\r\n\x02\x03\x00", codec="utf-8"), min_size=1)),
    st.sampled_from(["\r", "\n", "\r\n", "\x03", "\r\n\r\n"]),
    st.lists(st.integers(0, 10_000), max_size=20),
)
def test_scans_are_the_same_wherever_the_line_cuts_them(scans: list[str], ending: str, places: list[int]) -> None:
    data = "".join(scan + ending for scan in scans).encode()
    assert [decoded(piece.data) for piece in _joined(_cut(data, places))] == scans


@given(st.binary(max_size=600), st.lists(st.integers(0, 600), max_size=10), st.sampled_from(["auto", "cr", "silence"]))
def test_any_bytes_give_the_same_scans_wherever_cut(data: bytes, places: list[int], ending: str) -> None:
    assert _joined(_cut(data, places), ending, 100) == _joined([data], ending, 100)


def test_what_is_too_long_is_cut_once_and_the_next_scan_is_whole() -> None:
    joiner = Joiner()
    assert joiner.feed(b"9" * (MOST_BYTES + 1)) == []
    assert joiner.feed(b"9" * 5000) == []
    cut, whole = joiner.feed(b"9\r690\r")
    assert (len(cut.data), cut.is_cut) == (MOST_BYTES, True)
    assert whole == Piece(b"690")
    assert Joiner().feed(b"9" * MOST_BYTES + b"\r") == [Piece(b"9" * MOST_BYTES)]


def test_silence_ends_a_scan_without_suffix() -> None:
    joiner = Joiner()
    assert joiner.feed(b"6901") == []
    assert joiner.is_waiting
    assert joiner.silence() == [Piece(b"6901")]
    assert not joiner.is_waiting
    assert joiner.silence() == []


def test_a_code_of_several_lines_stays_one_when_the_scanner_is_set_so() -> None:
    joiner = Joiner("silence")
    assert joiner.feed(b"BEGIN:VCARD\r\nFN:Li\r\n") == []
    assert joiner.silence() == [Piece(b"BEGIN:VCARD\r\nFN:Li")]


def test_separators_of_gs1_and_iso_15434_survive() -> None:
    text = b"[)>\x1e06\x1d1PABC\x1dQ10\x1e\x04"
    assert Joiner().feed(b"\x02" + text + b"\x03") == [Piece(text)]


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("不锈钢螺丝".encode(), "auto", "不锈钢螺丝"),
        ("不锈钢螺丝".encode("gb18030"), "auto", "不锈钢螺丝"),
        (b"\xff\xfe\x80", "auto", "ÿþ\x80"),
        ("Kött".encode("latin-1"), "latin-1", "Kött"),
        (b"abc\xff", "no-such-encoding", "abcÿ"),
    ],
)
def test_text_is_utf8_then_gb18030_then_byte_by_byte(data: bytes, encoding: str, text: str) -> None:
    assert decoded(data, encoding) == text
