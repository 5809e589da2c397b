"""Purchasing: from the need for goods to the paid invoice.

Promises: the stock ledger stays the only truth of stock value; at any moment receipts not invoiced, matched amounts and
accepted differences are what the ledger carries of those documents; documents move between states only as their tables
allow; suggestions never break a supplier's pack, multiple or minimum quantity.
"""

from core.purchasing.steps.start import seed_purchasing
from core.purchasing.types import Slot, Suggestion, SupplierPlan, Urgency

__all__ = ["Slot", "Suggestion", "SupplierPlan", "Urgency", "seed_purchasing"]
