"""Items and scans: found by any of their codes; a code nobody knows becomes an item's, or a new item's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from core import catalog
from core.catalog import NewBarcode, ScanHit
from core.devices import OwnKind, Scan
from core.i18n import _
from core.words import Permission as P
from desktop.context import AppContext
from desktop.shell.registry import ScanFinder, ShellRegistry, Thing, ThingAction, ThingsFound, UnknownChoice
from desktop.widgets import Choice, Form, FormPanel, Found, PageBase, RecordPicker

MOST_FOUND = 12
LAST_SUPPLIER = "scan/supplier"
PACKS = "12345678"


def register_scans(registry: ShellRegistry) -> None:
    """Bring what the catalog finds by a scan, and what becomes of codes it does not know."""
    registry.add_finder(ScanFinder("catalog.items", P.ITEM_VIEW, find_items))
    registry.add_thing_action(
        ThingAction("catalog.open", frozenset({"item"}), _("Open the item"), P.ITEM_VIEW, _open, "item", 10)
    )
    registry.add_unknown_choice(
        UnknownChoice("catalog.attach", _("Attach it to an item"), P.ITEM_EDIT, attach, "A", "link")
    )
    registry.add_unknown_choice(
        UnknownChoice("catalog.new", _("New item with this code"), P.ITEM_EDIT, _new, "N", "plus")
    )


def codes_of(scan: Scan) -> tuple[str, ...]:
    """The codes an item may be known by, best first."""
    own = (scan.own.value,) if scan.own is not None else ()
    return tuple(dict.fromkeys(code for code in (*own, *scan.codes, scan.item_code) if code))


def find_items(context: AppContext, owner: QWidget, scan: Scan, found: ThingsFound) -> None:
    """The item a code stands for, in the unit that one scan counts."""

    def take(hit: ScanHit | None) -> None:
        found([] if hit is None else [_thing(context, hit)])

    if scan.own is None or scan.own.kind is OwnKind.ITEM:
        ask = context.ops.ask
        ask(owner, catalog.find_by_codes, codes=codes_of(scan), then=take, failed=lambda _error: found([]))
    else:
        found([])


def _thing(context: AppContext, hit: ScanHit) -> Thing:
    row = hit.item
    note = [row.code, *([row.spec] if row.spec else [])]
    if hit.barcode and hit.factor != 1:
        note.append(f"{hit.factor:f} {row.base_unit}")
    return Thing("item", row.id, row.title(context.language), " · ".join(note), row.code, "item")


def _open(context: AppContext, thing: Thing, _scan: Scan) -> None:
    context.shell.go("catalog.item", item_id=thing.id)


def _new(context: AppContext, scan: Scan, _again: Callable[[], object]) -> None:
    context.shell.go("catalog.items", is_adding=True, text=scan.code)


def attach(context: AppContext, scan: Scan, again: Callable[[], object]) -> None:
    """Choose the item, its unit and the supplier; the item looked at and the last supplier are proposed."""
    if context.scans is None:
        return
    panel, subject = AttachPanel(context, scan), context.scans.subject()
    if not context.scans.open_beside(panel):
        panel.deleteLater()
        context.shell.say(_("Save or leave what is typed beside the list first, then scan again."))
        return
    panel.begin(subject)

    def done(_answer: object) -> None:
        _close(panel)
        again()

    panel.saved.connect(done)
    panel.cancelled.connect(lambda: _close(panel))


def _close(panel: QWidget) -> None:
    page = panel.parentWidget()
    while page is not None and not isinstance(page, PageBase):
        page = page.parentWidget()
    if isinstance(page, PageBase):
        page.close_panel()


class AttachPanel(FormPanel):
    """Which item a code belongs to. Enter saves it when the item is the one that was being looked at."""

    def __init__(self, context: AppContext, scan: Scan) -> None:
        self._context, self._scan, self._units = context, scan, Choice(_("Unit of the code"), search=False)
        self._picker = RecordPicker(_("Item"), self._complete)
        self._supplier = Choice(_("Supplier"), empty=_("Of any supplier"))
        form = Form()
        form.add("item", _("Item"), self._picker, required=True)
        form.add("unit", _("Unit of the code"), self._units, hint=_("What one scan counts."))
        form.add("supplier_id", _("Supplier"), self._supplier)
        super().__init__(_("Attach the code"), form, self._send_code, subtitle=scan.code, verb=_("Attach"))
        self._picker.picked.connect(lambda found: self._ask_units(found.id))
        context.ops.ask(self, catalog.list_suppliers, then=self._on_suppliers, failed=lambda _error: None)

    def begin(self, subject: tuple[int, str] | None) -> None:
        """Propose the item the person is looking at."""
        if subject is None:
            self._picker.field().setFocus()
            return
        item_id, name = subject
        self._picker.set_record(Found(item_id, "", name))
        self._ask_units(item_id)
        self.save_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.save_button.hasFocus():
            self.save()
        else:
            super().keyPressEvent(event)

    def _complete(self, text: str, answer: Callable[[Sequence[Found]], None]) -> None:
        def found(rows: list[catalog.ItemRow]) -> None:
            answer([Found(row.id, row.code, row.title(self._context.language), row.spec) for row in rows])

        self._context.ops.ask(self, catalog.search_items, text=text, limit=MOST_FOUND, then=found, key="item")

    def _ask_units(self, item_id: int) -> None:
        self._context.ops.ask(self, catalog.list_item_units, item_id=item_id, then=self._on_units, key="units")

    def _on_units(self, table: catalog.UnitTable) -> None:
        self._units.set_options([(unit, unit) for unit in table.units()])
        is_pack = len(self._scan.gtin) == 14 and self._scan.gtin[0] in PACKS
        self._units.set_value(table.purchase if is_pack else table.base)

    def _on_suppliers(self, rows: list[catalog.SupplierRow]) -> None:
        language = self._context.language
        self._supplier.set_options([(row.id, row.title(language)) for row in rows])
        kept = self._context.settings.get(LAST_SUPPLIER)
        known = {row.id for row in rows}
        self._supplier.set_value(int(kept) if kept.isdigit() and int(kept) in known else None)

    def _send_code(self, values: dict[str, Any]) -> None:
        supplier_id = values["supplier_id"]
        self._context.settings.put(LAST_SUPPLIER, str(supplier_id or ""))
        barcode = NewBarcode(self._scan.code, values["unit"] or "", supplier_id)
        self._context.ops.do(
            self, catalog.add_barcode, item_id=values["item"], barcode=barcode,
            then=self.done, failed=self.show_error,
        )  # fmt: skip
