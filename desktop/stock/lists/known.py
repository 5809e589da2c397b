"""What every list of stock needs to put its rows into words: the names of units and places, the site's days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core import catalog, stock
from core.clock import business_day, day_ends_at, day_starts_at
from core.documents import Notation
from core.uow import SiteFacts
from core.words import LocationKind
from desktop.context import AppContext
from desktop.widgets import Words, local_time

INDENT = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"


class Known(QObject):
    """Asks once for one page; with `later` for units only, until `load` is called. `ready` when units have come (rows
    can be shown), `changed` when places came or changed."""

    ready = Signal()
    changed = Signal()

    def __init__(self, context: AppContext, owner: QWidget, *, later: bool = False) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._units: dict[str, str] = {}
        self._is_ready = False
        self.places: list[stock.LocationRow] = []
        self.site: SiteFacts | None = None
        self._categories: dict[str, str] = {}
        context.ops.ask(owner, catalog.list_units, then=self._on_units, failed=lambda _error: self._on_units([]))
        if not later:
            self.load()

    def load(self) -> None:
        """Ask for places and the site's rules; a page for which every millisecond counts does so after its first rows."""
        office = self._context.office
        self._context.ops.run(self._owner, lambda: office.site, then=self._on_site, failed=lambda _error: None)
        self.load_places()

    def load_places(self) -> None:
        """Ask for the places again."""
        self._context.ops.ask(
            self._owner, stock.list_locations, with_retired=True, then=self._on_places, key=(id(self), "places")
        )

    def load_categories(self) -> None:
        """Ask for the categories' names in the other language; for pages that show them."""
        self._context.ops.ask(
            self._owner, catalog.list_categories, then=self._on_categories, failed=lambda _error: None
        )

    @property
    def is_ready(self) -> bool:
        """Whether units have come."""
        return self._is_ready

    # --- words

    def unit(self, code: str) -> str:
        """A unit as it stands behind a number."""
        return self._units.get(code, code)

    def title(self, row: stock.LocationRow) -> str:
        """A place's name in the person's language."""
        return (row.name_en or row.name) if self._context.language == "en" else row.name

    def place(self, place_id: int | None) -> stock.LocationRow | None:
        """A place by its id."""
        return next((row for row in self.places if row.location_id == place_id), None)

    def place_name(self, place_id: int) -> str:
        """A place's name by its id."""
        row = self.place(place_id)
        return self.title(row) if row is not None else ""

    def place_options(self, *, in_use: bool = True) -> tuple[tuple[int, Words], ...]:
        """The places to choose from as a tree, without goods in transit."""
        rows = [row for row in self.places if row.kind is not LocationKind.TRANSIT and (row.is_active or not in_use)]
        return tuple((row.location_id, f"{INDENT * row.depth}{self.title(row)}") for row in rows)

    def category(self, path: str) -> str:
        """The name of a category in the person's language, without the branches above it."""
        return self._categories.get(path, path).rpartition("/")[2]

    # --- days

    def now(self) -> datetime:
        """This moment."""
        return self._context.office.clock.now()

    def today(self) -> date:
        """The site's business day."""
        if self.site is None:
            return local_time(self.now()).date()
        return business_day(self.now(), self.site.zone, self.site.day_start_hour)

    def start_of(self, day: date) -> datetime:
        """The first moment of a business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site else ("UTC", 0)
        return day_starts_at(day, zone, hour)

    def end_of(self, day: date) -> datetime:
        """The last moment of a business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site else ("UTC", 0)
        return day_ends_at(day, zone, hour)

    def moment_of(self, day: date, at: time) -> datetime:
        """A time of the clock on a calendar day, at the site."""
        zone = self.site.zone if self.site else "UTC"
        return datetime.combine(day, at, ZoneInfo(zone))

    def notation(self) -> Notation:
        """How figures of this site are written into a file."""
        return Notation(self.site.currency, self.site.digits, self.site.zone) if self.site else Notation()

    # --- answers

    def _on_units(self, rows: Sequence[catalog.UnitRow]) -> None:
        language = self._context.language
        self._units = {row.code: unit_title(row, language) for row in rows}
        if not self._is_ready:
            self._is_ready = True
            self.ready.emit()

    def _on_categories(self, rows: Sequence[catalog.CategoryRow]) -> None:
        if self._context.language == "en":
            self._categories = {row.path: row.path_en or row.path for row in rows}
            self.changed.emit()

    def _on_places(self, rows: list[stock.LocationRow]) -> None:
        self.places = rows
        self.changed.emit()

    def _on_site(self, site: SiteFacts) -> None:
        self.site = site
        self.changed.emit()


def unit_title(row: catalog.UnitRow, language: str) -> str:
    """A unit as it stands behind a number: kg and ml by their sign, all others by name."""
    return row.code if row.dimension and row.code.isascii() else row.title(language) or row.code
