"""`steward scan`: one answer a line, whatever the line is."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from core.cli import main
from core.gtin import check_digit


class Typed(io.TextIOWrapper):
    """Standard input with bytes behind it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


@pytest.fixture
def scan(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Run the command on these bytes; answers code, lines and what was said besides."""
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")

    def run(data: bytes, *arguments: str) -> tuple[int, list[str], str]:
        monkeypatch.setattr(sys, "stdin", Typed(data))
        capfdbinary.readouterr()
        code = main(["scan", *arguments])
        sys.stdout.flush()
        told = capfdbinary.readouterr()
        return code, told.out.decode().splitlines(), told.err.decode()

    return run


def test_every_line_has_its_answer(scan: Any) -> None:
    digits = "230214821086"
    lines = [
        b'"4006381333931"',
        b'"]C1010400638133393110AB\\u001d17261231"',
        json.dumps({"raw": digits + check_digit(digits), "profile": "no"}).encode(),
        json.dumps({"raw": digits + check_digit(digits), "profile": {"country": "se"}}).encode(),
        b'{"raw": "4006381333931", "profile": null}',
        '"番茄"'.encode(),
        b'"\\ud800"',
        b"",
        b"no json",
        b"\xff\xfe",
        b"4006381333931",
        b"null",
        b'{"raw": 5}',
        b'{"raw": "1", "profile": "zz"}',
        b"[" * 5000,
        b'"' + b"1" * 100_000 + b'"',
        b'"' + b"1" * 2_000_000 + b'"',
        b'"4006381333932"',
    ]
    code, said, besides = scan(b"\n".join(lines), "--json")
    gtin = {"kind": "gtin", "gtin": "04006381333931"}
    weight = {"kind": "in_store", "net_weight_kg": "1.086", "item_code": "021482"}
    assert (code, besides) == (0, "")
    assert [json.loads(line) for line in said] == [
        gtin,
        {"kind": "gs1", "gtin": "04006381333931", "batch": "AB", "expiry": "2026-12-31"},
        weight,
        weight,
        gtin,
        {"kind": "text", "text": "番茄"},
        {"error": "bad_char"},
        *[{"error": "malformed"}] * 8,
        {"error": "too_long"},
        {"error": "too_long"},
        {"error": "check_digit"},
    ]


def test_a_profile_holds_for_all_lines(scan: Any) -> None:
    assert scan(b'"2302148210869"\r\n', "--json", "--profile", "no")[1] == [
        '{"kind": "in_store", "net_weight_kg": "1.086", "item_code": "021482"}'
    ]


def test_an_unknown_profile_is_refused(scan: Any) -> None:
    code, said, besides = scan(b"", "--profile", "zz")
    assert (code, said) == (2, []) and "cn, no, se, gb, de" in besides


def test_a_person_reads_sentences(scan: Any) -> None:
    _code, said, _besides = scan(b"4006381333931\n4006381333932\n")
    assert said[0] == "article number · gtin 04006381333931"
    assert said[1].startswith("not understood · The check digit of 4006381333932 is wrong.")
