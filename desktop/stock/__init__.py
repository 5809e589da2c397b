"""Stock in the window: the pages that post it and the lists that show it."""

from __future__ import annotations

from desktop.shell.registry import ShellRegistry
from desktop.stock import entry, lists
from desktop.stock.actions import ENTRY_ACTIONS, LIST_ACTIONS
from desktop.stock.entry.handover import Handover
from desktop.stock.scanned import register_scans


def register(registry: ShellRegistry) -> None:
    """Bring everything of stock."""
    handover = Handover()
    lists.register(registry, handover)
    entry.register(registry, handover)
    register_scans(registry)
    for action in (*LIST_ACTIONS, *ENTRY_ACTIONS):
        registry.add_action(action)
