"""Barcodes as modules: python-barcode for linear codes, segno for QR, pyStrich for Data Matrix.

Their pictures are not used, only their modules: the drawing keeps every module at the same whole number of dots. The
reading back is done by another library, zxing-cpp.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core.labels.rules.symbologies import element_bytes, elements, is_fixed

_FNC1 = "\xf1"  # python-barcode's sign for FNC1
_GUARDS = {
    "ean13": ((0, 3), (45, 50), (92, 95)),
    "ean8": ((0, 3), (31, 36), (64, 67)),
    "upca": ((0, 10), (45, 50), (85, 95)),
}


@dataclass(frozen=True, slots=True)
class Modules:
    """A code in modules: one row for linear ones, whose guard bars stand in `guards`; black is 1."""

    rows: tuple[str, ...]
    guards: str = ""

    @property
    def width(self) -> int:
        """Modules from left to right."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Modules from top to bottom; 1 for linear codes."""
        return len(self.rows)


@lru_cache(maxsize=4096)
def modules_of(code: str, symbology: str) -> Modules:
    """The modules of a code that `fault_of` let through; one symbol is made once."""
    if symbology in _GUARDS:
        return _retail(code, symbology)
    if symbology == "qr":
        return _qr(code)
    if symbology.endswith("datamatrix"):
        return _data_matrix(code, symbology)
    return _linear(code, symbology)


def _retail(code: str, symbology: str) -> Modules:
    from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13

    # UPC-A is EAN-13 with a leading zero. The check digit was looked at before: python-barcode would replace a wrong one.
    maker = EuropeanArticleNumber8 if symbology == "ean8" else EuropeanArticleNumber13
    (row,) = maker(code.zfill(13) if symbology == "upca" else code).build()
    (_start, first), (middle, after), (last, _end) = _GUARDS[symbology]
    guards = row[:first].ljust(middle, "0") + row[middle:after].ljust(last - middle, "0") + row[last:]
    return Modules((row,), guards)


def _linear(code: str, symbology: str) -> Modules:
    if symbology == "itf14":
        from barcode.itf import ITF

        (row,) = ITF(code, narrow=1, wide=3).build()
    elif symbology == "gs1-128":
        from barcode.codex import Gs1_128

        (row,) = Gs1_128(element_bytes(code, _FNC1)).build()
    else:
        from barcode.codex import Code128

        (row,) = Code128(code).build()
    return Modules((row.strip("0"),))


def _qr(code: str) -> Modules:
    import segno

    made = segno.make(
        code, error="m", micro=False, eci=not code.isascii(), encoding=None if code.isascii() else "utf-8"
    )
    return Modules(tuple("".join("1" if dot else "0" for dot in row) for row in made.matrix))


def _data_matrix(code: str, symbology: str) -> Modules:
    from pystrich.datamatrix import DataMatrixData, DataMatrixEncoder
    from pystrich.gs1 import GS1Fixed, GS1Variable

    if symbology == "gs1-datamatrix":
        parts = [(GS1Fixed if is_fixed(ai) else GS1Variable)(ai, value) for ai, value in elements(code)]
        data = DataMatrixData.gs1(*parts)
    else:
        data = DataMatrixData(code, encoding="ascii")
    matrix = DataMatrixEncoder(data, quiet_zone=0).init_renderer().matrix
    return Modules(tuple("".join("1" if dot else "0" for dot in row) for row in matrix))
