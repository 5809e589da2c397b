"""Barcodes drawn as vectors: Code 128 for what it can hold, a QR code for anything else.

Bars are whole dots of an office printer (300 dpi) and stand on its grid, so that every bar is as wide as it should be.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.documents.paper.page import INK
from core.documents.paper.pen import Box, Pen

_DOT = 72 / 300
MODULE = 3 * _DOT
"""0.254 mm: three dots at 300 dpi, two at 203."""
_NARROW = 2 * _DOT
QUIET = 10
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Stripes:
    """A linear code: widths in modules, dark and light in turn, dark first."""

    widths: tuple[int, ...]

    @property
    def modules(self) -> int:
        """Width in modules with the quiet zones on both sides."""
        return sum(self.widths) + 2 * QUIET


def code128(value: str) -> Stripes | None:
    """Code 128 of `value`, choosing its code sets so that it is short; None where it cannot hold the value.

    Source: ISO/IEC 15417. The patterns come from reportlab.
    """
    if not value or len(value) > _LONGEST or not value.isascii() or not value.isprintable():
        return None
    from reportlab.graphics.barcode.code128 import Code128

    code = Code128(value, quiet=0)
    code.validate()
    code.encode()
    return Stripes(tuple(ord(step.lower()) - ord("a") + 1 for step in code.decompose()))


def draw_stripes(pen: Pen, stripes: Stripes, box: Box) -> float:
    """Draw a linear code at the right of `box`, as wide as its modules need; the left edge of its quiet zone."""
    module = module_width(stripes, box.width)
    left = _on_grid(box.x + box.width - stripes.modules * module)
    x = left + QUIET * module
    for index, width in enumerate(stripes.widths):
        if index % 2 == 0:
            pen.fill(Box(x, box.y, width * module, box.height), INK)
        x += width * module
    return left


def module_width(stripes: Stripes, width: float) -> float:
    """The width of the narrowest bar: 0.254 mm where the code fits `width`, else 0.169 mm."""
    return MODULE if stripes.modules * MODULE <= width else _NARROW


def is_readable(stripes: Stripes, width: float) -> bool:
    """Whether an office printer's bars would still be told apart at this width."""
    return stripes.modules * _NARROW <= width


def is_readable_everywhere(stripes: Stripes, width: float) -> bool:
    """Whether that holds for a slip printer too (203 dpi)."""
    return stripes.modules * MODULE <= width


def _on_grid(x: float) -> float:
    return round(x / _DOT) * _DOT


def draw_qr(pen: Pen, value: str, box: Box) -> None:
    """A QR code (UTF-8, error correction M) in the upper right corner of `box`, as high as the box.

    Source: ISO/IEC 18004. The matrix comes from reportlab.
    """
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(value.encode("utf-8", "replace")))
    code.make()
    count = code.getModuleCount()
    side = min(box.width, box.height)
    module = max(1, int(side / count / _DOT)) * _DOT
    left = _on_grid(box.x + box.width - count * module)
    for row in range(count):
        column = 0
        while column < count:
            start = column
            while column < count and code.isDark(row, column):
                column += 1
            if column > start:
                pen.fill(Box(left + start * module, box.y + row * module, (column - start) * module, module), INK)
            column += 1
