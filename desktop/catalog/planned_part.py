"""The sale price of an item on its card: a way to a new one, and what is planned."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from core import labels
from core.catalog import ItemCard
from core.i18n import _
from core.labels import PlannedRow
from core.words import Permission
from desktop.catalog.item_parts import CardActs
from desktop.catalog.parts import column_of, heading
from desktop.widgets import Button, Label, date_words, money_words


def planned_part(acts: CardActs, card: ItemCard, plans: list[PlannedRow]) -> QWidget | None:
    """Planned prices with their day, each to be dropped; none where nothing is planned."""
    if not plans:
        return None
    unit, may_change = acts.known.unit(card.row.base_unit), _may_change(acts, card)
    lines = [_line(acts, plan, unit, may_change) for plan in plans]
    return column_of(heading(_("Planned sale price"), *([_way(acts)] if may_change else ())), *lines, spacing=4)


def price_way(acts: CardActs, card: ItemCard, plans: list[PlannedRow]) -> QWidget | None:
    """The way to a new price while none is planned; for who may set prices."""
    return heading("", _way(acts)) if not plans and _may_change(acts, card) else None


def _may_change(acts: CardActs, card: ItemCard) -> bool:
    return acts.context.shell.may(Permission.PRICE_EDIT) and card.merged_into_id is None


def _way(acts: CardActs) -> Button:
    return Button(_("New price from…"), lambda: acts.want_form("price"), icon_name="money", kind="link")


def _line(acts: CardActs, plan: PlannedRow, unit: str, may_change: bool) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    price = f"{money_words(plan.price, sign=True)} / {unit}"
    row.addWidget(Label(_("{price} from {day}", price=price, day=date_words(plan.from_on))))
    row.addWidget(Label(_("planned by {name}", name=plan.by), "muted"), 1)
    if may_change:
        words = _("Drop the price planned from {day}", day=date_words(plan.from_on))
        row.addWidget(Button(words, partial(_drop, acts, plan), icon_name="close", kind="icon"))
    return line


def _drop(acts: CardActs, plan: PlannedRow, *_clicked: Any) -> None:
    acts.act(labels.drop_planned_prices, plans=[(plan.item_id, plan.from_on)])
