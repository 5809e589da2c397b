"""Fields and troubles as they are collected while one scan is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.devices.rules.scans.words import trouble
from core.devices.types.scans import ScanTrouble, ScanWord


@dataclass(slots=True)
class Collected:
    """Fields in their order (number of the identifier, value), and what is wrong."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[ScanTrouble] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """A good field."""
        self.fields.append((name, value))

    def blame(self, word: ScanWord, value: str = "", name: str = "") -> None:
        """Something wrong."""
        self.troubles.append(trouble(word, value, name))

    def names(self) -> set[str]:
        """All identifiers met, good or bad."""
        return {name for name, _value in self.fields} | {one.field for one in self.troubles}
