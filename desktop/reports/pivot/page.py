"""Own questions without SQL: fields of a prepared table are dragged into wells, the answer stands as grid and chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core import reports
from core.errors import CoreError, NotFound
from core.i18n import Text, _
from core.reports import ChartSpec, Drill, Pivot, PivotAsked, PivotFilter, PivotSort, PivotTable, SpanKind, ViewRow
from core.words import Period
from desktop.context import AppContext
from desktop.jobs import Job
from desktop.reports.pivot.behind import BehindPanel
from desktop.reports.pivot.body import PivotBody
from desktop.reports.pivot.files import PivotSource, ask_and_write
from desktop.reports.pivot.filter_panel import FilterPanel
from desktop.reports.pivot.keeping import PivotKeeping
from desktop.reports.pivot.layout import (
    MOST_FIELDS,
    History,
    Well,
    filter_of,
    filtered,
    is_measure,
    placed,
    taken_out,
    to_ask,
    turned,
)
from desktop.reports.pivot.lines import GridColumn, GridLine
from desktop.reports.pivot.starting import usual_asked
from desktop.reports.report.going import can_open, open_drill
from desktop.reports.report.period import PeriodChips
from desktop.widgets import Button, Chip, ChipSpec, KeyHint, MenuChip, PageBase, ui_text

WIDTH, BEHIND_WIDTH = 340, 460
STOPPED = _("You stopped this pivot before it was read. Try again, or limit it first.")
FORMS = (("csv", _("Export as CSV")), ("pdf", _("Export as PDF")), ("json", _("Export as JSON")))
TOPICS = ("stock", "item", "count", "order", "receipt", "invoice", "supplier")
TOPS = (5, 10, 20, 50)


@dataclass(frozen=True)
class OfPeriod:
    """What the period chips are told of a pivot: it can be about any time."""

    span: SpanKind = SpanKind.PERIOD
    is_of_period: bool = True
    chart: ChartSpec | None = None


class PivotPage(PageBase):
    """`asked` or a saved view (`view_id`) is what it opens with; `panel` is filter, behind or save."""

    def __init__(
        self,
        context: AppContext,
        *,
        asked: PivotAsked | None = None,
        view_id: int = 0,
        panel: str = "",
        schedule: bool = False,
    ) -> None:
        super().__init__(_("Pivot"), _("Own questions: drag fields down, across and among the values"))
        self._context, self._asked, self._view_id = context, asked, view_id
        self._panel_wanted = panel
        self._tables: dict[str, PivotTable] = {}
        self._history = History()
        self._job: Job | None = None
        self._is_asking = False
        self.pivot: Pivot | None = None
        self.body = PivotBody()
        self.keeping = PivotKeeping(context, self, self.asked, self._table_title, self._on_views)
        self.set_content(self.body)
        self._add_chips()
        self._add_ways()
        self._connect()
        self.start_loading()
        context.ops.ask(self, reports.list_pivot_tables, then=self._know, failed=self.show_error)

    # --- setting up

    def _add_chips(self) -> None:
        self._period = PeriodChips(self._context, self.chips, OfPeriod())
        self._period.changed.connect(self._on_period)
        self._views = self._menu("view", _("View"))
        self._views.hide()
        self._views.chosen.connect(self._on_view)
        self._top = self._menu("top", _("Largest"))
        self._top.set_options([(number, _("The first {n}", n=number)) for number in TOPS])
        self._top.chosen.connect(self._on_top)
        self._shut = self._chip(_("Groups only"), self.body.grid.shut_all)
        self._chip(_("Shading"), self.body.grid.shade)
        self._chip(_("Chart"), self.body.want_chart, is_on=True)

    def _menu(self, key: str, words: Text) -> MenuChip:
        chip = self.chips.add(ChipSpec(key, words, ()))
        assert isinstance(chip, MenuChip)
        return chip

    def _chip(self, words: Text, tell: Callable[[bool], object], *, is_on: bool = False) -> Chip:
        chip = Chip(words, is_on=is_on)
        chip.toggled.connect(tell)
        self.chips.add_widget(chip)
        return chip

    def _add_ways(self) -> None:
        self.head.add_button(Button(_("Save view"), self.keeping.save, icon_name="save", key="Ctrl+S"))
        self.set_primary(_("Export as Excel"), lambda: self._export("xlsx"), "export")
        for form, words in FORMS:
            self.add_more(words, partial(self._export, form), "export")
        self.add_more(_("Print"), self.print_page, "print", "F8")
        self.add_more(_("Turn rows and columns about"), self.turn, "transfer", "Ctrl+T")
        self.add_more(_("Begin anew"), self.begin_anew, "close")
        self.add_more(_("Undo the last change"), self.undo, "undo", "Ctrl+Z")
        self.add_more(_("Do it again"), self.redo, "refresh", "Ctrl+Y")
        self.add_more(_("Save as a new view"), lambda: self.keeping.save(is_new=True), "save")
        self.add_more(_("Remove this view"), self.keeping.remove, "trash")
        if self.keeping.can_schedule():
            self.add_more(_("Make it by itself"), self.keeping.schedule, "clock")

    def _connect(self) -> None:
        body = self.body
        body.table_chosen.connect(self._on_table)
        body.fields.place_wanted.connect(self.place)
        body.fields.out_wanted.connect(self.take_out)
        body.wells.placed.connect(self.place)
        body.wells.out_wanted.connect(self.take_out)
        body.wells.opened.connect(self.open_filter)
        body.grid.opened.connect(self.open_behind)
        body.grid.sort_wanted.connect(self._on_sort)
        self._context.hub.watch(self, TOPICS, self._refresh)
        self._context.hub.watch(self, ("report_view",), self.keeping.load)

    # --- what is asked

    def asked(self) -> PivotAsked:
        """What is on the page now."""
        assert self._asked is not None
        return self._asked

    def _know(self, tables: Sequence[PivotTable]) -> None:
        self._tables = {one.name: one for one in tables if one.measures}
        if not self._tables:
            self.show_error(NotFound(_("There is no prepared table you may see. Ask for the right to see stock.")))
            return
        self.body.offer(tuple(self._tables.values()))
        self.keeping.load()
        if self._view_id:
            self._context.ops.ask(
                self, reports.get_view, view_id=self._view_id, then=self._open_view, failed=self.show_error
            )
        else:
            first = next(iter(self._tables.values()))
            self._start(self._asked or usual_asked(first))

    def _open_view(self, view: ViewRow) -> None:
        if not isinstance(view.asked, PivotAsked):
            self.show_error(_("This view was saved by another version of the program. Open it and save it again."))
            return
        self.keeping.view = view
        self.keeping.load()
        self._start(view.asked)

    def _start(self, asked: PivotAsked) -> None:
        """Begin with this, as a view or another page has it."""
        if asked.table not in self._tables:
            self.show_error(NotFound(_("You may not see the table of this pivot, or it is gone. Choose another one.")))
            return
        self._history.clear()
        word = asked.period
        if not word and asked.span.start is None and asked.span.end is None and self._table_of(asked).is_of_period:
            word = Period.LAST_12_MONTHS.value
        self._period.show(asked.span, word)
        self._asked = replace(asked, span=self._span(asked), period=self._period.word)
        self.show_content()
        self._show_asked()
        self.reload()

    def _span(self, asked: PivotAsked) -> reports.Span:
        return self._period.span() if self._table_of(asked).is_of_period else reports.Span()

    def _table_of(self, asked: PivotAsked) -> PivotTable:
        return self._tables[asked.table]

    def _table_title(self) -> Text:
        return self._table_of(self.asked()).title

    def change(self, asked: PivotAsked) -> None:
        """Ask otherwise; what was asked before can be had back by Ctrl+Z."""
        if asked != self._asked and self._asked is not None:
            self._history.keep(self._asked)
            self._take_over(asked)

    def _take_over(self, asked: PivotAsked) -> None:
        self._asked = asked
        self._show_asked()
        self.reload()

    def _show_asked(self) -> None:
        asked = self.asked()
        table = self._table_of(asked)
        self.body.show_asked(table, asked)
        self._period.set_shown(table.is_of_period)
        self._shut.setVisible(len(asked.rows) > 1)
        self._top.setVisible(bool(asked.rows))
        self._top.blockSignals(True)
        self._top.choose(asked.top or None)
        self._top.blockSignals(False)

    # --- asking

    def reload(self) -> None:
        """Ask for the pivot; after a second a bar says that it is read, with Cancel."""
        if self._asked is None or not self._tables:
            return
        if not self._asked.measures:
            self._stop_asking()
            self._is_asking = False
            self.body.show_nothing(
                _("No figure chosen"),
                _("Drag a figure among the values, or go to one in the list and press V."),
            )
            return
        self.body.start_loading(_("Reading…"), self._stop)
        self._ask()

    def _refresh(self) -> None:
        """Something was posted: what is shown stays until the new figures are here."""
        if self.pivot is not None and self._asked is not None and self._asked.measures:
            self._asked = replace(self._asked, span=self._span(self._asked))
            self._ask()

    def _ask(self) -> None:
        asked = replace(to_ask(self.asked()), language=self._context.language)
        self._is_asking = True
        self._job = self._context.ops.ask(
            self, reports.get_pivot, then=self._take, failed=self._failed, key="pivot", asked=asked
        )

    def _stop_asking(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stop(self) -> None:
        self._stop_asking()
        self._say_error(STOPPED)

    def _failed(self, error: CoreError) -> None:
        self._say_error(error.text)

    def _say_error(self, words: Text | str) -> None:
        self._is_asking = False
        self.body.show_error(words, self.reload)
        self.head.hide_count()

    def _take(self, pivot: Pivot) -> None:
        self._is_asking = False
        self.pivot = pivot
        if not pivot.total:
            self.head.hide_count()
            self.body.show_nothing(
                _("Nothing fits what is asked"), _("Choose another time, or take filters away."),
                [(_("Without filters"), lambda: self.change(replace(self.asked(), filters=())))],
            )  # fmt: skip
            return
        self.set_count(len(pivot.rows))
        self.body.show_pivot(pivot)
        self._open_wanted_panel()

    def _open_wanted_panel(self) -> None:
        wanted, self._panel_wanted = self._panel_wanted, ""
        if wanted == "filter" and self.asked().rows:
            self.open_filter(self.asked().rows[0])
        elif wanted == "behind":
            self.open_behind(self.body.grid.cells.lines[0], self.body.grid.cells.columns[0])
        elif wanted == "save":
            self.keeping.save()

    def is_loaded(self) -> bool:
        return super().is_loaded() and not self._is_asking

    def error_text(self) -> str:
        return super().error_text() or self.body.error_text()

    # --- asking otherwise

    def place(self, key: str, well: Well, at: int = -1) -> None:
        """Put a field into a well."""
        wanted = placed(self.asked(), key, well, at)
        if len(wanted.rows) + len(wanted.columns) > MOST_FIELDS:
            self._context.shell.say(_("At most {n} fields stand down and across. Take one out first.", n=MOST_FIELDS))
            return
        self.change(wanted)

    def take_out(self, key: str) -> None:
        """Take a field out of its well."""
        self.change(taken_out(self.asked(), key, is_figure=is_measure(self._table_of(self.asked()), key)))

    def turn(self) -> None:
        """What stands down stands across, and the other way about."""
        self.change(turned(self.asked()))

    def begin_anew(self) -> None:
        """The table as it is opened first."""
        usual = usual_asked(self._table_of(self.asked()))
        self.change(replace(usual, span=self.asked().span, period=self.asked().period))

    def undo(self) -> None:
        """Take the last change back."""
        before = None if self._asked is None else self._history.undo(self._asked)
        if before is not None:
            self._back_to(before)

    def redo(self) -> None:
        """Do again what was taken back."""
        after = None if self._asked is None else self._history.redo(self._asked)
        if after is not None:
            self._back_to(after)

    def _back_to(self, asked: PivotAsked) -> None:
        self._period.show(asked.span, asked.period)
        self._take_over(asked)

    def _on_table(self, name: str) -> None:
        if self._asked is not None and name != self._asked.table:
            usual = usual_asked(self._tables[name])
            kept = replace(usual, period=self._period.word)
            self.keeping.view = None
            self.change(replace(kept, span=self._span(kept)))

    def _on_period(self) -> None:
        if self._asked is not None and self._table_of(self._asked).is_of_period:
            self.change(replace(self._asked, span=self._period.span(), period=self._period.word))

    def _on_top(self, number: int | None) -> None:
        asked = self.asked()
        sort = asked.sort
        if number and sort is None and asked.measures:
            sort = PivotSort(asked.measures[0])
        self.change(replace(asked, top=number or 0, sort=sort))

    def _on_sort(self, sort: PivotSort | None) -> None:
        self.change(replace(self.asked(), sort=sort))

    def _on_views(self, rows: Sequence[ViewRow]) -> None:
        self._views_known = {row.id: row for row in rows}
        self._views.blockSignals(True)
        self._views.set_options([(row.id, row.name) for row in rows])
        self._views.choose(self.keeping.view_id or None)
        self._views.blockSignals(False)
        self._views.setVisible(bool(rows))

    def _on_view(self, view_id: int | None) -> None:
        view = self._views_known.get(view_id) if view_id is not None else None
        self.keeping.view = view
        if view is not None:
            self._start(view.asked)

    # --- panels

    def open_filter(self, key: str) -> None:
        """The values of a field, to be ticked; of a figure what it means."""
        table = self._table_of(self.asked())
        if is_measure(table, key):
            return
        field = next(one for one in table.dimensions if one.key == key)
        panel = FilterPanel(field, filter_of(self.asked(), key))
        panel.chosen.connect(self._on_filter)
        self.open_panel(panel, WIDTH)
        self._context.ops.ask(
            panel, reports.list_pivot_values, then=panel.show_values, failed=panel.show_error,
            table=table.name, field=key, language=self._context.language,
        )  # fmt: skip

    def _on_filter(self, wanted: PivotFilter) -> None:
        self.change(filtered(self.asked(), wanted))

    def open_behind(self, line: GridLine, column: GridColumn) -> None:
        """The entries behind a figure."""
        pivot, grid = self.pivot, self.body.grid
        if pivot is None:
            return
        measure = pivot.measures[column.measure]
        panel = BehindPanel(measure, _figure(line, column), grid.heading(line, column))
        panel.opened.connect(self._go)
        self.open_panel(panel, BEHIND_WIDTH)
        asked = replace(pivot.asked, measures=(measure.key,), sort=None, top=0)
        if line.is_rest:
            alone = tuple(dict.fromkeys(row.keys[0] for row in pivot.rows if not row.is_rest))
            asked = replace(asked, filters=(*asked.filters, PivotFilter(asked.rows[0], alone, is_without=True)))
        across = () if column.is_total else pivot.columns[column.head].keys
        self._context.ops.ask(
            panel, reports.list_pivot_lines, then=panel.show_lines, failed=panel.show_error, asked=asked,
            row=line.keys, column=across,
        )  # fmt: skip
        panel.table.setFocus()

    def _go(self, drill: Drill) -> None:
        if can_open(self._context, drill):
            open_drill(self._context, drill, reports.Asked(), reports.Span())

    # --- files, paper, keys

    def _export(self, form: str) -> None:
        if self._asked is not None and self._asked.measures:
            ask_and_write(self._context, self, self._table_title(), to_ask(self._asked), form)

    def print_page(self) -> None:
        """The pivot as a paper (F8)."""
        if self._asked is not None and self._asked.measures:
            office, language = self._context.office, self._context.language
            title = ui_text(self._table_title())
            self._context.shell.make_paper(self, PivotSource.of(office, to_ask(self._asked), title, language))

    def focus_search(self) -> None:
        """F3 goes to the fields."""
        self.body.fields.setFocus()

    def more_keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Ctrl+S", _("Save view")),
            KeyHint("R C V F", _("Field to rows, columns, values, filters")),
            KeyHint("Del", _("Take the field out")),
            KeyHint("Enter", _("Values of a field, entries of a figure")),
            KeyHint("Space", _("Open or shut a group")),
            KeyHint("S", _("Sort by this column")),
            KeyHint("Ctrl+C", _("Copy the chosen cells")),
        )

    def _own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        return [*super()._own_keys(), ("Ctrl+S", self.keeping.save)]


def _figure(line: GridLine, column: GridColumn) -> reports.PivotFigure | None:
    from desktop.reports.pivot.lines import figure_at

    return figure_at(line, column)
