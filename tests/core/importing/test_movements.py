"""Movements from a file: every type, their documents and references, on both databases."""

from __future__ import annotations

from core import stock
from core.office import Office
from db.enums import ImportKind as K
from tests.core.importing.helping import bring_in, ledger, make_items, move, values


def test_every_type_is_posted_in_the_order_of_the_rows(office: Office) -> None:
    make_items(office, "A,番茄,kg,fifo,,case=12", "B,牛奶,L,average,1,", "C,汤,each,fifo,,")
    bring_in(office, K.LOCATIONS, "code,name\nKIT,厨房\n")
    bring_in(office, K.SUPPLIERS, "code,name\nS1,张三\n")
    done = move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=2 unit=case unit_cost=24 supplier=S1 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=10 value=55.00 lot=L1 expires_on=2026-04-01 supplier=张三 document=R1",
        "at=2026-01-06T09:00 type=issue item=A qty=3 unit=kg reason=Kitchen",
        "at=2026-01-06T10:00 type=waste item=A qty=0.5 reason=spoilage",
        "at=2026-01-07T09:00 type=landed_cost value=10.00 ref=R1",
        "at=2026-01-07T10:00 type=return_to_supplier item=A qty=1 ref=R1 document=RT1",
        "at=2026-01-07T11:00 type=transfer item=A qty=2 to_location=KIT",
        "at=2026-01-08T09:00 type=count item=A location=厨房 qty=1.5",
        "at=2026-01-08T10:00 type=adjustment item=B qty=-1 lot=L1",
        "at=2026-01-08T11:00 type=production_out item=A qty=2 document=P1",
        "at=2026-01-08T11:00 type=production_out item=B qty=1 document=P1",
        "at=2026-01-08T11:00 type=production_in item=C qty=5 document=P1",
        "at=2026-01-09T09:00 type=reversal ref=P1",
    )
    assert (done.rows, done.posted) == (13, 13)
    assert values(office) == {"A": ("19", "41.69"), "B": ("9", "54.31"), "C": ("0", "0.00")}
    kinds = [kind for kind, *_rest in ledger(office)]
    assert kinds.count("production_out") == 4 and kinds.count("transfer") == 2 and kinds.count("landed_cost") == 2
    total = sum((row.value for row in office.ask(stock.list_values)), start=0)
    assert f"{done.totals[0][1]:f}" == f"{total:f}"


def test_one_document_is_one_posting(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "B,b,kg,,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=1 value=1 document=R1",
        "at=2026-01-05T11:00 type=receipt item=B qty=1 value=1 document=R1",
        "at=2026-01-05T11:00 type=issue item=B qty=1 document=R1",
        "at=2026-01-05T12:00 type=issue item=B qty=1",
        "at=2026-01-05T12:00 type=issue item=A qty=1",
    )
    found = office.ask(stock.list_postings)
    assert [(str(one.kind), one.lines) for one in reversed(found)] == [
        ("receipt", 2), ("receipt", 1), ("issue", 1), ("issue", 1), ("issue", 1),
    ]  # fmt: skip


def test_a_row_may_go_back_in_time(office: Office) -> None:
    make_items(office, "A,a,kg,fifo,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=2 value=20.00",
        "at=2026-01-06T10:00 type=issue item=A qty=1",
        "at=2026-01-04T10:00 type=receipt item=A qty=1 value=5.00",
    )
    assert ledger(office) == [
        ("receipt", "A", "1", "5.00"),
        ("receipt", "A", "2", "20.00"),
        ("issue", "A", "-1", "-5.00"),
    ]


def test_rows_without_a_time_happen_now(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    move(office, "type=receipt item=A qty=1 value=5.00")
    assert [row.at for row in office.ask(stock.list_ledger, wanted=stock.LedgerFilter())] == [office.clock.now()]


def test_a_return_is_worth_what_its_document_was(office: Office) -> None:
    make_items(office, "A,a,kg,average,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=10 value=10.00 document=R1",
        "at=2026-01-06T10:00 type=receipt item=A qty=10 value=30.00 document=R2",
        "at=2026-01-07T10:00 type=issue item=A qty=5 document=I1",
        "at=2026-01-08T10:00 type=return_to_supplier item=A qty=4 ref=R2",
        "at=2026-01-08T11:00 type=return_from_customer item=A qty=2 ref=I1",
        "at=2026-01-08T12:00 type=return_to_supplier item=A qty=1",
    )
    assert [value for _kind, _item, _qty, value in ledger(office)[3:5]] == ["-12.00", "4.00"]


def test_references_reach_documents_posted_before_the_file(office: Office) -> None:
    make_items(office, "A,a,kg,fifo,,", "B,b,kg,fifo,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=10 value=10.00 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=10 value=30.00 document=R1",
    )
    number = office.ask(stock.list_postings)[0].number
    move(
        office,
        "at=2026-01-06T10:00 type=landed_cost value=8.00 ref=R1",
        "at=2026-01-07T10:00 type=return_to_supplier item=A qty=1 ref=R1",
    )
    assert values(office) == {"A": ("9", "10.80"), "B": ("10", "36.00")}
    move(office, "at=2026-01-08T10:00 type=landed_cost item=B unit_cost=0.5 qty=10 ref=" + number)
    assert values(office)["B"] == ("10", "41.00")


def test_landed_cost_of_free_goods_is_shared_by_quantity(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "B,b,kg,,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=1 value=0 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=3 value=0 document=R1",
        "at=2026-01-05T11:00 type=landed_cost value=1.00 ref=R1",
    )
    assert values(office) == {"A": ("1", "0.25"), "B": ("3", "0.75")}


def test_a_return_is_spread_over_the_lots_that_left(office: Office) -> None:
    make_items(office, "A,a,kg,lot,1,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=2 value=2.00 lot=L1 expires_on=2026-05-01 document=R1",
        "at=2026-01-05T10:00 type=receipt item=A qty=2 value=6.00 lot=L2 expires_on=2026-06-01 document=R1",
        "at=2026-01-06T10:00 type=issue item=A qty=3 document=I1",
        "at=2026-01-07T10:00 type=return_from_customer item=A qty=3 ref=I1",
        "at=2026-01-08T10:00 type=return_to_supplier item=A qty=2 lot=L2 ref=R1",
    )
    held = {row.lot: f"{row.qty:f}" for row in office.ask(stock.list_on_hand)}
    assert held == {"L1": "2"} and values(office)["A"] == ("2", "2.00")


def test_a_reversal_takes_back_the_whole_document(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "B,b,kg,,,")
    move(
        office,
        "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1 document=R1",
        "at=2026-01-05T10:00 type=receipt item=B qty=1 value=1 document=R1",
        "at=2026-01-06T10:00 type=reversal ref=R1",
    )
    assert values(office) == {"A": ("0", "0.00"), "B": ("0", "0.00")}


def test_what_a_batch_costs_may_be_written(office: Office) -> None:
    make_items(office, "A,a,kg,,,", "C,c,each,,,")
    move(
        office,
        "at=2026-01-05T10:00 type=production_in item=C qty=2 value=9.00 document=P1",
        "at=2026-01-05T11:00 type=receipt item=A qty=1 value=1.00",
        "at=2026-01-05T12:00 type=production_in item=C qty=1 document=P2",
        "at=2026-01-05T12:00 type=production_out item=A qty=1 document=P2",
    )
    assert values(office) == {"A": ("0", "0.00"), "C": ("3", "10.00")}


def test_types_and_numbers_are_read_as_people_write_them(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    chinese = '日期,类型,物料编码,数量,单位,金额,单号\n2026/1/5 10:00,采购入库,a,"1,200",公斤,"¥2,400.00",R1\n2026年1月6日,报损,A,1/2,,,\n'
    done = bring_in(office, K.MOVEMENTS, chinese.encode("gb18030"))
    assert (done.posted, values(office)["A"]) == (2, ("1199.5", "2399.00"))
    semicolons = "at;type;item;qty;value\n06.01.2026 10:00;receipt;A;0,5;1,25\n"
    bring_in(office, K.MOVEMENTS, semicolons)
    assert values(office)["A"] == ("1200", "2400.25")


def test_a_location_is_the_first_one_when_none_is_named(office: Office) -> None:
    make_items(office, "A,a,kg,,,")
    bring_in(office, K.LOCATIONS, "code,name\nAAA,首库\n")
    move(office, "at=2026-01-05T10:00 type=receipt item=A qty=1 value=1")
    assert [row.location_code for row in office.ask(stock.list_on_hand)] == [stock.SITE_CODE]
