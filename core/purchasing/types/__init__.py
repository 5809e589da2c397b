"""What crosses the door of purchasing."""

from core.purchasing.types.ordering import Slot, Suggestion, SupplierPlan, Urgency

__all__ = ["Slot", "Suggestion", "SupplierPlan", "Urgency"]
