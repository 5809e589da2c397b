"""The kinds of rules: what each watches, from which limits on, how urgent that is, and who is usually told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.alerts.types.rules import DAYS, HOURS, MONEY, PERCENT, KindFacts, Limit, RuleEdit
from core.errors import InvalidInput
from core.i18n import Text, _
from db.enums import AlertKind as K
from db.enums import AlertUrgency as U
from db.enums import Permission as P

LONGEST_NAME = 80


def _days(usual: int, title: Text, name: str = "days", least: int = 0) -> Limit:
    return Limit(name, title, DAYS, Decimal(usual), Decimal(least))


def _percent(usual: int) -> Limit:
    return Limit("percent", _("Difference from"), PERCENT, Decimal(usual), Decimal(0), Decimal(1000), 1)


def _amount() -> Limit:
    return Limit("amount", _("Value from"), MONEY, Decimal(0), Decimal(0), Decimal(1_000_000_000), 2)


_LOOK_BACK = _("Looking back")
# Small sites have nobody but their administrator, who is told of everything until somebody says otherwise.
_ADMIN = "administrator"
_STORE, _BUY = ("storekeeper", "manager", _ADMIN), ("buyer", "manager", _ADMIN)

_ALL = (
    KindFacts(
        K.BELOW_SAFETY,
        _("What may be used of an item has come down to its safety stock (or below its minimum where it has none)."),
        U.URGENT,
        (),
        P.STOCK_VIEW,
        ("buyer", "storekeeper", "manager", _ADMIN),
    ),
    KindFacts(
        K.NEGATIVE_STOCK,
        _("The book says that less than nothing is at a place."),
        U.URGENT,
        (),
        P.STOCK_VIEW,
        _STORE,
    ),
    KindFacts(
        K.RUNNING_OUT,
        _("At its usual usage an item does not last as long as it should, with the goods that arrive in time."),
        U.HIGH,
        (
            _days(3, _("Lasts at most"), least=1),
            Limit("usage_days", _("Usage of the last"), DAYS, Decimal(28), Decimal(7), Decimal(365)),
        ),
        P.STOCK_VIEW,
        _BUY,
    ),
    KindFacts(K.ABOVE_MAXIMUM, _("More of an item is on hand than its maximum."), U.NORMAL, (), P.STOCK_VIEW, _BUY),
    KindFacts(
        K.NOT_MOVED,
        _("An item in stock was neither used nor received for long; the 500 worth most."),
        U.LOW,
        (_days(180, _("Not moved for"), least=1), _amount()),
        P.COST_VIEW,
        _BUY,
    ),
    KindFacts(
        K.EXPIRY,
        _("Goods of a lot expire soon; what has expired is urgent."),
        U.HIGH,
        (_days(3, _("Expires within")),),
        P.STOCK_VIEW,
        ("kitchen", "storekeeper", "manager", _ADMIN),
    ),
    KindFacts(
        K.COUNT_DIFFERENCE,
        _("A count differed much from the book. Over when the place is counted again without such a difference."),
        U.HIGH,
        (_percent(5), _amount(), _days(14, _LOOK_BACK, least=1)),
        P.COUNT_MANAGE,
        _STORE,
    ),
    KindFacts(
        K.SUPPLIER_LATE,
        _("Goods of an order have not come although their day is past."),
        U.HIGH,
        (_days(2, _("Late by at least")),),
        P.PURCHASE_VIEW,
        _BUY,
    ),
    KindFacts(
        K.IN_TRANSIT,
        _("A transfer was sent and nobody has received it."),
        U.NORMAL,
        (_days(2, _("On the way for")),),
        P.STOCK_TRANSFER,
        _STORE,
    ),
    KindFacts(
        K.PRICE_JUMP,
        _("A supplier's price differs much from the one before."),
        U.HIGH,
        (_percent(20), _days(14, _LOOK_BACK, least=1)),
        P.COST_VIEW,
        _BUY,
    ),
    KindFacts(
        K.UNUSUAL,
        _("Usage, waste, price or count of an item is out of its own usual pattern."),
        U.NORMAL,
        (_days(7, _LOOK_BACK, least=1),),
        P.COST_VIEW,
        ("manager", _ADMIN),
    ),
    KindFacts(
        K.BUDGET_TREND,
        _("As it goes, a category will cost more this month than its budget."),
        U.HIGH,
        (),
        P.COST_VIEW,
        ("accountant", "manager", _ADMIN),
    ),
    KindFacts(
        K.MONTH_OPEN,
        _("A month is over and has not been closed."),
        U.NORMAL,
        (_days(5, _("Over for")),),
        P.MONTH_CLOSE,
        ("accountant", "manager", _ADMIN),
    ),
    KindFacts(
        K.SCHEDULE_FAILED,
        _("A scheduled report could not be made or delivered."),
        U.NORMAL,
        (),
        P.REPORT_SCHEDULE,
        ("manager", _ADMIN),
    ),
    KindFacts(
        K.MAIL_STUCK,
        _("E-mails or alerts were refused, nobody knows of them, or they have waited for long."),
        U.HIGH,
        (Limit("hours", _("Waiting for"), HOURS, Decimal(2), Decimal(1), Decimal(720)),),
        P.MAIL_SEND,
        ("buyer", _ADMIN),
    ),
    KindFacts(
        K.BACKUP_OLD,
        _("The newest backup is old, or there is none."),
        U.HIGH,
        (Limit("hours", _("Older than"), HOURS, Decimal(48), Decimal(1), Decimal(2160)),),
        P.SITE_MAINTAIN,
        (_ADMIN,),
    ),
)
KINDS: Mapping[K, KindFacts] = {facts.kind: facts for facts in _ALL}
ORDER = tuple(KINDS)


def first_rules() -> tuple[RuleEdit, ...]:
    """The rules a new site begins with: one of each kind, on, with the usual limits."""
    return tuple(
        RuleEdit(one.kind, one.urgency, {limit.name: limit.usual for limit in one.limits}, roles=one.roles)
        for one in _ALL
    )


def limits_of(kind: K, stored: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """All limits of a kind: those stored, else the usual ones (a limit that came with a later version)."""
    return {limit.name: stored.get(limit.name, limit.usual) for limit in KINDS[kind].limits}


def checked_rule(edit: RuleEdit) -> RuleEdit:
    """The rule as it is kept. Raises InvalidInput for a name too long, or a limit that is unknown or out of bounds."""
    name = " ".join(edit.name.split())
    if len(name) > LONGEST_NAME:
        raise InvalidInput(_("A name has at most {most} letters.", most=LONGEST_NAME), field="name")
    known = {limit.name: limit for limit in KINDS[edit.kind].limits}
    for given, value in edit.limits.items():
        limit = known.get(given)
        if limit is None:
            raise InvalidInput(_("There is no limit “{name}” in this rule.", name=given[:20]), field="limits")
        _check_limit(limit, value)
    limits = {**{limit.name: limit.usual for limit in known.values()}, **edit.limits}
    return RuleEdit(
        edit.kind,
        edit.urgency,
        limits,
        name,
        edit.is_on,
        tuple(dict.fromkeys(edit.roles)),
        tuple(dict.fromkeys(edit.people)),
        tuple(dict.fromkeys(edit.channels)),
        edit.ignores_quiet,
    )


def _check_limit(limit: Limit, value: Decimal) -> None:
    if not value.is_finite() or not limit.least <= value <= limit.most or round(value, limit.digits) != value:
        raise InvalidInput(
            _(
                "{title}: write a number from {least} to {most} ({unit}).",
                title=limit.title,
                least=limit.least,
                most=limit.most,
                unit=limit.unit,
            ),
            field=limit.name,
        )
