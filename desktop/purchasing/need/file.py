"""The sheet of needs as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.documents import Cell, Fact, Sheet
from core.documents import Column as FileColumn
from core.i18n import Language, _
from desktop.printing.list_file import MakeSheet
from desktop.purchasing.need.basket import Basket, Row
from desktop.purchasing.need.looks import LOOKS
from desktop.widgets import ui_text


def need_sheet(basket: Basket, rows: Sequence[Row], said: Language) -> MakeSheet:
    """These rows, with the quantities as they are changed (0 where a line is left out)."""
    columns = (
        FileColumn("supplier", _("Supplier")), FileColumn("deliver_on", _("Next delivery"), "date"),
        FileColumn("code", _("Code")), FileColumn("item", _("Item")), FileColumn("urgency", _("Urgency")),
        FileColumn("qty", _("To order"), "qty"), FileColumn("unit", _("Unit")), FileColumn("price", _("Price"), "qty"),
        FileColumn("value", _("Value"), "qty"), FileColumn("currency", _("Currency")),
        FileColumn("free", _("Will be free"), "qty", dash=False), FileColumn("base_unit", _("Base unit")),
        FileColumn("usage", _("Used a day"), "qty"), FileColumn("before", _("Days without the order"), "qty"),
        FileColumn("cover", _("Days with the order"), "qty"), FileColumn("why", _("Why")),
    )  # fmt: skip
    made = list(_cells(basket, rows, said))
    facts = () if basket.sheet is None else (Fact(_("Date"), basket.sheet.at, "instant"),)
    return lambda: Sheet(_("Need to order"), columns, made, facts)


def _cells(basket: Basket, rows: Sequence[Row], said: Language) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        line, group = row.line, row.shelf.group
        if line is not None:
            yield (
                group.name.render(said), group.slot.delivered_on if group.slot else None, line.code,
                line.name.render(said), ui_text(LOOKS[line.urgency].words),
                Decimal(0) if basket.is_out(row) else line.qty, line.choice.supply.unit.render(said), line.price,
                line.value, group.currency, line.need.projected, line.need.unit.render(said), line.need.usage,
                line.before, line.cover, line.reason.render(said),
            )  # fmt: skip
