"""Papers of deliveries: readable in both languages, with what was short, over and refused, in walking order, coded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal as D

import pypdfium2
import pytest
import zxingcpp

from core import purchasing
from core.documents import Paper, PaperTable, render_pdf
from core.errors import NotFound
from core.office import Office
from core.purchasing import NewCheck, NewReturnLine
from core.purchasing.types.orders import NewOrderLine
from db.enums import ClaimKind, StorageKind
from tests.core.purchasing.dock import came, order, receive
from tests.core.purchasing.people import sign_in_as
from tests.core.stock.slips import text_of
from tests.factories import make_item, make_place, make_supplier


@dataclass(frozen=True)
class Shop:
    receipt_id: int
    claim_id: int
    return_id: int


@pytest.fixture
def shop(office: Office) -> Shop:
    """A delivery that was short, over, partly refused and claimed; some of it went back."""
    far, near = make_place(office, "B-09", walk_order=9), make_place(office, "A-01", walk_order=1)
    fish = make_item(office, "FISH", name="鲈鱼", name_en="Sea bass", lot_tracked=True, storage_kind="chilled")
    oil = make_item(office, "OIL", name="菜油", name_en="Rapeseed oil")
    supplier = make_supplier(office, name="绿源", name_en="Green Source", language="en")
    order_id, (first, second) = order(
        office, supplier, NewOrderLine(fish, D(10), price=D(30)), NewOrderLine(oil, D(10), price=D(5))
    )
    made = receive(
        office, supplier, came(fish, "11", first, lot="L1", expires_on=date(2026, 9, 1), location_id=far),
        came(oil, "6", second, location_id=near, rejected_qty="2", reject_reason=ClaimKind.DAMAGED, note="two leak"),
        document="DN-5", order_ids=(order_id,), checks=(NewCheck(StorageKind.CHILLED, D("3.5")),), claim=True,
        confirmed=frozenset({"over_delivery"}),
    )  # fmt: skip
    line = office.ask(purchasing.get_receipt, receipt_id=made.receipt_id).lines[0]
    back = office.do(purchasing.return_delivery, lines=(NewReturnLine(D(1), line.id),), supplier_id=supplier)
    assert made.claim_id is not None
    return Shop(made.receipt_id, made.claim_id, back.posting_id)


def codes(paper: Paper, language: str) -> list[str]:
    """What a scanner reads from the first page."""
    document = pypdfium2.PdfDocument(render_pdf(paper, language))
    page = document[0]
    found = [one.text for one in zxingcpp.read_barcodes(page.render(scale=4).to_pil())]
    page.close()
    document.close()
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("采购入库单", "短少：还差 4 kg 未到", "拒收 2 kg：破损", "比订单多 1 kg", "冷藏", "3.5")),
        ("en", ("Goods receipt slip", "short: 4 kg still to come", "refused 2 kg: Damaged", "1 kg more than ordered")),
        ("both", ("采购入库单", "Goods receipt slip", "Rapeseed oil")),
    ],
)
def test_a_receipt_says_what_was_short_over_and_refused(
    office: Office, shop: Shop, language: str, words: tuple[str, ...]
) -> None:
    paper = office.ask(purchasing.get_delivery_paper, receipt_id=shop.receipt_id, language=language)
    said = " ".join(text_of(render_pdf(paper, language)).split())
    assert [word for word in words if word not in said] == []
    assert codes(paper, language) == ["RC-2026-000001"]
    assert paper.totals[-1].value == D("360.00")


def test_goods_are_put_away_in_walking_order(office: Office, shop: Shop) -> None:
    paper = office.ask(purchasing.get_put_away_paper, receipt_id=shop.receipt_id, language="en")
    (table,) = paper.body
    assert isinstance(table, PaperTable)
    assert [line.cells[1] for line in table.lines] == ["A-01", "B-09"]
    assert codes(paper, "en") == ["RC-2026-000001"]


def test_a_claim_slip_has_two_lines_to_sign_and_speaks_the_suppliers_language(office: Office, shop: Shop) -> None:
    paper = office.ask(purchasing.get_claim_paper, claim_id=shop.claim_id)
    said = text_of(render_pdf(paper, "en"))
    assert [word for word in ("Claim slip", "Rapeseed oil", "Damaged", "DN-5", "two leak") if word not in said] == []
    assert len(paper.signatures) == 2
    assert paper.totals[-1].value == D("10.00")
    assert codes(paper, "en") == ["CL-2026-000001"]
    with pytest.raises(NotFound):
        office.ask(purchasing.get_claim_paper, claim_id=99)


def test_a_return_slip_names_its_claim(office: Office, shop: Shop) -> None:
    paper = office.ask(purchasing.get_return_paper, posting_id=shop.return_id)
    assert "CL-2026-000002" in text_of(render_pdf(paper, "en"))
    assert codes(paper, "en") == ["RS-2026-000001"]


def test_who_may_not_see_costs_prints_no_amounts(office: Office, shop: Shop) -> None:
    sign_in_as(office, "Storekeeper")
    paper = office.ask(purchasing.get_delivery_paper, receipt_id=shop.receipt_id, language="en")
    table = paper.body[0]
    assert isinstance(table, PaperTable)
    assert not {"price", "amount"} & {column.key for column in table.columns}
    assert [total.kind for total in paper.totals] == ["number"]
