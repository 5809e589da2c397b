"""The chain of the ledger: each posting carries a SHA-256 over its facts, its entries' facts and the posting before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

POSTING_FACTS = (
    "id",
    "number",
    "kind",
    "at",
    "posted_at",
    "person_id",
    "station",
    "request_id",
    "supplier_id",
    "document",
    "ref_id",
    "purpose",
    "note",
)
ENTRY_FACTS = (
    "id",
    "line",
    "at",
    "kind",
    "is_reversal",
    "item_id",
    "location_id",
    "lot_id",
    "qty",
    "unit",
    "unit_qty",
    "given",
    "counted_qty",
    "link_id",
    "reason",
    "stage",
    "note",
    "new_method",
    "new_standard",
)


Facts = tuple[Any, ...] | list[Any]
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def seal(previous: str, posting: Facts, entries: Sequence[Facts]) -> str:
    """The hash of a posting: facts in the order of POSTING_FACTS and ENTRY_FACTS, moments as microseconds.

    JSON without spaces, UTF-8 (RFC 8259); SHA-256 (FIPS 180-4) in hexadecimal.
    """
    content = _as_json([previous, posting, entries])
    return hashlib.sha256(content.encode()).hexdigest()
