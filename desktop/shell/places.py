"""The ten places of the rail. A place without a page, or without the right to one, is not drawn."""

from __future__ import annotations

from core.i18n import _
from desktop.shell.registry import Place, ShellRegistry

PLACES = (
    Place("today", _("Today"), "today", 10),
    Place("stock", _("Stock"), "stock", 20),
    Place("purchasing", _("Purchasing"), "purchasing", 30),
    Place("kitchen", _("Kitchen"), "kitchen", 40),
    Place("orders", _("Orders"), "orders", 50),
    Place("roster", _("Roster"), "roster", 60),
    Place("repairs", _("Repairs"), "repairs", 70),
    Place("month_end", _("Month-end"), "month-end", 80),
    Place("reports", _("Reports"), "reports", 90),
    Place("settings", _("Settings"), "settings", 100),
)


def standard_registry() -> ShellRegistry:
    """A registry with the ten places and nothing else."""
    registry = ShellRegistry()
    for place in PLACES:
        registry.add_place(place)
    return registry
