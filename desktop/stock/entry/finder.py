"""What a form asks while a person types: items by words or code, their units, prices, stock, and the site's places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from core import catalog, stock
from core.clock import business_day, day_ends_at, day_starts_at
from core.devices import Scan
from core.errors import CoreError, Unavailable
from core.i18n import _
from core.uow import Actor, SiteFacts
from core.words import LocationKind, Permission
from desktop.context import AppContext
from desktop.shell.scans import codes_of
from desktop.stock.entry.lines import Goods
from desktop.widgets import Found

MOST_FOUND = 12
CODE_FROM = 4
AGAIN_MS = 1000


@dataclass(frozen=True, slots=True)
class Picked:
    """An item somebody picked. `unit` is the unit its code stands for when it was scanned, else empty; `scan` is all
    that the code says. `lot` and `place_id` are what another page hands over with the item."""

    goods: Goods
    unit: str = ""
    is_scan: bool = False
    scan: Scan | None = None
    lot: str = ""
    place_id: int | None = None

    @property
    def batch(self) -> str:
        """The number of the lot it is of; empty when that is not said."""
        return self.lot or (self.scan.batch if self.scan is not None else "")


@dataclass(frozen=True, slots=True)
class PlacePicked:
    """The code of a shelf was scanned where an item was expected."""

    place_id: int


class Finder(QObject):
    """Asks for one form. `ready` is told once the site's rules, units and places have come."""

    ready = Signal()

    def __init__(self, context: AppContext, owner: QWidget, *, takes_places: bool = False) -> None:
        super().__init__(owner)
        self.context, self._owner, self._takes_places = context, owner, takes_places
        self._unit_words: dict[str, str] = {}
        self.places: list[stock.LocationRow] = []
        self._tables: dict[int, catalog.UnitTable] = {}
        self._table_askers: dict[int, list[Callable[[catalog.UnitTable], object]]] = {}
        self._scans = 0
        self.site: SiteFacts | None = None
        self.actor: Actor | None = None
        self._waits = {"units", "places", "facts"}
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._load_facts)
        self.load()

    def load(self) -> None:
        """Ask for the site's rules, its units and places."""
        self._load_facts()
        ask = self.context.ops.ask
        ask(self._owner, catalog.list_units, then=self._on_units, key=(id(self), "units"))
        ask(self._owner, stock.list_locations, then=self._on_places, key=(id(self), "places"))

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

    def is_ready(self) -> bool:
        """Whether everything asked for at the start has come."""
        return not self._waits

    # --- words

    def unit_word(self, unit: str) -> str:
        """A unit's name in the person's language; its code while it has none."""
        return self._unit_words.get(unit, unit)

    def units(self, table: catalog.UnitTable) -> list[tuple[str, str]]:
        """The units of an item by code and name."""
        return [(unit, self.unit_word(unit)) for unit in table.units()]

    def place(self, place_id: int | None) -> stock.LocationRow | None:
        """A place by its id."""
        return next((row for row in self.places if row.location_id == place_id), None)

    def place_word(self, place_id: int | None) -> str:
        """A place's name; the first place's when none is said."""
        row = self.place(place_id) if place_id is not None else next(iter(self.usable_places()), None)
        return self.title_of(row) if row is not None else ""

    def title_of(self, row: stock.LocationRow) -> str:
        """A place's name in the person's language."""
        return place_title(row, self.context.language)

    def usable_places(self) -> list[stock.LocationRow]:
        """Places goods can lie in."""
        return [row for row in self.places if row.kind is not LocationKind.TRANSIT and not row.is_locked]

    def last_place(self, way: str) -> int | None:
        """The place this person used last at this PC; `way` is "out" for goods that leave, "in" for goods that come."""
        kept = self.context.settings.get(self._place_key(way))
        return int(kept) if kept.isdigit() else None

    def use_place(self, way: str, place_id: int | None) -> None:
        """A place was used."""
        if place_id is not None:
            self.context.settings.put(self._place_key(way), str(place_id))

    def _place_key(self, way: str) -> str:
        return f"entry/place_{way}/{self.actor.person_id if self.actor else 0}"

    def today(self) -> date:
        """The site's business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site is not None else ("UTC", 0)
        return business_day(self.now(), zone, hour)

    def now(self) -> datetime:
        """This moment."""
        return self.context.office.clock.now()

    def day_start(self) -> datetime:
        """When the site's business day began."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site is not None else ("UTC", 0)
        return day_starts_at(self.today(), zone, hour)

    def day_end(self, day: date) -> datetime:
        """The last moment of a business day."""
        zone, hour = (self.site.zone, self.site.day_start_hour) if self.site is not None else ("UTC", 0)
        return day_ends_at(day, zone, hour)

    # --- finding

    def complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        """What fits what was typed, best first: a shelf, the item of exactly this code, else items by words."""
        shelf = self._shelf_of(text)
        if shelf is not None:
            answer([found_shelf(shelf, self.context.language)])
        elif len(text) >= CODE_FROM and " " not in text and any(letter.isdigit() for letter in text):
            self.by_code(text, lambda hit: self._on_code(text, hit, answer))
        else:
            self._search(text, answer)

    def by_scan(self, scan: Scan, answer: Callable[[Sequence[Found]], None]) -> None:
        """What a scan stands for: a shelf where shelves are taken, else an item with what the code says of it."""
        codes = codes_of(scan)
        shelf = next((row for row in map(self._shelf_of, codes) if row is not None), None)
        if shelf is not None:
            answer([found_shelf(shelf, self.context.language)])
            return

        def found(hit: catalog.ScanHit | None) -> None:
            answer([] if hit is None else [self._found_item(hit, scan)])

        self._scans += 1
        key = (id(self), "scan", self._scans)
        self.context.ops.ask(self._owner, catalog.find_by_codes, codes=codes, then=found, key=key)

    def by_code(self, code: str, then: Callable[[catalog.ScanHit | None], object]) -> None:
        """The item and unit a scanned code stands for."""
        self.context.ops.ask(self._owner, catalog.find_by_barcode, code=code, then=then, key=(id(self), "code"))

    def table(self, item_id: int, then: Callable[[catalog.UnitTable], object]) -> None:
        """The units of an item; known ones at once. Everybody who asked is told."""
        known = self._tables.get(item_id)
        if known is not None:
            then(known)
            return
        waiting = self._table_askers.setdefault(item_id, [])
        waiting.append(then)

        def answered(table: catalog.UnitTable) -> None:
            self._tables[item_id] = table
            for tell in self._table_askers.pop(item_id, []):
                tell(table)

        self.context.ops.ask(
            self._owner, catalog.list_item_units, item_id=item_id, then=answered, key=(id(self), "table", item_id)
        )

    def base_qty(self, item_id: int, qty: Decimal, unit: str) -> Decimal | None:
        """A quantity in base units; None while the item's units are not known here."""
        table = self._tables.get(item_id)
        try:
            return None if table is None else table.to_base(qty, unit)
        except CoreError:
            return None

    def on_hand(self, item_id: int, then: Callable[[list[stock.OnHandRow]], object], *, asker: Hashable) -> None:
        """Where an item lies, by place and lot. Of several questions of one asker only the latest is answered."""
        key = (id(self), "on_hand", asker)
        self.context.ops.ask(self._owner, stock.list_on_hand, item_id=item_id, then=then, key=key)

    def unit_cost(self, item_id: int, then: Callable[[Decimal | None], object]) -> None:
        """What one base unit costs now; None without the right to see it, or while nothing is known."""
        if not self.context.shell.may(Permission.COST_VIEW):
            then(None)
            return

        def asked(rows: list[stock.ValueRow]) -> None:
            then(rows[0].unit_cost if rows else None)

        def failed(_error: CoreError) -> None:
            then(None)

        self.context.ops.ask(
            self._owner, stock.list_values, item_id=item_id, then=asked, failed=failed, key=(id(self), "cost", item_id)
        )

    # --- answers

    def _shelf_of(self, text: str) -> stock.LocationRow | None:
        wanted = text.strip().casefold()
        if not self._takes_places or not wanted:
            return None
        return next((row for row in self.usable_places() if row.code.casefold() == wanted), None)

    def _on_code(self, text: str, hit: catalog.ScanHit | None, answer: Callable[[Sequence[Found]], None]) -> None:
        if hit is None:
            self._search(text, answer)
            return
        answer([self._found_item(hit)])

    def _found_item(self, hit: catalog.ScanHit, scan: Scan | None = None) -> Found:
        goods = goods_of(hit.item)
        is_scan = bool(hit.barcode) and hit.barcode != hit.item.code
        extra = self.unit_word(hit.unit) if is_scan else hit.item.spec
        picked = Picked(goods, hit.unit, is_scan, scan)
        return Found(goods.id, goods.code, goods.title(self.context.language), extra, picked)

    def _search(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        def found(rows: list[catalog.ItemRow]) -> None:
            language = self.context.language
            answer(
                [
                    Found(row.id, row.code, row.title(language), row.spec, Picked(goods_of(row)))
                    for row in rows
                    if row.is_active
                ]
            )

        self.context.ops.ask(
            self._owner, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key=(id(self), "search")
        )

    def _on_units(self, rows: list[catalog.UnitRow]) -> None:
        language = self.context.language
        self._unit_words = {row.code: unit_title(row, language) for row in rows}
        self._arrived("units")

    def _on_places(self, rows: list[stock.LocationRow]) -> None:
        self.places = rows
        self._arrived("places")

    def _arrived(self, what: str) -> None:
        self._waits.discard(what)
        if not self._waits:
            self.ready.emit()


def goods_of(row: catalog.ItemRow) -> Goods:
    """A catalog row as a line keeps it."""
    return Goods(row.id, row.code, row.name, row.name_en, row.base_unit, row.lot_tracked)


def unit_title(row: catalog.UnitRow, language: str) -> str:
    """A unit as it stands behind a number: kg and ml by their sign, all others by name."""
    return row.code if row.dimension and row.code.isascii() else row.title(language) or row.code


def place_title(row: stock.LocationRow, language: str) -> str:
    """A place's name in a language."""
    return (row.name_en or row.name) if language == "en" else row.name


def found_shelf(shelf: stock.LocationRow, language: str) -> Found:
    """A shelf whose code was typed or scanned where an item was expected."""
    picked = PlacePicked(shelf.location_id)
    return Found(-shelf.location_id, shelf.code, place_title(shelf, language), _("Place"), picked)
