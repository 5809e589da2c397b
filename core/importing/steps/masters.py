"""Locations, suppliers and items from a file: rows that say nothing new are passed over, the others are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.errors import CoreError, InvalidInput, NeedsConfirmation, NotAllowed, Rejected
from core.i18n import Text
from core.importing.steps.rows import Rows
from core.importing.types import CellChange

T = TypeVar("T")
Facts = dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Made:
    """What a file made and changed, by kind of record, and how many rows changed nothing.

    `before` holds by kind and id what was and what is, fact by fact, so that it can be taken back; `questions` (key, words)
    are asked before anything is saved.
    """

    ids: dict[str, list[int]] = field(default_factory=dict)
    unchanged: int = 0
    before: dict[str, dict[int, Facts]] = field(default_factory=dict)
    changes: list[CellChange] = field(default_factory=list)
    questions: list[tuple[str, Text]] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many records were changed."""
        return sum(len(records) for records in self.before.values())


def make_all(rows: Rows, numbers: Sequence[int], make: Callable[[], list[T]], columns: dict[str, str]) -> list[T]:
    """Run `make`; the rows it refuses are noted under their place in the file (`numbers`) and the file's own columns."""
    try:
        return make()
    except Rejected as fault:
        for one in fault.errors:
            rows.faults.append(_placed(one, numbers, columns))
    except (NeedsConfirmation, NotAllowed):
        raise
    except CoreError as fault:
        rows.faults.append(_placed(fault, numbers, columns))
    return []


def _placed(fault: CoreError, numbers: Sequence[int], columns: dict[str, str]) -> CoreError:
    row = numbers[fault.row - 1] if fault.row and fault.row <= len(numbers) else fault.row
    return InvalidInput(fault.text, field=columns.get(fault.field or "", fault.field), row=row)
