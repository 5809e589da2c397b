"""What all checks of a month share: the period they look at, names, and what the goods were worth at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from core import stock
from core.clock import business_day
from core.costing.rules.months import Month
from core.costing.steps.closings import Calendar, month_moments
from core.costing.types.checks import CheckKind, CheckLevel, CheckLine, MonthCheck
from core.i18n import Text
from core.uow import UnitOfWork
from core.values import round_half_up
from db.catalog import Item
from db.columns import micros
from db.enums import Permission
from db.sql import chunks, total
from db.stock import ItemCost, Location, Lot, StockEntry

E = StockEntry
SHOWN = 5
Place = tuple[int, int, int]


@dataclass(slots=True)
class Found:
    """What a check found: lines with their money in minor units (None: there is none in it). Where there may be very many,
    `line_of` makes a line of what stands in its place, once it is shown."""

    kind: CheckKind
    level: CheckLevel
    words: Text
    lines: Sequence[tuple[int | None, Any]] = ()
    line_of: Callable[[Any], CheckLine] | None = None


class Look:
    """A month looked at: from its first moment to its last, or to now while it is running. Whatever several checks need
    is read once."""

    def __init__(self, uow: UnitOfWork, month: Month, known: Calendar) -> None:
        self.uow, self.month = uow, month
        self.start, self.last_moment = month_moments(uow, month, known.closings)
        self.is_running = self.last_moment > uow.now
        self.end = min(self.last_moment, uow.now)

    @property
    def as_of(self) -> datetime | None:
        """The moment of figures; None is now."""
        return None if self.is_running else self.end

    @property
    def last_day(self) -> date:
        """The last business day that is looked at."""
        return self.day_of(self.end)

    def day_of(self, at: datetime) -> date:
        """The business day of a moment."""
        return business_day(at, self.uow.site.zone, self.uow.site.day_start_hour)

    @cached_property
    def held(self) -> dict[Place, int]:
        """What was where at the end, in millionths."""
        return stock.quantity_sums(self.uow, as_of=self.as_of)

    @cached_property
    def values(self) -> dict[int, tuple[int, int]]:
        """What every item was worth at the end."""
        return stock.value_sums(self.uow, as_of=self.as_of)

    @cached_property
    def moved(self) -> dict[int, tuple[int, int]]:
        """Quantity and value that came on top in the month, of items of which anything happened."""
        since = [E.at >= micros(self.start)]
        if not self.is_running:
            since.append(E.at <= micros(self.end))
        item = E.item_id + 0  # else SQLite walks the whole ledger by item
        rows = self.uow.sql.execute(select(item, total(E.qty), total(E.value)).where(*since).group_by(item))
        return {row[0]: (row[1], row[2]) for row in rows}

    def opening_of(self, item_id: int) -> tuple[int, int]:
        """Quantity and value of an item before the month."""
        qty, value = self.values.get(item_id, (0, 0))
        more, dearer = self.moved.get(item_id, (0, 0))
        return qty - more, value - dearer

    def items(self, ids: Iterable[int]) -> dict[int, Any]:
        """Code, names and unit of these items."""
        found: dict[int, Any] = {}
        for part in chunks(sorted(set(ids))):
            facts = select(Item.id, Item.code, Item.name, Item.name_en, Item.base_unit).where(Item.id.in_(part))
            found.update({row.id: row for row in self.uow.sql.execute(facts)})
        return found

    @cached_property
    def places(self) -> dict[int, Any]:
        """Every place."""
        facts = (Location.id, Location.code, Location.name, Location.name_en, Location.kind)
        return {row.id: row for row in self.uow.sql.execute(select(*facts))}

    @cached_property
    def lots(self) -> dict[int, Any]:
        """Every lot that expires by the end."""
        listed = select(Lot.id, Lot.number, Lot.expires_on).where(Lot.expires_on <= self.last_day)
        return {row.id: row for row in self.uow.sql.execute(listed)}

    @cached_property
    def last_costs(self) -> dict[int, tuple[int, int]]:
        """The last known cost of every item, as quantity and value."""
        rows = self.uow.sql.execute(select(ItemCost.item_id, ItemCost.last_qty, ItemCost.last_value))
        return {row[0]: (row[1], row[2]) for row in rows}

    def worth(self, item_id: int, qty: int) -> int:
        """What a quantity of an item was worth at the end, in minor units; where none was there, at its last known cost."""
        have, value = self.values.get(item_id, (0, 0))
        if have == qty > 0 and value > 0:
            return value
        if have <= 0 or value <= 0:
            have, value = self.last_costs.get(item_id, (0, 0))
        return round_half_up(value * qty, have) if have > 0 else 0


def finish(look: Look, found: Found, most: int | None = SHOWN) -> MonthCheck:
    """A check as it is shown: counted, its money added up, its largest lines; no money without the right to see costs."""
    sees = look.uow.may(Permission.COST_VIEW)
    ordered = sorted(found.lines, key=lambda one: -abs(one[0] or 0))
    money = [minor for minor, _line in ordered if minor is not None]
    amount = look.uow.money(sum(abs(minor) for minor in money)) if sees and money else None
    shown = ordered if most is None else ordered[:most]
    made = found.line_of or (lambda line: line)
    lines = tuple(_priced(look.uow, minor if sees else None, made(line)) for minor, line in shown)
    return MonthCheck(found.kind, found.level, len(ordered), amount, found.words, lines)


def _priced(uow: UnitOfWork, minor: int | None, line: CheckLine) -> CheckLine:
    amount = None if minor is None else uow.money(minor)
    return CheckLine(
        line.record, line.id, line.number, line.name, line.name_en, line.qty, line.unit, amount, line.day, line.note,
        line.item_id, line.location_id,
    )  # fmt: skip


def at_stake(checks: Iterable[MonthCheck]) -> Any:
    """The money of all checks that are not good; None where none of them has any."""
    money = [one.amount for one in checks if one.level is not CheckLevel.GOOD and one.amount is not None]
    return sum(money[1:], money[0]) if money else None
