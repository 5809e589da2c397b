"""What names and secrets must be like, when somebody is locked out, and who may give which right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from core.errors import InvalidInput, SignInFailed
from core.i18n import LANGUAGES, Text, _, _n
from db.enums import Permission as P

ADMINISTRATOR = "administrator"
MOST_TRIES = 5
LOCK_OUT_MINUTES = 5
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200
PIN_LENGTHS = range(4, 9)
BADGE_LENGTHS = range(3, 81)
LOCK_MINUTES = range(1, 241)
PAPER_DAYS = range(1, 3651)

_SEE = [P.STOCK_VIEW, P.ITEM_VIEW]
_STORE = [
    *_SEE,
    P.STOCK_RECEIVE,
    P.STOCK_ISSUE,
    P.STOCK_TRANSFER,
    P.STOCK_WASTE,
    P.STOCK_RETURN,
    P.STOCK_RESERVE,
    P.STOCK_REVERSE,
    P.COUNT_ENTER,
    P.LOT_EDIT,
    P.LABEL_PRINT,
]

_BUY = [P.PURCHASE_VIEW, P.PURCHASE_REQUEST, P.PURCHASE_ORDER, P.CLAIM_EDIT]

BUILT_IN_ROLES: dict[str, tuple[str, str, list[P]]] = {
    "operator": (
        "后台文员",
        "Back-office operator",
        [
            *_STORE,
            *_BUY,
            P.INVOICE_EDIT,
            P.ITEM_EDIT,
            P.SUPPLIER_EDIT,
            P.IMPORT_RUN,
            P.REPORT_VIEW,
            P.LABEL_DESIGN,
            P.MAIL_SEND,
            P.EXPENSE_ENTER,
        ],
    ),
    "kitchen": (
        "厨房经理",
        "Kitchen manager",
        [
            *_STORE,
            P.PURCHASE_REQUEST,
            P.PURCHASE_VIEW,
            P.STOCK_PRODUCE,
            P.COUNT_MANAGE,
            P.COST_VIEW,
            P.REPORT_VIEW,
            P.EXPENSE_ENTER,
        ],
    ),
    "storekeeper": (
        "仓管",
        "Storekeeper",
        [
            *_STORE,
            P.PURCHASE_VIEW,
            P.PURCHASE_REQUEST,
            P.CLAIM_EDIT,
            P.COUNT_MANAGE,
            P.STOCK_ADJUST,
            P.LOCATION_EDIT,
            P.STOCK_BACKDATE,
            P.EXPENSE_ENTER,
        ],
    ),
    "buyer": (
        "采购",
        "Buyer",
        [
            *_SEE,
            *_BUY,
            P.INVOICE_EDIT,
            P.STOCK_RETURN,
            P.COST_VIEW,
            P.SUPPLIER_EDIT,
            P.PRICE_EDIT,
            P.ITEM_EDIT,
            P.REPORT_VIEW,
            P.STOCK_RECEIVE,
            P.LABEL_PRINT,
            P.MAIL_SEND,
            P.EXPENSE_ENTER,
        ],
    ),
    "technician": (
        "维修技师",
        "Technician",
        [*_SEE, P.PURCHASE_REQUEST, P.STOCK_ISSUE, P.STOCK_RESERVE, P.LABEL_PRINT, P.EXPENSE_ENTER],
    ),
    "manager": ("店长", "Manager", [p for p in P if p not in (P.SITE_MAINTAIN, P.PERSON_EDIT)]),
    "accountant": (
        "财务",
        "Cost reviewer",
        [
            *_SEE,
            P.PURCHASE_VIEW,
            P.INVOICE_EDIT,
            P.INVOICE_APPROVE,
            P.PAYMENT_EDIT,
            P.COST_VIEW,
            P.REPORT_VIEW,
            P.AUDIT_VIEW,
            P.STOCK_REVALUE,
            P.STOCK_BACKDATE,
            P.EXPENSE_ENTER,
            P.EXPENSE_APPROVE,
            P.MONTH_CLOSE,
            P.BUDGET_EDIT,
            P.BOOKS_EXPORT,
            P.REPORT_SCHEDULE,
        ],
    ),
    "administrator": ("管理员", "Administrator", list(P)),
}


def clean_name(name: str, *, longest: int = 80, field: str = "name") -> str:
    """A name as it is kept.

    Composed letters, single spaces, no control characters. Raises InvalidInput when empty or too long.
    """
    composed = unicodedata.normalize("NFC", name)
    printable = "".join(letter for letter in composed if unicodedata.category(letter) != "Cc" or letter.isspace())
    cleaned = " ".join(printable.split())
    if not cleaned:
        raise InvalidInput(_("A name is needed here."), field=field)
    return _short_enough(cleaned, longest, field)


def clean_words(words: str, *, longest: int, field: str) -> str:
    """A remark or address as it is kept; it may be empty. Raises InvalidInput when too long."""
    return _short_enough(unicodedata.normalize("NFC", words).strip(), longest, field)


def _short_enough(words: str, longest: int, field: str) -> str:
    if len(words) > longest:
        raise InvalidInput(
            _("At most {most} characters fit here; these are {n}.", most=longest, n=len(words)), field=field
        )
    return words


def check_language(language: str, *, may_be_empty: bool = False) -> None:
    """Chinese (zh) or English (en). Raises InvalidInput."""
    if language not in LANGUAGES and not (may_be_empty and not language):
        raise InvalidInput(_("Choose Chinese or English."), field="language")


def check_password(password: str, *, field: str = "password") -> None:
    """A password has 8 to 200 characters and is not one character repeated. Raises InvalidInput."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput(_("The password is too short: at least {n} characters.", n=SHORTEST_PASSWORD), field=field)
    if len(password) > LONGEST_PASSWORD:
        raise InvalidInput(_("The password is too long: at most {n} characters.", n=LONGEST_PASSWORD), field=field)
    if len(set(password)) == 1:
        raise InvalidInput(_("One character repeated is no password. Mix different ones."), field=field)


def check_pin(pin: str, *, field: str = "pin") -> None:
    """A PIN is four to eight digits, not all the same and no plain run such as 1234. Raises InvalidInput."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_LENGTHS):
        raise InvalidInput(_("A PIN has four to eight digits."), field=field)
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise InvalidInput(_("This PIN is too easy to guess. Avoid 1111 and 1234."), field=field)


def clean_badge(badge: str) -> str:
    """A badge's code as the scanner types it. Raises InvalidInput."""
    code = badge.strip()
    if len(code) not in BADGE_LENGTHS or not code.isprintable():
        raise InvalidInput(_("This is not a badge code. Scan the badge again."), field="badge")
    return code


def is_locked_out(locked_until: datetime | None, now: datetime) -> bool:
    """Whether a person must wait."""
    return locked_until is not None and now < locked_until


def longest_lock(now: datetime) -> datetime:
    """Until when a lock that begins now lasts. A stored lock beyond it comes from a clock that was set back since."""
    return now + timedelta(minutes=LOCK_OUT_MINUTES)


def check_not_locked_out(locked_until: datetime | None, now: datetime) -> None:
    """Refuse a person who is locked out. Raises SignInFailed with the minutes left."""
    if locked_until is not None and now < locked_until:
        left = min(locked_until, longest_lock(now)) - now
        minutes = -(-int(left.total_seconds()) // 60) or 1
        raise SignInFailed(
            _("Too many wrong tries. Try again in {minutes} min, or ask an administrator.", minutes=minutes)
        )


def wrong_secret(tries: int) -> Text:
    """What to say after a failed try; never which half was wrong. No tries counted means that nobody has that name."""
    if not tries:
        return _("Name or password is wrong.")
    if tries >= MOST_TRIES:
        return _("Name or password is wrong. Too many tries: locked for {minutes} min.", minutes=LOCK_OUT_MINUTES)
    return _n(
        "Name or password is wrong. {n} try left.", "Name or password is wrong. {n} tries left.", MOST_TRIES - tries
    )


def in_order(permissions: Iterable[P]) -> tuple[P, ...]:
    """Rights without doubles, in the order of the house, so that two equal sets are equal."""
    wanted = set(permissions)
    return tuple(permission for permission in P if permission in wanted)
