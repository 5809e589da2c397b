"""A request for quotation on screen: typed, answered, compared, awarded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core import catalog, purchasing
from core.i18n import Name
from core.office import Office
from core.purchasing import NewAnswer, NewAnswerLine, NewRfq, NewRfqLine
from core.words import RfqState, SendWay
from desktop.context import AppContext
from desktop.purchasing.quotations.answer_panel import AnswerPanel
from desktop.purchasing.quotations.form import QuotationForm
from desktop.purchasing.quotations.one_page import QuotationPage
from desktop.purchasing.quotations.page import QuotationsPage
from desktop.purchasing.requests.lines import FormLine, named
from tests.core.catalog.makers import make_item, make_supplier
from tests.desktop.conftest import Settled, Shown
from tests.desktop.noting import NotingShell
from tests.helpers.accessibility import nameless_controls

D = Decimal


@pytest.fixture
def known(office_here: Office) -> dict[str, int]:
    found = {
        "tomato": make_item(office_here, "番茄"), "oil": make_item(office_here, "菜籽油", "L"),
        "farm": make_supplier(office_here, "绿源农场"), "trade": make_supplier(office_here, "城南商贸"),
    }  # fmt: skip
    office_here.do(catalog.save_term, item_id=found["oil"], term=catalog.NewTerm(found["trade"]))
    lines = (NewRfqLine(found["tomato"], D(50)), NewRfqLine(found["oil"], D(20)))
    new = NewRfq(lines, (found["farm"], found["trade"]), "March", date(2026, 3, 20), date(2026, 3, 10))
    found["rfq"] = office_here.do(purchasing.create_rfq, new=new)
    office_here.do(purchasing.send_rfq, rfq_id=found["rfq"], version=1, way=SendWay.PHONE)
    return found


def answer(office: Office, known: dict[str, int], who: str, *prices: str) -> None:
    lines = office.ask(purchasing.get_rfq, rfq_id=known["rfq"]).lines
    given = tuple(NewAnswerLine(line.id, D(price)) for line, price in zip(lines, prices, strict=False))
    office.do(purchasing.enter_answer, rfq_id=known["rfq"], answer=NewAnswer(known[who], given, freight=D(10)))


def orders_of(page: QuotationPage) -> tuple[tuple[int, str], ...]:
    """The orders made of the request that is shown."""
    return () if page.card is None else page.card.orders


def test_a_request_is_typed_and_saved(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: QuotationsPage = shown(QuotationsPage(context, is_new=True))
    form = page.panel()
    assert isinstance(form, QuotationForm)
    form.lines.put(FormLine(0, known["oil"], "", named(Name("油")), D(3), "L", "L"))
    settled()
    assert next(iter(form._wanted)) == known["trade"]
    form.choose(known["trade"])
    form.save()
    settled()
    route, args = shell.went[-1]
    assert route == "purchasing.quotation"
    assert args["rfq_id"] != known["rfq"]
    assert not page.has_unsaved()
    assert nameless_controls(page) == []


def test_a_request_without_lines_says_what_is_missing(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled
) -> None:
    page: QuotationsPage = shown(QuotationsPage(context, is_new=True))
    form = page.panel()
    assert isinstance(form, QuotationForm)
    form.save()
    settled()
    assert "Nothing is asked for yet" in form.notice.text()


def test_prices_are_pasted_and_saved(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    page: QuotationPage = shown(QuotationPage(context, rfq_id=known["rfq"]))
    page.enter_answer(known["farm"])
    panel = page.panel()
    assert isinstance(panel, AnswerPanel)
    QGuiApplication.clipboard().setText("4.00\n8.5\n")
    panel.paste()
    assert panel.is_changed()
    page.post()
    qtbot.waitUntil(lambda: page.card is not None and page.card.row.state is RfqState.ANSWERED)
    assert page.card is not None and [one.price for one in page.card.offers] == [D(4), D("8.5")]
    assert nameless_controls(page) == []


def test_a_line_without_a_price_is_not_offered(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled, qtbot: QtBot
) -> None:
    page: QuotationPage = shown(QuotationPage(context, rfq_id=known["rfq"]))
    page.enter_answer(known["farm"])
    panel = page.panel()
    assert isinstance(panel, AnswerPanel)
    panel.save()
    settled()
    assert "at least one price" in panel.notice.text()
    next(iter(panel.prices.values())).set_value(D(1))
    panel.form.editor("freight").set_value(D(5))
    panel.save()
    qtbot.waitUntil(lambda: page.card is not None and len(page.card.offers) == 1)


def test_the_cheapest_are_chosen_and_awarded(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled, qtbot: QtBot, office_here: Office
) -> None:
    answer(office_here, known, "farm", "4.00", "9.00")
    answer(office_here, known, "trade", "4.20", "7.00")
    page: QuotationPage = shown(QuotationPage(context, rfq_id=known["rfq"]))
    assert page.card is not None and page.table is not None
    assert set(page._chosen.values()) == {known["trade"]}
    page.each_button.click()
    tomato, oil = page.card.lines
    assert page._chosen == {tomato.id: known["farm"], oil.id: known["trade"]}
    page.table.why_requested.emit(oil, f"supplier_{known['farm']}")
    assert page._chosen[oil.id] == known["farm"]
    page.choose_one()
    page.post()
    qtbot.waitUntil(lambda: page.card is not None and page.card.row.state is RfqState.AWARDED)
    assert len(orders_of(page)) == 1


def test_its_paper_and_its_list(
    context: AppContext, known: dict[str, int], shown: Shown, settled: Settled, shell: NotingShell
) -> None:
    page: QuotationPage = shown(QuotationPage(context, rfq_id=known["rfq"]))
    page.print_page()
    settled()
    assert shell.papers[-1].kind == "rfq"
    everything: QuotationsPage = shown(QuotationsPage(context))
    assert everything.table.words_at(0, "answers") == "0 of 2"
    everything.chips.set_value("overdue", True)
    assert everything.table.total() == 0
