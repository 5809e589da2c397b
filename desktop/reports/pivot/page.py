"""Own questions without SQL: fields of a prepared table are dragged into wells, the answer stands as grid and chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from core import reports
from core.errors import CoreError, NotFound
from core.i18n import Text, _
from core.reports import Pivot, PivotAsked, PivotTable, ViewRow
from core.words import ViewKind
from desktop.context import AppContext
from desktop.jobs import Job
from desktop.reports.keeping import Shown, ViewKeeping
from desktop.reports.pivot.body import PivotBody
from desktop.reports.pivot.editing import Editing
from desktop.reports.pivot.files import PivotSource, ask_and_write
from desktop.reports.pivot.layout import (
    MOST_FIELDS,
    to_ask,
)
from desktop.reports.pivot.lines import GridColumn, GridLine
from desktop.reports.pivot.opening import PivotPanels
from desktop.reports.pivot.shaping import PivotShaping
from desktop.reports.pivot.starting import usual_asked
from desktop.widgets import Button, KeyHint, PageBase, ui_text

STOPPED = _("You stopped this pivot before it was read. Try again, or limit it first.")
FORMS = (("csv", _("Export as CSV")), ("pdf", _("Export as PDF")), ("json", _("Export as JSON")))
TOPICS = ("stock", "item", "count", "order", "receipt", "invoice", "supplier")


class PivotPage(PageBase):
    """`asked` or a saved view (`view_id`) is what it opens with; `panel` is filter, behind or save."""

    def __init__(
        self,
        context: AppContext,
        *,
        asked: PivotAsked | None = None,
        view_id: int = 0,
        panel: str = "",
    ) -> None:
        super().__init__(_("Pivot"), _("Own questions: drag fields down, across and among the values"))
        self._context, self._wanted, self._view_id = context, asked, view_id
        self._panel_wanted = panel
        self.editing = Editing(self)
        self._job: Job | None = None
        self._is_asking = False
        self.pivot: Pivot | None = None
        self.body = PivotBody()
        self.keeping = ViewKeeping(context, self, ViewKind.PIVOT, self._shown, self._on_views)
        self.set_content(self.body)
        self._shaping = PivotShaping(context, self, self.body)
        self._panels = PivotPanels(context, self)
        self._add_ways()
        self._connect()
        self.start_loading()
        context.ops.ask(self, reports.list_pivot_tables, then=self._know, failed=self.show_error)

    # --- setting up

    def _add_ways(self) -> None:
        self.head.add_button(Button(_("Save view"), self.keeping.save, icon_name="save", key="Ctrl+S"))
        self.set_primary(_("Export as Excel"), lambda: self._export("xlsx"), "export")
        for form, words in FORMS:
            self.add_more(words, partial(self._export, form), "export")
        self.add_more(_("Print"), self.print_page, "print", "F8")
        self.add_more(_("Turn rows and columns about"), self.editing.turn, "transfer", "Ctrl+T")
        self.add_more(_("Begin anew"), self.editing.begin_anew, "close")
        self.add_more(_("Undo the last change"), self.editing.undo, "undo", "Ctrl+Z")
        self.add_more(_("Do it again"), self.editing.redo, "refresh", "Ctrl+Y")
        self.add_more(_("Save as a new view"), lambda: self.keeping.save(is_new=True), "save")
        self.add_more(_("Remove this view"), self.keeping.remove, "trash")
        if self.keeping.can_schedule():
            self.add_more(_("Make it by itself"), self.keeping.schedule, "clock")

    def _connect(self) -> None:
        body, shaping, editing = self.body, self._shaping, self.editing
        editing.changed.connect(self._on_changed)
        editing.too_many.connect(self._say_too_many)
        shaping.time_changed.connect(self._on_period)
        shaping.view_chosen.connect(self._on_view)
        shaping.top_chosen.connect(editing.show_first)
        body.table_chosen.connect(self._on_table)
        body.fields.place_wanted.connect(editing.place)
        body.fields.out_wanted.connect(editing.take_out)
        body.wells.placed.connect(editing.place)
        body.wells.out_wanted.connect(editing.take_out)
        body.wells.opened.connect(self.open_filter)
        body.grid.opened.connect(self.open_behind)
        body.grid.sort_wanted.connect(editing.sort)
        self._context.hub.watch(self, TOPICS, self._refresh)
        self._context.hub.watch(self, ("report_view",), self.keeping.load)

    # --- what is asked

    def _know(self, tables: Sequence[PivotTable]) -> None:
        self.editing.know(tables)
        if not self.editing.tables:
            self.show_error(NotFound(_("There is no prepared table you may see. Ask for the right to see stock.")))
            return
        self.body.offer(tuple(self.editing.tables.values()))
        self.keeping.load()
        if self._view_id:
            self._context.ops.ask(
                self, reports.get_view, view_id=self._view_id, then=self._open_view, failed=self.show_error
            )
        else:
            self._start(self._wanted or usual_asked(next(iter(self.editing.tables.values()))))

    def _open_view(self, view: ViewRow) -> None:
        if not isinstance(view.asked, PivotAsked):
            self.show_error(_("This view was saved by another version of the program. Open it and save it again."))
            return
        self.keeping.start(view)
        self._start(view.asked)

    def _shown(self) -> Shown | None:
        editing = self.editing
        return Shown(editing.table.name, editing.table.title, editing.asked) if editing.is_begun else None

    def _start(self, asked: PivotAsked) -> None:
        """Begin with this, as a view or another page has it."""
        table = self.editing.tables.get(asked.table)
        if table is None:
            self.show_error(NotFound(_("You may not see the table of this pivot, or it is gone. Choose another one.")))
            return
        self._shaping.begin(asked, table)
        self.editing.begin(replace(asked, span=self._shaping.span(table), period=self._shaping.period.word))
        self.show_content()
        self._on_changed()

    def _on_changed(self) -> None:
        asked, table = self.editing.asked, self.editing.table
        self.body.show_asked(table, asked)
        self.set_answer(table.about)
        self._shaping.show(asked, table)
        self.reload()

    # --- asking

    def reload(self) -> None:
        """Ask for the pivot; after a second a bar says that it is read, with Cancel."""
        if not self.editing.is_begun:
            return
        if not self.editing.asked.measures:
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
        if self.pivot is not None and self.editing.asked.measures:
            self.editing.renew(self._shaping.span(self.editing.table))
            self._ask()

    def _ask(self) -> None:
        asked = replace(to_ask(self.editing.asked), language=self._context.language)
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
                [(_("Without filters"), self.editing.without_filters)],
            )  # fmt: skip
            return
        self.set_count(len(pivot.rows))
        self.body.show_pivot(pivot)
        self._open_wanted_panel()

    def _open_wanted_panel(self) -> None:
        wanted, self._panel_wanted = self._panel_wanted, ""
        if wanted == "filter" and self.editing.asked.rows:
            self.open_filter(self.editing.asked.rows[0])
        elif wanted == "behind":
            self.open_behind(self.body.grid.cells.lines[0], self.body.grid.cells.columns[0])
        elif wanted == "save":
            self.keeping.save()

    def is_loaded(self) -> bool:
        return super().is_loaded() and not self._is_asking

    def error_text(self) -> str:
        return super().error_text() or self.body.error_text()

    # --- asking otherwise

    def _say_too_many(self) -> None:
        self._context.shell.say(_("At most {n} fields stand down and across. Take one out first.", n=MOST_FIELDS))

    def _on_table(self, name: str) -> None:
        self.keeping.view = None
        self.editing.take_table(name, self._shaping.period.span(), self._shaping.period.word)

    def _on_period(self) -> None:
        if self.editing.is_begun:
            self.editing.take_time(self._shaping.period.span(), self._shaping.period.word)

    def _on_views(self, rows: Sequence[ViewRow]) -> None:
        self._shaping.set_views(rows, self.keeping.view_id)

    def _on_view(self, view: ViewRow | None) -> None:
        self.keeping.view = view
        if view is not None:
            self._start(view.asked)

    # --- panels

    def open_filter(self, key: str) -> None:
        """The values of a field, to be ticked."""
        self._panels.open_filter(self.editing.table, self.editing.asked, key, self.editing.limit)

    def open_behind(self, line: GridLine, column: GridColumn) -> None:
        """The entries behind a figure."""
        if self.pivot is not None:
            self._panels.open_behind(self.pivot, line, column, self.body.grid.heading(line, column))

    # --- files, paper, keys

    def _export(self, form: str) -> None:
        if self.editing.is_begun and self.editing.asked.measures:
            ask_and_write(self._context, self, self.editing.table.title, to_ask(self.editing.asked), form)

    def print_page(self) -> None:
        """The pivot as a paper (F8)."""
        if self.editing.is_begun and self.editing.asked.measures:
            office, language = self._context.office, self._context.language
            title, asked = ui_text(self.editing.table.title), to_ask(self.editing.asked)
            self._context.shell.make_paper(self, PivotSource.of(office, asked, title, language))

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
