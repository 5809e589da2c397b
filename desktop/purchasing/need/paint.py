"""Painting the list of needs: a supplier's head with its bars, a line with its reason, usage and cover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.i18n import Text, _, _n
from core.purchasing import NeedLine
from desktop.purchasing.need.basket import Basket, Row
from desktop.purchasing.need.looks import (
    EDGE,
    LOOKS,
    MEANINGS,
    MOST_COVER,
    Slot,
    amount_words,
    countdown,
    day_words,
    days_words,
    moment_words,
    named,
    price_words,
    slots,
)
from desktop.theme import Meaning, text_font, text_px, theme
from desktop.theme.tokens import SMALL_PX, TEXT_PX
from desktop.widgets import BadgeLook, local_time, number_words, ui_text
from desktop.widgets.badge import badge_width, paint_badge
from desktop.widgets.charts import paint_sparkline

ROLE = Qt.ItemDataRole.UserRole
LINE_PX, NAME_PX, BARS_PX, NOTE_PX = 52, 34, 32, 20
STRIPE = 4
MOST_NAMED = 4
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class NeedPainter(QStyledItemDelegate):
    """Draws both kinds of rows. `now` says the moment that cut-offs are counted from."""

    def __init__(self, basket: Basket, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._basket, self._now = basket, now

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(ROLE)
        if not isinstance(row, Row):
            return QSize()
        high = LINE_PX if row.line is not None else _head_px(row) + NOTE_PX * len(head_notes(self._basket, row))
        return QSize(320, text_px(high))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROLE)
        rect: QRect = option.rect
        if not isinstance(row, Row):
            return
        t, state = theme(), option.state
        ground = t.surface if row.line is not None else t.window
        if state & QStyle.StateFlag.State_Selected:
            ground = t.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = t.hover
        painter.save()
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if row.line is None:
            self._paint_head(painter, rect, row)
        else:
            self._paint_line(painter, rect, row, row.line)
        painter.restore()

    # --- a supplier

    def _paint_head(self, painter: QPainter, rect: QRect, row: Row) -> None:
        t, group, totals = theme(), row.shelf.group, self._basket.totals(row.shelf)
        is_out = self._basket.is_out(row)
        half = text_px(NAME_PX)
        top = QRect(rect.left() + EDGE, rect.top() + 4, rect.width() - 2 * EDGE, half - 4)
        sum_words = "" if not (self._basket.sheet and self._basket.sheet.sees_prices) or not group.supplier_id else (
            amount_words(totals.value, group.currency, group.digits)
        )  # fmt: skip
        count = ui_text(_n("{n} line", "{n} lines", totals.lines))
        right = f"{count}   {sum_words}".strip()
        painter.setFont(text_font(TEXT_PX, bold=True))
        painter.setPen(QColor(t.faint if is_out else t.text))
        wide = painter.fontMetrics().horizontalAdvance(right) + 16
        painter.drawText(top, RIGHT, right)
        name = ui_text(named(group.name)) if group.supplier_id else ui_text(_("No supplier yet"))
        room = top.adjusted(0, 0, -wide, 0)
        name = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width() * 2 // 5)
        painter.drawText(room, LEFT, name)
        left = painter.fontMetrics().horizontalAdvance(name) + 16
        self._paint_slot(painter, room.adjusted(left, 0, 0, 0), row)
        below = QRect(top.left(), rect.top() + half, top.width(), text_px(BARS_PX) - 8)
        self._paint_bars(painter, below, row)
        at = rect.top() + text_px(_head_px(row)) - 4
        for words, meaning in head_notes(self._basket, row):
            painter.setPen(QColor(t.ink(meaning)))
            painter.setFont(text_font(SMALL_PX))
            room = QRect(top.left(), at, top.width(), text_px(NOTE_PX))
            painter.drawText(room, LEFT, _cut(painter.fontMetrics(), words, room.width()))
            at += text_px(NOTE_PX)

    def _paint_slot(self, painter: QPainter, room: QRect, row: Row) -> None:
        """When it comes, until when to order, and how long that still is."""
        slot = row.shelf.group.slot
        if slot is None:
            return
        left, meaning = countdown(slot.order_by, self._now())
        words = ui_text(
            _(
                "delivers {day}, order by {moment}",
                day=day_words(slot.delivered_on),
                moment=moment_words(local_time(slot.order_by)),
            )
        )
        painter.setFont(text_font(SMALL_PX))
        metrics = painter.fontMetrics()
        look = BadgeLook(left, meaning, "clock")
        painter.setPen(QColor(theme().muted))
        if room.width() > badge_width(look):
            words = _cut(metrics, words, room.width() - badge_width(look) - 12)
            painter.drawText(room, LEFT, words)
            used = metrics.horizontalAdvance(words) + 12
            paint_badge(painter, QRectF(room.adjusted(used, 0, 0, 0)), look)

    def _paint_bars(self, painter: QPainter, room: QRect, row: Row) -> None:
        """How far the order is from the minimum, and what it takes of the budget."""
        group, totals = row.shelf.group, self._basket.totals(row.shelf)
        wide = min(room.width() // 2 - 12, text_px(380))
        at = room.left()
        if group.minimum_value:
            words = _(
                "{value} of the minimum of {minimum}", value=amount_words(totals.value, group.currency, group.digits),
                minimum=amount_words(group.minimum_value, group.currency, group.digits),
            )  # fmt: skip
            meaning = Meaning.GOOD if not totals.missing else Meaning.SOON
            paint_bar(painter, QRect(at, room.top(), wide, room.height()), totals.value, group.minimum_value, meaning)
            self._say(painter, QRect(at, room.top(), wide, room.height()), words)
            at += wide + 24
        if group.budget is not None:
            spent = group.spent + totals.value
            words = _(
                "{spent} of this month's budget of {budget}", spent=amount_words(spent, group.currency, group.digits),
                budget=amount_words(group.budget, group.currency, group.digits),
            )  # fmt: skip
            meaning = Meaning.DANGER if totals.over else Meaning.ACCENT
            box = QRect(at, room.top(), wide, room.height())
            paint_bar(painter, box, spent, group.budget, meaning)
            self._say(painter, box, words)

    def _say(self, painter: QPainter, box: QRect, words: Text) -> None:
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(theme().muted))
        painter.drawText(box.adjusted(0, 0, 0, -6), LEFT, _cut(painter.fontMetrics(), ui_text(words), box.width()))

    # --- a line

    def _paint_line(self, painter: QPainter, rect: QRect, row: Row, line: NeedLine) -> None:
        t = theme()
        is_out = self._basket.is_out(row)
        sees = self._basket.sheet is not None and self._basket.sheet.sees_prices
        places = slots(rect.width(), sees_prices=sees)
        painter.fillRect(
            QRect(rect.left(), rect.top(), STRIPE, rect.height() - 1), QColor(t.ink(MEANINGS[line.urgency]))
        )
        self._paint_item(painter, _box(rect, places["item"]), line, is_out=is_out)
        ink = t.faint if is_out else t.text
        qty = _box(rect, places["qty"])
        self._paint_qty(painter, qty, line, is_out=is_out, is_by_hand=self._basket.is_by_hand(line))
        if "usage" in places and line.daily:
            box = QRectF(_box(rect, places["usage"])).adjusted(0, 14, 0, -14)
            paint_sparkline(painter, box, line.daily, t.faint if is_out else t.accent)
        self._paint_cover(painter, _box(rect, places["cover"]), line, is_out=is_out)
        painter.setFont(text_font())
        painter.setPen(QColor(ink))
        if "price" in places:
            words = price_words(line.price) if line.price is not None else ui_text(_("no price"))
            painter.setPen(QColor(t.muted if line.price is None else ink))
            painter.drawText(_box(rect, places["price"]), RIGHT, words)
        if "value" in places and line.value is not None and not is_out:
            painter.setPen(QColor(ink))
            painter.drawText(_box(rect, places["value"]), RIGHT, f"{line.value:,.{row.shelf.group.digits}f}")

    def _paint_item(self, painter: QPainter, box: QRect, line: NeedLine, *, is_out: bool) -> None:
        t, half = theme(), box.height() // 2
        look = BadgeLook(_("left out"), Meaning.PLAIN, "minus") if is_out else LOOKS[line.urgency]
        wide = min(badge_width(look), box.width() // 2)
        above = QRect(box.left(), box.top() + 3, box.width() - wide - 8, half - 2)
        painter.setFont(text_font())
        painter.setPen(QColor(t.faint if is_out else t.text))
        name = _cut(painter.fontMetrics(), f"{ui_text(named(line.name))}  {line.spec}".strip(), above.width())
        painter.drawText(above, LEFT, name)
        used = painter.fontMetrics().horizontalAdvance(name) + 10
        paint_badge(painter, QRectF(box.left() + used, above.top(), wide, above.height()), look)
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.muted))
        below = QRect(box.left(), box.top() + half, box.width(), half - 4)
        painter.drawText(below, LEFT, _cut(painter.fontMetrics(), reason_words(line), below.width()))

    def _paint_qty(self, painter: QPainter, box: QRect, line: NeedLine, *, is_out: bool, is_by_hand: bool) -> None:
        t = theme()
        frame = qty_box(box)
        painter.setPen(QPen(QColor(t.accent if is_by_hand else t.line), 1))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(frame, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(text_font(TEXT_PX, bold=True))
        painter.setPen(QColor(t.faint if is_out else t.text))
        painter.drawText(frame.adjusted(4, 0, -8, 0), RIGHT, number_words(line.qty))
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.muted))
        unit = box.adjusted(frame.width() + 6, 0, 0, 0)
        painter.drawText(unit, LEFT, _cut(painter.fontMetrics(), ui_text(named(line.choice.supply.unit)), unit.width()))

    def _paint_cover(self, painter: QPainter, box: QRect, line: NeedLine, *, is_out: bool) -> None:
        """Days until the stock is used up: without this order in grey, with it in colour, up to fourteen."""
        t = theme()
        painter.setFont(text_font(SMALL_PX))
        painter.setPen(QColor(t.muted))
        after = line.before if is_out else line.cover
        if line.before is None or after is None:
            painter.drawText(box, LEFT, _cut(painter.fontMetrics(), ui_text(_("usage not known")), box.width()))
            return
        words = ui_text(_("{before} → {after} days", before=days_words(line.before), after=days_words(after)))
        painter.drawText(box.adjusted(0, 2, 0, -box.height() // 2), LEFT, words)
        track = QRectF(box.left(), box.center().y() + 5, box.width(), 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for days, ink in ((MOST_COVER, t.sunken), (after, t.accent), (line.before, t.ink(MEANINGS[line.urgency]))):
            share = float(min(days, MOST_COVER) / MOST_COVER)
            painter.setBrush(QColor(ink))
            painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 6), 3, 3)


def _head_px(row: Row) -> int:
    """How high a supplier's head is without its notes."""
    group = row.shelf.group
    has_bars = bool(group.minimum_value) or group.budget is not None
    return NAME_PX + (BARS_PX if has_bars else 6)


def head_notes(basket: Basket, row: Row) -> list[tuple[str, Meaning]]:
    """What is to be said of a supplier besides its bars."""
    group, totals = row.shelf.group, basket.totals(row.shelf)
    if not group.supplier_id:
        words = _("Nobody sells these yet: choose a supplier for each line (Enter), or leave them.")
        return [(ui_text(words), Meaning.SOON)]
    if row.shelf.is_left_out:
        return [(ui_text(_("Nothing is ordered here this time (space takes it in again).")), Meaning.PLAIN)]
    notes = [(ui_text(words), Meaning.DANGER if group.is_blocked else Meaning.SOON) for words in group.notes]
    if totals.missing:
        missing = amount_words(totals.missing, group.currency, group.digits)
        notes.append((ui_text(_("{missing} are missing to the minimum order.", missing=missing)), Meaning.SOON))
    if totals.over:
        over = amount_words(totals.over, group.currency, group.digits)
        above = ui_text(_("{over} above this month's budget.", over=over))
        notes.append((f"{above} {_can_wait(basket, row)}".strip(), Meaning.DANGER))
    if totals.unpriced:
        words = _("Lines without a price, not in the total: {count}.", count=totals.unpriced)
        notes.append((ui_text(words), Meaning.PLAIN))
    return notes


def _can_wait(basket: Basket, row: Row) -> str:
    """Which lines could wait until the rest is within the budget, the least urgent first."""
    by_item = {line.item_id: line for line in row.shelf.lines if not basket.is_out(Row(row.shelf, line))}
    names = [ui_text(named(by_item[key].name)) for key in row.shelf.group.postponable if key in by_item]
    if not names:
        return ""
    more = "…" if len(names) > MOST_NAMED else ""
    return ui_text(_("Can wait: {items}.", items="、".join(names[:MOST_NAMED]) + more))


def reason_words(line: NeedLine) -> str:
    """The why sentence of a line, with who asked for it."""
    asked = "、".join(dict.fromkeys(one.department or one.number for one in line.asked))
    words = ui_text(line.reason)
    return f"{words} {ui_text(_('Asked for by {who}.', who=asked))}" if asked else words


def paint_bar(painter: QPainter, box: QRect, value: Decimal, most: Decimal, meaning: Meaning) -> None:
    """A thin bar at the foot of a box: how much of `most` a value is."""
    t = theme()
    share = float(min(max(value / most if most else Decimal(0), Decimal(0)), Decimal(1)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.sunken))
    track = QRectF(box.left(), box.bottom() - 5, box.width(), 5)
    painter.drawRoundedRect(track, 2.5, 2.5)
    painter.setBrush(QColor(t.ink(meaning)))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * share, 5), 2.5, 2.5)
    painter.restore()


def qty_box(box: QRect) -> QRect:
    """Where in its column the figure of a quantity stands."""
    return QRect(box.left(), box.top() + box.height() // 2 - text_px(15), box.width() * 3 // 5, text_px(30))


def _box(rect: QRect, slot: Slot) -> QRect:
    return QRect(rect.left() + slot.left, rect.top(), slot.wide, rect.height() - 1)


def _cut(metrics: QFontMetrics, words: str, room: int) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
