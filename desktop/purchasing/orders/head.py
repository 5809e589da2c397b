"""The head of an order: from whom, for which day, to which place; and what the supplier's rules say to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import CoreError
from core.i18n import Text, _, join
from core.purchasing import OrderCard, OrderSheet
from core.words import OrderState
from desktop.purchasing.need.looks import countdown
from desktop.purchasing.orders.looks import day_words, moment_words
from desktop.purchasing.receive.finding import Finder
from desktop.theme import Meaning
from desktop.widgets import Choice, DateEdit, MoneyEdit, Notice, Strip, TextEdit, local_time

LONGEST = 2000
NARROW = 900
CHANGEABLE = ("deliver_on", "location_id", "note", "own_note", "rate")


class OrderHead(QWidget):
    """`supplier_changed` when another one is chosen, `changed` for the rest, `finished` by Enter after the last field."""

    supplier_changed = Signal()
    changed = Signal()
    finished = Signal()

    def __init__(self, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        self._is_filling = False
        self._base: dict[str, Any] = {}
        self._sheet: OrderSheet | None = None
        self.is_planned = True
        self.strip = Strip()
        self.strip.narrow = NARROW
        self.supplier = Choice(_("Supplier"), search=True)
        self.day = DateEdit(_("Deliver on"), today=finder.today)
        self.place = Choice(_("Deliver to"), empty=_("The site"))
        self.strip.add("supplier_id", _("Supplier"), self.supplier, share=22)
        self.strip.add("deliver_on", _("Deliver on"), self.day, share=16)
        self.strip.add("location_id", _("Deliver to"), self.place, share=14)
        self.strip.add("rate", _("Exchange rate"), MoneyEdit(_("Exchange rate"), decimals=6), share=10)
        self.strip.add("note", _("Note to the supplier"), TextEdit(_("Note to the supplier"), most=LONGEST), share=18)
        self.strip.add("own_note", _("Our own note"), TextEdit(_("Our own note"), most=LONGEST), share=16)
        self.strip.show_field("rate", False)
        self.rules = Notice("", Meaning.PLAIN)
        self.rules.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addWidget(self.rules)
        self.supplier.changed.connect(self._on_supplier)
        self.strip.changed.connect(self._on_changed)
        self.strip.finished.connect(self.finished)

    # --- filling

    def fill_choices(self) -> None:
        """Suppliers that may be ordered from, and places."""
        language = self._finder.context.language
        chosen = self.supplier_id()
        rows = [row for row in self._finder.suppliers if row.id == chosen or not row.is_blocked]
        self._is_filling = True
        self.supplier.set_options([(row.id, row.title(language)) for row in rows])
        self.place.set_options(self._finder.place_options())
        self._is_filling = False

    def start(self, supplier_id: int | None) -> None:
        """An order that is not begun."""
        self._is_filling = True
        self.supplier.set_read_only(False)
        self.strip.set_values({"supplier_id": supplier_id, **dict.fromkeys(CHANGEABLE)})
        self._is_filling = False
        self.mark_saved()

    def take_sheet(self, sheet: OrderSheet, *, is_new: bool, site_currency: str) -> None:
        """What the supplier's rules say; a new order is for its next delivery."""
        self._sheet = sheet
        self._is_filling = True
        is_foreign = sheet.currency != site_currency
        if is_new:
            self.strip.show_field("rate", is_foreign)
            if is_foreign:
                self.strip.set_values({"rate": sheet.rate})
            if sheet.slot is not None and self.strip.value("deliver_on") is None:
                self.day.set_value(sheet.slot.delivered_on)
        self._is_filling = False
        self._say_rules()

    def fill(self, card: OrderCard, site_currency: str) -> None:
        """The order as it is saved."""
        self._is_filling = True
        if not any(value == card.row.supplier_id for value, _words in self._options()):
            self.supplier.set_options([(card.row.supplier_id, card.row.supplier.render(self._finder.context.language))])
        self.strip.show_field("rate", card.row.currency != site_currency)
        self.strip.set_values(_values(card))
        self.is_planned = card.row.state is OrderState.DRAFT
        self.supplier.set_read_only(True)
        may_edit = "edit" in card.can
        for key in CHANGEABLE:
            self.strip.editor(key).set_read_only(not may_edit)
        self._is_filling = False
        self.mark_saved()
        self._say_rules()

    def lay_over(self, typed: Mapping[str, Any]) -> None:
        """What was typed, over what somebody else saved."""
        self._is_filling = True
        self.strip.set_values(typed)
        self._is_filling = False
        self._say_rules()

    def _options(self) -> list[tuple[int, str]]:
        return [(row.id, "") for row in self._finder.suppliers]

    # --- reading

    def supplier_id(self) -> int | None:
        """Whom it is ordered from; None while nobody said."""
        found: int | None = self.strip.value("supplier_id")
        return found

    def rate(self) -> Decimal:
        """What 1 of the order's currency costs in the site's."""
        found: Decimal | None = self.strip.value("rate") if self.strip.has("rate") else None
        return found or Decimal(1)

    def read(self) -> dict[str, Any] | None:
        """The head; None when a field is wrong (it says so and has the focus)."""
        return self.strip.read()

    def values(self) -> dict[str, Any]:
        """The fields that can be changed after the order is begun; one that cannot be read stays as typed."""
        found = {key: self.strip.value(key) for key in CHANGEABLE if self.strip.has(key)}
        return {key: _kept(key, value) for key, value in found.items()}

    def changes(self) -> dict[str, Any]:
        """What differs from what is saved."""
        return {key: value for key, value in self.values().items() if value != self._base.get(key)}

    def base(self) -> dict[str, Any]:
        """What is saved."""
        return dict(self._base)

    def mark_saved(self) -> None:
        """What stands here is saved."""
        self._base = self.values()

    def is_changed(self) -> bool:
        """Whether anything differs from what is saved."""
        return bool(self.changes())

    def show_error_at(self, error: CoreError) -> bool:
        """Say an error at its field; False when it has none here."""
        key = {"supplier": "supplier_id", "currency": "rate"}.get(error.field or "", error.field or "")
        return self.strip.show_field_error(key, error)

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is empty."""
        self.strip.focus("supplier_id" if self.supplier_id() is None else "deliver_on")

    # --- inside

    def _on_supplier(self) -> None:
        if not self._is_filling:
            self.supplier_changed.emit()

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._say_rules()
            self.changed.emit()

    def _say_rules(self) -> None:
        """The next delivery and until when to order; and a day on which this supplier does not come."""
        sheet = self._sheet
        if sheet is None or not self.is_planned:
            self.rules.hide()
            return
        told, meaning = slot_words(sheet, self._finder.now())
        day = self.strip.value("deliver_on")
        if sheet.is_blocked:
            told, meaning = (
                [_("This supplier is blocked for orders: {why}", why=sheet.block_note or "-")],
                Meaning.DANGER,
            )
        elif day is not None and not sheet.delivers_on(day):
            told.insert(0, _("The supplier does not deliver on {day}", day=day_words(day)))
            meaning = Meaning.SOON
        elif day is not None and sheet.slot is not None and day < sheet.slot.delivered_on:
            told.insert(0, _("Too late to order for {day} by the supplier's rules", day=day_words(day)))
            meaning = Meaning.SOON
        others = [one.number for one in sheet.orders if day is not None and one.on == day]
        if others:
            told.append(_("Ordered for this day already: {numbers}", numbers=", ".join(others)))
            meaning = Meaning.SOON if meaning is Meaning.PLAIN else meaning
        if told:
            self.rules.say(join(told, " · "), meaning)
        else:
            self.rules.hide()


def slot_words(sheet: OrderSheet, now: datetime) -> tuple[list[Text], Meaning]:
    """The supplier's next delivery, until when to order for it, and how much that hurries."""
    slot = sheet.slot
    if slot is None:
        return [], Meaning.PLAIN
    order_by = local_time(slot.order_by)
    left, meaning = countdown(slot.order_by, now)
    words = _(
        "Next delivery {day}: order by {moment} ({left})",
        day=day_words(slot.delivered_on), moment=moment_words(order_by), left=left,
    )  # fmt: skip
    return [words], meaning


def _values(card: OrderCard) -> dict[str, Any]:
    return {
        "supplier_id": card.row.supplier_id, "deliver_on": card.row.deliver_on, "location_id": card.location_id or None,
        "note": card.note, "own_note": card.own_note, "rate": card.rate,
    }  # fmt: skip


def _kept(key: str, value: Any) -> Any:
    if key == "location_id":
        return value or 0
    return value if value is not None else "" if key in ("note", "own_note") else None
