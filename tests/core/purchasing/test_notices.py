"""What a supplier says is on its way, and what it may see of our stock."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from core import purchasing
from core.catalog import NewBarcode
from core.clock import FixedClock
from core.errors import InvalidInput, NotFound, Refused
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from core.purchasing.steps.orders import open_order_lines
from core.purchasing.types.orders import OpenOrderLine
from core.registry import query
from core.uow import UnitOfWork
from db.enums import OrderState
from tests.core.purchasing.order_makers import set_state_for_test
from tests.core.purchasing.test_needs import bought, issue, receive
from tests.factories import make_place, make_supplier

D = Decimal
DAY = date(2026, 3, 6)


@query(None)
def awaited_for_test(uow: UnitOfWork) -> list[OpenOrderLine]:
    """Awaited lines."""
    return open_order_lines(uow)


def order(office: Office, supplier: int, *items: int) -> tuple[int, str]:
    new = NewOrder(supplier, tuple(NewOrderLine(item, D(2)) for item in items))
    (made,) = office.do(purchasing.make_orders, choices=(new,))
    office.do(set_state_for_test, order_id=made.order_id, state=OrderState.SENT)
    return made.order_id, made.number


def notice(*rows: str, head: str = "notice,order,arrives,supplier item,item,name,qty,unit,lot,expiry") -> bytes:
    return "\n".join((head, *rows)).encode()


@pytest.fixture
def supplier(office: Office) -> int:
    return make_supplier(office, "GREEN")


@pytest.fixture
def tomatoes(office: Office, supplier: int) -> int:
    return bought(
        office, "TOM", supplier, name="番茄", term={"supplier_code": "G-77"}, barcodes=(NewBarcode("6901234567892"),)
    )


def test_a_notice_promises_its_day_and_tells_of_lots(office: Office, supplier: int, tomatoes: int) -> None:
    onions = bought(office, "ONI", supplier)
    order_id, number = order(office, supplier, tomatoes, onions)
    content = notice(
        f"DN-5,{number},2026-03-06,g-77,,Tomatoes,1,箱,L7,2026-03-20",
        f"DN-5,{number},2026-03-06,,ONI,Onions,25,kg,,",
        f"DN-5,{number},2026-03-06,X-1,,Garlic,3,kg,,",
    )
    taken = office.do(purchasing.import_shipping_notice, content=content)
    assert (taken.number, taken.arrives_on, taken.orders, taken.lines) == ("DN-5", DAY, ((order_id, number),), 2)
    assert [one.render("zh") for one in taken.remarks] == [
        "番茄：在途 10，待收 20。", "物料 ONI：在途 25，待收只有 20。", "Garlic（3）没有订购。",
    ]  # fmt: skip
    assert {line.due_on for line in office.ask(awaited_for_test)} == {DAY}
    card = office.ask(purchasing.get_order, order_id=order_id)
    assert "DN-5 · Tomatoes 1 箱 [L7 2026-03-20]" in card.own_note
    office.do(purchasing.import_shipping_notice, content=content)
    assert office.ask(purchasing.get_order, order_id=order_id).own_note == card.own_note, "twice says it once"


def test_a_notice_without_an_order_is_told_which(office: Office, supplier: int, tomatoes: int) -> None:
    order_id, _number = order(office, supplier, tomatoes)
    content = notice("DN-6,,,G-77,,Tomatoes,2,箱,,")
    with pytest.raises(InvalidInput):
        office.do(purchasing.import_shipping_notice, content=content)
    taken = office.do(purchasing.import_shipping_notice, content=content, order_id=order_id)
    assert (taken.lines, taken.arrives_on, taken.remarks) == (1, None, ())
    assert office.ask(awaited_for_test)[0].due_on is None


def test_what_is_not_awaited_is_refused(office: Office, supplier: int, tomatoes: int) -> None:
    order_id, number = order(office, supplier, tomatoes)
    for wrong in (
        notice("DN,PO-2026-999999,,G-77,,Tomatoes,2,箱,,"),
        notice(f"DN,{number},,X-1,,Garlic,2,kg,,"),
    ):
        with pytest.raises(Refused):
            office.do(purchasing.import_shipping_notice, content=wrong)
    other = make_supplier(office, "OTHER")
    _other_id, second = order(office, other, bought(office, "RIC", other))
    both = notice(f"DN,{number},,G-77,,Tomatoes,2,箱,,", f"DN,{second},,,RIC,Rice,2,箱,,")
    with pytest.raises(Refused):
        office.do(purchasing.import_shipping_notice, content=both)
    office.do(set_state_for_test, order_id=order_id, state=OrderState.CLOSED)
    with pytest.raises(Refused):
        office.do(purchasing.import_shipping_notice, content=notice(f"DN,{number},,G-77,,Tomatoes,2,箱,,"))
    with pytest.raises(InvalidInput):
        office.do(purchasing.import_shipping_notice, content=b"<Invoice/>")


def test_a_day_gone_by_moves_no_promise(office: Office, supplier: int, tomatoes: int) -> None:
    _order_id, number = order(office, supplier, tomatoes)
    taken = office.do(
        purchasing.import_shipping_notice, content=notice(f"DN,{number},2026-03-01,G-77,,Tomatoes,2,箱,,")
    )
    assert taken.lines == 1 and office.ask(awaited_for_test)[0].due_on is None


def test_a_supplier_sees_its_own_items_and_no_money(
    office: Office, supplier: int, tomatoes: int, clock: FixedClock
) -> None:
    bought(office, "RIC")
    place = make_place(office)
    receive(office, tomatoes, D(40), place)
    clock.advance(days=1)
    issue(office, tomatoes, D(7), place)
    clock.advance(days=1)
    issue(office, tomatoes, D(3), place)
    order(office, supplier, tomatoes)
    content = office.ask(purchasing.get_shared_figures, supplier="GREEN")
    head, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    said = dict(zip(head, row, strict=True))
    assert (said["Supplier item code"], said["Item code"], said["GTIN"]) == ("G-77", "TOM", "6901234567892")
    assert (said["On hand"], said["On order"], said["Used"], said["Maximum"]) == ("30", "20", "7", "30")
    assert (said["From"], said["To"]) == ("2026-02-06", "2026-03-05")
    assert "50" not in row
    days = {"first_on": date(2026, 3, 5), "last_on": date(2026, 3, 6)}
    content = office.ask(purchasing.get_shared_figures, supplier="供应商 GREEN", language="zh", **days)
    assert ",10," in content.decode("utf-8-sig").split("\r\n")[1]
    with pytest.raises(NotFound):
        office.ask(purchasing.get_shared_figures, supplier="NOBODY")
    with pytest.raises(InvalidInput):
        office.ask(purchasing.get_shared_figures, supplier="GREEN", first_on=DAY, last_on=date(2026, 3, 1))
