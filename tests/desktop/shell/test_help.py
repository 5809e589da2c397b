"""The help stands in both languages and opens at what belongs to the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.i18n import _
from core.paths import resource
from desktop.shell.frame import Frame
from desktop.shell.help import HelpWindow, read_topics
from desktop.shell.places import PLACES
from desktop.shell.registry import Page
from tests.helpers.accessibility import nameless_controls


def names(language: str) -> list[str]:
    return [Path(file).name for file in sorted(resource("help", language).glob("*.md"))]


def test_every_page_stands_in_both_languages_for_the_same_places() -> None:
    assert names("zh") == names("en")
    for chinese, english in zip(read_topics("zh"), read_topics("en"), strict=True):
        assert chinese.places == english.places
        assert chinese.places <= {place.id for place in PLACES}
        assert chinese.routes == english.routes
        assert "<!--" not in chinese.markdown + english.markdown
        assert chinese.title != english.title


def test_f1_opens_the_page_of_the_place(frame: Frame) -> None:
    frame.go("stock.on_hand")
    QTest.keyClick(frame, Qt.Key.Key_F1)
    window = frame.findChild(HelpWindow)
    assert window is not None
    assert window.isVisible()
    assert window.title == "The stock ledger"
    assert nameless_controls(window) == []
    window.close()


@pytest.mark.parametrize(("route", "title"), [("settings.devices", "Scanners"), ("labels.jobs", "Labels")])
def test_it_opens_at_what_is_about_the_page(qtbot: QtBot, route: str, title: str) -> None:
    window = HelpWindow("en", Page(route, _("Stock"), "stock", None, lambda _context: QWidget()))
    qtbot.addWidget(window)
    assert window.title.startswith(title)
