"""Companies, items and units as UBL documents write them: the same parts in invoices and shipping notices."""

from __future__ import annotations

from dataclasses import dataclass

from core.gtin import is_gtin
from core.purchasing.rules.files.invoice_file import Account, Party, PartyId
from core.purchasing.rules.files.reader import Place


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """How a line names its item."""

    name: str
    description: str
    supplier_item: str
    buyer_item: str
    gtin: str


def read_party(place: Place) -> Party:
    """A `cac:Party`. Its registered name comes first, else its trade name; one of them is needed."""
    legal = place.first("cac:PartyLegalEntity") or place
    ids = [PartyId(one.said(), one.attribute("schemeID")) for one in place.all("cac:PartyIdentification/cbc:ID")]
    ids += [PartyId(one.said(), one.attribute("schemeID")) for one in place.all("cbc:EndpointID")]
    registered, trade = place.text("cac:PartyLegalEntity/cbc:RegistrationName"), place.text("cac:PartyName/cbc:Name")
    if not registered and not trade:
        place.need("cac:PartyLegalEntity/cbc:RegistrationName")
    return Party(
        name=registered or trade,
        trade_name=trade,
        ids=tuple(dict.fromkeys(one for one in ids if one.number)),
        tax_number=_tax_number(place),
        register_number=legal.text("cbc:CompanyID"),
        country=place.text("cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
        email=place.text("cac:Contact/cbc:ElectronicMail"),
    )


def read_item(line: Place) -> ItemSaid:
    """The `cac:Item` of a line."""
    item = line.need_place("cac:Item")
    supplier_item = item.text("cac:SellersItemIdentification/cbc:ID")
    buyer_item = item.text("cac:BuyersItemIdentification/cbc:ID")
    gtin = _gtin(item)
    name = item.text("cbc:Name", "cbc:Description") or supplier_item or gtin or buyer_item
    return ItemSaid(name or item.need("cbc:Name"), item.text("cbc:Description"), supplier_item, buyer_item, gtin)


def read_accounts(root: Place) -> tuple[Account, ...]:
    """Where to pay: the accounts of all means of payment, each once."""
    found = []
    for means in root.all("cac:PaymentMeans"):
        account = means.first("cac:PayeeFinancialAccount")
        if account is None or not account.text("cbc:ID"):
            continue
        bank = account.text(
            "cac:FinancialInstitutionBranch/cbc:ID",
            "cac:FinancialInstitutionBranch/cac:FinancialInstitution/cbc:ID",
        )
        number = account.text("cbc:ID")
        found.append(Account(number, bank, account.text("cbc:Name"), means.text("cbc:PaymentID")))
    return tuple(dict.fromkeys(found))


def _gtin(item: Place) -> str:
    """The number of the standard item, when it is a GTIN: said by its scheme, or known by its check digit."""
    for one in item.all("cac:StandardItemIdentification/cbc:ID"):
        scheme = one.attribute("schemeID").upper()
        if scheme in ("0160", "GTIN", "EAN", "9", "SRV") or is_gtin(one.said()):
            return one.said()
    return ""


def _tax_number(place: Place) -> str:
    """The number of the company for VAT, before any other tax scheme."""
    schemes = list(place.all("cac:PartyTaxScheme"))
    schemes.sort(key=lambda one: one.text("cac:TaxScheme/cbc:ID").upper() != "VAT")
    return next((number for one in schemes if (number := one.text("cbc:CompanyID"))), "")
