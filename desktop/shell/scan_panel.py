"""The panel that drops down after a scan: what was scanned, what it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QListView, QVBoxLayout, QWidget

from core.i18n import Text, _
from desktop.shell.palette import ROW_HEIGHT, HitDelegate, HitModel
from desktop.shell.registry import Hit
from desktop.theme import Meaning
from desktop.widgets import Label, Notice, Words, date_words, money_words, number_words, ui_text

if TYPE_CHECKING:
    from core.devices import Scan

WIDTH = 560
TOP = 96
MOST_ROWS = 9
SHOWN_CODE = 60
SIGNS = {"\x1d": "GS", "\x1e": "RS", "\x1c": "FS", "\x1f": "US", "\x04": "EOT", "\r": "CR", "\n": "LF", "\t": "TAB"}


@dataclass(frozen=True)
class ScanLine:
    """One line of the panel: what it says, what it does, and the letter or digit that does it."""

    title: str
    run: Callable[[], object]
    note: str = ""
    icon: str = ""
    key: str = ""


class _Lines(QListView):
    """Up, Down, Enter, Esc, and the letter of a line; losing the keyboard closes the panel."""

    chosen = Signal(int)
    closed = Signal()
    typed = Signal(str)

    def event(self, event: QEvent) -> bool:
        """The letters of the lines come before the keys of the whole program."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isalnum():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.text().isalnum():
            self.typed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self.closed.emit()


class ScanPanel(QFrame):
    """Lies over the page; the focus is in its list and goes back to where it was."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("scan_panel")
        self._over = parent
        self._came_from: QWidget | None = None
        self._lines: list[ScanLine] = []
        self._title, self._facts = Label("", "heading"), Label("", "muted", wrap=True)
        self._trouble = Notice("", Meaning.SOON)
        self.model = HitModel(self)
        self._list = _Lines()
        self._list.setModel(self.model)
        self._list.setItemDelegate(HitDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(ui_text(_("What to do with the scan")))
        self._list.clicked.connect(lambda index: self._run(index.row()))
        self._list.chosen.connect(self._run)
        self._list.closed.connect(self.close_up)
        self._list.typed.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 4)
        column.setSpacing(4)
        for one in (self._title, self._facts, self._trouble):
            one.setContentsMargins(12, 0, 12, 0)
            column.addWidget(one)
        column.addWidget(self._list)
        self.hide()

    def offer(self, title: Words, facts: Words, trouble: Words, lines: Sequence[ScanLine]) -> None:
        """Show what was scanned with what can be done; the first line is on Enter."""
        focus = QApplication.focusWidget()
        if not self.isVisible() and focus is not None and not self.isAncestorOf(focus):
            self._came_from = focus
        self._lines = list(lines)
        self._title.set_words(title)
        self._facts.set_words(facts)
        self._facts.setVisible(bool(facts))
        self._trouble.setVisible(bool(trouble))
        if trouble:
            self._trouble.say(trouble, Meaning.SOON)
        self.model.show_hits(
            [Hit(line.title, lambda: None, line.note, line.icon, _key_of(at, line)) for at, line in enumerate(lines)]
        )
        self._list.setCurrentIndex(self.model.index(0))
        self._list.setFixedHeight(min(max(len(lines), 1), MOST_ROWS) * ROW_HEIGHT + 2)
        self.place()
        self.show()
        self.raise_()
        self._list.setFocus()

    def titles(self) -> list[str]:
        """What can be chosen now."""
        return [line.title for line in self._lines] if self.isVisible() else []

    @property
    def title(self) -> str:
        """What it says was scanned."""
        return self._title.text()

    def close_up(self) -> None:
        """Fold away, and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.isVisible():
            came_from.setFocus()

    def place(self) -> None:
        """Lie in the middle under the bar on top."""
        width = min(WIDTH, self._over.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._over.width() - width) // 2, min(TOP, max(8, self._over.height() - self.height() - 8)))

    def _on_typed(self, key: str) -> None:
        at = next((at for at, line in enumerate(self._lines) if _key_of(at, line) == key), None)
        if at is not None:
            self._run(at)

    def _run(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            run = self._lines[row].run
            self.close_up()
            QTimer.singleShot(0, self, run)


def _key_of(at: int, line: ScanLine) -> str:
    return line.key or str(at + 1)


def code_words(scan: Scan) -> str:
    """The code as it is read: the number where there is one, never more than a line, control characters visible."""
    code = scan.code or (scan.own.value if scan.own else "") or scan.text or scan.raw
    return visible(code[:SHOWN_CODE]) + ("…" if len(code) > SHOWN_CODE else "")


def visible(raw: str) -> str:
    """A text with its control characters by name, <GS> for the separator."""
    if raw.isprintable():
        return raw
    return "".join(one if one.isprintable() else f"<{SIGNS.get(one, f'{ord(one):02X}')}>" for one in raw)


def facts_words(scan: Scan) -> list[Text]:
    """Lot, dates, weight, count and price that the code carries."""
    found: list[Text] = []
    if scan.batch:
        found.append(_("Lot {lot}", lot=scan.batch))
    expires = scan.expiry or scan.best_before
    if expires is not None:
        found.append(_("Expires {day}", day=date_words(expires)))
    if scan.production is not None:
        found.append(_("Made on {day}", day=date_words(scan.production)))
    if scan.net_weight_kg is not None:
        found.append(_("{qty} kg", qty=number_words(scan.net_weight_kg)))
    if scan.count is not None:
        found.append(_("{n} pieces", n=number_words(scan.count)))
    if scan.price is not None:
        found.append(_("Price {amount}", amount=money_words(scan.price, sign=not scan.currency)))
    if scan.serial:
        found.append(_("Serial number {number}", number=scan.serial))
    return found
