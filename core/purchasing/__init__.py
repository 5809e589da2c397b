"""Purchasing: from the need for goods to the paid invoice.

Promises: the stock ledger stays the only truth of stock value; at any moment receipts not invoiced, matched amounts and
accepted differences are what the ledger carries of those documents; documents move between states only as their tables
allow; suggestions never break a supplier's pack, multiple or minimum quantity.
"""

from core.purchasing.commands.inspections import (
    reject_inspection,
    release_inspection,
)
from core.purchasing.commands.needs import (
    make_orders,
    take_back_orders,
)
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
from core.purchasing.commands.statements import enter_statement, remove_statement, settle_statement
from core.purchasing.commands.templates import (
    order_from_template,
    reactivate_template,
    retire_template,
    save_template,
    save_template_from_order,
)
from core.purchasing.queries.needs import (
    get_need_line,
    list_suggestions,
)
from core.purchasing.queries.payables import (
    get_payment_file,
    get_proposal,
    list_ageing,
    list_payables,
    list_payments,
    list_proposals,
)
from core.purchasing.queries.payment_papers import STANDINGS, get_proposal_paper, get_statement_paper
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
from core.purchasing.queries.scorecard_papers import get_scorecard_paper, get_scorecards_paper
from core.purchasing.queries.scorecards import get_scorecard, list_scorecards
from core.purchasing.queries.statements import get_statement, list_statements
from core.purchasing.queries.templates import (
    list_templates,
)
from core.purchasing.rules.needs import (
    need_at,
    need_from,
    need_order,
    need_totals,
)
from core.purchasing.rules.score_words import FIGURES, figures_of
from core.purchasing.rules.scorecard import DEFINITIONS
from core.purchasing.steps import reversals
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
from core.purchasing.types.money import Due
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
from core.purchasing.types.orders import (
    NewOrder,
    NewOrderLine,
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
from core.purchasing.types.receipts import (
    CheckRow,
    Delivery,
    DeliverySheet,
    ExpectedRow,
    NewCheck,
    NewDelivery,
    NewDeliveryLine,
    NewReturnLine,
    PriceCheck,
    PricePoint,
    ReceiptCard,
    ReceiptFilter,
    ReceiptLine,
    ReceiptRow,
    Returned,
    SheetLine,
    SheetOrder,
    SheetSupplier,
    TemperatureLimit,
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

__all__ = [
    "DEFINITIONS",
    "FIGURES",
    "STANDINGS",
    "AgeingRow",
    "AskedLine",
    "CheckRow",
    "ClaimCard",
    "ClaimFilter",
    "ClaimLineRow",
    "ClaimRow",
    "ClaimSum",
    "Delivery",
    "DeliverySheet",
    "Due",
    "ExpectedRow",
    "MonthScore",
    "NeedChoice",
    "NeedGroup",
    "NeedLine",
    "NeedSheet",
    "NeedTotals",
    "NewCheck",
    "NewClaim",
    "NewClaimLine",
    "NewDelivery",
    "NewDeliveryLine",
    "NewOrder",
    "NewOrderLine",
    "NewRequest",
    "NewRequestLine",
    "NewReturnLine",
    "NewStatement",
    "NewStatementLine",
    "NewTemplate",
    "NewTemplateLine",
    "OrderMade",
    "PayableFilter",
    "PayableRow",
    "PaymentFile",
    "PaymentRow",
    "PriceCheck",
    "PricePoint",
    "ProposalCard",
    "ProposalLine",
    "ProposalRow",
    "ReceiptCard",
    "ReceiptFilter",
    "ReceiptLine",
    "ReceiptRow",
    "RequestCard",
    "RequestLine",
    "RequestRow",
    "Returned",
    "ScoreLine",
    "ScoreRow",
    "Scorecard",
    "SeenPrice",
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
    "TemperatureLimit",
    "TemplateLine",
    "TemplateRow",
    "Urgency",
    "approve_request",
    "book_proposal",
    "cancel_request",
    "count_requests",
    "create_request",
    "drop_proposal",
    "enter_statement",
    "export_proposal",
    "figures_of",
    "find_request",
    "get_need_line",
    "get_payment_file",
    "get_proposal",
    "get_proposal_paper",
    "get_request",
    "get_request_paper",
    "get_scorecard",
    "get_scorecard_paper",
    "get_scorecards_paper",
    "get_statement",
    "get_statement_paper",
    "list_ageing",
    "list_departments",
    "list_payables",
    "list_payments",
    "list_proposals",
    "list_requests",
    "list_scorecards",
    "list_statements",
    "list_suggestions",
    "list_templates",
    "make_orders",
    "need_at",
    "need_from",
    "need_order",
    "need_totals",
    "order_from_template",
    "pay_invoice",
    "propose_payments",
    "reactivate_template",
    "receive_delivery",
    "reject_inspection",
    "reject_request",
    "release_inspection",
    "remove_statement",
    "reopen_request",
    "retire_template",
    "return_delivery",
    "reverse_delivery",
    "save_template",
    "save_template_from_order",
    "seed_purchasing",
    "settle_statement",
    "submit_request",
    "take_back_orders",
    "unbook_proposal",
    "undo_payment",
    "update_proposal",
    "update_request",
    "withdraw_proposal",
    "withdraw_request",
]

reversals.watch()
