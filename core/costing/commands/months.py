"""Closing a month and reopening it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from core import stock
from core.costing.rules import closing as rules
from core.costing.rules.months import Month
from core.costing.steps.checks import Look, checks_of, finish, unverified
from core.costing.steps.closing import record_closing, record_reopening
from core.costing.steps.closings import Calendar, calendar, standing_of
from core.costing.types.checks import CheckLevel, MonthChecks
from core.costing.types.months import Closed, Reopened
from core.documents import format_money, notation_of
from core.errors import Refused
from core.i18n import Text, _, _n, join
from core.registry import command
from core.uow import UnitOfWork
from db.enums import Permission

OPEN_CHECKS = "open_checks"


@command(Permission.MONTH_CLOSE)
def close_month(uow: UnitOfWork, *, month: str, up_to: str = "") -> Closed:
    """Close a month.

    Everything dated in it stays as it is from then on, kept by the database itself; its balances and its review are stored,
    so that old reports never change. `up_to` tells the trail that it is closed together with all up to that month. Asks
    when checks are open (`open_checks`). Raises Refused when the month is not over, an earlier one is open, it is closed
    already, this PC's clock was set back, a count holds figures of it, or the balances do not follow from the ledger.
    """
    wanted = Month.parse(month)
    held = stock.hold_ledger(uow)
    known = calendar(uow)
    _check(uow, wanted, known, held)
    look = Look(uow, wanted, known)
    checks = checks_of(look, known, verified=finish(look, unverified(look)))
    _refuse_blocked(checks)
    if checks.open_checks:
        uow.confirm(OPEN_CHECKS, _question(uow, checks), field="month")
    closing_id, number = record_closing(uow, look, checks, held)
    uow.note(number=number, month=wanted.text, **({"up_to": Month.parse(up_to).text} if up_to else {}))
    return Closed(closing_id, wanted.text, number, uow.now, checks.at_stake)


def _check(uow: UnitOfWork, month: Month, known: Calendar, held: stock.Held) -> None:
    standing = known.standing(month)
    if standing is not None:
        at = standing.closed_at.astimezone(ZoneInfo(uow.site.zone)).strftime("%Y-%m-%d %H:%M")
        raise rules.closed_already(month, standing.closed_by, at)
    newest = max(
        (at for at in (held.posted_at, *(one.closed_at for one in known.closings)) if at is not None), default=None
    )
    rules.check_clock_of_closing(uow.now, newest)
    rules.check_closable(month, standing_of(known))


def _refuse_blocked(checks: MonthChecks) -> None:
    blocks = [check.words for check in checks.checks if check.level is CheckLevel.BLOCK]
    if blocks:
        raise Refused(_("{month} cannot be closed: {why}", month=checks.month, why=join(blocks, " ")), field="month")


def _question(uow: UnitOfWork, checks: MonthChecks) -> Text:
    """What is open, and how much money is in it where the person may know."""
    number = len(checks.open_checks)
    if checks.at_stake is None:
        return _n(
            "{n} check of {month} is open. Close the month anyway?",
            "{n} checks of {month} are open. Close the month anyway?",
            number,
            month=checks.month,
        )
    return _n(
        "{n} check of {month} is open, with {amount} at stake. Close the month anyway?",
        "{n} checks of {month} are open, with {amount} at stake. Close the month anyway?",
        number,
        month=checks.month,
        amount=format_money(checks.at_stake, notation_of(uow)),
    )


@command(Permission.MONTH_REOPEN)
def reopen_month(uow: UnitOfWork, *, month: str, reason: str) -> Reopened:
    """Reopen a month.

    The newest closed month only, with a reason that stays in the trail; what its closing stored stays too, so that
    everybody can see what became different. Raises InvalidInput without a reason; Refused when it is not closed or a
    later one must be reopened first.
    """
    wanted, why = Month.parse(month), rules.clean_reason(reason)
    held = stock.hold_ledger(uow)
    known = calendar(uow)
    rules.check_clock_of_closing(uow.now, held.posted_at)
    rules.check_reopenable(wanted, standing_of(known))
    closing_id = record_reopening(uow, known, why)
    uow.note(month=wanted.text, reason=why)
    return Reopened(closing_id, wanted.text, uow.now)
