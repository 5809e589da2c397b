"""One channel in the side panel: its form, and a real test message with what the receiver answered."""

from __future__ import annotations

from typing import Any

from core import alerts
from core.alerts import ChannelEdit, ChannelRow, ChannelSecret, Delivery
from core.errors import CoreError, InvalidInput
from core.i18n import _
from core.words import ChannelKind
from desktop.alerts.channel_form import ROBOTS, make_channel_form, typed_channel
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import Button, FormPanel, Notice

MEANINGS = {"sent": Meaning.GOOD, "unsure": Meaning.SOON}


class ChannelPanel(FormPanel):
    """`row` None is a new channel. Saving keeps the channel for the site, then address and secret on this PC."""

    def __init__(self, context: AppContext, edit: ChannelEdit, row: ChannelRow | None, known: ChannelSecret) -> None:
        self.context, self.edit, self.row, self.known = context, edit, row, known
        is_known = bool(known.url or known.secret)
        form = make_channel_form(edit, is_new=row is None, is_known=is_known)
        title = _("New channel") if row is None else _("Change {name}", name=edit.name)
        super().__init__(title, form, self._send_channel)
        self.told = Notice()
        self.told.hide()
        self.add_widget(self.told)
        if row is not None and row.why is not None:
            self.told.say(row.why, Meaning.DANGER)
        self.test_button = self.add_action(Button(_("Send a test"), self.test, icon_name="bell"))
        self.test_button.setVisible(row is not None and edit.kind is not ChannelKind.MAIL)

    def test(self) -> None:
        """Really send a short message with what is kept."""
        if self.row is None:
            return
        if self.is_changed():
            self.told.say(_("Save the channel first: the test uses what is kept."), Meaning.SOON)
            return
        office, language, key = self.context.office, self.context.language, self.row.id
        self.test_button.setEnabled(False)
        self.told.say(_("Sending a test …"), Meaning.ACCENT)
        self.context.ops.run(
            self, lambda: alerts.send_test_message(office, channel_id=key, language=language), then=self._tested,
            failed=self._not_tested, lane="alerts",
        )  # fmt: skip

    # -- inside

    def _tested(self, delivery: Delivery) -> None:
        self.test_button.setEnabled(True)
        self.told.say(delivery.why, MEANINGS.get(delivery.outcome, Meaning.DANGER))

    def _not_tested(self, error: CoreError) -> None:
        self.test_button.setEnabled(True)
        self.told.say(error.text, Meaning.DANGER)

    def _send_channel(self, values: dict[str, Any]) -> None:
        kind = values.get("kind") or self.edit.kind
        edit, typed = typed_channel(kind, values)
        secret = ChannelSecret(typed.url or self.known.url, typed.secret or self.known.secret)
        try:
            alerts.checked_secret(kind, secret)
        except InvalidInput as fault:
            self.show_error(fault)
            return
        shown = alerts.shown_address(edit, secret.url) if kind in ROBOTS else ""
        seen: dict[str, Any] = {}
        if self.row is not None:
            seen = {"channel_id": self.row.id, "version": self.row.version, "seen": self.row.edit}

        def kept(channel_id: int) -> None:
            if typed.url or typed.secret:
                self._keep(channel_id, kind, secret)
            else:
                self.done(channel_id)

        self.context.ops.do(self, alerts.save_channel, new=edit, shown=shown, then=kept, failed=self._at_field, **seen)

    def _at_field(self, error: CoreError) -> None:
        is_gateway = error.field == "url" and self.edit.kind is ChannelKind.SMS
        names = {"url": "gateway_url"} if is_gateway else {"phone": "addresses"}
        field = names.get(error.field or "")
        self.show_error(error if field is None else type(error)(error.text, field=field))

    def _keep(self, channel_id: int, kind: ChannelKind, secret: ChannelSecret) -> None:
        """The keyring may take its time, so it is asked beside the window."""
        office = self.context.office

        def work() -> bool:
            key = next(row.key for row in office.ask(alerts.list_channels) if row.id == channel_id)
            return alerts.keep_channel_secret(kind, key, secret)

        self.context.ops.run(
            self, work, then=lambda is_safe: self._kept(channel_id, is_safe), failed=self.show_error, lane="alerts"
        )

    def _kept(self, channel_id: int, is_safe: bool) -> None:
        if not is_safe:
            words = _("Saved. This PC has no safe place for secrets: it is known only until the program ends.")
            self.context.shell.say(words)
        self.done(channel_id)
