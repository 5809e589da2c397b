"""Columns of the inbox, on screen and in a file, and how alerts are said."""

from __future__ import annotations

from collections.abc import Sequence

from core.alerts import AlertRow
from core.documents import Cell, Sheet
from core.documents import Column as FileColumn
from core.i18n import Language, _
from core.words import AlertState, AlertUrgency, word
from desktop.printing.list_file import MakeSheet
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, instant_words

URGENCIES = {
    AlertUrgency.URGENT: Meaning.DANGER, AlertUrgency.HIGH: Meaning.SOON, AlertUrgency.NORMAL: Meaning.WATCH,
    AlertUrgency.LOW: Meaning.PLAIN,
}  # fmt: skip
STATES = {
    AlertState.OPEN: Meaning.ACCENT, AlertState.ACKNOWLEDGED: Meaning.GOOD, AlertState.SNOOZED: Meaning.PLAIN,
    AlertState.CLOSED: Meaning.PLAIN,
}  # fmt: skip


def urgency_look(row: AlertRow) -> BadgeLook:
    """How soon somebody must look."""
    return BadgeLook(word(row.urgency), URGENCIES[row.urgency])


def state_look(row: AlertRow) -> BadgeLook:
    """Where it stands."""
    return BadgeLook(word(row.state), STATES[row.state])


def state_words(row: AlertRow) -> Words:
    """Where it stands, since when or until when, and who said so."""
    if row.state is AlertState.SNOOZED and row.snoozed_until is not None:
        return _("until {time}, by {person}", time=instant_words(row.snoozed_until), person=row.decided_by)
    if row.state is AlertState.ACKNOWLEDGED:
        return _("by {person}", person=row.decided_by)
    return "" if row.closed_at is None else instant_words(row.closed_at)


INBOX = (
    Column("urgency", _("Urgency"), 128, kind=Kind.BADGE, value=urgency_look, sortable=False),
    Column(
        "is_read", _("Unread"), 64, value=lambda row: "" if row.is_read or row.closed_at else _("new"), sortable=False,
        meaning=lambda _row: Meaning.ACCENT,
    ),
    Column("title", _("About"), 210, sortable=False),
    Column("words", _("Why, and what to do"), 360, stretch=True, sortable=False, least=320),
    Column("kind", _("Kind"), 176, value=lambda row: word(row.kind), sortable=False, muted=True, wide_only=True),
    Column("state", _("State"), 140, kind=Kind.BADGE, value=state_look, sortable=False, wide_only=True),
    Column("told_at", _("Told"), 136, kind=Kind.INSTANT, sortable=False, muted=True, wide_only=True),
)  # fmt: skip


def inbox_sheet(rows: Sequence[AlertRow], said: Language) -> MakeSheet:
    """These alerts as a list."""
    columns = (
        FileColumn("urgency", _("Urgency")), FileColumn("kind", _("Kind")), FileColumn("title", _("About")),
        FileColumn("words", _("Why, and what to do")), FileColumn("state", _("State")),
        FileColumn("opened", _("First seen")), FileColumn("closed", _("Cause gone")), FileColumn("by", _("By")),
        FileColumn("note", _("Note")),
    )  # fmt: skip

    def cells(row: AlertRow) -> tuple[Cell, ...]:
        closed = "" if row.closed_at is None else instant_words(row.closed_at)
        return (
            word(row.urgency), word(row.kind), row.title.render(said), row.words.render(said), word(row.state),
            instant_words(row.opened_at), closed, row.decided_by, row.note,
        )  # fmt: skip

    return lambda: Sheet(_("Alerts"), columns, (cells(row) for row in rows))
