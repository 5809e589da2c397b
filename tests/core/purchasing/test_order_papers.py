"""The order on paper: what stands on it, in which language, and its barcode read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from core import documents, purchasing
from core.documents import in_words
from core.office import Office
from core.purchasing import NewOrderLine
from db.enums import SendWay
from tests.core.purchasing.order_makers import draft
from tests.core.purchasing.test_order_steps import case_item
from tests.core.purchasing.test_orders import edits, version
from tests.factories import make_item, make_supplier


def words_of(pdf: bytes) -> str:
    """The text of a PDF, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    said = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(said.split())


def order(office: Office, **over: Any) -> int:
    supplier = make_supplier(
        office, name="绿源农产品有限公司", name_en="Green Farm Ltd", tax_rate=D(13), payment_days=30, **over
    )
    item, other = case_item(office, supplier), make_item(office, "ONI-001", name="洋葱", name_en="Onions")
    free = NewOrderLine(other, D(1), "kg", is_free=True, note="as promised")
    lines = (NewOrderLine(item, D(3)), NewOrderLine(other, D("12.5"), "kg", D("3.2")), free)
    return draft(office, supplier, *lines, deliver_on=date(2026, 3, 6), note="走后门")


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_paper_says_all_a_supplier_needs(office: Office, language: str) -> None:
    key = order(office)
    paper = office.ask(purchasing.get_order_paper, order_id=key, language=language)
    said = words_of(documents.render_pdf(paper, language))
    for figure in ("PO-2026-000001", "S-77", "2026-03-06", "180.00", "3.20", "12.5", "220.00", "28.60", "248.60"):
        assert figure in said, figure
    if language != "en":
        assert "采购订单" in said and "绿源农产品有限公司" in said and "贰佰肆拾捌元陆角整" in said and "草稿" in said
    if language == "en":
        assert "PurchaseorderPO" in said or "Purchaseorder" in said
        assert "GreenFarmLtd" in said and "Twohundredforty-eightand60/100CNY" in said and "freeofcharge" in said


def test_the_suppliers_language_is_taken_without_another(office: Office) -> None:
    key = order(office, language="en")
    paper = office.ask(purchasing.get_order_paper, order_id=key)
    assert "Onions" in words_of(documents.render_pdf(paper, "en"))


def test_a_revision_says_what_changed(office: Office) -> None:
    key = order(office)
    done = office.do(purchasing.send_order, order_id=key, version=1, way=SendWay.PAPER)
    first = office.ask(documents.get_printed_paper, printed_id=done.print_id).content
    assert "草稿" not in words_of(first) and "版次" not in words_of(first)
    line, other, free = edits(office, key)
    update: dict[str, Any] = {"order_id": key, "version": done.version, "lines": (replace(line, qty=D(2)), other, free)}
    office.do(purchasing.update_order, **update)
    done = office.do(purchasing.send_order, order_id=key, version=version(office, key), way=SendWay.PAPER)
    second = words_of(office.ask(documents.get_printed_paper, printed_id=done.print_id).content)
    assert "版次2" in second and "与上次发送相比的改动" in second


def test_the_barcode_on_the_paper_finds_the_order(office: Office) -> None:
    key = order(office)
    paper = office.ask(purchasing.get_order_paper, order_id=key, language="zh")
    document = pypdfium2.PdfDocument(documents.render_pdf(paper, "zh"))
    picture = document[0].render(scale=3).to_pil()
    document.close()
    codes = [one.text for one in zxingcpp.read_barcodes(picture)]
    assert [office.ask(purchasing.find_order, number=code) for code in codes] == [key]


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("0", "人民币零元整", "Zero and 00/100 CNY"),
        ("1001.05", "人民币壹仟零壹元零伍分", "One thousand one and 05/100 CNY"),
        ("10010.20", "人民币壹万零壹拾元贰角整", "Ten thousand ten and 20/100 CNY"),
        ("100010000", "人民币壹亿零壹万元整", "One hundred million ten thousand and 00/100 CNY"),
        ("-5", "人民币负伍元整", "Minus five and 00/100 CNY"),
    ],
)
def test_amounts_in_words(amount: str, zh: str, en: str) -> None:
    assert (in_words(D(amount), "CNY", 2, "zh"), in_words(D(amount), "CNY", 2, "en")) == (zh, en)


def test_lines_nobody_waits_for_are_not_on_the_paper(office: Office) -> None:
    key = order(office)
    done = office.do(purchasing.send_order, order_id=key, version=1, way=SendWay.PHONE)
    onions = edits(office, key)[1]
    assert onions.id is not None
    office.do(purchasing.close_line, order_id=key, version=done.version, line_id=onions.id, reason="Out of season")
    paper = office.ask(purchasing.get_order_paper, order_id=key, language="en")
    assert [line.cells[0] for table in paper.body[-1:] for line in table.lines] == [1, 2]  # type: ignore[union-attr]
    said = words_of(documents.render_pdf(paper, "en"))
    assert "203.40" in said and "Onions:Nolongerwanted" in said


def test_a_foreign_order_is_in_its_own_currency(office: Office) -> None:
    supplier = make_supplier(office, currency="EUR")
    item = make_item(office)
    line = NewOrderLine(item, D("123456.789"), price=D("1.2"))
    key = draft(office, supplier, line, rate=D("7.8"))
    said = words_of(documents.render_pdf(office.ask(purchasing.get_order_paper, order_id=key, language="en"), "en"))
    assert "€148,148.15" in said and "and15/100EUR" in said
