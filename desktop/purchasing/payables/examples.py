"""What the pictures of this room show."""

from __future__ import annotations

from typing import Any

from core import purchasing


def some_proposal(office: Any) -> int | None:
    """The newest payment proposal."""
    rows = office.ask(purchasing.list_proposals)
    return rows[0].id if rows else None


def some_statement(office: Any) -> int | None:
    """The newest statement that is not settled."""
    rows = office.ask(purchasing.list_statements)
    return rows[0].id if rows else None
