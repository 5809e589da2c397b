"""An electronic invoice (UBL 2.1) as a draft that can be looked at and entered."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from core import catalog
from core.i18n import Name, Text, _
from core.purchasing.rules.files.invoice_file import InvoiceFile, InvoiceLine
from core.purchasing.rules.files.ubl_invoice import parse_invoice
from core.purchasing.steps.invoices.finding import (
    OrderLines,
    find_invoiced_items,
    find_order_lines,
    find_supplier,
    invoice_known_as,
    order_line_of,
)
from core.purchasing.types.invoices import InvoiceDraft, NewInvoice, NewInvoiceLine, UnknownLine
from core.uow import UnitOfWork
from core.values import digits_of, from_minor, round_decimal, round_to_minor, split_by_weights
from db.enums import InvoiceKind, InvoiceLineKind

LONGEST = 200


def draft_of_ubl(uow: UnitOfWork, content: bytes) -> InvoiceDraft:
    """What an electronic invoice or credit note says, with supplier and items found as far as they are known.

    Items by the order's line, our code or GTIN, the supplier's code, the name. Allowances of the whole document are spread
    over its lines. Raises InvalidInput or Rejected when the file is none.
    """
    file = parse_invoice(content)
    party = file.supplier
    supplier_id = find_supplier(uow, (party.name, party.trade_name), party.tax_number or party.register_number)
    orders = find_order_lines(uow, {file.order_number, *(line.order_number for line in file.lines)})
    found = find_invoiced_items(uow, supplier_id, {_said(line) for line in file.lines})
    amounts, spread = _amounts(file)
    lines: list[NewInvoiceLine] = []
    unknown: list[UnknownLine] = []
    units = _units(uow, {*found.values(), *(one[2] for several in orders.values() for one in several)})
    for place, line in enumerate(file.lines):
        item_id = found.get(_said(line))
        order_line = _order_line(file, line, orders, item_id, supplier_id)
        if item_id is None and order_line is not None:
            item_id = order_line[1]
        if item_id is None:
            unknown.append(UnknownLine(place, line.supplier_item, line.gtin, line.name))
        unit = line.unit if item_id is None or units[item_id].has(line.unit) else ""
        if line.unit and not unit and item_id is not None:
            spread.append(_("Line {line}: {item} has no unit {unit}. Choose the unit.", line=line.number,
                            item=units[item_id].code, unit=line.unit))  # fmt: skip
        lines.append(_line(line, item_id, order_line, unit, amounts[place]))
    lines += [
        _charge(one.reason, one.amount, one.tax.rate if one.tax else None) for one in file.charges if one.is_charge
    ]
    return InvoiceDraft(
        invoice=_invoice(file, supplier_id or 0, tuple(lines)),
        supplier=_supplier_name(uow, supplier_id),
        supplier_said=party.name or party.trade_name,
        unknown=tuple(unknown),
        troubles=(*(one.text for one in file.troubles), *spread),
        source="ubl",
        sha256=sha256(content).hexdigest(),
        known_as=invoice_known_as(uow, supplier_id, file.number),
    )


def _said(line: InvoiceLine) -> tuple[str, str, str]:
    return (line.buyer_item or line.gtin, line.supplier_item, line.name)


def _order_line(
    file: InvoiceFile, line: InvoiceLine, orders: OrderLines, item_id: int | None, supplier_id: int | None
) -> tuple[int, int] | None:
    number = line.order_number or file.order_number
    return order_line_of(orders, number, item_id, supplier_id, line.order_line) if number else None


def _units(uow: UnitOfWork, item_ids: set[int]) -> dict[int, catalog.UnitTable]:
    return catalog.load_item_facts(uow, item_ids)[1]


def _amounts(file: InvoiceFile) -> tuple[list[Decimal], list[Text]]:
    """What each line comes to once the document's allowances are spread over the lines by value, and what to say of it."""
    digits = digits_of(file.currency)
    minor = [round_to_minor(line.amount, digits) for line in file.lines]
    allowances = sum((one.amount for one in file.charges if not one.is_charge), Decimal(0))
    if not allowances or sum(minor) <= 0 or min(minor) < 0:
        return [line.amount for line in file.lines], []
    off = split_by_weights(round_to_minor(allowances, digits), minor)
    text = _("The document's allowance of {amount} is spread over its lines.", amount=allowances)
    return [from_minor(amount - part, digits) for amount, part in zip(minor, off, strict=True)], [text]


def _line(
    line: InvoiceLine, item_id: int | None, order_line: tuple[int, int] | None, unit: str, amount: Decimal
) -> NewInvoiceLine:
    is_plain = amount == line.amount
    price = round_decimal(line.price / line.price_qty, 6)
    return NewInvoiceLine(
        item_id=item_id,
        order_line_id=None if order_line is None else order_line[0],
        supplier_code=line.supplier_item[:60],
        description=line.name[:LONGEST],
        qty=line.qty,
        unit=unit,
        price=price if is_plain else None,
        amount=amount,
        tax_rate=None if line.tax is None else line.tax.rate,
        note=line.note[:LONGEST],
    )


def _charge(reason: str, amount: Decimal, rate: Decimal | None) -> NewInvoiceLine:
    return NewInvoiceLine(kind=InvoiceLineKind.CHARGE, amount=amount, description=reason[:LONGEST], tax_rate=rate)


def _invoice(file: InvoiceFile, supplier_id: int, lines: tuple[NewInvoiceLine, ...]) -> NewInvoice:
    taxes: dict[Decimal, Decimal] = {}
    for one in file.taxes:
        taxes[one.tax.rate] = taxes.get(one.tax.rate, Decimal(0)) + one.amount
    return NewInvoice(
        supplier_id=supplier_id,
        number=file.number[:60],
        invoiced_on=file.issued_on,
        lines=lines,
        kind=InvoiceKind(file.kind),
        due_on=file.due_on,
        currency=file.currency,
        is_tax_incl=False,
        gross=file.totals.with_tax,
        taxes=tuple(sorted(taxes.items())),
        note=file.note[:400],
    )


def _supplier_name(uow: UnitOfWork, supplier_id: int | None) -> Name | None:
    return None if supplier_id is None else catalog.load_suppliers(uow, [supplier_id])[supplier_id].name
