"""What a line must hold against the ledger: what it refers to, and what it leaves behind."""

from __future__ import annotations

from datetime import datetime

from core.errors import InvalidInput, Refused
from core.i18n import _
from core.stock.steps.desk.balances import Balances, Past
from core.stock.steps.desk.costs import Costs, is_linked
from core.stock.steps.desk.facts import Facts
from core.stock.steps.desk.resolve import Line
from core.values import from_micro
from db.columns import micros
from db.enums import PostingKind as K


class Checks:
    """The checks of one desk."""

    def __init__(self, facts: Facts, balances: Balances, costs: Costs, closed_until: datetime | None) -> None:
        self._facts, self._balances, self._costs = facts, balances, costs
        self._closed_until = None if closed_until is None else micros(closed_until)

    def is_closed(self, at: int) -> bool:
        """Whether a moment lies in a closed period: landed cost on it stands at its own time, in the open one."""
        return self._closed_until is not None and at <= self._closed_until

    def link(self, line: Line) -> None:
        """The entry it refers to is of the same item, not later, and not taken back already. Raises InvalidInput, Refused."""
        self._balances.load_history([line.item_id])
        known: list[Past | Line] = [*self._balances.history[line.item_id], *self._costs.books[line.item_id].fresh]
        origin = next((one for one in known if one.entry_id == line.link_id), None)
        if origin is None or (line.kind is not K.LANDED_COST and origin.qty * line.qty >= 0):
            raise InvalidInput(_("The document it refers to does not hold this item."), field="ref")
        if line.kind is K.LANDED_COST:
            line.location_id, line.lot_id = origin.location_id, origin.lot_id
            line.at = line.at if self.is_closed(origin.at) else origin.at
            return
        if line.at < origin.at:
            raise InvalidInput(_("It is dated before the document it refers to."), field="at")
        undone = {one.link_id for one in known if one.is_reversal}
        back = sum(
            abs(one.qty)
            for one in known
            if one.link_id == line.link_id and is_linked(one) and one.entry_id not in undone
        )
        left = abs(origin.qty) - back
        if abs(line.qty) > left:
            raise Refused(
                _(
                    "Only {left} of that line can still be taken back; the rest went back already.",
                    left=from_micro(left),
                ),
                field="qty",
            )

    def enough(self, line: Line) -> None:
        """Nothing goes below zero from the line's moment on, unless the place allows it. Raises Refused."""
        place = self._facts.place(line.location_id)
        if place.allow_negative:
            return
        left = self._balances.lowest_from((line.item_id, line.location_id, line.lot_id), line.at)
        if left >= 0:
            return
        item = self._facts.item(line.item_id)
        have = max(left - line.qty, 0)
        raise Refused(
            _(
                "Not enough stock: {have} {unit} of {item} {name} at {place}{lot}, {need} needed. Take less, or post the receipt first.",
                have=from_micro(have),
                unit=self._facts.units[item.id].base_words,
                item=item.code,
                name=item.name,
                place=place.name,
                lot=f" ({self._facts.lots[line.lot_id].number})" if line.lot_id else "",
                need=from_micro(-line.qty),
            ),
            field="qty",
        )
