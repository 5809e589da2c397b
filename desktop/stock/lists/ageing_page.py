"""The age of stock: quantity and value by how long goods have been there, now or at a past moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import Text, _
from core.words import word
from desktop.context import AppContext
from desktop.printing.list_file import MakeSheet
from desktop.stock.lists.as_at import AsAt
from desktop.stock.lists.page import StockListPage
from desktop.stock.lists.why import show_why
from desktop.theme import Meaning
from desktop.widgets import (
    Bar,
    BarChart,
    Button,
    ChipSpec,
    Column,
    Kind,
    MenuChip,
    RowTable,
    WhyEntry,
    WhyFigure,
    money_words,
    number_words,
)

AGES: tuple[Text, ...] = (
    _("0–30 days"), _("31–90 days"), _("91–180 days"), _("181–365 days"), _("over a year"),
)  # fmt: skip
COLOURS = (Meaning.GOOD, Meaning.ACCENT, Meaning.WATCH, Meaning.SOON, Meaning.DANGER)
HIGH = 176


class AgeingPage(StockListPage):
    """The chart is the sum of what the list shows; a tap on a bar keeps the items that have goods of that age."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Age of stock"), _("How long the goods have been there, by what came in last"))
        self._rows: list[stock.AgeRow] = []
        self.table = RowTable(self._columns(), name=_("Age of stock"), key="stock.ageing")
        self.chart = BarChart(_("Value by age"), shown=lambda value: money_words(value, sign=True))
        self.chart.picked.connect(lambda key: self.chips.set_value("age", key))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 4, 16, 4)
        column.addWidget(self.chart)
        box.setFixedHeight(HIGH)
        self.set_list(self.table, box)
        self.add_search(lambda _text: self._show_rows(), _("Item or category"))
        self.chips.add(ChipSpec("age", _("Age"), tuple(enumerate(AGES))))
        self.chips.add(ChipSpec("category", _("Category"), ()))
        self.as_at = AsAt(self.known)
        self.boxes.append(self.as_at)
        self.chips.add_widget(self.as_at)
        self.chips.changed.connect(self._show_rows)
        self.as_at.changed.connect(self.reload)
        self.add_files()
        self.say_empty(
            _("Nothing is in stock"), _("Once goods are received, this shows how long they have been there."),
            [(_("Receive goods"), lambda: context.shell.go("purchasing.receive"))], "clock",
        )  # fmt: skip
        self.table.row_activated.connect(lambda row: context.shell.go("stock.on_hand", item_id=row.item_id))
        self.table.why_requested.connect(self._on_why)
        if context.shell.can_go("catalog.unused"):
            unused = lambda: context.shell.go("catalog.unused")  # noqa: E731
            self.head.add_button(Button(_("Unused items"), unused, icon_name="trash"))
        self.head.add_button(Button(_("Idle stock"), lambda: context.shell.go("stock.idle"), icon_name="clock"))
        self.known.load_categories()
        self.known.changed.connect(self._on_names)
        self.known.ready.connect(self.reload)
        context.hub.watch(self, ("stock", "item"), self.reload)
        self.start_loading()

    def reload(self) -> None:
        """Reckon the ages again."""
        if self.known.is_ready:
            self.context.ops.ask(self, stock.list_ages, as_of=self.as_at.value(), then=self._on_ages)

    def prepare_sheet(self) -> MakeSheet:
        rows, known, moment = self._fitting(), self.known, self.as_at.value() or self.known.now()

        def cells() -> Iterator[tuple[Cell, ...]]:
            for row in rows:
                yield (
                    row.item_code,
                    self.item_name(row),
                    row.category,
                    row.qty,
                    row.unit,
                    row.value,
                    *row.values,
                    *row.qtys,
                )

        columns = (
            FileColumn("item", _("Code")), FileColumn("name", _("Item")), FileColumn("category", _("Category")),
            FileColumn("qty", _("Quantity"), "qty"), FileColumn("unit", _("Unit")), FileColumn("value", _("Value"), "money"),
            *(FileColumn(f"value_{at}", words, "money") for at, words in enumerate(AGES)),
            *(FileColumn(f"qty_{at}", _("Quantity {age}", age=words), "qty") for at, words in enumerate(AGES)),
        )  # fmt: skip
        facts = (Fact(_("As at"), moment, "instant"),)
        return lambda: Sheet(_("Age of stock"), columns, cells(), facts, notation=known.notation())

    # --- rows

    def _columns(self) -> list[Column]:
        ages = [
            Column(f"age{at}", words, 104, kind=Kind.MONEY, why=True, value=lambda row, at=at: row.values[at])  # type: ignore[misc]
            for at, words in enumerate(AGES)
        ]
        return [
            Column("item_code", _("Code"), 104, muted=True, wide_only=True),
            Column("item", _("Item"), 180, stretch=True, value=self.item_name),
            Column(
                "category",
                _("Category"),
                130,
                muted=True,
                wide_only=True,
                value=lambda row: self.known.category(row.category),
            ),
            Column("qty", _("Quantity"), 112, kind=Kind.QTY, unit="unit", why=True, wide_only=True),
            *ages,
            Column("value", _("Value"), 112, kind=Kind.MONEY, why=True),
        ]

    def _fitting(self) -> list[stock.AgeRow]:
        chosen, letters = self.chips.values(), self.head.search_text().casefold()
        age, category = chosen["age"], chosen["category"]
        return [
            row
            for row in self._rows
            if (age is None or row.qtys[age])
            and (category is None or row.category == category)
            and (
                not letters
                or letters in f"{row.item_code} {row.item_name} {row.item_name_en} {row.category}".casefold()
            )
        ]

    def _on_names(self) -> None:
        self.table.retranslate()
        if self._rows:
            self._name_categories()

    def _name_categories(self) -> None:
        chip = self.chips.chip("category")
        if isinstance(chip, MenuChip):
            names = sorted({row.category for row in self._rows if row.category})
            chip.set_options([(name, self.known.category(name)) for name in names])

    def _on_ages(self, rows: list[stock.AgeRow]) -> None:
        self._rows = [replace(row, unit=self.known.unit(row.unit)) for row in rows]
        self._name_categories()
        if not self.table.wanted().sort:
            self.table.sort_by("value", descending=True)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self._fitting()
        sums = [sum((row.values[at] for row in rows), Decimal(0)) for at in range(len(AGES))]
        self.chart.set_bars([Bar(at, AGES[at], sums[at], COLOURS[at]) for at in range(len(AGES))])
        total = sum(sums, Decimal(0))
        self.set_answer(_("{value} in stock, by what came in last", value=money_words(total, sign=True)))
        self.table.set_rows(rows)

    # --- why

    def _on_why(self, row: stock.AgeRow, key: str) -> None:
        self.context.ops.ask(
            self, stock.list_age_parts, item_id=row.item_id, as_of=self.as_at.value(), key="why",
            then=lambda parts: self._show_why(row, key, parts),
        )  # fmt: skip

    def _show_why(self, row: stock.AgeRow, key: str, parts: list[stock.AgePart]) -> None:
        at = int(key[3:]) if key.startswith("age") else None
        is_money = key != "qty"
        entries = [
            WhyEntry(
                number, _entry_words(part), part.value if is_money else part.qty, part.at,
                part.supplier if not is_money else f"{number_words(part.qty)} {row.unit}", row.unit, part.posting_id,
            )
            for number, part in enumerate(parts)
            if at is None or part.bucket == at
        ]  # fmt: skip
        amount = row.qty if not is_money else row.value if at is None else row.values[at]
        title = _("Age of {item}", item=self.item_name(row))
        sentence = _("What is there is taken to be what came in last; its value is spread by quantity.")
        show_why(self, self.context, WhyFigure(title, amount, row.unit, is_money, sentence), entries)


def _entry_words(part: stock.AgePart) -> Text:
    if part.kind is None:
        return _("Without an entry")
    return _("{kind} {number}", kind=word(part.kind), number=part.number)
