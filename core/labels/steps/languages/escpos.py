"""ESC/POS: receipt printers and cheap mixes of receipt and label. Source: Epson, ESC/POS Application Programming Guide,
`GS v 0`."""

from __future__ import annotations

import struct

from core.labels.steps.languages.dots import rows_of
from core.labels.types import LabelPage, Media

RESET = b"\x1b@"
_NO_LINE_SPACING = b"\x1b3\x00"
_LEFT = b"\x1ba\x00"
_BAND = 128  # rows in one picture command: small buffers overflow beyond
_TO_LABEL = b"\x0c"  # form feed: to the next label, where the printer knows about gaps
_CUT = b"\x1dV\x42\x00"  # feed to the cutter, then cut


def to_escpos(page: LabelPage, copies: int, media: Media) -> bytes:
    """The picture in bands of 128 rows, once for each copy; then a feed to the gap, or a cut on plain paper."""
    rows = rows_of(page)
    picture = b"".join(_raster(rows[start : start + _BAND], page.row_bytes) for start in range(0, len(rows), _BAND))
    end = _CUT if media.cuts else _TO_LABEL if media.sensing != "none" else b"\x1bd\x03"
    return (RESET + _LEFT + _NO_LINE_SPACING + picture + end) * copies


def _raster(rows: list[bytes], row_bytes: int) -> bytes:
    return b"\x1dv0\x00" + struct.pack("<HH", row_bytes, len(rows)) + b"".join(rows)
