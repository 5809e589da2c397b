"""A frame that only takes notes of what a page tells it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.errors import CoreError
from core.i18n import Text
from core.office import Office
from desktop.context import Paper, Posted


class NotingShell:
    """Keeps what pages tell the frame. `forbidden` are rights the person lacks (with an `office`, those of its person),
    `closed` routes this program does not have."""

    def __init__(self, office: Office | None = None) -> None:
        self.office = office
        self.said: list[str] = []
        self.errors: list[str] = []
        self.went: list[tuple[str, dict[str, object]]] = []
        self.postings: list[Posted] = []
        self.makers: list[Callable[[], Paper]] = []
        self.forbidden: set[object] = set()
        self.closed: set[str] = set()

    @property
    def papers(self) -> list[Paper]:
        """The papers that were to be made, made now."""
        return [maker() for maker in self.makers]

    def go(self, route: str, **args: object) -> None:
        self.went.append((route, args))

    def back(self) -> None: ...

    def can_go(self, route: str) -> bool:
        return route not in self.closed

    def may(self, permission: object | None) -> bool:
        if self.office is None:
            return permission not in self.forbidden
        actor = self.office.actor
        return actor is not None and actor.may(permission)  # type: ignore[arg-type]

    def posted(self, posted: Posted) -> None:
        self.postings.append(posted)

    def say(self, text: Text) -> None:
        self.said.append(str(text))

    def show_error(self, error: CoreError | Text) -> None:
        self.errors.append(str(error.text if isinstance(error, CoreError) else error))

    def preview(self, paper: Paper) -> None:
        self.makers.append(lambda: paper)

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None:
        self.makers.append(maker)

    def run_action(self, action_id: str, **args: object) -> None: ...
