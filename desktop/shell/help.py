"""The help: short pages in both languages from `resources/help`, opened by F1 at what belongs to the present place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from core.i18n import Language, _
from core.paths import resource
from desktop.shell.registry import Page
from desktop.widgets import ui_text

SIZE = (900, 640)
LIST_WIDTH = 220
PARAGRAPH_GAP = 10
LINE_PERCENT = 125
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_CHINESE_BREAK = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})")
_FOR = re.compile(r"<!--\s*for:([^>]*?)-->\n?")
_ABOUT = re.compile(r"<!--\s*about:([^>]*?)-->\n?")


@dataclass(frozen=True)
class Topic:
    """One page of the help: its title, its text in Markdown, the places it belongs to, and the pages it is about."""

    title: str
    markdown: str
    places: frozenset[str]
    routes: frozenset[str] = frozenset()


def read_topics(language: Language) -> list[Topic]:
    """The pages of a language in the order of their file names."""
    folder = resource("help", language)
    return [_read(file) for file in sorted(folder.glob("*.md"))]


def _read(file: Path) -> Topic:
    content = file.read_text(encoding="utf-8")
    places, routes = _words(_FOR, content), _words(_ABOUT, content)
    title = content.partition("\n")[0].lstrip("# ").strip()
    text = _CHINESE_BREAK.sub("", _ABOUT.sub("", _FOR.sub("", content)))
    return Topic(title, text, places, routes)


def _words(form: re.Pattern[str], content: str) -> frozenset[str]:
    found = form.search(content)
    return frozenset(found.group(1).split() if found else ())


class HelpWindow(QDialog):
    """Titles at the left, the page at the right; it may stay open beside the work. It opens at what is about the page
    on show, else at what belongs to its place."""

    def __init__(self, language: Language, page: Page | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ui_text(_("Help")))
        self.resize(*SIZE)
        self._topics = read_topics(language)
        self._list = QListWidget()
        self._list.setAccessibleName(ui_text(_("Topics")))
        self._list.setFixedWidth(LIST_WIDTH)
        self._list.addItems([topic.title for topic in self._topics])
        self._page = QTextBrowser()
        self._page.setAccessibleName(ui_text(_("Help")))
        self._page.setOpenExternalLinks(False)
        self._list.currentRowChanged.connect(self._show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._list)
        layout.addWidget(self._page, 1)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.close)
        self._list.setCurrentRow(self._fitting(page))

    @property
    def title(self) -> str:
        """The page on show."""
        return self._topics[self._list.currentRow()].title

    def _fitting(self, page: Page | None) -> int:
        route, place = (page.route, page.place) if page else ("", "")
        about = [number for number, topic in enumerate(self._topics) if route in topic.routes]
        near = [number for number, topic in enumerate(self._topics) if place in topic.places]
        return [*about, *near, 0][0]

    def _show(self, number: int) -> None:
        if 0 <= number < len(self._topics):
            self._page.setMarkdown(self._topics[number].markdown)
            self._space_paragraphs()

    def _space_paragraphs(self) -> None:
        """Qt sets Markdown without air: half a line after each paragraph, and lines a little apart."""
        cursor = QTextCursor(self._page.document())
        block = self._page.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            shape = block.blockFormat()
            if cursor.currentTable() is None:
                shape.setBottomMargin(PARAGRAPH_GAP)
                shape.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                cursor.setBlockFormat(shape)
            block = block.next()
