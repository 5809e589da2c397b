"""The detective: why the book and the shelf differ.

Promises: it only looks, and changes nothing; every explanation is arithmetic on this site's own ledger, counts, orders and
invoices; each comes with what speaks for it and, where there is one, the command or page that puts it right, which a
person runs. It never names a person as the cause.
"""

from core.detective.queries import investigate, list_odd
from core.detective.types import (
    LIKELY,
    Case,
    Evidence,
    EvidenceKind,
    Facts,
    Finding,
    FindingKind,
    Mend,
    OddKind,
    OddRow,
)

__all__ = [
    "LIKELY",
    "Case",
    "Evidence",
    "EvidenceKind",
    "Facts",
    "Finding",
    "FindingKind",
    "Mend",
    "OddKind",
    "OddRow",
    "investigate",
    "list_odd",
]
