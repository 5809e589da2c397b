"""What is far beyond the usual is asked about even where it is no round ten or hundred; numbers typed full-width are known."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from core import purchasing
from core.errors import NeedsConfirmation, Refused
from core.office import Office
from core.purchasing.rules import slips
from core.purchasing.rules.matching import plain_number
from core.purchasing.types.slips import SlipKind
from tests.core.purchasing.books import await_invoices, goods, invoice
from tests.core.purchasing.dock import came, receive
from tests.factories import make_item, make_supplier


@pytest.mark.parametrize(
    ("figure", "kind"),
    [("3000", SlipKind.FAR), ("90", SlipKind.FAR), ("30", SlipKind.TIMES_TEN), ("29", SlipKind.TIMES_TEN)],
)
def test_a_thousand_times_the_usual_is_asked_about(figure: str, kind: SlipKind) -> None:
    for asked in (slips.qty_slips(D(figure), None, [D(3)]), slips.price_slips(D(figure), [D(3)])):
        assert [slip.kind for slip in asked] == [kind]
    assert slips.qty_slips(D(20), None, [D(3)]) == ()


def test_far_too_much_says_how_far_in_both_languages() -> None:
    (slip,) = slips.qty_slips(D(3000), None, [D(3)])
    assert slip.text.render("en") == "3000 is 1000 times the usual 3. Is that right?"
    assert slip.text.render("zh") == "3000 是平常 3 的 1000 倍，是否正确？"


def test_the_dock_and_the_invoice_ask_about_far_too_much(office: Office) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    for _n in range(3):
        receive(office, supplier, came(item, "3", price="2"))
    with pytest.raises(NeedsConfirmation) as asked:
        receive(office, supplier, came(item, "3000", price="2"))
    assert asked.value.key == "qty_far"
    with pytest.raises(NeedsConfirmation) as asked:
        invoice(office, supplier, "A-1", goods(item, "3", "300"))
    assert asked.value.key == "price_far.1"
    assert office.ask(purchasing.list_invoices) == []


def test_a_number_typed_full_width_is_the_same_number(office: Office) -> None:
    assert plain_number("ＩＮＶ－００４２") == plain_number("inv 42")
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, came(item, "3", price="2"))
    invoice(office, supplier, "INV-0042", goods(item, "3", "6"))
    with pytest.raises(Refused) as refused:
        invoice(office, supplier, "ＩＮＶ－４２", goods(item, "1", "2"))
    assert refused.value.field == "number"
