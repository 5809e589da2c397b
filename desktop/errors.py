"""Bugs: each gets an id, a report file and a dialog; none is swallowed. Known errors are sentences, not bugs."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from core.crashes import CrashReport, write_report
from core.errors import CoreError
from core.i18n import _

QUIET_QT = ("This plugin does not support propagateSizeHints", "QFont::setPointSizeF")
_log = logging.getLogger("steward.desktop")


class ProgramFault(CoreError):
    """What the page that asked is told of a bug, so that it does not wait for ever; the dialog says the rest."""

    def __init__(self) -> None:
        super().__init__(
            _("The program met a fault. Nothing was saved by this step; try again, or tell whoever helps you.")
        )


def report_bug(error: BaseException) -> CrashReport:
    """Write a bug down, with the version of Qt."""
    return write_report(error, about=f"Qt {qVersion()}")


def install_hooks(show: Callable[[BaseException], None]) -> None:
    """Send what nobody caught to `show` (bugs) or to the log (Qt's own messages)."""

    def on_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        show(error)

    sys.excepthook = on_exception
    threading.excepthook = lambda args: show(args.exc_value) if args.exc_value else None
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if any(message.startswith(quiet) for quiet in QUIET_QT):
        return
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    _log.log(level, "Qt: %s", message)
