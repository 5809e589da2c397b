"""What a supplier says is on its way: a despatch advice in UBL 2.1, or a simple CSV, as one frozen value.

Source of the paths: OASIS UBL 2.1 and "Peppol BIS Despatch Advice 3.1, syntax binding".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.purchasing.rules.files.invoice_file import Party
from core.purchasing.rules.files.parties import read_item, read_party
from core.purchasing.rules.files.reader import Faults, Place
from core.purchasing.rules.files.safe_xml import local_name, read_xml
from core.purchasing.rules.files.unit_codes import unit_of

_ROOT = "{urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2}DespatchAdvice"


@dataclass(frozen=True, slots=True)
class LotSaid:
    """A lot of a line, with the day it is good until."""

    lot: str = ""
    expires_on: date | None = None
    serial: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A line of a shipping notice. `unit` is ours, empty when unknown; `open_qty` is still to come, with its reason."""

    number: str
    name: str
    qty: Decimal
    unit_code: str = ""
    unit: str = ""
    supplier_item: str = ""
    buyer_item: str = ""
    gtin: str = ""
    order_number: str = ""
    order_line: str = ""
    open_qty: Decimal | None = None
    open_reason: str = ""
    lots: tuple[LotSaid, ...] = ()
    units_of_transport: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShippingNotice:
    """A shipping notice as read; `supplier` is None when the file does not name one, as a CSV."""

    number: str
    lines: tuple[NoticeLine, ...]
    issued_on: date | None = None
    arrives_on: date | None = None
    order_number: str = ""
    supplier: Party | None = None
    units_of_transport: tuple[str, ...] = ()
    note: str = ""


def parse_despatch_advice(content: bytes) -> ShippingNotice:
    """A UBL 2.1 DespatchAdvice. Raises InvalidInput or Rejected when it is none or lacks something, with the paths."""
    root = read_xml(content)
    if root.tag != _ROOT:
        raise InvalidInput(
            _(
                "The file holds “{name}”. Expected is a DespatchAdvice in UBL 2.1, or a CSV.",
                name=local_name(root)[:60],
            )
        )
    faults = Faults()
    found = _read(Place(root, local_name(root), faults))
    faults.raise_if_any()
    return found


def _read(root: Place) -> ShippingNotice:
    order = root.text("cac:OrderReference/cbc:ID")
    lines = tuple(_line(one, order) for one in root.all("cac:DespatchLine"))
    if not lines:
        root.need_place("cac:DespatchLine")
    transport = [one.said() for one in root.all("cac:Shipment/cac:TransportHandlingUnit/cbc:ID") if one.said()]
    return ShippingNotice(
        number=root.need("cbc:ID"),
        lines=lines,
        issued_on=root.need_day("cbc:IssueDate"),
        arrives_on=root.day("cac:Shipment/cac:Delivery/cac:EstimatedDeliveryPeriod/cbc:EndDate")
        or root.day("cac:Shipment/cac:Delivery/cac:EstimatedDeliveryPeriod/cbc:StartDate")
        or root.day("cac:Shipment/cac:Delivery/cac:RequestedDeliveryPeriod/cbc:EndDate"),
        order_number=order,
        supplier=read_party(root.need_place("cac:DespatchSupplierParty").need_place("cac:Party")),
        units_of_transport=tuple(dict.fromkeys(transport)),
        note=root.text("cbc:Note"),
    )


def _line(line: Place, order: str) -> NoticeLine:
    item = read_item(line)
    qty = line.need_number("cbc:DeliveredQuantity")
    if qty < 0:
        line.faults.add(
            _("{path} says {said}; it must not be below zero.", path=f"{line.path}/DeliveredQuantity", said=qty)
        )
    counted = line.first("cbc:DeliveredQuantity")
    unit_code = counted.attribute("unitCode") if counted else ""
    transport = line.all("cac:Shipment/cac:TransportHandlingUnit/cbc:ID")
    return NoticeLine(
        number=line.need("cbc:ID"),
        name=item.name,
        qty=qty,
        unit_code=unit_code,
        unit=unit_of(unit_code),
        supplier_item=item.supplier_item,
        buyer_item=item.buyer_item,
        gtin=item.gtin,
        order_number=line.text("cac:OrderLineReference/cac:OrderReference/cbc:ID") or order,
        order_line=line.text("cac:OrderLineReference/cbc:LineID"),
        open_qty=line.number("cbc:OutstandingQuantity"),
        open_reason=line.text("cbc:OutstandingReason"),
        lots=_lots(line),
        units_of_transport=tuple(one.said() for one in transport if one.said()),
    )


def _lots(line: Place) -> tuple[LotSaid, ...]:
    """Lots and serial numbers; the day is the best-before date, else the lot's expiry."""
    found = []
    for one in line.all("cac:Item/cac:ItemInstance"):
        lot = LotSaid(
            one.text("cac:LotIdentification/cbc:LotNumberID"),
            one.day("cbc:BestBeforeDate") or one.day("cac:LotIdentification/cbc:ExpiryDate"),
            one.text("cbc:SerialID"),
        )
        if lot != LotSaid():
            found.append(lot)
    return tuple(found)
