"""The alerts of this person on the first page: one line for each kind and urgency, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.alerts import AlertGroup
from core.i18n import _
from core.words import AlertUrgency, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words

INBOX = "alerts.inbox"
_LOOKS = {
    AlertUrgency.URGENT: Meaning.DANGER, AlertUrgency.HIGH: Meaning.SOON, AlertUrgency.NORMAL: Meaning.WATCH,
    AlertUrgency.LOW: Meaning.PLAIN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A line of the list: alerts of one kind and urgency."""

    group: AlertGroup

    @property
    def id(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.group.kind, self.group.urgency

    def look(self) -> BadgeLook:
        """How soon somebody must look."""
        return BadgeLook(word(self.group.urgency), _LOOKS[self.group.urgency])

    def title(self) -> Words:
        """What it is: one alert by what it is about, several by their kind."""
        group = self.group
        if group.count == 1:
            return _("{kind}: {title}", kind=word(group.kind), title=group.newest.title)
        return _("{kind}: {n}", kind=word(group.kind), n=group.count)

    def unread(self) -> Words:
        """How many of them this person has not read."""
        return _("{n} new", n=self.group.unread) if self.group.unread else ""

    def target(self) -> tuple[str, Mapping[str, object]]:
        """The inbox: at the alert, or at those of the line."""
        group = self.group
        if group.count == 1:
            return INBOX, {"alert_id": group.newest.id}
        return INBOX, {"kind": str(group.kind), "urgency": str(group.urgency)}


COLUMNS = (
    Column("urgency", _("Urgency"), 128, kind=Kind.BADGE, value=lambda line: line.look(), sortable=False),
    Column("title", _("Alert"), 200, stretch=True, value=lambda line: line.title(), sortable=False),
    Column("unread", _("Unread"), 72, value=lambda line: line.unread(), muted=True, sortable=False, wide_only=True),
)
