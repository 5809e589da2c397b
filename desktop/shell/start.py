"""The first start and the list of sites: open one, make one on this PC, join a shared database, or the sample site."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.errors import CoreError
from core.i18n import Text, _, verbatim
from desktop.shell.parts import column, known_icon, row
from desktop.shell.start_forms import JoinFacts, JoinForm, NewSiteForm, StartForm
from desktop.theme import Meaning
from desktop.widgets import Button, IconLabel, Label, scrolled

CARD_WIDTH = 760
MOST_ROWS = 4
SITE_ROW = 52


@dataclass(frozen=True)
class KnownSite:
    """A site on this PC's list: its name, and where it lies (never with a password)."""

    name: str
    place: str


class ChoiceCard(QFrame):
    """One way to start: icon, words, button."""

    def __init__(self, icon_name: str, title: Text, words: Text, button: Button) -> None:
        super().__init__()
        self.setProperty("role", "card")
        button.setMinimumWidth(160)
        text = column(Label(title, "heading"), Label(words, "muted", wrap=True), spacing=2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        layout.addWidget(IconLabel(known_icon(icon_name), Meaning.ACCENT, 28))
        layout.addLayout(text, 1)
        layout.addWidget(button)


class StartStage(QWidget):
    """Where the program begins when no site is chosen yet."""

    open_pressed = Signal(str)
    forget_pressed = Signal(str)
    create_pressed = Signal(object)
    join_pressed = Signal(object)
    sample_pressed = Signal()
    cancel_pressed = Signal()
    language_pressed = Signal()
    theme_pressed = Signal()

    def __init__(self, sites: list[KnownSite], language: str) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setObjectName("start")
        self.error = Label("", "error", wrap=True)
        self.new_form = NewSiteForm(language)
        self.join_form = JoinForm()
        self._progress_words = Label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._cancel = Button(_("Cancel"), self.cancel_pressed.emit)
        self._percent = Label("0 %", "strong")
        self._choices = self._make_choices(sites)
        self._progress = self._make_progress()
        self._pages = (self._choices, self.new_form, self.join_form, self._progress)
        self._shown: QWidget = self._choices
        for form, pressed in ((self.new_form, self.create_pressed), (self.join_form, self.join_pressed)):
            form.submitted.connect(pressed.emit)
            form.back_pressed.connect(self.show_choices)
        self._lay_out()
        self._show(self._choices)

    def show_choices(self) -> None:
        """Back to the ways to start."""
        self.error.set_words("")
        self._show(self._choices)

    def show_new_site(self, database: JoinFacts | None = None) -> None:
        """The form of a new site, on this PC or in a shared database."""
        self.new_form.use_database(database)
        self._show_form(self.new_form)

    def has_form_open(self) -> bool:
        """Whether somebody is filling in a form."""
        return self._shown in (self.new_form, self.join_form)

    def show_join(self) -> None:
        """The form of a shared database."""
        self._show_form(self.join_form)

    def show_progress(self, share: float, words: Text | str, *, may_cancel: bool | None = None) -> None:
        """Work is under way: its share from 0 to 1 and what is being done; whether it can be stopped, when that is new."""
        self._show(self._progress)
        if may_cancel is not None:
            self._cancel.setVisible(may_cancel)
        self._bar.setValue(round(share * 1000))
        self._percent.set_words(f"{share * 100:.0f} %")
        if words:
            self._progress_words.set_words(words)

    def show_error(self, error: CoreError) -> None:
        """A failure: at its field when it has one, else under the choices."""
        form = next((form for form in (self.new_form, self.join_form) if form.is_waiting), None)
        if form is not None:
            self._show(form)
            form.show_error(error)
            return
        self._show(self._choices)
        self.error.set_words(error.text)

    # -- inside

    def _show(self, page: QWidget) -> None:
        """One page at a time; the others ask for no room."""
        for one in self._pages:
            one.setVisible(one is page)
        self._shown = page

    def _show_form(self, form: StartForm) -> None:
        self._show(form)
        form.focus_first()

    def _make_choices(self, sites: list[KnownSite]) -> QWidget:
        new = Button(_("New site"), lambda: self.show_new_site(), kind="plain" if sites else "primary")
        join = Button(_("Join"), self.show_join)
        sample = Button(_("Sample site"), self.sample_pressed.emit)
        page = QWidget()
        layout = column(spacing=12)
        page.setLayout(layout)
        layout.addWidget(Label(_("Steward"), "title"))
        layout.addWidget(
            Label(
                _("The back office of one site: stock, purchasing, kitchen, orders, and the month's cost."),
                "muted",
                wrap=True,
            )
        )
        if sites:
            layout.addWidget(self._make_site_list(sites))
        layout.addWidget(
            ChoiceCard(
                "home",
                _("A new site on this PC"),
                _("One PC, nothing to set up. It can move to a shared database later."),
                new,
            )
        )
        layout.addWidget(
            ChoiceCard(
                "database",
                _("Join a shared database"),
                _("Several PCs work on one PostgreSQL database of the site."),
                join,
            )
        )
        layout.addWidget(
            ChoiceCard(
                "star",
                _("Look around in the sample site"),
                _("A restaurant with a small shop and three months of work in its books."),
                sample,
            )
        )
        layout.addWidget(self.error)
        return page

    def _make_site_list(self, sites: list[KnownSite]) -> QWidget:
        lines = column(spacing=4, margins=(0, 0, 4, 0))
        for site in sites:
            lines.addWidget(self._make_site_row(site))
        lines.addStretch(1)
        inner = QWidget()
        inner.setLayout(lines)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(min(len(sites), MOST_ROWS) * (SITE_ROW + 4) + 4)
        return scroll

    def _make_site_row(self, site: KnownSite) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "card")
        frame.setFixedHeight(SITE_ROW)
        place = Label(site.place, "small")
        place.setToolTip(site.place)
        is_shared = "://" in site.place
        open_button = Button(_("Open"), lambda: self.open_pressed.emit(site.name), kind="primary")
        forget = Button(
            _("Take off the list"), lambda: self.forget_pressed.emit(site.name), icon_name="close", kind="icon"
        )
        words = column(Label(site.name, "strong"), place, spacing=0)
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.addWidget(IconLabel("database" if is_shared else "home"))
        layout.addLayout(words, 1)
        layout.addWidget(open_button)
        layout.addWidget(forget)
        return frame

    def _make_progress(self) -> QWidget:
        page = QFrame()
        page.setProperty("role", "card")
        layout = column(self._progress_words, spacing=12, margins=(28, 24, 28, 20))
        layout.addLayout(row(self._bar, self._percent))
        layout.addLayout(row(1, self._cancel))
        page.setLayout(layout)
        return page

    def _lay_out(self) -> None:
        language = Button(verbatim("中文 / English"), self.language_pressed.emit, kind="link", icon_name="language")
        look = Button(_("Light or dark"), self.theme_pressed.emit, kind="link", icon_name="moon")
        foot = QWidget()
        foot.setFixedWidth(CARD_WIDTH)
        foot.setLayout(row(1, look, language))
        middle = QWidget()
        outer = QVBoxLayout(middle)
        outer.addStretch(1)
        for page in self._pages:
            page.setFixedWidth(CARD_WIDTH)
            outer.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addWidget(foot, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(middle))
