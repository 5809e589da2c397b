"""Requests, orders, requests for quotation, receipts, claims, invoices and payments."""

from db.purchasing.invoices import Invoice, InvoiceCharge, InvoiceLine, InvoiceMatch
from db.purchasing.orders import OrderApproval, OrderVersion, PurchaseOrder, PurchaseOrderLine
from db.purchasing.payments import (
    Payment,
    PaymentProposal,
    PaymentProposalLine,
    SupplierStatement,
    SupplierStatementLine,
)
from db.purchasing.quotations import Rfq, RfqAnswer, RfqLine, RfqSupplier
from db.purchasing.receipts import Claim, ClaimLine, DeliveryCheck, PurchaseReceipt, PurchaseReceiptLine
from db.purchasing.requests import OrderTemplate, OrderTemplateLine, PurchaseRequest, PurchaseRequestLine, PurchaseRules

__all__ = [
    "Claim",
    "ClaimLine",
    "DeliveryCheck",
    "Invoice",
    "InvoiceCharge",
    "InvoiceLine",
    "InvoiceMatch",
    "OrderApproval",
    "OrderTemplate",
    "OrderTemplateLine",
    "OrderVersion",
    "Payment",
    "PaymentProposal",
    "PaymentProposalLine",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseReceipt",
    "PurchaseReceiptLine",
    "PurchaseRequest",
    "PurchaseRequestLine",
    "PurchaseRules",
    "Rfq",
    "RfqAnswer",
    "RfqLine",
    "RfqSupplier",
    "SupplierStatement",
    "SupplierStatementLine",
]
