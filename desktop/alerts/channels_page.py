"""The channels over which alerts leave the program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from core import alerts
from core.alerts import ChannelEdit, ChannelRow, ChannelSecret
from core.errors import CoreError
from core.i18n import Text, _, join, verbatim
from core.words import ChannelKind, word
from desktop.alerts.channel_panel import ChannelPanel
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, PageBase, RowTable

PANEL = 480
MESSAGES_ROUTE, RULES_ROUTE, CONTACTS_ROUTE = "settings.alert_messages", "settings.alerts", "settings.alert_contacts"
NOTHING = ChannelSecret()


class ChannelsPage(PageBase):
    """F2 makes a channel, Enter changes one and tries it out."""

    def __init__(self, context: AppContext, *, is_adding: bool = False, kind: str = ChannelKind.DINGTALK) -> None:
        super().__init__(
            _("Channels"),
            _("How alerts reach people outside the program. Every PC that sends knows the secrets itself."),
        )
        self.context = context
        self.table = RowTable(CHANNELS, name=_("Channels"), key="alerts.channels")
        self.set_table(self.table)
        self.set_primary(_("New channel"), self.add_channel)
        self.set_empty(
            _("No channel yet"),
            _("Alerts stand in the inbox. A channel also sends them by e-mail, to a group of DingTalk or WeCom, or as text messages."),
            [(_("New channel"), self.add_channel)], "bell",
        )  # fmt: skip
        self.add_more(_("Remove the channel"), self.remove, "trash")
        for route, words, icon in (
            (MESSAGES_ROUTE, _("Messages"), "mail"), (RULES_ROUTE, _("What is watched"), "settings"),
            (CONTACTS_ROUTE, _("Where people are told"), "user"),
        ):  # fmt: skip
            if context.shell.can_go(route):
                self.add_more(words, partial(context.shell.go, route), icon)
        self.table.row_activated.connect(self.change_channel)
        context.hub.watch(self, ("alert_rule", "alert_message"), self.reload)
        self.start_loading()
        self.reload()
        if is_adding:
            self._open(ChannelEdit(ChannelKind(kind), ""), None, NOTHING)

    def reload(self) -> None:
        """Ask again for the channels."""
        self.context.ops.ask(self, alerts.list_channels, key="list", then=self._take, failed=self.show_error)

    def _take(self, rows: Sequence[ChannelRow]) -> None:
        self.table.set_rows(rows)
        self.set_count(len(rows))

    def add_channel(self) -> None:
        """A further channel (F2)."""
        self._open(ChannelEdit(ChannelKind.DINGTALK, ""), None, NOTHING)

    def change_channel(self, row: ChannelRow) -> None:
        """Change a channel; what this PC knows of it is looked up beside the window."""
        self.context.ops.run(
            self, lambda: alerts.find_channel_secret(row.key, row.id), then=lambda known: self.open_channel(row, known),
            lane="alerts",
        )  # fmt: skip

    def open_channel(self, row: ChannelRow, known: ChannelSecret) -> None:
        """Show a channel beside the list; `known` is what this PC keeps of it."""
        self._open(row.edit, row, known)

    def _open(self, edit: ChannelEdit, row: ChannelRow | None, known: ChannelSecret) -> None:
        panel = ChannelPanel(self.context, edit, row, known)
        if row is None:
            panel.form.editor("kind").changed.connect(lambda: self._other_kind(panel))
        panel.saved.connect(lambda channel_id: self._saved(int(channel_id)))
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, PANEL)
        panel.focus_field("name" if row is not None else "")

    def _other_kind(self, panel: ChannelPanel) -> None:
        kind = panel.form.editor("kind").value()
        if kind is not None and kind != panel.edit.kind:
            name = panel.form.editor("name").value() or ""
            self._open(ChannelEdit(kind, name), None, NOTHING)

    def _saved(self, channel_id: int) -> None:
        """It stays open, so that it can be tried out at once."""
        self.reload()
        self.context.ops.ask(
            self, alerts.list_channels, key="saved", failed=self._refused,
            then=lambda rows: self._show_again(next((row for row in rows if row.id == channel_id), None)),
        )  # fmt: skip

    def _show_again(self, row: ChannelRow | None) -> None:
        if row is not None:
            self.context.shell.say(_("Saved."))
            self.change_channel(row)

    def remove(self) -> None:
        """The chosen channel goes; what waits for it is withdrawn."""
        row = self.table.current_row()
        if row is not None:
            self.context.ops.do(
                self, alerts.remove_channel, channel_id=row.id, then=lambda _done: self._removed(row),
                failed=self._refused,
            )  # fmt: skip

    def _removed(self, row: ChannelRow) -> None:
        self.close_panel()
        self.context.shell.say(_("{name} is removed.", name=row.edit.name))
        self.context.ops.run(self, lambda: alerts.keep_channel_secret(row.edit.kind, row.key, NOTHING), lane="alerts")

    def _refused(self, error: CoreError) -> None:
        self.context.shell.show_error(error.text)

    def has_unsaved(self) -> bool:
        panel: Any = self.panel()
        return isinstance(panel, ChannelPanel) and panel.is_changed()


def _state(row: ChannelRow) -> BadgeLook:
    if row.need_person:
        return BadgeLook(_("Needs a person"), Meaning.SOON)
    if not row.edit.is_on:
        return BadgeLook(_("Switched off"), Meaning.PLAIN)
    return BadgeLook(_("On"), Meaning.GOOD) if row.why is None else BadgeLook(_("Does not get through"), Meaning.DANGER)


def _where(row: ChannelRow) -> Text:
    parts = [verbatim(row.shown)] if row.shown else []
    if row.edit.to_people:
        parts.append(_("people at their own"))
    return join(parts, ", ") if parts else verbatim("–")


CHANNELS = (
    Column("state", _("State"), 184, kind=Kind.BADGE, value=_state, sortable=False),
    Column("name", _("Name"), 180, value=lambda row: row.edit.name),
    Column("kind", _("Kind"), 150, value=lambda row: word(row.edit.kind)),
    Column("where", _("Address"), 220, value=_where, stretch=True, sortable=False),
    Column("why", _("What happened"), 300, value=lambda row: row.why or "", sortable=False, muted=True, wide_only=True),
    Column("waiting", _("Wait"), 90, kind=Kind.QTY),
    Column("need_person", _("Need a person"), 120, kind=Kind.QTY, wide_only=True),
)
