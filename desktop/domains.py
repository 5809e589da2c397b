"""The domains that stand in the window, in one place. Each brings what it has by `register(registry)`."""

from __future__ import annotations

import importlib
import importlib.util

from desktop.shell.places import standard_registry
from desktop.shell.registry import ShellRegistry

DOMAINS = (
    "today",
    "identity",
    "documents",
    "devices",
    "mail",
    "catalog",
    "stock",
    "counting",
    "purchasing",
    "labels",
    "kitchen",
    "orders",
    "roster",
    "repairs",
    "detective",
    "planning",
    "expenses",
    "costing",
    "reports",
    "alerts",
    "importing",
    "maintenance",
)


def full_registry() -> ShellRegistry:
    """The registry with every domain that this program has. Loads their windows, so call it behind the first one."""
    registry = standard_registry()
    for domain in DOMAINS:
        name = f"desktop.{domain}"
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            importlib.import_module(name).register(registry)
    return registry
