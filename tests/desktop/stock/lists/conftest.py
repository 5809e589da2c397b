"""Lists of stock on a real office, with the larder and the shell of the entry pages."""

from __future__ import annotations

import pytest

from desktop.stock.entry.handover import Handover
from tests.desktop.stock.entry.conftest import NotingShell, context, larder, settled, shell, shown

__all__ = ["NotingShell", "context", "larder", "settled", "shell", "shown"]


@pytest.fixture
def handover() -> Handover:
    return Handover()
