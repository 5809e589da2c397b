"""Stock in the window: the pages that post it and the lists that show it."""

from __future__ import annotations

from desktop.shell.registry import ShellRegistry
from desktop.stock import entry
from desktop.stock.actions import ENTRY_ACTIONS


def register(registry: ShellRegistry) -> None:
    """Bring everything of stock."""
    entry.register(registry)
    for action in ENTRY_ACTIONS:
        registry.add_action(action)
