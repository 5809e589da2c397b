"""Saved views of reports and pivots as they cross the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.enums import ViewKind


@dataclass(frozen=True, slots=True)
class ViewEdit:
    """A view to be kept: of a report (`source` its word, `asked` an `Asked`) or of a pivot (the word of its prepared table,
    a `PivotAsked`). Shared: everybody who may see reports finds it."""

    kind: ViewKind
    source: str
    name: str
    asked: Any
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view. `asked` is None when it was saved by a program that kept more than this one understands."""

    id: int
    version: int
    kind: ViewKind
    source: str
    name: str
    asked: Any
    is_shared: bool
    is_mine: bool
    owner: str
    changed_at: datetime
