"""Suppliers' invoices from a file: the rows of one invoice's word are one invoice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from core import purchasing
from core.errors import InvalidInput
from core.i18n import _, _n
from core.importing.rules.cells import Cell, day_of, price_of, quantity_of, rate_of, short, text_of, word_of
from core.importing.steps.known import Known, load_known
from core.importing.steps.masters import Made, make_all
from core.importing.steps.rows import RowReader, Rows
from core.purchasing import NewInvoice, NewInvoiceLine
from core.uow import UnitOfWork
from db.enums import InvoiceKind, InvoiceLineKind, Permission, SplitBy

KINDS = {
    "": InvoiceKind.INVOICE, "invoice": InvoiceKind.INVOICE, "发票": InvoiceKind.INVOICE,
    "credit_note": InvoiceKind.CREDIT_NOTE, "credit": InvoiceKind.CREDIT_NOTE, "贷项通知单": InvoiceKind.CREDIT_NOTE,
    "红字发票": InvoiceKind.CREDIT_NOTE,
}  # fmt: skip
LINE_KINDS = {
    "": InvoiceLineKind.GOODS, "goods": InvoiceLineKind.GOODS, "货物": InvoiceLineKind.GOODS,
    "charge": InvoiceLineKind.CHARGE, "运费": InvoiceLineKind.CHARGE, "费用": InvoiceLineKind.CHARGE,
    "cost": InvoiceLineKind.COST, "其他费用": InvoiceLineKind.COST,
}  # fmt: skip
SPLITS = {
    "value": SplitBy.VALUE, "金额": SplitBy.VALUE, "weight": SplitBy.WEIGHT, "重量": SplitBy.WEIGHT,
    "quantity": SplitBy.QUANTITY, "数量": SplitBy.QUANTITY,
}  # fmt: skip
COLUMNS = {
    "lines": "invoice", "invoiced_on": "date", "due_on": "due", "order_line_id": "order", "gross": "amount",
    "item_id": "item",
}  # fmt: skip
MOST_ASKED = 5


@dataclass(slots=True)
class Group:
    """All rows of one invoice: what its head says, its lines with the order each names, and their rows in the file."""

    row: int
    head: dict[str, Any] = field(default_factory=dict)
    lines: list[NewInvoiceLine] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def make_invoices(uow: UnitOfWork, rows: Rows) -> Made:
    """Enter the invoices of a file and match them. What is wrong is added to `rows.faults`; what looks like a slip, the
    same amount on the same day and other currencies are asked about."""
    uow.require(Permission.INVOICE_EDIT)
    known = load_known(uow, items=rows.words("item"))
    groups: dict[str, Group] = {}
    for row in rows:
        read_row(row, known, groups)
    made = Made()
    if rows.faults:
        return made
    news = with_orders(uow, rows, groups)
    numbers = [number for group in groups.values() for number in group.rows]
    if rows.faults:
        return made
    done = make_all(rows, numbers, lambda: [purchasing.bring_in_invoices(uow, news)], COLUMNS)
    for ids, questions in done:
        made.ids = {"invoices": ids}
        if questions:
            first = [one.text for one in questions[:MOST_ASKED]]
            text = _n(
                "{n} thing looks unusual: {first} Bring it in?", "{n} things look unusual, such as: {first} Bring them in?",
                len(questions), first=first[0],
            )  # fmt: skip
            made.questions.append(("invoices.doubts", text))
    return made


def with_orders(uow: UnitOfWork, rows: Rows, groups: Mapping[str, Group]) -> list[NewInvoice]:
    """The invoices, their lines tied to the lines of the orders they name."""
    lines = purchasing.find_order_lines(uow, rows.words("order"))
    news = []
    for group in groups.values():
        tied = []
        for line, order, row in zip(group.lines, group.orders, group.rows, strict=True):
            found = None
            if order:
                found = purchasing.order_line_of(lines, order, line.item_id, group.head.get("supplier"))
            if order and found is None:
                text = _("This supplier has no order {number} with just one line of this item.", number=short(order))
                rows.faults.append(InvalidInput(text, field="order", row=row))
            tied.append(_tied(line, found))
        news.append(new_invoice(group, tuple(tied)))
    return news


def _tied(line: NewInvoiceLine, found: tuple[int, int] | None) -> NewInvoiceLine:
    return line if found is None else replace(line, order_line_id=found[0], item_id=found[1])


def new_invoice(group: Group, lines: tuple[NewInvoiceLine, ...]) -> NewInvoice:
    """What the rows of one invoice say."""
    head = group.head
    return NewInvoice(
        supplier_id=head.get("supplier", 0), number=head.get("number", ""), invoiced_on=head["date"], lines=lines,
        kind=head.get("kind", InvoiceKind.INVOICE), due_on=head.get("due"), currency=head.get("currency", ""),
        rate=head.get("rate"),
    )  # fmt: skip


def read_row(row: RowReader, known: Known, groups: dict[str, Group], *, is_lenient: bool = False) -> None:
    """Add a row to its invoice; what is wrong is noted. `is_lenient`: a supplier or item nobody knows is no fault, a
    person will choose it."""
    word = row.text("invoice", 60) or (row.text("number", 60) if is_lenient else "")
    if not word and not is_lenient:
        row.refuse("invoice", _("Which invoice? Rows with the same word here are one invoice."))
    group = groups.setdefault(word, Group(row.row))
    _read_head(row, known, group, is_lenient=is_lenient)
    line = _read_line(row, known, is_lenient=is_lenient)
    order = row.text("order", 30)
    if row.is_wrong or line is None or (not word and not is_lenient):
        return
    group.lines.append(line)
    group.orders.append(order)
    group.rows.append(row.row)


def _read_head(row: RowReader, known: Known, group: Group, *, is_lenient: bool) -> None:
    """Cells that speak of the whole invoice: what is empty is as in its other rows, another value is a mix."""
    read: dict[str, Callable[[], Any]] = {
        "supplier": lambda: _supplier(row, known, is_lenient=is_lenient),
        "number": lambda: row.text("number", 60),
        "date": lambda: row.take("date", day_of),
        "due": lambda: row.take("due", day_of),
        "kind": lambda: row.take("kind", lambda cell: _one_of(cell, KINDS)),
        "currency": lambda: row.text("currency", 3).upper(),
        "rate": lambda: row.take("rate", rate_of),
    }
    for name, value_of in read.items():
        if not row.is_filled(name):
            continue
        value = value_of()
        if value is not None and group.head.setdefault(name, value) != value:
            row.refuse(name, _("Row {row} says something else of this invoice.", row=group.row))
    needed = {"date": _("Which day is it dated? Write the date."), "number": _("Which number stands on the invoice?")}
    if not is_lenient:
        needed["supplier"] = _("Which supplier? Write its code.")
    for name, text in needed.items():
        if name not in group.head and row.row == group.row:  # said once, in the first row of the invoice
            row.refuse(name, text)


def _supplier(row: RowReader, known: Known, *, is_lenient: bool) -> int | None:
    if not is_lenient:
        return known.supplier(row)
    text = row.text("supplier", 200)
    return known.suppliers.get(text) or known.suppliers.get(text.casefold())


def _read_line(row: RowReader, known: Known, *, is_lenient: bool) -> NewInvoiceLine | None:
    kind = row.take("line_kind", lambda cell: _one_of(cell, LINE_KINDS)) or InvoiceLineKind.GOODS
    split = row.take("split_by", lambda cell: _one_of(cell, SPLITS)) if row.is_filled("split_by") else None
    figures: dict[str, Decimal | None] = {}
    readers: tuple[tuple[str, Callable[[Cell], Decimal | None]], ...] = (
        ("qty", quantity_of), ("price", price_of), ("amount", price_of), ("tax_rate", rate_of),
    )  # fmt: skip
    for name, reader in readers:
        figures[name] = row.take(name, reader) if row.is_filled(name) else None
    item_id = None
    if kind is InvoiceLineKind.GOODS and row.is_filled("item"):
        item_id = known.items.get(row.text("item", 60)) if is_lenient else known.item(row)
    return NewInvoiceLine(
        kind=kind, item_id=item_id, supplier_code=row.text("supplier_code", 60),
        description=row.text("description", 200), qty=figures["qty"], unit=row.text("unit", 20),
        price=figures["price"], amount=figures["amount"], tax_rate=figures["tax_rate"], split_by=split,
        note=row.text("note", 200),
    )  # fmt: skip


def _one_of(cell: Cell, words: Mapping[str, Any]) -> Any:
    said = text_of(cell)
    found = words.get(word_of(said))
    if found is None:
        known = ", ".join(dict.fromkeys(str(one) for one in words.values()))
        raise InvalidInput(_("“{word}” is not known here. Write one of: {known}.", word=short(said), known=known))
    return found
