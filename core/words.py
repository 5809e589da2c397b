"""Names of every stored word, in both languages (TERMS.md): states, kinds, methods and rights, as a person reads them.

Windows take the stored words from here too, since they know no database: `from core.words import PostingKind, word`.
"""

from __future__ import annotations

from enum import Enum

from core.i18n import Text, _
from db.enums import (
    ApprovalSubject,
    CostMethod,
    CountKind,
    CountState,
    DeviceKind,
    DeviceLink,
    ImportKind,
    LabelJobState,
    LabelReason,
    LabelState,
    LabelSubject,
    LocationKind,
    PaperWay,
    Permission,
    PersonKind,
    PostingKind,
    ReservationState,
    StorageKind,
    Uncounted,
    VarianceReason,
    WasteStage,
)

__all__ = [
    "AREAS",
    "ApprovalSubject",
    "CostMethod",
    "CountKind",
    "CountState",
    "DeviceKind",
    "DeviceLink",
    "ImportKind",
    "LabelJobState",
    "LabelReason",
    "LabelState",
    "LabelSubject",
    "LocationKind",
    "PaperWay",
    "Permission",
    "PersonKind",
    "PostingKind",
    "ReservationState",
    "StorageKind",
    "Uncounted",
    "VarianceReason",
    "WasteStage",
    "allows",
    "word",
]

P = Permission

# By kind of word: two kinds may store the same letters ("count") under different names.
_WORDS: dict[type[Enum], dict[str, Text]] = {
    CostMethod: {
        CostMethod.FIFO: _("First in, first out"),
        CostMethod.AVERAGE: _("Moving average"),
        CostMethod.STANDARD: _("Standard cost"),
        CostMethod.LOT: _("Cost by lot"),
    },
    PostingKind: {
        PostingKind.RECEIPT: _("Goods receipt"),
        PostingKind.ISSUE: _("Internal issue"),
        PostingKind.WASTE: _("Waste"),
        PostingKind.TRANSFER: _("Transfer"),
        PostingKind.ADJUSTMENT: _("Stock adjustment"),
        PostingKind.COUNT: _("Stock take"),
        PostingKind.RETURN_TO_SUPPLIER: _("Return to supplier"),
        PostingKind.RETURN_FROM_CUSTOMER: _("Return from customer"),
        PostingKind.PRODUCTION_IN: _("Production in"),
        PostingKind.PRODUCTION_OUT: _("Production out"),
        PostingKind.LANDED_COST: _("Landed cost"),
        PostingKind.REVALUATION: _("Revaluation"),
        PostingKind.OPENING: _("Opening stock"),
        PostingKind.REVERSAL: _("Reversal"),
    },
    LocationKind: {
        LocationKind.SITE: _("Whole site"),
        LocationKind.AREA: _("Storage area"),
        LocationKind.BIN: _("Bin"),
        LocationKind.TRANSIT: _("In transit"),
    },
    StorageKind: {
        StorageKind.DRY: _("Dry"),
        StorageKind.CHILLED: _("Chilled"),
        StorageKind.FROZEN: _("Frozen"),
    },
    WasteStage: {
        WasteStage.RECEIVING: _("On receiving"),
        WasteStage.STORAGE: _("In storage"),
        WasteStage.PROCESSING: _("In preparation"),
        WasteStage.SERVICE: _("In service"),
    },
    CountKind: {
        CountKind.CYCLE: _("Cycle count"),
        CountKind.FULL: _("Full count"),
        CountKind.SPOT: _("Spot count"),
        CountKind.KEY: _("Key items count"),
    },
    CountState: {
        CountState.COUNTING: _("Counting"),
        CountState.TO_RESOLVE: _("Differences to settle"),
        CountState.TO_APPROVE: _("Waiting for approval"),
        CountState.POSTED: _("Posted"),
        CountState.CANCELLED: _("Cancelled"),
    },
    Uncounted: {
        Uncounted.KEEP: _("Keep the book quantity"),
        Uncounted.ZERO: _("Take them as zero"),
    },
    VarianceReason: {
        VarianceReason.RECEIPT_MISSING: _("Receipt not entered"),
        VarianceReason.ISSUE_MISSING: _("Issue not entered"),
        VarianceReason.RECEIPT_WRONG: _("Wrong receipt quantity"),
        VarianceReason.WRONG_UNIT: _("Wrong unit"),
        VarianceReason.WRONG_PLACE: _("Wrong shelf"),
        VarianceReason.MISCOUNT: _("Miscounted, counted again"),
        VarianceReason.LOT_MIXED: _("Lots mixed"),
        VarianceReason.THEFT: _("Theft suspected"),
        VarianceReason.UNKNOWN: _("Unknown cause"),
    },
    ReservationState: {
        ReservationState.OPEN: _("Reserved"),
        ReservationState.RELEASED: _("Released"),
        ReservationState.USED: _("Taken"),
    },
    ApprovalSubject: {
        ApprovalSubject.WRITE_OFF: _("Write-off"),
        ApprovalSubject.COUNT_VARIANCE: _("Count variance"),
        ApprovalSubject.ORDER: _("Purchase order"),
        ApprovalSubject.PRICE_CHANGE: _("Price change"),
    },
    DeviceKind: {
        DeviceKind.SCANNER: _("Scanner"),
        DeviceKind.SCALE: _("Scale"),
        DeviceKind.PROBE: _("Temperature probe"),
        DeviceKind.PRINTER: _("Label printer"),
    },
    DeviceLink: {
        DeviceLink.WEDGE: _("As a keyboard"),
        DeviceLink.SERIAL: _("Serial port or USB-COM"),
        DeviceLink.HID: _("USB scanner mode (HID-POS)"),
        DeviceLink.TCP: _("Network"),
        DeviceLink.USB: _("USB cable"),
        DeviceLink.QUEUE: _("The system's print queue"),
        DeviceLink.FILE: _("File"),
    },
    ImportKind: {
        ImportKind.LOCATIONS: _("Locations"),
        ImportKind.SUPPLIERS: _("Suppliers"),
        ImportKind.ITEMS: _("Items"),
        ImportKind.OPENING_STOCK: _("Opening stock"),
        ImportKind.MOVEMENTS: _("Stock movements"),
    },
    LabelSubject: {
        LabelSubject.SHELF: _("Shelf label"),
        LabelSubject.ITEM: _("Item label"),
        LabelSubject.LOCATION: _("Location label"),
        LabelSubject.LOT: _("Lot label"),
        LabelSubject.PERSON: _("Badge"),
        LabelSubject.DOCUMENT: _("Document label"),
        LabelSubject.ASSET: _("Asset label"),
    },
    LabelReason: {
        LabelReason.CHANGED: _("No longer true"),
        LabelReason.PLANNED: _("Planned price"),
        LabelReason.RECEIPT: _("Goods came in"),
        LabelReason.LIST: _("Put on the queue"),
        LabelReason.PLACE: _("Labels of a place"),
        LabelReason.WALK: _("Found on a shelf walk"),
        LabelReason.DAMAGED: _("Damaged or missing"),
        LabelReason.REPRINT: _("Printed again"),
    },
    LabelState: {
        LabelState.QUEUED: _("To be printed"),
        LabelState.SENT: _("Sent to the printer"),
        LabelState.CONFIRMED: _("Printed"),
        LabelState.ASKED: _("Printed or not?"),
        LabelState.SKIPPED: _("Left out"),
    },
    LabelJobState: {
        LabelJobState.PRINTING: _("Printing"),
        LabelJobState.PAUSED: _("Stopped"),
        LabelJobState.ASKED: _("Waits for an answer"),
        LabelJobState.DONE: _("Finished"),
        LabelJobState.CANCELLED: _("Cancelled"),
    },
    PaperWay: {
        PaperWay.PRINTER: _("Printed"),
        PaperWay.FILE: _("Saved as a file"),
        PaperWay.MAIL: _("E-mailed"),
    },
    PersonKind: {
        PersonKind.HUMAN: _("Person"),
        PersonKind.SYSTEM: _("The program"),
    },
}

# Each right: its name, and what it lets a person do.
_RIGHTS: dict[Permission, tuple[Text, Text]] = {
    P.STOCK_VIEW: (_("See stock"), _("See what is on hand, where, and how it came about.")),
    P.COST_VIEW: (_("See costs"), _("See purchase prices, unit costs and stock values.")),
    P.STOCK_RECEIVE: (_("Receive goods"), _("Take goods into stock, with lots, expiry dates and prices.")),
    P.STOCK_ISSUE: (_("Issue goods"), _("Take goods out of stock for use.")),
    P.STOCK_TRANSFER: (_("Transfer goods"), _("Move goods from one location to another.")),
    P.STOCK_WASTE: (_("Write off waste"), _("Take spoiled, broken or lost goods out of stock, with a reason.")),
    P.STOCK_ADJUST: (_("Adjust stock"), _("Put the book quantity right without a count.")),
    P.STOCK_RETURN: (_("Return goods"), _("Send goods back to a supplier and take goods back from a customer.")),
    P.STOCK_PRODUCE: (_("Book production"), _("Turn ingredients into prepared items.")),
    P.STOCK_REVERSE: (_("Reverse postings"), _("Take back a posting by its opposite.")),
    P.STOCK_REVALUE: (_("Change costs"), _("Add landed cost, change the cost method or a standard cost.")),
    P.STOCK_RESERVE: (_("Reserve goods"), _("Keep goods back for a purpose and let them go again.")),
    P.STOCK_BACKDATE: (_("Post with an earlier date"), _("Post something that happened on an earlier day.")),
    P.COUNT_ENTER: (_("Count"), _("Enter counted quantities.")),
    P.COUNT_MANAGE: (_("Run counts"), _("Start, recount and close stock takes.")),
    P.COUNT_APPROVE: (_("Approve counts"), _("Approve count differences so that they are posted.")),
    P.LOCATION_EDIT: (_("Edit locations"), _("Make, change and lock storage areas and bins.")),
    P.LOT_EDIT: (_("Edit lots"), _("Correct lot numbers and expiry dates, block and free lots.")),
    P.ITEM_VIEW: (_("See items"), _("See items, units, barcodes and suppliers.")),
    P.ITEM_EDIT: (_("Edit items"), _("Make and change items, categories, units, barcodes and substitutes.")),
    P.PRICE_EDIT: (_("Edit prices"), _("Change suppliers' prices and sale prices.")),
    P.SUPPLIER_EDIT: (_("Edit suppliers"), _("Make and change suppliers and their terms.")),
    P.IMPORT_RUN: (_("Import files"), _("Bring in items, stock and movements from files, and undo it.")),
    P.REPORT_VIEW: (_("See reports"), _("Open, print and export reports.")),
    P.LABEL_PRINT: (_("Print labels"), _("Print shelf, item, bin and date labels, and print them again.")),
    P.LABEL_DESIGN: (_("Design labels"), _("Make and change the layouts of labels.")),
    P.DEVICE_EDIT: (_("Set up devices"), _("Add, change and remove scanners, scales, probes and printers.")),
    P.PERSON_EDIT: (_("Edit people and roles"), _("Add people, give roles, reset passwords and PINs.")),
    P.AUDIT_VIEW: (_("See the operation log"), _("See who did what, when and from which PC.")),
    P.SITE_EDIT: (_("Change site settings"), _("Change the site's name, address, language, times and approval rules.")),
    P.SITE_MAINTAIN: (_("Maintain the site"), _("Back up, restore, verify and upgrade the database.")),
}

AREAS: tuple[tuple[Text, tuple[Permission, ...]], ...] = (
    (
        _("Stock"),
        (
            P.STOCK_VIEW,
            P.COST_VIEW,
            P.STOCK_RECEIVE,
            P.STOCK_ISSUE,
            P.STOCK_TRANSFER,
            P.STOCK_WASTE,
            P.STOCK_RETURN,
            P.STOCK_PRODUCE,
            P.STOCK_RESERVE,
            P.STOCK_ADJUST,
            P.STOCK_REVERSE,
            P.STOCK_BACKDATE,
            P.STOCK_REVALUE,
        ),
    ),
    (_("Counts"), (P.COUNT_ENTER, P.COUNT_MANAGE, P.COUNT_APPROVE)),
    (
        _("Master data"),
        (P.ITEM_VIEW, P.ITEM_EDIT, P.PRICE_EDIT, P.SUPPLIER_EDIT, P.LOCATION_EDIT, P.LOT_EDIT, P.IMPORT_RUN),
    ),
    (_("Reports"), (P.REPORT_VIEW,)),
    (_("Devices and labels"), (P.LABEL_PRINT, P.LABEL_DESIGN, P.DEVICE_EDIT)),
    (_("Administration"), (P.PERSON_EDIT, P.AUDIT_VIEW, P.SITE_EDIT, P.SITE_MAINTAIN)),
)


def word(stored: Enum) -> Text:
    """The name of a stored word as a person reads it. Raises LookupError for a word that has none."""
    if isinstance(stored, Permission):
        return _RIGHTS[stored][0]
    return _WORDS[type(stored)][stored.value]


def allows(permission: Permission) -> Text:
    """What a right lets a person do, in one sentence."""
    return _RIGHTS[permission][1]
