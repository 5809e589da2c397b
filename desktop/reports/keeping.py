"""Saved views of a report or a pivot: which one is open, saving, changing, removing, and making one by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core import reports
from core.i18n import Text, _
from core.reports import Asked, PivotAsked, ViewEdit, ViewRow
from core.words import Permission, ViewKind
from desktop.context import AppContext, Posted
from desktop.reports.report.panels import ViewPanel, edit_of
from desktop.widgets import PageBase

SCHEDULES_ROUTE = "reports.schedules"
WIDTH = 420


@dataclass(frozen=True)
class Shown:
    """What is on the page now: the report's word or the pivot's table, its title, and what is asked of it."""

    source: str
    title: Text
    asked: Asked | PivotAsked


class ViewKeeping:
    """Knows which view is open. `shown()` says what is on the page, None while it is not known; `listed(rows)` is told the
    views there are: those of this report, or of all pivots."""

    def __init__(
        self,
        context: AppContext,
        page: PageBase,
        kind: ViewKind,
        shown: Callable[[], Shown | None],
        listed: Callable[[Sequence[ViewRow]], object],
    ) -> None:
        self._context, self._page, self._kind, self._shown, self._listed = context, page, kind, shown, listed
        self.view: ViewRow | None = None

    @property
    def view_id(self) -> int:
        """The view that is open; 0 for none."""
        return 0 if self.view is None else self.view.id

    def start(self, view: ViewRow | None) -> None:
        """This view is on the page, or none."""
        self.view = view
        self.load()

    def load(self) -> None:
        """Ask for the views there are."""
        shown = self._shown() if self._is_report else None
        if shown is not None or not self._is_report:
            self._context.ops.ask(
                self._page, reports.list_views, kind=self._kind, source="" if shown is None else shown.source,
                then=self._take, failed=lambda _error: None,
            )  # fmt: skip

    @property
    def _is_report(self) -> bool:
        return self._kind is ViewKind.REPORT

    def _take(self, rows: Sequence[ViewRow]) -> None:
        wanted = Asked if self._is_report else PivotAsked
        known = [row for row in rows if isinstance(row.asked, wanted)]
        self.view = next((row for row in known if row.id == self.view_id), None)
        self._listed(known)

    def save(self, is_new: bool = False) -> None:
        """Ask for the name of a view; an own view that is open is changed, unless a new one is wanted."""
        shown = self._shown()
        if shown is None:
            return
        kept = self.view if self.view is not None and self.view.is_mine and not is_new else None
        panel = ViewPanel(shown.title, lambda values: self._send(panel, values, kept), kept)
        panel.cancelled.connect(self._page.close_panel)
        self._page.open_panel(panel, WIDTH)
        panel.focus_field()

    def _send(self, panel: ViewPanel, values: dict[str, Any], kept: ViewRow | None) -> None:
        shown = self._shown()
        if shown is None:
            return
        edit = ViewEdit(self._kind, shown.source, values["name"], shown.asked, values["is_shared"])

        def done(view_id: int) -> None:
            panel.done(view_id)
            self._page.close_panel()
            self._context.shell.say(_("View “{name}” saved.", name=edit.name))
            self._context.ops.ask(self._page, reports.get_view, view_id=view_id, then=self.start)

        self._context.ops.do(
            panel, reports.save_view, then=done, failed=panel.show_error, new=edit,
            view_id=0 if kept is None else kept.id, version=0 if kept is None else kept.version,
            seen=None if kept is None else edit_of(kept),
        )  # fmt: skip

    def remove(self) -> None:
        """Remove the view that is open; what it shows stays on the page."""
        view = self.view
        if view is None:
            self._context.shell.say(_("No saved view is open."))
            return

        def done(_nothing: object) -> None:
            said, again = _("View “{name}” removed.", name=view.name), {"new": edit_of(view)}
            self._context.shell.posted(Posted(said, again, undone=self.load, take_back=reports.save_view))
            self.start(None)

        self._context.ops.do(self._page, reports.remove_view, then=done, view_id=view.id)

    def can_schedule(self) -> bool:
        """Whether this person may have it made by itself."""
        shell = self._context.shell
        return shell.can_go(SCHEDULES_ROUTE) and shell.may(Permission.REPORT_SCHEDULE)

    def schedule(self) -> None:
        """Go to where this report, or the view that is open, is made by itself; a pivot is made as a view only."""
        shown = self._shown()
        if self._is_report and shown is not None:
            self._context.shell.go(SCHEDULES_ROUTE, report=shown.source, view_id=self.view_id)
        elif self.view is not None:
            self._context.shell.go(SCHEDULES_ROUTE, view_id=self.view_id)
        else:
            self._context.shell.say(_("Save it as a view first: views are made by themselves."))
