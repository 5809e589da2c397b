"""Saved views of a report: opening, saving, changing, removing, and making one by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core import reports
from core.i18n import _
from core.reports import Asked, ReportEntry, ViewEdit, ViewRow
from core.words import Permission, ViewKind
from desktop.context import AppContext, Posted
from desktop.reports.report.panels import ViewPanel, edit_of
from desktop.widgets import PageBase

SCHEDULES_ROUTE = "reports.schedules"
WIDTH = 420


class ViewKeeping:
    """Knows which view is open. `asked()` says what is on the page now, `listed(rows)` is told the views there are."""

    def __init__(
        self, context: AppContext, page: PageBase, asked: Callable[[], Asked], listed: Callable[[Any], object]
    ) -> None:
        self._context, self._page, self._asked, self._listed = context, page, asked, listed
        self._entry: ReportEntry | None = None
        self.view: ViewRow | None = None

    @property
    def view_id(self) -> int:
        """The view that is open; 0 for none."""
        return 0 if self.view is None else self.view.id

    def start(self, entry: ReportEntry, view: ViewRow | None) -> None:
        """This report is on the page, opened as a view or not."""
        self._entry, self.view = entry, view
        self.load()

    def load(self) -> None:
        """Ask for the views of this report."""
        if self._entry is not None:
            self._context.ops.ask(
                self._page, reports.list_views, kind=ViewKind.REPORT, source=self._entry.name, then=self._take,
                failed=lambda _error: None,
            )  # fmt: skip

    def _take(self, rows: Sequence[ViewRow]) -> None:
        self.view = next((row for row in rows if row.id == self.view_id), None)
        self._listed(rows)

    def save(self, is_new: bool = False) -> None:
        """Ask for the name of a view; an own view that is open is changed, unless a new one is wanted."""
        entry = self._entry
        if entry is None:
            return
        kept = self.view if self.view is not None and self.view.is_mine and not is_new else None
        panel = ViewPanel(entry.title, lambda values: self._send(panel, values, kept), kept)
        panel.cancelled.connect(self._page.close_panel)
        self._page.open_panel(panel, WIDTH)
        panel.focus_field()

    def _send(self, panel: ViewPanel, values: dict[str, Any], kept: ViewRow | None) -> None:
        entry = self._entry
        if entry is None:
            return
        edit = ViewEdit(ViewKind.REPORT, entry.name, values["name"], self._asked(), values["is_shared"])

        def done(view_id: int) -> None:
            panel.done(view_id)
            self._page.close_panel()
            self._context.shell.say(_("View “{name}” saved.", name=edit.name))
            self._context.ops.ask(self._page, reports.get_view, view_id=view_id, then=self._open)

        self._context.ops.do(
            panel, reports.save_view, then=done, failed=panel.show_error, new=edit,
            view_id=0 if kept is None else kept.id, version=0 if kept is None else kept.version,
            seen=None if kept is None else edit_of(kept),
        )  # fmt: skip

    def _open(self, view: ViewRow) -> None:
        self.view = view
        self.load()

    def remove(self) -> None:
        """Remove the view that is open; what it shows stays on the page."""
        view = self.view
        if view is None:
            self._context.shell.say(_("No saved view is open."))
            return

        def done(_nothing: object) -> None:
            self.view = None
            said, again = _("View “{name}” removed.", name=view.name), {"new": edit_of(view)}
            self._context.shell.posted(Posted(said, again, undone=self.load, take_back=reports.save_view))
            self.load()

        self._context.ops.do(self._page, reports.remove_view, then=done, view_id=view.id)

    def schedule(self) -> None:
        """Go to where this report, or the view that is open, is made by itself."""
        shell = self._context.shell
        if self._entry is not None and shell.can_go(SCHEDULES_ROUTE) and shell.may(Permission.REPORT_SCHEDULE):
            shell.go(SCHEDULES_ROUTE, report=self._entry.name, view_id=self.view_id)
