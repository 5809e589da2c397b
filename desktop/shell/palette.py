"""The palette under the search box: every page, every action and every record, found as people type."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import _
from desktop.context import AppContext
from desktop.shell.fuzzy import pinyin_names, score
from desktop.shell.parts import known_icon
from desktop.shell.registry import Hit, ShellRegistry
from desktop.shell.topbar import SearchBox
from desktop.theme import icon_pixmap, text_font, theme
from desktop.theme.tokens import SMALL_PX
from desktop.widgets import Label

ROW_HEIGHT = 36
MOST_ROWS = 10
MOST_HITS = 60
WAIT_MS = 60
WIDTH = 560


class HitModel(QAbstractListModel):
    """The hits on show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        """Replace the lines."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        return hit if role == Qt.ItemDataRole.UserRole else None


class HitDelegate(QStyledItemDelegate):
    """One line: icon, title, note in grey, group at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme().selection)
        pixmap = icon_pixmap(known_icon(hit.icon), 18, theme().muted)
        painter.drawPixmap(rect.left() + 12, rect.center().y() - 8, pixmap)
        small = text_font(SMALL_PX)
        group_width = QFontMetrics(small).horizontalAdvance(hit.group) if hit.group else 0
        body = rect.adjusted(42, 0, -(group_width + 24), 0)
        metrics = QFontMetrics(text_font())
        painter.setFont(text_font())
        painter.setPen(theme().text)
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.setFont(small)
        painter.setPen(theme().muted)
        rest = body.adjusted(metrics.horizontalAdvance(title) + 12, 0, 0, 0)
        if hit.note and rest.width() > 40:
            note = QFontMetrics(small).elidedText(hit.note, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, note)
        painter.drawText(
            rect.adjusted(0, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, hit.group
        )
        painter.restore()


class Palette(QFrame):
    """The list that drops from the search box. It lies over the page, and the focus stays in the box."""

    def __init__(self, context: AppContext, registry: ShellRegistry, box: SearchBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self._context = context
        self._registry = registry
        self._box = box
        self._over = parent
        self._own: list[tuple[Hit, tuple[str, ...]]] = []
        self._records: dict[str, list[Hit]] = {}
        self._came_from: QWidget | None = None
        self._asked = ""
        self._waiting: set[str] = set()
        self._run_when_answered = False
        self.model = HitModel(self)
        self._list = QListView()
        self._list.setModel(self.model)
        self._list.setItemDelegate(HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._run(index.row()))
        self._empty = Label("", "muted")
        self._empty.setContentsMargins(12, 4, 12, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.addWidget(self._list)
        layout.addWidget(self._empty)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask_providers)
        self._connect_box(box)
        self.hide()

    def open(self, came_from: QWidget | None = None) -> None:
        """Drop down with what fits the words in the box; where the focus came from is given back by Esc."""
        if not self.isVisible():
            self._came_from = came_from
            self._own = self._own_hits()
            self._learn_pinyin()
        self._box.setFocus()
        self._box.selectAll()
        self._on_typed(self._box.text())
        self.place()
        self.show()
        self.raise_()

    def close_up(self) -> None:
        """Fold away, and give the focus back."""
        self._timer.stop()
        self._asked, self._run_when_answered = "", False
        self._records.clear()
        self.hide()
        self._box.clear()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def find_now(self) -> None:
        """Take what stands in the box as typed and entered, as after a scan."""
        self._on_typed(self._box.text())
        self._submit()

    # -- finding

    def _connect_box(self, box: SearchBox) -> None:
        box.opened.connect(self.open)
        box.closed.connect(self.close_up)
        box.moved.connect(self._move)
        box.submitted.connect(self._submit)
        box.textEdited.connect(self._on_typed)

    def _own_hits(self) -> list[tuple[Hit, tuple[str, ...]]]:
        shell, words = self._context.shell, self._context.words
        hits: list[tuple[Hit, tuple[str, ...]]] = []
        for action in self._registry.actions:
            if shell.may(action.permission):
                title = words(action.title)
                run = self._caller(action.id)
                hit = Hit(title, run, note=action.key, icon=action.icon, group=words(_("Action")))
                hits.append((hit, (title, action.title.render("en"), action.words)))
        places = {place.id: place for place in self._registry.places}
        for page in self._registry.pages:
            if page.in_tabs and shell.may(page.permission):
                title, place = words(page.title), places[page.place]
                hit = Hit(
                    title,
                    self._opener(page.route),
                    note=words(place.title) if place.title != page.title else "",
                    icon=page.icon or place.icon,
                    group=words(_("Page")),
                )
                hits.append((hit, (title, page.title.render("en"))))
        return hits

    def _caller(self, action_id: str) -> Callable[[], None]:
        return lambda: self._context.shell.run_action(action_id)

    def _opener(self, route: str) -> Callable[[], None]:
        return lambda: self._context.shell.go(route)

    def _learn_pinyin(self) -> None:
        titles = [hit.title for hit, _names in self._own]
        self._context.ops.run(self, lambda: {title: pinyin_names(title) for title in titles}, then=self._on_pinyin)

    def _on_pinyin(self, found: dict[str, tuple[str, ...]]) -> None:
        self._own = [(hit, (*names, *found.get(hit.title, ()))) for hit, names in self._own]
        self._show()

    def _on_typed(self, text: str) -> None:
        if not self.isVisible() and text:
            self.show()
            self.raise_()
        self._records = {key: hits for key, hits in self._records.items() if text.strip()}
        self._show()
        self._timer.start()

    def _ask_providers(self) -> None:
        text = self._box.text().strip()
        if text == self._asked:
            return
        self._asked = text
        self._run_when_answered = False
        providers = [one for one in self._registry.providers if text and self._context.shell.may(one.permission)]
        self._waiting = {provider.id for provider in providers}
        for provider in providers:
            provider.find(self._context, self, text, self._taker(provider.id, text))

    def _taker(self, provider_id: str, text: str) -> Callable[[list[Hit]], None]:
        def take(hits: list[Hit]) -> None:
            if text == self._asked:
                self._records[provider_id] = hits
                self._waiting.discard(provider_id)
                self._show()
                self._run_if_answered()

        return take

    def show_error(self, _error: CoreError) -> None:
        """A finder that failed finds nothing; the other lines stay."""
        self._waiting.clear()
        self._run_if_answered()

    def _show(self) -> None:
        typed = self._box.text().strip()
        own = [(score(typed, names), hit) for hit, names in self._own]
        ranked = [(points, hit) for points, hit in own if points > 0]
        ranked += [(hit.score, hit) for hits in self._records.values() for hit in hits]
        ranked.sort(key=lambda pair: -pair[0])
        self.model.show_hits([hit for _points, hit in ranked[:MOST_HITS]])
        if self.model.hits:
            self._list.setCurrentIndex(self.model.index(0))
        nothing = (
            _("Nothing found for “{typed}”.", typed=typed[:60]) if typed else _("Type a name, a code or what to do.")
        )
        self._empty.set_words(nothing)
        self._empty.setVisible(not self.model.hits)
        self._list.setVisible(bool(self.model.hits))
        self.place()

    # -- choosing

    def _move(self, step: int) -> None:
        if not self.isVisible():
            self.open()
            return
        row = min(max(self._list.currentIndex().row() + step, 0), len(self.model.hits) - 1)
        if row >= 0:
            self._list.setCurrentIndex(self.model.index(row))

    def _submit(self) -> None:
        """Run the chosen line; after a scan, whose Enter comes before any answer, wait for the answers first."""
        self._timer.stop()
        self._ask_providers()
        self._run_when_answered = True
        self._run_if_answered()

    def _run_if_answered(self) -> None:
        if self._run_when_answered and not self._waiting:
            self._run_when_answered = False
            self._run(self._list.currentIndex().row())

    def _run(self, row: int) -> None:
        if not 0 <= row < len(self.model.hits):
            return
        run = self.model.hits[row].run
        self.close_up()
        run()

    def place(self) -> None:
        """Lie under the search box."""
        parent = self._over
        spot = self._box.mapTo(parent, self._box.rect().bottomLeft())
        rows = min(max(len(self.model.hits), 1), MOST_ROWS)
        width = min(max(WIDTH, self._box.width()), parent.width() - 16)
        left = min(spot.x(), parent.width() - width - 8)
        self.setGeometry(max(8, left), spot.y() + 4, width, rows * ROW_HEIGHT + 10)


def names_of(hits: Iterable[Hit]) -> list[str]:
    """The titles in their order."""
    return [hit.title for hit in hits]
