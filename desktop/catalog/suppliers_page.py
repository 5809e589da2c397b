"""Suppliers: who sells what, with the supplier's card beside the list."""

from __future__ import annotations

from collections.abc import Sequence

from core import catalog
from core.catalog import ContactRow, ItemCard, SupplierItemRow, SupplierRow
from core.documents import Sheet
from core.i18n import _
from core.words import Permission
from desktop.catalog.columns import SUPPLIER_FILE, supplier_columns, supplier_file_rows
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import follow_rows
from desktop.catalog.supplier_forms import SupplierForms
from desktop.catalog.supplier_panel import SupplierPanel
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.widgets import ChipSpec, FormPanel, KeyHint, RowTable

CARD = 500


class SuppliersPage(CatalogPage):
    """The list of suppliers. `supplier_id` opens a card at one of its parts, `is_adding` the form of a new one."""

    def __init__(
        self, context: AppContext, *, supplier_id: int = 0, part: str = "facts", is_adding: bool = False, text: str = ""
    ) -> None:
        super().__init__(context, _("Suppliers"), _("Who sells to us, how to reach them, and what they sell."))
        self._wanted_id, self._part, self._is_adding = supplier_id, part, is_adding
        self.forms = SupplierForms(context, self.known)
        self._behind = 0
        self.table = RowTable(supplier_columns(context.language), name=_("Suppliers"), key="catalog.suppliers")
        self.set_table(self.table)
        self.add_search(lambda _text: self.reload(), _("Code, name, pinyin or contact")).setText(text)
        self.chips.add(ChipSpec("retired", _("Show retired")))
        self.chips.changed.connect(self.reload)
        self._add_actions()
        follow_rows(self, self.table, self._on_row)
        context.hub.watch(self, ("supplier", "item"), self.reload)
        self.known.ready.connect(self._on_ready)
        self.start_loading()

    def reload(self) -> None:
        """Ask for the suppliers again."""
        if self.known.is_ready:
            self.context.ops.ask(
                self,
                catalog.list_suppliers,
                text=self.head.search_text(),
                is_active=self._is_active(),
                then=self._take_rows,
            )

    def open_supplier(self, supplier_id: int) -> None:
        """Show one supplier beside the list."""
        self._behind = 0
        panel = SupplierPanel(self.context, self.known, supplier_id, self._part)
        panel.form_wanted.connect(lambda kind, row: self._form(panel, kind, row))
        self.open_panel(panel, CARD)

    def new_supplier(self) -> None:
        """Open the form of a new supplier."""
        self._open_form(self.forms.new(), 0)

    def prepare_sheet(self) -> MakeSheet:
        ask, text, is_active, notation = (
            self.context.office.ask, self.head.search_text(), self._is_active(), self.known.notation(),
        )  # fmt: skip

        def make() -> Sheet:
            rows = ask(catalog.list_suppliers, text=text, is_active=is_active)
            return Sheet(_("Suppliers"), SUPPLIER_FILE, supplier_file_rows(rows), notation=notation)

        return make

    def more_keys(self) -> Sequence[KeyHint]:
        return (*super().more_keys(), KeyHint("Ctrl+E", _("Export as Excel")))

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    # --- inside

    def _is_active(self) -> bool | None:
        return None if self.chips.values()["retired"] else True

    def _add_actions(self) -> None:
        starts = []
        go = self.context.shell.go
        if self.may(Permission.SUPPLIER_EDIT):
            self.set_primary(_("New supplier"), self.new_supplier)
            starts.append((_("New supplier"), self.new_supplier))
        if self.context.shell.can_go("settings.import"):
            starts.append((_("Import from a file"), lambda: go("settings.import", kind="suppliers")))
            self.add_more(_("Import a price list"), lambda: go("settings.import", kind="supplier-prices"), "import")
        self.add_files()
        words = _("Whoever goods are bought from stands here, with terms, prices and receipts.")
        self.say_empty(_("No suppliers yet"), words, starts, "supplier")

    def _on_ready(self) -> None:
        self.reload()
        if self._is_adding:
            self._is_adding = False
            self.new_supplier()

    def _take_rows(self, rows: list[SupplierRow]) -> None:
        state = next(at for at, column in enumerate(self.table.columns) if column.key == "state")
        self.table.setColumnHidden(state, all(row.is_active and not row.is_blocked for row in rows))
        self.table.set_rows(rows)
        if self._wanted_id:
            wanted, self._wanted_id = self._wanted_id, 0
            self.table.select_where(lambda row: row.id == wanted)
            self.open_supplier(wanted)

    def _on_row(self, row: SupplierRow) -> None:
        panel = self.panel()
        is_same = isinstance(panel, SupplierPanel) and panel.supplier_id == row.id
        if not is_same and not self.has_unsaved():
            self.open_supplier(row.id)

    def _form(self, panel: SupplierPanel, kind: str, row: object) -> None:
        card, supplier_id = panel.card, panel.supplier_id
        self._part = panel.part
        if card is None:
            return
        if isinstance(row, SupplierItemRow):
            self.context.ops.ask(
                panel, catalog.get_item, item_id=row.id, then=lambda item: self._term_form(item, supplier_id)
            )
        elif isinstance(row, ContactRow):
            self._open_form(self.forms.contact(card, row), supplier_id)
        else:
            self._open_form(getattr(self.forms, kind)(card), supplier_id)

    def _term_form(self, item: ItemCard, supplier_id: int) -> None:
        form = self.forms.term(item, supplier_id)
        if form is not None:
            self._open_form(form, supplier_id)

    def _open_form(self, panel: FormPanel, supplier_id: int) -> None:
        def done(answer: object) -> None:
            self.open_supplier(supplier_id or (answer if isinstance(answer, int) else 0))

        panel.saved.connect(done)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, CARD)
        self._behind = supplier_id
        panel.focus_field()

    def _on_panel_closed(self) -> None:
        behind, self._behind = self._behind, 0
        if behind:
            self.open_supplier(behind)
        else:
            super()._on_panel_closed()
