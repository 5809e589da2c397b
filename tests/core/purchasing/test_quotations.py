"""A request for quotation from draft to the orders that come of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core import catalog, documents, mail, purchasing
from core.catalog import PackUnit
from core.errors import Conflict, InvalidInput, NotFound, Refused
from core.office import Office
from core.purchasing import Award, NewAnswer, NewAnswerLine, NewRfq, NewRfqLine, RfqCard
from db.enums import RfqState, SendWay
from tests.core.catalog.makers import make_item, make_supplier

D = Decimal


@pytest.fixture
def asked(office: Office) -> dict[str, int]:
    """Tomatoes and oil asked from two suppliers, sent by phone."""
    known = {
        "tomato": make_item(office, "番茄"),
        "oil": make_item(office, "菜籽油", "L", pack_units=(PackUnit("case", D(12)),)),
        "farm": make_supplier(office, "绿源农场", email="a@farm.example"),
        "trade": make_supplier(office, "城南商贸", language="en", email="b@trade.example"),
    }
    lines = (NewRfqLine(known["tomato"], D(50), "kg"), NewRfqLine(known["oil"], D(2), "case", note="一级"))
    new = NewRfq(lines, (known["farm"], known["trade"]), "March", date(2026, 3, 20), date(2026, 3, 10), "")
    known["rfq"] = office.do(purchasing.create_rfq, new=new)
    return known


def card(office: Office, rfq_id: int) -> RfqCard:
    return office.ask(purchasing.get_rfq, rfq_id=rfq_id)


def send(office: Office, rfq_id: int, **over: Any) -> int:
    version = card(office, rfq_id).row.version
    return office.do(purchasing.send_rfq, rfq_id=rfq_id, version=version, **{"way": SendWay.PHONE, **over})


def answer(office: Office, asked: dict[str, int], who: str, tomato: str | None, oil: str | None, **over: Any) -> int:
    lines = card(office, asked["rfq"]).lines
    given = [
        NewAnswerLine(line.id, D(price) if price else None) for line, price in zip(lines, (tomato, oil), strict=True)
    ]
    new = NewAnswer(asked[who], tuple(given), **over)
    return office.do(purchasing.enter_answer, rfq_id=asked["rfq"], answer=new)


def test_answers_stand_side_by_side_by_landed_cost(office: Office, asked: dict[str, int]) -> None:
    send(office, asked["rfq"])
    answer(office, asked, "farm", "4.00", "120", freight=D(88), deliver_on=date(2026, 3, 19))
    answer(office, asked, "trade", "4.50", None, deliver_on=date(2026, 3, 25))
    found = card(office, asked["rfq"])
    assert found.row.state is RfqState.ANSWERED
    tomato = found.lines[0].id
    costs = {one.supplier_id: (one.unit_cost, one.rank) for one in found.offers if one.line_id == tomato}
    assert costs == {asked["farm"]: (D("4.8"), 2), asked["trade"]: (D("4.5"), 1)}
    farm, trade = found.suppliers
    assert (farm.total, farm.is_complete, farm.best, farm.is_in_time) == (D("528.00"), True, 1, True)
    assert (trade.total, trade.is_complete, trade.is_in_time) == (D("225.00"), False, False)
    assert {one.supplier_id for one in found.one_supplier} == {asked["farm"]}
    assert {one.supplier_id for one in found.cheapest} == {asked["farm"], asked["trade"]}


def test_an_award_makes_a_draft_order_for_each(office: Office, asked: dict[str, int]) -> None:
    send(office, asked["rfq"])
    answer(office, asked, "farm", "4.00", "120", freight=D(8))
    answer(office, asked, "trade", "3.90", None)
    found = card(office, asked["rfq"])
    orders = office.do(purchasing.award_rfq, rfq_id=asked["rfq"], version=found.row.version, awards=found.cheapest)
    assert len(orders) == 2
    found = card(office, asked["rfq"])
    assert found.row.state is RfqState.AWARDED
    assert [key for key, _number in found.orders] == sorted(orders)
    assert sum(one.is_chosen for one in found.offers) == 2
    with pytest.raises(Refused):
        office.do(purchasing.award_rfq, rfq_id=asked["rfq"], version=found.row.version, awards=found.cheapest)
    version = office.do(purchasing.reopen_rfq, rfq_id=asked["rfq"], version=found.row.version)
    office.do(purchasing.close_rfq, rfq_id=asked["rfq"], version=version)
    assert card(office, asked["rfq"]).row.state is RfqState.CLOSED


def test_no_more_is_awarded_than_was_asked_or_offered(office: Office, asked: dict[str, int]) -> None:
    send(office, asked["rfq"])
    answer(office, asked, "farm", "4.00", None)
    found = card(office, asked["rfq"])
    tomato, oil = (line.id for line in found.lines)
    wrong = (
        (),
        (Award(oil, asked["farm"], D(1)),),
        (Award(tomato, asked["trade"], D(1)),),
        (Award(tomato, asked["farm"], D(51)),),
        (Award(tomato, asked["farm"], D(0)),),
        (Award(tomato, asked["farm"], D(26)), Award(tomato, asked["farm"], D(25))),
    )
    for awards in wrong:
        with pytest.raises(InvalidInput):
            office.do(purchasing.award_rfq, rfq_id=asked["rfq"], version=found.row.version, awards=awards)


def test_it_goes_to_each_supplier_in_its_language(office: Office, asked: dict[str, int]) -> None:
    with pytest.raises(Refused):
        answer(office, asked, "farm", "4", "5")
    office.do(
        mail.save_mail_server,
        new=mail.MailServerEdit(host="127.0.0.1", port=2525, security="none", user="", address="kitchen@site.example"),
    )
    send(office, asked["rfq"], way=SendWay.MAIL, message="Thanks")
    mails = office.ask(mail.list_mails).rows
    assert {one.subject.split()[0] for one in mails} >= {"Request"} and len(mails) == 2
    with pytest.raises(InvalidInput, match="Choose"):
        send(office, asked["rfq"], way=SendWay.MAIL)
    send(office, asked["rfq"], way=SendWay.MAIL, supplier_ids=(asked["farm"],))
    assert len(office.ask(mail.list_mails).rows) == 3


def test_a_declined_answer_has_no_lines_and_a_new_one_takes_its_place(office: Office, asked: dict[str, int]) -> None:
    send(office, asked["rfq"])
    answer(office, asked, "farm", None, None, is_declined=True)
    assert card(office, asked["rfq"]).suppliers[0].is_declined
    answer(office, asked, "farm", "4.00", None)
    answer(office, asked, "farm", "3.50", "110")
    found = card(office, asked["rfq"])
    assert sorted(one.price for one in found.offers) == [D("3.5"), D(110)]
    with pytest.raises(InvalidInput, match="at least one price"):
        answer(office, asked, "trade", None, None)


def test_wrong_answers_say_what_and_where(office: Office, asked: dict[str, int]) -> None:
    send(office, asked["rfq"])
    with pytest.raises(InvalidInput) as caught:
        answer(office, asked, "farm", "4.00", "-1")
    assert (caught.value.row, caught.value.field) == (2, "price")
    with pytest.raises(InvalidInput, match="Freight"):
        answer(office, asked, "farm", "4.00", None, freight=D(-1))
    with pytest.raises(NotFound):
        office.do(purchasing.enter_answer, rfq_id=asked["rfq"], answer=NewAnswer(999))
    with pytest.raises(InvalidInput):
        answer(office, asked, "farm", "4.00", None, currency="EUR")


def test_a_sent_request_takes_more_suppliers_only(office: Office, asked: dict[str, int]) -> None:
    found = card(office, asked["rfq"])
    third = make_supplier(office, "第三家")
    new = NewRfq((NewRfqLine(asked["tomato"], D(9)),), (asked["farm"], third))
    version = office.do(purchasing.update_rfq, rfq_id=asked["rfq"], version=found.row.version, new=new)
    assert (len(card(office, asked["rfq"]).lines), len(card(office, asked["rfq"]).suppliers)) == (1, 2)
    with pytest.raises(Conflict):
        office.do(purchasing.update_rfq, rfq_id=asked["rfq"], version=found.row.version, new=new)
    version = send(office, asked["rfq"])
    more = NewRfq((NewRfqLine(asked["oil"], D(9)),), (asked["farm"], third, asked["trade"]))
    office.do(purchasing.update_rfq, rfq_id=asked["rfq"], version=version, new=more)
    found = card(office, asked["rfq"])
    assert (found.lines[0].item_id, len(found.suppliers)) == (asked["tomato"], 3)


def test_blocked_suppliers_and_empty_requests_are_refused(office: Office, asked: dict[str, int]) -> None:
    blocked = make_supplier(office, "停用商行")
    office.do(
        catalog.block_supplier,
        supplier_id=blocked,
        version=office.ask(catalog.get_supplier_card, supplier_id=blocked).version,
        note="late",
    )
    line = NewRfqLine(asked["tomato"], D(1))
    with pytest.raises(Refused):
        office.do(purchasing.create_rfq, new=NewRfq((line,), (blocked,)))
    with pytest.raises(InvalidInput):
        office.do(purchasing.create_rfq, new=NewRfq((), (asked["farm"],)))
    with pytest.raises(InvalidInput) as caught:
        office.do(purchasing.create_rfq, new=NewRfq((line, NewRfqLine(asked["oil"], D(0))), (asked["farm"],)))
    assert caught.value.row == 2


def test_a_request_is_found_by_what_it_asks_and_whom(office: Office, asked: dict[str, int]) -> None:
    for text in ("菜籽", "城南", "March", card(office, asked["rfq"]).row.number):
        assert [row.id for row in office.ask(purchasing.list_rfqs, text=text)] == [asked["rfq"]]
    assert office.ask(purchasing.list_rfqs, text="nothing") == []
    assert len(office.ask(purchasing.list_rfqs, is_open=True)) == 1


def test_the_paper_leaves_room_for_prices(office: Office, asked: dict[str, int]) -> None:
    paper = office.ask(purchasing.get_rfq_paper, rfq_id=asked["rfq"], supplier_id=asked["trade"], language="en")
    (table,) = paper.body
    assert [column.kind for column in table.columns][-3:] == ["blank"] * 3  # type: ignore[union-attr]
    assert documents.render_pdf(paper, "en").startswith(b"%PDF")


def test_who_sells_most_of_it_is_offered_first(office: Office, asked: dict[str, int]) -> None:
    for item in ("tomato", "oil"):
        office.do(catalog.save_term, item_id=asked[item], term=catalog.NewTerm(asked["trade"]))
    office.do(catalog.save_term, item_id=asked["oil"], term=catalog.NewTerm(asked["farm"]))
    rows = office.ask(purchasing.list_sellers, item_ids=(asked["tomato"], asked["oil"]))
    assert [(row.supplier_id, row.items) for row in rows] == [(asked["trade"], 2), (asked["farm"], 1)]
