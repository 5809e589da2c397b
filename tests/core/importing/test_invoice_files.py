"""Suppliers' invoices from files: a list of them brought in, one of them read to be looked at."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from openpyxl import Workbook

from core import catalog, importing, purchasing
from core.catalog import NewSupplier
from core.clock import FixedClock
from core.errors import CoreError, InvalidInput, NeedsConfirmation, Refused
from core.importing import Rehearsed
from core.office import Office
from core.purchasing import InvoiceDocument
from db.enums import ImportKind as K
from db.enums import InvoiceKind, InvoiceLineKind, InvoiceState, SplitBy, Verdict
from tests.core.importing.helping import bring_in, faults_of, make_items, places_of
from tests.core.purchasing import ubl
from tests.core.purchasing.books import await_invoices, owed, receive

HEAD = (
    "invoice,supplier,number,date,due,kind,currency,item,supplier_code,description,qty,unit,price,amount,tax_rate,"
    "order,line_kind,split_by,note"
)


def sheet(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


GOOD = sheet(
    "1,GS,F-1,2026-03-02,2026-04-02,,,RICE,,,2,bag,50,,0,,,,first",
    "2,GS,F-2,2026-03-03,,,,OIL,,,10,,,80,0,,,,",
    "1,,,,,,,,,运费,,,,12,0,,charge,value,",
    "3,GS,F-3,2026-03-03,,贷项通知单,,OIL,,,,,,3,0,,,,",
)


@pytest.fixture
def shop(office: Office) -> Office:
    await_invoices(office)
    make_items(office, "RICE,大米,kg,,,bag=25", "OIL,菜油,L,,,")
    office.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS", tax_number="IE 123"))
    return office


def items_of(shop: Office) -> tuple[int, int, int]:
    rice, oil = (shop.ask(catalog.find_item, code=code) for code in ("RICE", "OIL"))
    assert rice is not None and oil is not None
    return rice.id, oil.id, shop.ask(catalog.list_suppliers)[0].id


def test_rows_of_one_invoice_are_one_invoice_matched_at_once(shop: Office) -> None:
    rice, oil, supplier = items_of(shop)
    _posting, entries = receive(shop, supplier, (rice, "50", "100"), (oil, "10", "80"))
    result = bring_in(shop, K.INVOICES, GOOD)
    assert (result.rows, result.posted) == (4, 4)
    rows = sorted(shop.ask(purchasing.list_invoices), key=lambda row: row.own_number)
    assert [(row.number, row.kind, row.lines, row.gross, row.verdict) for row in rows] == [
        ("F-1", InvoiceKind.INVOICE, 2, D("112.00"), Verdict.PAY),
        ("F-2", InvoiceKind.INVOICE, 1, D("80.00"), Verdict.PAY),
        ("F-3", InvoiceKind.CREDIT_NOTE, 1, D("-3.00"), Verdict.EXCEPTION),
    ]
    line = shop.ask(purchasing.get_invoice, invoice_id=rows[0].id).lines[1]
    assert (line.kind, line.split_by, len(line.charges)) == (InvoiceLineKind.CHARGE, SplitBy.VALUE, 1)
    assert [owed(shop, entry) for entry in entries] == [0, 0]
    assert shop.do(importing.undo_import, run_id=result.run_id) == 3
    assert [owed(shop, entry) for entry in entries] == [100, 80]
    assert {row.state for row in shop.ask(purchasing.list_invoices)} == {InvoiceState.CANCELLED}
    again = bring_in(shop, K.INVOICES, GOOD)
    first = next(row for row in shop.ask(purchasing.list_invoices) if row.state is InvoiceState.MATCHED)
    shop.do(purchasing.approve_invoices, invoice_ids=(first.id,))
    with pytest.raises(Refused, match="approval back first"):
        shop.do(importing.undo_import, run_id=again.run_id)


def test_a_rehearsal_and_wrong_rows_save_nothing(shop: Office) -> None:
    with pytest.raises(Rehearsed) as end:
        bring_in(shop, K.INVOICES, GOOD, is_rehearsal=True)
    assert end.value.result.posted == 4
    wrong = faults_of(
        shop, K.INVOICES,
        sheet(
            ",GS,F-1,2026-03-02,,,,RICE,,,2,,5,,,,,,", "1,NO,F-1,2026-03-02,,,,RICE,,,2,,5,,,,,,",
            "2,GS,,2026-03-02,,,,RICE,,,2,,5,,,,,,", "3,GS,F-3,,,,,RICE,,,2,,5,,,,,,",
            "4,GS,F-4,2026-03-02,,,,NONE,,,2,,5,,,,,,", "5,GS,F-5,2026-03-02,,what,,RICE,,,2,,5,,,,,,",
            "6,GS,F-6,2026-03-02,,,,RICE,,,2,,5,,,,,size,", "7,GS,F-7,2026-03-02,,,,RICE,,,2,,5,,,,,,",
            "7,GS,F-8,2026-03-02,,,,RICE,,,2,,5,,,,,,",
        ),
    )  # fmt: skip
    assert places_of(wrong) == [
        (1, "invoice"), (2, "supplier"), (3, "number"), (4, "date"), (5, "item"), (6, "kind"), (7, "split_by"),
        (9, "number"),
    ]  # fmt: skip
    later = faults_of(
        shop, K.INVOICES,
        sheet(
            "1,GS,F-1,2026-03-02,,,,RICE,,,2,,5,,,,,,", "2,GS,f 1,2026-03-02,,,,RICE,,,2,,6,,,,,,",
            "3,GS,F-3,2026-03-09,,,,RICE,,,2,,5,,,,,,", "4,GS,F-4,2026-03-02,,,,RICE,,,2,crate,5,,,,,,",
        ),
    )  # fmt: skip
    assert places_of(later) == [(2, "number"), (3, "date"), (4, "unit")]
    assert places_of(faults_of(shop, K.INVOICES, sheet("1,GS,F-1,2026-03-02,,,,RICE,,,2,,5,,,PO-9,,,"))) == [
        (1, "order")
    ]
    assert shop.ask(purchasing.list_invoices) == []


def test_doubts_are_asked_before_anything_is_saved(shop: Office) -> None:
    twice = sheet("1,GS,F-1,2026-03-02,,,,RICE,,,2,,5,,,,,,", "2,GS,F-2,2026-03-02,,,,RICE,,,2,,5,,,,,,")
    with pytest.raises(NeedsConfirmation, match="1 thing looks unusual: Invoice F-1 has the same amount") as asked:
        bring_in(shop, K.INVOICES, twice)
    assert asked.value.key == "invoices.doubts"
    assert shop.ask(purchasing.list_invoices) == []
    bring_in(shop, K.INVOICES, twice, confirmed=frozenset({"invoices.doubts"}))
    assert len(shop.ask(purchasing.list_invoices)) == 2


def test_one_invoice_of_a_table_is_read_and_its_unknown_lines_are_named(shop: Office) -> None:
    rice, oil, supplier = items_of(shop)
    shop.do(
        purchasing.enter_invoice,
        invoice=purchasing.NewInvoice(
            supplier,
            "K-1",
            date(2026, 3, 1),
            (purchasing.NewInvoiceLine(item_id=oil, supplier_code="X-9", qty=D(1), amount=D(8)),),
        ),
    )
    content = sheet(
        "1,GS,F-1,2026-03-02,,,,RICE,,,2,bag,50,,0,,,,",
        "1,,,,,,,,x-9,,3,,,24,0,,,,",
        "1,,,,,,,,,菜油,1,,,8,0,,,,",
        "1,,,,,,,,Z-1,谜,1,,,8,0,,,,",
    ).encode()
    draft = shop.ask(importing.read_invoice_file, content=content, name="f.csv")
    assert [line.item_id for line in draft.invoice.lines] == [rice, oil, oil, None]
    assert [(one.line, one.supplier_code, one.description) for one in draft.unknown] == [(3, "Z-1", "谜")]
    assert (draft.source, draft.invoice.supplier_id, draft.known_as) == ("csv", supplier, "")
    book = Workbook()
    for row in content.decode().splitlines():
        book.active.append(row.split(","))
    stream = io.BytesIO()
    book.save(stream)
    same = shop.ask(importing.read_invoice_file, content=stream.getvalue(), name="f.xlsx")
    assert (same.source, same.invoice) == ("xlsx", draft.invoice)
    for bad, match in ((GOOD.encode(), "holds 3 invoices"), (b"\x89PNG", "no table"), (b"<a/>", "UBL")):
        with pytest.raises(CoreError, match=match):
            shop.ask(importing.read_invoice_file, content=bad, name="f")
    with pytest.raises(InvalidInput):
        shop.ask(importing.read_invoice_file, content=HEAD.encode(), name="f.csv")


def test_an_electronic_invoice_is_read_completed_and_entered(shop: Office, clock: FixedClock) -> None:
    clock.at = datetime(2026, 11, 10, 4, tzinfo=UTC)
    make_items(shop, "B-1,土豆,kg,,,", "POT2,土豆2,kg,,,")
    new = NewSupplier("Farm & Sons", "FARM", tax_number="IE 1234567 T", currency="EUR")
    supplier = shop.do(catalog.create_supplier, supplier=new)
    content = ubl.plain_invoice()
    draft = shop.ask(importing.read_invoice_file, content=content, name="e.xml")
    assert (draft.source, draft.invoice.number, draft.invoice.currency) == ("ubl", "F-2026-17", "EUR")
    assert (draft.invoice.supplier_id, draft.supplier_said, draft.invoice.due_on) == (
        supplier, "Farm & Sons", date(2026, 12, 2)
    )  # fmt: skip
    assert [(one.line, one.supplier_code, one.description) for one in draft.unknown] == [(1, "S-2", "Potato 2")]
    assert draft.invoice.lines[1].price == D("0.3")
    other = shop.ask(catalog.find_item, code="POT2")
    assert other is not None
    lines = (draft.invoice.lines[0], replace(draft.invoice.lines[1], item_id=other.id))
    done = shop.do(
        purchasing.enter_invoice,
        invoice=replace(draft.invoice, lines=lines, rate=D("7.8")),
        document=InvoiceDocument("e.xml", content, draft.source),
    )
    card = shop.ask(purchasing.get_invoice, invoice_id=done.invoice_id)
    assert (card.row.gross, card.row.tax, card.row.source, card.attachments) == (D("99.31"), D("11.81"), "ubl", 1)
    again = shop.ask(importing.read_invoice_file, content=content, name="e.xml")
    assert (again.unknown, again.known_as) == ((), done.own_number)


def test_allowances_of_a_document_lower_its_lines_and_charges_are_lines(shop: Office) -> None:
    draft = shop.ask(importing.read_invoice_file, content=ubl.rich_invoice(), name="e.xml")
    assert [(line.kind, line.amount) for line in draft.invoice.lines] == [
        (InvoiceLineKind.GOODS, D("41.95")), (InvoiceLineKind.GOODS, D("26.75")), (InvoiceLineKind.CHARGE, D("10.00")),
    ]  # fmt: skip
    assert (draft.supplier, draft.invoice.gross) == (None, D("93.00"))
    assert "allowance of 5.00" in " ".join(text.render("en") for text in draft.troubles)
    credit = shop.ask(importing.read_invoice_file, content=ubl.credit_note(), name="c.xml")
    assert (credit.invoice.kind, credit.invoice.lines[0].qty) == (InvoiceKind.CREDIT_NOTE, D(10))
