"""What a line of an invoice says beside what was received: in words, and in a colour that says the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.i18n import Text, _, join
from desktop.purchasing.invoices.lines import EntryLine
from desktop.theme import Meaning
from desktop.widgets import BadgeLook, money_words, number_words, percent_words

MUCH = Decimal(5)
Said = tuple[Text | None, Meaning]


def price_off(line: EntryLine, digits: int) -> Decimal:
    """What the line asks more (or less, below zero) than its receipt says for the same quantity; 0 within rounding."""
    one = line.expected
    total = line.total(digits)
    if one is None or one.amount is None or total is None or not line.qty or not one.base:
        return Decimal(0)
    base = line.qty * line.factor
    off = total - one.amount / one.base * base
    least = Decimal(1).scaleb(-digits)
    return off if abs(off) >= least and (base == one.base or abs(off) > least) else Decimal(0)


def qty_off(line: EntryLine) -> Decimal:
    """What the line asks more (or less, below zero) than was received, in base units."""
    if line.expected is None or line.qty is None:
        return Decimal(0)
    return line.qty * line.factor - line.expected.base


def difference_said(line: EntryLine, unit_word: Callable[[str], str], digits: int) -> Said:
    """Quantity and price beside the receipt; where nothing was received, the price beside the usual one."""
    one = line.expected
    if one is None or line.qty is None:
        return _usual_said(line)
    told: list[Text] = []
    more, off = qty_off(line), price_off(line, digits)
    if more:
        told.append(
            _("{qty} {unit} were received.", qty=number_words(one.base / line.factor), unit=unit_word(line.unit))
        )
    if off:
        total = line.total(digits) or Decimal(0)
        percent = percent_words(abs(off) / (total - off)) if total != off else ""
        amount = money_words(abs(off))
        dearer = _("{amount} dearer than received ({percent}).", amount=amount, percent=percent)
        cheaper = _("{amount} cheaper than received ({percent}).", amount=amount, percent=percent)
        told.append(dearer if off > 0 else cheaper)
    if not told:
        return _("As received."), Meaning.GOOD
    return join(told, " "), Meaning.DANGER if off > 0 or more > 0 else Meaning.SOON


def line_look(line: EntryLine, digits: int, *, is_credit: bool, is_sure: bool) -> BadgeLook | None:
    """The same in a word."""
    if line.error is not None:
        return BadgeLook(_("Wrong"), Meaning.DANGER)
    if line.is_unknown:
        return BadgeLook(_("Not recognised"), Meaning.DANGER)
    if line.missing(is_credit=is_credit) is not None:
        return BadgeLook(_("Not complete"), Meaning.SOON)
    if line.expected is None:
        return BadgeLook(_("Not received"), Meaning.SOON) if is_sure and line.is_goods and not is_credit else None
    more, off = qty_off(line), price_off(line, digits)
    if more:
        return BadgeLook(_("More than received") if more > 0 else _("Less than received"),
                         Meaning.DANGER if more > 0 else Meaning.SOON)  # fmt: skip
    if off:
        return BadgeLook(_("Dearer") if off > 0 else _("Cheaper"), Meaning.DANGER if off > 0 else Meaning.SOON)
    return BadgeLook(_("As received"), Meaning.GOOD)


def _usual_said(line: EntryLine) -> Said:
    """A price beside the usual one, where no receipt is known."""
    made = line.made
    if made is None or made.change is None or made.usual_price is None:
        return None, Meaning.PLAIN
    words = _("Usually {price} without tax: {percent}.", price=number_words(made.usual_price),
              percent=percent_words(made.change / 100))  # fmt: skip
    return words, Meaning.DANGER if made.change > MUCH else Meaning.SOON if made.change else Meaning.GOOD
