"""The columns of the label queue."""

from __future__ import annotations

from collections.abc import Callable

from core.i18n import Language, _
from core.labels import QueueRow
from desktop.labels.looks import reason_words
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, date_words


def queue_columns(spoken: Language, look: Callable[[QueueRow], BadgeLook | None]) -> list[Column]:
    """What is shown of a row; `look` says what is to be known at a glance."""
    return [
        Column("name", _("Label for"), 190, stretch=True, value=lambda row: row.name.render(spoken) or row.code),
        Column("code", _("Code"), 100, muted=True, wide_only=True),
        Column("place", _("Place"), 84),
        Column("why", _("Reason"), 210, value=reason_words, sortable=False),
        Column("state", _("State"), 132, kind=Kind.BADGE, value=look, sortable=False),
        Column("due_on", _("Due on"), 92, value=lambda row: date_words(row.due_on), meaning=_late),
        Column("copies", _("Copies"), 64, kind=Kind.QTY),
        Column(
            "layout", _("Layout"), 150, muted=True, wide_only=True, value=lambda row: row.layout_name.render(spoken)
        ),
        Column("to", _("Printer"), 120, muted=True, wide_only=True, value=lambda row: row.printer),
    ]


def _late(row: QueueRow) -> Meaning | None:
    return Meaning.DANGER if row.is_late else None
