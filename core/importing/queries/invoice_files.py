"""One invoice out of a file, to be looked at before it is entered."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from core import catalog, purchasing
from core.errors import InvalidInput
from core.i18n import _, _n
from core.importing.rules.columns import proposed_columns
from core.importing.steps.invoices import Group, new_invoice, read_row
from core.importing.steps.known import load_known
from core.importing.steps.reading import read_table
from core.importing.steps.rows import Rows, check_faults
from core.importing.steps.workbook import is_workbook
from core.importing.types import ImportFile
from core.purchasing import InvoiceDraft, NewInvoiceLine, UnknownLine
from core.registry import query
from core.uow import UnitOfWork
from db.enums import ImportKind, InvoiceLineKind, Permission


@query(Permission.INVOICE_EDIT)
def read_invoice_file(uow: UnitOfWork, *, content: bytes, name: str) -> InvoiceDraft:
    """An invoice as a file says it: XLSX, CSV, or UBL 2.1 as Peppol uses it. Nothing is saved.

    The supplier and the items are found as far as they are known; lines nobody knows are named. Raises InvalidInput for a
    file that is none of these or holds several invoices, FileRejected or Rejected with what is wrong in it.
    """
    if _is_xml(content):
        return purchasing.draft_of_ubl(uow, content)
    table = read_table(ImportKind.INVOICES, ImportFile(name, content))
    rows = Rows(table, proposed_columns(ImportKind.INVOICES, table.header))
    known = load_known(uow, items=rows.words("item"))
    groups: dict[str, Group] = {}
    for row in rows:
        read_row(row, known, groups, is_lenient=True)
    check_faults(rows)
    if len(groups) != 1:
        raise InvalidInput(
            _n(
                "The file holds {n} invoice.",
                "The file holds {n} invoices. Bring it in as a list of invoices.",
                len(groups),
            )
            if groups
            else _("The file is empty. The first row must hold headings, the next ones the data."),
            field="file",
        )
    said = sorted(rows.words("supplier"))
    source = "xlsx" if is_workbook(content) else "csv"
    return _draft(uow, next(iter(groups.values())), said[0] if said else "", content, source)


def _is_xml(content: bytes) -> bool:
    head = content[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") or content[:200].replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").startswith(b"<?xml")


def _draft(uow: UnitOfWork, group: Group, said: str, content: bytes, source: str) -> InvoiceDraft:
    supplier_id = group.head.get("supplier")
    orders = purchasing.find_order_lines(uow, group.orders)
    wanted = {("", line.supplier_code, line.description) for line in group.lines if line.item_id is None}
    found = purchasing.find_invoiced_items(uow, supplier_id, wanted)
    lines: list[NewInvoiceLine] = []
    unknown: list[UnknownLine] = []
    for place, (line, order) in enumerate(zip(group.lines, group.orders, strict=True)):
        item_id = line.item_id or found.get(("", line.supplier_code, line.description))
        tied = purchasing.order_line_of(orders, order, item_id, supplier_id) if order else None
        item_id = item_id or (tied[1] if tied else None)
        if item_id is None and line.kind is InvoiceLineKind.GOODS:
            unknown.append(UnknownLine(place, line.supplier_code, "", line.description))
        lines.append(replace(line, item_id=item_id, order_line_id=tied[0] if tied else None))
    invoice = new_invoice(group, tuple(lines))
    name = None
    if supplier_id is not None:
        name = catalog.load_suppliers(uow, [supplier_id])[supplier_id].name
    return InvoiceDraft(
        invoice=invoice,
        supplier=name,
        supplier_said=said,
        unknown=tuple(unknown),
        troubles=(),
        source=source,
        sha256=sha256(content).hexdigest(),
        known_as=purchasing.invoice_known_as(uow, supplier_id, invoice.number),
    )
