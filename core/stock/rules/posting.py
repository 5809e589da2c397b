"""What may be posted: direction and sign by kind, time, place, lot."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.errors import InvalidInput, Refused
from core.i18n import Name, _
from db.enums import PostingKind as K

CLOCK_TOLERANCE = timedelta(minutes=5)
ZONES_APART = timedelta(days=1)
BOOKS_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""Where opening stock without a date stands: before all history that may be brought in after it."""
CLOCK_BACK_TOLERANCE = timedelta(hours=1)
INCOMING = frozenset({K.RECEIPT, K.OPENING, K.RETURN_FROM_CUSTOMER, K.PRODUCTION_IN})
OUTGOING = frozenset({K.ISSUE, K.WASTE, K.RETURN_TO_SUPPLIER, K.PRODUCTION_OUT})
MAY_TAKE_EXPIRED = frozenset({K.WASTE, K.RETURN_TO_SUPPLIER, K.COUNT, K.ADJUSTMENT, K.TRANSFER})
NEEDS_COST = frozenset({K.RECEIPT, K.OPENING})
PREFIXES: dict[K, str] = {
    K.RECEIPT: "RC",
    K.ISSUE: "IS",
    K.WASTE: "WS",
    K.TRANSFER: "TR",
    K.ADJUSTMENT: "AD",
    K.COUNT: "CT",
    K.RETURN_TO_SUPPLIER: "RS",
    K.RETURN_FROM_CUSTOMER: "RT",
    K.PRODUCTION_IN: "PD",
    K.PRODUCTION_OUT: "PD",
    K.LANDED_COST: "LC",
    K.REVALUATION: "RV",
    K.OPENING: "OP",
    K.REVERSAL: "RE",
}


def check_moment(at: datetime, now: datetime, closed_until: datetime | None, zone: str) -> None:
    """A posting is neither in the future, nor before the books, nor in a closed period. Raises InvalidInput or Refused;
    `zone` is the site's."""
    if at < BOOKS_BEGIN - ZONES_APART:
        raise InvalidInput(
            _("{at} lies before the beginning of the books, 2000. Correct the year.", at=_shown(at, zone)), field="at"
        )
    if at > now + CLOCK_TOLERANCE:
        raise InvalidInput(_("{at} is in the future. Post it when it happens.", at=_shown(at, zone)), field="at")
    if closed_until is not None and at <= closed_until:
        raise Refused(
            _(
                "{at} lies in a closed month. Date it {open} or later, or ask whoever may reopen the month.",
                at=_shown(at, zone),
                open=_shown(first_open_moment(closed_until), zone),
            ),
            field="at",
        )


def first_open_moment(closed_until: datetime) -> datetime:
    """The first moment after a closed period."""
    return closed_until + timedelta(microseconds=1)


def _shown(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def check_clock(now: datetime, newest: datetime | None) -> None:
    """Refuse to post when this PC's clock stands before the newest posting: it was set back. Raises Refused."""
    if newest is not None and now < newest - CLOCK_BACK_TOLERANCE:
        raise Refused(
            _("This PC's clock is behind the last posting by more than an hour. Set the clock, then post again.")
        )


def check_qty(kind: K, qty: Decimal) -> None:
    """The sign fits the kind: a count may be zero, an adjustment may be negative, all else is above zero."""
    if kind is K.COUNT:
        if qty < 0:
            raise InvalidInput(_("What was counted cannot be below zero."), field="qty")
    elif kind is K.ADJUSTMENT:
        if qty == 0:
            raise InvalidInput(
                _("An adjustment of nothing changes nothing. Write how much more or (with a minus) less."), field="qty"
            )
    elif qty <= 0:
        raise InvalidInput(_("The quantity must be above zero."), field="qty")


def check_place(name: Name, is_locked: bool, lock_note: str, is_active: bool) -> None:
    """Nothing goes into or out of a place that is locked or no longer used. Raises Refused."""
    if is_locked:
        raise Refused(
            _(
                "{place} is locked{why}. Choose another place or unlock it.",
                place=name,
                why=f": {lock_note}" if lock_note else "",
            ),
            field="location",
        )
    if not is_active:
        raise Refused(_("{place} is no longer used. Choose another place.", place=name), field="location")


def check_lot_usable(kind: K, number: str, expires_on: date | None, is_blocked: bool, day: date) -> None:
    """An expired or blocked lot may be wasted, returned, moved or counted, not used. Raises Refused."""
    if kind in MAY_TAKE_EXPIRED:
        return
    if is_blocked:
        raise Refused(_("Lot {lot} is blocked. Take another lot, or release it first.", lot=number), field="lot")
    if expires_on is not None and expires_on < day:
        raise Refused(
            _("Lot {lot} expired on {day}. Take another lot, or post it as waste.", lot=number, day=expires_on),
            field="lot",
        )


def is_usable_on(expires_on: date | None, is_blocked: bool, day: date) -> bool:
    """Whether a lot may be used on a day."""
    return not is_blocked and (expires_on is None or expires_on >= day)
