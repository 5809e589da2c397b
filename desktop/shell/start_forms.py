"""The two forms of a first start: a new site, and joining a shared database."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from PySide6.QtCore import QTimeZone, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QVBoxLayout

from core.errors import CoreError
from core.i18n import Text, _, verbatim
from core.values import CURRENCY_SIGNS
from core.words import CostMethod, word
from desktop.shell.fields import StartField, choice, line_edit, open_choice
from desktop.shell.parts import row
from desktop.widgets import Button, Label, ui_text

LANGUAGE_NAMES: tuple[tuple[str, Text], ...] = (("zh", verbatim("简体中文")), ("en", verbatim("English")))
PORT = 5432


@dataclass(frozen=True)
class JoinFacts:
    """Where a shared database is, and who may open it."""

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    remember: bool = True


@dataclass(frozen=True)
class NewSiteFacts:
    """What the form of a new site holds. Without `database` the site is a file on this PC."""

    name: str
    currency: str
    zone: str
    language: str
    cost_method: str
    admin: str
    password: str = field(repr=False)
    database: JoinFacts | None = None


class StartForm(QFrame):
    """A card with fields; `submitted` carries what it holds."""

    submitted = Signal(object)
    back_pressed = Signal()

    def __init__(self, title: Text, words: Text, submit: Text) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.is_waiting = False
        self.fields: dict[str, StartField] = {}
        self.error = Label("", "error", wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(12)
        self._submit = Button(submit, self.submit, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(Label(title, "title"))
        layout.addWidget(Label(words, "muted", wrap=True))
        layout.addLayout(self.grid)
        layout.addWidget(self.error)
        layout.addLayout(row(Button(_("Back"), self.back_pressed.emit), 1, self._submit))

    def add(self, name: str, shown: StartField, line: int, place: int, span: int = 1) -> None:
        """Put a field into the grid; Enter in it submits the form."""
        self.fields[name] = shown
        self.grid.addWidget(shown, line, place, 1, span)
        if isinstance(shown.editor, QLineEdit):
            shown.editor.returnPressed.connect(self.submit)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.fields.values())).editor.setFocus()

    def submit(self) -> None:
        """Check the form, then tell what it holds."""
        for shown in self.fields.values():
            shown.show_error(None)
        self.error.set_words("")
        missing = self._missing()
        if missing is not None:
            name, text = missing
            self.fields[name].show_error(text)
            return
        self.set_waiting(True)
        self.submitted.emit(self.facts())

    def show_error(self, error: CoreError) -> None:
        """The answer was no: say it at the field, or under the fields."""
        self.set_waiting(False)
        shown = self.fields.get(error.field or "")
        if shown is not None:
            shown.show_error(error.text)
        else:
            self.error.set_words(error.text)

    def set_waiting(self, is_waiting: bool) -> None:
        """Work is under way for this form."""
        self.is_waiting = is_waiting
        self._submit.setEnabled(not is_waiting)

    def facts(self) -> object:
        """What the form holds."""
        raise NotImplementedError

    def _missing(self) -> tuple[str, Text] | None:
        raise NotImplementedError


class NewSiteForm(StartForm):
    """A new site, on this PC or in a shared database."""

    def __init__(self, language: str) -> None:
        super().__init__(_("A new site"), _("These can be changed later, all but the currency."), _("Create site"))
        self._database: JoinFacts | None = None
        self._where = Label("", "strong")
        self._where.hide()
        self.grid.addWidget(self._where, 5, 0, 1, 2)
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        zones = sorted(available_timezones())
        if zone not in zones or zone.startswith("Etc/") or "/" not in zone:
            zone = "Asia/Shanghai"
        self.add("name", StartField(_("Name of the site"), line_edit(placeholder=_("As it stands on papers"))), 0, 0, 2)
        self.add("currency", StartField(_("Currency"), open_choice(CURRENCY_SIGNS, "CNY")), 1, 0)
        self.add(
            "zone",
            StartField(_("Time zone"), open_choice(zones, zone)),
            1,
            1,
        )
        self.add(
            "cost_method",
            StartField(
                _("Cost method"), choice(((method.value, word(method)) for method in CostMethod), CostMethod.AVERAGE)
            ),
            2,
            0,
        )
        self.add("language", StartField(_("Language of papers"), choice(LANGUAGE_NAMES, language)), 2, 1)
        self.add("admin", StartField(_("Administrator"), line_edit(), _("The first person who signs in.")), 3, 0, 2)
        self.add(
            "password", StartField(_("Password"), line_edit(is_secret=True), _("At least eight characters.")), 4, 0
        )
        self.add("again", StartField(_("Password again"), line_edit(is_secret=True)), 4, 1)

    def facts(self) -> NewSiteFacts:
        values = {name: shown.text for name, shown in self.fields.items() if name != "again"}
        return NewSiteFacts(**values, database=self._database)

    def use_database(self, database: JoinFacts | None) -> None:
        """Make the site in a shared database instead of a file on this PC."""
        self._database = database
        self._where.setVisible(database is not None)
        if database is not None:
            self._where.set_words(
                _("The site is made in database {database} on {host}.", database=database.database, host=database.host)
            )

    def _missing(self) -> tuple[str, Text] | None:
        needed = {
            "name": _("Write the name of the site."),
            "admin": _("Write the administrator's name."),
            "password": _("Choose a password."),
        }
        for name, text in needed.items():
            if not self.fields[name].text:
                return name, text
        if self.fields["password"].text != self.fields["again"].text:
            return "again", _("The two passwords differ. Type the same one twice.")
        return None


class JoinForm(StartForm):
    """The address of a shared database."""

    def __init__(self) -> None:
        super().__init__(
            _("Join a shared database"),
            _("Ask whoever looks after the database for these. PostgreSQL 15 or newer."),
            _("Join"),
        )
        self.add("host", StartField(_("Server"), line_edit(placeholder=_("Name or address of the server"))), 0, 0)
        self.add("port", StartField(_("Port"), line_edit(str(PORT))), 0, 1)
        self.add("database", StartField(_("Database"), line_edit("steward")), 1, 0)
        self.add("user", StartField(_("Database user"), line_edit()), 1, 1)
        self.add("password", StartField(_("Database password"), line_edit(is_secret=True)), 2, 0, 2)
        self.remember = QCheckBox(ui_text(_("Remember the password in this PC's keyring")))
        self.remember.setChecked(True)
        self.keyring_words = Label(
            _("This PC has no keyring: the password is asked at each start."), "small", wrap=True
        )
        self.keyring_words.hide()
        self.new_here = Button(_("Make a new site in this database"), kind="link")
        self.new_here.hide()
        self.grid.addWidget(self.remember, 3, 0, 1, 2)
        self.grid.addWidget(self.keyring_words, 4, 0, 1, 2)
        self.grid.addWidget(self.new_here, 5, 0, 1, 2)

    def show_keyring(self, has_keyring: bool) -> None:
        """Without a keyring nothing is remembered, and the form says so."""
        self.remember.setVisible(has_keyring)
        self.remember.setChecked(has_keyring)
        self.keyring_words.setVisible(not has_keyring)

    def fill(self, address: str) -> None:
        """Put a known address into the fields; only the password is left to type."""
        parts = urlsplit(address)
        words = {
            "host": parts.hostname or "",
            "port": str(parts.port or PORT),
            "database": unquote(parts.path.lstrip("/")),
            "user": unquote(parts.username or ""),
        }
        for name, text in words.items():
            editor = self.fields[name].editor
            if isinstance(editor, QLineEdit):
                editor.setText(text)

    def facts(self) -> JoinFacts:
        words = {name: shown.text for name, shown in self.fields.items()}
        return JoinFacts(
            words["host"],
            int(words["port"]),
            words["database"],
            words["user"],
            words["password"],
            self.remember.isChecked(),
        )

    def _missing(self) -> tuple[str, Text] | None:
        needed = {
            "host": _("Write the server's name or address."),
            "database": _("Write the name of the database."),
            "user": _("Write the database user."),
        }
        for name, text in needed.items():
            if not self.fields[name].text:
                return name, text
        port = self.fields["port"].text
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            return "port", _("A port is a number from 1 to 65535; PostgreSQL's own is 5432.")
        return None
