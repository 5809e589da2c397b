"""The catalogue: every report this person may see, by area; recent ones and saved views stand on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core import reports
from core.i18n import Text, _
from core.reports import AREA_TITLES, Area, ReportEntry, ViewRow
from core.words import Permission, ViewKind
from desktop.context import AppContext
from desktop.reports.catalogue.finding import best_first
from desktop.reports.recent import person_at, recent_reports
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Button, ChipSpec, Column, Kind, Label, PageBase, RowTable, Words, ui_text

REPORT_ROUTE, PIVOT_ROUTE, SCHEDULES_ROUTE = "reports.report", "reports.pivot", "reports.schedules"
MOST_SHORTCUTS = 6


@dataclass(frozen=True)
class CatalogueRow:
    """A report in the list, or a saved view of one (`view`)."""

    id: str
    title: Text | str
    about: Text | str
    area: Text
    entry: ReportEntry | None = None
    view: ViewRow | None = None

    @property
    def look(self) -> BadgeLook | None:
        """Marks what is no report of the catalogue itself."""
        if self.view is None:
            return None
        return BadgeLook(_("Shared view") if self.view.is_shared else _("Own view"), Meaning.ACCENT)


COLUMNS = (
    Column("title", _("Name"), 250),
    Column("about", _("What it answers"), 420, stretch=True, muted=True),
    Column("area", _("Area"), 150),
    Column("look", _("Kind"), 110, kind=Kind.BADGE, sortable=False),
)


class CataloguePage(PageBase):
    """Enter opens the report; typing narrows the list in either language or by pinyin."""

    def __init__(self, context: AppContext, *, text: str = "", area: str = "") -> None:
        super().__init__(_("Reports"), _("What can be asked of the stock, its cost, purchasing, waste and counts"))
        self._context = context
        self._entries: list[ReportEntry] = []
        self._views: Sequence[ViewRow] = ()
        self._person_id = 0
        self.table = RowTable(COLUMNS, name=_("Reports"), key="reports.catalogue")
        self.table.row_activated.connect(self.open_row)
        self.shortcuts = QWidget()
        self._shortcut_row = QHBoxLayout(self.shortcuts)
        self._shortcut_row.setContentsMargins(16, 0, 16, 4)
        self._shortcut_row.setSpacing(4)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.shortcuts)
        column.addWidget(self.table, 1)
        self.set_table(self.table, box)
        self.set_empty(
            _("No report fits"),
            _("Type other words, a part of a name in Chinese or English, or pinyin; or choose another area."),
            icon_name="reports",
        )
        self.search = self.add_search(lambda _text: self._show_rows(), _("Name, pinyin or what it is about"))
        self.search.setText(text)
        self.chips.add(ChipSpec("area", _("Area"), tuple((one.value, AREA_TITLES[one]) for one in Area)))
        self.chips.add(ChipSpec("views", _("Saved views")))
        self.chips.set_value("area", area or None)
        self.chips.changed.connect(self._show_rows)
        self._add_ways()
        context.hub.watch(self, ("report_view",), self.reload)
        self.reload()

    def _add_ways(self) -> None:
        shell = self._context.shell
        self.set_primary(_("Open"), self._open_current, "reports")
        if shell.can_go(PIVOT_ROUTE):
            self.add_more(_("Own question (pivot)"), lambda: shell.go(PIVOT_ROUTE), "sum")
        if shell.can_go(SCHEDULES_ROUTE) and shell.may(Permission.REPORT_SCHEDULE):
            self.add_more(_("Schedules"), lambda: shell.go(SCHEDULES_ROUTE), "clock")

    def reload(self) -> None:
        """Ask for the catalogue and the saved views."""
        self.start_loading()
        self._context.ops.ask(self, reports.list_views, then=self._take_views, failed=self.show_error)

    def _take_views(self, views: Sequence[ViewRow]) -> None:
        self._views = views
        office = self._context.office
        self._context.ops.run(self, lambda: person_at(office), then=self._take_person, failed=self.show_error)

    def _take_person(self, person_id: int) -> None:
        self._person_id = person_id
        self._context.ops.ask(self, reports.list_reports, then=self._take, failed=self.show_error)

    def _take(self, entries: list[ReportEntry]) -> None:
        order = {area: number for number, area in enumerate(Area)}
        self._entries = sorted(entries, key=lambda entry: order[entry.area])
        self._show_shortcuts()
        self._show_rows()
        self.table.select_first()

    # --- what is shown

    def rows(self) -> list[CatalogueRow]:
        """The reports and views that fit what is typed and chosen."""
        typed, chosen = self.head.search_text(), self.chips.values()
        area = chosen["area"]
        views = [row for row in self._view_rows(typed) if area in (None, row.entry.area if row.entry else None)]
        if chosen["views"]:
            return views
        found = [entry for entry in best_first(self._entries, typed) if area in (None, entry.area)]
        return [*views, *(CatalogueRow(e.name, e.title, e.about, AREA_TITLES[e.area], e) for e in found)]

    def _view_rows(self, typed: str) -> list[CatalogueRow]:
        known = {entry.name: entry for entry in self._entries}
        rows = []
        for view in self._views:
            entry = known.get(view.source) if view.kind is ViewKind.REPORT else None
            if entry is None and view.kind is ViewKind.REPORT:
                continue
            about = _("{report}, saved by {person}", report=entry.title if entry else _("Pivot"), person=view.owner)
            if all(word in f"{view.name} {ui_text(about)}".casefold() for word in typed.casefold().split()):
                area = AREA_TITLES[entry.area] if entry else _("Pivot")
                rows.append(CatalogueRow(f"view {view.id}", view.name, about, area, entry, view))
        return rows

    def _show_rows(self) -> None:
        rows = self.rows()
        self.table.set_rows(rows)
        self.set_count(len(rows))
        if rows:
            self.show_content()
        else:
            self.show_empty()
        self.shortcuts.setVisible(bool(self._shortcut_row.count()) and not self.head.search_text())

    def _show_shortcuts(self) -> None:
        while (item := self._shortcut_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        known = {entry.name: entry for entry in self._entries}
        recent = [known[name] for name in recent_reports(self._context, self._person_id) if name in known][
            :MOST_SHORTCUTS
        ]
        if not recent:
            return
        self._shortcut_row.addWidget(Label(_("Opened last:"), "small"))
        for entry in recent:
            words: Words = entry.title
            self._shortcut_row.addWidget(Button(words, partial(self._open, name=entry.name), kind="link"))
        self._shortcut_row.addStretch(1)

    # --- going on

    def open_row(self, row: CatalogueRow) -> None:
        """Open a report or a view."""
        if row.view is None:
            self._open(name=row.id)
        elif row.view.kind is ViewKind.PIVOT:
            self._context.shell.go(PIVOT_ROUTE, view_id=row.view.id)
        else:
            self._open(name=row.view.source, view_id=row.view.id)

    def _open(self, **args: object) -> None:
        self._context.shell.go(REPORT_ROUTE, **args)

    def _open_current(self) -> None:
        row = self.table.current_row() or self.table.row_at(0)
        if row is not None:
            self.open_row(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isprintable() and typed.strip() and typed != "?" and not self.search.hasFocus():
            self.search.setFocus()
            self.search.setText(typed)
            return
        super().keyPressEvent(event)
