"""The work list: what it is, about what, how much, and where it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.i18n import Text, _, _n
from core.reports import WorkKind, WorkRow
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, date_words, instant_words, language, number_words

Target = tuple[str, Mapping[str, object]]

_LOOKS: dict[WorkKind, BadgeLook] = {
    WorkKind.EXPIRED: BadgeLook(_("Expired"), Meaning.DANGER, "error"),
    WorkKind.APPROVE: BadgeLook(_("Approve count"), Meaning.SOON, "check"),
    WorkKind.RESOLVE: BadgeLook(_("Settle differences"), Meaning.SOON, "warning"),
    WorkKind.ARRIVAL: BadgeLook(_("Receive transfer"), Meaning.SOON, "transfer"),
    WorkKind.COUNT: BadgeLook(_("Count stock"), Meaning.ACCENT, "count"),
    WorkKind.BELOW: BadgeLook(_("Below safety stock"), Meaning.DANGER, "trend-down"),
    WorkKind.EXPIRING: BadgeLook(_("Use first"), Meaning.SOON, "clock"),
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of the list; `id` tells it from all others."""

    id: tuple[str, int]
    row: WorkRow
    today: date

    def title(self) -> Words:
        """What it is about."""
        row = self.row
        if not row.id:
            return _("{n} more", n=row.count)
        name = row.title(language())
        return f"{name}  {row.number}" if name else row.number

    def detail(self) -> Words:
        """How much, and how bad."""
        return "" if not self.row.id else _DETAILS[self.row.kind](self)

    def since(self) -> str:
        """The day or the moment."""
        row = self.row
        if row.expires_on is not None:
            return date_words(row.expires_on)
        return "" if row.at is None else instant_words(row.at)


COLUMNS = (
    Column(
        "kind",
        _("What to do"),
        190,
        kind=Kind.BADGE,
        badge=_LOOKS.get,
        value=lambda line: line.row.kind,
        sortable=False,
    ),
    Column("title", _("About"), 260, stretch=True, value=lambda line: line.title(), sortable=False),
    Column("detail", _("How it stands"), 300, value=lambda line: line.detail(), sortable=False),
    Column("since", _("Date"), 150, value=lambda line: line.since(), muted=True, sortable=False, wide_only=True),
)


def target_of(row: WorkRow) -> Target:
    """The page where it is done: the record's own, or for the rest the list."""
    if row.kind in (WorkKind.EXPIRED, WorkKind.EXPIRING):
        board = "expired" if row.kind is WorkKind.EXPIRED else "days3"
        return "stock.lots", {"lot_id": row.id, "board": board} if row.id else {"board": board}
    if row.kind in (WorkKind.APPROVE, WorkKind.RESOLVE):
        return "stock.count_review", {"count_id": row.id}
    if row.kind is WorkKind.COUNT:
        return "stock.count", {"count_id": row.id}
    if row.kind is WorkKind.ARRIVAL:
        return "stock.transit", {}
    return "stock.on_hand", {"level": "below", "item_id": row.id} if row.id else {"level": "below"}


def _unit(line: WorkLine) -> str:
    return line.row.unit_en if language() == "en" else line.row.unit


def _qty(line: WorkLine) -> str:
    qty = line.row.qty
    return "" if qty is None else f"{number_words(qty)} {_unit(line)}"


def _expired_words(line: WorkLine) -> Text:
    days = _days(line)
    return _n("{qty} left, expired {n} day ago", "{qty} left, expired {n} days ago", days, qty=_qty(line))


def _expiring_words(line: WorkLine) -> Text:
    days = -_days(line)
    if days == 0:
        return _("{qty} left, expires today", qty=_qty(line))
    return _n("{qty} left, expires in {n} day", "{qty} left, expires in {n} days", days, qty=_qty(line))


def _days(line: WorkLine) -> int:
    expires_on = line.row.expires_on
    return 0 if expires_on is None else (line.today - expires_on).days


def _below_words(line: WorkLine) -> Text:
    floor = line.row.floor
    if not floor:
        return _("{qty}: less than nothing", qty=_qty(line))
    return _("on hand {qty}, safety stock {floor}", qty=_qty(line), floor=f"{number_words(floor)} {_unit(line)}")


def _count_words(line: WorkLine) -> Text:
    row = line.row
    return _("{done} of {lines} lines counted", done=number_words(row.qty or 0), lines=number_words(row.floor or 0))


def _arrival_words(line: WorkLine) -> Text:
    lines = int(line.row.qty or 0)
    return _n("{n} line on its way", "{n} lines on their way", lines)


_DETAILS = {
    WorkKind.EXPIRED: _expired_words,
    WorkKind.EXPIRING: _expiring_words,
    WorkKind.BELOW: _below_words,
    WorkKind.ARRIVAL: _arrival_words,
    WorkKind.COUNT: _count_words,
    WorkKind.APPROVE: _count_words,
    WorkKind.RESOLVE: _count_words,
}
