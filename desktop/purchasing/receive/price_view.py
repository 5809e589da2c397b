"""The price at the dock beside what was paid before: change, the last five as a line, and what it does to the margin."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.i18n import Text, _
from core.purchasing import PriceCheck
from core.values import plain, round_decimal
from desktop.theme import Meaning
from desktop.widgets import Badge, BadgeLook, Label, Sparkline, date_words, language, money_words, percent_words

HUNDRED = Decimal(100)
LINE_WIDE = 96


class PriceView(QWidget):
    """Empty until a check has come."""

    def __init__(self) -> None:
        super().__init__()
        self._last = Label("", "small", wrap=True)
        self._margin = Label("", "small", wrap=True)
        self._trend = Sparkline()
        self._trend.setFixedWidth(LINE_WIDE)
        self._badge = QHBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._trend)
        row.addLayout(self._badge)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._last)
        column.addWidget(self._margin)
        self.hide()

    def show_check(self, check: PriceCheck | None) -> None:
        """Say what is known of a price."""
        self._set_badge(None if check is None else change_look(check))
        if check is None or (check.last is None and check.margin_after is None):
            self.hide()
            return
        past = [point.price for point in reversed(check.last_prices)]
        self._trend.set_values([*past, check.price], Meaning.SOON if check.needs_reason else Meaning.ACCENT)
        self._trend.setVisible(len(past) > 0)
        self._last.set_words(_last_words(check))
        margin = _margin_words(check)
        self._margin.set_words(margin or "")
        self._margin.setVisible(margin is not None)
        self.show()

    def _set_badge(self, look: BadgeLook | None) -> None:
        while self._badge.count():
            item = self._badge.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if look is not None:
            self._badge.addWidget(Badge(look))


def change_look(check: PriceCheck) -> BadgeLook | None:
    """The change against the last price."""
    if check.percent is None:
        return None
    words = signed_percent(check.percent)
    is_order = bool(check.last_prices) and check.last != check.last_prices[0].price
    if check.percent == 0:
        return BadgeLook(_("As ordered") if is_order else _("Price as last time"), Meaning.PLAIN)
    if check.needs_reason:
        return BadgeLook(
            _("{change}, limit {limit} %", change=words, limit=f"{check.limit.normalize():f}"), Meaning.DANGER
        )
    meaning = Meaning.SOON if check.percent > 0 else Meaning.GOOD
    if is_order:
        return BadgeLook(_("{change} against the order", change=words), meaning)
    return BadgeLook(_("{change} against last time", change=words), meaning)


def signed_percent(percent: Decimal) -> str:
    """A change with its sign: +12.5 %."""
    words = percent_words(percent / HUNDRED)
    return f"+{words}" if percent > 0 else words


def _last_words(check: PriceCheck) -> Text:
    if not check.last_prices:
        return _("Never bought before")
    newest = check.last_prices[0]
    supplier = (newest.supplier_en or newest.supplier) if language() == "en" else newest.supplier
    price = money_words(plain(round_decimal(newest.price, 4)))
    if supplier:
        return _("Last {price} on {day}, {supplier}", price=price, day=date_words(newest.on), supplier=supplier)
    return _("Last {price} on {day}", price=price, day=date_words(newest.on))


def _margin_words(check: PriceCheck) -> Text | None:
    if check.margin_after is None:
        return None
    after = percent_words(check.margin_after / HUNDRED)
    if check.margin_before is None or check.margin_before == check.margin_after:
        words = _("Margin {after}", after=after)
    else:
        before = percent_words(check.margin_before / HUNDRED)
        words = _("Margin {before}, now {after}", before=before, after=after)
    if not check.is_margin_low:
        return words
    limit = percent_words(check.margin_limit / HUNDRED)
    return _("{margin}: below {limit}", margin=words, limit=limit)
