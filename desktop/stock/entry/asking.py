"""The half of the entry bar that asks: an item's units, stock and lots, and what is proposed from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core import catalog, stock
from core.i18n import Text, _
from core.values import amount_of, plain, round_decimal
from desktop.stock.entry.fields import (
    Fields,
    default_unit,
    lot_options,
    make_fields,
)
from desktop.stock.entry.finder import Finder, Picked
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.entry.places import held_by_place, place_options, proposed_place
from desktop.widgets import (
    Choice,
    Found,
    Label,
    QtyEdit,
    RecordPicker,
    money_digits,
    number_words,
)
from desktop.widgets.strip import Strip

SHOWN = ("lot", "lot_id", "expires_on", "price", "value", "place_id", "note", "reason")
PER_ITEM = ("qty", "lot", "lot_id", "expires_on", "price", "value", "note")


class AskingBar(Strip):
    """Shows one item and fills in what is known of it. `_settled` is called when all answers have come."""

    def __init__(self, finder: Finder, fields: Fields) -> None:
        super().__init__()
        self._finder, self.fields = finder, fields
        self._goods: Goods | None = None
        self._table: catalog.UnitTable | None = None
        self._held: list[stock.OnHandRow] = []
        self._editing: EntryLine | None = None
        self._source = ""
        self._pending: set[str] = set()
        self.avoided_place: Callable[[], int | None] = lambda: None
        make_fields(self, finder, fields)
        self._hint = Label("", "small")
        self._hint.setMinimumHeight(self._hint.fontMetrics().lineSpacing())
        self.qty.changed.connect(self._on_qty)
        self.qty.unit_changed.connect(self._on_unit)
        finder.ready.connect(self._fill_places)
        if fields.priced:
            self.editor("price").changed.connect(lambda: self._on_money("price"))
            self.editor("value").changed.connect(lambda: self._on_money("value"))
        if "place_id" in self._editors:
            self.editor("place_id").changed.connect(self._on_place)

    @property
    def picker(self) -> RecordPicker:
        """The item field."""
        return self._editors["item"]  # type: ignore[return-value]

    @property
    def qty(self) -> QtyEdit:
        """The quantity field."""
        return self._editors["qty"]  # type: ignore[return-value]

    @property
    def goods(self) -> Goods | None:
        """The item that stands here."""
        return self._goods

    def is_waiting(self) -> bool:
        """Whether answers about the item are still to come."""
        return bool(self._pending)

    # --- asking

    def _show_item(self, picked: Picked, qty: Decimal | None) -> None:
        self._goods, self._editing, self._table, self._held = picked.goods, None, None, []
        self._source = ""
        self.clear_errors()
        language = self._finder.context.language
        self.picker.set_record(Found(picked.goods.id, picked.goods.code, picked.goods.title(language)))
        self.set_values({**dict.fromkeys(PER_ITEM), "qty": qty})
        self._pending = {"table"}
        self._ask(picked)

    def _show_line(self, line: EntryLine) -> None:
        self._editing = line
        self._source = "value" if line.value is not None else "price" if line.price is not None else ""
        self.set_values({name: getattr(line, name) or None for name in SHOWN})
        if self._source == "price" and line.price is not None and "price" in self._editors:
            self.editor("price").set_value(line.price)
            self._on_money("price", is_typed=False)

    def _ask(self, picked: Picked) -> None:
        goods = picked.goods
        self._pending.add("held")
        self._finder.on_hand(goods.id, lambda rows: self._arrived(goods, "held", rows), asker=id(self))
        self._finder.table(goods.id, lambda table: self._arrived(goods, "table", (table, picked.unit)))

    def _arrived(self, goods: Goods, what: str, answer: Any) -> None:
        if self._goods is not goods:
            return
        if what == "table":
            self._table, unit = answer
            self.qty.set_units(self._finder.units(answer[0]))
            self.qty.set_unit(unit or default_unit(self.fields, answer[0]))
        else:
            self._held = answer
            self._fill_places()
        self._pending.discard(what)
        if not self._pending:
            self._settled()

    def _settled(self) -> None:
        """Everything about the item has come."""
        self._on_qty()
        self._say_hint()

    # --- prices

    def _on_unit(self, _unit: object) -> None:
        self._on_qty()
        self._say_hint()

    def _on_qty(self) -> None:
        if self.fields.priced:
            self._on_money(self._source or "price", is_typed=False)

    def _on_money(self, source: str, *, is_typed: bool = True) -> None:
        """What is typed stands; the other one of unit price and line value follows."""
        if is_typed:
            self._source = source
        qty, price, value = abs(self.value("qty") or Decimal(0)), self.value("price"), self.value("value")
        if source == "price":
            self.editor("value").set_value(None if price is None or not qty else amount_of(qty, price, money_digits()))
        elif value is not None and qty:
            self.editor("price").set_value(plain(round_decimal(value / qty, 6)))
        self._say_hint()

    # --- places and lots

    @property
    def _way(self) -> str:
        return "in" if self.fields.comes_in else "out"

    def _on_place(self) -> None:
        self._finder.use_place(self._way, self.value("place_id"))
        self._fill_lots()
        self._say_hint()

    def _fill_places(self) -> None:
        unit = self._finder.unit_word(self._goods.base_unit) if self._goods else ""
        place = self._editors.get("place_id")
        if isinstance(place, Choice):
            place.set_options(place_options(self._finder, self._held, unit))
            if self._editing is None:
                place.set_value(self._proposed_place(place.value()))
        self._fill_lots()

    def _proposed_place(self, shown: int | None) -> int | None:
        """The place it was last, if it holds any that may be taken; else where most of that is; else where any is."""
        wanted = (shown, self._finder.last_place(self._way))
        avoided = self.avoided_place()
        usable_on = None if self.fields.any_lot or self.fields.comes_in else self._finder.today()
        held = held_by_place(self._held, usable_on=usable_on)
        if not any(qty > 0 for qty in held.values()):
            held = held_by_place(self._held)
        return proposed_place(self._finder, held, wanted, avoided)

    def _fill_lots(self) -> None:
        lots = self._editors.get("lot_id")
        if isinstance(lots, Choice):
            unit = self._finder.unit_word(self._goods.base_unit) if self._goods else ""
            chosen = self._editing.lot_id if self._editing is not None else None
            lots.set_options(lot_options(self._held, self.value("place_id"), unit))
            lots.set_value(chosen)

    # --- words and values

    def _say_hint(self) -> None:
        text: str | Text = ""
        if self._held and self._goods is not None:
            text = self._stock_words(self._goods)
        self._hint.set_words(text)

    def _stock_words(self, goods: Goods) -> Text:
        """What lies at the place shown, and everywhere."""
        held, unit = held_by_place(self._held), self._finder.unit_word(goods.base_unit)
        everywhere = f"{number_words(sum(held.values(), Decimal(0)))} {unit}"
        place_id = self.value("place_id")
        if place_id is None or list(held) == [place_id]:
            return _("On hand: {qty}", qty=everywhere)
        here = f"{number_words(held.get(place_id, Decimal(0)))} {unit}"
        place = self._finder.place_word(place_id)
        return _("{place}: {here}, on hand in all: {qty}", place=place, here=here, qty=everywhere)

    def _line(self) -> EntryLine | None:
        """The line as it stands; None when a field is wrong (it says so)."""
        values = self.read()
        if values is None or self._goods is None:
            return None
        line = self._editing or EntryLine(0, self._goods, Decimal(1), "")
        goes_out = self.fields.signed and values["qty"] < 0
        return replace(
            line,
            goods=self._goods,
            qty=values["qty"],
            unit=self.qty.unit() or self._goods.base_unit,
            lot=values.get("lot") or (line.lot if "lot" not in values else ""),
            lot_id=values.get("lot_id"),
            expires_on=values.get("expires_on", line.expires_on),
            price=None if goes_out else values.get("price"),
            value=values.get("value") if self._source == "value" and not goes_out else None,
            place_id=values.get("place_id", line.place_id),
            reason=values.get("reason") or line.reason,
            note=values.get("note") or "",
            error=None,
            error_field="",
        )
