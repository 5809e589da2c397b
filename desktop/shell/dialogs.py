"""Dialogs and the lock: what is open goes out of sight when the PC is locked, and comes back to the same person."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QApplication, QDialog


class PutAway:
    """The dialogs hidden by a lock."""

    def __init__(self) -> None:
        self._hidden: list[QDialog] = []

    def hide_all(self) -> None:
        """Hide every dialog that is open; nothing typed in it is lost."""
        shown = [
            widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()
        ]
        for dialog in shown:
            dialog.hide()
        self._hidden += shown

    def bring_back(self) -> None:
        """Show them again, those that still live."""
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if shiboken6.isValid(dialog):
                dialog.show()

    def throw_away(self) -> None:
        """Somebody else is here: what was asked of the one before is answered by no."""
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if shiboken6.isValid(dialog):
                dialog.reject()
