"""The left of the waste screen: find or scan, or touch a tile."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import Text, _
from desktop.context import AppContext
from desktop.stock.entry.finder import Finder, Picked
from desktop.stock.entry.lines import Goods
from desktop.stock.entry.waste_rules import MOST_TILES, WasteDay, most_wasted
from desktop.widgets import Chip, FlowLayout, Found, Label, RecordPicker, Tile, TileGrid, number_words

FEW_TILES = 9
LOW_TILE, HIGH_TILE = 56, 72
WIDE = 380
FAVOURITES = "waste/favourites"
KINDS: tuple[tuple[str, Text], ...] = (
    ("recent", _("Recent")),
    ("most", _("Most today")),
    ("favourites", _("Favourites")),
)
NOTHING: dict[str, Text] = {
    "recent": _("Items you post stand here, so that a touch finds them again."),
    "most": _("Nothing was wasted today."),
    "favourites": _("Mark an item with the star to keep it here."),
}


class WasteTiles(QWidget):
    """`picked(Picked)` for an item found, scanned or touched."""

    picked = Signal(object)

    def __init__(self, context: AppContext, finder: Finder) -> None:
        super().__init__()
        self._context, self._finder = context, finder
        self._goods: dict[str, list[tuple[Goods, Decimal | None]]] = {"recent": [], "most": []}
        self.picker = RecordPicker(_("Scan or search"), finder.complete, placeholder=_("Scan, code or name"))
        self.picker.picked.connect(self._on_found)
        self._kind = "recent"
        self._tabs = QButtonGroup(self)
        self._most = MOST_TILES
        chips = QWidget()
        tabs = FlowLayout(chips, spacing=8)
        for at, (kind, words) in enumerate(KINDS):
            chip = Chip(words, is_on=kind == "recent", icon_name="star" if kind == "favourites" else "")
            chip.clicked.connect(lambda _on=False, kind=kind: self.show_kind(kind))
            self._tabs.addButton(chip, at)
            tabs.addWidget(chip)
        self.grid = TileGrid(columns=3, digits=False)
        self.grid.chosen.connect(self._on_tile)
        self._nothing = Label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picker)
        column.addWidget(chips)
        column.addWidget(self._nothing)
        column.addWidget(self.grid)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for number in range(1, 10):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(lambda number=number: self.press(number))

    def set_low(self, is_low: bool) -> None:
        """On a low screen there are three rows of lower tiles."""
        self.grid.set_least_height(LOW_TILE if is_low else HIGH_TILE)
        self._most = FEW_TILES if is_low else MOST_TILES
        self._show()

    # --- what stands there

    def show_recent(self, recent: Sequence[Goods]) -> None:
        """The items posted lately."""
        self._goods["recent"] = [(goods, None) for goods in recent]
        self._show()

    def show_day(self, day: WasteDay) -> None:
        """Today's waste."""
        self._goods["most"] = [(goods, qty) for goods, qty in most_wasted(day)]
        self._show()

    def show_kind(self, kind: str) -> None:
        """Recent, most wasted today, or favourites."""
        self._kind = kind
        at = next(at for at, (one, _words) in enumerate(KINDS) if one == kind)
        self._tabs.button(at).setChecked(True)
        self._show()

    def press(self, number: int) -> None:
        """The tile of a hot key (Ctrl+1 to Ctrl+9)."""
        tiles = self.grid.tiles()
        if number <= len(tiles):
            self._on_tile(tiles[number - 1].id)

    def focus_search(self) -> None:
        """Put the keyboard into the search, ready for a scan."""
        self.picker.set_record(None)
        self.picker.field().setFocus()

    # --- favourites, kept on this PC

    def favourites(self) -> list[Goods]:
        """The items marked with the star."""
        try:
            kept = json.loads(self._context.settings.get(FAVOURITES, "[]"))
            return [Goods(*one) for one in kept]
        except (ValueError, TypeError):
            return []

    def is_favourite(self, goods: Goods) -> bool:
        """Whether an item has the star."""
        return any(one.id == goods.id for one in self.favourites())

    def switch_favourite(self, goods: Goods) -> None:
        """Give an item the star, or take it."""
        kept = self.favourites()
        now = [one for one in kept if one.id != goods.id]
        if len(now) == len(kept):
            now.append(goods)
        words = [[one.id, one.code, one.name, one.name_en, one.base_unit, one.lot_tracked] for one in now]
        self._context.settings.put(FAVOURITES, json.dumps(words, ensure_ascii=False))
        self._show()

    # --- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= WIDE) != (event.oldSize().width() >= WIDE):
            self._show()

    def _shown(self) -> list[tuple[Goods, Decimal | None]]:
        if self._kind == "favourites":
            return [(goods, None) for goods in self.favourites()]
        return self._goods[self._kind]

    def _show(self) -> None:
        language = self._context.language
        tiles = []
        has_room = self.width() >= WIDE
        for at, (goods, qty) in enumerate(self._shown()[: self._most]):
            key = f"Ctrl+{at + 1}" if at < 9 and has_room else ""
            amount = f"{number_words(qty)} {self._finder.unit_word(goods.base_unit)}" if qty is not None else goods.code
            tiles.append(Tile(goods, goods.title(language), f"{amount}   {key}".strip()))
        self.grid.set_tiles(tiles)
        self.grid.setVisible(bool(tiles))
        self._nothing.set_words(NOTHING[self._kind])
        self._nothing.setVisible(not tiles)

    def _on_tile(self, goods: Goods) -> None:
        self.picked.emit(Picked(goods))

    def _on_found(self, found: Found) -> None:
        self.picker.set_record(None)
        if isinstance(found.data, Picked):
            self.picked.emit(found.data)
