"""The program: starts Qt, shows the first window at once, and leads from site to sign-in to the frame and back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import CoreError
from core.i18n import Language, _
from core.logs import start_log
from desktop.errors import install_hooks, report_bug
from desktop.ops import Ops, Workers
from desktop.settings import Settings
from desktop.shell.crash import CrashDesk
from desktop.shell.question import ask_question
from desktop.shell.session import Session
from desktop.shell.sites import OpenSite
from desktop.shell.starting import Starting
from desktop.shell.window import MainWindow, WaitStage
from desktop.theme import apply_theme, theme
from desktop.widgets import set_language, set_layout_store

if TYPE_CHECKING:
    from desktop.devices.hub import DeviceHub


class Program(QObject):
    """What outlives sites and people: the window, the threads, the language and the look."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.app = app
        self.settings = Settings()
        self.language: Language = self.settings.language
        self.crashes = CrashDesk()
        self.workers = Workers(self)
        self.ops = Ops(self.workers, None, ask_question, self)
        self.ops.crashed.connect(self.show_crash)
        self._qt_words = QTranslator(self)
        apply_theme(app, self.settings.theme)
        set_layout_store(self.settings)
        self._speak(self.language)
        self.window = MainWindow(self.settings, self._may_close)
        self.starting = Starting(self)
        self.session: Session | None = None
        self.devices: DeviceHub | None = None

    # -- the way through

    def start(self, site: str = "") -> None:
        """Show the window, then open the site named, else the last one, else show the ways to start."""
        self.window.show_stage(WaitStage(_("Opening…")))
        self.window.show_first()
        wanted = site or self.settings.last_site
        QTimer.singleShot(0, self, lambda: self.starting.open(wanted) if wanted else self.starting.show())

    def site_opened(self, opened: OpenSite) -> None:
        """A site is open: ask who is there."""
        self.settings.last_site = opened.key
        self.devices = self._make_devices()
        self.session = Session(self, opened)
        self.session.ask_who()

    def _make_devices(self) -> DeviceHub:
        from desktop.devices.hub import DeviceHub

        made = DeviceHub(self)
        made.start()
        return made

    def leave_site(self) -> None:
        """Close the site and show the list of sites."""
        self.close_session()
        self.settings.last_site = ""
        self.starting.show()

    def close_session(self, *, at_once: bool = False) -> None:
        """Close the open site, if there is one."""
        session, self.session = self.session, None
        devices, self.devices = self.devices, None
        if devices is not None:
            devices.stop()
            devices.deleteLater()
        if session is not None:
            session.close(at_once=at_once)

    # -- language and look

    def switch_language(self) -> None:
        """The other language, at once and everywhere."""
        self.language = "en" if self.language == "zh" else "zh"
        self.settings.language = self.language
        self._speak(self.language)
        if self.session is not None:
            self.session.remember_language(self.language)
            self.session.rebuild()
        elif self.starting.stage is None or not self.starting.stage.has_form_open():
            self.starting.show()

    def speak_to(self, language: Language) -> None:
        """Take the language a person chose for themselves; an empty one changes nothing."""
        if language and language != self.language:
            self.language = language
            self._speak(language)

    def switch_theme(self) -> None:
        """Light becomes dark and dark becomes light, at once."""
        self.settings.theme = "light" if theme().is_dark else "dark"
        apply_theme(self.app, self.settings.theme)

    # -- bugs and the end

    def show_crash(self, error: BaseException) -> None:
        """Write a bug down and show its number; a known error that a slot let through is only said."""
        if isinstance(error, CoreError):
            if self.session is not None and self.session.frame is not None:
                self.session.frame.show_error(error)
            return
        self.crashes.show(report_bug(error), self.window)

    def crash_from_anywhere(self, error: BaseException) -> None:
        """The same, from any thread."""
        self.workers.call_on_window(lambda: self.show_crash(error))

    def shut_down(self) -> None:
        """Let work end, close the site, write the settings."""
        self.workers.stop()
        self.close_session(at_once=True)
        self.settings.write()

    def show_stage(self, stage: QWidget, *, keep: QWidget | None = None) -> None:
        """Show a stage in the window."""
        self.window.show_stage(stage, keep=keep)

    def _may_close(self) -> bool:
        session = self.session
        if session is None or not session.ops.unsaved:
            return True
        ask_question(
            self.window,
            _("Entries wait to be saved because the database is away. Close all the same and lose them?"),
            self._on_close_answer,
            yes=_("Close and lose them"),
        )
        return False

    def _on_close_answer(self, yes: bool) -> None:
        if yes:
            self.app.quit()

    def _speak(self, language: Language) -> None:
        set_language(language)
        self.app.removeTranslator(self._qt_words)
        if language == "zh":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._qt_words.load("qtbase_zh_CN", folder):
                self.app.installTranslator(self._qt_words)


def make_application(arguments: list[str]) -> QApplication:
    """The one QApplication of the process."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(arguments)
    app.setApplicationName("Steward")
    app.setApplicationDisplayName("Steward")
    app.setQuitOnLastWindowClosed(True)
    return app


def main(arguments: list[str], started: Callable[[Program], None] | None = None) -> int:
    """Start with `python -m desktop [SITE]`; returns the exit code."""
    start_log()
    app = make_application(arguments[:1])
    program = Program(app)
    install_hooks(program.crash_from_anywhere)
    sites = [argument for argument in arguments[1:] if not argument.startswith("-")]
    program.start(sites[0] if sites else "")
    if started is not None:
        started(program)
    code = app.exec()
    sys.excepthook = sys.__excepthook__
    program.shut_down()
    return code
