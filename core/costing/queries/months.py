"""What a person can see of months: where each stands, its checklist, what a closing stored, what became different."""

from __future__ import annotations

from core.costing.rules.closing import check_closable, state_of
from core.costing.rules.months import Month, months_from_to
from core.costing.steps.checks import CHECKS, Look, checks_of, finish, unverified
from core.costing.steps.closings import Calendar, calendar, standing_of
from core.costing.steps.differences import differences_of
from core.costing.steps.stored import card_of, closing_named, following_of, totals_of
from core.costing.types.checks import CheckKind, CheckLine, MonthCheck, MonthChecks
from core.costing.types.months import ClosingCard, Differences, MonthRow, MonthState
from core.errors import InvalidInput
from core.i18n import _
from core.registry import query
from core.uow import UnitOfWork
from db.enums import Permission


@query(Permission.REPORT_VIEW)
def list_months(uow: UnitOfWork) -> list[MonthRow]:
    """The months of the site, the newest first.

    From the month in which goods began to move to the one that is running, with who closed or reopened each. Values are
    given to who may see costs.
    """
    known = calendar(uow)
    sees = uow.may(Permission.COST_VIEW)
    months = months_from_to(known.first or known.running, known.running)
    totals = totals_of(uow, [one.closing_id for one in known.closings]) if sees else {}
    return [_month_row(uow, month, known, totals) for month in reversed(months)]


def _month_row(uow: UnitOfWork, month: Month, known: Calendar, totals: dict[int, tuple[int, int]]) -> MonthRow:
    standing, last = standing_of(known), known.last_of(month)
    state = state_of(month, standing, was_closed=last is not None)
    is_next = state in (MonthState.OPEN, MonthState.REOPENED) and month == known.next
    if last is None:
        return MonthRow(month.text, month.first, month.last, state, is_next=is_next)
    value, usage = totals.get(last.closing_id, (None, None))
    return MonthRow(
        month.text, month.first, month.last, state, last.closed_at, last.closed_by, last.closing_id, last.number,
        last.reopened_at, last.reopened_by, last.reason,
        None if value is None else uow.money(value), None if usage is None else uow.money(usage), is_next,
    )  # fmt: skip


@query(Permission.MONTH_CLOSE)
def list_months_to_close(uow: UnitOfWork, *, up_to: str) -> tuple[str, ...]:
    """The months that are to be closed, in order, until one is; none when it is closed already.

    Raises InvalidInput for what is no month, Refused when it is not over yet or nothing was posted.
    """
    wanted, standing = Month.parse(up_to), standing_of(calendar(uow))
    if standing.closed is not None and wanted <= standing.closed:
        return ()
    first = standing.next
    if first is None or wanted < first or wanted >= standing.running:
        check_closable(wanted, standing)
    return tuple(month.text for month in months_from_to(first or wanted, wanted))


@query(Permission.MONTH_CLOSE)
def list_month_checks(uow: UnitOfWork, *, month: str) -> MonthChecks:
    """What to look at before a month is closed.

    As it stands now (a running month) or stood at the month's end, with the money at stake; whether the ledger verifies is
    asked beside (`verify_month`). Raises InvalidInput for what is no month.
    """
    known = calendar(uow)
    return checks_of(Look(uow, Month.parse(month), known), known)


@query(Permission.MONTH_CLOSE)
def list_check_lines(uow: UnitOfWork, *, month: str, kind: str) -> list[CheckLine]:
    """Everything behind one check of a month, the largest amounts first. Raises InvalidInput for no such check."""
    known = calendar(uow)
    look = Look(uow, Month.parse(month), known)
    if kind == CheckKind.UNVERIFIED:
        return list(finish(look, unverified(look, known), None).rows)
    check = next((make for one, make in CHECKS.items() if one == kind), None)
    if check is None:
        raise InvalidInput(_("The checklist has no check {kind}.", kind=kind[:40]), field="kind")
    return list(finish(look, check(look), None).rows)


@query(Permission.MONTH_CLOSE)
def verify_month(uow: UnitOfWork, *, month: str, thorough: bool = False) -> MonthCheck:
    """Whether the figures of a month follow from the ledger.

    Balances and costs against their entries, the chain of postings since the last closing, the guards of the database;
    `thorough` reckons anew what every entry of the month is worth, which takes longer. It changes nothing.
    """
    known = calendar(uow)
    look = Look(uow, Month.parse(month), known)
    return finish(look, unverified(look, known, thorough=thorough))


@query(Permission.COST_VIEW)
def get_closing(uow: UnitOfWork, *, closing_id: int) -> ClosingCard:
    """A closing as it was stored.

    With the hash over its rows and the end of the ledger's chain then, by which anybody can prove that nothing was
    changed. Raises NotFound.
    """
    return card_of(uow, closing_named(uow, closing_id))


@query(Permission.COST_VIEW)
def get_reopened_differences(uow: UnitOfWork, *, closing_id: int) -> Differences:
    """What became different since a month was closed.

    The figures its closing stored against those of the closing after it (of the newest: against what the ledger says
    today), by item and column, and the entries posted into it since it was reopened. Raises NotFound.
    """
    closing = closing_named(uow, closing_id)
    return differences_of(uow, closing, following_of(uow, closing))
