"""Receiving: what is expected, the delivery at the dock, what was received, and goods in quarantine."""

from __future__ import annotations

from desktop.shell.registry import ShellRegistry


def register(registry: ShellRegistry) -> None:
    """Bring the pages of the dock."""
