"""ZPL II: Zebra and who understands Zebra. Source: Zebra, ZPL II Programming Guide, ^GF and "Alternative Data Compression
Scheme"."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from functools import lru_cache

from core.labels.steps.languages.dots import rows_of
from core.labels.types import LabelPage, Media

_RUN = re.compile("0{4,}|F{4,}")  # counting shorter runs takes longer than sending them
_SENSING = {"": "", "gap": "^MNY", "mark": "^MNM", "none": "^MNN"}


def to_zpl(page: LabelPage, copies: int, media: Media) -> bytes:
    """A label of its own width and length, its picture, and how often."""
    parts = [f"^XA^PW{page.width}^LL{page.height}^LH0,0^LS0", _SENSING[media.sensing]]
    if media.darkness is not None:
        parts.append(f"~SD{media.darkness * 2:02d}")
    if media.speed is not None:
        parts.append(f"^PR{media.speed}")
    if media.cuts:
        parts.append(f"^MMC,N^PQ{copies},{copies},0,Y")
    else:
        parts.append(f"^PQ{copies},0,1,Y")
    parts.append(f"^FO0,0^GFA,{_picture(page, media)}^FS^XZ\n")
    return "".join(parts).encode("ascii")


def _picture(page: LabelPage, media: Media) -> str:
    total = len(page.bits)
    if media.compression == "acs":
        return f"{total},{total},{page.row_bytes},{_acs(page)}"
    return f"{total},{total},{page.row_bytes},:Z64:{_z64(page.bits)}"


def _z64(bits: bytes) -> str:
    packed = base64.b64encode(zlib.compress(bits, 6))
    return f"{packed.decode('ascii')}:{crc16(packed):04x}"


def crc16(data: bytes) -> int:
    """CRC-16 with polynomial 1021 from 0, as ZPL wants it over the base64 text."""
    return binascii.crc_hqx(data, 0)


def _acs(page: LabelPage) -> str:
    """Hex with counted runs; a colon for a row like the one before, a comma for white to the end."""
    found, before = [], None
    for row in rows_of(page):
        found.append(":" if row == before else _acs_row(row))
        before = row
    return "".join(found)


@lru_cache(maxsize=4096)
def _acs_row(row: bytes) -> str:
    inked = row.rstrip(b"\0")
    if len(inked) < len(row):
        bare = inked.lstrip(b"\0")
        white = 2 * (len(inked) - len(bare))
        return (_letters("0" * white) if white else "") + _RUN.sub(_counted, bare.hex().upper()) + ","
    return _RUN.sub(_counted, row.hex().upper())


def _counted(match: re.Match[str]) -> str:
    return _letters(match[0])


@lru_cache(maxsize=4096)
def _letters(run: str) -> str:
    """A run as letters and its sign: G to Y are 1 to 19, g to z are 20 to 400 in twenties."""
    left, letters = len(run), ""
    while left >= 400:
        letters += "z"
        left -= 400
    if left >= 20:
        letters += chr(ord("g") + left // 20 - 1)
        left %= 20
    if left:
        letters += chr(ord("G") + left - 1)
    return letters + run[0]
