"""Waste from the card of a lot begins with that lot, where most of it lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from core import stock
from core.office import Office
from desktop.context import AppContext
from desktop.stock.entry.handover import Handover
from desktop.stock.entry.waste_page import WastePage
from desktop.stock.lists.lot_panel import LotPanel
from desktop.stock.lists.lots_page import LotsPage
from tests.desktop.stock.entry.larder import Larder


def test_waste_from_a_lot_hands_over_the_lot_and_its_place(
    qtbot: QtBot, context: AppContext, office_here: Office, larder: Larder, shown: Callable[[Any], Any]
) -> None:
    page = shown(LotsPage(context, Handover()))
    row = next(one for one in page._lots if one.number == "M-0305")
    page.open_lot(row)
    panel = page.panel()
    assert isinstance(panel, LotPanel)
    qtbot.waitUntil(lambda: panel.prefill().place_id is not None)
    wanted = panel.prefill()
    held = [one for one in office_here.ask(stock.list_on_hand) if one.lot_id == row.lot_id]
    assert (wanted.item_code, wanted.lot, wanted.place_id) == (row.item_code, "M-0305", held[0].location_id)
    waste = shown(WastePage(context))
    waste.take_code(wanted.item_code, wanted.lot, wanted.place_id)
    qtbot.waitUntil(waste.pad.item.is_ready)
    line = waste.pad._line()
    assert line is not None
    assert (line.lot_id, line.place_id) == (row.lot_id, held[0].location_id)
