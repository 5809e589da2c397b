"""A question or command on its way from a widget to the office and back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject

from core.errors import CoreError

if TYPE_CHECKING:
    from core.i18n import Text

Then = Callable[[Any], object]
Failed = Callable[[CoreError], object]
Questioner = Callable[[QObject, "Text", Callable[[bool], object]], object]
StandIn = Callable[[QObject, "Text", Callable[[tuple[str, str] | None], object]], object]
Report = Callable[[float, "Text | str"], None]

RETRY_MS = (500, 1000, 2000, 4000, 8000)


class Cancelled(Exception):
    """Raised inside longer work at its next progress report after the person pressed Cancel."""


@dataclass(eq=False)
class Job:
    """One question or command on its way. `cancel` drops its answer (a command that was sent is not taken back)."""

    owner: QObject
    call: Callable[..., object]
    args: dict[str, Any]
    then: Then | None
    failed: Failed | None
    request_id: str = ""
    confirmed: frozenset[str] = frozenset()
    stand_in: tuple[str, str] | None = None
    key: Hashable = None
    progress: Report | None = None
    tries: int = 0
    cancelled: bool = False
    value: object = None
    error: BaseException | None = None
    seconds: float = 0.0

    def cancel(self) -> None:
        """Do not tell the answer; longer work stops at its next progress report."""
        self.cancelled = True

    def has_listener(self) -> bool:
        """Whether anybody still waits for the answer."""
        return not self.cancelled and shiboken6.isValid(self.owner)

    def pause(self) -> int:
        """How many milliseconds to wait before the next try; longer each time."""
        pause = RETRY_MS[min(self.tries, len(RETRY_MS) - 1)]
        self.tries += 1
        return pause

    def tell_failure(self, error: CoreError) -> bool:
        """Tell a failure to `failed`, else to the nearest widget upward with `show_error`; False when nobody took it."""
        if self.failed is not None:
            self.failed(error)
            return True
        place: QObject | None = self.owner
        while place is not None:
            show = getattr(place, "show_error", None)
            if callable(show):
                show(error)
                return True
            place = place.parent()
        return False
