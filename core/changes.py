"""What a command changed, as told to every window and PC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Topics that changed, the journal row that says why, and the PC it came from."""

    topics: frozenset[str]
    journal_id: int
    station: str

    def touches(self, *topics: str) -> bool:
        """Whether one of these topics changed."""
        return not self.topics.isdisjoint(topics)
