"""Label layouts: those that came with the program and this site's own; designed, copied, taken from and to files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from core import labels
from core.errors import CoreError, NeedsConfirmation, Refused
from core.i18n import _
from core.labels import Layout, LayoutRow
from core.words import Permission
from desktop.context import AppContext
from desktop.labels.looks import SUBJECT_WORDS
from desktop.labels.preview import LabelPreview
from desktop.printing.list_file import write_file
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    Button,
    ChipSpec,
    Column,
    DetailPanel,
    Kind,
    PageBase,
    RowTable,
    Words,
    instant_words,
    ui_text,
)

PANEL = 420
LARGEST = 2_000_000


class LayoutsPage(PageBase):
    """`code` opens one."""

    def __init__(self, context: AppContext, *, code: str = "") -> None:
        super().__init__(_("Label layouts"), _("How labels look: ready ones, and those made here"))
        self.context = context
        self._wanted = code
        self._rows: list[LayoutRow] = []
        spoken = context.language
        columns = [
            Column("name", _("Name"), 260, stretch=True, value=lambda row: row.name.render(spoken)),
            Column("code", _("Code"), 150, muted=True),
            Column("subject", _("Label for"), 110, value=lambda row: SUBJECT_WORDS.get(row.subject, row.subject)),
            Column("size", _("Label size"), 120, value=lambda row: _("{w} × {h} mm", w=f"{row.width:g}", h=f"{row.height:g}")),
            Column("is_own", _("Origin of the layout"), 150, kind=Kind.BADGE, value=_look),
            Column("saved_by", _("By"), 120, muted=True, wide_only=True),
        ]  # fmt: skip
        self.table = RowTable(columns, name=_("Label layouts"), key="labels.layouts")
        self.set_table(self.table)
        self.add_search(lambda _text: self._show_rows(), _("Name, code or size"))
        self.chips.add(ChipSpec("subject", _("Label for"), tuple(SUBJECT_WORDS.items())))
        self.chips.add(ChipSpec("own", _("Own only")))
        self.chips.add(ChipSpec("retired", _("Show retired")))
        self.chips.changed.connect(self._on_chips)
        if context.shell.may(Permission.LABEL_DESIGN):
            self.set_primary(_("New layout"), lambda: context.shell.go("labels.design"))
            self.add_more(_("Import from a file"), self.ask_file, "import", "Ctrl+I")
        self.head.add_button(Button(_("Labels to print"), lambda: context.shell.go("labels"), icon_name="barcode"))
        self.table.row_activated.connect(self.open_row)
        self.table.current_changed.connect(lambda row: self.open_row(row) if row is not None else None)
        context.hub.watch(self, ("label_layout",), self.reload)
        self.start_loading()
        self.reload()

    def reload(self) -> None:
        """Ask for the layouts again."""
        with_retired = bool(self.chips.values()["retired"])
        self.context.ops.ask(
            self, labels.list_layouts, with_retired=with_retired, then=self._on_layouts, failed=self.show_error
        )

    def _on_layouts(self, rows: list[LayoutRow]) -> None:
        self._rows = rows
        self._show_rows()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.table.select_where(lambda row: row.code == wanted)
        else:
            self.table.select_first()

    def _on_chips(self) -> None:
        self._show_rows()
        self.reload()

    def _show_rows(self) -> None:
        chosen, letters, spoken = self.chips.values(), self.head.search_text().casefold(), self.context.language
        fitting = [
            row
            for row in self._rows
            if (chosen["subject"] is None or row.subject == chosen["subject"])
            and (row.is_own or not chosen["own"])
            and letters in f"{row.code} {row.name.render(spoken)} {row.width:g}x{row.height:g}".casefold()
        ]
        self.table.set_rows(fitting)
        self.set_count(len(fitting), len(self._rows))

    def open_row(self, row: LayoutRow) -> None:
        """Show a layout beside the list."""
        panel = self.panel()
        if isinstance(panel, LayoutPanel) and panel.row == row:
            return
        fresh = LayoutPanel(self.context, row)
        fresh.changed.connect(self.reload)
        self.open_panel(fresh, PANEL)

    # --- files

    def ask_file(self) -> None:
        """Ask for a layout's file."""
        asked = QFileDialog(self, ui_text(_("Import a layout")), "", "JSON (*.json)")
        asked.setFileMode(QFileDialog.FileMode.ExistingFile)
        asked.fileSelected.connect(lambda name: self.import_file(Path(name)))
        asked.open()

    def import_file(self, path: Path) -> None:
        """Bring a layout in; what is wrong with the file is said in a sentence."""
        try:
            text = path.read_bytes()[: LARGEST + 1].decode("utf-8-sig", "replace")
        except OSError as fault:
            error = Refused(
                _("The file {file} cannot be read: {why}.", file=path.name, why=fault.strerror or str(fault))
            )
            self._refused(error)
            return
        self.context.ops.do(self, labels.import_layout, text=text, then=self._imported, failed=self._refused)

    def _imported(self, code: str) -> None:
        self.context.shell.say(_("Layout {name} saved.", name=code))
        self._wanted = code
        self.reload()

    def _refused(self, error: CoreError) -> None:
        if not isinstance(error, NeedsConfirmation):
            self.context.shell.show_error(error.text)


class LayoutPanel(DetailPanel):
    """One layout: its picture with samples, what can be done with it."""

    changed = Signal()

    def __init__(self, context: AppContext, row: LayoutRow) -> None:
        super().__init__(row.name.render(context.language), row.code, _look(row))
        self._context, self.row = context, row
        self.preview = LabelPreview(context, high=250)
        self.add_widget(self.preview)
        facts: list[tuple[Words, Words]] = [(_("Label for"), SUBJECT_WORDS.get(row.subject, row.subject))]
        if row.saved_at is not None:
            facts.append((_("Saved"), f"{instant_words(row.saved_at)}  {row.saved_by}"))
        self.add_facts(facts)
        go = context.shell.go
        if context.shell.may(Permission.LABEL_DESIGN):
            if row.is_own:
                design = lambda: go("labels.design", code=row.code)  # noqa: E731
                self.add_action(Button(_("Design"), design, icon_name="edit", kind="primary"))
            copy = lambda: go("labels.design", code=row.code, is_copy=True)  # noqa: E731
            kind = "plain" if row.is_own else "primary"
            self.add_action(Button(_("Copy and change"), copy, icon_name="copy", kind=kind))
        self.add_action(Button(_("Export"), self._ask_where, icon_name="export"))
        if row.is_own and row.is_active and context.shell.may(Permission.LABEL_DESIGN):
            self.add_action(Button(_("Retire"), self._retire, kind="danger"))
        context.ops.ask(self, labels.get_layout, code=row.code, then=self._on_layout)

    def _on_layout(self, layout: Layout) -> None:
        self.preview.show_label(layout, labels.sample_content(layout, self._context.language))

    def _ask_where(self) -> None:
        asked = QFileDialog(self, ui_text(_("Save as")), f"{self.row.code}.json", "JSON (*.json)")
        asked.setDefaultSuffix("json")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.fileSelected.connect(lambda name: self.export_to(Path(name)))
        asked.open()

    def export_to(self, path: Path) -> None:
        """Write the layout to a file."""

        def write(text: str) -> None:
            try:
                write_file(path, lambda part: part.write_text(text, encoding="utf-8"))
            except CoreError as error:
                self._context.shell.show_error(error.text)
                return
            self._context.shell.say(_("Saved to {file}.", file=path.name))

        self._context.ops.ask(self, labels.get_layout_file, code=self.row.code, then=write)

    def _retire(self) -> None:
        self._context.ops.do(
            self, labels.retire_layout, code=self.row.code, version=self.row.version,
            then=lambda _version: self.changed.emit(), failed=lambda error: self._context.shell.show_error(error.text),
        )  # fmt: skip


def _look(row: LayoutRow) -> BadgeLook:
    if not row.is_active:
        return BadgeLook(_("Retired"))
    return BadgeLook(_("Own"), Meaning.ACCENT) if row.is_own else BadgeLook(_("Ready-made"))
