"""Why a figure of stock is what it is: the panel with its entries, which sum to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core import stock
from core.i18n import Text, _, _n
from core.words import word
from desktop.context import AppContext
from desktop.stock.lists.known import Known
from desktop.widgets import PageBase, WhyEntry, WhyFigure, WhyPanel, Words, money_words, number_words

WIDE = 520


@dataclass(frozen=True, slots=True)
class AboutStock:
    """Which figure of a stock row is asked about: the row, the column, and under which filters it stands."""

    row: stock.StockRow
    key: str
    place: str = ""
    location_id: int | None = None
    as_of: datetime | None = None


def show_why(page: PageBase, context: AppContext, figure: WhyFigure, entries: Sequence[WhyEntry]) -> WhyPanel:
    """Open the panel; an entry that came by a posting opens it."""
    panel = WhyPanel(figure, entries)

    def opened(entry: WhyEntry) -> None:
        if isinstance(entry.data, int):
            context.shell.go("stock.posting", posting_id=entry.data)

    panel.entry_activated.connect(opened)
    page.open_panel(panel, WIDE)
    panel.table.setFocus()
    return panel


def ledger_entries(why: stock.LedgerWhy, known: Known, *, is_money: bool, unit: str) -> list[WhyEntry]:
    """Entries of the ledger as lines of the panel, newest first, the earliest ones as one."""
    found: list[WhyEntry] = []
    for entry in reversed(why.entries):
        amount = (entry.value or Decimal(0)) if is_money else entry.qty
        kind: Text = word(entry.kind)
        words = _("{kind} {number}", kind=kind, number=entry.number)
        if entry.is_reversal:
            words = _("{kind} {number}, reversed", kind=kind, number=entry.number)
        detail = entry.supplier or entry.purpose or entry.by if is_money else known.place_name(entry.location_id)
        found.append(WhyEntry(entry.entry_id, words, amount, entry.at, detail, unit, entry.posting_id))
    if why.earlier.entries:
        amount = (why.earlier.value or Decimal(0)) if is_money else why.earlier.qty
        earlier = _n("{n} earlier entry", "{n} earlier entries", why.earlier.entries)
        found.append(WhyEntry(0, earlier, amount, unit=unit))
    return found


class StockWhy:
    """Answers for the columns of the stock list."""

    def __init__(self, page: PageBase, context: AppContext, known: Known) -> None:
        self._page, self._context, self._known = page, context, known

    def ask(self, about: AboutStock) -> None:
        """Ask for what stands behind a figure, then show it."""
        answers = {"reserved": self._ask_reserved, "available": self._ask_available}
        answers.get(about.key, self._ask_ledger)(about)

    # --- from the ledger

    def _ask_ledger(self, about: AboutStock) -> None:
        if about.key in ("value", "unit_cost") and about.location_id is not None:
            self._show_share(about)
            return
        row = about.row
        is_money = about.key in ("value", "unit_cost")
        wanted = stock.LedgerFilter(item_id=row.id, end=about.as_of, location_id=about.location_id)
        if not is_money:
            wanted = replace(wanted, in_transit=about.key == "in_transit")
        self._context.ops.ask(
            self._page, stock.explain_ledger, wanted=wanted, key="why",
            then=lambda why: self._show_ledger(about, why, is_money=is_money),
        )  # fmt: skip

    def _show_ledger(self, about: AboutStock, why: stock.LedgerWhy, *, is_money: bool) -> None:
        row = about.row
        amounts = {"on_hand": row.on_hand, "in_transit": row.in_transit}
        amount = amounts.get(about.key, row.value or Decimal(0))
        figure = WhyFigure(self._title(about), amount, "" if is_money else row.unit, is_money, self._sentence(about))
        show_why(self._page, self._context, figure, ledger_entries(why, self._known, is_money=is_money, unit=row.unit))

    def _title(self, about: AboutStock) -> Text:
        names = {
            "on_hand": _("On hand"), "in_transit": _("In transit"), "value": _("Value"), "unit_cost": _("Value"),
            "reserved": _("Reserved"), "available": _("Available"),
        }  # fmt: skip
        return _("{figure} of {item}", figure=names[about.key], item=about.row.title(self._context.language))

    def _sentence(self, about: AboutStock) -> Words:
        row = about.row
        if about.key == "unit_cost" and row.unit_cost is not None and row.value is not None:
            return self._cost_sentence(row)
        if about.as_of is not None:
            return _("All entries that took effect up to then.")
        if about.key == "on_hand" and about.location_id is not None:
            return _("All entries at {place} and in what lies there.", place=about.place)
        if about.key == "on_hand":
            return _("All entries, without goods on their way between two places.")
        return ""

    @staticmethod
    def _cost_sentence(row: stock.StockRow) -> Text:
        return _(
            "Unit cost {cost} is the value {value} divided by {qty} {unit}, goods on their way included.",
            cost=money_words(row.unit_cost or Decimal(0), sign=True),
            value=money_words(row.value or Decimal(0), sign=True),
            qty=number_words(row.on_hand + row.in_transit),
            unit=row.unit,
        )

    def _show_share(self, about: AboutStock) -> None:
        """At one place the value is a share of the item's value; its cost belongs to the whole site."""
        row = about.row
        qty = number_words(row.on_hand + row.in_transit)
        entry = WhyEntry(
            0, _("{qty} {unit} at {place}", qty=qty, unit=row.unit, place=about.place), row.value or Decimal(0)
        )
        sentence = _("What an item costs is reckoned over the whole site; a place has its share by quantity.")
        figure = WhyFigure(self._title(about), row.value or Decimal(0), "", True, sentence)
        show_why(self._page, self._context, figure, [entry])

    # --- promised

    def _ask_reserved(self, about: AboutStock) -> None:
        self._context.ops.ask(
            self._page, stock.list_reservations, item_id=about.row.id, key="why",
            then=lambda rows: self._show_reserved(about, rows),
        )  # fmt: skip

    def _show_reserved(self, about: AboutStock, rows: Sequence[stock.ReservationRow]) -> None:
        unit = about.row.unit
        entries = [WhyEntry(row.id, row.purpose, row.qty, row.created_at, row.by, unit) for row in rows]
        figure = WhyFigure(self._title(about), about.row.reserved or Decimal(0), unit)
        show_why(self._page, self._context, figure, entries)

    def _ask_available(self, about: AboutStock) -> None:
        self._context.ops.ask(
            self._page, stock.list_reservations, item_id=about.row.id, key="why",
            then=lambda rows: self._show_available(about, rows),
        )  # fmt: skip

    def _show_available(self, about: AboutStock, promises: Sequence[stock.ReservationRow]) -> None:
        row, unit = about.row, about.row.unit
        entries = [WhyEntry(0, _("On hand"), row.on_hand, unit=unit)]
        if row.unusable:
            entries.append(WhyEntry(-1, _("Expired or blocked lots"), -row.unusable, unit=unit))
        entries += [
            WhyEntry(one.id, _("Reserved: {purpose}", purpose=one.purpose), -one.qty, one.created_at, one.by, unit)
            for one in promises
        ]
        sentence = _("On hand, less what may not be used and what is promised.")
        figure = WhyFigure(self._title(about), row.available or Decimal(0), unit, False, sentence)
        show_why(self._page, self._context, figure, entries)
