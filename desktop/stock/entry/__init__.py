"""Pages in which stock is posted: receive, issue, transfer, waste, adjust, return, produce; and one posting."""

from __future__ import annotations

from core.i18n import _
from core.stock import reverse_posting
from core.words import Permission
from desktop.shell.registry import Page, PaperMaker, ShellRegistry
from desktop.stock.entry.issue import AdjustPage, IssuePage
from desktop.stock.entry.papers import PRINTED, TITLES, example_slips
from desktop.stock.entry.posting import PostingPage
from desktop.stock.entry.production import ProductionPage
from desktop.stock.entry.receive import ReceivePage
from desktop.stock.entry.returns import ReturnFromCustomerPage, ReturnToSupplierPage
from desktop.stock.entry.transfer import TransferPage, TransitPage
from desktop.stock.entry.waste_page import WastePage
from desktop.stock.entry.waste_sheet import WasteSheetPage

P = Permission


def register(registry: ShellRegistry) -> None:
    """Bring the pages, their papers and the undo of the footer."""
    for page in (
        Page("stock.receive", _("Receive"), "stock", P.STOCK_RECEIVE, ReceivePage, 60, icon="receive"),
        Page("stock.issue", _("Issue"), "stock", P.STOCK_ISSUE, IssuePage, 61, icon="issue"),
        Page("stock.transfer", _("Transfer"), "stock", P.STOCK_TRANSFER, TransferPage, 62, icon="transfer"),
        Page("stock.waste", _("Waste"), "stock", P.STOCK_WASTE, WastePage, 63, icon="waste"),
        Page("stock.waste_sheet", _("Waste sheet"), "stock", P.STOCK_WASTE, WasteSheetPage, 64, False, "waste"),
        Page("stock.transit", _("In transit"), "stock", P.STOCK_TRANSFER, TransitPage, 65, False, "transfer"),
        Page("stock.adjust", _("Adjust"), "stock", P.STOCK_ADJUST, AdjustPage, 66, False, "adjust"),
        Page(
            "stock.return_to_supplier",
            _("Return to supplier"),
            "stock",
            P.STOCK_RETURN,
            ReturnToSupplierPage,
            67,
            False,
            "return",
        ),
        Page(
            "stock.return_from_customer",
            _("Take goods back"),
            "stock",
            P.STOCK_RETURN,
            ReturnFromCustomerPage,
            68,
            False,
            "return",
        ),
        Page("stock.production", _("Production"), "stock", P.STOCK_PRODUCE, ProductionPage, 69, False, "kitchen"),
        Page("stock.posting", _("Posting"), "stock", P.STOCK_VIEW, PostingPage, 70, False, "file"),
    ):
        registry.add_page(page)
    for kind in PRINTED:
        registry.add_paper(PaperMaker(f"stock.{kind}", TITLES[kind], P.STOCK_VIEW, example_slips(kind)))
    registry.set_undo(reverse_posting)
