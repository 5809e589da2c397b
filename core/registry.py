"""The list of everything a person can do or see: each use case with the right it needs and its label in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from core.i18n import Text
from db.enums import Permission

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class UseCase:
    """One command or query: `name` is `domain.function`, `permission` None where signing in is enough."""

    name: str
    permission: Permission | None
    label: Text
    is_command: bool


_cases: dict[Callable[..., Any], UseCase] = {}


def command(permission: Permission | None) -> Callable[[F], F]:
    """Mark a function as something a person can do."""
    return _register(permission, is_command=True)


def query(permission: Permission | None) -> Callable[[F], F]:
    """Mark a function as something a person can see."""
    return _register(permission, is_command=False)


def use_case(function: Callable[..., Any]) -> UseCase:
    """The facts of a marked function. Raises LookupError for any other."""
    return _cases[function]


def all_use_cases() -> dict[Callable[..., Any], UseCase]:
    """Every marked function of the modules loaded so far."""
    return dict(_cases)


def _register(permission: Permission | None, *, is_command: bool) -> Callable[[F], F]:
    def mark(function: F) -> F:
        domain = function.__module__.split(".")[1]
        label = (function.__doc__ or "").strip().split("\n")[0].rstrip(".")
        _cases[function] = UseCase(f"{domain}.{function.__name__}", permission, Text(label), is_command)
        return function

    return mark
