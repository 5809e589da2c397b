"""Bugs: each gets an id, a report file and a dialog; none is swallowed. Known errors are sentences, not bugs."""

from __future__ import annotations

import logging
import platform
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from core.clock import Clock
from core.errors import CoreError
from core.i18n import _
from core.logs import without_secrets
from core.paths import log_folder

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
QUIET_QT = ("This plugin does not support propagateSizeHints", "QFont::setPointSizeF")
_log = logging.getLogger("steward.desktop")


class ProgramFault(CoreError):
    """What the page that asked is told of a bug, so that it does not wait for ever; the dialog says the rest."""

    def __init__(self) -> None:
        super().__init__(
            _("The program met a fault. Nothing was saved by this step; try again, or tell whoever helps you.")
        )


@dataclass(frozen=True)
class CrashReport:
    """A bug written down: a short id to tell on the phone, the file, and its text."""

    id: str
    path: Path | None
    text: str


def write_report(error: BaseException) -> CrashReport:
    """Write a bug to a file of the log folder: the places in the program, never the values that were typed."""
    report_id = "".join(secrets.choice(ALPHABET) for _unused in range(6))
    at = Clock().now()
    machine = f"Python {sys.version.split()[0]}, Qt {qVersion()}, {platform.platform()}"
    head = f"Steward {report_id} {at.isoformat(timespec='seconds')}\n{machine}\n\n"
    text = without_secrets(head + "".join(traceback.format_exception(error)))
    file = log_folder() / f"crash-{at:%Y%m%d-%H%M%S}-{report_id}.txt"
    path: Path | None = file
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        path = None
    _log.error("bug %s\n%s", report_id, text)
    return CrashReport(report_id, path, text)


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
