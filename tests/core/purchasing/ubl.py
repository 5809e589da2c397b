"""Electronic documents written for tests, in several shapes."""

from __future__ import annotations

NAMES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"'
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def document(root: str, body: str) -> bytes:
    """A UBL document of this kind."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {NAMES.format(root=root)}>{body}</{root}>'.encode()


def amount(name: str, value: str, currency: str = "EUR") -> str:
    return f'<cbc:{name} currencyID="{currency}">{value}</cbc:{name}>'


def party(role: str, name: str, tax: str) -> str:
    return f"""<cac:{role}><cac:Party>
      <cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID>
      <cac:PartyIdentification><cbc:ID schemeID="0088">7300010000001</cbc:ID></cac:PartyIdentification>
      <cac:PartyName><cbc:Name>{name} Market</cbc:Name></cac:PartyName>
      <cac:PostalAddress><cac:Country><cbc:IdentificationCode>IE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
      <cac:PartyTaxScheme><cbc:CompanyID>EXC-1</cbc:CompanyID><cac:TaxScheme><cbc:ID>EXC</cbc:ID></cac:TaxScheme>
      </cac:PartyTaxScheme>
      <cac:PartyTaxScheme><cbc:CompanyID>{tax}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
      </cac:PartyTaxScheme>
      <cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName><cbc:CompanyID>R-77</cbc:CompanyID>
      </cac:PartyLegalEntity>
    </cac:Party></cac:{role}>"""


def category(kind: str, percent: str, name: str = "TaxCategory") -> str:
    return (
        f"<cac:{name}><cbc:ID>{kind}</cbc:ID><cbc:Percent>{percent}</cbc:Percent>"
        f"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:{name}>"
    )


def charge(indicator: str, value: str, reason: str, tax: str = "") -> str:
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{indicator}</cbc:ChargeIndicator>"
        f"<cbc:AllowanceChargeReason>{reason}</cbc:AllowanceChargeReason>{amount('Amount', value)}{tax}"
        "</cac:AllowanceCharge>"
    )


def line(number: str, qty: str, price: str, net: str, *, percent: str = "13.5", more: str = "") -> str:
    """A line; `qty` is the number and the code of its unit."""
    count, _blank, unit = qty.partition(" ")
    return f"""<cac:InvoiceLine><cbc:ID>{number}</cbc:ID>
      <cbc:InvoicedQuantity unitCode="{unit}">{count}</cbc:InvoicedQuantity>{amount("LineExtensionAmount", net)}
      <cac:OrderLineReference><cbc:LineID>{number}0</cbc:LineID></cac:OrderLineReference>
      <cac:DespatchLineReference><cbc:LineID>{number}</cbc:LineID>
        <cac:DocumentReference><cbc:ID>DN-5</cbc:ID></cac:DocumentReference></cac:DespatchLineReference>{more}
      <cac:Item><cbc:Description>Washed</cbc:Description><cbc:Name>Potato {number}</cbc:Name>
        <cac:BuyersItemIdentification><cbc:ID>B-{number}</cbc:ID></cac:BuyersItemIdentification>
        <cac:SellersItemIdentification><cbc:ID>S-{number}</cbc:ID></cac:SellersItemIdentification>
        <cac:StandardItemIdentification><cbc:ID schemeID="0160">4006381333931</cbc:ID></cac:StandardItemIdentification>
        {category("S", percent, "ClassifiedTaxCategory")}</cac:Item>{price}</cac:InvoiceLine>"""


def price(value: str, per: str = "") -> str:
    base = f'<cbc:BaseQuantity unitCode="KGM">{per}</cbc:BaseQuantity>' if per else ""
    return f"<cac:Price>{amount('PriceAmount', value)}{base}</cac:Price>"


def subtotal(taxable: str, tax: str, percent: str, kind: str = "S") -> str:
    return (
        f"<cac:TaxSubtotal>{amount('TaxableAmount', taxable)}{amount('TaxAmount', tax)}{category(kind, percent)}"
        "</cac:TaxSubtotal>"
    )


HEAD = """<cbc:ID>F-2026-17</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate><cbc:DueDate>2026-12-02</cbc:DueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:Note>Thank you</cbc:Note>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>Kitchen</cbc:BuyerReference>
  <cac:OrderReference><cbc:ID>PO-9</cbc:ID><cbc:SalesOrderID>SO-3</cbc:SalesOrderID></cac:OrderReference>
  <cac:DespatchDocumentReference><cbc:ID>DN-5</cbc:ID></cac:DespatchDocumentReference>"""
PARTIES = party("AccountingSupplierParty", "Farm &amp; Sons", "IE1234567T") + party(
    "AccountingCustomerParty", "后厨 Kitchen", "IE7654321T"
)
MEANS = """<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>RF18539007547034</cbc:PaymentID>
  <cac:PayeeFinancialAccount><cbc:ID>IE29AIBK93115212345678</cbc:ID><cbc:Name>Farm</cbc:Name>
  <cac:FinancialInstitutionBranch><cbc:ID>AIBKIE2D</cbc:ID></cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>
  </cac:PaymentMeans><cac:PaymentTerms><cbc:Note>30 days</cbc:Note></cac:PaymentTerms>"""


def totals(lines: str, without: str, with_tax: str, payable: str, more: str = "") -> str:
    return (
        f"<cac:LegalMonetaryTotal>{amount('LineExtensionAmount', lines)}{amount('TaxExclusiveAmount', without)}"
        f"{amount('TaxInclusiveAmount', with_tax)}{more}{amount('PayableAmount', payable)}</cac:LegalMonetaryTotal>"
    )


def plain_invoice() -> bytes:
    """Two lines, one rate: 10 kg at 1.25 and 250 kg at 30.00 for 100, tax 13.5 %."""
    return document(
        "Invoice",
        HEAD
        + PARTIES
        + MEANS
        + f"<cac:TaxTotal>{amount('TaxAmount', '11.81')}{subtotal('87.50', '11.81', '13.5')}</cac:TaxTotal>"
        + totals("87.50", "87.50", "99.31", "99.31")
        + line("1", "10 KGM", price("1.25"), "12.50")
        + line("2", "250 KGM", price("30.00", "100"), "75.00"),
    )


def rich_invoice() -> bytes:
    """Two rates, a line's allowance, freight, a discount of the document, prepaid and rounded, tax in two currencies."""
    return document(
        "Invoice",
        HEAD
        + PARTIES
        + charge("true", "10.00", "Freight", category("S", "23"))
        + charge("false", "5.00", "Loyalty", category("S", "13.5"))
        + f"<cac:TaxTotal>{amount('TaxAmount', '12.3', 'GBP')}</cac:TaxTotal>"
        + f"<cac:TaxTotal>{amount('TaxAmount', '14.30')}"
        + subtotal("40.00", "5.40", "13.5")
        + subtotal("38.70", "8.90", "23.00")
        + "</cac:TaxTotal>"
        + totals(
            "73.70",
            "78.70",
            "93.00",
            "73.05",
            amount("AllowanceTotalAmount", "5.00")
            + amount("ChargeTotalAmount", "10.00")
            + amount("PrepaidAmount", "20.00")
            + amount("PayableRoundingAmount", "0.05"),
        )
        + line("1", "10 KGM", price("5.00"), "45.00", more=charge("false", "5.00", "Bruised"))
        + line("2", "3 XCS", price("9.566"), "28.70", percent="23"),
    )


def credit_note() -> bytes:
    """The first line of the plain invoice given back."""
    body = (
        "<cbc:ID>C-4</cbc:ID><cbc:IssueDate>2026-11-09Z</cbc:IssueDate>"
        "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>F-2026-17</cbc:ID></cac:InvoiceDocumentReference>"
        "</cac:BillingReference>"
        + PARTIES
        + "<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        + "<cbc:PaymentDueDate>2026-11-30</cbc:PaymentDueDate></cac:PaymentMeans>"
        + f"<cac:TaxTotal>{amount('TaxAmount', '1.69')}{subtotal('12.50', '1.69', '13.5')}</cac:TaxTotal>"
        + totals("12.50", "12.50", "14.19", "14.19")
        + line("1", "10 KGM", price("1.25"), "12.50")
        .replace("InvoiceLine>", "CreditNoteLine>")
        .replace("InvoicedQuantity", "CreditedQuantity")
    )
    return document("CreditNote", body)
