"""TSPL and TSPL2: TSC, Gprinter, Xprinter and most Chinese makes. Source: TSC, TSPL/TSPL2 Programming Manual."""

from __future__ import annotations

from core.labels.rules.dots import DOTS_PER_MM
from core.labels.steps.languages.dots import bands
from core.labels.types import LabelPage, Media

_END = "\r\n"
# In a bitmap of TSPL a 0 burns: the other way round than in all other languages.
_INVERTED = bytes(255 - level for level in range(256))


def to_tspl(page: LabelPage, copies: int, media: Media) -> bytes:
    """Size and gap, then the inked bands as bitmaps of whole bytes, then how often."""
    scale = DOTS_PER_MM[page.dpi]
    head = [f"SIZE {page.width / scale:.1f} mm,{page.height / scale:.1f} mm", _sensing(media)]
    if media.darkness is not None:
        head.append(f"DENSITY {media.darkness}")
    if media.speed is not None:
        head.append(f"SPEED {media.speed}")
    if media.cuts:
        head.append("SET CUTTER BATCH")
    head += ["DIRECTION 1,0", "REFERENCE 0,0", "OFFSET 0 mm", "CLS"]
    parts = [_END.join(head).encode("ascii")]
    for band in bands(page):
        parts.append(f"{_END}BITMAP {band.x // 8 * 8},{band.y},{band.row_bytes},{len(band.rows)},0,".encode("ascii"))
        parts.append(b"".join(band.rows).translate(_INVERTED))
    parts.append(f"{_END}PRINT 1,{copies}{_END}".encode("ascii"))
    return b"".join(parts)


def _sensing(media: Media) -> str:
    if media.sensing == "none":
        return "GAP 0 mm,0 mm"
    word = "BLINE" if media.sensing == "mark" else "GAP"
    return f"{word} {media.gap:.1f} mm,0 mm"
