"""The columns of the lists at the dock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from core.i18n import Text, _, _n
from core.purchasing import ExpectedRow
from core.values import digits_of
from core.words import word
from desktop.purchasing.receive.dock import Dock
from desktop.purchasing.receive.finding import Finder
from desktop.purchasing.receive.lines import DockLine
from desktop.purchasing.receive.states import look_of, meaning_of
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, date_words, money_digits

SOON_CHANGE = Decimal("0.05")


def line_columns(finder: Finder, dock: Dock, *, sees_cost: bool) -> list[Column]:
    """The lines of a delivery. State and what came say the same, by word and by colour."""
    language = finder.context.language
    columns = [
        Column("code", _("Code"), 96, value=lambda line: line.known.code, muted=True, sortable=False, wide_only=True),
        Column("item", _("Item"), 150, value=lambda line: line.title(language), stretch=True, sortable=False),
        Column("ordered", _("Expected"), 74, kind=Kind.QTY, value=expected_of(dock), muted=True, sortable=False),
        Column(
            "qty", _("Taken in"), 64, kind=Kind.QTY, sortable=False, zero_is_dash=False,
            value=lambda line: line.qty if line.is_touched else None,
            meaning=lambda line: meaning_of(line, dock.standing(line)),
        ),
        Column("unit", "", 60, kind=Kind.UNIT, value=lambda line: finder.unit_word(line.unit), sortable=False),
        Column("rejected", _("Refused"), 74, kind=Kind.QTY, sortable=False, value=lambda line: line.rejected or None),
        Column("lot", _("Lot"), 172, value=lot_words, sortable=False),
    ]  # fmt: skip
    if sees_cost:
        columns += _price_columns()
    columns += [
        Column("place", _("Place"), 110, value=lambda line: finder.place_word(line.place_id), sortable=False,
               wide_only=True),
        Column("state", _("State"), 118, kind=Kind.BADGE, sortable=False,
               value=lambda line: look_of(line, dock.standing(line), dock.has_orders())),
    ]  # fmt: skip
    return columns


def _price_columns() -> list[Column]:
    return [
        Column("price", _("Unit price"), 80, kind=Kind.MONEY, value=lambda line: line.price_in(), sortable=False,
               zero_is_dash=False),
        Column("change", _("Price moved"), 84, kind=Kind.PERCENT, value=lambda line: line.change(), sortable=False,
               meaning=change_meaning),
        Column("amount", _("Line value"), 92, kind=Kind.MONEY, value=lambda line: line.amount(money_digits()),
               sortable=False, wide_only=True),
    ]  # fmt: skip


def expected_of(dock: Dock) -> Callable[[DockLine], Decimal | None]:
    """What the order still waits for, in the line's unit; said once where goods came in several lots."""

    def expected(line: DockLine) -> Decimal | None:
        of = line.known.order_line_id
        if of is None:
            return None
        first = next((one for one in dock.lines() if one.known.order_line_id == of), line)
        return line.needed if first.id == line.id else None

    return expected


def lot_words(line: DockLine) -> str:
    """Lot and expiry, as one."""
    told = [line.lot, date_words(line.expires_on) if line.expires_on is not None else ""]
    return " · ".join(one for one in told if one)


def change_meaning(line: DockLine) -> Meaning | None:
    """Dearer by a twentieth or more is said in colour, cheaper too."""
    change = line.change()
    if change is None or abs(change) < SOON_CHANGE:
        return Meaning.PLAIN
    return Meaning.SOON if change > 0 else Meaning.GOOD


def expected_columns(finder: Finder, *, sees_cost: bool) -> list[Column]:
    """The orders that goods are awaited of."""
    language = finder.context.language
    columns = [
        Column("due_on", _("Expected on"), 112, kind=Kind.DATE),
        Column("late", "", 118, kind=Kind.BADGE, value=lambda row: late_look(row, finder.today()), sortable=False),
        Column("supplier", _("Supplier"), 220, value=lambda row: row.supplier_title(language), stretch=True),
        Column("number", _("Order"), 140),
        Column("lines", _("Open lines"), 100, value=lines_words, sortable=False),
        Column("state", _("State"), 150, value=lambda row: word(row.state), muted=True, wide_only=True),
        Column("phone", _("Phone"), 140),
    ]
    if sees_cost:
        columns.insert(5, Column("value", _("Still to come"), 130, value=_value_words, sortable=False, wide_only=True,
                                 hint=_("What is still to come, in the order's currency")))  # fmt: skip
    return columns


def late_look(row: ExpectedRow, today: date) -> BadgeLook | None:
    """Late, today, or nothing."""
    if row.is_late:
        return BadgeLook(_n("{n} day late", "{n} days late", row.days_late), Meaning.DANGER)
    return BadgeLook(_("Today"), Meaning.ACCENT) if row.due_on == today else None


def lines_words(row: ExpectedRow) -> Text:
    """Open lines, and of how many when some came already."""
    if row.open_lines == row.lines:
        return _n("{n} line", "{n} lines", row.lines)
    return _("{open} of {lines}", open=row.open_lines, lines=row.lines)


def _value_words(row: ExpectedRow) -> str:
    return "" if row.value is None else f"{row.value:,.{digits_of(row.currency)}f} {row.currency}"
