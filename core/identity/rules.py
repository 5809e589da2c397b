"""Which role may do what, and when somebody is locked out."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.errors import InvalidInput, SignInFailed
from core.i18n import Text, _
from db.enums import Permission as P

MOST_TRIES = 5
LOCK_OUT_MINUTES = 5
SHORTEST_PASSWORD = 8
PIN_LENGTHS = range(4, 9)

_SEE = [P.STOCK_VIEW, P.ITEM_VIEW]
_STORE = [
    *_SEE, P.STOCK_RECEIVE, P.STOCK_ISSUE, P.STOCK_TRANSFER, P.STOCK_WASTE, P.STOCK_RETURN, P.STOCK_RESERVE,
    P.STOCK_REVERSE, P.COUNT_ENTER, P.LOT_EDIT,
]  # fmt: skip

BUILT_IN_ROLES: dict[str, tuple[str, str, list[P]]] = {
    "operator": ("后台文员", "Back-office operator", [*_STORE, P.ITEM_EDIT, P.SUPPLIER_EDIT, P.IMPORT_RUN, P.REPORT_VIEW]),
    "kitchen": ("厨房经理", "Kitchen manager", [*_STORE, P.STOCK_PRODUCE, P.COUNT_MANAGE, P.COST_VIEW, P.REPORT_VIEW]),
    "storekeeper": ("仓管", "Storekeeper", [*_STORE, P.COUNT_MANAGE, P.STOCK_ADJUST, P.LOCATION_EDIT, P.STOCK_BACKDATE]),
    "buyer": ("采购", "Buyer", [*_SEE, P.COST_VIEW, P.SUPPLIER_EDIT, P.PRICE_EDIT, P.ITEM_EDIT, P.REPORT_VIEW, P.STOCK_RECEIVE]),
    "technician": ("维修技师", "Technician", [*_SEE, P.STOCK_ISSUE, P.STOCK_RESERVE]),
    "manager": ("店长", "Manager", [p for p in P if p not in (P.SITE_MAINTAIN, P.PERSON_EDIT)]),
    "accountant": ("财务", "Cost reviewer", [*_SEE, P.COST_VIEW, P.REPORT_VIEW, P.AUDIT_VIEW, P.STOCK_REVALUE, P.STOCK_BACKDATE]),
    "administrator": ("管理员", "Administrator", list(P)),
}


def check_password(password: str) -> None:
    """A password has at least eight characters. Raises InvalidInput."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(_("The password is too short: at least {n} characters.", n=SHORTEST_PASSWORD), field="password")


def check_pin(pin: str) -> None:
    """A PIN is four to eight digits. Raises InvalidInput."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise InvalidInput(_("A PIN has four to eight digits."), field="pin")


def check_not_locked_out(locked_until: datetime | None, now: datetime) -> None:
    """Refuse a person who is locked out. Raises SignInFailed with the minutes left."""
    if locked_until is not None and now < locked_until:
        minutes = int((locked_until - now).total_seconds() // 60) + 1
        raise SignInFailed(_("Too many wrong tries. Try again in {minutes} min, or ask an administrator.", minutes=minutes))


def after_failed_try(failed_tries: int, now: datetime) -> tuple[int, datetime | None]:
    """Tries counted so far and, from the fifth on, until when the person is locked out."""
    tries = failed_tries + 1
    return tries, now + timedelta(minutes=LOCK_OUT_MINUTES) if tries >= MOST_TRIES else None


def wrong_secret(tries: int) -> Text:
    """What to say after a failed try; never which half was wrong."""
    if tries >= MOST_TRIES:
        return _("Name or password is wrong. Too many tries: locked for {minutes} min.", minutes=LOCK_OUT_MINUTES)
    return _("Name or password is wrong. {left} tries left.", left=MOST_TRIES - tries)
