"""What this PC remembers between starts: language, theme, window, printers, the last site. Nothing of the business."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QLocale, QSettings

from core.i18n import LANGUAGES, Language
from core.paths import config_folder

THEMES = ("system", "light", "dark")


class Settings:
    """One ini file a PC. Every value has a default, a damaged one is taken as absent."""

    def __init__(self) -> None:
        self._ini = QSettings(str(config_folder() / "desktop.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        """The language of the windows before somebody signs in; at first the system's."""
        chosen = self._word("language")
        if chosen in LANGUAGES:
            return chosen
        return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"

    @language.setter
    def language(self, language: Language) -> None:
        self._ini.setValue("language", language)

    @property
    def theme(self) -> str:
        """`light`, `dark`, or `system` for what the system has."""
        chosen = self._word("theme")
        return chosen if chosen in THEMES else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._ini.setValue("theme", theme)

    @property
    def last_site(self) -> str:
        """The address of the site that was open last; empty at first."""
        return self._word("last_site")

    @last_site.setter
    def last_site(self, address: str) -> None:
        self._ini.setValue("last_site", address)

    def last_person(self, site: str) -> str:
        """Who signed in last at a site, by sign-in name."""
        return self._word(f"last_person/{_key(site)}")

    def remember_person(self, site: str, person: str) -> None:
        """Put this person's tile first next time."""
        self._ini.setValue(f"last_person/{_key(site)}", person)

    def printer(self, kind: str) -> str:
        """The printer used last for a kind of document; empty when none was."""
        return self._word(f"printer/{_key(kind)}")

    def remember_printer(self, kind: str, printer: str) -> None:
        """Use this printer next time for this kind."""
        self._ini.setValue(f"printer/{_key(kind)}", printer)

    def get(self, key: str, default: str = "") -> str:
        """A value of a page's own (a column order, a saved width), as text."""
        return self._word(f"page/{key}") or default

    def put(self, key: str, value: str) -> None:
        """Remember a page's own value."""
        self._ini.setValue(f"page/{key}", value)

    def window_geometry(self) -> QByteArray:
        """Where the window stood last; empty at first."""
        value = self._ini.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_window(self, geometry: QByteArray) -> None:
        """Put the window there next time."""
        self._ini.setValue("window/geometry", geometry)

    def load(self, key: str) -> str | None:
        """How the columns of a table stood last (the tables' `LayoutStore`)."""
        return self._word(f"columns/{_key(key)}") or None

    def save(self, key: str, state: str) -> None:
        """Keep how the columns of a table stand."""
        self._ini.setValue(f"columns/{_key(key)}", state)

    def write(self) -> None:
        """Write the file now."""
        self._ini.sync()

    def _word(self, key: str) -> str:
        value = self._ini.value(key)
        return value if isinstance(value, str) else ""


def _key(words: str) -> str:
    return words.replace("/", "_").replace("\\", "_")
