"""Places as a tree in walking order: what lies where, which are locked, and everything that can be changed on them."""

from __future__ import annotations

from collections.abc import Iterator

from core import stock
from core.devices import Scan
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from core.words import Permission, StorageKind, word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.shell.scans import codes_of
from desktop.stock.lists.known import INDENT
from desktop.stock.lists.page import StockListPage, follow_rows
from desktop.stock.lists.place_forms import PlaceForms
from desktop.stock.lists.place_panel import PlacePanel
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, ChipSpec, Column, FormPanel, Kind, RowTable


def place_look(row: stock.LocationRow) -> BadgeLook | None:
    """Whether goods may move there."""
    if not row.is_active:
        return BadgeLook(_("Retired"))
    if row.is_locked:
        return BadgeLook(_("Locked"), Meaning.DANGER, "lock")
    return BadgeLook(_("May go negative"), Meaning.WATCH) if row.allow_negative else None


def storage_words(row: stock.LocationRow) -> Text | str:
    """How warm a place is."""
    return word(StorageKind(row.storage_kind)) if row.storage_kind else ""


class PlacesPage(StockListPage):
    """Picking a row opens the place beside the tree. `location_id` opens one at the start."""

    def __init__(self, context: AppContext, *, location_id: int | None = None, is_adding: bool = False) -> None:
        super().__init__(context, _("Places"), _("Where goods lie, in the order one walks"))
        self._wanted_id, self._is_adding = location_id, is_adding
        self.table = RowTable(self._columns(), name=_("Places"), key="stock.places")
        self.set_list(self.table)
        self.forms = PlaceForms(context, self.known, self)
        self.add_search(lambda _text: self._show_rows(), _("Code or name"))
        self.chips.add(ChipSpec("locked", _("Locked")))
        self.chips.add(ChipSpec("retired", _("Show retired")))
        self.chips.changed.connect(self._show_rows)
        if self.may(Permission.LOCATION_EDIT):
            self.set_primary(_("Add place"), lambda: self.open_form("add", None))
        self.add_files()
        follow_rows(self, self.table, self._on_row)
        self.known.changed.connect(self._on_places)
        context.hub.watch(self, ("location", "stock"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask again for the tree."""
        self.known.load_places()

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def scan(self, scan: Scan) -> bool:
        """The code of a shelf opens it."""
        wanted = {one.casefold() for one in codes_of(scan)}
        found = next((row for row in self.known.places if row.code.casefold() in wanted), None)
        if found is not None:
            self.open_place(found)
        return found is not None

    def open_place(self, row: stock.LocationRow) -> None:
        """Show a place beside the tree."""
        panel = PlacePanel(self.context, self.known, row, place_look(row))
        panel.form_wanted.connect(self.open_form)
        self.open_panel(panel, 420)

    def open_form(self, kind: str, row: stock.LocationRow | None) -> None:
        """Open one of the forms: add, edit, lock, move; unlock, retire and restore need none."""
        panel = self.forms.make(kind, row)
        panel.saved.connect(self._on_saved)
        panel.cancelled.connect(
            lambda: self.open_place(row) if row is not None and kind != "add" else self.close_panel()
        )
        self.open_panel(panel, 420)
        panel.focus_field()

    def prepare_sheet(self) -> MakeSheet:
        rows, known = self._fitting(), self.known

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                parent = known.place(row.parent_id)
                look = place_look(row)
                yield (
                    row.code, row.name, row.name_en, parent.code if parent else "", word(row.kind), storage_words(row),
                    row.walk_order, row.items, look.words if look else "", row.lock_note,
                )  # fmt: skip

        columns = (
            FileColumn("code", _("Code")), FileColumn("name", _("Name")), FileColumn("name_en", _("English name")),
            FileColumn("parent", _("Lies in")), FileColumn("kind", _("Kind")), FileColumn("storage", _("Storage")),
            FileColumn("walk_order", _("Walking order"), "number"), FileColumn("items", _("Items"), "number"),
            FileColumn("state", _("State")), FileColumn("note", _("Note")),
        )  # fmt: skip
        return lambda: Sheet(_("Places"), columns, cells(), notation=known.notation())

    # --- rows

    def _columns(self) -> list[Column]:
        def name(row: stock.LocationRow) -> str:
            return f"{INDENT * row.depth}{self.known.title(row)}"

        return [
            Column("name", _("Place"), 240, stretch=True, value=name, sortable=False),
            Column("code", _("Code"), 140, muted=True, sortable=False),
            Column("kind", _("Kind"), 130, value=lambda row: word(row.kind), sortable=False),
            Column("storage", _("Storage"), 110, value=storage_words, sortable=False),
            Column("walk_order", _("Walking order"), 110, kind=Kind.QTY, wide_only=True, sortable=False),
            Column("items", _("Items"), 90, kind=Kind.QTY, sortable=False),
            Column("state", _("State"), 150, kind=Kind.BADGE, value=place_look, sortable=False),
            Column("lock_note", _("Note"), 170, muted=True, wide_only=True, sortable=False),
        ]

    def _fitting(self) -> list[stock.LocationRow]:
        chosen, letters = self.chips.values(), self.head.search_text().casefold()
        return [
            row
            for row in self.known.places
            if (row.is_active or chosen["retired"])
            and (row.is_locked or not chosen["locked"])
            and (not letters or letters in f"{row.code} {row.name} {row.name_en}".casefold())
        ]

    def _show_rows(self) -> None:
        self.table.set_rows(self._fitting())

    def _on_places(self) -> None:
        if not self.known.places:
            return
        self._show_rows()
        panel = self.panel()
        if isinstance(panel, PlacePanel):
            fresh = self.known.place(panel.location_id)
            if fresh is not None and fresh != panel.row:
                self.open_place(fresh)
        if self._is_adding:
            self._is_adding = False
            self.open_form("add", None)
        elif self._wanted_id is not None:
            wanted, self._wanted_id = self._wanted_id, None
            row = self.known.place(wanted)
            if row is not None:
                self.table.select_where(lambda one: one.location_id == wanted)
                self.open_place(row)

    def _on_row(self, row: stock.LocationRow) -> None:
        panel = self.panel()
        is_open = isinstance(panel, PlacePanel) and panel.location_id == row.location_id
        if not is_open and not self.has_unsaved():
            self.open_place(row)

    def _on_saved(self, location_id: object) -> None:
        if isinstance(location_id, int):
            self._wanted_id = location_id
        self.close_panel()
        self.reload()
