"""Purchasing in the window. Each room brings what it has by a `register` of its own; a room that is not there brings
nothing."""

from __future__ import annotations

import importlib
import importlib.util

from desktop.shell.registry import ShellRegistry

ROOMS = (
    "receive",
    "need",
    "orders",
    "requests",
    "quotations",
    "invoices",
    "claims",
    "payables",
    "scorecard",
    "settings",
)


def register(registry: ShellRegistry) -> None:
    """Bring everything of purchasing."""
    for room in ROOMS:
        name = f"{__name__}.{room}"
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            importlib.import_module(name).register(registry)
