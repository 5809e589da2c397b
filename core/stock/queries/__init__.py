"""What a person can see of stock."""

from core.stock.queries.availability import AvailabilityRow, ReservationRow, get_availability, list_reservations
from core.stock.queries.ledger import LedgerFilter, count_ledger, find_posting, get_posting, list_ledger, list_postings
from core.stock.queries.on_hand import list_on_hand, list_quantities, list_values
from core.stock.queries.papers import get_slip
from core.stock.queries.places import (
    LocationRow,
    LotRow,
    ReasonRow,
    TransitRow,
    list_in_transit,
    list_locations,
    list_lots,
    list_waste_reasons,
)
from core.stock.queries.returnable import ReturnableRow, list_returnable

__all__ = [
    "AvailabilityRow",
    "LedgerFilter",
    "LocationRow",
    "LotRow",
    "ReasonRow",
    "ReservationRow",
    "ReturnableRow",
    "TransitRow",
    "count_ledger",
    "find_posting",
    "get_availability",
    "get_posting",
    "get_slip",
    "list_in_transit",
    "list_ledger",
    "list_locations",
    "list_lots",
    "list_on_hand",
    "list_postings",
    "list_quantities",
    "list_reservations",
    "list_returnable",
    "list_values",
    "list_waste_reasons",
]
