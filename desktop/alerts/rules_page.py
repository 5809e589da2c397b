"""What is watched: the rules in a calm table, each with its limits, who is told and how; and the quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from core import alerts
from core.alerts import ChannelRow, Contact, KindFacts, QuietCard, QuietHours, RuleEdit, RuleRow, ToldRole
from core.errors import CoreError
from core.i18n import Text, _, join, verbatim
from core.words import word
from desktop.alerts.columns import URGENCIES
from desktop.alerts.rule_form import RuleChoices, first_edit, limit_words, make_rule_form, typed_rule
from desktop.context import AppContext
from desktop.theme import Meaning
from desktop.widgets import (
    BadgeLook,
    CheckEdit,
    Column,
    Form,
    FormPanel,
    Kind,
    PageBase,
    RowTable,
    TextEdit,
)

PANEL = 460
ANSWER = _("From which limits on an alert is opened, and who is told.")
CHANNELS_ROUTE, CONTACTS_ROUTE, INBOX_ROUTE = "settings.channels", "settings.alert_contacts", "alerts.inbox"


class RulesPage(PageBase):
    """F2 makes a rule, Enter changes one, F6 switches the chosen one on or off."""

    def __init__(self, context: AppContext, *, is_adding: bool = False, is_quiet: bool = False) -> None:
        super().__init__(_("What is watched"), ANSWER)
        self.context, self.choices = context, RuleChoices()
        self._wanted = "new" if is_adding else "quiet" if is_quiet else ""
        self.table = RowTable(self._columns(), name=_("What is watched"), key="alerts.rules")
        self.set_table(self.table)
        self.set_primary(_("New rule"), self.add_rule)
        self.add_more(_("Switch on or off"), self.switch, "check", key="F6")
        self.add_more(_("Remove the rule"), self.remove, "trash")
        self.add_more(_("Quiet hours"), self.change_quiet, "moon")
        for route, words, icon in (
            (CHANNELS_ROUTE, _("Channels"), "link"), (CONTACTS_ROUTE, _("Where people are told"), "user"),
            (INBOX_ROUTE, _("Alerts"), "bell"),
        ):  # fmt: skip
            if context.shell.can_go(route):
                self.add_more(words, partial(context.shell.go, route), icon)
        self.table.row_activated.connect(self.change_rule)
        context.hub.watch(self, ("alert_rule", "alert", "person"), self.reload)
        context.hub.watch(self, ("alert_settings",), self.reload)
        self.start_loading()
        self.reload()

    def _columns(self) -> list[Column]:
        return [
            Column("is_on", _("State"), 116, kind=Kind.BADGE, value=_state, sortable=False),
            Column("title", _("Rule"), 190),
            Column("limits", _("Limits"), 280, value=self._limits, stretch=True, sortable=False, least=200),
            Column("urgency", _("Urgency"), 128, kind=Kind.BADGE, value=_urgency, sortable=False),
            Column("told", _("Who is told"), 200, value=self._told, sortable=False, muted=True, wide_only=True),
            Column("channels", _("Channels"), 120, value=self._channels, sortable=False, muted=True, wide_only=True),
            Column("alerts", _("Alerts now"), 90, kind=Kind.QTY),
        ]

    def _limits(self, row: RuleRow) -> Any:
        return limit_words(row, next((one for one in self.choices.kinds if one.kind == row.edit.kind), None))

    def _told(self, row: RuleRow) -> Text:
        names = [Text("{name}", (("name", one.name),)) for one in self.choices.roles if one.code in row.edit.roles]
        names += [verbatim(one.name) for one in self.choices.people if one.person_id in row.edit.people]
        return join(names, ", ") if names else _("Everybody who may see it")

    def _channels(self, row: RuleRow) -> str:
        return ", ".join(one.edit.name for one in self.choices.channels if one.id in row.edit.channels)

    # --- asking: what can be named first, then the rules

    def reload(self) -> None:
        """Ask again for everything."""
        ask = self.context.ops.ask
        ask(self, alerts.list_alert_kinds, then=self._take_kinds, failed=self.show_error)
        ask(self, alerts.list_alert_roles, then=self._take_roles, failed=self.show_error)
        ask(self, alerts.list_contacts, then=self._take_people, failed=self.show_error)
        ask(self, alerts.list_channels, then=self._take_channels, failed=self.show_error)
        ask(self, alerts.list_alert_rules, then=self._take, failed=self.show_error)
        ask(self, alerts.get_quiet_hours, then=self._say_quiet, failed=self.show_error)

    def _take_kinds(self, kinds: Sequence[KindFacts]) -> None:
        self._choose(kinds=tuple(kinds))

    def _take_roles(self, roles: Sequence[ToldRole]) -> None:
        self._choose(roles=tuple(roles))

    def _take_people(self, people: Sequence[Contact]) -> None:
        self._choose(people=tuple(people))

    def _take_channels(self, channels: Sequence[ChannelRow]) -> None:
        self._choose(channels=tuple(channels))

    def _choose(self, **found: Any) -> None:
        self.choices = replace(self.choices, **found)
        self.table.retranslate()
        self._begin()

    def _take(self, rows: Sequence[RuleRow]) -> None:
        self.table.set_rows(rows)
        self.set_count(len(rows))
        self._begin()

    def _begin(self) -> None:
        """What the page was opened for, once everything is at hand."""
        if self._wanted == "new" and self.choices.kinds and self.choices.roles:
            self._wanted = ""
            self.add_rule()

    def _say_quiet(self, card: QuietCard) -> None:
        quiet, first = card.quiet, ANSWER
        if quiet.quiet_from:
            hours = _("Quiet from {start} to {end}.", start=quiet.quiet_from, end=quiet.quiet_to)
            self.set_answer(join([first, hours], " "))
        else:
            self.set_answer(first)
        if self._wanted == "quiet":
            self._wanted = ""
            self._open_quiet(card)

    # --- one rule

    def add_rule(self) -> None:
        """A further rule (F2)."""
        if self.choices.kinds:
            self._open_new(first_edit(self.choices.kinds[0]))

    def _open_new(self, edit: RuleEdit) -> None:
        form = make_rule_form(edit, self.choices, is_new=True)
        form.editor("kind").changed.connect(lambda: self._other_kind(form.editor("kind").value(), edit))
        self._open(_("New rule"), form, edit, {})

    def _other_kind(self, kind: Any, before: RuleEdit) -> None:
        if kind is not None and kind != before.kind:
            self._open_new(first_edit(self.choices.facts(kind)))

    def change_rule(self, row: RuleRow) -> None:
        """Change a rule (Enter)."""
        if self.choices.kinds:
            form = make_rule_form(row.edit, self.choices, is_new=False)
            seen = {"rule_id": row.id, "version": row.version, "seen": row.edit}
            self._open(_("Change {name}", name=row.title), form, row.edit, seen)

    def _open(self, title: Text, form: Form, edit: RuleEdit, seen: dict[str, Any]) -> None:
        def send(values: dict[str, Any]) -> None:
            typed = typed_rule(values.get("kind") or edit.kind, values)
            self._save(typed, seen, panel)

        panel = FormPanel(title, form, send)
        panel.saved.connect(lambda _answer: self.close_panel())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, PANEL)
        panel.focus_field("" if not seen else "is_on")

    def _save(self, typed: RuleEdit, seen: dict[str, Any], panel: FormPanel) -> None:
        def failed(error: CoreError) -> None:
            if error.field in edit_limits:
                error = type(error)(error.text, field=f"limit:{error.field}")
            panel.show_error(error)

        edit_limits = set(typed.limits)
        self.context.ops.do(self, alerts.save_alert_rule, new=typed, then=panel.done, failed=failed, **seen)

    def switch(self) -> None:
        """The chosen rule looks no longer, or again (F6)."""
        row = self.table.current_row()
        if row is not None:
            self.context.ops.do(
                self, alerts.save_alert_rule, new=replace(row.edit, is_on=not row.edit.is_on), rule_id=row.id,
                version=row.version, seen=row.edit, failed=self._refused,
            )  # fmt: skip

    def remove(self) -> None:
        """The chosen rule goes; its alerts stay in the history."""
        row = self.table.current_row()
        if row is not None:
            self.context.ops.do(
                self, alerts.remove_alert_rule, rule_id=row.id, failed=self._refused,
                then=lambda _done: self.context.shell.say(_("{name} is removed.", name=row.title)),
            )  # fmt: skip

    def _refused(self, error: CoreError) -> None:
        self.context.shell.show_error(error.text)

    # --- quiet hours

    def change_quiet(self) -> None:
        """When nothing is sent."""
        self.context.ops.ask(self, alerts.get_quiet_hours, key="quiet", then=self._open_quiet, failed=self._refused)

    def _open_quiet(self, card: QuietCard) -> None:
        form = Form()
        form.add("quiet_from", _("Quiet from"), TextEdit(_("Quiet from"), placeholder="22:00", most=5))
        until = TextEdit(_("Quiet until"), placeholder="07:00", most=5)
        form.add("quiet_to", _("Quiet until"), until, hint=_("Empty: never quiet."))
        form.add("urgent_breaks", "", CheckEdit(_("What is urgent is sent all the same"))).set_name(_("Urgent"))
        quiet = card.quiet
        form.set_values(
            {
                "quiet_from": quiet.quiet_from or None, "quiet_to": quiet.quiet_to or None,
                "urgent_breaks": quiet.urgent_breaks,
            }
        )  # fmt: skip

        def send(values: dict[str, Any]) -> None:
            new = QuietHours(values["quiet_from"] or "", values["quiet_to"] or "", bool(values["urgent_breaks"]))
            self.context.ops.do(
                self, alerts.save_quiet_hours, new=new, version=card.version, seen=quiet, then=panel.done,
                failed=panel.show_error,
            )  # fmt: skip

        panel = FormPanel(_("Quiet hours"), form, send, subtitle=_("Nothing is sent outside the program then."))
        panel.saved.connect(lambda _answer: self.close_panel())
        panel.saved.connect(lambda _answer: self.reload())
        panel.cancelled.connect(self.close_panel)
        self.open_panel(panel, PANEL)
        panel.focus_field()

    def has_unsaved(self) -> bool:
        panel = self.panel()
        return isinstance(panel, FormPanel) and panel.is_changed()


def _state(row: RuleRow) -> BadgeLook:
    return BadgeLook(_("On"), Meaning.GOOD) if row.edit.is_on else BadgeLook(_("Switched off"), Meaning.PLAIN)


def _urgency(row: RuleRow) -> BadgeLook:
    return BadgeLook(word(row.edit.urgency), URGENCIES[row.edit.urgency])
