"""The operation log: who did what, when, from which PC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core import identity
from core.errors import CoreError
from core.i18n import _
from core.identity import AuditChoices, AuditFilter, AuditRow
from core.identity import AuditPage as Page
from desktop.context import AppContext
from desktop.identity.audit_panel import AuditPanel
from desktop.identity.columns import AUDIT
from desktop.identity.export import AuditExport
from desktop.identity.following import follow_rows
from desktop.widgets import ChipSpec, PageBase, PeriodFilter, RowsWanted, RowTable, local_time


class AuditPage(PageBase):
    """A long list, newest first, narrowed by text, person, act, PC and days; a row opens beside it."""

    def __init__(self, context: AppContext, *, text: str = "", person_id: int | None = None) -> None:
        super().__init__(_("Operation log"), _("Who did what, when and from which PC. Nothing in it can be changed."))
        self._context = context
        self._person_id = person_id
        self._export = AuditExport(context, self)
        self.table = RowTable(AUDIT, name=_("Operation log"), key="identity.audit")
        self.set_table(self.table)
        self.set_empty(
            _("Nothing fits"), _("No act in the log fits this search. Take a filter away."), icon_name="history"
        )
        self._search = self.add_search(lambda _text: self._narrow(), _("Find in everything kept"))
        self._add_filters()
        self.add_more(_("Export as Excel"), lambda: self._export.ask("xlsx", self.wanted()), "export")
        self.add_more(_("Export as CSV"), lambda: self._export.ask("csv", self.wanted()), "export")
        follow_rows(self, self.table, self._on_row)
        context.hub.watch(self, ["journal"], self.reload)
        self._search.setText(text)
        self.start_loading()
        context.ops.ask(self, identity.list_audit_choices, then=self._take_choices)
        self.table.set_filter(self.wanted())
        self.table.set_fetch(self._fetch)

    def wanted(self) -> AuditFilter:
        """What the filters say; days that cannot be read are left out, their field says so."""
        chosen = self.chips.values()
        first, last = self._period.days()
        return AuditFilter(
            text=self._search.text().strip(),
            person_id=chosen["person"] or self._person_id,
            station=chosen["station"] or "",
            command=chosen["command"] or "",
            from_on=first,
            to_on=last,
        )

    def _add_filters(self) -> None:
        self._period = PeriodFilter(self.chips, self._today)
        self._period.changed.connect(self._narrow)
        for key, words in (("person", _("Person")), ("command", _("Act")), ("station", _("PC"))):
            self.chips.add(ChipSpec(key, words, ()))
        self.chips.changed.connect(self._narrow)

    def _today(self) -> date:
        return local_time(self._context.office.clock.now()).date()

    def _take_choices(self, choices: AuditChoices) -> None:
        options: dict[str, Sequence[tuple[Any, Any]]] = {
            "person": choices.people,
            "command": choices.commands,
            "station": [(station, station) for station in choices.stations],
        }
        for key, known in options.items():
            self.chips.chip(key).set_options(known)  # type: ignore[union-attr]
        if self._person_id is not None:
            wanted, self._person_id = self._person_id, None
            self.chips.set_value("person", wanted)

    def _narrow(self) -> None:
        wanted = self.wanted()
        if wanted != self.table.wanted().filter:
            self.table.set_filter(wanted)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> object:
        return self._context.ops.ask(
            self,
            identity.search_audit,
            then=lambda page: self._arrived(page, then),
            failed=failed,
            key=("page", wanted.offset),
            wanted=wanted.filter,
            offset=wanted.offset,
            limit=wanted.limit,
        )

    def _arrived(self, page: Page, then: Callable[[Sequence[Any], int], None]) -> None:
        then(page.rows, page.total)
        if not page.total:
            self.show_empty()

    def _on_row(self, row: AuditRow | None) -> None:
        if row is not None:
            self.open_panel(AuditPanel(row), 380)
