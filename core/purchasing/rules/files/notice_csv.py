"""A shipping notice as a simple CSV, for suppliers without electronic documents: one row a line, headings in English or
Chinese, in any order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from core.errors import CoreError, InvalidInput, Rejected
from core.i18n import _, _n, join
from core.purchasing.rules.files.shipping_notice import LotSaid, NoticeLine, ShippingNotice
from core.purchasing.rules.files.unit_codes import unit_of
from core.values import parse_quantity

LARGEST_FILE = 10_000_000
MOST_ROWS = 20_000
DELIMITERS = (",", ";", "\t")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "notice": ("notice", "delivery note", "shipment", "送货单", "送货单号", "发货单号"),
    "order": ("order", "order number", "po", "采购订单", "订单号"),
    "arrives": ("arrives", "delivery date", "eta", "预计到货", "送货日", "到货日期"),
    "line": ("line", "行", "行号"),
    "supplier_item": ("supplier item", "supplier item code", "code", "货号", "供应商货号"),
    "buyer_item": ("item", "item code", "物料编码", "编码"),
    "gtin": ("gtin", "ean", "barcode", "条码"),
    "name": ("name", "description", "名称", "品名"),
    "qty": ("quantity", "qty", "数量"),
    "unit": ("unit", "单位"),
    "lot": ("lot", "batch", "批号", "批次"),
    "expiry": ("expiry", "best before", "expiry date", "到期日", "有效期至"),
    "transport": ("sscc", "pallet", "托盘", "托盘号"),
}
_KNOWN = {word: field for field, words in HEADINGS.items() for word in words}


def parse_notice_csv(content: bytes) -> ShippingNotice:
    """The notice of one delivery: the columns quantity and one of supplier item, item, GTIN or name are needed.

    UTF-8 (with or without mark), UTF-16 with mark or GB18030; comma, semicolon or tab. Raises InvalidInput, or Rejected
    with the rows that are wrong.
    """
    rows = _rows(_decoded(content))
    columns = _columns(rows[0])
    faults: list[CoreError] = []
    lines, notices, days = [], {}, {}
    for number, row in enumerate(rows[1:], start=2):
        cells = {field: row[place].strip() for field, place in columns.items() if place < len(row)}
        if not any(cells.values()):
            continue
        try:
            lines.append(_line(cells, number))
            notices[cells.get("notice", "")] = number
            days[_day(cells.get("arrives", ""))] = number
        except CoreError as fault:
            faults.append(fault.in_row(number))
    if not lines and not faults:
        faults.append(InvalidInput(_("The file has headings, but no line.")))
    said = [one for one in notices if one]
    if len(said) > 1:
        faults.append(
            InvalidInput(
                _("The file holds several delivery notes: {notes}. Import one at a time.", notes=", ".join(said[:5]))
            )
        )
    _refuse(faults)
    orders = {line.order_number for line in lines}
    return ShippingNotice(
        number=said[0] if said else "",
        lines=tuple(lines),
        arrives_on=max((day for day in days if day), default=None),
        order_number=orders.pop() if len(orders) == 1 else "",
        units_of_transport=tuple(dict.fromkeys(unit for line in lines for unit in line.units_of_transport)),
    )


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise InvalidInput(_("The file is larger than 10 MB. An electronic document is far smaller."))
    if not content.strip():
        raise InvalidInput(_("The file is empty."))
    names = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text
    raise InvalidInput(_("The file is no text. Save it as CSV in UTF-8."))


def _rows(text: str) -> list[list[str]]:
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            found.append(row)
            if len(found) > MOST_ROWS:
                raise InvalidInput(_("The file has more than {most} rows.", most=MOST_ROWS))
    except csv.Error as fault:
        raise InvalidInput(
            _("A quotation mark is not closed, or a cell is too long, in row {row}.", row=len(found) + 1)
        ) from fault
    return found


def _columns(head: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(head):
        field = _KNOWN.get(" ".join(heading.replace("_", " ").split()).casefold())
        if field is not None:
            found.setdefault(field, place)
    if "qty" not in found:
        raise InvalidInput(_("No column is headed “Quantity”. The first row must hold the headings."))
    if not found.keys() & {"supplier_item", "buyer_item", "gtin", "name"}:
        raise InvalidInput(_("No column names the items. Head one “Supplier item”, “Item”, “GTIN” or “Name”."))
    return found


def _line(cells: Mapping[str, str], number: int) -> NoticeLine:
    qty = parse_quantity(cells.get("qty", ""))
    if qty < 0:
        raise InvalidInput(_("The quantity {qty} is below zero.", qty=qty), field="qty")
    unit = cells.get("unit", "")
    line = NoticeLine(
        number=cells.get("line", "") or str(number - 1),
        name=cells.get("name", ""),
        qty=qty,
        unit_code=unit,
        unit=unit_of(unit) or unit,
        supplier_item=cells.get("supplier_item", ""),
        buyer_item=cells.get("buyer_item", ""),
        gtin=cells.get("gtin", ""),
        order_number=cells.get("order", ""),
    )
    name = line.name or line.supplier_item or line.buyer_item or line.gtin
    if not name:
        raise InvalidInput(_("The row names no item."), field="name")
    lot = LotSaid(cells.get("lot", ""), _day(cells.get("expiry", "")))
    transport = cells.get("transport", "")
    return replace(
        line, name=name, lots=(lot,) if lot != LotSaid() else (), units_of_transport=(transport,) if transport else ()
    )


def _day(said: str) -> date | None:
    """A date with the year first, or as 24.12.2026. With slashes the day could be the month, so that is refused."""
    if not said:
        return None
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", said, re.ASCII):
        said = ".".join(reversed(said.split(".")))
    parts = said.translate(str.maketrans("/.年月", "----")).rstrip("日").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise InvalidInput(
            _("“{said}” is no date. It should look like 2026-03-31.", said=said[:30]), field="expiry"
        ) from None


def _refuse(faults: list[CoreError]) -> None:
    if len(faults) == 1 and faults[0].row is None:
        raise faults[0]
    if faults:
        told = [_("Row {row}: {why}", row=one.row, why=one.text) if one.row else one.text for one in faults[:3]]
        head = _n(
            "{n} place of the file cannot be read: {first}",
            "{n} places of the file cannot be read: {first}",
            len(faults),
            first=join(told, " "),
        )
        raise Rejected(head, tuple(faults))
