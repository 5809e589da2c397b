"""What the dock asks while it works: items by words or code, their units, the site's places, units and suppliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core import catalog, purchasing, stock
from core.clock import business_day, day_ends_at
from core.devices import Scan
from core.errors import CoreError, Unavailable
from core.purchasing import SheetLine
from core.uow import Actor, SiteFacts
from core.words import LocationKind
from desktop.context import AppContext
from desktop.shell.scans import codes_of
from desktop.widgets import Found

MOST_FOUND = 12
CODE_FROM = 4
AGAIN_MS = 1000
ROOMS = (LocationKind.AREA, LocationKind.SITE)


@dataclass(frozen=True, slots=True)
class Picked:
    """An item somebody picked. `unit` is what its code counts when it was scanned, else empty; `scan` all the code says."""

    item: catalog.ItemRow
    unit: str = ""
    scan: Scan | None = None


class Finder(QObject):
    """Asks for one page. `ready` is told when the site's rules, units, places and suppliers have come."""

    ready = Signal()

    def __init__(self, context: AppContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.context, self._owner = context, owner
        self.site: SiteFacts | None = None
        self.actor: Actor | None = None
        self.places: list[stock.LocationRow] = []
        self.suppliers: list[catalog.SupplierRow] = []
        self._unit_words: dict[str, str] = {}
        self._tables: dict[int, catalog.UnitTable] = {}
        self._askers: dict[int, list[Callable[[catalog.UnitTable], object]]] = {}
        self._turn = 0
        self._waits = {"facts", "units", "places", "suppliers"}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._load_facts)
        context.hub.watch(owner, ("supplier",), self._load_suppliers)
        self.load()

    def load(self) -> None:
        """Ask for all that does not hang on one delivery."""
        self._tables.clear()
        self._load_facts()
        ask = self.context.ops.ask
        ask(self._owner, catalog.list_units, then=self._on_units, key=(id(self), "units"))
        ask(self._owner, stock.list_locations, then=self._on_places, key=(id(self), "places"))
        self._load_suppliers()

    def is_ready(self) -> bool:
        """Whether everything asked for at the start has come."""
        return not self._waits

    # --- words and days

    def unit_word(self, unit: str) -> str:
        """A unit in the person's language; its code while it has no name."""
        return self._unit_words.get(unit, unit)

    def place_word(self, place_id: int | None) -> str:
        """A place's name; empty when it is not known here."""
        row = next((row for row in self.places if row.location_id == place_id), None)
        return "" if row is None else self._place_title(row)

    def place_options(self) -> list[tuple[int, str]]:
        """The places goods can be put away to."""
        return [
            (row.location_id, self._place_title(row))
            for row in self.places
            if row.kind is not LocationKind.TRANSIT and not row.is_locked
        ]

    def usual_place(self) -> int | None:
        """Where goods go that were never here: a bin; a room, or the whole site, only where there is nothing smaller."""
        rows = [row for row in self.places if row.kind is not LocationKind.TRANSIT and not row.is_locked]
        rows.sort(key=lambda row: ROOMS.index(row.kind) + 1 if row.kind in ROOMS else 0)
        return rows[0].location_id if rows else None

    def supplier_word(self, supplier_id: int | None) -> str:
        """A supplier's name; empty when it is not known here."""
        row = next((row for row in self.suppliers if row.id == supplier_id), None)
        return "" if row is None else row.title(self.context.language)

    def now(self) -> datetime:
        """This moment."""
        return self.context.office.clock.now()

    def today(self) -> date:
        """The site's business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site is not None else ("UTC", 0)
        return business_day(self.now(), zone, hour)

    def day_end(self, day: date) -> datetime:
        """The last moment of a business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site is not None else ("UTC", 0)
        return day_ends_at(day, zone, hour)

    def _place_title(self, row: stock.LocationRow) -> str:
        return (row.name_en or row.name) if self.context.language == "en" else row.name

    # --- finding items

    def by_scan(self, scan: Scan, then: Callable[[Picked | None], object]) -> None:
        """The item and unit a scan stands for. Scans are answered in the order they are asked in."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is None:
                then(None)
                return
            # An item's own number (no barcode) says nothing of a pack: one scan is then one purchase unit.
            then(Picked(hit.item, hit.unit if hit.barcode else "", scan))

        self._turn += 1
        key = (id(self), "scan", self._turn)
        self.context.ops.ask(self._owner, catalog.find_by_codes, codes=codes_of(scan), then=found, key=key)

    def complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        """What fits what was typed: the item of exactly this code, else items by words."""
        if len(text) >= CODE_FROM and " " not in text and any(letter.isdigit() for letter in text):

            def found(hit: catalog.ScanHit | None) -> None:
                if hit is None:
                    self._search(text, answer)
                else:
                    is_code = bool(hit.barcode) and hit.barcode != hit.item.code
                    answer([self._found(hit.item, hit.unit if is_code else "")])

            self.context.ops.ask(
                self._owner, catalog.find_by_barcode, code=text, then=found, key=(id(self), "code")
            )  # fmt: skip
        else:
            self._search(text, answer)

    def _search(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        def found(rows: list[catalog.ItemRow]) -> None:
            answer([self._found(row) for row in rows if row.is_active])

        self.context.ops.ask(
            self._owner, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key=(id(self), "search")
        )

    def _found(self, row: catalog.ItemRow, unit: str = "") -> Found:
        extra = self.unit_word(unit) if unit else row.spec
        return Found(row.id, row.code, row.title(self.context.language), extra, Picked(row, unit))

    def known(self, item_id: int, supplier_id: int | None, then: Callable[[SheetLine], object]) -> None:
        """What the dock must know of goods that nobody ordered: units, prices paid before, where they are put away."""
        self._turn += 1
        self.context.ops.ask(
            self._owner, purchasing.get_delivery_sheet, item_ids=(item_id,), supplier_id=supplier_id,
            then=lambda sheet: then(sheet.lines[0]), key=(id(self), "known", self._turn),
        )  # fmt: skip

    def table(self, item_id: int, then: Callable[[catalog.UnitTable], object]) -> None:
        """The units of an item; known ones at once. Everybody who asked is told."""
        known = self._tables.get(item_id)
        if known is not None:
            then(known)
            return
        waiting = self._askers.setdefault(item_id, [])
        waiting.append(then)

        def answered(table: catalog.UnitTable) -> None:
            self._tables[item_id] = table
            for tell in self._askers.pop(item_id, []):
                tell(table)

        key = (id(self), "table", item_id)
        self.context.ops.ask(self._owner, catalog.list_item_units, item_id=item_id, then=answered, key=key)

    # --- answers

    def _load_facts(self) -> None:
        office = self.context.office
        self.context.ops.run(
            self._owner, lambda: (office.site, office.actor), then=self._on_facts, failed=self._on_no_facts
        )

    def _on_facts(self, facts: tuple[SiteFacts, Actor | None]) -> None:
        self.site, self.actor = facts
        self._arrived("facts")

    def _on_no_facts(self, error: CoreError) -> None:
        """The database is away: the frame says so, and this asks again."""
        if isinstance(error, Unavailable):
            self._again.start()

    def _load_suppliers(self) -> None:
        self.context.ops.ask(
            self._owner, catalog.list_suppliers, then=self._on_suppliers, key=(id(self), "suppliers")
        )  # fmt: skip

    def _on_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        self.suppliers = rows
        self._arrived("suppliers")

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        language = self.context.language
        self._unit_words = {
            row.code: row.code if row.dimension and row.code.isascii() else row.title(language) or row.code
            for row in rows
        }
        self._arrived("units")

    def _on_places(self, rows: list[stock.LocationRow]) -> None:
        self.places = rows
        self._arrived("places")

    def _arrived(self, what: str) -> None:
        self._waits.discard(what)
        if not self._waits:
            self.ready.emit()
