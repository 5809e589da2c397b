"""The last posting of this session: said in the footer, taken back by Ctrl+Z or Undo, printed by Print."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

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
        self._owner = owner
        self._kept: list[Posted] = []
        self._is_busy = False

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
        """Take back the newest posting. The provider asks the ledger for a reversal and tells when it is done."""
        posted = self._kept[-1] if self._kept else None
        undo = self._registry.undo
        if posted is None or posted.reference is None or undo is None:
            self._context.shell.say(_("There is nothing to undo."))
            return
        if self._is_busy:
            return
        self._is_busy = True
        undo(self._context, self, posted.reference, lambda: self._undone(posted))

    def print_document(self) -> None:
        """Print the newest posting's paper."""
        posted = self._kept[-1] if self._kept else None
        if posted is not None and posted.print_document is not None:
            posted.print_document()

    def show_error(self, error: object) -> None:
        """The posting could not be taken back; it stays the last one."""
        self._is_busy = False
        self._context.shell.show_error(error)  # type: ignore[arg-type]

    def _undone(self, posted: Posted) -> None:
        self._is_busy = False
        if posted in self._kept:
            self._kept.remove(posted)
        self._footer.show_undone(posted, self._context.office.clock.now())
        if posted.undone is not None:
            posted.undone()
