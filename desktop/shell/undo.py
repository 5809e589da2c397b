"""The last posting of this session: said in the footer, taken back by Ctrl+Z or Undo, printed by Print."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.errors import CoreError, NeedsConfirmation
from core.i18n import _
from desktop.context import AppContext, Posted
from desktop.shell.footer import Footer
from desktop.shell.registry import ShellRegistry

MOST_KEPT = 50


class LastPosting(QObject):
    """Keeps the postings of this session, newest last; each Undo takes back the newest that can be."""

    def __init__(self, context: AppContext, registry: ShellRegistry, footer: Footer, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._registry = registry
        self._footer = footer
        self._kept: list[Posted] = []
        footer.labels_pressed.connect(self.print_labels)

    @property
    def kept(self) -> list[Posted]:
        """Postings that can still be taken back, oldest first."""
        return list(self._kept)

    def take_over(self, kept: list[Posted]) -> None:
        """Go on with the postings of the frame before (after a change of language)."""
        self._kept = kept
        if kept:
            self._footer.show_posted(kept[-1], self._context.office.clock.now())

    def note(self, posted: Posted) -> None:
        """Something was posted."""
        self._kept.append(posted)
        del self._kept[:-MOST_KEPT]
        self._footer.show_posted(posted, self._context.office.clock.now())

    def undo(self) -> None:
        """Take back the newest posting by the registered command; a failure puts it back on the list."""
        posted = self._kept[-1] if self._kept else None
        command = self._registry.undo if posted is None or posted.take_back is None else posted.take_back
        if posted is None or posted.undo is None or command is None:
            self._context.shell.say(_("There is nothing to undo."))
            return
        self._kept.remove(posted)
        ops, arguments = self._context.ops, cast("dict[str, Any]", posted.undo)
        ops.do(
            self,
            command,
            then=lambda _id: self._undone(posted),
            failed=lambda error: self._refused(posted, error),
            **arguments,
        )

    def print_document(self) -> None:
        """Print the newest posting's paper."""
        posted = self._kept[-1] if self._kept else None
        if posted is not None and posted.print_document is not None:
            posted.print_document()

    def print_labels(self) -> None:
        """Print labels of what the newest posting brought."""
        posted = self._kept[-1] if self._kept else None
        if posted is not None and posted.print_labels is not None:
            posted.print_labels()

    def _refused(self, posted: Posted, error: CoreError) -> None:
        self._kept.append(posted)
        if not isinstance(error, NeedsConfirmation):
            self._context.shell.show_error(error.text)

    def _undone(self, posted: Posted) -> None:
        self._footer.show_undone(posted, self._context.office.clock.now())
        if posted.undone is not None:
            posted.undone()
