"""A drawn label: marks on a grid of printer dots, independent of any printer's language. Pixel (0, 0) is upper left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from core.i18n import Text
from core.labels.types.layout import Turn


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with a label. `word` for programs, `text` for people, `element` its place in the layout. With
    `is_blocking` it cannot be printed. `width` and `height` are the millimetres that would fit, where that helps."""

    word: str
    text: Text
    element: int | None = None
    is_blocking: bool = True
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn barcode: its place with quiet zones in dots, and what a scanner must read. In GS1 codes `text` is the
    element string with brackets, (01)...(17)..."""

    x: int
    y: int
    width: int
    height: int
    symbology: str
    text: str
    module: int
    element: int = 0


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A barcode that does not read as what it should say; `read` is what came out, empty for nothing."""

    symbol: Symbol
    read: str
    text: Text


@dataclass(frozen=True, slots=True)
class TextMark:
    """One run of type of one weight; `x` is its left end, `y` its baseline, `px` the height of the type."""

    x: int
    y: int
    words: str
    px: int
    bold: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class BarsMark:
    """Upright bars: a module for each sign of `pattern`, black for 1."""

    x: int
    y: int
    height: int
    module: int
    pattern: str


@dataclass(frozen=True, slots=True)
class GridMark:
    """A matrix code: rows of modules, black for 1."""

    x: int
    y: int
    module: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FillMark:
    """A black or white area."""

    x: int
    y: int
    width: int
    height: int
    white: bool = False


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture in dots: rows of whole bytes, the first dot in the highest bit, 1 is black."""

    x: int
    y: int
    width: int
    height: int
    bits: bytes


@dataclass(frozen=True, slots=True)
class TurnedMark:
    """Marks drawn in a frame of `width` by `height` dots, which may then be turned clockwise; x, y is the turned frame's upper
    left corner."""

    x: int
    y: int
    width: int
    height: int
    turn: Turn
    marks: tuple[Mark, ...]


Mark: TypeAlias = TextMark | BarsMark | GridMark | FillMark | PictureMark | TurnedMark


@dataclass(frozen=True, slots=True)
class LabelPage:
    """One label as it will be printed: `width` by `height` dots at `dpi`. `bits` are the dots, rows of whole bytes with
    the first dot in the highest bit, 1 is black; empty where only the marks are needed (PDF)."""

    layout: str
    width: int
    height: int
    dpi: int
    marks: tuple[Mark, ...]
    symbols: tuple[Symbol, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    bits: bytes = b""

    @property
    def is_printable(self) -> bool:
        """Whether nothing on it forbids printing."""
        return not any(trouble.is_blocking for trouble in self.troubles)

    @property
    def row_bytes(self) -> int:
        """Bytes of one row of dots."""
        return (self.width + 7) // 8
