"""The columns of the list of months, and of what became different in one."""

from __future__ import annotations

from core.costing import STATE_TITLES, TITLES, DifferenceRow, LateEntry, MonthRow, MonthState
from core.i18n import _
from core.words import word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, language

LOOKS = {
    MonthState.RUNNING: BadgeLook(STATE_TITLES[MonthState.RUNNING], Meaning.ACCENT),
    MonthState.OPEN: BadgeLook(STATE_TITLES[MonthState.OPEN], Meaning.SOON),
    MonthState.CLOSED: BadgeLook(STATE_TITLES[MonthState.CLOSED], Meaning.GOOD),
    MonthState.REOPENED: BadgeLook(STATE_TITLES[MonthState.REOPENED], Meaning.WATCH),
}


def month_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of the months."""
    money = [
        Column("closing_value", _("Value of the stock"), 130, kind=Kind.MONEY, wide_only=True),
        Column("usage", _("Usage"), 130, kind=Kind.MONEY),
    ]
    return [
        Column("month", _("Month"), 100),
        Column("state", _("State"), 130, kind=Kind.BADGE, value=lambda row: LOOKS[row.state]),
        Column("closing_number", _("Closing number"), 150, muted=True, stretch=True),
        Column("closed_at", _("Closed at"), 144, kind=Kind.INSTANT),
        Column("closed_by", _("Closed by"), 110, wide_only=True),
        *(money if sees_cost else []),
        Column("reason", _("Why it was reopened"), 200, muted=True, value=_reason, wide_only=True),
    ]


def _reason(row: MonthRow) -> str:
    return row.reason if row.state is MonthState.REOPENED else ""


def closing_columns() -> list[Column]:
    """Columns of the closings of one month: what stood in each, and how much it became until the next."""
    return [
        Column("closed_at", _("Closed at"), 140, kind=Kind.INSTANT, stretch=True, sortable=False),
        Column("closed_by", _("Closed by"), 90, wide_only=True, sortable=False),
        Column("value_change", _("Stock changed"), 112, kind=Kind.MONEY, sortable=False),
        Column("usage_change", _("Usage changed"), 112, kind=Kind.MONEY, sortable=False),
        Column("reason", _("Why it was reopened"), 200, muted=True, wide_only=True, sortable=False),
    ]


def difference_columns() -> list[Column]:
    """Columns of figures that are not what was stored."""
    return [
        Column("code", _("Code"), 96, muted=True, wide_only=True),
        Column("name", _("Item"), 130, stretch=True, value=_item),
        Column("column", _("Figure"), 110, value=lambda row: TITLES.get(row.column, row.column)),
        Column("stored", _("As stored"), 104, kind=Kind.MONEY),
        Column("now", _("As it is now"), 104, kind=Kind.MONEY),
        Column("change", _("More or less"), 104, kind=Kind.MONEY),
    ]


def entry_columns() -> list[Column]:
    """Columns of entries that came afterwards."""
    return [
        Column("posted_at", _("Posted at"), 132, kind=Kind.INSTANT, muted=True),
        Column("kind", _("Entry"), 110, value=lambda row: word(row.kind)),
        Column("item_name", _("Item"), 130, stretch=True, value=_entry_item),
        Column("qty", _("Quantity"), 104, kind=Kind.QTY, unit="unit"),
        Column("amount", _("Amount"), 104, kind=Kind.MONEY),
        Column("by", _("By"), 90, muted=True, wide_only=True),
    ]


def _item(row: DifferenceRow) -> Words:
    return row.title(language())


def _entry_item(row: LateEntry) -> Words:
    return row.title(language())
