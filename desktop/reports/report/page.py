"""One report: asked by chips, shown as chart, table and totals; every figure says how it is reckoned and opens its
entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QResizeEvent

from core import reports
from core.errors import CoreError, NotFound
from core.i18n import Text, _
from core.reports import Area, Asked, ReportEntry, ReportRows, Sort, ViewRow
from core.reports import ReportPage as Answer
from core.uow import SiteFacts
from core.words import ViewKind
from desktop.context import AppContext
from desktop.jobs import Job
from desktop.reports.keeping import Shown, ViewKeeping
from desktop.reports.recent import person_at, remember_report
from desktop.reports.report.body import ReportBody
from desktop.reports.report.figures import FigureWays
from desktop.reports.report.files import FORMS, ReportSource, ask_and_write
from desktop.reports.report.lines import Line
from desktop.reports.report.panels import ColumnsPanel, DefinitionsPanel
from desktop.reports.report.shaping import Shaping
from desktop.widgets import Button, KeyHint, PageBase, date_words, local_time, ui_text

REPORT_ROUTE = "reports.report"
FIRST_ROWS = 1_000
WIDTH = 400
STOPPED = _("You stopped this report before it was read. Try again, or narrow it first.")
TOPICS: dict[Area, tuple[str, ...]] = {
    Area.COUNTS: ("count", "stock"),
    Area.PURCHASING: ("stock", "order", "receipt", "supplier"),
    Area.SUPPLIERS: ("stock", "order", "receipt", "claim", "supplier"),
    Area.PRICES: ("stock", "item", "supplier"),
    Area.MONTH: ("stock", "item", "month"),
    Area.MONEY: ("stock", "invoice", "payment", "supplier"),
}


class ReportPage(PageBase):
    """`name` is the report; `view_id` opens a saved view of it, `asked` what was asked elsewhere; `panel` is definitions,
    columns or save."""

    def __init__(
        self, context: AppContext, *, name: str, view_id: int = 0, asked: Asked | None = None, panel: str = ""
    ) -> None:
        super().__init__(_("A report"), "")
        self._context, self._name, self._view_id, self._panel_wanted = context, name, view_id, panel
        self._asked = asked or Asked()
        self._entry: ReportEntry | None = None
        self._known: dict[str, ReportEntry] = {}
        self._answer: Answer | None = None
        self._shaping: Shaping | None = None
        self._site: SiteFacts | None = None
        self._job: Job | None = None
        self.body = ReportBody()
        self.keeping = ViewKeeping(context, self, ViewKind.REPORT, self._shown, self._on_views)
        self.set_content(self.body)
        self.body.opened.connect(self._open)
        self.body.why.connect(self._why)
        self.body.sorted.connect(self._on_sorted)
        self.body.failed.connect(self.show_error)
        self.set_empty(
            _("Nothing fits what is asked"),
            _("Choose another time, or take filters away."),
            [(_("Without filters"), self._without_filters)],
            "reports",
        )
        self._add_ways()
        self.start_loading(_("Reading…"), self._stop)
        context.ops.ask(self, reports.list_reports, then=self._know, failed=self.show_error)

    def _add_ways(self) -> None:
        self.head.add_button(Button(_("Save view"), self.keeping.save, icon_name="save", key="Ctrl+S"))
        self.set_primary(_("Export as Excel"), lambda: self._export("xlsx"), "export")
        for form, words in FORMS[1:]:
            self.add_more(words, partial(self._export, form), "export")
        self.add_more(_("Print"), self.print_page, "print", "F8")
        self.add_more(_("Definitions"), self.show_definitions, "info", "Ctrl+I")
        self.add_more(_("Columns"), self.show_columns, "menu", "Ctrl+L")
        self.add_more(_("Save as a new view"), lambda: self.keeping.save(is_new=True), "save")
        self.add_more(_("Remove this view"), self.keeping.remove, "trash")
        if self.keeping.can_schedule():
            self.add_more(_("Make it by itself"), self.keeping.schedule, "clock")

    # --- asking

    def _know(self, entries: Sequence[ReportEntry]) -> None:
        self._known = {one.name: one for one in entries}
        entry = self._known.get(self._name)
        if entry is None:
            self.show_error(NotFound(_("There is no such report, or you may not see it.")))
            return
        self._entry = entry
        office = self._context.office
        self._context.ops.run(self, lambda: (office.site, person_at(office)), then=self._shape, failed=self.show_error)

    def _shape(self, here: tuple[SiteFacts, int]) -> None:
        """Put the chips into the head, then open the view or ask at once."""
        entry, (site, person_id) = self._entry, here
        if entry is None:
            return
        self._site = site
        remember_report(self._context, person_id, entry.name)
        self._shaping = shaping = Shaping(self._context, self, entry, site)
        shaping.changed.connect(self._on_shaped)
        shaping.view_chosen.connect(self._on_view_chosen)
        shaping.groups_shut.connect(self.body.shut_groups)
        shaping.chart_wanted.connect(self.body.want_chart)
        self.body.chart_shown.connect(shaping.show_chart)
        self._context.hub.watch(self, TOPICS.get(entry.area, ("stock", "item")), self._refresh)
        self._context.hub.watch(self, ("report_view",), self.keeping.load)
        if self._view_id:
            self._context.ops.ask(
                self, reports.get_view, view_id=self._view_id, then=self._open_view, failed=self.show_error
            )
        else:
            self._start(None)

    def _open_view(self, view: ViewRow) -> None:
        if isinstance(view.asked, Asked):
            self._asked = view.asked
        self._start(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shaping is not None:
            self._shaping.fit(self.height())

    def _shown(self) -> Shown | None:
        entry = self._entry
        return None if entry is None else Shown(entry.name, entry.title, self._asked)

    def _start(self, view: ViewRow | None) -> None:
        shaping = self._shaping
        if shaping is not None:
            self.keeping.start(view)
            shaping.show(self._asked)
            shaping.fit(self.height())
            self._asked = shaping.asked(self._asked)
            self.reload()

    def reload(self) -> None:
        """Ask for the report; after a second a bar says that it is read, with Cancel."""
        if self._shaping is not None:
            self.start_loading(_("Reading…"), self._stop)
            self._ask()

    def _refresh(self) -> None:
        """Something was posted: what is shown stays until the new figures are here."""
        if self._answer is not None and self._shaping is not None:
            self._asked = self._shaping.asked(self._asked)
            self._ask()

    def _ask(self) -> None:
        asked = replace(self._asked, language=self._context.language)

        def take(answer: Answer) -> None:
            self._take(answer, asked)

        self._job = self._context.ops.ask(
            self, reports.get_report_page, then=take, failed=self.show_error, key="page", name=self._name,
            asked=asked, limit=FIRST_ROWS,
        )  # fmt: skip

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.show_error(STOPPED)

    def _take(self, answer: Answer, asked: Asked) -> None:
        self._answer = answer
        entry = answer.entry

        def further(offset: int, limit: int, then: Callable[[ReportRows], None]) -> None:
            self._context.ops.ask(
                self, reports.list_report_rows, then=then, failed=self.show_error, key=("rows", offset),
                name=entry.name, asked=asked, limit=limit, offset=offset,
            )  # fmt: skip

        sort = (asked.sort[0].key, asked.sort[0].is_descending) if asked.sort else ("", False)
        self.set_title(entry.title, _("{about} {time}", about=entry.about, time=span_words(answer)))
        self.title_changed.emit(ui_text(entry.title))
        self.body.show_page(answer, further, sort)
        self._table = self.body.table
        self.set_count(answer.count)
        if answer.count:
            self.show_content()
        else:
            self.show_empty()
        self._open_wanted_panel()

    def _open_wanted_panel(self) -> None:
        wanted, self._panel_wanted = self._panel_wanted, ""
        ways = {"definitions": self.show_definitions, "columns": self.show_columns, "save": self.keeping.save}
        if wanted in ways:
            ways[wanted]()

    # --- asking otherwise

    def _on_shaped(self) -> None:
        if self._shaping is not None:
            self._asked = self._shaping.asked(self._asked)
            self.reload()

    def _on_sorted(self, key: str, is_descending: bool) -> None:
        self._asked = replace(self._asked, sort=(Sort(key, is_descending),))
        self._refresh()

    def _on_columns(self, keys: tuple[str, ...]) -> None:
        kept = tuple(sort for sort in self._asked.sort if not keys or sort.key in keys)
        self._asked = replace(self._asked, columns=keys, sort=kept)
        self._refresh()

    def _on_views(self, rows: Sequence[ViewRow]) -> None:
        if self._shaping is not None:
            self._shaping.set_views(rows, self.keeping.view_id)

    def _on_view_chosen(self, view: ViewRow | None) -> None:
        self._asked = view.asked if view is not None and isinstance(view.asked, Asked) else Asked()
        self._start(view)

    def _without_filters(self) -> None:
        self._asked = replace(self._asked, filters=())
        self._start(self.keeping.view)

    # --- what a row opens

    def _open(self, line: Line) -> None:
        if self._answer is not None and line.drill is not None:
            self._ways_from(self._answer).go(line.drill)

    def _why(self, line: Line | None, key: str) -> None:
        if self._answer is not None:
            panel = self._ways_from(self._answer).panel(line, key)
            panel.add_way(_("Definitions"), self.show_definitions)
            self.open_panel(panel, WIDTH)

    def _ways_from(self, answer: Answer) -> FigureWays:
        asked = replace(self._asked, language=self._context.language)
        return FigureWays(self._context, self._known, answer, asked, self._site)

    # --- panels, files, paper

    def show_definitions(self) -> None:
        """What every figure means."""
        if self._entry is not None:
            self.open_panel(DefinitionsPanel(self._entry), WIDTH)

    def show_columns(self) -> None:
        """Choose columns."""
        if self._entry is not None and self._answer is not None:
            panel = ColumnsPanel(self._entry.columns, [column.key for column in self._answer.columns])
            panel.chosen.connect(self._on_columns)
            self.open_panel(panel, WIDTH)

    def print_page(self) -> None:
        """The report as a paper (F8)."""
        if self._entry is not None:
            office, language = self._context.office, self._context.language
            title = ui_text(self._entry.title)
            source = ReportSource.over(office, (self._name, title), self._asked, language)
            self._context.shell.make_paper(self, source)

    def _export(self, form: str) -> None:
        if self._entry is not None:
            ask_and_write(self._context, self, self._entry.title, self._name, self._asked, form)

    def post(self) -> None:
        """F9 has nothing to post here."""

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("Ctrl+S", _("Save view")),)

    def _own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        return [*super()._own_keys(), ("Ctrl+S", self.keeping.save)]

    def detail_title(self) -> str:
        return "" if self._entry is None else ui_text(self._entry.title)

    def show_error(self, error: CoreError | Text | str) -> None:
        super().show_error(error)


def span_words(answer: Answer) -> Text | str:
    """The time a report is about, in words."""
    first, last = answer.span.start, answer.span.end
    ends = [None if at is None else date_words(local_time(at).date()) for at in (first, last)]
    if ends[0] is not None and ends[1] is not None:
        return _("From {first} to {last}.", first=ends[0], last=ends[1])
    if ends[0] is not None:
        return _("Since {first}.", first=ends[0])
    return _("As of {last}.", last=ends[1]) if ends[1] is not None else ""
