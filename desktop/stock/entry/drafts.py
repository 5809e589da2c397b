"""What is typed and not posted is kept on this PC, and offered again after a crash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from core.i18n import Text, _n
from desktop.stock.entry.finder import Finder
from desktop.widgets import instant_words

PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was not posted. `was_sent`: it was on its way to the database when the program ended."""

    at: datetime
    lines: int
    was_sent: bool
    body: dict[str, Any]

    def words(self) -> Text:
        """What is offered."""
        at = instant_words(self.at)
        if self.was_sent:
            return _n(
                "Unposted entry of {at} with {n} line. It was being posted when the program ended: look into the "
                "ledger before you post it again.",
                "Unposted entry of {at} with {n} lines. It was being posted when the program ended: look into the "
                "ledger before you post it again.",
                self.lines,
                at=at,
            )
        return _n("Unposted entry of {at} with {n} line.", "Unposted entry of {at} with {n} lines.", self.lines, at=at)


class DraftBox(QObject):
    """Keeps one form's draft, by site, person and form. A change is written soon after it was made."""

    def __init__(self, finder: Finder, form: str, body: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finder)
        self._finder, self._form, self._body = finder, form, body
        self._context = finder.context
        self._was_sent = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)

    @property
    def _key(self) -> str:
        """By form, site and person: nobody is offered what somebody else typed."""
        site, actor = self._finder.site, self._finder.actor
        where = f"{site.name if site else ''}\n{self._context.settings.last_site}"
        whose = hashlib.sha256(where.encode()).hexdigest()[:12]
        return f"draft/{self._form}/{whose}/{actor.person_id if actor else 0}"

    def touch(self) -> None:
        """Something was typed."""
        self._timer.start()

    def sending(self, is_sending: bool) -> None:
        """It is on its way, or came back."""
        self._was_sent = is_sending
        self.save()

    def save(self) -> None:
        """Write what stands in the form now; an empty form leaves nothing."""
        self._timer.stop()
        body = self._body()
        if not body.get("lines"):
            self.clear()
            return
        kept = {"at": self._context.office.clock.now().isoformat(), "sent": self._was_sent, "body": body}
        self._context.settings.put(self._key, json.dumps(kept, ensure_ascii=False))
        self._context.settings.write()

    def clear(self) -> None:
        """Forget it: it was posted or thrown away."""
        self._timer.stop()
        self._was_sent = False
        if self._context.settings.get(self._key):
            self._context.settings.put(self._key, "")
            self._context.settings.write()

    def load(self) -> Draft | None:
        """The draft of an earlier session; one that cannot be read counts as none."""
        kept = self._context.settings.get(self._key)
        if not kept:
            return None
        try:
            read = json.loads(kept)
            body = read["body"]
            return Draft(datetime.fromisoformat(read["at"]), len(body["lines"]), bool(read["sent"]), body)
        except (ValueError, KeyError, TypeError):
            return None
