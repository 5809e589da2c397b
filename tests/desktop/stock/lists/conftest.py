"""Lists of stock on a real office, with the larder of the entry pages."""

from __future__ import annotations

import pytest

from desktop.stock.entry.handover import Handover
from tests.desktop.stock.entry.conftest import larder

__all__ = ["larder"]


@pytest.fixture
def handover() -> Handover:
    return Handover()
