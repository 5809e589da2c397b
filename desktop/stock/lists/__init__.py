"""Lists of stock: on hand, ledger, postings, lots, places, reservations, proposals, kit check, age and idle stock.

The pages are imported when they are first opened, so that starting the program does not wait for them.
"""

from __future__ import annotations

import importlib
from typing import Any

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.registry import Page, PageFactory, PaperMaker, ShellRegistry, Variant
from desktop.stock.entry.handover import Handover
from desktop.stock.lists.examples import some_kit, some_lot, some_place
from desktop.stock.lists.papers import recall_examples, stock_examples

P = Permission


def register(registry: ShellRegistry, handover: Handover) -> None:
    """Bring the pages and papers of the lists."""
    for page in _pages(handover):
        registry.add_page(page)
    registry.add_paper(PaperMaker("stock_list", _("Stock list"), P.STOCK_VIEW, stock_examples))
    registry.add_paper(PaperMaker("recall_list", _("Recall list"), P.STOCK_VIEW, recall_examples))


def _later(module: str, name: str, *given: object) -> PageFactory:
    """A factory that imports its page when it is first wanted."""

    def make(context: AppContext, **args: Any) -> QWidget:
        page: QWidget = getattr(importlib.import_module(f"desktop.stock.lists.{module}"), name)(context, *given, **args)
        return page

    return make


def _pages(handover: Handover) -> tuple[Page, ...]:
    return (
        Page(
            "stock.on_hand", _("On hand"), "stock", P.STOCK_VIEW, _later("on_hand_page", "OnHandPage", handover), 10,
            icon="stock",
            variants=(Variant("below", {"level": "below"}), Variant("nothing", {"text": "no such thing"})),
        ),
        Page(
            "stock.ledger", _("Ledger"), "stock", P.STOCK_VIEW, _later("ledger_page", "LedgerPage"), 42, icon="history",
            variants=(Variant("nothing", {"text": "no such thing"}),),
        ),
        Page("stock.postings", _("Postings"), "stock", P.STOCK_VIEW, _later("postings_page", "PostingsPage"), 44, icon="file"),
        Page(
            "stock.lots", _("Lots"), "stock", P.STOCK_VIEW, _later("lots_page", "LotsPage", handover), 40, icon="lot",
            variants=(Variant("expired", {"board": "expired"}), Variant("lot", find_args=some_lot)),
        ),
        Page(
            "stock.trace", _("Trace a lot"), "stock", P.STOCK_VIEW, _later("trace_page", "TracePage"), 41, False, "link",
            (Variant("lot", find_args=some_lot),),
        ),
        Page(
            "stock.places", _("Places"), "stock", P.STOCK_VIEW, _later("places_page", "PlacesPage"), 60, icon="location",
            variants=(Variant("place", find_args=some_place), Variant("add", {"is_adding": True})),
        ),
        Page(
            "stock.reservations", _("Reservations"), "stock", P.STOCK_VIEW,
            _later("reservations_page", "ReservationsPage"), 62, icon="pin",
            variants=(Variant("reserve", {"is_adding": True}),),
        ),
        Page(
            "stock.proposals", _("Transfer proposals"), "stock", P.STOCK_VIEW,
            _later("proposals_page", "ProposalsPage", handover), 64, False, "transfer",
            (Variant("all"),),
        ),
        Page(
            "stock.kit", _("Kit check"), "stock", P.STOCK_VIEW, _later("kit_page", "KitPage"), 66, icon="check",
            variants=(Variant("list", find_args=some_kit),),
        ),
        Page("stock.ageing", _("Age of stock"), "stock", P.COST_VIEW, _later("ageing_page", "AgeingPage"), 68, icon="clock"),
        Page(
            "stock.idle", _("Idle stock"), "stock", P.COST_VIEW, _later("idle_page", "IdlePage", handover), 69,
            False, "clock", (Variant("all"), Variant("month", {"days": 30})),
        ),
    )  # fmt: skip
