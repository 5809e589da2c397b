"""Purchasing: from the need for goods to the paid invoice.

Promises: the stock ledger stays the only truth of stock value; at any moment receipts not invoiced, matched amounts and
accepted differences are what the ledger carries of those documents; documents move between states only as their tables
allow; suggestions never break a supplier's pack, multiple or minimum quantity.
"""

from core.purchasing.commands.claims import (
    create_claim,
    reopen_claim,
    send_claim,
    settle_claim,
    unsettle_claim,
    write_off_claim,
)
from core.purchasing.commands.inspections import (
    reject_inspection,
    release_inspection,
)
from core.purchasing.commands.invoice_differences import (
    accept_difference,
    claim_difference,
    credit_claim,
    spread_charge,
    take_charge_back,
)
from core.purchasing.commands.invoice_matches import match_all, match_invoice, match_line, unmatch_invoice
from core.purchasing.commands.invoices import (
    approve_invoices,
    cancel_invoice,
    enter_invoice,
    update_invoice,
    withdraw_invoice,
)
from core.purchasing.commands.needs import (
    make_orders,
    take_back_orders,
)
from core.purchasing.commands.notices import (
    import_shipping_notice,
)
from core.purchasing.commands.order_sending import send_order
from core.purchasing.commands.order_states import (
    approve_order,
    cancel_order,
    close_line,
    close_order,
    confirm_order,
    reopen_line,
    reopen_order,
    withdraw_approval,
)
from core.purchasing.commands.orders import copy_order, create_order, update_order
from core.purchasing.commands.payments import pay_invoice, undo_payment
from core.purchasing.commands.proposals import (
    book_proposal,
    drop_proposal,
    export_proposal,
    propose_payments,
    unbook_proposal,
    update_proposal,
    withdraw_proposal,
)
from core.purchasing.commands.quotation_sending import send_rfq
from core.purchasing.commands.quotations import award_rfq, close_rfq, create_rfq, enter_answer, reopen_rfq, update_rfq
from core.purchasing.commands.receipts import (
    receive_delivery,
    return_delivery,
    reverse_delivery,
)
from core.purchasing.commands.requests import (
    approve_request,
    cancel_request,
    create_request,
    reject_request,
    reopen_request,
    submit_request,
    update_request,
    withdraw_request,
)
from core.purchasing.commands.settings import save_purchase_rules
from core.purchasing.commands.statements import enter_statement, remove_statement, settle_statement
from core.purchasing.commands.templates import (
    order_from_template,
    reactivate_template,
    retire_template,
    save_template,
    save_template_from_order,
)
from core.purchasing.queries.arrived import find_delivery
from core.purchasing.queries.claims import (
    find_claim,
    get_claim,
    list_claims,
    sum_claims,
)
from core.purchasing.queries.dock_papers import (
    get_claim_paper,
    get_delivery_paper,
    get_put_away_paper,
    get_return_paper,
)
from core.purchasing.queries.dock_prices import (
    check_price,
)
from core.purchasing.queries.expected import (
    find_expected_for,
    list_expected,
)
from core.purchasing.queries.invoice_card import get_invoice, get_invoice_draft
from core.purchasing.queries.invoice_differences import list_chargeable, list_differences, list_matchable
from core.purchasing.queries.invoice_proposals import propose_invoice
from core.purchasing.queries.invoices import list_invoices, preview_invoice
from core.purchasing.queries.needs import (
    get_need_line,
    list_suggestions,
)
from core.purchasing.queries.not_invoiced import explain_not_invoiced, list_not_invoiced
from core.purchasing.queries.order_card import get_order
from core.purchasing.queries.order_due import (
    explain_on_order,
    explain_received,
    list_calendar,
    list_due_board,
    list_open_lines,
)
from core.purchasing.queries.order_papers import get_order_mail, get_order_paper
from core.purchasing.queries.order_sheet import get_order_sheet
from core.purchasing.queries.orders import count_orders, count_overdue, find_order, list_orders
from core.purchasing.queries.payables import (
    get_payment_file,
    get_proposal,
    list_ageing,
    list_payables,
    list_payments,
    list_proposals,
)
from core.purchasing.queries.payment_papers import STANDINGS, get_proposal_paper, get_statement_paper
from core.purchasing.queries.quarantine import list_quarantine
from core.purchasing.queries.quotations import get_rfq, get_rfq_paper, list_rfqs, list_sellers
from core.purchasing.queries.receipts import (
    find_receipt,
    find_receipt_of,
    get_receipt,
    list_receipts,
)
from core.purchasing.queries.request_papers import (
    get_request_paper,
)
from core.purchasing.queries.requests import (
    count_requests,
    find_request,
    get_request,
    list_departments,
    list_requests,
)
from core.purchasing.queries.returnables import (
    list_returnable_lines,
)
from core.purchasing.queries.scorecard_papers import get_scorecard_paper, get_scorecards_paper
from core.purchasing.queries.scorecards import get_scorecard, list_scorecards
from core.purchasing.queries.settings import get_purchase_rules
from core.purchasing.queries.shared import (
    get_shared_figures,
)
from core.purchasing.queries.sheets import (
    get_delivery_sheet,
)
from core.purchasing.queries.statements import get_statement, list_statements
from core.purchasing.queries.templates import (
    list_templates,
)
from core.purchasing.rules.money import due_date
from core.purchasing.rules.needs import (
    need_at,
    need_from,
    need_order,
    need_totals,
)
from core.purchasing.rules.order_sums import order_sums
from core.purchasing.rules.pasted import statement_lines
from core.purchasing.rules.score_words import FIGURES, figures_of
from core.purchasing.rules.scorecard import DEFINITIONS
from core.purchasing.steps import reversals
from core.purchasing.steps.accruals import invoices_from, not_invoiced
from core.purchasing.steps.invoices import watching as invoice_watching
from core.purchasing.steps.invoices.brought import bring_in_invoices, take_invoices_back
from core.purchasing.steps.invoices.electronic import draft_of_ubl
from core.purchasing.steps.invoices.finding import (
    find_invoiced_items,
    find_order_lines,
    find_supplier,
    invoice_known_as,
    order_line_of,
)
from core.purchasing.steps.open_lines import open_lines
from core.purchasing.steps.open_receipts import OpenReceipt, open_receipts
from core.purchasing.steps.orders import after_delivery, create_orders, on_order, open_order_lines
from core.purchasing.steps.orders.brought import bring_in_orders, remove_orders
from core.purchasing.steps.orders.questions import find_slips
from core.purchasing.steps.orders.sheet import OrderSheet, OrderSheetItem, sheet_hints, sheet_price
from core.purchasing.steps.papers_orders import change_words
from core.purchasing.steps.receiving import (
    bring_in_deliveries,
)
from core.purchasing.steps.start import seed_purchasing
from core.purchasing.types import Slot, Suggestion, SupplierPlan, Urgency
from core.purchasing.types.claims import (
    ClaimCard,
    ClaimFilter,
    ClaimLineRow,
    ClaimRow,
    ClaimSum,
    NewClaim,
    NewClaimLine,
)
from core.purchasing.types.invoice_proposals import InvoiceProposal, ProposedLine
from core.purchasing.types.invoices import (
    ChargeRow,
    DifferenceRow,
    InvoiceCard,
    InvoiceDocument,
    InvoiceDraft,
    InvoiceFilter,
    InvoiceLineRow,
    InvoiceOutcome,
    InvoicePreview,
    InvoiceRow,
    MatchedMany,
    MatchRow,
    NewInvoice,
    NewInvoiceLine,
    NotInvoicedWhy,
    OpenReceiptRow,
    PreviewLine,
    ReceiptChoice,
    TaxRow,
    UnknownLine,
    WhyStep,
)
from core.purchasing.types.matching import Finding, FindingKind
from core.purchasing.types.money import Due, PaymentTerms
from core.purchasing.types.needs import (
    AskedLine,
    NeedChoice,
    NeedGroup,
    NeedLine,
    NeedSheet,
    NeedTotals,
    OrderMade,
    SeenPrice,
    StandingOrder,
)
from core.purchasing.types.notices import (
    NoticeTaken,
)
from core.purchasing.types.order_views import (
    CalendarDay,
    DueBoard,
    DueRow,
    OnOrderPart,
    OpenLineRow,
    OrderApprovalRow,
    OrderCard,
    OrderCounts,
    OrderFilter,
    OrderInvoiceRow,
    OrderLineRow,
    OrderList,
    OrderMail,
    OrderMailRow,
    OrderReceiptRow,
    OrderRow,
    OrderSums,
    OrderTax,
    OrderVersionRow,
    ReceivedPart,
)
from core.purchasing.types.orders import (
    NewOrder,
    NewOrderLine,
    OpenOrderLine,
    OrderChange,
    OrderCopied,
    OrderLineEdit,
    OrderSent,
    OrderStanding,
)
from core.purchasing.types.payments import (
    AgeingRow,
    NewStatement,
    NewStatementLine,
    PayableFilter,
    PayableRow,
    PaymentFile,
    PaymentRow,
    ProposalCard,
    ProposalLine,
    ProposalRow,
    Standing,
    StatementCard,
    StatementFinding,
    StatementRow,
)
from core.purchasing.types.quarantine import QuarantineRow
from core.purchasing.types.quotations import (
    AskedSupplier,
    Award,
    NewAnswer,
    NewAnswerLine,
    NewRfq,
    NewRfqLine,
    OfferRow,
    RfqCard,
    RfqLineRow,
    RfqRow,
    Seller,
)
from core.purchasing.types.receipts import (
    CheckRow,
    Delivery,
    NewCheck,
    NewDelivery,
    NewDeliveryLine,
    NewReturnLine,
    ReceiptCard,
    ReceiptFilter,
    ReceiptLine,
    ReceiptRow,
    ReturnableLine,
    Returned,
)
from core.purchasing.types.requests import (
    NewRequest,
    NewRequestLine,
    NewTemplate,
    NewTemplateLine,
    RequestCard,
    RequestLine,
    RequestRow,
    TemplateLine,
    TemplateRow,
)
from core.purchasing.types.scorecard import MonthScore, Scorecard, ScoreLine, ScoreRow, Share, Spread, SupplierScore
from core.purchasing.types.settings import PurchaseSettings
from core.purchasing.types.sheets import (
    DeliverySheet,
    ExpectedRow,
    PriceCheck,
    PricePoint,
    SheetLine,
    SheetOrder,
    SheetSupplier,
    TemperatureLimit,
)

__all__ = [
    "DEFINITIONS",
    "FIGURES",
    "STANDINGS",
    "AgeingRow",
    "AskedLine",
    "AskedSupplier",
    "Award",
    "CalendarDay",
    "ChargeRow",
    "CheckRow",
    "ClaimCard",
    "ClaimFilter",
    "ClaimLineRow",
    "ClaimRow",
    "ClaimSum",
    "Delivery",
    "DeliverySheet",
    "DifferenceRow",
    "Due",
    "DueBoard",
    "DueRow",
    "ExpectedRow",
    "Finding",
    "FindingKind",
    "InvoiceCard",
    "InvoiceDocument",
    "InvoiceDraft",
    "InvoiceFilter",
    "InvoiceLineRow",
    "InvoiceOutcome",
    "InvoicePreview",
    "InvoiceProposal",
    "InvoiceRow",
    "MatchRow",
    "MatchedMany",
    "MonthScore",
    "NeedChoice",
    "NeedGroup",
    "NeedLine",
    "NeedSheet",
    "NeedTotals",
    "NewAnswer",
    "NewAnswerLine",
    "NewCheck",
    "NewClaim",
    "NewClaimLine",
    "NewDelivery",
    "NewDeliveryLine",
    "NewInvoice",
    "NewInvoiceLine",
    "NewOrder",
    "NewOrderLine",
    "NewRequest",
    "NewRequestLine",
    "NewReturnLine",
    "NewRfq",
    "NewRfqLine",
    "NewStatement",
    "NewStatementLine",
    "NewTemplate",
    "NewTemplateLine",
    "NotInvoicedWhy",
    "NoticeTaken",
    "OfferRow",
    "OnOrderPart",
    "OpenLineRow",
    "OpenOrderLine",
    "OpenReceipt",
    "OpenReceiptRow",
    "OrderApprovalRow",
    "OrderCard",
    "OrderChange",
    "OrderCopied",
    "OrderCounts",
    "OrderFilter",
    "OrderInvoiceRow",
    "OrderLineEdit",
    "OrderLineRow",
    "OrderList",
    "OrderMade",
    "OrderMail",
    "OrderMailRow",
    "OrderReceiptRow",
    "OrderRow",
    "OrderSent",
    "OrderSheet",
    "OrderSheetItem",
    "OrderStanding",
    "OrderSums",
    "OrderTax",
    "OrderVersionRow",
    "PayableFilter",
    "PayableRow",
    "PaymentFile",
    "PaymentRow",
    "PaymentTerms",
    "PreviewLine",
    "PriceCheck",
    "PricePoint",
    "ProposalCard",
    "ProposalLine",
    "ProposalRow",
    "ProposedLine",
    "PurchaseSettings",
    "QuarantineRow",
    "ReceiptCard",
    "ReceiptChoice",
    "ReceiptFilter",
    "ReceiptLine",
    "ReceiptRow",
    "ReceivedPart",
    "RequestCard",
    "RequestLine",
    "RequestRow",
    "ReturnableLine",
    "Returned",
    "RfqCard",
    "RfqLineRow",
    "RfqRow",
    "ScoreLine",
    "ScoreRow",
    "Scorecard",
    "SeenPrice",
    "Seller",
    "Share",
    "SheetLine",
    "SheetOrder",
    "SheetSupplier",
    "Slot",
    "Spread",
    "Standing",
    "StandingOrder",
    "StatementCard",
    "StatementFinding",
    "StatementRow",
    "Suggestion",
    "SupplierPlan",
    "SupplierScore",
    "TaxRow",
    "TemperatureLimit",
    "TemplateLine",
    "TemplateRow",
    "UnknownLine",
    "Urgency",
    "WhyStep",
    "accept_difference",
    "after_delivery",
    "approve_invoices",
    "approve_order",
    "approve_request",
    "award_rfq",
    "book_proposal",
    "bring_in_deliveries",
    "bring_in_invoices",
    "bring_in_orders",
    "cancel_invoice",
    "cancel_order",
    "cancel_request",
    "change_words",
    "check_price",
    "claim_difference",
    "close_line",
    "close_order",
    "close_rfq",
    "confirm_order",
    "copy_order",
    "count_orders",
    "count_overdue",
    "count_requests",
    "create_claim",
    "create_order",
    "create_orders",
    "create_request",
    "create_rfq",
    "credit_claim",
    "draft_of_ubl",
    "drop_proposal",
    "due_date",
    "enter_answer",
    "enter_invoice",
    "enter_statement",
    "explain_not_invoiced",
    "explain_on_order",
    "explain_received",
    "export_proposal",
    "figures_of",
    "find_claim",
    "find_delivery",
    "find_expected_for",
    "find_invoiced_items",
    "find_order",
    "find_order_lines",
    "find_receipt",
    "find_receipt_of",
    "find_request",
    "find_slips",
    "find_supplier",
    "get_claim",
    "get_claim_paper",
    "get_delivery_paper",
    "get_delivery_sheet",
    "get_invoice",
    "get_invoice_draft",
    "get_need_line",
    "get_order",
    "get_order_mail",
    "get_order_paper",
    "get_order_sheet",
    "get_payment_file",
    "get_proposal",
    "get_proposal_paper",
    "get_purchase_rules",
    "get_put_away_paper",
    "get_receipt",
    "get_request",
    "get_request_paper",
    "get_return_paper",
    "get_rfq",
    "get_rfq_paper",
    "get_scorecard",
    "get_scorecard_paper",
    "get_scorecards_paper",
    "get_shared_figures",
    "get_statement",
    "get_statement_paper",
    "import_shipping_notice",
    "invoice_known_as",
    "invoices_from",
    "list_ageing",
    "list_calendar",
    "list_chargeable",
    "list_claims",
    "list_departments",
    "list_differences",
    "list_due_board",
    "list_expected",
    "list_invoices",
    "list_matchable",
    "list_not_invoiced",
    "list_open_lines",
    "list_orders",
    "list_payables",
    "list_payments",
    "list_proposals",
    "list_quarantine",
    "list_receipts",
    "list_requests",
    "list_returnable_lines",
    "list_rfqs",
    "list_scorecards",
    "list_sellers",
    "list_statements",
    "list_suggestions",
    "list_templates",
    "make_orders",
    "match_all",
    "match_invoice",
    "match_line",
    "need_at",
    "need_from",
    "need_order",
    "need_totals",
    "not_invoiced",
    "on_order",
    "open_lines",
    "open_order_lines",
    "open_receipts",
    "order_from_template",
    "order_line_of",
    "order_sums",
    "pay_invoice",
    "preview_invoice",
    "propose_invoice",
    "propose_payments",
    "reactivate_template",
    "receive_delivery",
    "reject_inspection",
    "reject_request",
    "release_inspection",
    "remove_orders",
    "remove_statement",
    "reopen_claim",
    "reopen_line",
    "reopen_order",
    "reopen_request",
    "reopen_rfq",
    "retire_template",
    "return_delivery",
    "reverse_delivery",
    "save_purchase_rules",
    "save_template",
    "save_template_from_order",
    "seed_purchasing",
    "send_claim",
    "send_order",
    "send_rfq",
    "settle_claim",
    "settle_statement",
    "sheet_hints",
    "sheet_price",
    "spread_charge",
    "statement_lines",
    "submit_request",
    "sum_claims",
    "take_back_orders",
    "take_charge_back",
    "take_invoices_back",
    "unbook_proposal",
    "undo_payment",
    "unmatch_invoice",
    "unsettle_claim",
    "update_invoice",
    "update_order",
    "update_proposal",
    "update_request",
    "update_rfq",
    "withdraw_approval",
    "withdraw_invoice",
    "withdraw_proposal",
    "withdraw_request",
    "write_off_claim",
]

reversals.watch()
invoice_watching.watch()
