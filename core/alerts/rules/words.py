"""What an alert says: a title that names what it is about, and a sentence why it is there and what to do, made of its
facts. The words follow from the facts, so that an alert reads right in both languages and in later versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from core.alerts.rules import words_work as work
from core.alerts.rules.words_work import money
from core.i18n import Text, _, join, verbatim
from db.enums import AlertKind as K

Facts: TypeAlias = Mapping[str, Any]


def title_of(kind: K, facts: Facts) -> Text:
    """What the alert is about, in a few words."""
    return _TITLES.get(kind, _item_title)(facts)


def words_of(kind: K, facts: Facts) -> Text:
    """Why the alert is there and what to do, in one or two sentences."""
    return _WORDS[kind](facts)


def _item_title(facts: Facts) -> Text:
    item, place = facts["item"], facts.get("place")
    if place:
        return _("{item} at {place}", item=item, place=place)
    return Text("{item}", (("item", item),))


def _qty(facts: Facts, name: str) -> Text:
    return Text("{qty} {unit}", (("qty", facts[name]), ("unit", facts.get("unit", ""))))


def _money(facts: Facts, name: str) -> Text:
    amount: Decimal = facts[name]
    return verbatim(money(amount, str(facts.get("currency", ""))))


def _below(facts: Facts) -> Text:
    floor = _qty(facts, "floor")
    first = _("{qty} may be used, the safety stock is {floor}.", qty=_qty(facts, "qty"), floor=floor)
    if facts.get("is_minimum"):
        first = _("{qty} may be used, the minimum is {floor}.", qty=_qty(facts, "qty"), floor=floor)
    return _sentences(first, *_on_hand(facts), *_ordered(facts))


def _on_hand(facts: Facts) -> list[Text]:
    if not facts.get("on_hand"):
        return []
    return [_("{qty} is on hand with what is blocked or expired.", qty=_qty(facts, "on_hand"))]


def _ordered(facts: Facts) -> list[Text]:
    if not facts.get("ordered"):
        return [_("Nothing is on order.")]
    due: date | None = facts.get("due_on")
    if due is None:
        return [_("{qty} is on order without a day.", qty=_qty(facts, "ordered"))]
    return [_("{qty} is on order, due {day}.", qty=_qty(facts, "ordered"), day=due)]


def _negative(facts: Facts) -> Text:
    return _(
        "The book says {qty}. Something was used before it was booked in, or booked out twice: look into the difference.",
        qty=_qty(facts, "qty"),
    )


def _running_out(facts: Facts) -> Text:
    first = _(
        "At {rate} a day it lasts until about {day}; {qty} may be used.",
        rate=_qty(facts, "rate"),
        day=facts["lasts_until"],
        qty=_qty(facts, "qty"),
    )
    return _sentences(first, *_on_hand(facts), *_ordered(facts))


def _above(facts: Facts) -> Text:
    return _(
        "{qty} is on hand, the maximum is {most}. Order less, or use it elsewhere.",
        qty=_qty(facts, "qty"),
        most=_qty(facts, "most"),
    )


def _not_moved(facts: Facts) -> Text:
    last: date | None = facts.get("last_on")
    value = _money(facts, "value")
    if last is None:
        return _("{qty} worth {value} has never moved.", qty=_qty(facts, "qty"), value=value)
    return _("{qty} worth {value} has not moved since {day}.", qty=_qty(facts, "qty"), value=value, day=last)


def _lot_title(facts: Facts) -> Text:
    return _("{item}, lot {lot}", item=facts["item"], lot=facts["lot"])


def _expiry(facts: Facts) -> Text:
    day: date = facts["expires_on"]
    if facts.get("has_expired"):
        return _("{qty} expired after {day}. It must not be used: book it as waste.", qty=_qty(facts, "qty"), day=day)
    return _("{qty} may be used up to {day}. Use it first.", qty=_qty(facts, "qty"), day=day)


def _counted(facts: Facts) -> Text:
    words = _(
        "Counted {counted}, the book said {expected}: {percent} % off (count {number}).",
        counted=_qty(facts, "counted"),
        expected=_qty(facts, "expected"),
        percent=facts.get("percent", ""),
        number=facts["number"],
    )
    if facts.get("percent") is None:
        words = _(
            "Counted {counted}, the book said nothing (count {number}).",
            counted=_qty(facts, "counted"),
            number=facts["number"],
        )
    more = [] if facts.get("value") is None else [_("The difference is worth {value}.", value=_money(facts, "value"))]
    return _sentences(words, *more)


def _price(facts: Facts) -> Text:
    words = _(
        "{supplier} takes {new} for 1 {unit}, before {old}: up {percent} %.",
        supplier=facts["supplier"], new=_money(facts, "new"), old=_money(facts, "old"), unit=facts["unit"],
        percent=abs(facts["percent"]),
    )  # fmt: skip
    if facts["percent"] < 0:
        words = _(
            "{supplier} takes {new} for 1 {unit}, before {old}: down {percent} %. Check the unit.",
            supplier=facts["supplier"], new=_money(facts, "new"), old=_money(facts, "old"), unit=facts["unit"],
            percent=abs(facts["percent"]),
        )  # fmt: skip
    return words


def _unusual(facts: Facts) -> Text:
    found = facts["words"]
    return found if isinstance(found, Text) else verbatim(str(found))


def _sentences(*parts: Text) -> Text:
    return join(list(parts), " ")


_TITLES: Mapping[K, Callable[[Facts], Text]] = {
    K.EXPIRY: _lot_title,
    K.SUPPLIER_LATE: work.order_title,
    K.IN_TRANSIT: work.transfer_title,
    K.BUDGET_TREND: work.budget_title,
    K.MONTH_OPEN: work.month_title,
    K.SCHEDULE_FAILED: work.schedule_title,
    K.MAIL_STUCK: work.mail_title,
    K.BACKUP_OLD: work.backup_title,
}
_WORDS: Mapping[K, Callable[[Facts], Text]] = {
    K.BELOW_SAFETY: _below,
    K.NEGATIVE_STOCK: _negative,
    K.RUNNING_OUT: _running_out,
    K.ABOVE_MAXIMUM: _above,
    K.NOT_MOVED: _not_moved,
    K.EXPIRY: _expiry,
    K.COUNT_DIFFERENCE: _counted,
    K.PRICE_JUMP: _price,
    K.UNUSUAL: _unusual,
    K.SUPPLIER_LATE: work.late,
    K.IN_TRANSIT: work.on_the_way,
    K.BUDGET_TREND: work.budget,
    K.MONTH_OPEN: work.month,
    K.SCHEDULE_FAILED: work.schedule,
    K.MAIL_STUCK: work.mail,
    K.BACKUP_OLD: work.backup,
}
