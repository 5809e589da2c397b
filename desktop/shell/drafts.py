"""What is typed and not posted is kept on this PC, and offered again after a crash."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer

from core.i18n import Text, _, _n
from core.uow import Actor, SiteFacts
from desktop.context import AppContext
from desktop.widgets import instant_words

PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was not posted. `request_id` when it was on its way to the database as the program ended: it is sent
    again with the same, so that it is posted once."""

    at: datetime
    lines: int
    request_id: str
    body: dict[str, Any]

    def words(self, sent: int = 0) -> Text:
        """What is offered; `sent` entries each with a request id of their own."""
        at = instant_words(self.at)
        if self.request_id or sent:
            return _n(
                "Entry of {at} with {n} line: it was on its way when the program ended, and was not posted.",
                "Entry of {at} with {n} lines: it was on its way when the program ended, and was not posted.",
                sent or self.lines,
                at=at,
            )
        return _n("Unposted entry of {at} with {n} line.", "Unposted entry of {at} with {n} lines.", self.lines, at=at)

    def arrived_words(self, number: str) -> Text:
        """What is said when it turns out that it was posted."""
        at = instant_words(self.at)
        return _("The entry of {at} was posted as {number} before the program ended.", at=at, number=number)


class Whose(Protocol):
    """Who knows at which site a form is filled in, and by whom; both None until that is known."""

    site: SiteFacts | None
    actor: Actor | None


class DraftBox(QObject):
    """Keeps one form's draft, by site, person and form. A change is written soon after it was made.

    From the moment it is sent it holds the request id it is sent with, until the database has answered.
    """

    def __init__(
        self, owner: QObject, context: AppContext, whose: Whose, form: str, body: Callable[[], dict[str, Any]]
    ) -> None:
        super().__init__(owner)
        self._context, self._whose, self._form, self._body = context, whose, form, body
        self._request_id = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.save)

    @property
    def _key(self) -> str:
        """By form, site and person: nobody is offered what somebody else typed."""
        site, actor = self._whose.site, self._whose.actor
        where = f"{site.name if site else ''}\n{self._context.settings.last_site}"
        whose = hashlib.sha256(where.encode()).hexdigest()[:12]
        return f"draft/{self._form}/{whose}/{actor.person_id if actor else 0}"

    def touch(self) -> None:
        """Something was typed."""
        self._timer.start()

    def take(self, draft: Draft) -> None:
        """Go on with a draft; if it was on its way, it will be sent as the same request."""
        self._request_id = draft.request_id

    def send(self) -> str:
        """It goes on its way: the request id it is sent with, written down before it goes."""
        self._request_id = self._request_id or uuid.uuid4().hex
        self.save()
        return self._request_id

    def came_back(self) -> None:
        """It was refused: what is posted next is another request."""
        self._request_id = ""
        self.save()

    def save(self) -> None:
        """Write what stands in the form now; an empty form leaves nothing."""
        self._timer.stop()
        body = self._body()
        if not body.get("lines"):
            self.clear()
            return
        kept = {"at": self._context.office.clock.now().isoformat(), "request": self._request_id, "body": body}
        self._context.settings.put(self._key, json.dumps(kept, ensure_ascii=False))
        self._context.settings.write()

    def clear(self) -> None:
        """Forget it: it was posted or thrown away."""
        self._timer.stop()
        self._request_id = ""
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
            return Draft(datetime.fromisoformat(read["at"]), len(body["lines"]), str(read["request"]), body)
        except (ValueError, KeyError, TypeError):
            return None
