"""Production: what was used, what was made of it, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core import stock
from core.i18n import Text, _
from core.values import round_decimal
from desktop.context import AppContext
from desktop.stock.entry.fields import Fields
from desktop.stock.entry.issue import add_date
from desktop.stock.entry.lines import EntryLine
from desktop.stock.entry.page import EntryPage, FormText
from desktop.stock.entry.sheet import LineSheet
from desktop.widgets import CodeEdit, Label, TextEdit, money_digits, money_words
from desktop.widgets.strip import Strip

TEXT = FormText(
    "production",
    _("Production"),
    _("What was used becomes what was made, at its cost"),
    _("Post production"),
    _("What was used"),
)
MADE = "made"


class ProductionPage(EntryPage):
    """Two lists. What was made costs what was used, shared by quantity."""

    def __init__(self, context: AppContext) -> None:
        self._costs: dict[int, Decimal] = {}
        super().__init__(context, TEXT, Fields(unit="issue", place=_("Place"), scans_add=True))

    def make_head(self, strip: Strip) -> None:
        strip.add("document", _("Document"), CodeEdit(_("Document"), most=60), share=18)
        add_date(self, strip)
        strip.add("note", _("Note"), TextEdit(_("Note"), most=400), share=26)

    def make_lists(self, column: QVBoxLayout) -> None:
        fields = Fields(unit="base", comes_in=True, place=_("Place"))
        self.made = LineSheet(self.finder, fields, _("What was made"), side=MADE)
        self.made.changed.connect(self._on_changed)
        upper, lower = QWidget(), QWidget()
        for box, words, sheet in ((upper, _("Used"), self.sheet), (lower, _("Produced"), self.made)):
            part = QVBoxLayout(box)
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(4)
            part.addWidget(Label(words, "heading"))
            part.addWidget(sheet, 1)
        column.addWidget(upper, 3)
        column.addWidget(lower, 2)

    def all_sheets(self) -> tuple[LineSheet, ...]:
        return (self.sheet, self.made)

    def command(self) -> Callable[..., Any]:
        return stock.produce_goods

    def arguments(self, head: Mapping[str, Any], lines: Sequence[EntryLine]) -> dict[str, Any]:
        used = [line for line in lines if line.side != MADE]
        made = [line for line in lines if line.side == MADE]
        return {
            "used": tuple(line.new_line(row) for row, line in enumerate(used, start=1)),
            "made": tuple(line.new_line(row) for row, line in enumerate(made, start=len(used) + 1)),
            "document": head.get("document") or "",
            "at": self.when(head.get("at")),
            "note": head.get("note") or "",
        }

    def posted_words(self, posted: stock.Posted) -> Text:
        return _("Production {number} posted", number=posted.number)

    def total_words(self) -> Text | str:
        """What is used costs, as far as it is known."""
        total, is_known = Decimal(0), False
        for line in self.sheet.lines():
            cost = self._costs.get(line.goods.id)
            if cost is None:
                self._ask_cost(line)
                continue
            base = self.finder.base_qty(line.goods.id, line.qty, line.unit)
            if base is not None:
                total, is_known = total + round_decimal(base * cost, money_digits()), True
        return _("Cost {amount}", amount=money_words(total, sign=True)) if is_known else ""

    def _ask_cost(self, line: EntryLine) -> None:
        item_id = line.goods.id

        def told(cost: Decimal | None) -> None:
            if cost is not None and item_id not in self._costs:
                self._costs[item_id] = cost
                self._say_total()

        self.finder.unit_cost(item_id, told)
