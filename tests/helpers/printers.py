"""Small renderers of printer languages, written from the manuals and apart from the program: bytes in, pictures out."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

import zplkit
from PIL import Image, ImageChops
from zplkit.rendering import Limits

# What the renderer does not know because it leaves no ink.
_LARGE = Limits(graphic_bytes=2_000_000, input_bytes=8_000_000)
_WITHOUT_INK = re.compile(rb"\^MN[YMN]|~SD\d\d|\^PR\d+|\^MMC,N|\^PQ[\d,]+[YN]?")


@dataclass(frozen=True)
class Printed:
    """A label as the printer would burn it: black on white, and how often."""

    picture: Image.Image
    copies: int


def print_zpl(data: bytes, size: tuple[int, int], dpi: int) -> list[Printed]:
    """Labels in ZPL, by zplkit; it refuses commands and pictures it does not understand."""
    copies = [int(one) for one in re.findall(rb"\^PQ(\d+)", data)]
    options = zplkit.Options(profile="specification", width=size[0], height=size[1], dpi=dpi)
    document = zplkit.render(_WITHOUT_INK.sub(b"", data), options, limits=_LARGE)
    assert not document.warnings
    found = []
    for label, count in zip(document.labels, copies, strict=True):
        raster = label.rasterize()
        found.append(Printed(Image.frombytes("L", (raster.width, raster.height), raster.pixels).convert("1"), count))
    return found


def print_tspl(data: bytes, dots_per_mm: float) -> list[Printed]:
    """Labels in TSPL. Of each command only what this program sends is understood, anything else is an error."""
    found: list[Printed] = []
    canvas, size, place = Image.new("1", (1, 1), 1), (1, 1), 0
    while place < len(data):
        bitmap = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),0,").match(data, place)
        if bitmap:
            x, y, row_bytes, rows = map(int, bitmap.groups())
            end = bitmap.end() + row_bytes * rows
            # A 0 burns: as the picture stands, 1 is white.
            part = Image.frombytes("1", (row_bytes * 8, rows), data[bitmap.end() : end])
            burnt = ImageChops.invert(part)
            canvas.paste(0, (x, y), burnt)
            assert data[end : end + 2] == b"\r\n"
            place = end + 2
            continue
        end = data.index(b"\r\n", place)
        line, place = data[place:end].decode("ascii"), end + 2
        word, _blank, rest = line.partition(" ")
        if word == "SIZE":
            numbers = [float(one) for one in re.findall(r"[\d.]+", rest)]
            size = round(numbers[0] * dots_per_mm), round(numbers[1] * dots_per_mm)
        elif word == "CLS":
            canvas = Image.new("1", size, 1)
        elif word == "PRINT":
            found.append(Printed(canvas, int(rest.split(",")[1])))
        else:
            assert word in ("GAP", "BLINE", "DENSITY", "SPEED", "DIRECTION", "REFERENCE", "OFFSET", "SET"), line
    return found


def print_escpos(data: bytes) -> list[Printed]:
    """Labels in ESC/POS: pictures by GS v 0 under one another until the paper is fed to the next label or cut."""
    found: list[Printed] = []
    bands: list[Image.Image] = []
    place = 0
    while place < len(data):
        if data.startswith(b"\x1dv0\x00", place):
            row_bytes, rows = struct.unpack_from("<HH", data, place + 4)
            place += 8
            end = place + row_bytes * rows
            bands.append(ImageChops.invert(Image.frombytes("1", (row_bytes * 8, rows), data[place:end])))
            place = end
            continue
        ends = {b"\x1dV\x42\x00": 4, b"\x1bd\x03": 3, b"\x0c": 1}
        settings = {b"\x1b@": 2, b"\x1ba\x00": 3, b"\x1b3\x00": 3}
        for sign, length in (*ends.items(), *settings.items()):
            if data.startswith(sign, place):
                if sign in ends:
                    found.append(Printed(_stacked(bands), 1))
                    bands = []
                place += length
                break
        else:
            raise AssertionError(data[place : place + 8])
    assert not bands
    return found


def _stacked(bands: list[Image.Image]) -> Image.Image:
    canvas = Image.new("1", (bands[0].width, sum(band.height for band in bands)), 1)
    top = 0
    for band in bands:
        canvas.paste(band, (0, top))
        top += band.height
    return canvas
