"""The stored words. Each is a state or kind that people see under its own name in both languages (`core/words.py`)."""

from __future__ import annotations

from enum import StrEnum

from db.enums_alerts import AlertEvent, AlertKind, AlertState, AlertUrgency, ChannelKind, MessageState
from db.enums_books import AccountUse, AccrualStyle, BookGrain, VoucherKind
from db.enums_expenses import ExpenseState, RepayWay
from db.enums_purchasing import (
    ClaimKind,
    ClaimState,
    Ground,
    InspectionState,
    InvoiceKind,
    InvoiceLineKind,
    InvoiceState,
    MatchDecision,
    OrderState,
    ProposalState,
    RequestState,
    RfqState,
    SendWay,
    SplitBy,
    Verdict,
)
from db.enums_reports import Period, Rhythm, RunState, ScheduleTarget, ViewKind

__all__ = [
    "AccountUse",
    "AccrualStyle",
    "AlertEvent",
    "AlertKind",
    "AlertState",
    "AlertUrgency",
    "ApprovalSubject",
    "BookGrain",
    "ChannelKind",
    "ClaimKind",
    "ClaimState",
    "CostMethod",
    "CountKind",
    "CountState",
    "DeviceKind",
    "DeviceLink",
    "ExpenseState",
    "Ground",
    "ImportKind",
    "InspectionState",
    "InvoiceKind",
    "InvoiceLineKind",
    "InvoiceState",
    "LabelJobState",
    "LabelReason",
    "LabelState",
    "LabelSubject",
    "LocationKind",
    "MailState",
    "MatchDecision",
    "MessageState",
    "OrderState",
    "PaperWay",
    "Period",
    "Permission",
    "PersonKind",
    "PostingKind",
    "ProposalState",
    "RepayWay",
    "RequestState",
    "ReservationState",
    "RfqState",
    "Rhythm",
    "RunState",
    "ScheduleTarget",
    "SendWay",
    "SplitBy",
    "StorageKind",
    "Uncounted",
    "VarianceReason",
    "Verdict",
    "ViewKind",
    "VoucherKind",
    "WasteStage",
]


class CostMethod(StrEnum):
    """How goods that leave are valued."""

    FIFO = "fifo"
    AVERAGE = "average"
    STANDARD = "standard"
    LOT = "lot"


class PostingKind(StrEnum):
    """What a posting of the stock ledger is."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    WASTE = "waste"
    TRANSFER = "transfer"
    ADJUSTMENT = "adjustment"
    COUNT = "count"
    RETURN_TO_SUPPLIER = "return_to_supplier"
    RETURN_FROM_CUSTOMER = "return_from_customer"
    PRODUCTION_IN = "production_in"
    PRODUCTION_OUT = "production_out"
    LANDED_COST = "landed_cost"
    REVALUATION = "revaluation"
    OPENING = "opening"
    REVERSAL = "reversal"


class LocationKind(StrEnum):
    """What a place is in the tree."""

    SITE = "site"
    AREA = "area"
    BIN = "bin"
    TRANSIT = "transit"


class StorageKind(StrEnum):
    """How warm an item or place is kept."""

    DRY = "dry"
    CHILLED = "chilled"
    FROZEN = "frozen"


class WasteStage(StrEnum):
    """Where goods were lost."""

    RECEIVING = "receiving"
    STORAGE = "storage"
    PROCESSING = "processing"
    SERVICE = "service"


class CountKind(StrEnum):
    """Why a count is made."""

    CYCLE = "cycle"
    FULL = "full"
    SPOT = "spot"
    KEY = "key"


class CountState(StrEnum):
    """Where a count stands."""

    COUNTING = "counting"
    TO_RESOLVE = "to_resolve"
    TO_APPROVE = "to_approve"
    POSTED = "posted"
    CANCELLED = "cancelled"


class Uncounted(StrEnum):
    """What becomes of lines that nobody counted."""

    KEEP = "keep"
    ZERO = "zero"


class VarianceReason(StrEnum):
    """Why a count differed from the book."""

    RECEIPT_MISSING = "receipt_missing"
    ISSUE_MISSING = "issue_missing"
    RECEIPT_WRONG = "receipt_wrong"
    WRONG_UNIT = "wrong_unit"
    WRONG_PLACE = "wrong_place"
    MISCOUNT = "miscount"
    LOT_MIXED = "lot_mixed"
    THEFT = "theft"
    UNKNOWN = "unknown"


class ReservationState(StrEnum):
    """Whether a promise of stock still stands."""

    OPEN = "open"
    RELEASED = "released"
    USED = "used"


class ApprovalSubject(StrEnum):
    """What an approval rule limits."""

    WRITE_OFF = "write_off"
    COUNT_VARIANCE = "count_variance"
    ORDER = "order"
    PRICE_CHANGE = "price_change"
    EXPENSE = "expense"


class PersonKind(StrEnum):
    """A human being, or the program itself (command line, schedule)."""

    HUMAN = "human"
    SYSTEM = "system"


class ImportKind(StrEnum):
    """What a file that is brought in holds."""

    LOCATIONS = "locations"
    SUPPLIERS = "suppliers"
    ITEMS = "items"
    SUPPLIER_PRICES = "supplier-prices"
    PURCHASE_ORDERS = "purchase-orders"
    RECEIPTS = "receipts"
    INVOICES = "invoices"
    BUDGETS = "budgets"
    OPENING_STOCK = "opening-stock"
    MOVEMENTS = "movements"


class DeviceKind(StrEnum):
    """What a device is for."""

    SCANNER = "scanner"
    SCALE = "scale"
    PROBE = "probe"
    PRINTER = "printer"


class DeviceLink(StrEnum):
    """How a device is reached."""

    WEDGE = "wedge"
    SERIAL = "serial"
    HID = "hid"
    TCP = "tcp"
    USB = "usb"
    QUEUE = "queue"
    FILE = "file"


class LabelSubject(StrEnum):
    """What a label is about. A shelf label is an item's, hanging at a place."""

    SHELF = "shelf"
    ITEM = "item"
    LOCATION = "location"
    LOT = "lot"
    PERSON = "person"
    DOCUMENT = "document"
    ASSET = "asset"


class LabelReason(StrEnum):
    """Why a label waits to be printed."""

    CHANGED = "changed"
    PLANNED = "planned"
    RECEIPT = "receipt"
    LIST = "list"
    PLACE = "place"
    WALK = "walk"
    DAMAGED = "damaged"
    REPRINT = "reprint"


class LabelState(StrEnum):
    """How far one label of a job has come. Asked: it may have been printed, and a person is to say so."""

    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    ASKED = "asked"
    SKIPPED = "skipped"


class LabelJobState(StrEnum):
    """Where a job of labels stands."""

    PRINTING = "printing"
    PAUSED = "paused"
    ASKED = "asked"
    DONE = "done"
    CANCELLED = "cancelled"


class PaperWay(StrEnum):
    """Where a finished paper went."""

    PRINTER = "printer"
    FILE = "file"
    MAIL = "mail"


class MailState(StrEnum):
    """Where an e-mail stands. Unsure: the server may have it, and a person is to say so."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


class Permission(StrEnum):
    """What a role may do; checked below the screen."""

    STOCK_VIEW = "stock.view"
    COST_VIEW = "cost.view"
    STOCK_RECEIVE = "stock.receive"
    STOCK_ISSUE = "stock.issue"
    STOCK_TRANSFER = "stock.transfer"
    STOCK_WASTE = "stock.waste"
    STOCK_ADJUST = "stock.adjust"
    STOCK_RETURN = "stock.return"
    STOCK_PRODUCE = "stock.produce"
    STOCK_REVERSE = "stock.reverse"
    STOCK_REVALUE = "stock.revalue"
    STOCK_RESERVE = "stock.reserve"
    STOCK_BACKDATE = "stock.backdate"
    COUNT_ENTER = "count.enter"
    COUNT_MANAGE = "count.manage"
    COUNT_APPROVE = "count.approve"
    LOCATION_EDIT = "location.edit"
    LOT_EDIT = "lot.edit"
    ITEM_VIEW = "item.view"
    ITEM_EDIT = "item.edit"
    PRICE_EDIT = "price.edit"
    SUPPLIER_EDIT = "supplier.edit"
    PURCHASE_VIEW = "purchase.view"
    PURCHASE_REQUEST = "purchase.request"
    PURCHASE_ORDER = "purchase.order"
    PURCHASE_APPROVE = "purchase.approve"
    PURCHASE_RULES = "purchase.rules"
    CLAIM_EDIT = "claim.edit"
    INVOICE_EDIT = "invoice.edit"
    INVOICE_APPROVE = "invoice.approve"
    PAYMENT_EDIT = "payment.edit"
    EXPENSE_ENTER = "expense.enter"
    EXPENSE_APPROVE = "expense.approve"
    MONTH_CLOSE = "month.close"
    MONTH_REOPEN = "month.reopen"
    BUDGET_EDIT = "budget.edit"
    BOOKS_EXPORT = "books.export"
    IMPORT_RUN = "import.run"
    REPORT_VIEW = "report.view"
    REPORT_SCHEDULE = "report.schedule"
    ALERT_EDIT = "alert.edit"
    LABEL_PRINT = "label.print"
    LABEL_DESIGN = "label.design"
    DEVICE_EDIT = "device.edit"
    MAIL_SEND = "mail.send"
    PERSON_EDIT = "person.edit"
    AUDIT_VIEW = "audit.view"
    SITE_EDIT = "site.edit"
    SITE_MAINTAIN = "site.maintain"
