"""UBL 2.1 invoices and credit notes (Peppol BIS Billing 3.0, EN 16931) as values. Sums are checked apart.

Source of the paths: OASIS UBL 2.1, and "Peppol BIS Billing 3.0, syntax binding".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules.files.invoice_checks import troubles_of
from core.purchasing.rules.files.invoice_file import (
    Charge,
    InvoiceFile,
    InvoiceLine,
    Kind,
    Tax,
    TaxTotal,
    Totals,
)
from core.purchasing.rules.files.parties import read_accounts, read_item, read_party
from core.purchasing.rules.files.reader import Faults, Place
from core.purchasing.rules.files.safe_xml import local_name, read_xml
from core.purchasing.rules.files.unit_codes import unit_of

_ROOT = "{{urn:oasis:names:specification:ubl:schema:xsd:{0}-2}}{0}"
_KINDS: dict[str, Kind] = {_ROOT.format("Invoice"): "invoice", _ROOT.format("CreditNote"): "credit_note"}
_LINES = {"invoice": "cac:InvoiceLine", "credit_note": "cac:CreditNoteLine"}
_QUANTITY = {"invoice": "cbc:InvoicedQuantity", "credit_note": "cbc:CreditedQuantity"}
_TYPE = {"invoice": ("cbc:InvoiceTypeCode", "380"), "credit_note": ("cbc:CreditNoteTypeCode", "381")}


def parse_invoice(content: bytes) -> InvoiceFile:
    """An electronic invoice or credit note. What does not add up stands in its `troubles`; nothing is refused for it.

    Raises InvalidInput or Rejected when the file is none, lacks something or mixes currencies, with the path of each.
    """
    root = read_xml(content)
    kind = _KINDS.get(str(root.tag))
    if kind is None:
        raise InvalidInput(
            _(
                "The file holds “{name}”. Expected is an Invoice or CreditNote in UBL 2.1, as Peppol uses it.",
                name=local_name(root)[:60],
            )
        )
    faults = Faults()
    place = Place(root, local_name(root), faults)
    found = _read(place, kind)
    _check_currency(root, place.name(), found.currency, faults)
    faults.raise_if_any()
    return replace(found, troubles=troubles_of(found))


def _read(root: Place, kind: Kind) -> InvoiceFile:
    type_path, usual_type = _TYPE[kind]
    lines = tuple(_line(one, kind) for one in root.all(_LINES[kind]))
    if not lines:
        root.need_place(_LINES[kind])
    currency = root.need("cbc:DocumentCurrencyCode").upper()
    return InvoiceFile(
        kind=kind,
        type_code=root.text(type_path) or usual_type,
        number=root.need("cbc:ID"),
        issued_on=root.need_day("cbc:IssueDate"),
        currency=currency,
        supplier=read_party(root.need_place("cac:AccountingSupplierParty").need_place("cac:Party")),
        buyer=read_party(root.need_place("cac:AccountingCustomerParty").need_place("cac:Party")),
        lines=lines,
        taxes=_taxes(root, currency),
        totals=_totals(root, currency),
        due_on=_due_on(root),
        tax_on=root.day("cbc:TaxPointDate"),
        delivered_on=root.day("cac:Delivery/cbc:ActualDeliveryDate"),
        charges=tuple(_charge(one, has_tax=True) for one in root.all("cac:AllowanceCharge")),
        accounts=read_accounts(root),
        order_number=root.text("cac:OrderReference/cbc:ID"),
        sales_order=root.text("cac:OrderReference/cbc:SalesOrderID"),
        despatch_number=root.text("cac:DespatchDocumentReference/cbc:ID"),
        receipt_number=root.text("cac:ReceiptDocumentReference/cbc:ID"),
        contract=root.text("cac:ContractDocumentReference/cbc:ID"),
        buyer_reference=root.text("cbc:BuyerReference"),
        corrects=tuple(
            one.said() for one in root.all("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID") if one.said()
        ),
        terms=root.text("cac:PaymentTerms/cbc:Note"),
        note=root.text("cbc:Note"),
    )


def _line(line: Place, kind: Kind) -> InvoiceLine:
    item = read_item(line)
    qty = line.need_number(_QUANTITY[kind])
    counted = line.first(_QUANTITY[kind])
    unit_code = counted.attribute("unitCode") if counted else ""
    price = line.need_place("cac:Price")
    category = line.first("cac:Item/cac:ClassifiedTaxCategory")
    return InvoiceLine(
        path=line.path,
        number=line.need("cbc:ID"),
        name=item.name,
        qty=qty,
        unit_code=unit_code,
        unit=unit_of(unit_code),
        amount=line.need_number("cbc:LineExtensionAmount"),
        price=price.need_number("cbc:PriceAmount"),
        price_qty=_price_qty(price),
        gross_price=price.number("cac:AllowanceCharge/cbc:BaseAmount"),
        price_discount=price.number("cac:AllowanceCharge/cbc:Amount"),
        description=item.description,
        supplier_item=item.supplier_item,
        buyer_item=item.buyer_item,
        gtin=item.gtin,
        order_number=line.text("cac:OrderLineReference/cac:OrderReference/cbc:ID"),
        order_line=line.text("cac:OrderLineReference/cbc:LineID"),
        despatch_number=line.text("cac:DespatchLineReference/cac:DocumentReference/cbc:ID"),
        despatch_line=line.text("cac:DespatchLineReference/cbc:LineID"),
        note=line.text("cbc:Note"),
        tax=_tax(category) if category else None,
        charges=tuple(_charge(one, has_tax=False) for one in line.all("cac:AllowanceCharge")),
    )


def _price_qty(price: Place) -> Decimal:
    found = price.number("cbc:BaseQuantity")
    if found is not None and found <= 0:
        price.faults.add(
            _("{path} says {said}; it must be more than zero.", path=f"{price.path}/BaseQuantity", said=found)
        )
    return found if found is not None and found > 0 else Decimal(1)


def _charge(place: Place, *, has_tax: bool) -> Charge:
    said = place.need("cbc:ChargeIndicator").lower()
    if said and said not in ("true", "false", "1", "0"):
        place.faults.add(
            _("{path} says “{said}”; it must be true or false.", path=f"{place.path}/ChargeIndicator", said=said[:20])
        )
    category = place.first("cac:TaxCategory") if has_tax else None
    return Charge(
        is_charge=said in ("true", "1"),
        amount=place.need_number("cbc:Amount"),
        reason=place.text("cbc:AllowanceChargeReason"),
        code=place.text("cbc:AllowanceChargeReasonCode"),
        percent=place.number("cbc:MultiplierFactorNumeric"),
        base=place.number("cbc:BaseAmount"),
        tax=_tax(category) if category else None,
    )


def _tax(category: Place) -> Tax:
    return Tax(category.text("cbc:ID").upper() or "S", category.number("cbc:Percent") or Decimal(0))


def _tax_in(root: Place, currency: str) -> Place | None:
    """The document's tax in its own currency; a second one may stand in the currency of the tax office."""
    every = list(root.all("cac:TaxTotal"))
    for one in every:
        amount = one.first("cbc:TaxAmount")
        if amount is not None and amount.attribute("currencyID").upper() == currency:
            return one
    return every[0] if every else None


def _taxes(root: Place, currency: str) -> tuple[TaxTotal, ...]:
    tax = _tax_in(root, currency)
    if tax is None:
        return ()
    return tuple(
        TaxTotal(
            path=one.path,
            tax=_tax(one.need_place("cac:TaxCategory")),
            taxable=one.need_number("cbc:TaxableAmount"),
            amount=one.need_number("cbc:TaxAmount"),
            reason=one.text("cac:TaxCategory/cbc:TaxExemptionReason", "cac:TaxCategory/cbc:TaxExemptionReasonCode"),
        )
        for one in tax.all("cac:TaxSubtotal")
    )


def _totals(root: Place, currency: str) -> Totals:
    sums = root.need_place("cac:LegalMonetaryTotal")
    tax = _tax_in(root, currency)
    without_tax, with_tax = sums.need_number("cbc:TaxExclusiveAmount"), sums.need_number("cbc:TaxInclusiveAmount")
    return Totals(
        path=sums.path,
        lines=sums.need_number("cbc:LineExtensionAmount"),
        without_tax=without_tax,
        tax=tax.need_number("cbc:TaxAmount") if tax else Decimal(0),
        with_tax=with_tax,
        payable=sums.need_number("cbc:PayableAmount"),
        allowances=sums.number("cbc:AllowanceTotalAmount") or Decimal(0),
        charges=sums.number("cbc:ChargeTotalAmount") or Decimal(0),
        prepaid=sums.number("cbc:PrepaidAmount") or Decimal(0),
        rounding=sums.number("cbc:PayableRoundingAmount") or Decimal(0),
    )


def _due_on(root: Place) -> date | None:
    """An invoice says it at its top, a credit note with its means of payment."""
    return root.day("cbc:DueDate") or root.day("cac:PaymentMeans/cbc:PaymentDueDate")


def _check_currency(root: ET.Element, name: str, currency: str, faults: Faults) -> None:
    """Every amount is in the document's currency; only a total of tax may stand in a second one too."""
    if not currency:
        return
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        faults.add(_("{path} says “{said}”, which is no currency.", path=f"{name}/DocumentCurrencyCode", said=currency))
        return
    for branch in root:
        if local_name(branch) == "TaxTotal":
            continue
        for element in branch.iter():
            said = element.get("currencyID", currency).strip().upper()
            if said != currency:
                _mixed(f"{name}/{local_name(branch)}/…/{local_name(element)}", said, currency, faults)


def _mixed(path: str, said: str, currency: str, faults: Faults) -> None:
    faults.add(
        _(
            "{path} is in {said}, the document in {currency}. One document has one currency.",
            path=path,
            said=said[:10],
            currency=currency,
        )
    )
