"""The category tree and the units of the site: short lists with a form beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from core import catalog
from core.catalog import CategoryRow, UnitRow
from core.documents import Column as FileColumn
from core.documents import Sheet
from core.i18n import Text, _
from core.words import Permission
from desktop.catalog.form_panel import RecordForm
from desktop.catalog.item_fields import said_value
from desktop.catalog.page import CatalogPage
from desktop.catalog.parts import INDENT, follow_rows, title_in
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.widgets import Button, Choice, CodeEdit, Column, Form, FormPanel, Kind, QtyEdit, RowTable, TextEdit

WIDE = 420
DIMENSIONS: tuple[tuple[str, Text], ...] = (
    ("", _("Things that are counted")), ("mass", _("Mass")), ("volume", _("Volume")), ("length", _("Length")),
)  # fmt: skip
SMALLEST = {"": "", "mass": "g", "volume": "ml", "length": "m"}


class _FormPage(CatalogPage):
    """A list whose rows open as a form, for those who may change them."""

    table: RowTable

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()

    def show_form(self, panel: FormPanel, field: str = "") -> None:
        """Open a form beside the list."""

        def done(_answer: object) -> None:
            self.close_panel()
            self.reload()

        panel.saved.connect(done)
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, WIDE)
        panel.focus_field(field)

    def do(self, panel: FormPanel, command: Callable[..., Any], done: Text, **args: Any) -> None:
        """Do a command of a form."""

        def then(answer: object) -> None:
            self.context.shell.say(done)
            panel.done(answer)

        self.context.ops.do(panel, command, then=then, failed=panel.show_error, **args)


class CategoriesPage(_FormPage):
    """The tree, each branch under the one it hangs on."""

    def __init__(self, context: AppContext, *, category_id: int = 0) -> None:
        super().__init__(context, _("Categories"), _("The tree items are sorted into; a prefix begins their codes."))
        self._wanted_id = category_id
        self._rows: list[CategoryRow] = []
        language = context.language
        columns = [
            Column(
                "name", _("Category"), 280, stretch=True, sortable=False,
                value=lambda row: f"{INDENT * row.depth * 2}{title_in(row, language)}",
            ),
            Column("other", _("Other language"), 220, muted=True, sortable=False, value=self._other),
            Column("code_prefix", _("Code prefix"), 110, sortable=False),
            Column("items", _("Items"), 90, kind=Kind.QTY, sortable=False),
        ]  # fmt: skip
        self.table = RowTable(columns, name=_("Categories"), key="catalog.categories")
        self.set_table(self.table)
        self._may = self.may(Permission.ITEM_EDIT)
        starts = []
        if self._may:
            self.set_primary(_("New category"), self.new_category)
            starts.append((_("New category"), self.new_category))
            follow_rows(self, self.table, self._on_row)
        self.add_files()
        self.say_empty(_("No categories yet"), _("Such as vegetables, meat, drinks, consumables."), starts, "folder")
        context.hub.watch(self, ("item",), self.reload)
        self.known.ready.connect(self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Ask for the tree again."""
        if self.known.is_ready:
            self.context.ops.ask(self, catalog.list_categories, then=self._take_rows)

    def new_category(self) -> None:
        """Open the form of a new branch, below the one chosen."""
        form = self._make_form(None)
        current = self.table.current_row()
        form.set_values({"parent_id": current.id if current is not None else None})

        def send(values: dict[str, Any]) -> None:
            words = {key: values[key] or "" for key in ("name", "name_en", "code_prefix")}
            self.do(
                panel, catalog.create_category, _("{name} was created.", name=words["name"]),
                parent_id=values["parent_id"], **words,
            )  # fmt: skip

        panel = FormPanel(_("New category"), form, send, verb=_("Create"))
        self.show_form(panel)

    def edit_category(self, row: CategoryRow) -> None:
        """Open the form of a branch: rename it, hang it elsewhere, or remove it while it is empty."""
        panel = RecordForm(
            _("Edit {name}", name=title_in(row, self.context.language)), self._make_form(row),
            said=lambda key, value: said_value(self.known, "category_id" if key == "parent_id" else key, value),
        )  # fmt: skip

        def change(changes: dict[str, object], base: dict[str, object], version: int) -> None:
            self.do(
                panel, catalog.update_category, _("Saved."), category_id=row.id, version=version, changes=changes,
                base=base,
            )  # fmt: skip

        def fetch(then: Callable[[Mapping[str, object], int], object]) -> None:
            def found(rows: list[CategoryRow]) -> None:
                fresh = next((one for one in rows if one.id == row.id), row)
                then(asdict(fresh), fresh.version)

            self.context.ops.ask(panel, catalog.list_categories, then=found)

        panel.change, panel.fetch = change, fetch
        panel.fill(asdict(row), row.version)
        remove = lambda: self.do(panel, catalog.remove_category, _("Removed."), category_id=row.id)  # noqa: E731
        panel.add_action(Button(_("Remove"), remove, icon_name="trash", kind="danger"))
        self.show_form(panel)

    def prepare_sheet(self) -> MakeSheet:
        ask = self.context.office.ask
        columns = (
            FileColumn("path", _("Category")), FileColumn("path_en", _("English name")),
            FileColumn("prefix", _("Code prefix")), FileColumn("items", _("Items"), "number"),
        )  # fmt: skip

        def make() -> Sheet:
            rows = ask(catalog.list_categories)
            return Sheet(
                _("Categories"), columns, ((row.path, row.path_en, row.code_prefix, row.items) for row in rows)
            )

        return make

    def _make_form(self, row: CategoryRow | None) -> Form:
        form = Form()
        form.add("name", _("Name"), TextEdit(most=80), required=True)
        form.add("name_en", _("English name"), TextEdit(most=80))
        below = self._below(row)
        language = self.context.language
        options = [
            (one.id, f"{INDENT * one.depth}{title_in(one, language)}") for one in self._rows if one.id not in below
        ]
        form.add("parent_id", _("Hangs below"), Choice(options=options, empty=_("nothing: a branch of its own")))
        form.editor("parent_id").set_value(None)
        hint = _("Codes of its items begin so: BRK gives BRK-001.")
        form.add("code_prefix", _("Code prefix"), CodeEdit(most=20, upper=True), hint=hint)
        return form

    def _below(self, row: CategoryRow | None) -> set[int]:
        """A branch and all that hangs below it: it cannot hang there itself."""
        if row is None:
            return set()
        return {one.id for one in self._rows if one.id == row.id or one.path.startswith(f"{row.path}/")}

    def _other(self, row: CategoryRow) -> str:
        other = row.name if self.context.language == "en" else row.name_en
        return other if other != title_in(row, self.context.language) else ""

    def _take_rows(self, rows: list[CategoryRow]) -> None:
        self._rows = rows
        self.table.set_rows(rows)
        wanted, self._wanted_id = self._wanted_id, 0
        row = next((one for one in rows if one.id == wanted), None)
        if row is not None and self._may:
            self.table.select_where(lambda one: one.id == wanted)
            self.edit_category(row)

    def _on_row(self, row: CategoryRow) -> None:
        if not self.has_unsaved():
            self.edit_category(row)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list; the list knows it by its code."""

    id: str
    row: UnitRow
    name: str
    name_en: str
    dimension: str
    factor: Decimal | None


class UnitsPage(_FormPage):
    """The units of the site."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Units"), _("What quantities are written in, with their names in both languages."))
        names = dict(DIMENSIONS)
        columns = [
            Column("id", _("Unit"), 110),
            Column("name", _("Chinese name"), 180, stretch=True),
            Column("name_en", _("English name"), 180, stretch=True),
            Column("dimension", _("Measures"), 190, value=lambda line: names[line.dimension]),
            Column("factor", _("Size of one"), 150, kind=Kind.QTY, value=lambda line: line.factor),
            Column(
                "smallest", _("of"), 60, kind=Kind.UNIT, value=lambda line: SMALLEST[line.dimension], sortable=False
            ),
        ]
        self.table = RowTable(columns, name=_("Units"), key="catalog.units")
        self.set_table(self.table)
        if self.may(Permission.ITEM_EDIT):
            self.set_primary(_("New unit"), self.new_unit)
            follow_rows(self, self.table, self._on_row)
        self.add_files()
        self.say_empty(_("No units yet"), _("Such as kg, L, case, bag."), (), "scale")
        context.hub.watch(self, ("item",), self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the units again."""
        self.context.ops.ask(self, catalog.list_units, then=self._take_rows)

    def new_unit(self) -> None:
        """Open the form of a new unit."""
        form = Form()
        form.add("code", _("Unit"), TextEdit(most=20), required=True, hint=_("Short, as it stands behind a number."))
        form.add("name", _("Chinese name"), TextEdit(most=40))
        form.add("name_en", _("English name"), TextEdit(most=40))
        form.add("dimension", _("Measures"), Choice(options=DIMENSIONS, search=False), required=False)
        form.add(
            "factor", _("Size of one"), QtyEdit(),
            hint=_("Mass in grams, volume in millilitres, length in metres: 500 for 斤. Not for things that are counted."),
        )  # fmt: skip
        form.set_values({"dimension": ""})

        def send(values: dict[str, Any]) -> None:
            words = {key: values[key] or "" for key in ("code", "name", "name_en", "dimension")}
            self.do(
                panel, catalog.create_unit, _("{name} was created.", name=words["code"]),
                factor=values["factor"] or Decimal(1), **words,
            )  # fmt: skip

        panel = FormPanel(_("New unit"), form, send, verb=_("Create"))
        self.show_form(panel)

    def edit_unit(self, row: UnitRow) -> None:
        """Open the form that renames a unit; its code and factor stay, since quantities are written with them."""
        form = Form()
        form.add("name", _("Chinese name"), TextEdit(most=40))
        form.add("name_en", _("English name"), TextEdit(most=40))
        form.set_values({"name": row.name, "name_en": row.name_en})

        def send(values: dict[str, Any]) -> None:
            names = {key: value or "" for key, value in values.items()}
            self.do(panel, catalog.update_unit, _("Saved."), code=row.code, **names)

        panel = FormPanel(_("Rename {unit}", unit=row.code), form, send)
        self.show_form(panel)

    def prepare_sheet(self) -> MakeSheet:
        ask, names = self.context.office.ask, dict(DIMENSIONS)
        columns = (
            FileColumn("code", _("Unit")), FileColumn("name", _("Chinese name")), FileColumn("en", _("English name")),
            FileColumn("dimension", _("Measures")), FileColumn("factor", _("Size of one"), "qty"),
        )  # fmt: skip

        def make() -> Sheet:
            rows = ask(catalog.list_units)
            cells = ((row.code, row.name, row.name_en, names[row.dimension], row.factor) for row in rows)
            return Sheet(_("Units"), columns, cells)

        return make

    def _take_rows(self, rows: list[UnitRow]) -> None:
        lines = [
            UnitLine(
                row.code, row, row.name, row.name_en, row.dimension, row.factor if row.dimension else None
            )
            for row in rows
        ]  # fmt: skip
        self.table.set_rows(lines)

    def _on_row(self, line: UnitLine) -> None:
        if not self.has_unsaved():
            self.edit_unit(line.row)
