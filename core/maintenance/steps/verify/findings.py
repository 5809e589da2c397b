"""What was found, gathered: at most some of each area are listed, the rest counted."""

from __future__ import annotations

from collections import Counter

from core.i18n import Text
from core.maintenance.types import Area, Finding, Level

MOST_OF_AN_AREA = 200


class Findings:
    """Gathers findings."""

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self.hidden = 0
        self._counts: Counter[Area] = Counter()

    def wrong(
        self,
        area: Area,
        text: Text,
        *,
        posting_id: int | None = None,
        entry_id: int | None = None,
        item_id: int | None = None,
    ) -> None:
        """Something is wrong."""
        self._keep(Finding(area, Level.BAD, text, posting_id, entry_id, item_id))

    def odd(self, area: Area, text: Text, *, item_id: int | None = None) -> None:
        """Something is odd, but may be meant."""
        self._keep(Finding(area, Level.WARN, text, item_id=item_id))

    def _keep(self, finding: Finding) -> None:
        self._counts[finding.area] += 1
        if self._counts[finding.area] <= MOST_OF_AN_AREA:
            self.listed.append(finding)
        else:
            self.hidden += 1
