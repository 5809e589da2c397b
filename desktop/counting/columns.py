"""The columns of the lists of counting, and the badges of their states."""

from __future__ import annotations

from typing import Any

from core.counting import CountLine, CountRow, DifferenceRow, RiskRow
from core.i18n import Text, _
from core.words import CountState, VarianceReason, word
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, language, number_words

STATE_MEANINGS = {
    CountState.COUNTING: Meaning.ACCENT,
    CountState.TO_RESOLVE: Meaning.SOON,
    CountState.TO_APPROVE: Meaning.WATCH,
    CountState.POSTED: Meaning.GOOD,
    CountState.CANCELLED: Meaning.PLAIN,
}


def state_look(row: CountRow) -> BadgeLook:
    """The state of a count as a badge."""
    if row.is_reversed:
        return BadgeLook(_("Reversed"), Meaning.PLAIN)
    return BadgeLook(word(row.state), STATE_MEANINGS[row.state])


def _name(row: Any) -> str:
    return str(row.title(language()))


def count_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of the list of counts."""
    money = [Column("value", _("Difference in money"), 130, kind=Kind.MONEY)] if sees_cost else []
    return [
        Column("number", _("Number"), 140),
        Column("kind", _("Kind of count"), 130, value=lambda row: word(row.kind)),
        Column("title", _("Note"), 140, stretch=True),
        Column("state", _("State"), 172, kind=Kind.BADGE, value=state_look),
        Column("progress", _("Counted lines"), 120, value=progress_words, sortable=False),
        Column("accuracy", _("Within tolerance"), 112, kind=Kind.PERCENT, zero_is_dash=False, wide_only=True),
        *money,
        Column("created_at", _("Started"), 136, kind=Kind.INSTANT, muted=True, wide_only=True),
        Column("created_by", _("Started by"), 110, muted=True, wide_only=True),
    ]


def progress_words(row: CountRow) -> str:
    """Counted lines of all lines."""
    return f"{row.counted:,} / {row.lines:,}"


def line_state(line: CountLine) -> BadgeLook | None:
    """What is still to be done at a line, or that it is done."""
    if line.needs_recount:
        return BadgeLook(_("Count again"), Meaning.SOON)
    if line.counted is None:
        return None
    if line.is_assumed:
        return BadgeLook(_("Taken as zero"), Meaning.WATCH)
    return BadgeLook(_("Done"), Meaning.GOOD)


def counted_words(line: CountLine) -> str:
    """What was counted, in the units it was counted in."""
    if line.counted is None or line.needs_recount:
        return ""
    names = {unit.unit: unit.title(language()) for unit in line.units}
    parts = [f"{number_words(part.qty)} {names.get(part.unit, part.unit)}" for part in line.parts]
    return " + ".join(parts) or f"{number_words(line.counted)} {line.unit_title(language())}"


def sheet_columns() -> list[Column]:
    """Columns of the sheet beside the big line."""
    return [
        Column("position", _("No."), 52, sortable=False, muted=True),
        Column("place", _("Place"), 110, value=lambda line: line.place(language()), sortable=False, wide_only=True),
        Column("name", _("Item"), 180, value=_line_name, stretch=True, sortable=False),
        Column("counted_words", _("Counted"), 130, value=counted_words, sortable=False),
        Column("state", _("State"), 116, kind=Kind.BADGE, value=line_state, sortable=False),
    ]


def _line_name(line: CountLine) -> str:
    return f"{line.title(language())}  {line.lot}".rstrip()


def difference_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of the differences."""
    money = [Column("value", _("Difference in money"), 140, kind=Kind.MONEY, why=True)] if sees_cost else []
    return [
        Column("position", _("No."), 48, muted=True),
        Column("name", _("Item"), 160, value=_difference_name, stretch=True),
        Column("place", _("Place"), 96, value=lambda row: row.place(language()), wide_only=True),
        Column("expected", _("Book"), 86, kind=Kind.QTY, why=True, zero_is_dash=False),
        Column("counted", _("Counted"), 86, kind=Kind.QTY, zero_is_dash=False),
        Column("unit", _("Unit"), 56, kind=Kind.UNIT, value=lambda row: row.unit_title(language()), sortable=False),
        Column("difference", _("Difference"), 90, kind=Kind.QTY, why=True),
        Column("share", _("Share"), 76, kind=Kind.PERCENT, wide_only=True),
        *money,
        Column("since", _("Since the last count"), 190, value=since_words, muted=True, sortable=False, wide_only=True),
        Column("state", _("State"), 172, kind=Kind.BADGE, value=difference_state),
    ]


def _difference_name(row: DifferenceRow) -> str:
    return f"{row.title(language())}  {row.lot}".rstrip()


def since_words(row: DifferenceRow) -> Words:
    """What moved since the last count, in one line."""
    parts: list[Text] = [_("{kind} {qty}", kind=word(one.kind), qty=signed_words(one.qty)) for one in row.since]
    if not parts:
        return _("Nothing moved") if row.last_counted_at is not None else ""
    tongue = language()
    return " · ".join(part.render(tongue) for part in parts)


def signed_words(qty: Any) -> str:
    """A quantity with its sign, plus as well."""
    return ("+" if qty > 0 else "") + number_words(qty)


def difference_state(row: DifferenceRow) -> BadgeLook:
    """What is to be done about a difference."""
    if row.is_impossible:
        return BadgeLook(_("Less than taken since"), Meaning.DANGER)
    if row.needs_recount:
        return BadgeLook(_("Count again"), Meaning.SOON)
    if row.reason:
        return BadgeLook(word(VarianceReason(row.reason)), Meaning.GOOD)
    if row.needs_reason:
        return BadgeLook(_("Needs a reason"), Meaning.DANGER)
    return BadgeLook(_("Within tolerance"), Meaning.GOOD)


def risk_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of what is worth counting."""
    money = [Column("value", _("Value there"), 120, kind=Kind.MONEY)] if sees_cost else []
    return [
        Column("code", _("Code"), 110),
        Column("name", _("Item"), 180, value=_name, stretch=True),
        Column("place", _("Place"), 130, value=lambda row: row.place(language())),
        Column("abc_class", _("Class"), 64),
        Column("days", _("Last counted"), 150, value=days_words),
        *money,
        Column("error", _("Past differences"), 120, kind=Kind.PERCENT),
        Column("why", _("Why now"), 190, kind=Kind.BADGE, value=risk_look, sortable=False),
    ]


def days_words(row: RiskRow) -> Text:
    """How long ago it was counted."""
    if row.days is None:
        return _("Never")
    return _("Today") if row.days == 0 else _("{n} days ago", n=row.days)


def risk_look(row: RiskRow) -> BadgeLook:
    """Why a line is worth counting now."""
    if row.is_negative:
        return BadgeLook(_("The book is below zero"), Meaning.DANGER)
    if row.due_in <= 0:
        return BadgeLook(_("Due"), Meaning.SOON)
    return BadgeLook(_("Due in {n} days", n=row.due_in), Meaning.PLAIN)
