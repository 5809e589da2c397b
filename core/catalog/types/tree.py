"""The category tree and the units of the site."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A branch of the tree. `path` is the names from the root, joined by `/`; `items` counts the whole branch."""

    id: int
    version: int
    parent_id: int | None
    name: str
    name_en: str
    path: str
    path_en: str
    code_prefix: str
    depth: int
    items: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the site: `dimension` mass, volume or length, or empty for a thing that is counted."""

    code: str
    name: str
    name_en: str
    dimension: str
    factor: Decimal

    def title(self, language: str) -> str:
        """The unit's name in a language."""
        return self.name_en if language == "en" else self.name
