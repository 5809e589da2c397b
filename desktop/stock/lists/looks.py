"""How states of stock look: a word, a colour, an icon."""

from __future__ import annotations

from datetime import date

from core import stock
from core.i18n import Text, _, _n
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, Words, date_words

LEVELS: dict[stock.Level, BadgeLook | None] = {
    stock.Level.BELOW: BadgeLook(_("Below minimum"), Meaning.DANGER),
    stock.Level.SOON: BadgeLook(_("Order soon"), Meaning.SOON),
    stock.Level.OVER: BadgeLook(_("Above maximum"), Meaning.WATCH),
    stock.Level.GOOD: BadgeLook(_("Enough"), Meaning.GOOD),
    stock.Level.NONE: None,
}
LEVEL_OPTIONS: tuple[tuple[stock.Level, Words], ...] = tuple(
    (level, look.words) for level, look in LEVELS.items() if look is not None
)


def level_look(level: object) -> BadgeLook | None:
    """How stock stands against its policy."""
    return LEVELS.get(level) if isinstance(level, stock.Level) else None


def expiry_meaning(expires_on: date | None, today: date) -> Meaning | None:
    """Red once it has expired, orange within 3 days, yellow within 7."""
    if expires_on is None:
        return None
    days = (expires_on - today).days
    for limit, meaning in ((-1, Meaning.DANGER), (3, Meaning.SOON), (7, Meaning.WATCH)):
        if days <= limit:
            return meaning
    return None


def expiry_words(expires_on: date | None, today: date) -> Text | str:
    """An expiry day with what it means, so that the colour is not alone."""
    if expires_on is None:
        return ""
    days = (expires_on - today).days
    day = date_words(expires_on)
    if days < 0:
        return _("{day} expired", day=day)
    if days == 0:
        return _("{day} today", day=day)
    return _n("{day} in {n} day", "{day} in {n} days", days, day=day) if days <= 30 else day


def lot_look(row: stock.LotRow, today: date) -> BadgeLook:
    """Whether a lot may be used."""
    if row.is_blocked:
        return BadgeLook(_("Blocked"), Meaning.DANGER, "lock")
    if row.expires_on is None:
        return BadgeLook(_("Usable"), Meaning.GOOD)
    days = (row.expires_on - today).days
    if days < 0:
        return BadgeLook(_("Expired"), Meaning.DANGER)
    if days == 0:
        return BadgeLook(_("Expires today"), Meaning.SOON)
    if days <= 30:
        meaning = Meaning.SOON if days <= 3 else Meaning.WATCH if days <= 7 else Meaning.GOOD
        return BadgeLook(_n("{n} day left", "{n} days left", days), meaning)
    return BadgeLook(_("Usable"), Meaning.GOOD)
