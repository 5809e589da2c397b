"""One alert: why it is there, where it leads, what became of it, who has read it, and the messages that told of it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from core.alerts import AlertCard, AlertMoment
from core.i18n import Text, _, join, verbatim
from core.words import AlertState, MessageState, word
from desktop.alerts.columns import state_look, state_words, urgency_look
from desktop.alerts.snooze import rests
from desktop.widgets import Badge, Button, DetailPanel, Facts, Form, Label, TextEdit, Words, instant_words, ui_text

LONGEST_NOTE = 200


class AlertPanel(DetailPanel):
    """`verb` names where it leads (None: nowhere for this person). What is chosen is told, the page does it."""

    opened = Signal()
    acknowledged = Signal(str)
    snoozed = Signal(object, str)
    reopened = Signal()

    def __init__(self, card: AlertCard, verb: Text | None, now: datetime) -> None:
        row = card.row
        super().__init__(row.title, word(row.kind), urgency_look(row))
        self.card, self._now = card, now
        self.add_widget(Label(row.words, wrap=True))
        self.add_facts(_facts(card))
        self.note = Form()
        self._note_field = self.note.add("note", _("Note"), TextEdit(_("Note"), most=LONGEST_NOTE), span=True)
        if row.state in (AlertState.OPEN, AlertState.SNOOZED):
            self.add_widget(self.note)
        self.add_section(_("History"), Facts(_history(card)))
        self.add_section(_("Told outside the program"), Facts(_messages(card)) if card.messages else _nowhere())
        if card.readers:
            self.add_section(_("Read by"), Label(", ".join(card.readers), wrap=True))
        self._add_acts(row.state, verb)

    def has_typing(self) -> bool:
        """Whether a note is begun."""
        return self.note.has_typing()

    def note_text(self) -> str:
        """The note as it stands."""
        return str(self._note_field.value() or "")

    # -- inside

    def _add_acts(self, state: AlertState, verb: Text | None) -> None:
        if verb is not None:
            self.add_action(Button(verb, self.opened.emit, kind="primary", icon_name="chevron-right"))
        if state in (AlertState.OPEN, AlertState.SNOOZED):
            self.add_action(Button(_("Acknowledge"), self._acknowledge, icon_name="check", key="F2"))
        if state in (AlertState.OPEN, AlertState.ACKNOWLEDGED):
            snooze = self.add_action(Button(_("Snooze"), icon_name="clock"))
            snooze.setMenu(self._rests(snooze))
        if state in (AlertState.ACKNOWLEDGED, AlertState.SNOOZED):
            self.add_action(Button(_("Open again"), self.reopened.emit, icon_name="undo"))

    def _acknowledge(self) -> None:
        self.acknowledged.emit(self.note_text())

    def _rests(self, button: Button) -> QMenu:
        menu = QMenu(button)
        for words, until in rests(self._now):
            action = QAction(ui_text(words), menu)
            action.triggered.connect(lambda _on=False, until=until: self.snoozed.emit(until, self.note_text()))
            menu.addAction(action)
        return menu


def _facts(card: AlertCard) -> list[tuple[Words, Words | Badge]]:
    row = card.row
    said = state_words(row)
    return [
        (_("State"), Badge(state_look(row))),
        *([(_("Who and when"), said)] if said else []),
        *([(_("Note"), verbatim(row.note))] if row.note else []),
        (_("First seen"), instant_words(row.opened_at)),
        *([(_("Told again"), instant_words(row.told_at))] if row.told_at != row.opened_at else []),
    ]


def _history(card: AlertCard) -> list[tuple[Words, Words]]:
    first: list[tuple[Words, Words]] = [(instant_words(card.row.opened_at), _("First seen"))]
    return first + [(instant_words(one.at), _moment_words(one)) for one in card.moments]


def _moment_words(moment: AlertMoment) -> Words:
    parts = [word(moment.event)]
    if moment.until is not None:
        parts.append(_("until {time}", time=instant_words(moment.until)))
    if moment.person:
        parts.append(_("by {person}", person=moment.person))
    if moment.note:
        parts.append(_("“{note}”", note=moment.note))
    return join(parts, " ")


def _messages(card: AlertCard) -> list[tuple[Words, Words]]:
    return [
        (channel, join([word(MessageState(state)), verbatim("" if at is None else instant_words(at))], " "))
        for channel, state, at in card.messages
    ]


def _nowhere() -> Label:
    return Label(_("No message was sent for it."), "muted")
