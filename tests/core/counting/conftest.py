"""A small store to count: two cold bins and a dry area, goods by piece, by weight and by lot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from core import catalog, counting, identity, stock
from core.catalog import NewBarcode, NewItem, PackUnit
from core.clock import FixedClock
from core.counting import CountLine, CountPart, NewCount
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.stock import NewLine, NewLocation
from db.enums import CountKind, CountState, LocationKind, Uncounted, VarianceReason

PASSWORD = "一只安静的猫 42"
PIN = "2580"


@dataclass
class Store:
    """The store's ids, and shorthand for what every test does."""

    office: Office
    clock: FixedClock
    places: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)

    def receive(self, item: str, qty: str, place: str = "DRY", cost: str = "1", **over: object) -> None:
        line = NewLine(self.items[item], D(qty), location_id=self.places[place], unit_cost=D(cost), **over)  # type: ignore[arg-type]
        self.office.do(stock.receive_goods, lines=(line,))

    def issue(self, item: str, qty: str, place: str = "DRY") -> None:
        line = NewLine(self.items[item], D(qty), location_id=self.places[place])
        self.office.do(stock.issue_goods, lines=(line,))

    def held(self, item: str, place: str = "DRY") -> D:
        rows = self.office.ask(stock.list_on_hand, item_id=self.items[item], location_id=self.places[place])
        return sum((row.qty for row in rows), D(0))

    def start(self, kind: CountKind = CountKind.FULL, **over: object) -> int:
        new = NewCount(kind, **over)  # type: ignore[arg-type]
        return self.office.do(counting.start_count, new=new)

    def lines(self, count_id: int, office: Office | None = None) -> list[CountLine]:
        return (office or self.office).ask(counting.list_count_lines, count_id=count_id)

    def line(self, count_id: int, item: str, place: str = "") -> CountLine:
        return next(
            one for one in self.lines(count_id) if one.item_id == self.items[item] and place in ("", one.location_code)
        )

    def enter(
        self, count_id: int, item: str, qty: str, unit: str = "", place: str = "", **over: Any
    ) -> counting.Entered:
        line = self.line(count_id, item, place)
        return self.office.do(counting.enter_count, line_id=line.id, parts=(CountPart(D(qty), unit),), **over)

    def enter_rest(self, count_id: int) -> None:
        """Every other line is as the book says."""
        for line in self.lines(count_id):
            if line.is_open:
                parts = (CountPart(line.expected or D(0)),)
                self.office.do(counting.enter_count, line_id=line.id, parts=parts)

    def complete(self, count_id: int, uncounted: Uncounted | None = Uncounted.KEEP) -> counting.Completed:
        return self.office.do(counting.complete_count, count_id=count_id, uncounted=uncounted)

    def approve(self, count_id: int, reason: VarianceReason = VarianceReason.UNKNOWN) -> counting.CountPosted:
        """Complete, explain everything and approve."""
        done = self.complete(count_id)
        if done.state is CountState.TO_RESOLVE:
            review = self.office.ask(counting.get_count_review, count_id=count_id)
            wanted = tuple(row.id for row in review.rows if row.needs_recount or row.needs_reason)
            self.office.do(counting.give_reason, count_id=count_id, line_ids=wanted, reason=reason)
            self.complete(count_id)
        return self.office.do(counting.approve_count, count_id=count_id)


@pytest.fixture
def store(office: Office, clock: FixedClock) -> Store:
    """COLD with two bins comes first on the walk, then DRY. Rice 100 kg, oil 48 bottles, fish in two lots, salt."""
    made = Store(office, clock)
    for place in (
        NewLocation("DRY", "干货仓", "Dry store", kind=LocationKind.AREA, walk_order=2),
        NewLocation("COLD", "冷库", "Cold room", kind=LocationKind.AREA, walk_order=1),
        NewLocation("C-2", "冷库二架", parent="COLD", walk_order=2),
        NewLocation("C-1", "冷库一架", parent="COLD", walk_order=1),
    ):
        made.places[place.code] = office.do(stock.create_location, new=place)
    for item in (
        NewItem("大米", "kg", "RICE", "Rice", pack_units=(PackUnit("bag", D(25)),)),
        NewItem(
            "橄榄油",
            "bottle",
            "OIL",
            "Olive oil",
            pack_units=(PackUnit("case", D(12)),),
            barcodes=(NewBarcode("6901234567892"), NewBarcode("16901234567899", "case")),
        ),
        NewItem("鲈鱼", "kg", "FISH", "Sea bass", lot_tracked=True),
        NewItem("盐", "kg", "SALT", "Salt"),
        NewItem("牛奶", "bottle", "MILK", "Milk"),
    ):
        made.items[item.code] = office.do(
            catalog.create_item, item=item, confirmed=frozenset({"new_unit", "new_units"})
        )
    made.receive("RICE", "100", cost="6")
    made.receive("OIL", "48", cost="50")
    made.receive("FISH", "8", "C-1", "40", lot="L1", expires_on=date(2026, 3, 10))
    made.receive("FISH", "5", "C-2", "42", lot="L2", expires_on=date(2026, 3, 12))
    made.receive("MILK", "20", "C-1", "9")
    made.receive("SALT", "10", cost="2")
    clock.advance(hours=1)
    return made


@pytest.fixture
def sign_in(office: Office, site_url: str, clock: FixedClock) -> Iterator[Callable[..., Office]]:
    """A further window with a new person in a role named in English, everywhere or below one place."""
    opened: list[Office] = []

    def window(name: str, role: str, location_id: int = 0) -> Office:
        role_id = next(one.role_id for one in office.ask(identity.list_roles) if one.name_en == role)
        person = NewPerson(name, password=PASSWORD, pin=PIN, roles=(RoleGrant(role_id, location_id),))
        office.do(identity.add_person, new=person)
        another = Office.open(site_url, station=name, clock=clock)
        opened.append(another)
        another.sign_in(name, PASSWORD)
        return another

    yield window
    for one in opened:
        one.close()
