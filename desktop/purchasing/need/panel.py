"""A line or a supplier of the sheet beside the list: where its figures come from, and whom else to ask."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import Name, Text, _, join
from core.purchasing import NeedChoice, NeedGroup, NeedLine
from core.words import word
from desktop.purchasing.need.basket import Basket, Row
from desktop.purchasing.need.looks import (
    LOOKS,
    amount_words,
    day_words,
    days_words,
    moment_words,
    named,
    price_words,
    usage_words,
)
from desktop.theme import Meaning
from desktop.widgets import (
    Button,
    DetailPanel,
    Facts,
    Label,
    Notice,
    Sparkline,
    Words,
    date_words,
    local_time,
    number_words,
    ui_text,
)

Facts_ = list[tuple[Words, Words | QWidget]]
MINUS, PLUS = "\N{MINUS SIGN} ", "+ "


class LinePanel(DetailPanel):
    """One item: the sum behind its need, usage, requests, prices and suppliers."""

    moved = Signal(object, object)
    left_out = Signal(object)
    supplier_wanted = Signal(object)

    def __init__(
        self, basket: Basket, row: Row, line: NeedLine, *, open_item: Callable[[int], None] | None,
        open_request: Callable[[int], None] | None,
    ) -> None:  # fmt: skip
        super().__init__(named(line.name), f"{line.code}  {line.spec}".strip(), LOOKS[line.urgency])
        self.row, self.line = row, line
        self._basket = basket
        self.add_widget(Label(line.reason, wrap=True))
        self.add_section(_("Why so much"), Facts(self._sum()))
        self.add_section(_("Usage and levels"), self._usage())
        if line.asked:
            self.add_section(_("Asked for by departments"), self._asked(open_request))
        if line.last_prices:
            self.add_section(_("Last prices"), Facts(self._prices()))
        self.add_section(_("Suppliers of this item"), self._suppliers())
        if row.shelf.group.supplier_id:
            out = basket.is_out(row)
            words = _("Order it") if out else _("Do not order")
            icon_name = "plus" if out else "minus"
            self.add_action(Button(words, lambda: self.left_out.emit(row), icon_name=icon_name))
        if open_item is not None:
            self.add_action(Button(_("Stock of the item"), lambda: open_item(line.item_id), icon_name="stock"))

    def _unit(self) -> str:
        return ui_text(named(self.line.need.unit))

    def _sum(self) -> Facts_:
        """From what lies there to what will be free, and what is ordered."""
        need, line = self.line.need, self.line
        ordered = need.on_order - line.in_drafts
        parts: list[tuple[Text, Decimal, str]] = [
            (_("On hand and usable"), need.on_hand, ""),
            (_("Reserved"), need.reserved, MINUS),
            (_("On order"), ordered, PLUS),
            (_("In drafts of orders"), line.in_drafts, PLUS),
            (_("In transit"), need.in_transit, PLUS),
            (_("Asked for by departments"), need.asked - line.expected, MINUS),
            (_("Used until then"), line.expected, MINUS),
        ]
        facts: Facts_ = [
            (name, f"{sign}{number_words(qty)} {self._unit()}") for name, qty, sign in parts if qty or not sign
        ]
        facts.append((_("Will be free"), f"= {number_words(need.projected)} {self._unit()}"))
        facts.append((_("Wanted"), f"{number_words(line.wanted)} {self._unit()}"))
        facts.append((_("With this order"), f"{number_words(need.projected + line.base_qty)} {self._unit()}"))
        return facts

    def _usage(self) -> QWidget:
        line, levels = self.line, self.line.need.levels
        facts: Facts_ = []
        if line.need.usage is not None:
            facts.append((_("Used a day"), f"{usage_words(line.need.usage)} {self._unit()}"))
            words = _("{before} → {after} days", before=days_words(line.before), after=days_words(line.cover))
            facts.append((_("Lasts"), words))
        else:
            facts.append((_("Used a day"), _("not known: nothing was issued lately")))
        named = (
            (_("Par"), levels.par), (_("Reorder point"), levels.reorder_point), (_("Minimum"), levels.minimum),
            (_("Safety stock"), levels.safety), (_("Maximum"), levels.maximum), (_("Usual order"), levels.order_qty),
        )  # fmt: skip
        facts += [(name, f"{number_words(level)} {self._unit()}") for name, level in named if level is not None]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        if line.daily:
            column.addWidget(Sparkline(line.daily))
        column.addWidget(Facts(facts))
        return box

    def _asked(self, open_request: Callable[[int], None] | None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for one in self.line.asked:
            parts: list[Text | str] = [one.department, f"{number_words(one.qty)} {self._unit()}"]
            day = date_words(one.needed_on) if one.needed_on else ""
            words = " · ".join(part for part in (one.number, *map(ui_text, parts), day) if part)
            if open_request is None:
                column.addWidget(Label(words, wrap=True))
            else:
                column.addWidget(Button(words, partial(open_request, one.purchase_request_id), kind="link"))
        return box

    def _prices(self) -> Facts_:
        unit = ui_text(named(self.line.choice.supply.unit))
        return [
            (
                date_words(one.on),
                join(
                    [_("{price} {currency} / {unit}", price=price_words(one.price), currency=one.currency, unit=unit),
                     _("paid") if one.is_paid else _("asked")],
                    ", ",
                ),
            )
            for one in self.line.last_prices
        ]  # fmt: skip

    def _suppliers(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for choice in self.line.choices:
            column.addWidget(self._supplier(choice))
        column.addWidget(
            Button(_("Another supplier…"), lambda: self.supplier_wanted.emit(self.row), kind="link", icon_name="search")
        )
        return box

    def _supplier(self, choice: NeedChoice) -> QWidget:
        is_now = choice.supplier_id == self.line.choice.supplier_id
        words = join([named(choice.name), self._price_of(choice)], ": ")
        if is_now or choice.is_blocked:
            note = _("ordered here") if is_now else _("blocked")
            return Label(_("{what} ({note})", what=words, note=note), "strong" if is_now else "muted", wrap=True)
        return Button(words, lambda: self.moved.emit(self.row, choice), kind="link")

    def _price_of(self, choice: NeedChoice) -> Text:
        supply = choice.supply
        if supply.price is None:
            return _("no price, by the {unit}", unit=supply.unit)
        base = price_words((supply.price / supply.factor).quantize(Decimal("0.0001")).normalize())
        return _(
            "{price} {currency} / {unit} ({base} / {base_unit})", price=price_words(supply.price),
            currency=choice.currency, unit=supply.unit, base=base, base_unit=self.line.need.unit,
        )  # fmt: skip


class GroupPanel(DetailPanel):
    """One supplier: its rules of ordering, its phone, the orders that stand for the day."""

    left_out = Signal(object)
    ordered = Signal(object)

    def __init__(
        self, basket: Basket, row: Row, *, may_order: bool, open_order: Callable[[int], None] | None,
        open_supplier: Callable[[int], None] | None,
    ) -> None:  # fmt: skip
        group = row.shelf.group
        super().__init__(named(group.name) if group.supplier_id else _("No supplier yet"), group.code)
        self.row = row
        for note in group.notes:
            self.add_widget(Notice(note, Meaning.SOON))
        facts = self._facts(basket, group)
        if facts:
            self.add_facts(facts)
        if group.orders:
            self.add_section(_("Orders for that day"), self._orders(group, open_order))
        if not group.supplier_id:
            self.add_widget(Label(_("Open a line to choose a supplier for it."), "muted", wrap=True))
            return
        if may_order and not row.shelf.is_left_out:
            self.add_action(
                Button(_("Order only here"), lambda: self.ordered.emit(row), kind="primary", icon_name="check")
            )
        words = _("Order here after all") if row.shelf.is_left_out else _("Nothing from here this time")
        self.add_action(Button(words, lambda: self.left_out.emit(row), icon_name="minus"))
        if open_supplier is not None:
            self.add_action(Button(_("Supplier"), lambda: open_supplier(group.supplier_id), icon_name="supplier"))

    def _facts(self, basket: Basket, group: NeedGroup) -> Facts_:
        facts: Facts_ = []
        totals = basket.totals(self.row.shelf)
        if group.slot is not None:
            facts.append((_("Next delivery"), day_words(group.slot.delivered_on)))
            order_by = local_time(group.slot.order_by)
            facts.append((_("Order by"), f"{date_words(order_by.date())} {moment_words(order_by)}"))
        if group.phone:
            facts.append((_("Phone"), group.phone))
        if group.supplier_id and basket.sheet is not None and basket.sheet.sees_prices:
            facts.append((_("This order"), amount_words(totals.value, group.currency, group.digits)))
            if group.minimum_value:
                facts.append((_("Minimum order"), amount_words(group.minimum_value, group.currency, group.digits)))
            facts.append((_("Ordered this month"), amount_words(group.spent, group.currency, group.digits)))
            if group.budget is not None and group.left is not None:
                facts.append((_("Budget of the month"), amount_words(group.budget, group.currency, group.digits)))
                facts.append((_("Left of it"), amount_words(group.left, group.currency, group.digits)))
        return facts

    def _orders(self, group: NeedGroup, open_order: Callable[[int], None] | None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for one in group.orders:
            words = join([named(Name(one.number)), word(one.state)], " · ")
            if open_order is None:
                column.addWidget(Label(words))
            else:
                column.addWidget(Button(words, partial(open_order, one.order_id), kind="link"))
        return box
