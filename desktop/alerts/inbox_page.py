"""The inbox: what needs a look, the most urgent first; Enter goes where it is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from core import alerts
from core.alerts import AlertCard, AlertFilter, AlertList, AlertRow
from core.errors import CoreError
from core.i18n import Text, _, _n
from core.words import AlertKind, AlertState, AlertUrgency, Permission, word
from desktop.alerts.alert_panel import AlertPanel
from desktop.alerts.columns import INBOX, inbox_sheet
from desktop.alerts.snooze import tomorrow
from desktop.alerts.targets import find_target, verb_of
from desktop.context import AppContext, Posted
from desktop.printing.list_file import ListFile, MakeSheet
from desktop.widgets import ChipSpec, KeyHint, PageBase, RowsWanted, RowTable, instant_words

PANEL = 420
RULES_ROUTE = "settings.alerts"
ANSWER = _("What needs a look, the most urgent first. Enter goes where it is put right.")
MOST_IN_FILE = 1_000


class InboxPage(PageBase):
    """F2 acknowledges the chosen alerts, F6 lets them rest until tomorrow, Space shows one beside the list. `state` is an
    AlertState's word, empty for all; `alert_id` opens one."""

    def __init__(
        self, context: AppContext, *, alert_id: int = 0, state: str = AlertState.OPEN, kind: str = "", urgency: str = ""
    ) -> None:
        super().__init__(_("Alerts"), ANSWER)
        self.context = context
        self.table = RowTable(INBOX, name=_("Alerts"), key="alerts.inbox")
        self.set_table(self.table)
        self._add_chips(state, kind, urgency)
        self._add_acts()
        self.set_empty(
            _("Nothing needs a look"),
            _("Alerts stand here as soon as something is short, late, expiring or out of the usual."),
            [(_("Look now"), self.look)], "check",
        )  # fmt: skip
        self.table.set_empty(_("No alert fits these filters."))
        self.table.row_activated.connect(self.go_on)
        self.table.clicked.connect(lambda index: self._show_row(self.table.row_at(index.row())))
        self.table.current_changed.connect(self._follow)
        context.hub.watch(self, ("alert", "alert_rule", "alert_read", "alert_message"), self.reload)
        self.start_loading()
        self.table.set_filter(self.wanted())
        self.table.set_fetch(self._fetch)
        if alert_id:
            self.open_alert(alert_id)

    def _add_chips(self, state: str, kind: str, urgency: str) -> None:
        self.chips.add(ChipSpec("state", _("State"), tuple((one, word(one)) for one in AlertState)))
        self.chips.add(ChipSpec("urgency", _("Urgency"), tuple((one, word(one)) for one in AlertUrgency)))
        self.chips.add(ChipSpec("kind", _("Kind"), tuple((one, word(one)) for one in AlertKind)))
        self.chips.add(ChipSpec("unread", _("New ones only")))
        if self.context.shell.may(Permission.ALERT_EDIT):
            self.chips.add(ChipSpec("everybody", _("Everybody's")))
        self.chips.set_value("state", AlertState(state) if state else None)
        self.chips.set_value("kind", AlertKind(kind) if kind else None)
        self.chips.set_value("urgency", AlertUrgency(urgency) if urgency else None)
        self.chips.changed.connect(self._narrow)

    def _add_acts(self) -> None:
        self.set_primary(_("Acknowledge"), self.acknowledge, "check")
        self._file = ListFile(self.context, self, _("Alerts"), self.prepare_sheet)
        self.add_more(_("Snooze until tomorrow"), self.snooze_until_tomorrow, "clock", key="F6")
        self.add_more(_("Mark all as read"), self.mark_read, "check")
        self.add_more(_("Look now"), self.look, "refresh")
        self.add_more(_("Export as Excel"), lambda: self._file.ask("xlsx"), "export")
        self.add_more(_("Export as CSV"), lambda: self._file.ask("csv"), "export")
        if self.context.shell.can_go(RULES_ROUTE):
            self.add_more(_("What is watched"), lambda: self.context.shell.go(RULES_ROUTE), "settings")

    # --- the list

    def wanted(self) -> AlertFilter:
        """What the chips say."""
        chosen = self.chips.values()
        return AlertFilter(
            states=() if chosen["state"] is None else (chosen["state"],),
            kinds=() if chosen["kind"] is None else (chosen["kind"],),
            urgencies=() if chosen["urgency"] is None else (chosen["urgency"],),
            is_unread=bool(chosen["unread"]),
            everybody=bool(chosen.get("everybody")),
        )

    def reload(self) -> None:
        """Ask again, also for the alert on show."""
        super().reload()
        panel = self.panel()
        if isinstance(panel, AlertPanel) and not panel.has_typing():
            self.open_alert(panel.card.row.id)

    def _narrow(self) -> None:
        wanted = self.wanted()
        if wanted != self.table.wanted().filter:
            self.table.set_filter(wanted)

    def _fetch(
        self, wanted: RowsWanted, then: Callable[[Sequence[Any], int], None], failed: Callable[[CoreError], None]
    ) -> object:
        return self.context.ops.ask(
            self, alerts.list_alerts, wanted=wanted.filter, offset=wanted.offset, limit=wanted.limit,
            key=("page", wanted.offset), then=lambda found: self._arrived(found, then), failed=failed,
        )  # fmt: skip

    def _arrived(self, found: AlertList, then: Callable[[Sequence[Any], int], None]) -> None:
        then(found.rows, found.total)
        if not found.total and self.wanted() == AlertFilter():
            self.show_empty()

    # --- beside it

    def open_alert(self, alert_id: int) -> None:
        """Show one alert beside the list."""
        self.context.ops.ask(
            self, alerts.get_alert, alert_id=alert_id, key="card", then=self._show_card, failed=self._refused
        )

    def _show_row(self, row: AlertRow | None) -> None:
        panel = self.panel()
        if row is not None and not (isinstance(panel, AlertPanel) and panel.card.row.id == row.id):
            self.open_alert(row.id)

    def _follow(self, row: AlertRow | None) -> None:
        if isinstance(self.panel(), AlertPanel):
            self._show_row(row)

    def _show_card(self, card: AlertCard) -> None:
        row, target = card.row, find_target(card.row, self.context.shell)
        panel = AlertPanel(card, None if target is None else verb_of(row, target), self.context.office.clock.now())
        panel.opened.connect(lambda: self.go_on(row))
        panel.acknowledged.connect(lambda note: self._decide((row,), note=note))
        panel.snoozed.connect(lambda until, note: self._decide((row,), until=until, note=note))
        panel.reopened.connect(lambda: self._reopen(row))
        self.open_panel(panel, PANEL)
        if not row.is_read and row.closed_at is None:
            self._mark((row.id,))

    # --- what is done

    def go_on(self, row: AlertRow) -> None:
        """Where the alert is put right; without a page for this person it is shown beside the list."""
        target = find_target(row, self.context.shell)
        if target is None:
            self.open_alert(row.id)
            return
        if not row.is_read and row.closed_at is None:
            self._mark((row.id,))
        self.context.shell.go(target[0], **target[1])

    def acknowledge(self) -> None:
        """Somebody sees to the chosen ones (F2)."""
        panel = self.panel()
        rows = self._chosen((AlertState.OPEN, AlertState.SNOOZED))
        note = panel.note_text() if isinstance(panel, AlertPanel) and len(rows) == 1 else ""
        self._decide(rows, note=note)

    def snooze_until_tomorrow(self) -> None:
        """The chosen ones rest (F6)."""
        self._decide(
            self._chosen((AlertState.OPEN, AlertState.ACKNOWLEDGED)), until=tomorrow(self.context.office.clock.now())
        )

    def mark_read(self) -> None:
        """Everything in the list was read."""
        self._mark(tuple(row.id for row in self._at_hand() if not row.is_read and row.closed_at is None))

    def look(self) -> None:
        """Look at the rules now."""
        office = self.context.office
        self.context.ops.run(
            self, lambda: alerts.look_for_alerts(office), then=self._looked, failed=self._refused, lane="alerts"
        )

    def _looked(self, found: alerts.AlertPass) -> None:
        if found.skipped:
            self.context.shell.say(_("Another program has just looked; what it found stands in the list of alerts."))
            return
        self.context.shell.say(_("Looked: {opened} new, {closed} over.", opened=found.opened, closed=found.closed))

    def _chosen(self, states: Sequence[AlertState]) -> tuple[AlertRow, ...]:
        return tuple(row for row in self.table.selected_rows() if row.state in states)

    def _at_hand(self) -> tuple[AlertRow, ...]:
        found = (self.table.row_at(number) for number in range(self.table.total()))
        return tuple(row for row in found if row is not None)

    def _decide(self, rows: Sequence[AlertRow], *, note: str = "", until: datetime | None = None) -> None:
        if not rows:
            self.context.shell.say(_("Choose an alert for this first."))
            return
        ids, told = [row.id for row in rows], lambda _n: self._decided(rows, until)
        do, failed = self.context.ops.do, self._refused
        if until is None:
            do(self, alerts.acknowledge_alerts, ids=ids, note=note, then=told, failed=failed)
        else:
            do(self, alerts.snooze_alerts, ids=ids, note=note, until=until, then=told, failed=failed)

    def _decided(self, rows: Sequence[AlertRow], until: datetime | None) -> None:
        panel = self.panel()
        if isinstance(panel, AlertPanel) and panel.card.row.id in [row.id for row in rows]:
            self.close_panel()
        words = _told(rows, until)
        undo = {"ids": [row.id for row in rows]}
        self.context.shell.posted(Posted(words, undo, undone=self.reload, take_back=alerts.reopen_alerts))

    def _reopen(self, row: AlertRow) -> None:
        self.context.ops.do(
            self, alerts.reopen_alerts, ids=[row.id], then=lambda _n: self.open_alert(row.id), failed=self._refused
        )

    def _mark(self, ids: Sequence[int]) -> None:
        if ids:
            self.context.ops.do(self, alerts.mark_alerts_read, ids=ids, failed=lambda _error: None)

    def _refused(self, error: CoreError) -> None:
        self.context.shell.show_error(error.text)

    # --- keys and files

    def keyPressEvent(self, event: Any) -> None:
        if event.text() == " " and self.table.current_row() is not None:
            event.accept()
            self._show_row(self.table.current_row())
            return
        super().keyPressEvent(event)

    def more_keys(self) -> Sequence[KeyHint]:
        return (KeyHint("Space", _("Show it beside the list")),)

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, AlertPanel) and panel.has_typing()

    def detail_title(self) -> str:
        return ""

    def prepare_sheet(self) -> MakeSheet:
        """Everything the filters leave, at most a thousand."""
        wanted, office, language = self.wanted(), self.context.office, self.context.language

        def make() -> Any:
            found = office.ask(alerts.list_alerts, wanted=wanted, limit=MOST_IN_FILE)
            return inbox_sheet(found.rows, language)()

        return make


def _told(rows: Sequence[AlertRow], until: datetime | None) -> Text:
    n, title = len(rows), rows[0].title
    if until is None:
        return (
            _("“{title}” acknowledged", title=title)
            if n == 1
            else _n("{n} alert acknowledged", "{n} alerts acknowledged", n)
        )
    time = instant_words(until)
    return (
        _("“{title}” rests until {time}", title=title, time=time)
        if n == 1
        else _n("{n} alert rests until {time}", "{n} alerts rest until {time}", n, time=time)
    )
