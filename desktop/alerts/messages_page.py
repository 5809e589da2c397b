"""The messages that told of alerts: where each stands, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core import alerts
from core.alerts import MessageFilter, MessageRow
from core.errors import CoreError
from core.i18n import _, _n
from core.words import MessageState, word
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import (
    Badge,
    BadgeLook,
    Button,
    ChipSpec,
    Column,
    DetailPanel,
    Kind,
    Label,
    PageBase,
    RowTable,
    Words,
    instant_words,
)

PANEL = 420
NEED_PERSON = (MessageState.FAILED, MessageState.UNSURE)
WAITING = (MessageState.QUEUED, MessageState.SENDING)
LOOKS = {
    MessageState.QUEUED: Meaning.ACCENT, MessageState.SENDING: Meaning.ACCENT, MessageState.SENT: Meaning.GOOD,
    MessageState.FAILED: Meaning.DANGER, MessageState.UNSURE: Meaning.SOON, MessageState.WITHDRAWN: Meaning.PLAIN,
}  # fmt: skip
SHOWN = 500


class MessagesPage(PageBase):
    """F2 tries what waits again, Enter shows one message and what can be done about it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(
            _("Messages of alerts"),
            _("Messages that wait go by themselves as soon as they can; none is ever sent twice by itself."),
        )
        self.context = context
        self.table = RowTable(MESSAGES, name=_("Messages of alerts"), key="alerts.messages")
        self.set_table(self.table)
        self.set_empty(_("No message yet"), _("What is told over channels stands here."), icon_name="mail")
        self.chips.add(ChipSpec("person", _("Needs a person")))
        self.chips.add(ChipSpec("waiting", _("Waits")))
        self.chips.changed.connect(self.reload)
        self.set_primary(_("Try again now"), self.hurry, "refresh")
        self.table.row_activated.connect(self.open_message)
        self.table.clicked.connect(lambda index: self.open_message(self.table.row_at(index.row())))
        context.hub.watch(self, ("alert_message",), self.reload)
        self.start_loading()
        self.reload()

    def reload(self) -> None:
        """Ask again for the messages."""
        chosen = self.chips.values()
        states = [*(NEED_PERSON if chosen["person"] else ()), *(WAITING if chosen["waiting"] else ())]
        self.context.ops.ask(
            self, alerts.list_messages, wanted=MessageFilter(tuple(states)), limit=SHOWN, key="list", then=self._take,
            failed=self.show_error,
        )  # fmt: skip

    def _take(self, rows: Sequence[MessageRow]) -> None:
        self.table.set_rows(rows)
        panel = self.panel()
        if isinstance(panel, MessagePanel):
            self.open_message(next((row for row in rows if row.id == panel.row.id), None))

    def hurry(self) -> None:
        """What waits is tried again at once."""
        self.context.ops.do(self, alerts.hurry_messages, then=self._hurried, failed=self._refused)

    def _hurried(self, waiting: int) -> None:
        tried = _n("{n} message is tried again now.", "{n} messages are tried again now.", waiting)
        self.context.shell.say(tried if waiting else _("No message waits."))

    def open_message(self, row: MessageRow | None) -> None:
        """Show one message beside the list."""
        if row is not None:
            panel = MessagePanel(row)
            panel.add_acts(lambda command: self._do(command, row))
            self.open_panel(panel, PANEL)

    def _do(self, command: Callable[..., Any], row: MessageRow) -> None:
        self.context.ops.do(self, command, message_id=row.id, failed=self._refused)

    def _refused(self, error: CoreError) -> None:
        self.context.shell.show_error(error.text)


class MessagePanel(DetailPanel):
    """One message: its words, where it stands, the question when nobody knows whether it arrived."""

    def __init__(self, row: MessageRow) -> None:
        super().__init__(row.title, row.channel, state_look(row))
        self.row = row
        if row.question is not None:
            self.add_widget(Label(row.question, "strong", wrap=True))
        self.add_facts(_facts(row))
        self.add_section(_("Message"), Label(row.body, wrap=True))

    def add_acts(self, do: Callable[[Callable[..., Any]], None]) -> None:
        """What a person can say about it."""
        state = self.row.state
        if state is MessageState.UNSURE:
            arrived = Button(_("It arrived"), lambda: do(alerts.confirm_message), icon_name="check", kind="primary")
            self.add_action(arrived)
        if state in NEED_PERSON:
            words = _("It did not: send again") if state is MessageState.UNSURE else _("Send again")
            self.add_action(Button(words, lambda: do(alerts.resend_message), icon_name="refresh"))
        if state in (*NEED_PERSON, MessageState.QUEUED):
            self.add_action(Button(_("Withdraw"), lambda: do(alerts.withdraw_message), icon_name="close"))


def state_look(row: MessageRow) -> BadgeLook:
    """Where it stands, as a badge."""
    return BadgeLook(word(row.state), LOOKS[row.state])


def _facts(row: MessageRow) -> list[tuple[Words, Words | Badge]]:
    return [
        *([(_("What happened"), row.why)] if row.why is not None else []),
        *([(_("Address"), row.address)] if row.address else []),
        (_("Written"), instant_words(row.made_at)),
        *([(_("Sent"), instant_words(row.sent_at))] if row.sent_at is not None else []),
        *([(_("Tried again"), instant_words(row.next_at))] if row.state is MessageState.QUEUED else []),
    ]


MESSAGES = (
    Column("made_at", _("Written"), 140, kind=Kind.INSTANT, sortable=False),
    Column("channel", _("Channel"), 160, sortable=False),
    Column("title", _("Title"), 260, stretch=True, sortable=False),
    Column("alerts", _("Alerts"), 76, kind=Kind.QTY, sortable=False),
    Column("state", _("State"), 152, kind=Kind.BADGE, value=state_look, sortable=False),
    Column("why", _("What happened"), 240, value=lambda row: row.why or "", sortable=False, muted=True, wide_only=True),
)
