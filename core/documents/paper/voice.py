"""The language of a paper: Chinese, English, or both with Chinese first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.documents.formats import format_cell, format_money, say
from core.documents.types import BOTH, PAPER_LANGUAGES, Cell, Kind, Measure, Notation
from core.i18n import Language, Text


@dataclass(frozen=True, slots=True)
class Voice:
    """Puts texts and values into the words of one paper."""

    language: str
    notation: Notation

    def __post_init__(self) -> None:
        if self.language not in PAPER_LANGUAGES:
            raise ValueError(f"no such language: {self.language}")

    @property
    def main(self) -> Language:
        """The language that stands first."""
        return "zh" if self.language == BOTH else self.language

    def pair(self, words: Text | str) -> tuple[str, str]:
        """The words, and on a paper in both languages the English under them when it differs."""
        first = say(words, self.main)
        second = say(words, "en") if self.language == BOTH else ""
        return first, "" if second == first else second

    def line(self, words: Text | str, between: str = " ") -> str:
        """Both languages in one line."""
        first, second = self.pair(words)
        return f"{first}{between}{second.lstrip()}" if second else first

    def cell(self, cell: Cell, kind: Kind, *, dash: bool = False) -> str:
        """A value as it is written; words in both languages stand beside each other."""
        if isinstance(cell, Text):
            return self.line(cell, " / ")
        if isinstance(cell, Measure):
            return f"{self.figure(cell, kind, dash=dash)} {self.unit(cell)}".rstrip()
        return format_cell(cell, kind, self.notation, self.main, dash=dash)

    def value(self, cell: Cell, kind: Kind) -> str:
        """A value that stands alone, outside a table: money names its currency, zero is a figure."""
        if kind == "money" and isinstance(cell, Decimal):
            return format_money(cell, self.notation)
        return self.cell(cell, kind)

    def figure(self, cell: Cell, kind: Kind, *, dash: bool = False) -> str:
        """The figure of a cell without its unit."""
        bare = cell.qty if isinstance(cell, Measure) else cell
        return format_cell(bare, kind, self.notation, self.main, dash=dash)

    def unit(self, cell: Cell) -> str:
        """The unit of a cell, empty where it has none."""
        return self.line(cell.unit, " / ") if isinstance(cell, Measure) else ""
