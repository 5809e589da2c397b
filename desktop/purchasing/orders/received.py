"""Why so much of a line is received: the deliveries behind the figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from core import purchasing
from core.i18n import Text, _, join, verbatim
from core.purchasing import ReceivedPart
from core.values import plain, round_decimal
from desktop.purchasing.orders.desk import DeskLine
from desktop.widgets import WhyEntry, WhyFigure, WhyPanel, language

if TYPE_CHECKING:
    from desktop.purchasing.orders.order_page import OrderPage

WIDE = 440


def explain(page: OrderPage, line: DeskLine) -> None:
    """Show the deliveries of a line beside the order; Enter opens one."""
    stored = line.stored
    if stored is None:
        return

    def show(parts: list[ReceivedPart]) -> None:
        unit = page.finder.unit_word(stored.base_unit)
        figure = WhyFigure(
            verbatim(stored.name.render(language())), plain(round_decimal(stored.received * stored.factor, 6)), unit,
            sentence=_("What came of this line; free goods beside it and deliveries taken back do not count."),
        )  # fmt: skip
        panel = WhyPanel(figure, [_entry(part, unit) for part in parts])
        panel.close_requested.connect(page.close_panel)
        if page.context.shell.can_go("purchasing.receipts"):
            panel.entry_activated.connect(
                lambda entry: page.context.shell.go("purchasing.receipts", receipt_id=entry.id)
            )
        page.open_panel(panel, WIDE)

    page.context.ops.ask(page, purchasing.explain_received, line_id=stored.id, then=show, key="received")


def _entry(part: ReceivedPart, unit: str) -> WhyEntry:
    words: list[Text] = [verbatim(part.number)]
    if part.is_reversed:
        words.append(_("Reversed"))
    elif not part.counts:
        words.append(_("Free"))
    amount = part.qty if part.counts else Decimal(0)
    return WhyEntry(part.receipt_id, join(words, " · "), amount, part.received_at, part.by, unit)
