"""The shell: the window around every page, signing in, the palette, the footer; it knows no domain by name.

A domain's `desktop/<domain>/__init__.py` has `register(registry)` and brings its pages, actions, finders and papers:

    registry.add_page(Page("stock.on_hand", _("On hand"), "stock", Permission.STOCK_VIEW, on_hand_page, order=10))
    registry.add_action(Action("stock.waste", _("Record waste"), Permission.STOCK_WASTE, open_waste, key="Ctrl+W"))
    registry.set_undo(reverse_posting)
"""

from desktop.shell.registry import (
    Action,
    Bell,
    Found,
    Hit,
    Light,
    LightState,
    Page,
    PaletteProvider,
    PaperMaker,
    Place,
    ScanFinder,
    ShellRegistry,
    Thing,
    ThingAction,
    ThingsFound,
    UnknownChoice,
    Variant,
)

__all__ = [
    "Action",
    "Bell",
    "Found",
    "Hit",
    "Light",
    "LightState",
    "Page",
    "PaletteProvider",
    "PaperMaker",
    "Place",
    "ScanFinder",
    "ShellRegistry",
    "Thing",
    "ThingAction",
    "ThingsFound",
    "UnknownChoice",
    "Variant",
]
