"""How scales write what they show: the opposite of the readers, by the same manuals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """What a scale shows: kilograms with three decimals, whether it rests, is net, over or under its range."""

    kilograms: Decimal = Decimal("0.000")
    is_stable: bool = True
    is_net: bool = False
    is_over: bool = False
    is_under: bool = False

    @property
    def grams(self) -> int:
        """The same in whole grams."""
        return int(self.kilograms * 1000)


def _sics(shown: Shown) -> bytes:
    if shown.is_over or shown.is_under:
        return b"S +\r\n" if shown.is_over else b"S -\r\n"
    return f"S {'S' if shown.is_stable else 'D'} {shown.kilograms:>10.3f} kg\r\n".encode()


def _comma(shown: Shown) -> bytes:
    head = "OL" if shown.is_over else "UL" if shown.is_under else "ST" if shown.is_stable else "US"
    net = "NT" if shown.is_net else "GS"
    sign = "-" if shown.kilograms < 0 else "+"
    return f"{head},{net},{sign}{abs(shown.kilograms):>7.3f}kg\r\n".encode()


def _toledo_8217(shown: Shown) -> bytes:
    if shown.is_over or shown.is_under or not shown.is_stable:
        status = 0x40 | (0x02 if shown.is_over else 0x04 if shown.is_under else 0x01)
        return b"\x02?" + bytes((status,)) + b"\r"
    if shown.kilograms < 0:
        return b"\x02?\x44\r"
    return f"\x02{shown.kilograms:06.3f}{'N' if shown.is_net else ''}\r".encode()


def _nci(shown: Shown) -> bytes:
    motion = 0x30 | (0 if shown.is_stable else 1)
    range_ = 0x30 | (2 if shown.is_over else 1 if shown.is_under else 0)
    status = b"S" + bytes((motion, range_ | 0x40, 0x34)) if shown.is_net else b"S" + bytes((motion, range_))
    weight = b"" if shown.is_over or shown.is_under else f"\n{shown.kilograms:06.3f}KG".encode()
    return weight + b"\r\n" + status + b"\r\x03"


def _toledo_continuous(shown: Shown) -> bytes:
    is_bad = shown.is_over or shown.is_under
    word = 0x30 | shown.is_net | (shown.kilograms < 0 or shown.is_under) << 1 | is_bad << 2 | (not shown.is_stable) << 3
    frame = bytes((0x02, 0x2D, word, 0x20)) + f"{abs(shown.grams):6d}{0:6d}\r".encode()
    return frame + bytes((-sum(frame) & 0x7F,))


def _xor(data: bytes) -> bytes:
    check = 0
    for byte in data:
        check ^= byte
    return f"{check:02X}".encode()


def _yaohua_frame(shown: Shown) -> bytes:
    body = f"{'-' if shown.kilograms < 0 else '+'}{abs(shown.grams):06d}3".encode()
    return b"\x02" + body + _xor(body) + b"\x03"


def _yaohua_equals(shown: Shown) -> bytes:
    digits = f"{abs(shown.kilograms):07.3f}"[::-1]
    return f"={digits}{'-' if shown.kilograms < 0 else '0'}".encode()


def _yaohua_line(shown: Shown) -> bytes:
    if shown.is_over or shown.is_under:
        body = b" " * 9 + (b"OL" if shown.is_over else b"LO")
    else:
        weight = f"{shown.kilograms:07.3f}"
        body = f"W{'N' if shown.is_net else 'G'}{weight}kg".encode()
    return body + _xor(body) + b"\r\n"


WORDS: Mapping[str, Callable[[Shown], bytes]] = {
    "mt-sics": _sics,
    "comma": _comma,
    "toledo-8217": _toledo_8217,
    "nci": _nci,
    "toledo-continuous": _toledo_continuous,
    "yaohua-frame": _yaohua_frame,
    "yaohua-equals": _yaohua_equals,
    "yaohua-line": _yaohua_line,
}
