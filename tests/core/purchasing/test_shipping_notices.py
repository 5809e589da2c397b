"""Shipping notices from electronic documents and simple lists, and the figures a supplier gets from us."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CoreError, InvalidInput, Rejected
from core.purchasing.rules.files.notice_csv import parse_notice_csv
from core.purchasing.rules.files.shared_figures import SharedFigure, shared_figures_csv
from core.purchasing.rules.files.shipping_notice import LotSaid, ShippingNotice, parse_despatch_advice
from tests.core.purchasing import ubl

LINE = """<cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="XCS">8</cbc:DeliveredQuantity>
  <cbc:OutstandingQuantity unitCode="XCS">2</cbc:OutstandingQuantity>
  <cbc:OutstandingReason>Sold out</cbc:OutstandingReason>
  <cac:OrderLineReference><cbc:LineID>3</cbc:LineID></cac:OrderLineReference>
  <cac:Item><cbc:Name>Cream</cbc:Name>
    <cac:SellersItemIdentification><cbc:ID>CR-1</cbc:ID></cac:SellersItemIdentification>
    <cac:StandardItemIdentification><cbc:ID schemeID="0160">4006381333931</cbc:ID></cac:StandardItemIdentification>
    <cac:ItemInstance><cbc:BestBeforeDate>2026-12-24</cbc:BestBeforeDate>
      <cac:LotIdentification><cbc:LotNumberID>L77</cbc:LotNumberID></cac:LotIdentification></cac:ItemInstance>
    <cac:ItemInstance><cac:LotIdentification><cbc:LotNumberID>L78</cbc:LotNumberID>
      <cbc:ExpiryDate>2026-12-31</cbc:ExpiryDate></cac:LotIdentification></cac:ItemInstance></cac:Item>
  <cac:Shipment><cbc:ID>1</cbc:ID><cac:TransportHandlingUnit><cbc:ID>340123450000000018</cbc:ID></cac:TransportHandlingUnit>
  </cac:Shipment></cac:DespatchLine>"""
ADVICE = ubl.document(
    "DespatchAdvice",
    "<cbc:ID>DN-5</cbc:ID><cbc:IssueDate>2026-11-21</cbc:IssueDate><cbc:Note>Ramp 2</cbc:Note>"
    "<cac:OrderReference><cbc:ID>PO-9</cbc:ID></cac:OrderReference>"
    + ubl.party("DespatchSupplierParty", "Dairy", "IE1")
    + "<cac:Shipment><cbc:ID>1</cbc:ID><cac:Delivery><cac:EstimatedDeliveryPeriod><cbc:EndDate>2026-11-23</cbc:EndDate>"
    "</cac:EstimatedDeliveryPeriod></cac:Delivery><cac:TransportHandlingUnit><cbc:ID>340123450000000018</cbc:ID>"
    "</cac:TransportHandlingUnit></cac:Shipment>" + LINE,
)
LIST = "Delivery note;Order;Supplier item;Quantity;Unit;Lot;Best before;Delivery date;SSCC\r\n" + (
    "DN-6;PO-9;CR-1;8,5;KGM;L77;24.12.2026;2026-11-23;340\r\n"
)


def test_a_despatch_advice_is_read_whole() -> None:
    found = parse_despatch_advice(ADVICE)
    assert (found.number, found.issued_on, found.arrives_on) == ("DN-5", date(2026, 11, 21), date(2026, 11, 23))
    assert found.supplier is not None and found.supplier.name == "Dairy"
    assert (found.order_number, found.note, found.units_of_transport) == ("PO-9", "Ramp 2", ("340123450000000018",))
    (line,) = found.lines
    assert (line.qty, line.unit, line.open_qty, line.open_reason) == (Decimal(8), "case", Decimal(2), "Sold out")
    assert (line.supplier_item, line.gtin, line.order_number, line.order_line) == ("CR-1", "4006381333931", "PO-9", "3")
    assert line.lots == (LotSaid("L77", date(2026, 12, 24)), LotSaid("L78", date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<cbc:ID>DN-5</cbc:ID>", "", "DespatchAdvice/ID is missing"),
        (">8<", ">many<", "DespatchLine/DeliveredQuantity says “many”"),
        (">8<", ">-8<", "must not be below zero"),
        (LINE, "", "DespatchAdvice/DespatchLine is missing"),
        ("DespatchAdvice", "OrderResponse", "“OrderResponse”"),
    ],
)
def test_what_is_missing_in_a_notice_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(CoreError) as caught:
        parse_despatch_advice(ADVICE.decode().replace(old, new).encode())
    assert said in str(caught.value)


@given(st.binary(max_size=200))
def test_garbage_is_no_notice(content: bytes) -> None:
    for parse in (parse_despatch_advice, parse_notice_csv):
        with pytest.raises(CoreError):
            parse(content)


def test_a_list_of_a_delivery_is_read() -> None:
    found = parse_notice_csv(LIST.encode())
    assert (found.number, found.order_number, found.arrives_on) == ("DN-6", "PO-9", date(2026, 11, 23))
    (line,) = found.lines
    assert (line.name, line.qty, line.unit) == ("CR-1", Decimal("8.5"), "kg")
    assert line.lots == (LotSaid("L77", date(2026, 12, 24)),) and found.units_of_transport == ("340",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_chinese_list_is_read_in_every_usual_encoding(encoding: str) -> None:
    found = parse_notice_csv("供应商货号,名称,数量,单位,到期日\n\nA-1,鲜奶油,３,箱,2026年12月24日\n".encode(encoding))
    assert (found.lines[0].name, found.lines[0].qty, found.lines[0].unit) == ("鲜奶油", Decimal(3), "箱")
    assert found.lines[0].lots[0].expires_on == date(2026, 12, 24) and found.number == ""


def test_wrong_rows_are_told_with_their_numbers() -> None:
    content = "Item,Quantity,Expiry\nA,1,\nB,x,\nC,2,tomorrow\nD,-1,\n,5,\n"
    with pytest.raises(Rejected) as caught:
        parse_notice_csv(content.encode())
    assert [one.row for one in caught.value.errors] == [3, 4, 5, 6]
    assert "Row 3: “x” is not a number" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbf", "no text"),
        (b"\x00\x01", "no text"),
        (b"Item,Amount\nA,1", "Quantity"),
        (b"Quantity\n1", "names the items"),
        (b"Item,Quantity\n", "no line"),
        (b'Item,Quantity\n"A,1', "quotation mark"),
        (b"Item,Quantity,Notice\nA,1,N1\nB,1,N2", "several delivery notes: N1, N2"),
        (b"Item,Quantity,Expiry\nA,1,24/12/2026", "no date"),
        (b"Item,Quantity,Expiry\nA,1,99999999999999999999-1-1", "no date"),
    ],
)
def test_a_list_that_cannot_be_a_notice_is_refused(content: bytes, said: str) -> None:
    with pytest.raises((InvalidInput, Rejected)) as caught:
        parse_notice_csv(content)
    assert said in str(caught.value) and str(caught.value) != caught.value.text.render("zh")


cells = st.text(st.characters(codec="utf-8"), max_size=12)


@given(st.lists(st.lists(cells, min_size=4, max_size=4), max_size=5))
def test_any_rows_are_a_notice_or_refused(rows: list[list[str]]) -> None:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([["Item", "Quantity", "Expiry", "Unit"], *rows])
    try:
        assert isinstance(parse_notice_csv(target.getvalue().encode()), ShippingNotice)
    except CoreError as fault:
        assert fault.text.render("zh")


def test_agreed_figures_leave_without_money_and_formulas() -> None:
    figures = (
        SharedFigure("S-1", "A1", "4006381333931", "面粉", "kg", Decimal("12.500"), Decimal(0), Decimal("1E+2")),
        SharedFigure("S-2", "A2", "", "=1+1", "箱"),
    )
    content = shared_figures_csv(figures, date(2026, 11, 1), date(2026, 11, 21), "en").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][0] == "Supplier item code" and rows[0][-2:] == ["From", "To"]
    assert rows[1][3:10] == ["面粉", "kg", "KGM", "12.5", "0", "100", ""]
    assert rows[2][3:7] == ["'=1+1", "箱", "XCS", ""] and rows[2][-1] == "2026-11-21"
    with pytest.raises(ValueError, match="ends before"):
        shared_figures_csv(figures, date(2026, 11, 2), date(2026, 11, 1), "en")
