"""Saved views of a pivot: opening, saving, changing, removing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core import reports
from core.i18n import Text, _
from core.reports import PivotAsked, ViewEdit, ViewRow
from core.words import Permission, ViewKind
from desktop.context import AppContext
from desktop.reports.report.panels import ViewPanel, edit_of
from desktop.widgets import PageBase

SCHEDULES_ROUTE = "reports.schedules"
WIDTH = 420


class PivotKeeping:
    """Knows which view is open. `asked()` says what is on the page now, `title()` its table; `listed(rows)` is told the
    views there are."""

    def __init__(
        self,
        context: AppContext,
        page: PageBase,
        asked: Callable[[], PivotAsked],
        title: Callable[[], Text],
        listed: Callable[[Sequence[ViewRow]], object],
    ) -> None:
        self._context, self._page, self._asked, self._title, self._listed = context, page, asked, title, listed
        self.view: ViewRow | None = None

    @property
    def view_id(self) -> int:
        """The view that is open; 0 for none."""
        return 0 if self.view is None else self.view.id

    def load(self) -> None:
        """Ask for the views of all pivots."""
        self._context.ops.ask(
            self._page, reports.list_views, kind=ViewKind.PIVOT, then=self._take, failed=lambda _error: None
        )

    def _take(self, rows: Sequence[ViewRow]) -> None:
        known = [row for row in rows if isinstance(row.asked, PivotAsked)]
        self.view = next((row for row in known if row.id == self.view_id), None)
        self._listed(known)

    def save(self, is_new: bool = False) -> None:
        """Ask for the name of a view; an own view that is open is changed, unless a new one is wanted."""
        kept = self.view if self.view is not None and self.view.is_mine and not is_new else None
        panel = ViewPanel(self._title(), lambda values: self._send(panel, values, kept), kept)
        panel.cancelled.connect(self._page.close_panel)
        self._page.open_panel(panel, WIDTH)
        panel.focus_field()

    def _send(self, panel: ViewPanel, values: dict[str, Any], kept: ViewRow | None) -> None:
        asked = self._asked()
        edit = ViewEdit(ViewKind.PIVOT, asked.table, values["name"], asked, values["is_shared"])

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
            self._context.shell.say(_("View “{name}” removed.", name=view.name))
            self.load()

        self._context.ops.do(self._page, reports.remove_view, then=done, view_id=view.id)

    def can_schedule(self) -> bool:
        """Whether this person may have it made by itself."""
        shell = self._context.shell
        return shell.can_go(SCHEDULES_ROUTE) and shell.may(Permission.REPORT_SCHEDULE)

    def schedule(self) -> None:
        """Go to where the view that is open is made by itself."""
        if self.view is None:
            self._context.shell.say(_("Save it as a view first: views are made by themselves."))
        else:
            self._context.shell.go(SCHEDULES_ROUTE, view_id=self.view_id)
