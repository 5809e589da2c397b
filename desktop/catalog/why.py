"""Why a figure on an item's card is what it is: the entries that sum to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from core import stock
from core.catalog import ItemCard
from core.i18n import Text, _, _n
from core.words import word
from desktop.catalog.known import Known
from desktop.context import AppContext
from desktop.widgets import PageBase, WhyEntry, WhyFigure, WhyPanel, Words, money_words, number_words

WIDE = 520
TITLES: dict[str, Text] = {
    "on_hand": _("On hand"), "in_transit": _("In transit"), "value": _("Value"), "unit_cost": _("Value"),
    "reserved": _("Reserved"), "available": _("Available"),
}  # fmt: skip


class ItemWhy:
    """Asks for what stands behind a figure of one item and shows it beside the list."""

    def __init__(self, page: PageBase, context: AppContext, known: Known) -> None:
        self._page, self._context, self._known = page, context, known

    def ask(self, card: ItemCard, key: str, available: stock.AvailabilityRow, value: stock.ValueRow | None) -> None:
        """Show why a figure of an item is what it is."""
        if key in ("reserved", "available"):
            self._context.ops.ask(
                self._page, stock.list_reservations, item_id=card.id, key="why",
                then=lambda rows: self._show_promised(card, key, available, rows),
            )  # fmt: skip
            return
        is_money = key in ("value", "unit_cost")
        wanted = stock.LedgerFilter(item_id=card.id, in_transit=None if is_money else key == "in_transit")
        self._context.ops.ask(
            self._page, stock.explain_ledger, wanted=wanted, key="why",
            then=lambda why: self._show_ledger(card, key, available, value, why),
        )  # fmt: skip

    def _show_ledger(
        self, card: ItemCard, key: str, available: stock.AvailabilityRow, value: stock.ValueRow | None,
        why: stock.LedgerWhy,
    ) -> None:  # fmt: skip
        is_money = key in ("value", "unit_cost")
        unit = self._known.unit(card.row.base_unit)
        amounts = {"on_hand": available.on_hand, "in_transit": available.in_transit}
        amount = amounts.get(key, value.value if value is not None else Decimal(0))
        sentence: Words = ""
        if key == "unit_cost" and value is not None and value.unit_cost is not None:
            sentence = _(
                "Unit cost {cost} is the value {value} divided by {qty} {unit}, goods on their way included.",
                cost=money_words(value.unit_cost, sign=True), value=money_words(value.value, sign=True),
                qty=number_words(value.qty), unit=unit,
            )  # fmt: skip
        figure = WhyFigure(self._title(card, key), amount, "" if is_money else unit, is_money, sentence)
        self._show(figure, _entries(why, is_money=is_money, unit=unit))

    def _show_promised(
        self, card: ItemCard, key: str, available: stock.AvailabilityRow, rows: Sequence[stock.ReservationRow]
    ) -> None:
        unit = self._known.unit(card.row.base_unit)
        sign = -1 if key == "available" else 1
        promised = [
            WhyEntry(row.reservation_id, row.purpose, sign * row.qty, row.created_at, row.by, unit) for row in rows
        ]
        if key == "reserved":
            self._show(WhyFigure(self._title(card, key), available.reserved, unit), promised)
            return
        entries = [WhyEntry(0, _("On hand"), available.on_hand, unit=unit)]
        if available.unusable:
            entries.append(WhyEntry(-1, _("Expired or blocked lots"), -available.unusable, unit=unit))
        sentence = _("On hand, less what may not be used and what is promised.")
        figure = WhyFigure(self._title(card, key), available.available, unit, False, sentence)
        self._show(figure, [*entries, *promised])

    def _title(self, card: ItemCard, key: str) -> Text:
        return _("{figure} of {item}", figure=TITLES[key], item=card.row.title(self._context.language))

    def _show(self, figure: WhyFigure, entries: Sequence[WhyEntry]) -> None:
        panel = WhyPanel(figure, entries)
        shell = self._context.shell
        opened: Callable[[WhyEntry], None] = lambda entry: (  # noqa: E731
            shell.go("stock.posting", posting_id=entry.data) if isinstance(entry.data, int) else None
        )
        panel.entry_activated.connect(opened)
        self._page.open_panel(panel, WIDE)
        panel.table.setFocus()


def _entries(why: stock.LedgerWhy, *, is_money: bool, unit: str) -> list[WhyEntry]:
    found: list[WhyEntry] = []
    if why.earlier.entries:
        amount = (why.earlier.value or Decimal(0)) if is_money else why.earlier.qty
        words = _n("{n} earlier entry", "{n} earlier entries", why.earlier.entries)
        found.append(WhyEntry(0, words, amount, unit=unit))
    for entry in why.entries:
        amount = (entry.value or Decimal(0)) if is_money else entry.qty
        words = _("{kind} {number}", kind=word(entry.kind), number=entry.number)
        if entry.is_reversal:
            words = _("{kind} {number}, reversed", kind=word(entry.kind), number=entry.number)
        found.append(WhyEntry(entry.entry_id, words, amount, entry.at, entry.location_name, unit, entry.posting_id))
    return found
