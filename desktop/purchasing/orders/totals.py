"""What an order comes to, and how it stands to the supplier's minimum and the month's budget."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import Text, _, _n
from core.purchasing import OrderSheet, OrderSums
from desktop.purchasing.orders.looks import money_in
from desktop.theme import Meaning, text_px, theme
from desktop.widgets import Label, number_words

HIGH, ROUND = 6, 3


class Bar(QWidget):
    """How much of a whole is reached, as a line; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._share, self._meaning = Decimal(0), Meaning.ACCENT
        self.setFixedHeight(HIGH)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: Decimal, meaning: Meaning) -> None:
        """Show a share of the whole, 0 to 1 and over."""
        self._share, self._meaning = share, meaning
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.line))
        painter.drawRoundedRect(QRectF(self.rect()), ROUND, ROUND)
        painter.setBrush(QColor(t.ink(self._meaning)))
        wide = self.width() * float(min(max(self._share, Decimal(0)), Decimal(1)))
        painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), ROUND, ROUND)


class Gauge(QWidget):
    """Words over a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", "small", wrap=True)
        self.bar = Bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        self.setMaximumWidth(text_px(380))
        self.hide()

    def say(self, words: Text, share: Decimal, meaning: Meaning) -> None:
        """Show how far it is."""
        self.words.set_words(words)
        self.bar.set_share(share, meaning)
        self.show()


class Totals(QWidget):
    """Net, tax by rate, gross at the right; minimum and budget at the left."""

    def __init__(self) -> None:
        super().__init__()
        self.minimum, self.budget = Gauge(), Gauge()
        self.taxes = Label("", "muted", wrap=True)
        self.taxes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.gross = Label("", "heading")
        self.gross.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sums = QVBoxLayout()
        sums.setSpacing(0)
        sums.addWidget(self.gross)
        sums.addWidget(self.taxes)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(24)
        row.addWidget(self.minimum, 1)
        row.addWidget(self.budget, 1)
        row.addLayout(sums, 2)

    def show_lines(self, count: int) -> None:
        """For who may not see costs: how many lines."""
        self.minimum.hide()
        self.budget.hide()
        self.gross.set_words(_n("{n} line", "{n} lines", count))
        self.taxes.set_words("")

    def show_sums(
        self, sums: OrderSums, sheet: OrderSheet, currency: str, value: str, *, is_incl: bool, is_planned: bool
    ) -> None:
        """The sums of an order; `value` is its worth in the site's currency, empty when it is the same."""
        self.gross.set_words(_("Total {amount}", amount=money_in(sums.gross, currency)))
        taxes = ", ".join(f"{number_words(one.rate)} %: {money_in(one.tax, currency)}" for one in sums.taxes if one.tax)
        words = _(
            "Net {net}, tax {taxes}", net=money_in(sums.net, currency), taxes=taxes or money_in(sums.tax, currency)
        )
        self.taxes.set_words(_("{sums} (worth {value})", sums=words, value=value) if value else words)
        if currency != sheet.currency or not is_planned:
            self.minimum.hide()
            self.budget.hide()
            return
        amount = sums.gross if is_incl else sums.net
        self._show_minimum(amount, sheet)
        self._show_budget(amount, sheet)

    def _show_minimum(self, amount: Decimal, sheet: OrderSheet) -> None:
        least = sheet.minimum_value
        if not least:
            self.minimum.hide()
            return
        if amount >= least:
            words = _("Minimum order {least} is reached", least=money_in(least, sheet.currency))
            self.minimum.say(words, Decimal(1), Meaning.GOOD)
            return
        words = _(
            "Minimum order {least}: {missing} missing",
            least=money_in(least, sheet.currency), missing=money_in(least - amount, sheet.currency),
        )  # fmt: skip
        self.minimum.say(words, amount / least, Meaning.SOON)

    def _show_budget(self, amount: Decimal, sheet: OrderSheet) -> None:
        budget, spent = sheet.budget, sheet.spent or Decimal(0)
        if not budget:
            self.budget.hide()
            return
        after = spent + amount
        if after > budget:
            words = _(
                "Budget of the month {budget}: over by {over}",
                budget=money_in(budget, sheet.currency), over=money_in(after - budget, sheet.currency),
            )  # fmt: skip
            self.budget.say(words, Decimal(1), Meaning.DANGER)
            return
        words = _(
            "Budget of the month {budget}: {left} left after this order",
            budget=money_in(budget, sheet.currency), left=money_in(budget - after, sheet.currency),
        )  # fmt: skip
        self.budget.say(words, after / budget, Meaning.ACCENT)
