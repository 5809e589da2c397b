"""Entry pages on a real office, with a shell that takes notes."""

from __future__ import annotations

from typing import TypeVar

import pytest

from core.office import Office
from desktop.widgets import PageBase
from tests.desktop.stock.entry.larder import Larder, fill_larder

P = TypeVar("P", bound=PageBase)


@pytest.fixture
def larder(office_here: Office) -> Larder:
    """A site with something in stock."""
    return fill_larder(office_here)
