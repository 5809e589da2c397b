"""Scorecards of suppliers, from the order lines and deliveries that are stored."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from sqlalchemy import insert, update

from core import documents, purchasing
from core.errors import InvalidInput
from core.office import Office
from core.purchasing.types.scorecard import Share
from db.engine import open_engine, url_of
from db.enums import ClaimState, InspectionState, OrderState
from db.purchasing import Claim, PurchaseOrder, PurchaseOrderLine, PurchaseReceipt, PurchaseReceiptLine
from tests.core.catalog.makers import make_item, make_supplier

D = Decimal
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 4)}
numbers = count(1)


def noon(day: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, 4, tzinfo=UTC)


class Books:
    """Orders and deliveries written straight into the tables."""

    def __init__(self, site: str, supplier_id: int, item_id: int) -> None:
        self.site, self.supplier_id, self.item_id = site, supplier_id, item_id

    def write(self, table: Any, **values: Any) -> int:
        engine = open_engine(url_of(self.site))
        try:
            with engine.begin() as sql:
                return int(sql.execute(insert(table).values(**values).returning(table.id)).scalar_one())
        finally:
            engine.dispose()

    def order(self, sent: datetime, promised: date | None, price: str = "10", **over: Any) -> int:
        """One line of 10; answers the line."""
        order_id = self.write(
            PurchaseOrder, number=f"PO-{next(numbers)}", supplier_id=self.supplier_id, person_id=1,
            created_at=sent, sent_at=sent, deliver_on=promised, last_promise=promised,
            **{"state": OrderState.SENT, "currency": "CNY", **over},
        )  # fmt: skip
        amount = int(D(price) * 1000)
        return self.write(
            PurchaseOrderLine, order_id=order_id, line=1, item_id=self.item_id, qty=D(10), unit="kg", factor=D(1),
            base_qty=10_000_000, price=D(price), amount=amount,
        )  # fmt: skip

    def deliver(self, line_id: int, at: datetime, qty: str = "10", rejected: str = "0", **over: Any) -> None:
        receipt_id = self.write(
            PurchaseReceipt, number=f"RC-{next(numbers)}", supplier_id=self.supplier_id, currency="CNY", person_id=1,
            received_at=at, **over,
        )  # fmt: skip
        self.write(
            PurchaseReceiptLine, receipt_id=receipt_id, line=1, order_line_id=line_id, item_id=self.item_id, qty=D(qty),
            rejected_qty=D(rejected), unit="kg", factor=D(1), base_qty=int(D(qty) * 1_000_000), accrued=0, location_id=1,
            inspection=InspectionState.ACCEPTED,
        )  # fmt: skip


@pytest.fixture
def books(office: Office, site_url: str) -> Books:
    return Books(site_url, make_supplier(office), make_item(office))


def test_a_period_is_scored_line_by_line(office: Office, books: Books) -> None:
    on_time = books.order(noon(1), date(2026, 3, 2))
    books.deliver(on_time, noon(2))
    late = books.order(noon(1), date(2026, 3, 2), price="12")
    books.deliver(late, noon(3), qty="6", rejected="1")
    books.deliver(late, noon(4), qty="3")
    books.order(noon(2), date(2026, 3, 3))  # overdue
    books.order(noon(4), date(2026, 3, 9))  # not due yet
    books.order(noon(4), date(2026, 3, 9), state=OrderState.CANCELLED)
    books.deliver(books.order(noon(1, 2), date(2026, 2, 2), price="8"), noon(2, 2))
    (row,) = office.ask(purchasing.list_scorecards, start=date(2026, 3, 1), end=date(2026, 3, 31))
    assert (row.orders, row.lines, row.ordered, row.overdue) == (4, 4, D("420.00"), 1)
    assert row.card.on_time_first == row.card.on_time_last == Share(1, 3)
    assert row.card.in_full == Share(1, 2)
    assert row.card.rejected == Share(1, 3)
    assert row.card.price_index == D("131.3")  # (100+120+100+100) of 4 x 80
    assert row.card.lead_days is not None and row.card.lead_days.mean == D("1.5")


def test_the_card_has_months_and_the_lines_behind(office: Office, books: Books) -> None:
    books.deliver(books.order(noon(20, 2), date(2026, 2, 21)), noon(23, 2))
    books.order(noon(2), date(2026, 3, 3))
    card = office.ask(
        purchasing.get_scorecard, supplier_id=books.supplier_id, start=date(2026, 2, 1), end=date(2026, 3, 31)
    )
    assert [month.month for month in card.months] == [date(2026, 2, 1), date(2026, 3, 1)]
    assert [(line.days_late, line.arrived_on) for line in card.lines] == [(1, None), (2, date(2026, 2, 23))]


def test_a_reversed_delivery_and_free_goods_count_nowhere(office: Office, books: Books, site_url: str) -> None:
    line = books.order(noon(1), date(2026, 3, 2))
    (row,) = office.ask(purchasing.list_scorecards, **MARCH)
    assert row.card.in_full.whole == 0 and row.overdue == 1
    books.deliver(line, noon(2))
    (row,) = office.ask(purchasing.list_scorecards, **MARCH)
    assert row.card.in_full == Share(1, 1) and row.overdue == 0


def test_prices_with_tax_and_in_another_currency_are_compared_net(office: Office, books: Books) -> None:
    order_id = books.order(noon(1), None, price="11.3", is_tax_incl=True, currency="EUR", rate=D(2))
    engine = open_engine(url_of(books.site))
    with engine.begin() as sql:
        sql.execute(update(PurchaseOrderLine).where(PurchaseOrderLine.id == order_id).values(tax_rate=D(13)))
    engine.dispose()
    (row,) = office.ask(purchasing.list_scorecards, **MARCH)
    assert row.ordered == D("200.00")


def test_open_claims_stand_beside(office: Office, books: Books) -> None:
    books.order(noon(1), None)
    for state, asked, credited in ((ClaimState.SENT, 1000, 0), (ClaimState.OPEN, 500, 0), (ClaimState.CREDITED, 9, 9)):
        books.write(
            Claim, number=f"CL-{asked}", supplier_id=books.supplier_id, state=state, currency="CNY", asked=asked,
            credited=credited, person_id=1, created_at=noon(2),
        )  # fmt: skip
    (row,) = office.ask(purchasing.list_scorecards, **MARCH)
    assert (row.claims, row.claimed) == (2, D("15.00"))


def test_a_supplier_without_orders_has_an_empty_card(office: Office, books: Books) -> None:
    card = office.ask(purchasing.get_scorecard, supplier_id=books.supplier_id, **MARCH)
    assert card.row.lines == 0 and card.months == () and card.lines == ()
    with pytest.raises(InvalidInput):
        office.ask(purchasing.get_scorecard, supplier_id=999, **MARCH)
    with pytest.raises(InvalidInput):
        office.ask(purchasing.list_scorecards, start=MARCH["end"], end=MARCH["start"])


def test_the_papers_carry_every_definition(office: Office, books: Books) -> None:
    books.deliver(books.order(noon(1), date(2026, 3, 1)), noon(2) + timedelta(hours=1))
    for paper in (
        office.ask(purchasing.get_scorecards_paper, language="zh", **MARCH),
        office.ask(purchasing.get_scorecard_paper, supplier_id=books.supplier_id, language="en", **MARCH),
    ):
        words = [block for block in paper.body if isinstance(block, documents.Words)]
        assert len(words) == len(purchasing.DEFINITIONS) == len(purchasing.FIGURES)
        assert documents.render_pdf(paper, "zh").startswith(b"%PDF")
