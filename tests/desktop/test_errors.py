"""Bugs get a number and a report without what was typed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning

from core.crashes import ALPHABET
from desktop.errors import ProgramFault, install_hooks, report_bug


def a_bug() -> BaseException:
    try:
        raise RuntimeError("postgresql://wang:s3cret@server/books")
    except RuntimeError as error:
        return error


@pytest.mark.log_warnings_expected
def test_a_report_says_where_but_no_password(home: Path) -> None:
    report = report_bug(a_bug())
    assert len(report.id) == 6
    assert set(report.id) <= set(ALPHABET)
    assert report.path is not None
    written = report.path.read_text(encoding="utf-8")
    assert "in a_bug" in written
    assert "s3cret" not in written


@pytest.mark.log_warnings_expected
def test_a_full_disk_does_not_hide_the_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> int:
        raise OSError("no room")

    monkeypatch.setattr(Path, "write_text", full)
    report = report_bug(a_bug())
    assert report.path is None
    assert "RuntimeError" in report.text


@pytest.mark.log_warnings_expected
def test_what_nobody_caught_is_shown_from_every_thread(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = qInstallMessageHandler(None)
    install_hooks(shown.append)
    try:
        bug = a_bug()
        sys.excepthook(type(bug), bug, None)
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
        qWarning("This plugin does not support propagateSizeHints()")
    finally:
        qInstallMessageHandler(before)
    assert [type(error) for error in shown] == [RuntimeError, ZeroDivisionError]


def test_the_page_is_told_that_nothing_was_saved() -> None:
    assert "Nothing was saved" in str(ProgramFault())
