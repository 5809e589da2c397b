"""The dealer's days: orders picked by what is asked for, goods ordered when they run low, put away, counted, sent back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate

from core.sample.large.goods import LOT_LIFE, Good
from core.stock import NewLine, NewPosting
from core.values import round_decimal
from db.enums import PostingKind as K
from db.enums import WasteStage

LEAD_DAYS, SAFETY_DAYS, ORDER_DAYS = 6, 7, 40
MOST_ON_ORDER = 60
DOCK_SHARE = 0.14
RIGHT_SHARE = 0.97
PURPOSES = ("柜台销售 / Counter sales", "维修车间 / Workshop", "网店订单 / Web orders")
DECIMALS = [Decimal(number) for number in range(2001)]


@dataclass(slots=True)
class Yard:
    """What stands where, what is on its way, and what the day brings. Quantities are whole pieces."""

    goods: list[Good]
    item_ids: list[int]
    bins: list[int]
    dock: int
    supplier_ids: list[int]
    chance: random.Random
    per_day: float
    have: list[int] = field(default_factory=list)
    levels: list[tuple[int, int]] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    on_order: set[int] = field(default_factory=set)
    due: dict[date, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked = list(accumulate(good.weight for good in self.goods))
        self.levels = levels_of(self.goods, self.per_day)
        self.have = [0] * len(self.goods)

    def bin_of(self, number: int) -> int:
        """Where a good lies: goods lie in the order of their codes."""
        return self.bins[number * len(self.bins) // len(self.goods)]

    def open_with(self, at: datetime, day: date) -> Iterator[NewPosting]:
        """The opening stock, a document for each bin; what is hardly asked for is often not there."""
        by_bin: dict[int, list[NewLine]] = {}
        for number, (reorder, quantity) in enumerate(self.levels):
            qty = self.chance.randint(0, reorder + quantity) if reorder > 1 else self.chance.choice((0, 0, 1, 2, 2, 3))
            if qty:
                self.have[number] = qty
                by_bin.setdefault(self.bin_of(number), []).append(self._coming(number, qty, self.bin_of(number), day))
        for lines in by_bin.values():
            yield NewPosting(K.OPENING, tuple(lines), at)

    def receipts(self, day: date, at: datetime) -> Iterator[NewPosting]:
        """What arrives: a delivery note for each supplier, some of it put on the dock and moved to its bin."""
        by_supplier: dict[int, list[int]] = {}
        for number in self.due.pop(day, ()):
            by_supplier.setdefault(self.goods[number].supplier, []).append(number)
        moved: list[NewLine] = []
        for minute, (supplier, numbers) in enumerate(sorted(by_supplier.items())):
            lines = [self._arrive(number, day, moved) for number in numbers]
            document = f"S{supplier + 1:03d}-{day:%y%m%d}"
            moment = at + timedelta(minutes=2 * minute)
            yield NewPosting(K.RECEIPT, tuple(lines), moment, self.supplier_ids[supplier], document)
        if moved:
            yield NewPosting(K.TRANSFER, tuple(moved), at + timedelta(minutes=75))

    def _arrive(self, number: int, day: date, moved: list[NewLine]) -> NewLine:
        qty, home = self.levels[number][1], self.bin_of(number)
        place = self.dock if self.chance.random() < DOCK_SHARE else home
        line = self._coming(number, qty, place, day)
        if place == self.dock:
            moved.append(NewLine(line.item_id, line.qty, location_id=place, to_location_id=home))
        self.have[number] += qty
        self.on_order.discard(number)
        return line

    def _coming(self, number: int, qty: int, place: int, day: date) -> NewLine:
        good = self.goods[number]
        drift = 1 + self.chance.gauss(0.0, 0.02) + (day.toordinal() % 700) / 20_000
        value = max(round_decimal(Decimal(f"{good.price * drift * qty:.4f}"), 2), Decimal("0.01"))
        life = LOT_LIFE.get(good.prefix)
        if life is None:
            return NewLine(self.item_ids[number], DECIMALS[qty], location_id=place, value=value)
        expires_on = day + timedelta(days=life)
        return NewLine(
            self.item_ids[number],
            DECIMALS[qty],
            location_id=place,
            value=value,
            lot=f"{day:%y%m%d}",
            expires_on=expires_on,
        )

    def issues(self, day: date, at: datetime, lines: int) -> Iterator[NewPosting]:
        """About this many lines, in orders of one to a dozen, spread over the opening hours."""
        picks = iter(self.chance.choices(range(len(self.goods)), cum_weights=self.asked, k=lines))
        step = timedelta(hours=8) / max(lines, 1)
        done = 0
        while done < lines:
            size = min(self.chance.randint(1, 12), lines - done)
            order = tuple(line for _one in range(size) if (line := self._pick(next(picks), day)) is not None)
            done += size
            if order:
                yield NewPosting(K.ISSUE, order, at + step * done, purpose=self.chance.choice(PURPOSES))

    def _pick(self, number: int, day: date) -> NewLine | None:
        wanted = self.chance.randint(1, self.goods[number].most)
        qty = min(wanted, self.have[number])
        self.have[number] -= qty
        if self.have[number] <= self.levels[number][0] and number not in self.on_order:
            self.on_order.add(number)
            arrival = day + timedelta(days=self.chance.randint(3, 9))
            self.due.setdefault(arrival, []).append(number)
        if not qty:
            return None
        return NewLine(self.item_ids[number], DECIMALS[qty], location_id=self.bin_of(number))

    def mishaps(self, at: datetime) -> Iterator[NewPosting]:
        """A few things broken, sent back, brought back."""
        for number in self._some(self.chance.randint(0, 3)):
            line = self._one_less(number, reason="dropped", stage=WasteStage.STORAGE)
            yield NewPosting(K.WASTE, (line,), at)
        for number in self._some(self.chance.randint(0, 2)):
            supplier = self.supplier_ids[self.goods[number].supplier]
            yield NewPosting(K.RETURN_TO_SUPPLIER, (self._one_less(number),), at, supplier)
        for number in self._some(self.chance.randint(0, 4)):
            if self.goods[number].prefix not in LOT_LIFE:
                self.have[number] += 1
                yield NewPosting(K.RETURN_FROM_CUSTOMER, (self._line(number, 1),), at)

    def _some(self, count: int) -> list[int]:
        picks = self.chance.choices(range(len(self.goods)), cum_weights=self.asked, k=count)
        return [number for number in dict.fromkeys(picks) if self.have[number] > 0]

    def _one_less(self, number: int, **more: object) -> NewLine:
        self.have[number] -= 1
        return self._line(number, 1, **more)

    def _line(self, number: int, qty: int, **more: object) -> NewLine:
        place = self.bin_of(number)
        return NewLine(self.item_ids[number], DECIMALS[qty], location_id=place, **more)  # type: ignore[arg-type]

    def count_bin(self, place: int, at: datetime, *, most: int) -> NewPosting | None:
        """What lies in a bin is counted, mostly as the book says; goods kept by lot are left to their own count."""
        rank, size = self.bins.index(place), len(self.goods)
        first, end = (-(-step * size // len(self.bins)) for step in (rank, rank + 1))
        lines: list[NewLine] = []
        for number in range(first, end):
            if self.have[number] and self.goods[number].prefix not in LOT_LIFE and len(lines) < most:
                if self.chance.random() > RIGHT_SHARE:
                    self.have[number] = max(self.have[number] + self.chance.choice((-2, -1, -1, 1)), 0)
                lines.append(self._line(number, self.have[number]))
        return NewPosting(K.COUNT, tuple(lines), at, note="循环盘点 / cycle count") if lines else None


def levels_of(goods: list[Good], lines_per_day: float) -> list[tuple[int, int]]:
    """Reorder point and order quantity of every good, from how often it is asked for."""
    whole = sum(good.weight for good in goods)
    found = []
    for good in goods:
        use = lines_per_day * good.weight / whole * (good.most + 1) / 2
        reorder = round(use * (LEAD_DAYS + SAFETY_DAYS) + 0.4)
        quantity = min(max(round(use * ORDER_DAYS), good.most, 2), len(DECIMALS) // 2)
        found.append((reorder, quantity))
    return found
