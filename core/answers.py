"""Answers of commands as JSON and back, so that a request sent twice gets the same answer from the journal."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

from core.i18n import Text

SECRETS = frozenset(
    {"password", "new_password", "old_password", "pin", "new_pin", "badge", "content", "secret", "database_password"}
)
MOST_ITEMS = 40
MOST_LETTERS = 200


def to_json(answer: Any) -> Any:
    """An id, text, number, date, frozen dataclass, or lists and tuples of them, as JSON with its types kept."""
    kind: type = type(answer)
    return _way_to_json(kind)(answer)


@cache
def _way_to_json(kind: type) -> Callable[[Any], Any]:
    """How answers of one kind are kept."""
    if issubclass(kind, int) or kind is str:
        return _as_it_is
    for several, kept in _KEPT:
        if issubclass(kind, several):
            return kept
    if dataclasses.is_dataclass(kind):
        return _record_to_json
    raise TypeError(f"a command may not answer with {kind.__name__}")


def _as_it_is(answer: Any) -> Any:
    return answer


def _record_to_json(answer: Any) -> Any:
    kind: type = type(answer)
    fields = {name: to_json(getattr(answer, name)) for name in _field_names(kind)}
    return {"class": f"{kind.__module__}:{kind.__qualname__}", "fields": fields}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


# Nothing is told apart from a bare null, which would be no answer at all in a column that must hold one.
_KEPT: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (type(None), lambda _answer: {"nothing": True}),
    (Enum, lambda answer: answer.value),
    (Decimal, lambda answer: {"decimal": str(answer)}),
    (datetime, lambda answer: {"moment": answer.isoformat()}),
    (date, lambda answer: {"day": answer.isoformat()}),
    ((list, tuple), lambda answer: [to_json(part) for part in answer]),
    (Mapping, lambda answer: {"map": {str(key): to_json(value) for key, value in answer.items()}}),
)


def from_json(stored: Any) -> Any:
    """The opposite of `to_json`; lists come back as tuples. Only classes of `core` are made."""
    if isinstance(stored, list):
        return tuple(from_json(part) for part in stored)
    if not isinstance(stored, dict):
        return stored
    for key, made in _MADE.items():
        if key in stored:
            return made(stored[key])
    module, _sep, name = stored["class"].partition(":")
    if not module.startswith("core."):
        raise ValueError(f"{module} is not one of ours")
    kind = getattr(importlib.import_module(module), name)
    return kind(**{key: from_json(value) for key, value in stored["fields"].items()})


_MADE: dict[str, Callable[[Any], Any]] = {
    "nothing": lambda _stored: None,
    "decimal": Decimal,
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "map": lambda stored: {key: from_json(value) for key, value in stored.items()},
}


def journal_facts(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What the audit trail keeps of a command's arguments: no secrets, no files, long lists cut with their length."""
    return {key: _fact(value) for key, value in arguments.items() if key not in SECRETS}


def _fact(value: Any) -> Any:
    kind: type = type(value)
    return _way_to_tell(kind)(value)


@cache
def _way_to_tell(kind: type) -> Callable[[Any], Any]:
    """How values of one kind are told."""
    for several, told in _TOLD:
        if issubclass(kind, several):
            return told
    return _facts_of if dataclasses.is_dataclass(kind) else _words


def _words(value: object) -> str:
    words = str(value)
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS] + "…"


def _facts_of_many(values: Any) -> Any:
    if isinstance(values, Mapping):
        return {str(key): _fact(part) for key, part in list(values.items())[:MOST_ITEMS] if key not in SECRETS}
    parts = [_fact(part) for part in list(values)[:MOST_ITEMS]]
    return parts if len(values) <= MOST_ITEMS else [*parts, f"… {len(values)}"]


def _facts_of(record: Any) -> dict[str, Any]:
    """The fields of a dataclass that say something."""
    kind: type = type(record)
    names, values_of = _told(kind)
    told = zip(names, values_of(record), strict=True)
    return {name: _fact(part) for name, part in told if part or (part is not None and part not in ("", ()))}


@cache
def _told(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of the fields that may be told, and how their values are read from a record all at once. A field that is not
    part of its record's own words (`repr=False`) is none: content, and what is long."""
    names = tuple(field.name for field in dataclasses.fields(kind) if field.repr and field.name not in SECRETS)
    if len(names) > 1:
        return names, attrgetter(*names)
    return names, lambda record: tuple([getattr(record, name) for name in names])


_TOLD: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    ((type(None), bool, int), _as_it_is),
    (Enum, attrgetter("value")),
    ((str, Text), _words),
    ((Decimal, date), str),
    ((list, tuple, set, frozenset, Mapping), _facts_of_many),
    ((bytes, bytearray), lambda value: f"{len(value)} bytes"),
)
