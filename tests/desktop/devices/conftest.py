"""The device page on a real office, with its hub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from core.office import Office
from desktop.context import AppContext
from desktop.devices.hub import DeviceHub
from desktop.hub import Hub
from desktop.ops import Ops
from desktop.settings import Settings
from desktop.theme import apply_theme
from desktop.widgets import set_place
from tests.desktop.noting import NotingShell


@pytest.fixture
def shell() -> NotingShell:
    return NotingShell()


@pytest.fixture
def hub(qapp: QApplication) -> Iterator[DeviceHub]:
    made = DeviceHub()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def context(
    qapp: QApplication, office_here: Office, ops: Ops, shell: NotingShell, hub: DeviceHub
) -> Iterator[AppContext]:
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    set_place("Asia/Shanghai", "CNY")
    crashes: list[BaseException] = []
    ops.crashed.connect(crashes.append)
    news = Hub()
    news.listen(office_here)
    hub.follow(ops, news)
    yield AppContext(office_here, ops, news, Settings(), "en", shell, devices=hub)
    news.stop()
    assert not crashes, crashes
