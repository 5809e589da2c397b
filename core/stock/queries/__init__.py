"""What a person can see of stock."""

from core.stock.queries.ageing import AgeRow, IdleRow, UnusedRow, list_ages, list_idle, list_unused
from core.stock.queries.availability import AvailabilityRow, ReservationRow, get_availability, list_reservations
from core.stock.queries.explain import AgePart, LedgerWhy, explain_ledger, list_age_parts
from core.stock.queries.ledger import (
    LedgerFilter,
    LedgerSum,
    count_ledger,
    count_postings,
    find_posted,
    find_posting,
    get_posting,
    list_ledger,
    list_posters,
    list_postings,
    sum_ledger,
)
from core.stock.queries.list_papers import get_recall_paper, get_stock_paper
from core.stock.queries.on_hand import list_on_hand, list_quantities, list_values
from core.stock.queries.papers import get_slip
from core.stock.queries.places import (
    LocationRow,
    LotRow,
    ReasonRow,
    TransitRow,
    find_lots,
    list_in_transit,
    list_locations,
    list_lots,
    list_waste_reasons,
)
from core.stock.queries.proposals import KitLine, KitRow, ProposalRow, check_kit, list_transfer_proposals
from core.stock.queries.returnable import ReturnableRow, list_returnable
from core.stock.queries.stock_list import (
    StockFilter,
    StockRow,
    list_stock_ids,
    list_stock_page,
    sum_stock_value,
)
from core.stock.queries.trace import TraceCard, trace_lot

__all__ = [
    "AgePart",
    "AgeRow",
    "AvailabilityRow",
    "IdleRow",
    "KitLine",
    "KitRow",
    "LedgerFilter",
    "LedgerSum",
    "LedgerWhy",
    "LocationRow",
    "LotRow",
    "ProposalRow",
    "ReasonRow",
    "ReservationRow",
    "ReturnableRow",
    "StockFilter",
    "StockRow",
    "TraceCard",
    "TransitRow",
    "UnusedRow",
    "check_kit",
    "count_ledger",
    "count_postings",
    "explain_ledger",
    "find_lots",
    "find_posted",
    "find_posting",
    "get_availability",
    "get_posting",
    "get_recall_paper",
    "get_slip",
    "get_stock_paper",
    "list_age_parts",
    "list_ages",
    "list_idle",
    "list_in_transit",
    "list_ledger",
    "list_locations",
    "list_lots",
    "list_on_hand",
    "list_posters",
    "list_postings",
    "list_quantities",
    "list_reservations",
    "list_returnable",
    "list_stock_ids",
    "list_stock_page",
    "list_transfer_proposals",
    "list_unused",
    "list_values",
    "list_waste_reasons",
    "sum_ledger",
    "sum_stock_value",
    "trace_lot",
]
