"""Purchase orders from a file: rows of one order together, all or nothing, undone while nothing came."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core import catalog, identity, importing, purchasing
from core.catalog import NewSupplier, NewTerm
from core.errors import NeedsConfirmation, NotAllowed, Refused
from core.importing import Rehearsed
from core.office import Office
from core.purchasing import OrderFilter
from db.enums import ApprovalSubject
from db.enums import ImportKind as K
from db.enums import OrderState as S
from tests.core.importing.helping import bring_in, faults_of, make_items, places_of
from tests.core.purchasing.people import sign_in_as

D = Decimal
HEAD = "order,supplier,deliver_on,item,qty,unit,price,currency,note,state"
SURE = frozenset({"import.again", "orders.passed", "orders.slips"})


def sheet(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


GOOD = sheet(
    "A-1,GS,2026-03-06,RICE,2,bag,100,,by the door,sent",
    "A-2,GS,,OIL,10,,,,,",
    "A-1,,,OIL,5,L,9,CNY,,",
    "A-3,GS,2026-03-09,OIL,7,,9,,,已确认",
)


@pytest.fixture
def shop(office: Office) -> Office:
    make_items(office, "RICE,大米,kg,,,bag=25", "OIL,菜油,L,,,")
    supplier = office.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS"))
    oil = office.ask(catalog.find_item, code="OIL")
    assert oil is not None
    office.do(catalog.save_term, item_id=oil.id, term=NewTerm(supplier, price=D(8)))
    return office


def orders(office: Office) -> list[purchasing.OrderRow]:
    return list(office.ask(purchasing.list_orders, filters=OrderFilter(), descending=False).rows)


def test_rows_of_one_order_are_one_order(shop: Office) -> None:
    result = bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    assert (result.rows, result.posted) == (4, 4)
    rows = orders(shop)
    assert [(one.state, one.lines, one.amount, one.revision) for one in rows] == [
        (S.SENT, 2, D("245.00"), 1), (S.DRAFT, 1, D("80.00"), 0), (S.CONFIRMED, 1, D("63.00"), 1),
    ]  # fmt: skip
    card = shop.ask(purchasing.get_order, order_id=rows[0].id)
    assert [(one.qty, one.unit, one.note) for one in card.lines] == [(D(2), "bag", "by the door"), (D(5), "L", "")]
    assert card.own_note == "A-1" and len(card.approvals) == len(card.versions) == 1 and card.unsent == ()
    promised = rows[2]
    assert promised.first_promise == promised.last_promise == promised.deliver_on


def test_a_rehearsal_and_a_wrong_row_save_nothing(shop: Office) -> None:
    with pytest.raises(Rehearsed) as end:
        bring_in(shop, K.PURCHASE_ORDERS, GOOD, is_rehearsal=True)
    assert end.value.result.posted == 4
    wrong = faults_of(
        shop, K.PURCHASE_ORDERS,
        sheet(
            "A,GS,,RICE,2,,,,,", ",GS,,RICE,2,,,,,", "A,NO,,RICE,2,,,,,", "B,,,RICE,2,,,,,", "A,GS,,NONE,2,,,,,",
            "A,GS,,RICE,,,,,,", "A,GS,,RICE,2,,,EUR,,", "A,GS,,RICE,2,,,CNY,,", "A,GS,,RICE,2,,,,,gone",
        ),
    )  # fmt: skip
    assert places_of(wrong) == [
        (2, "order"), (3, "supplier"), (4, "supplier"), (5, "item"), (6, "qty"), (8, "currency"), (9, "state"),
    ]  # fmt: skip
    later = faults_of(shop, K.PURCHASE_ORDERS, sheet("A,GS,,RICE,0,,1,,,", "B,GS,,OIL,1,crate,,,,"))
    assert {row for row, _field in places_of(later)} == {1, 2}
    assert orders(shop) == []


def test_a_blocked_supplier_and_a_currency_without_rate_are_refused(shop: Office) -> None:
    assert places_of(faults_of(shop, K.PURCHASE_ORDERS, sheet("A,GS,,RICE,1,,1,EUR,,"))) == [(1, "rate")]
    key = shop.ask(catalog.list_suppliers)[0].id
    shop.do(catalog.block_supplier, supplier_id=key, version=1, note="Rats")
    assert places_of(faults_of(shop, K.PURCHASE_ORDERS, GOOD)) == [(1, "supplier"), (2, "supplier"), (4, "supplier")]


def test_slips_passed_days_and_the_same_file_are_asked_about(shop: Office) -> None:
    bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    with pytest.raises(NeedsConfirmation) as again:
        bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    assert again.value.key == "import.again"
    with pytest.raises(NeedsConfirmation, match="day that has passed"):
        bring_in(shop, K.PURCHASE_ORDERS, sheet("A,GS,2026-03-01,OIL,6,,9,,,"))
    with pytest.raises(NeedsConfirmation, match="Row 1: 600 is about 100 times the usual"):
        bring_in(shop, K.PURCHASE_ORDERS, sheet("A,GS,,OIL,600,,9,,,"))
    bring_in(shop, K.PURCHASE_ORDERS, sheet("A,GS,2026-03-01,OIL,600,,0,,,"), confirmed=SURE)


def test_orders_that_were_sent_are_held_against_the_limit(shop: Office) -> None:
    role = next(one.role_id for one in shop.ask(identity.list_roles) if one.name_en == "Manager")
    shop.do(identity.set_approval_rule, subject=ApprovalSubject.ORDER, limit_amount=D(244), role_id=role)
    bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    sign_in_as(shop, "Back-office operator")
    with pytest.raises(NotAllowed, match="over 244"):
        bring_in(shop, K.PURCHASE_ORDERS, GOOD, confirmed=SURE)
    bring_in(shop, K.PURCHASE_ORDERS, GOOD.replace("sent", "draft"), confirmed=SURE)
    assert [one.state for one in orders(shop)][3:] == [S.DRAFT, S.DRAFT, S.CONFIRMED]


def test_an_import_is_undone_while_nothing_came(shop: Office) -> None:
    from tests.core.purchasing.order_makers import receive_for_test

    first = bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    assert shop.do(importing.undo_import, run_id=first.run_id) == 3
    assert orders(shop) == []
    second = bring_in(shop, K.PURCHASE_ORDERS, GOOD)
    shop.do(receive_for_test, order_id=orders(shop)[0].id, came=(D(25), D(0)))
    with pytest.raises(Refused, match="received, invoiced or mailed by now: PO-2026-0000"):
        shop.do(importing.undo_import, run_id=second.run_id)
    assert len(orders(shop)) == 3
