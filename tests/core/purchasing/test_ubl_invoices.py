"""Electronic invoices: what they say is read exactly; what is wrong is a sentence with its path, never a crash."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CoreError, InvalidInput, Rejected
from core.purchasing.rules.files.invoice_file import Account, InvoiceFile, PartyId, Tax
from core.purchasing.rules.files.safe_xml import LARGEST_FILE
from core.purchasing.rules.files.ubl_invoice import parse_invoice
from core.purchasing.rules.files.unit_codes import OURS, code_of, unit_of
from tests.core.purchasing import ubl


def rules(found: InvoiceFile) -> list[str]:
    return [one.rule for one in found.troubles]


def test_an_invoice_is_read_whole() -> None:
    found = parse_invoice(ubl.plain_invoice())
    assert (found.kind, found.number, found.sign) == ("invoice", "F-2026-17", 1)
    assert (found.issued_on, found.due_on, found.currency) == (date(2026, 11, 2), date(2026, 12, 2), "EUR")
    assert found.supplier.name == "Farm & Sons" and found.supplier.trade_name == "Farm & Sons Market"
    assert found.supplier.ids == (PartyId("7300010000001", "0088"),) and found.supplier.tax_number == "IE1234567T"
    assert found.supplier.country == "IE" and found.buyer.name == "后厨 Kitchen"
    assert (found.order_number, found.sales_order, found.despatch_number) == ("PO-9", "SO-3", "DN-5")
    assert found.accounts == (Account("IE29AIBK93115212345678", "AIBKIE2D", "Farm", "RF18539007547034"),)
    assert found.troubles == ()


def test_a_line_keeps_its_names_units_and_price_quantity() -> None:
    first, second = parse_invoice(ubl.plain_invoice()).lines
    assert (first.supplier_item, first.buyer_item, first.gtin) == ("S-1", "B-1", "4006381333931")
    assert (first.qty, first.unit_code, first.unit, first.price) == (Decimal(10), "KGM", "kg", Decimal("1.25"))
    assert (second.price, second.price_qty, second.amount) == (Decimal(30), Decimal(100), Decimal(75))
    assert (second.order_line, second.despatch_number, second.despatch_line) == ("20", "DN-5", "2")
    assert first.tax == Tax("S", Decimal("13.5"))


def test_charges_two_rates_and_roundings_add_up() -> None:
    found = parse_invoice(ubl.rich_invoice())
    assert found.troubles == ()
    assert [one.signed for one in found.charges] == [10, -5]
    assert found.lines[0].charges[0].reason == "Bruised"
    assert found.totals.tax == Decimal("14.30"), "the tax in the document's own currency"
    assert {one.tax.rate: one.amount for one in found.taxes} == {Decimal("13.5"): Decimal("5.40"), 23: Decimal("8.90")}
    assert found.lines[1].unit == "case"


def test_a_credit_note_names_its_invoice() -> None:
    found = parse_invoice(ubl.credit_note())
    assert (found.kind, found.sign, found.corrects) == ("credit_note", -1, ("F-2026-17",))
    assert found.due_on == date(2026, 11, 30) and found.issued_on == date(2026, 11, 9)
    assert found.lines[0].qty == 10 and found.troubles == ()


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (">12.50</cbc:LineExtensionAmount>", ">13.50</cbc:LineExtensionAmount>", "PEPPOL-EN16931-R120"),
        (">87.50</cbc:LineExtensionAmount>", ">88.50</cbc:LineExtensionAmount>", "BR-CO-10"),
        (">87.50</cbc:TaxExclusiveAmount>", ">87.51</cbc:TaxExclusiveAmount>", "BR-CO-13"),
        (">99.31</cbc:TaxInclusiveAmount>", ">99.30</cbc:TaxInclusiveAmount>", "BR-CO-15"),
        (">99.31</cbc:PayableAmount>", ">9.93</cbc:PayableAmount>", "BR-CO-16"),
        (">87.50</cbc:TaxableAmount>", ">80.00</cbc:TaxableAmount>", "BR-S-08"),
        ('unitCode="KGM">10<', 'unitCode="QQ">10<', "BR-23"),
        (">2026-12-02<", ">2026-10-02<", "BR-CO-25"),
        ("<cbc:Percent>13.5</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>",
         "<cbc:Percent>9</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>",
         "BR-CO-18"),
        (">1.25</cbc:PriceAmount>", ">-1.25</cbc:PriceAmount>", "BR-27"),
        ("<cbc:ID>2</cbc:ID>", "<cbc:ID>1</cbc:ID>", "BR-21"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told_and_not_refused(old: str, new: str, rule: str) -> None:
    content = ubl.plain_invoice().decode()
    assert old in content
    found = parse_invoice(content.replace(old, new, 1).encode())
    assert rule in rules(found)
    for one in found.troubles:
        assert one.text.render("en") != one.text.render("zh")


def test_a_wrong_tax_total_is_told_with_what_was_expected() -> None:
    content = ubl.plain_invoice().decode().replace(">11.81<", ">21.81<")
    trouble = next(one for one in parse_invoice(content.encode()).troubles if one.rule == "BR-CO-17")
    assert (trouble.expected, trouble.said) == (Decimal("11.81"), Decimal("21.81"))
    assert "S 13.5%" in trouble.text.render("en")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<cbc:ID>F-2026-17</cbc:ID>", "", "Invoice/ID is missing"),
        ("2026-11-02", "02.11.2026", "Invoice/IssueDate says “02.11.2026”"),
        (">250<", ">1e3<", "Invoice/InvoiceLine[2]/InvoicedQuantity says “1e3”"),
        (">100</cbc:BaseQuantity>", ">0</cbc:BaseQuantity>", "InvoiceLine[2]/Price/BaseQuantity says 0"),
        ('currencyID="EUR">1.25<', 'currencyID="USD">1.25<', "PriceAmount is in USD, the document in EUR"),
        (">99.31</cbc:PayableAmount>", "></cbc:PayableAmount>", "Invoice/LegalMonetaryTotal/PayableAmount is missing"),
        (">EUR</cbc:DocumentCurrencyCode>", ">EURO</cbc:DocumentCurrencyCode>", "“EURO”, which is no currency"),
    ],
)
def test_what_is_missing_is_said_with_its_path(old: str, new: str, said: str) -> None:
    content = ubl.plain_invoice().decode()
    assert old in content
    with pytest.raises(CoreError) as caught:
        parse_invoice(content.replace(old, new, 1).encode())
    assert said in caught.value.text.render("en")
    assert caught.value.text.render("zh") != caught.value.text.render("en")


def test_several_gaps_are_told_together() -> None:
    with pytest.raises(Rejected) as caught:
        parse_invoice(ubl.document("Invoice", "<cbc:ID>1</cbc:ID>"))
    told = " ".join(str(one) for one in caught.value.errors)
    for name in ("InvoiceLine", "IssueDate", "AccountingSupplierParty", "LegalMonetaryTotal", "DocumentCurrencyCode"):
        assert f"Invoice/{name} is missing" in told
    assert len(caught.value.errors) < 10, "what is missing inside a missing part is not told"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rubbish", "no XML"),
        (b"<a>" + b" " * LARGEST_FILE, "10 MB"),
        (b"<a/>", "“a”"),
        (b"<CrossIndustryInvoice/>", "CrossIndustryInvoice"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b"<a>" * 100 + b"</a>" * 100, "nested"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"), "DOCTYPE"),
        (b"<a>&unknown;</a>", "no XML"),
    ],
)
def test_what_is_no_invoice_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_invoice(content)
    assert said in str(caught.value)


@given(st.binary(max_size=300))
def test_garbage_is_an_error_of_ours(content: bytes) -> None:
    with pytest.raises(CoreError):
        parse_invoice(content)


@given(st.integers(0, 2**32), st.sampled_from((ubl.plain_invoice(), ubl.rich_invoice(), ubl.credit_note())))
def test_a_damaged_document_is_read_or_refused(seed: int, content: bytes) -> None:
    chance, damaged = random.Random(seed), bytearray(content)
    for _time in range(chance.randint(1, 6)):
        place = chance.randrange(len(damaged))
        damaged[place : place + chance.randint(0, 20)] = chance.choice(
            (b"", b"9", b"-", b"<", b"\xff", b"</cbc:ID>", b"E")
        )
    try:
        found = parse_invoice(bytes(damaged))
    except CoreError as fault:
        assert fault.text.render("zh")
    else:
        assert isinstance(found, InvoiceFile)
        assert all(one.text.render("zh") for one in found.troubles)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).filter(
        lambda text: "<" not in text and "&" not in text
    )
)
def test_any_text_in_any_number_is_read_or_refused(said: str) -> None:
    for field in (
        ">87.50</cbc:LineExtensionAmount>",
        ">10</cbc:InvoicedQuantity>",
        ">2026-11-02<",
        ">13.5</cbc:Percent>",
    ):
        tag = field[field.index("<") :]
        content = ubl.plain_invoice().decode().replace(field, f">{said}{tag}", 1)
        try:
            assert isinstance(parse_invoice(content.encode()), InvoiceFile)
        except CoreError as fault:
            assert str(fault)


def test_units_of_electronic_documents_are_ours() -> None:
    assert (unit_of("KGM"), unit_of(" kgm "), unit_of("LTR"), unit_of("XBX"), unit_of("QQ")) == (
        "kg",
        "kg",
        "L",
        "box",
        "",
    )
    assert unit_of("ZZ") == ""
    for unit in set(OURS.values()):
        assert unit_of(code_of(unit)) == unit
    assert code_of("my own unit") == "C62"
