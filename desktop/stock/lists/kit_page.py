"""Kit check: can this list be picked now, what is missing, and which substitute serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import catalog, stock
from core.devices import Scan
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.errors import CoreError
from core.i18n import Text, _, _n
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.shell.scans import codes_of, qty_of
from desktop.stock.lists.items import item_completion
from desktop.stock.lists.kit_lines import Asked, read_lines
from desktop.stock.lists.page import StockListPage, band
from desktop.stock.lists.why import show_why
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    ChipSpec,
    Column,
    Found,
    KeyHint,
    Kind,
    Label,
    MenuChip,
    QtyEdit,
    RecordPicker,
    RowTable,
    WhyEntry,
    WhyFigure,
    number_words,
)


class KitPage(StockListPage):
    """Lines are typed above the table or pasted from anywhere: a code and a quantity on each line."""

    def __init__(self, context: AppContext, *, text: str = "") -> None:
        super().__init__(context, _("Kit check"), _("Paste or type a list: can it be picked now, and what is missing?"))
        self._wanted: dict[int, Decimal] = {}
        self._units: catalog.UnitTable | None = None
        self._rows: list[stock.KitRow] = []
        self.table = RowTable(self._columns(), name=_("Lines of the list"), key="stock.kit")
        self.trouble = band("", Meaning.SOON)
        self.result = band("", Meaning.GOOD)
        self.set_list(self.table, self._make_bar(), self.trouble, self.result)
        self.chips.add(ChipSpec("place", _("Place"), ()))
        self.chips.add(ChipSpec("missing", _("Missing only")))
        self.chips.changed.connect(self.reload)
        self.set_primary(_("Paste a list"), self.paste, "copy")
        self.add_more(_("Begin a new list"), self.clear, "trash")
        self.add_files()
        self.table.why_requested.connect(lambda row, _key: self._ask_why(row))
        self.known.ready.connect(self.show_content)
        self.known.changed.connect(self._on_places)
        context.hub.watch(self, ("stock", "reservation", "lot", "item"), self.reload)
        self.start_loading()
        if text:
            self.add_text(text)

    def reload(self) -> None:
        """Check the list again."""
        if not self._wanted:
            self._on_checked([])
            return
        lines = tuple(stock.KitLine(item_id, qty) for item_id, qty in self._wanted.items())
        place = self.chips.values()["place"]
        self.context.ops.ask(self, stock.check_kit, lines=lines, location_id=place, then=self._on_checked)

    def paste(self) -> None:
        """F2: add what is on the clipboard."""
        self.add_text(QGuiApplication.clipboard().text())

    def add_text(self, text: str) -> None:
        """Add lines of text: a code or barcode, a quantity, perhaps a unit; what cannot be read is said."""
        self.trouble.hide()
        asked, unread = read_lines(text)
        if unread:
            words = _n(
                "{n} line cannot be read: {first}", "{n} lines cannot be read: {first}", len(unread), first=unread[0]
            )
            self.trouble.say(words, Meaning.SOON)
        elif not asked:
            self.trouble.say(
                _("There is no list on the clipboard. Copy lines with a code and a quantity."), Meaning.SOON
            )
        for line in asked:
            self._find(line)

    def clear(self) -> None:
        """Begin anew."""
        self._wanted.clear()
        self.trouble.hide()
        self.reload()
        self.picker.field().setFocus()

    def scan(self, scan: Scan) -> bool:
        """A scan adds one of its unit, or the weight or count that the code says."""

        def found(hit: catalog.ScanHit | None) -> None:
            if hit is not None:
                self._ask_units(hit, Asked(hit.barcode, Decimal(1), ""), scan)
            elif not self.context.unknown_code(scan, lambda: self.scan(scan)):
                self.trouble.say(_("No item has the code {code}.", code=scan.code[:40]), Meaning.SOON)

        self.context.ops.ask(self, catalog.find_by_codes, codes=codes_of(scan), key=("scan", scan.raw), then=found)
        return True

    def more_keys(self) -> Sequence[KeyHint]:
        return (*super().more_keys(), KeyHint("Del", _("Remove the chosen line")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            for row in self.table.selected_rows():
                self._wanted.pop(row.item_id, None)
            self.reload()
            return
        super().keyPressEvent(event)

    def prepare_sheet(self) -> MakeSheet:
        rows, known = list(self._rows), self.known

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                yield (
                    row.item_code, self.item_name(row), row.needed, row.available, row.missing, row.unit,
                    row.substitute_code, row.substitute_name, row.substitute_qty or None,
                )  # fmt: skip

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("needed", _("Needed"), "qty"),
            FileColumn("available", _("Available"), "qty"), FileColumn("missing", _("Missing"), "qty"),
            FileColumn("unit", _("Unit")), FileColumn("substitute", _("Substitute code")),
            FileColumn("substitute_name", _("Substitute")), FileColumn("substitute_qty", _("Substitute quantity"), "qty"),
        )  # fmt: skip
        return lambda: Sheet(_("Kit check"), columns, cells(), notation=known.notation())

    # --- parts

    def _make_bar(self) -> QWidget:
        self.picker = RecordPicker(_("Item"), item_completion(self.context, self))
        self.qty = QtyEdit(_("Quantity"))
        self.picker.picked.connect(self._on_picked)
        self.qty.field().returnPressed.connect(self._add_typed)
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.picker, 3)
        row.addWidget(self.qty, 1)
        row.addWidget(Button(_("Add"), self._add_typed, icon_name="plus"))
        row.addWidget(Label(_("or paste lines like  TOM-001  2.5"), "muted"))
        row.addStretch(1)
        return bar

    def _columns(self) -> list[Column]:
        return [
            Column("item", _("Item"), 200, stretch=True, value=self.item_name),
            Column("item_code", _("Code"), 120, muted=True),
            Column("needed", _("Needed"), 120, kind=Kind.QTY, unit="unit"),
            Column("available", _("Available"), 120, kind=Kind.QTY, unit="unit", why=True),
            Column("missing", _("Missing"), 120, kind=Kind.QTY, unit="unit", meaning=_missing_meaning),
            Column("state", _("State"), 150, kind=Kind.BADGE, value=_look, sortable=False),
            Column("substitute", _("Substitute"), 200, stretch=True, value=self._substitute, sortable=False),
        ]

    @staticmethod
    def _substitute(row: stock.KitRow) -> Text | str:
        if row.substitute_id is None:
            return ""
        return _(
            "{qty} of {item}", qty=number_words(row.substitute_qty), item=f"{row.substitute_code} {row.substitute_name}"
        )

    # --- lines

    def _on_picked(self, found: Found) -> None:
        def units(table: catalog.UnitTable) -> None:
            self.qty.set_units([(unit, self.known.unit(unit)) for unit in table.units()])
            self._units = table

        self._units = None
        self.context.ops.ask(self, catalog.list_item_units, item_id=found.id, then=units)
        self.qty.field().setFocus()

    def _add_typed(self) -> None:
        self.picker.set_required(True)
        self.qty.set_required(True)
        if not self.picker.check() or not self.qty.check():
            return
        found, table = self.picker.record(), self._units
        qty = self.qty.value()
        if found is None or table is None or qty is None:
            return
        try:
            self._want(found.id, table.to_base(qty, self.qty.unit() or ""))
        except CoreError as error:
            self.qty.set_error(error.text)
            return
        self.picker.set_required(False)
        self.qty.set_required(False)
        self.picker.clear()
        self.qty.clear()
        self.picker.field().setFocus()
        self.reload()

    def _find(self, line: Asked) -> None:
        def found(hit: catalog.ScanHit | None) -> None:
            if hit is None:
                self.trouble.say(_("No item has the code {code}.", code=line.code[:40]), Meaning.SOON)
                return
            self._ask_units(hit, line)

        self.context.ops.ask(self, catalog.find_by_barcode, code=line.code, key=("find", line.code), then=found)

    def _ask_units(self, hit: catalog.ScanHit, line: Asked, scan: Scan | None = None) -> None:
        def came(table: catalog.UnitTable) -> None:
            measured = qty_of(scan, table) if scan is not None else None
            self._want_in_unit(hit, line if measured is None else Asked(line.code, *measured), table)

        self.context.ops.ask(
            self, catalog.list_item_units, item_id=hit.item.id, key=("units", hit.item.id, line.code), then=came
        )

    def _want_in_unit(self, hit: catalog.ScanHit, line: Asked, table: catalog.UnitTable) -> None:
        units = {self.known.unit(unit).casefold(): unit for unit in table.units()}
        unit = units.get(line.unit.casefold(), line.unit) or hit.unit
        try:
            self._want(hit.item.id, table.to_base(line.qty, unit))
        except CoreError as error:
            self.trouble.say(error.text, Meaning.SOON)
            return
        self.reload()

    def _want(self, item_id: int, qty: Decimal) -> None:
        self._wanted[item_id] = self._wanted.get(item_id, Decimal(0)) + qty

    # --- why

    def _ask_why(self, row: stock.KitRow) -> None:
        self.context.ops.ask(
            self, stock.list_reservations, item_id=row.item_id, key="why", then=lambda rows: self._show_why(row, rows)
        )

    def _show_why(self, row: stock.KitRow, promised: Sequence[stock.ReservationRow]) -> None:
        usable = row.available + sum((one.qty for one in promised), Decimal(0))
        entries = [WhyEntry(0, _("Usable: not expired, not blocked, not on its way"), usable, unit=row.unit)]
        entries += [
            WhyEntry(one.id, _("Reserved: {purpose}", purpose=one.purpose), -one.qty, one.created_at, one.by, row.unit)
            for one in promised
        ]
        figure = WhyFigure(
            _("{figure} of {item}", figure=_("Available"), item=self.item_name(row)), row.available, row.unit
        )
        show_why(self, self.context, figure, entries)

    # --- answers

    def _on_checked(self, rows: list[stock.KitRow]) -> None:
        self._rows = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
        only_missing = self.chips.values()["missing"]
        self.table.set_rows([row for row in self._rows if row.missing or not only_missing])
        short = [row for row in self._rows if row.missing]
        served = [row for row in short if row.substitute_id is not None]
        if not self._rows:
            self.result.hide()
        elif not short:
            self.result.say(_("Everything can be picked now."), Meaning.GOOD)
        elif len(served) == len(short):
            words = _n("{n} line only with a substitute.", "{n} lines only with substitutes.", len(short))
            self.result.say(words, Meaning.SOON)
        else:
            missing = len(short) - len(served)
            words = _n("{n} line cannot be picked.", "{n} lines cannot be picked.", missing)
            self.result.say(words, Meaning.DANGER)

    def _on_rows(self, total: int) -> None:
        """The page is its own way to begin; an empty list stays in place under its fields."""
        self.set_count(total)
        self.show_content()

    def _on_places(self) -> None:
        chip = self.chips.chip("place")
        if isinstance(chip, MenuChip) and self.known.places:
            chip.set_options(self.known.place_options())


def _look(row: stock.KitRow) -> BadgeLook:
    if not row.missing:
        return BadgeLook(_("There"), Meaning.GOOD)
    if row.substitute_id is not None:
        return BadgeLook(_("By substitute"), Meaning.SOON)
    return BadgeLook(_("Missing"), Meaning.DANGER)


def _missing_meaning(row: stock.KitRow) -> Meaning | None:
    return Meaning.DANGER if row.missing else None
