"""What crosses the door of purchasing."""

from core.purchasing.types.ordering import Slot, Suggestion, SupplierPlan, Urgency
from core.purchasing.types.states import (
    ClaimState,
    InspectionState,
    InvoiceState,
    OrderState,
    ProposalState,
    RequestState,
    RfqState,
)

__all__ = [
    "ClaimState",
    "InspectionState",
    "InvoiceState",
    "OrderState",
    "ProposalState",
    "RequestState",
    "RfqState",
    "Slot",
    "Suggestion",
    "SupplierPlan",
    "Urgency",
]
