"""What every page of the catalog needs to put its rows into words: units, categories, suppliers, places, the site."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core import catalog, stock
from core.documents import Notation
from core.errors import CoreError
from core.uow import SiteFacts
from core.words import LocationKind, Permission
from desktop.catalog.parts import title_in, tree_options
from desktop.context import AppContext
from desktop.widgets import Words


class Known(QObject):
    """Asks once for one page and again when it changes. `ready` once units have come, `changed` when anything did."""

    ready = Signal()
    changed = Signal()

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.context, self._owner = context, owner
        self.units: list[catalog.UnitRow] = []
        self.categories: list[catalog.CategoryRow] = []
        self.suppliers: list[catalog.SupplierRow] = []
        self.places: list[stock.LocationRow] = []
        self.site: SiteFacts | None = None
        self.is_ready = False
        may = context.shell.may
        self.sees_prices = may(Permission.COST_VIEW) or may(Permission.PRICE_EDIT)
        self.sees_cost = may(Permission.COST_VIEW)
        context.hub.watch(owner, ("item", "supplier", "location"), self.load)
        self.load()

    def load(self) -> None:
        """Ask for everything."""
        ops, office = self.context.ops, self.context.office
        for name, query in (
            ("categories", catalog.list_categories),
            ("suppliers", catalog.list_suppliers),
            ("places", stock.list_locations),
        ):
            then = partial(self._take, name)
            ops.ask(self._owner, query, key=(id(self), name), then=then, failed=self._on_nothing)
        ops.run(self._owner, lambda: office.site, then=self._on_site, failed=self._on_nothing)
        ops.ask(self._owner, catalog.list_units, key=(id(self), "units"), then=self._on_units, failed=self._no_units)

    # --- words

    def unit(self, code: str) -> str:
        """A unit as it stands behind a number: kg and ml by their sign, all others by name."""
        row = next((one for one in self.units if one.code == code), None)
        if row is None:
            return code
        return row.code if row.dimension and row.code.isascii() else row.title(self.context.language) or row.code

    def place_name(self, place_id: int) -> str:
        """A place's name by its id."""
        row = next((one for one in self.places if one.location_id == place_id), None)
        return title_in(row, self.context.language) if row is not None else ""

    def category_options(self) -> list[tuple[int, Words]]:
        """The tree of categories to choose from."""
        return tree_options(self.categories, self.context.language)

    def supplier_options(self) -> list[tuple[int, Words]]:
        """The suppliers in use to choose from."""
        return [(row.id, row.title(self.context.language)) for row in self.suppliers]

    def place_options(self) -> list[tuple[int, Words]]:
        """Places that goods lie in, as a tree."""
        rows = [row for row in self.places if row.kind not in (LocationKind.TRANSIT, LocationKind.SITE)]
        return tree_options(rows, self.context.language)

    def category_name(self, category_id: object) -> str:
        """A category's path in the person's language."""
        row = next((one for one in self.categories if one.id == category_id), None)
        if row is None:
            return ""
        return (row.path_en if self.context.language == "en" else row.path).replace("/", " / ")

    def notation(self) -> Notation:
        """How figures of this site are written into a file."""
        return Notation(self.site.currency, self.site.digits, self.site.zone) if self.site else Notation()

    # --- answers

    def _take(self, name: str, rows: Sequence[Any]) -> None:
        setattr(self, name, list(rows))
        self.changed.emit()

    def _on_units(self, rows: Sequence[catalog.UnitRow]) -> None:
        self.units = list(rows)
        if not self.is_ready:
            self.is_ready = True
            self.ready.emit()
        self.changed.emit()

    def _no_units(self, _error: CoreError) -> None:
        self._on_units([])

    def _on_nothing(self, _error: CoreError) -> None:
        """Names that cannot be read are left out; the list itself says what is wrong."""

    def _on_site(self, site: SiteFacts) -> None:
        self.site = site
        self.changed.emit()
