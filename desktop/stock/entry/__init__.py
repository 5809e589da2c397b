"""Pages in which stock is posted: issue, transfer, waste, adjust, return, produce; and one posting."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.stock import reverse_posting
from core.words import Permission, PostingKind
from desktop.shell.registry import Page, PaperMaker, ShellRegistry, Variant
from desktop.stock.entry import pictures
from desktop.stock.entry.handover import Handover
from desktop.stock.entry.issue import AdjustPage, IssuePage
from desktop.stock.entry.papers import PRINTED, TITLES, example_slips
from desktop.stock.entry.posting import PostingPage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.returns import ReturnFromCustomerPage, ReturnToSupplierPage
from desktop.stock.entry.transfer import TransferPage, TransitPage
from desktop.stock.entry.waste_page import WastePage
from desktop.stock.entry.waste_sheet import WasteSheetPage

P = Permission


def _show_list(page: QWidget) -> None:
    cast(WastePage, page).pad.show_list()


WASTE = (pictures.filled_waste(), Variant("today", prepare=_show_list))
ISSUE = (pictures.lines_of("lines", pictures.issue), pictures.refused_issue())
TRANSFER = (pictures.lines_of("lines", pictures.transfer),)
EMPTY = Variant("form")
SHEET = (EMPTY, pictures.lines_of("lines", pictures.waste))
TRANSIT = (EMPTY, pictures.open_transit())
ADJUST = (EMPTY, pictures.lines_of("lines", pictures.adjustment))
PRODUCE = (EMPTY, pictures.lines_of("lines", pictures.production))
OF_RECEIPT = (EMPTY, Variant("receipt", find_args=pictures.newest(PostingKind.RECEIPT)))
OF_ISSUE = (EMPTY, Variant("issue", find_args=pictures.newest(PostingKind.ISSUE)))


def register(registry: ShellRegistry, handover: Handover) -> None:
    """Bring the pages, their papers and the undo of the footer; the forms take what a list hands over to them."""
    for page in (
        Page("stock.issue", _("Issue"), "stock", P.STOCK_ISSUE, IssuePage, 13, icon="issue", variants=ISSUE),
        Page("stock.transfer", _("Transfer"), "stock", P.STOCK_TRANSFER, TransferPage, 14, icon="transfer", variants=TRANSFER),
        Page("stock.waste", _("Waste"), "stock", P.STOCK_WASTE, WastePage, 15, icon="waste", variants=WASTE),
        Page("stock.waste_sheet", _("Waste sheet"), "stock", P.STOCK_WASTE, WasteSheetPage, 16, False, "waste", SHEET),
        Page("stock.transit", _("In transit"), "stock", P.STOCK_TRANSFER, TransitPage, 17, False, "transfer", TRANSIT),
        Page("stock.adjust", _("Adjust"), "stock", P.STOCK_ADJUST, AdjustPage, 18, False, "adjust", ADJUST),
        Page(
            "stock.return_to_supplier", _("Return to supplier"), "stock", P.STOCK_RETURN, ReturnToSupplierPage, 19,
            False, "return", OF_RECEIPT,
        ),
        Page(
            "stock.return_from_customer", _("Take goods back"), "stock", P.STOCK_RETURN, ReturnFromCustomerPage, 20,
            False, "return", OF_ISSUE,
        ),
        Page("stock.production", _("Production"), "stock", P.STOCK_PRODUCE, ProductionPage, 21, False, "kitchen", PRODUCE),
        Page("stock.posting", _("Posting"), "stock", P.STOCK_VIEW, PostingPage, 22, False, "file", pictures.POSTINGS),
    ):  # fmt: skip
        registry.add_page(handover.receiving(page))
    for kind in PRINTED:
        registry.add_paper(PaperMaker(f"stock.{kind}", TITLES[kind], P.STOCK_VIEW, example_slips(kind)))
    registry.set_undo(reverse_posting)
