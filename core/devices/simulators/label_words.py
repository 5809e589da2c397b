"""What label printers read: bytes taken apart into commands, for the simulated printer."""

from __future__ import annotations

import base64
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

ESCPOS_LENGTHS = {  # bytes of a whole command, without those whose length stands in them
    b"\x1b@": 2, b"\x1b2": 2, b"\x1bi": 2, b"\x1bm": 2, b"\x1bd": 3, b"\x1bJ": 3, b"\x1ba": 3, b"\x1b3": 3,
    b"\x1bE": 3, b"\x1b!": 3, b"\x1bM": 3, b"\x1bt": 3, b"\x1bR": 3, b"\x1b$": 4, b"\x1bc": 4, b"\x1d!": 3,
    b"\x1dL": 4, b"\x1dW": 4, b"\x1dP": 4, b"\x1dB": 3, b"\x1da": 3, b"\x1dr": 3, b"\x1dh": 3, b"\x1dw": 3,
    b"\x1d\x0c": 2, b"\x1d\x3a": 2, b"\x10\x04": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `kind` is now (answered at once), draw, clear, print or ask (answered in turn)."""

    kind: str
    data: bytes
    copies: int = 1
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots at a place: rows of whole bytes, 1 is black."""

    x: int
    y: int
    row_bytes: int
    bits: bytes = field(repr=False)


class Reader(Protocol):
    """Takes a language apart; what is not whole yet waits for more."""

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that are whole now."""


class TsplReader:
    """TSPL: lines, with raw bytes behind BITMAP, and `<ESC>!` questions between them."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that are whole now."""
        self._rest += data
        while self._rest:
            if self._rest[:1] in b"\r\n\0":
                self._rest = self._rest[1:]
                continue
            command, taken = self._next()
            if not taken:
                return
            self._rest = self._rest[taken:]
            if command is not None:
                yield command

    def _next(self) -> tuple[Command | None, int]:
        if self._rest.startswith(b"\x1b"):
            return (Command("now", self._rest[:3]), 3) if len(self._rest) > 2 else (None, 0)
        if self._rest.startswith(b"BITMAP"):
            return self._bitmap()
        line, end, _more = self._rest.partition(b"\n")
        if not end:
            return None, 0
        words = line.strip()
        verb = words.split(b" ", 1)[0].upper()
        if verb == b"PRINT":
            numbers = [int(number) for number in re.findall(rb"\d+", words)]
            return Command("print", words, math.prod(numbers)), len(line) + 1
        kind = {b"CLS": "clear", b"OUT": "ask"}.get(verb, "draw")
        return Command(kind, words), len(line) + 1

    def _bitmap(self) -> tuple[Command | None, int]:
        found = re.match(rb"BITMAP\s+(\d+),(\d+),(\d+),(\d+),(\d+),", self._rest)
        if found is None:
            return (None, 0) if len(self._rest) < 60 else (None, 1)
        x, y, wide, high, _mode = (int(number) for number in found.groups())
        end = found.end() + wide * high
        if len(self._rest) < end:
            return None, 0
        bits = bytes(byte ^ 0xFF for byte in self._rest[found.end() : end])  # here 0 burns
        return Command("draw", self._rest[:end], picture=Picture(x, y, wide, bits)), end


class ZplReader:
    """ZPL: formats from ^XA to ^XZ; `~HS` and SGD lines stand between them."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that are whole now."""
        self._rest += data
        while self._rest:
            if self._rest[:1] in b"\r\n \0":
                self._rest = self._rest[1:]
                continue
            found = re.match(rb"(~HS)|(! U1 [^\n]*\n)|(\^XA.*?\^XZ)|(~[A-Z]{2})", self._rest, re.DOTALL)
            if found is None:
                starts = [at for at in (self._rest.find(sign, 1) for sign in (b"^XA", b"~", b"! U1")) if at > 0]
                is_partial = self._rest[:1] in b"^~!"
                if not starts and is_partial:
                    return
                self._rest = self._rest[min(starts) :] if starts and not self._rest.startswith(b"^XA") else b""
                continue
            self._rest = self._rest[found.end() :]
            yield from self._commands(found)

    def _commands(self, found: re.Match[bytes]) -> Iterator[Command]:
        if found[1]:
            yield Command("now", b"~HS")
        elif found[2]:
            yield Command("ask", found[2].strip())
        elif found[3]:
            yield Command("clear", b"")
            yield from self._format(found[3])

    def _format(self, words: bytes) -> Iterator[Command]:
        x = y = 0
        copies, is_drawn = 1, False
        for part in re.findall(rb"\^[A-Z][A-Z0-9@][^^]*", words):
            name, rest = part[:3], part[3:]
            numbers = [int(number) for number in re.findall(rb"\d+", rest[:40])]
            if name in (b"^FO", b"^FT") and len(numbers) > 1:
                x, y = numbers[:2]
            elif name == b"^PQ" and numbers:
                copies = numbers[0]
            elif name == b"^GF":
                is_drawn = True
                yield Command("draw", part, picture=_graphic(x, y, rest))
            elif name not in (b"^XA", b"^XZ"):
                is_drawn = is_drawn or name in (b"^FD", b"^GB", b"^XG")
                yield Command("draw", part)
        if is_drawn:
            yield Command("print", b"", copies)


def _graphic(x: int, y: int, words: bytes) -> Picture | None:
    """The dots of ^GFA: hexadecimal with or without run lengths, or Z64."""
    head = re.match(rb"A,(\d+),(\d+),(\d+),", words)
    if head is None:
        return None
    wide, body = int(head[3]), words[head.end() :].strip()
    packed = re.match(rb":Z64:([^:]*):", body)
    if packed is not None:
        return Picture(x, y, wide, zlib.decompress(base64.b64decode(packed[1])))
    return Picture(x, y, wide, bytes.fromhex("".join(_rows(body.decode("ascii"), wide * 2))))


def _rows(words: str, digits: int) -> Iterator[str]:
    """Rows of hexadecimal digits: G to Y and g to z say how often the next digit stands, a comma fills a row with
    white, an exclamation mark with black, a colon repeats the row above."""
    row, above, times = "", "0" * digits, 0
    for sign in words:
        if sign in ":" and not row:
            yield above
            continue
        if sign in ",!":
            row = row.ljust(digits, "0" if sign == "," else "F")
        elif "G" <= sign <= "Y":
            times += ord(sign) - ord("F")
        elif "g" <= sign <= "z":
            times += (ord(sign) - ord("f")) * 20
        elif sign in "0123456789ABCDEFabcdef":
            row, times = row + sign * max(times, 1), 0
        if len(row) >= digits:
            yield row[:digits]
            above, row = row[:digits], row[digits:]


class EscposReader:
    """ESC/POS: single bytes and commands of known length; a cut or a form feed ends a label."""

    def __init__(self) -> None:
        self._rest = b""
        self._row = 0

    def feed(self, data: bytes) -> Iterator[Command]:
        """The commands that are whole now."""
        self._rest += data
        while self._rest:
            length = self._length()
            if not length or len(self._rest) < length:
                return
            whole, self._rest = self._rest[:length], self._rest[length:]
            yield from self._commands(whole)

    def _length(self) -> int:
        """Bytes of the next command; 0 when that cannot be said yet."""
        start = self._rest[:2]
        if self._rest[0] not in (0x10, 0x1B, 0x1D):
            return 1
        if len(start) < 2:
            return 0
        if start == b"\x1dv":
            size = self._rest[4:8]
            return 8 + (size[0] + 256 * size[1]) * (size[2] + 256 * size[3]) if len(size) == 4 else 0
        if start == b"\x1dV":
            return 0 if len(self._rest) < 3 else 4 if self._rest[2] in (65, 66, 97, 98, 103, 104) else 3
        if start in (b"\x1d(", b"\x1b("):
            return 0 if len(self._rest) < 5 else 5 + self._rest[3] + 256 * self._rest[4]
        return ESCPOS_LENGTHS.get(start, 2)

    def _commands(self, whole: bytes) -> Iterator[Command]:
        start = whole[:2]
        if start == b"\x10\x04":
            yield Command("now", whole)
        elif start == b"\x1dr":
            if self._row:  # plain paper: nothing but the feed ends a label, and the question comes after it
                yield from self._end(whole)
            yield Command("ask", whole)
        elif start == b"\x1dv":
            wide = whole[4] + 256 * whole[5]
            high = whole[6] + 256 * whole[7]
            yield Command("draw", whole, picture=Picture(0, self._row, wide, whole[8:]))
            self._row += high
        elif start in (b"\x1dV", b"\x1bi", b"\x1bm", b"\x1d\x0c") or whole == b"\x0c":
            yield from self._end(whole)
        else:
            yield Command("draw", whole)

    def _end(self, whole: bytes) -> Iterator[Command]:
        self._row = 0
        yield Command("print", whole)
        yield Command("clear", b"")


READERS: dict[str, type[TsplReader] | type[ZplReader] | type[EscposReader]] = {
    "tspl": TsplReader,
    "zpl": ZplReader,
    "escpos": EscposReader,
}
