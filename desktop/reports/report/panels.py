"""What opens beside a report: what its figures mean, one figure and where it comes from, its columns, saving a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal

from core.i18n import Text, _
from core.reports import AREA_TITLES, ReportColumn, ReportEntry, ViewEdit, ViewRow
from desktop.reports.report.lines import figure_words
from desktop.widgets import Button, CheckEdit, DetailPanel, Form, FormPanel, Label, TextEdit, Words, money_sign
from desktop.widgets.form_panel import Send


class DefinitionsPanel(DetailPanel):
    """Every figure of the report with its definition."""

    def __init__(self, entry: ReportEntry) -> None:
        super().__init__(_("Definitions"), entry.title)
        self.add_widget(Label(entry.about, wrap=True))
        self.add_facts([(_("Area"), AREA_TITLES[entry.area])])
        for title, about in entry.definitions:
            self.add_section(title, Label(about, "muted", wrap=True))
        for note in entry.notes:
            self.add_section(_("To be noted"), Label(note, "muted", wrap=True))


class FigurePanel(DetailPanel):
    """One figure: how much, of what, how it is reckoned, and the ways to the entries behind it."""

    def __init__(self, column: ReportColumn, value: Decimal | None, of: Words) -> None:
        super().__init__(column.title, of)
        self.value = value
        words = "–" if value is None else figure_words(column.kind, value)
        sign = money_sign() if column.kind in ("money", "cost") and value is not None else ""
        self.add_widget(Label(f"{sign}{words}", "figure"))
        self.add_section(_("How it is reckoned"), Label(column.about or _ADDED, "muted", wrap=True))
        if column.about is not None and column.formula is None:
            self.add_widget(Label(_ADDED, "small", wrap=True))

    def add_way(self, words: Words, do: Callable[[], object]) -> None:
        """A way to what the figure is made of."""
        self.add_action(Button(words, do))


_ADDED = _("It is added up from the ledger's entries, exactly and never rounded before the sum.")


class ColumnsPanel(DetailPanel):
    """Which columns are shown. `chosen(keys)` with each tick; at least one stays."""

    chosen = Signal(object)

    def __init__(self, columns: Sequence[ReportColumn], shown: Sequence[str]) -> None:
        super().__init__(_("Columns"), _("What is ticked is shown, printed and exported."))
        self._boxes = {column.key: CheckEdit(column.title) for column in columns}
        for key, box in self._boxes.items():
            box.set_value(key in shown)
            box.changed.connect(self._on_change)
            self.add_widget(box)
        self.add_action(Button(_("The usual ones"), lambda: self.chosen.emit(())))

    def keys(self) -> tuple[str, ...]:
        """What is ticked, in the report's order."""
        return tuple(key for key, box in self._boxes.items() if box.value())

    def _on_change(self) -> None:
        if self.keys():
            self.chosen.emit(self.keys())


class ViewPanel(FormPanel):
    """Saving what is asked under a name. `edit(values)` makes the view to be saved of the form's values."""

    def __init__(self, report: Text, send: Send, kept: ViewRow | None = None) -> None:
        form = Form()
        form.add("name", _("Name"), TextEdit(most=80), required=True)
        form.add(
            "is_shared",
            _("Who finds it"),
            CheckEdit(_("Everybody who may see reports")),
            hint=_(
                "Otherwise only you. A usual period stays one: “last month” is last month whenever the view is opened."
            ),
        )
        if kept is not None:
            form.set_values({"name": kept.name, "is_shared": kept.is_shared})
        title = _("Save view") if kept is None else _("Change view")
        super().__init__(title, form, send, subtitle=report)


def edit_of(kept: ViewRow) -> ViewEdit:
    """A view as the form showed it."""
    return ViewEdit(kept.kind, kept.source, kept.name, kept.asked, kept.is_shared)
