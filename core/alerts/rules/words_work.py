"""The words of alerts about documents, months and the running of the site."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from core.i18n import Text, _, _n, join, verbatim
from core.values import CURRENCY_SIGNS

Facts: TypeAlias = Mapping[str, Any]


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency's sign, or its three letters where it has none."""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{'-' if amount < 0 else ''}{sign}{abs(amount):,}"


def order_title(facts: Facts) -> Text:
    """Number and supplier of an order."""
    return _("{number} from {supplier}", number=facts["number"], supplier=facts["supplier"])


def late(facts: Facts) -> Text:
    """Goods that were due."""
    return _n(
        "{n} line was due {day} and has not come: {items}. Call the supplier or receive it.",
        "{n} lines were due {day} and have not come: {items}. Call the supplier or receive them.",
        int(facts["lines"]),
        day=facts["due_on"],
        items=join(list(_texts(facts["items"])), ", "),
    )


def transfer_title(facts: Facts) -> Text:
    """Number of a transfer."""
    return _("Transfer {number}", number=facts["number"])


def on_the_way(facts: Facts) -> Text:
    """A transfer nobody received."""
    return _(
        "Sent on {day} to {place} and not received yet. Receive it, or reverse the sending.",
        day=facts["day"],
        place=facts["place"],
    )


def budget_title(facts: Facts) -> Text:
    """Category and month."""
    return _("{name}, {month}", name=facts["name"], month=facts["month"])


def budget(facts: Facts) -> Text:
    """A budget that will not do."""
    spent, limit = _money(facts, "spent"), _money(facts, "budget")
    if facts.get("is_over"):
        return _("{spent} of {budget} is spent: over the budget.", spent=spent, budget=limit)
    return _(
        "{spent} is spent; as it goes it will be {expected} at the month's end, the budget is {budget}.",
        spent=spent,
        expected=_money(facts, "expected"),
        budget=limit,
    )


def month_title(facts: Facts) -> Text:
    """The month."""
    return _("Month {month}", month=facts["month"])


def month(facts: Facts) -> Text:
    """A month that waits to be closed."""
    first = _("It ended on {day} and is not closed. Go through its checklist and close it.", day=facts["ended_on"])
    more = int(facts.get("more", 0))
    if not more:
        return first
    return join([first, _n("{n} later month waits too.", "{n} later months wait too.", more)], " ")


def schedule_title(facts: Facts) -> Text:
    """The name people gave a schedule."""
    return verbatim(str(facts["name"]))


def schedule(facts: Facts) -> Text:
    """A scheduled report that failed."""
    why = facts.get("why")
    first = _("The report due {at} was not made or delivered.", at=facts["at"])
    return join([first, why], " ") if isinstance(why, Text) else first


def mail_title(facts: Facts) -> Text:
    """What kind of messages."""
    return _("Alerts over channels") if facts.get("is_alerts") else _("E-mails")


def mail(facts: Facts) -> Text:
    """Messages that need a person, or wait for long."""
    parts = []
    need, waiting = int(facts.get("need_person", 0)), int(facts.get("waiting", 0))
    if need:
        parts.append(_n("{n} message needs a person.", "{n} messages need a person.", need))
    if waiting:
        since = facts["since"]
        parts.append(_n("{n} message waits since {at}.", "{n} messages wait since {at}.", waiting, at=since))
    return join(parts, " ")


def backup_title(_facts: Facts) -> Text:
    """Backups have no name."""
    return _("Backup of the site")


def backup(facts: Facts) -> Text:
    """A backup that is old, or none."""
    day = facts.get("day")
    if day is None:
        return _("This site was never backed up. Make a backup now, and have one made every night.")
    return _("The newest backup is of {day}. Make one now, and have one made every night.", day=day)


def _money(facts: Facts, name: str) -> Text:
    amount: Decimal = facts[name]
    return verbatim(money(amount, str(facts.get("currency", ""))))


def _texts(names: Any) -> list[Text]:
    return [Text("{name}", (("name", name),)) for name in names]
