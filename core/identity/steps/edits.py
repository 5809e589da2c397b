"""Edits of whole records given as frozen dataclasses, told apart field by field."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, TypeVar

from core.edits import merge_edit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def merged(stored: T, new: T, seen: T | None, *, is_stale: bool) -> T:
    """What to save.

    `new` where the form changed what it had `seen`, `stored` elsewhere. Raises Conflict (core.edits).
    """
    base = None if seen is None else _values(seen)
    touched = {name: value for name, value in _values(new).items() if base is None or value != base[name]}
    return replace(stored, **merge_edit(changes=touched, base=base, stored=_values(stored), is_stale=is_stale))


def changes_between(before: T, after: T) -> dict[str, list[object]]:
    """The fields that differ, as the journal keeps them: `{field: [before, after]}`."""
    was, becomes = asdict(before), asdict(after)
    return {name: [was[name], becomes[name]] for name in was if was[name] != becomes[name]}


def _values(record: DataclassInstance) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
