"""A frame that lets a page do everything and shows nothing: what a page is measured in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.i18n import Text
from desktop.context import Paper, Posted


class QuietShell:
    """The door of the frame, with nobody behind it."""

    def go(self, route: str, **args: object) -> None: ...

    def can_go(self, route: str) -> bool:
        return True

    def back(self) -> None: ...

    def may(self, permission: object | None) -> bool:
        return True

    def posted(self, posted: Posted) -> None: ...

    def say(self, text: Text) -> None: ...

    def show_error(self, text: Text) -> None: ...

    def preview(self, paper: Paper) -> None: ...

    def make_paper(self, owner: QWidget, maker: Callable[[], Paper]) -> None: ...

    def run_action(self, action_id: str, **args: object) -> None: ...
