"""Answers of commands as JSON and back, so that a request sent twice gets the same answer from the journal."""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from core.i18n import Text

SECRETS = frozenset(
    {"password", "new_password", "old_password", "pin", "new_pin", "badge", "content", "secret", "database_password"}
)
MOST_ITEMS = 40
MOST_LETTERS = 200


def to_json(answer: Any) -> Any:
    """An id, text, number, date, frozen dataclass, or lists and tuples of them, as JSON with its types kept."""
    if isinstance(answer, (bool, int)) or type(answer) is str:
        return answer
    for kind, kept in _KEPT:
        if isinstance(answer, kind):
            return kept(answer)
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        kind = type(answer)
        fields = {field.name: to_json(getattr(answer, field.name)) for field in dataclasses.fields(answer)}
        return {"class": f"{kind.__module__}:{kind.__qualname__}", "fields": fields}
    raise TypeError(f"a command may not answer with {type(answer).__name__}")


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
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value)} bytes"
    if isinstance(value, Text):
        return str(value)[:MOST_LETTERS]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value if len(value) <= MOST_LETTERS else value[:MOST_LETTERS] + "…"
    if isinstance(value, (list, tuple, set, frozenset)):
        parts = [_fact(part) for part in list(value)[:MOST_ITEMS]]
        return parts if len(value) <= MOST_ITEMS else [*parts, f"… {len(value)}"]
    if isinstance(value, Mapping):
        return {str(key): _fact(part) for key, part in list(value.items())[:MOST_ITEMS] if key not in SECRETS}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: _fact(part) for name, part in fields if name not in SECRETS and part not in (None, "", ())}
    return value if value is None or isinstance(value, (bool, int)) else str(value)
