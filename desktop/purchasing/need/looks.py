"""How needs look: what an urgency says, how long until a cut-off, where the columns of the list stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.i18n import Name, Text, _
from core.purchasing import Urgency
from core.values import CURRENCY_SIGNS, plain, round_decimal
from desktop.theme import Meaning, text_px
from desktop.widgets import BadgeLook, number_words, ui_text

MEANINGS: Mapping[Urgency, Meaning] = {
    Urgency.RED: Meaning.DANGER,
    Urgency.ORANGE: Meaning.SOON,
    Urgency.YELLOW: Meaning.WATCH,
    Urgency.GREEN: Meaning.GOOD,
}
LOOKS: Mapping[Urgency, BadgeLook] = {
    Urgency.RED: BadgeLook(_("Runs out"), Meaning.DANGER),
    Urgency.ORANGE: BadgeLook(_("Below safety"), Meaning.SOON),
    Urgency.YELLOW: BadgeLook(_("Reorder now"), Meaning.WATCH),
    Urgency.GREEN: BadgeLook(_("Fill up"), Meaning.GOOD),
}
SOON_HOURS = 4
MOST_COVER = Decimal(14)
HOUR, DAY = 60, 24 * 60


def named(name: Name) -> Text:
    """A name people gave, as words that change with the language."""
    return Text("{name}", (("name", name),))


def countdown(order_by: datetime, now: datetime) -> tuple[Text, Meaning]:
    """How long somebody can still order for the next delivery, and how much it hurries."""
    minutes = int((order_by - now).total_seconds() // 60)
    if minutes < 0:
        return _("the cut-off is over"), Meaning.DANGER
    if minutes < HOUR:
        return _("{minutes} min left", minutes=minutes), Meaning.DANGER
    if minutes < DAY:
        meaning = Meaning.SOON if minutes < SOON_HOURS * HOUR else Meaning.PLAIN
        return _("{hours} h {minutes} min left", hours=minutes // HOUR, minutes=minutes % HOUR), meaning
    return _("{days} days {hours} h left", days=minutes // DAY, hours=minutes % DAY // HOUR), Meaning.PLAIN


def days_words(cover: Decimal | None) -> str:
    """Days of cover in as few figures as say enough."""
    if cover is None:
        return "?"
    if cover >= 100:
        return "99+"
    return number_words(plain(round_decimal(cover, 0 if cover >= 10 else 1)))


def usage_words(usage: Decimal) -> str:
    """A rate of usage in as few figures as say enough."""
    return number_words(plain(round_decimal(usage, 1 if usage >= 10 else 2 if usage >= 1 else 3)))


def amount_words(amount: Decimal, currency: str, digits: int) -> str:
    """An amount in a supplier's currency, with its sign."""
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    words = f"{sign}{abs(amount):,.{digits}f}"
    return f"\N{MINUS SIGN}{words}" if amount < 0 else words


def price_words(price: Decimal) -> str:
    """A price with at least two decimals and no needless zeros."""
    exponent = plain(price).as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{price:,.{decimals}f}"


def day_words(day: date) -> str:
    """A delivery day with the day of the week."""
    return f"{ui_text(WEEKDAYS[day.weekday()])} {day.isoformat()}"


def moment_words(at: datetime) -> str:
    """The last moment to order, with the day of the week."""
    return f"{ui_text(WEEKDAYS[at.weekday()])} {at:%H:%M}"


WEEKDAYS: tuple[Text, ...] = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column of the list stands, from the left edge."""

    left: int
    wide: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + self.wide


GAP = 16
EDGE = 16
WIDTHS = (("value", 92), ("price", 76), ("qty", 136), ("cover", 124), ("usage", 104))
NARROW, NARROWER = 900, 720
LEAST_ITEM = 220


def slots(width: int, *, sees_prices: bool) -> dict[str, Slot]:
    """Where the columns stand in a list so wide; in little room the trend goes first, then the price."""
    gone = set() if width >= text_px(NARROW) else {"usage"} if width >= text_px(NARROWER) else {"usage", "price"}
    if not sees_prices:
        gone |= {"price", "value"}
    found: dict[str, Slot] = {}
    right = width - EDGE
    for name, wide in WIDTHS:
        if name not in gone:
            found[name] = Slot(right - text_px(wide), text_px(wide))
            right -= text_px(wide) + GAP
    found["item"] = Slot(EDGE, max(right - EDGE, LEAST_ITEM))
    return found
