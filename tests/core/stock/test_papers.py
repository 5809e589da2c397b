"""Slips on paper, and what of a document can still go back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core import catalog, stock
from core.documents import Measure, render_pdf
from core.errors import NotFound
from core.office import Office
from core.words import LocationKind
from tests.core.stock.slips import text_of

D = Decimal


@pytest.fixture
def goods(office: Office) -> dict[str, int]:
    """Milk in cases of 12 with lots, and a second place."""
    item = catalog.NewItem(
        name="鲜牛奶", name_en="Fresh milk", code="MLK", base_unit="L", lot_tracked=True,
        pack_units=(catalog.PackUnit("case", D(12)),),
    )  # fmt: skip
    milk = office.do(catalog.create_item, item=item)
    cold = office.do(
        stock.create_location, new=stock.NewLocation("COLD", "冷藏库", "Cold room", kind=LocationKind.AREA)
    )
    main = office.ask(stock.list_locations)[0].location_id
    supplier = office.do(catalog.create_supplier, supplier=catalog.NewSupplier(name="绿源"))
    line = stock.NewLine(milk, D(2), "case", location_id=cold, lot="L1", unit_cost=D(120))
    posted = office.do(stock.receive_goods, lines=(line,), supplier_id=supplier, document="DN-1")
    return {"milk": milk, "cold": cold, "main": main, "receipt": posted.posting_id}


def test_a_receipt_is_printed_in_the_units_it_was_typed_in(office: Office, goods: dict[str, int]) -> None:
    paper = office.ask(stock.get_slip, posting_id=goods["receipt"], language="en")
    table = paper.body[0]
    cells = dict(zip([column.key for column in table.columns], table.lines[0].cells, strict=True))  # type: ignore[union-attr]
    assert (cells["qty"], cells["lot"], cells["amount"]) == (Measure(D(2), "case"), "L1", D("240.00"))
    assert paper.parties[0].name == "绿源"
    assert paper.totals[-1].value == D("240.00")


@pytest.mark.parametrize(("language", "words"), [("zh", "采购入库单"), ("en", "Goods receipt slip")])
def test_it_is_readable_in_both_languages(office: Office, goods: dict[str, int], language: str, words: str) -> None:
    paper = office.ask(stock.get_slip, posting_id=goods["receipt"], language=language)
    assert words in text_of(render_pdf(paper, language))


def test_a_transfer_says_from_and_to_on_one_line(office: Office, goods: dict[str, int]) -> None:
    line = stock.NewLine(goods["milk"], D(5), location_id=goods["cold"], to_location_id=goods["main"])
    posted = office.do(stock.transfer_goods, lines=(line,))
    table = office.ask(stock.get_slip, posting_id=posted.posting_id, language="en").body[0]
    assert len(table.lines) == 1  # type: ignore[union-attr]
    assert "Cold room" in table.lines[0].cells  # type: ignore[union-attr]


def test_waste_says_why_and_where(office: Office, goods: dict[str, int]) -> None:
    line = stock.NewLine(goods["milk"], D(1), location_id=goods["cold"], reason="expired", stage="storage")
    posted = office.do(stock.record_waste, lines=(line,))
    paper = office.ask(stock.get_slip, posting_id=posted.posting_id, language="zh")
    assert "过期" in text_of(render_pdf(paper, "zh"))


def test_issue_adjustment_returns_and_production_have_their_slips(office: Office, goods: dict[str, int]) -> None:
    milk, cold = goods["milk"], goods["cold"]
    one = stock.NewLine(milk, D(2), location_id=cold)
    issue = office.do(stock.issue_goods, lines=(one,), purpose="Bar")
    entry = office.ask(stock.get_posting, posting_id=issue.posting_id).lines[0].entry_id
    back = office.do(stock.return_from_customer, lines=(replace(one, link_id=entry, lot="L1"),))
    adjusted = office.do(stock.adjust_stock, lines=(replace(one, qty=D(-1)),), note="Spilled")
    to_supplier = office.do(stock.return_to_supplier, lines=(one,))
    made = office.do(stock.produce_goods, used=(one,), made=(replace(one, qty=D(1), lot="L2"),))
    for posted in (issue, back, adjusted, to_supplier, made):
        paper = office.ask(stock.get_slip, posting_id=posted.posting_id, language="en")
        assert paper.number == posted.number
        assert render_pdf(paper, "en").startswith(b"%PDF")


def test_a_reversed_posting_is_stamped(office: Office, goods: dict[str, int]) -> None:
    office.do(stock.reverse_posting, posting_id=goods["receipt"])
    paper = office.ask(stock.get_slip, posting_id=goods["receipt"], language="en")
    assert str(paper.stamp) == "Reversed"


def test_a_posting_without_a_slip_says_so(office: Office, goods: dict[str, int]) -> None:
    cost = office.do(stock.add_landed_cost, receipt_id=goods["receipt"], amount=D(12))
    with pytest.raises(NotFound, match="no slip"):
        office.ask(stock.get_slip, posting_id=cost.posting_id, language="en")


def test_what_can_go_back_shrinks_with_every_return(office: Office, goods: dict[str, int]) -> None:
    row = office.ask(stock.list_returnable, posting_id=goods["receipt"])[0]
    assert (row.qty, row.left, row.lot) == (D(24), D(24), "L1")
    line = stock.NewLine(row.item_id, D(10), location_id=row.location_id, lot_id=row.lot_id, link_id=row.entry_id)
    posted = office.do(stock.return_to_supplier, lines=(line,))
    assert office.ask(stock.list_returnable, posting_id=goods["receipt"])[0].left == D(14)
    office.do(stock.reverse_posting, posting_id=posted.posting_id)
    assert office.ask(stock.list_returnable, posting_id=goods["receipt"])[0].left == D(24)


def test_names_on_a_slip_are_in_its_language_and_a_long_one_takes_a_whole_page(
    office: Office, goods: dict[str, int]
) -> None:
    supplier = office.do(
        catalog.create_supplier, supplier=catalog.NewSupplier(name="晨光", name_en="Chenguang Dairy", code="S-9")
    )
    lines = tuple(
        stock.NewLine(goods["milk"], D(1), location_id=goods["cold"], lot=f"L{at}", unit_cost=D(9)) for at in range(8)
    )
    posted = office.do(stock.receive_goods, lines=lines, supplier_id=supplier)
    paper = office.ask(stock.get_slip, posting_id=posted.posting_id, language="en")
    assert paper.parties[0].name == "Chenguang Dairy"
    whole = render_pdf(paper, "en")
    assert "Page 1 of 1" in text_of(whole)
    assert "Page 1 of 2" in text_of(render_pdf(replace(paper, grows=False), "en"))
    sent = office.do(
        stock.send_transfer, to_location_id=goods["cold"],
        lines=(stock.NewLine(goods["milk"], D(1), location_id=goods["cold"]),),
    )  # fmt: skip
    card = office.ask(stock.get_posting, posting_id=sent.posting_id)
    assert (card.row.purpose_title("en"), card.row.purpose_title("zh")) == ("→ Cold room", "→ 冷藏库")
