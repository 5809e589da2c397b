"""The checklist as rows: what blocks first, then what is to be looked at with the most money, what is in order, and Close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.costing import (
    CHECK_TITLES,
    LEVEL_TITLES,
    CheckKind,
    CheckLevel,
    ClosingCard,
    MonthCheck,
    MonthRow,
    MonthState,
)
from core.i18n import Text, _, _n
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Column, Kind, Words, date_words, instant_words, money_words

CLOSE = "close"
MEANINGS = {CheckLevel.BLOCK: Meaning.DANGER, CheckLevel.LOOK: Meaning.SOON, CheckLevel.GOOD: Meaning.GOOD}
RANK = {CheckLevel.BLOCK: 0, CheckLevel.LOOK: 1, None: 2, CheckLevel.GOOD: 3}
LOOKS = {level: BadgeLook(LEVEL_TITLES[level], meaning) for level, meaning in MEANINGS.items()}
WAITING = BadgeLook(_("Checking…"), Meaning.PLAIN)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A line of the checklist. `id` is the kind of the check, or `close` for the last line."""

    id: str
    title: Words
    look: BadgeLook
    words: Text
    count: int | None = None
    amount: Decimal | None = None
    check: MonthCheck | None = None


def check_rows(checks: Sequence[MonthCheck], verified: MonthCheck | None) -> list[CheckRow]:
    """The checks in the order they are dealt with; the ledger's verification takes its place when it is known."""
    known = [one for one in checks if one.kind is not CheckKind.UNVERIFIED]
    found: list[MonthCheck | None] = [*known, verified]
    found.sort(key=lambda one: (RANK[one.level if one else None], -abs((one.amount if one else None) or Decimal(0))))
    return [_waiting() if one is None else _row(one) for one in found]


def _row(check: MonthCheck) -> CheckRow:
    is_good = check.level is CheckLevel.GOOD
    return CheckRow(
        check.kind.value, CHECK_TITLES[check.kind], LOOKS[check.level], check.words, None if is_good else check.count,
        None if is_good else check.amount, check,
    )  # fmt: skip


def _waiting() -> CheckRow:
    words = _("Balances and costs are reckoned again from the ledger. Closing waits for it by itself.")
    return CheckRow(CheckKind.UNVERIFIED.value, CHECK_TITLES[CheckKind.UNVERIFIED], WAITING, words)


def stored_rows(card: ClosingCard) -> list[CheckRow]:
    """The checks of a closed month as they stood when it was closed."""
    rows = []
    for one in card.checks:
        is_known = one.kind in tuple(CheckKind) and one.level in tuple(CheckLevel)
        if not is_known:
            continue
        level = CheckLevel(one.level)
        is_good = level is CheckLevel.GOOD
        words = _("So it stood when the month was closed.")
        rows.append(
            CheckRow(
                one.kind, CHECK_TITLES[CheckKind(one.kind)], LOOKS[level], words, None if is_good else one.count,
                None if is_good else one.amount,
            )
        )  # fmt: skip
    return sorted(rows, key=lambda row: row.look.meaning is Meaning.GOOD)


def close_row(row: MonthRow, rows: Sequence[CheckRow], first_open: str) -> CheckRow:
    """The last line: closing the month, or why that cannot be done now."""
    title = _("Close {month}", month=row.month)
    if row.state is MonthState.CLOSED:
        at = "" if row.closed_at is None else instant_words(row.closed_at)
        words = _(
            "Closed {at} by {name}, {number}. Enter shows the months.",
            at=at,
            name=row.closed_by,
            number=row.closing_number,
        )
        return CheckRow(
            CLOSE, _("{month} is closed", month=row.month), BadgeLook(_("Month closed"), Meaning.GOOD), words
        )
    if row.state is MonthState.RUNNING:
        words = _(
            "{month} goes on until {last}. It can be closed from the day after.",
            month=row.month,
            last=date_words(row.last),
        )
        return CheckRow(CLOSE, title, BadgeLook(_("Running"), Meaning.PLAIN), words)
    if not row.is_next:
        words = _("{month} must be closed first. Enter goes there.", month=first_open)
        return CheckRow(CLOSE, title, BadgeLook(_("Not its turn"), Meaning.PLAIN), words)
    return _closable(title, rows)


def _closable(title: Words, rows: Sequence[CheckRow]) -> CheckRow:
    checks = [one.check for one in rows if one.check is not None and one.check.level is not CheckLevel.GOOD]
    blocks = sum(1 for one in checks if one.level is CheckLevel.BLOCK)
    money = [one.amount for one in checks if one.amount is not None]
    stake = sum(money, Decimal(0)) if money else None
    if blocks:
        words = _n(
            "{n} check keeps the month open: mend it first.", "{n} checks keep the month open: mend them first.", blocks
        )
        return CheckRow(CLOSE, title, BadgeLook(_("Cannot be closed"), Meaning.DANGER), words, len(checks), stake)
    if checks:
        words = _n(
            "{n} check is open. Enter asks whether to close anyway.",
            "{n} checks are open. Enter asks whether to close anyway.",
            len(checks),
        )
        return CheckRow(CLOSE, title, BadgeLook(_("To be decided"), Meaning.SOON), words, len(checks), stake)
    words = _("Everything is in order. Enter closes the month and writes its papers.")
    return CheckRow(CLOSE, title, BadgeLook(_("Ready"), Meaning.GOOD), words)


def row_columns(*, sees_cost: bool) -> list[Column]:
    """Columns of the checklist."""
    money = [Column("amount", _("At stake"), 100, kind=Kind.MONEY, why=True, sortable=False)] if sees_cost else []
    return [
        Column("title", _("Check"), 150, stretch=True, sortable=False, meaning=_title_meaning),
        Column("count", _("Cases"), 56, kind=Kind.QTY, why=True, sortable=False),
        *money,
        Column("look", _("State"), 146, kind=Kind.BADGE, sortable=False),
    ]


def _title_meaning(row: CheckRow) -> Meaning | None:
    return Meaning.ACCENT if row.id == CLOSE else None


def first_to_do(rows: Sequence[CheckRow]) -> CheckRow:
    """Where the keyboard begins: the first check that is not good, else Close."""
    return next((row for row in rows if row.check is not None and row.check.level is not CheckLevel.GOOD), rows[-1])


def answer_words(row: MonthRow, rows: Sequence[CheckRow]) -> Text:
    """What the page answers in one line: how many checks are open, with how much money."""
    checks = [one for one in rows[:-1] if one.count]
    if row.state is MonthState.CLOSED or not checks:
        return rows[-1].words
    money = [one.amount for one in checks if one.amount is not None]
    if not money:
        return _("{n} of {total} checks are open", n=len(checks), total=len(rows) - 1)
    amount = money_words(sum(money, Decimal(0)), sign=True)
    return _("{n} of {total} checks are open, {amount} at stake", n=len(checks), total=len(rows) - 1, amount=amount)
