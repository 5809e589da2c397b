"""Widgets are tested dressed, in English unless a test says otherwise, on the clock of Shanghai."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.theme import apply_theme
from desktop.widgets import set_language, set_place


@pytest.fixture(autouse=True)
def on_screen(qapp: QApplication) -> Iterator[None]:
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    set_place("Asia/Shanghai", "CNY")
    set_language("en")
    yield
    set_language("en")
