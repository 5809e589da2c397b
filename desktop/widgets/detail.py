"""The panel of one record beside a list: facts, parts, actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import _
from desktop.widgets.badge import Badge, BadgeLook
from desktop.widgets.flow import FlowLayout
from desktop.widgets.language import Words
from desktop.widgets.words import Button, Label, line


class Facts(QWidget):
    """Names in grey, what is so beside them."""

    def __init__(self, facts: Sequence[tuple[Words, Words | QWidget]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for name, fact in facts:
            self.add(name, fact)

    def add(self, name: Words, fact: Words | QWidget) -> None:
        """One more fact; a widget (a badge, a link) may stand in its place."""
        row = self._grid.rowCount()
        self._grid.addWidget(Label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(fact, QWidget):
            self._grid.addWidget(fact, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        else:
            words = Label(fact, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(words, row, 1)


class DetailPanel(QFrame):
    """Title, subtitle, badge; then facts and sections that scroll; actions below. `close_requested` from its cross."""

    close_requested = Signal()

    def __init__(self, title: Words, subtitle: Words = "", badge: BadgeLook | None = None) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._title = Label(title, "heading", wrap=True)
        self._subtitle = Label(subtitle, "muted", wrap=True)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(16, 0, 16, 16)
        self._body.setSpacing(12)
        self._actions = FlowLayout(spacing=8)
        self._actions.setContentsMargins(16, 12, 16, 12)
        self._foot = QWidget()
        self._foot.setLayout(self._actions)
        self._foot.hide()
        self._close = Button(_("Close"), self.close_requested.emit, icon_name="close", kind="icon")
        self._lay_out(badge)
        # Not before it stands in the panel: what is shown without a parent is a window of its own, and takes the focus.
        self._subtitle.setVisible(bool(subtitle))

    def _lay_out(self, badge: BadgeLook | None) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        if badge is not None:
            words.addWidget(Badge(badge), 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(words, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        outer = QVBoxLayout(inner)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._body)
        outer.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(line())
        column.addWidget(self._foot)

    def set_title(self, title: Words, subtitle: Words = "") -> None:
        """Say another name."""
        self._title.set_words(title)
        self._subtitle.set_words(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_facts(self, facts: Sequence[tuple[Words, Words | QWidget]]) -> Facts:
        """A block of facts."""
        block = Facts(facts)
        self._body.addWidget(block)
        return block

    def add_section(self, title: Words, content: QWidget) -> None:
        """A part with a heading."""
        self._body.addWidget(line())
        self._body.addWidget(Label(title, "strong"))
        self._body.addWidget(content)

    def add_widget(self, content: QWidget) -> None:
        """A part without heading."""
        self._body.addWidget(content)

    def add_action(self, button: Button) -> Button:
        """A button at the foot."""
        self._actions.addWidget(button)
        self._foot.show()
        return button
