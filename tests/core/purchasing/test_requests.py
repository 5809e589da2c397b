"""Requests of departments: what may happen to them, who may do it, and what stays true in between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core import purchasing
from core.documents import render_pdf
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refused
from core.office import Office
from core.purchasing import NewRequest, NewRequestLine
from core.purchasing.steps.requests import mark_ordered, release_ordered
from core.registry import command
from core.uow import UnitOfWork
from db.enums import RequestState
from tests.core.purchasing.people import sign_in_as
from tests.factories import make_item, make_place, make_supplier

DAY = date(2026, 3, 6)


@command(None)
def order_lines_for_test(uow: UnitOfWork, *, ordered: dict[int, tuple[int, ...]]) -> None:
    """Mark lines of requests as ordered."""
    mark_ordered(uow, ordered)


@command(None)
def free_lines_for_test(uow: UnitOfWork, *, order_line_ids: tuple[int, ...]) -> None:
    """Free lines of requests."""
    release_ordered(uow, order_line_ids)


def make_request(office: Office, *lines: NewRequestLine, is_submitted: bool = False, **over: object) -> int:
    fields = {"department": "热厨", "needed_on": DAY, **over}
    new = NewRequest(lines=lines, **fields)  # type: ignore[arg-type]
    return office.do(purchasing.create_request, new=new, is_submitted=is_submitted)


def state_of(office: Office, purchase_request_id: int) -> RequestState:
    return office.ask(purchasing.get_request, purchase_request_id=purchase_request_id).row.state


def test_a_request_goes_from_the_department_to_the_buyer(office: Office) -> None:
    tomatoes = make_item(office, "TOM", pack_units=())
    supplier, place = make_supplier(office), make_place(office)
    purchase_request_id = make_request(
        office, NewRequestLine(tomatoes, Decimal("2.5"), supplier_id=supplier, note="  soft  ones "), location_id=place
    )
    card = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id)
    assert card.row.number == "PR-2026-000001"
    assert (card.row.state, card.row.department, card.row.place.zh) == (RequestState.DRAFT, "热厨", "COLD")
    assert (card.lines[0].qty, card.lines[0].unit, card.lines[0].base_qty) == (Decimal("2.5"), "kg", Decimal("2.5"))
    assert card.lines[0].note == "soft ones"
    assert card.can == {"edit", "submit", "cancel"}
    office.do(purchasing.submit_request, purchase_request_id=purchase_request_id, version=card.row.version)
    assert office.ask(purchasing.count_requests) == 1
    office.do(purchasing.approve_request, purchase_request_id=purchase_request_id)
    card = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id)
    assert card.row.state is RequestState.APPROVED and card.decided_at is not None and card.decided_by
    assert card.can == {"withdraw", "cancel"}
    assert office.ask(purchasing.list_departments) == ["热厨"]
    assert office.ask(purchasing.find_request, number="pr-2026-000001 ") == purchase_request_id


def test_a_request_turned_down_says_why_and_can_be_opened_again(office: Office) -> None:
    purchase_request_id = make_request(office, NewRequestLine(make_item(office), Decimal(1)), is_submitted=True)
    with pytest.raises(InvalidInput) as caught:
        office.do(purchasing.reject_request, purchase_request_id=purchase_request_id, note="  ")
    assert caught.value.field == "note"
    office.do(
        purchasing.reject_request, purchase_request_id=purchase_request_id, note="There is enough in the freezer."
    )
    card = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id)
    assert (card.row.state, card.decision_note) == (RequestState.REJECTED, "There is enough in the freezer.")
    office.do(purchasing.reopen_request, purchase_request_id=purchase_request_id)
    assert state_of(office, purchase_request_id) is RequestState.DRAFT


def test_only_what_its_state_allows_happens_to_a_request(office: Office) -> None:
    purchase_request_id = make_request(office, NewRequestLine(make_item(office), Decimal(1)))
    with pytest.raises(Refused):
        office.do(purchasing.approve_request, purchase_request_id=purchase_request_id)
    office.do(purchasing.submit_request, purchase_request_id=purchase_request_id)
    with pytest.raises(Refused):
        office.do(
            purchasing.update_request, purchase_request_id=purchase_request_id, version=2,
            new=NewRequest((NewRequestLine(make_item(office, "B"), Decimal(1)),)),
        )  # fmt: skip
    office.do(purchasing.withdraw_request, purchase_request_id=purchase_request_id)
    office.do(purchasing.cancel_request, purchase_request_id=purchase_request_id)
    for wrong in (purchasing.submit_request, purchasing.reopen_request, purchasing.withdraw_request):
        with pytest.raises(Refused):
            office.do(wrong, purchase_request_id=purchase_request_id)
    with pytest.raises(NotFound):
        office.do(purchasing.submit_request, purchase_request_id=999)


def test_who_approves_needs_the_right(office: Office) -> None:
    item = make_item(office)
    purchase_request_id = make_request(office, NewRequestLine(item, Decimal(1)), is_submitted=True)
    sign_in_as(office, "Technician")
    with pytest.raises(NotAllowed):
        office.do(purchasing.approve_request, purchase_request_id=purchase_request_id)
    with pytest.raises(NotFound):
        office.ask(purchasing.get_request, purchase_request_id=purchase_request_id)
    mine = make_request(office, NewRequestLine(item, Decimal(3)), is_submitted=True)
    assert [row.id for row in office.ask(purchasing.list_requests)] == [mine]
    assert office.ask(purchasing.get_request, purchase_request_id=mine).can == {"withdraw", "cancel"}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (NewRequestLine(0, Decimal(1)), "item"),
        (NewRequestLine(1, Decimal(0)), "qty"),
        (NewRequestLine(1, Decimal(-1)), "qty"),
        (NewRequestLine(1, Decimal("0.0000001")), "qty"),
        (NewRequestLine(1, Decimal(1), unit="crate"), "unit"),
        (NewRequestLine(1, Decimal(1), supplier_id=99), "supplier"),
    ],
)
def test_a_wrong_line_is_named_with_its_row(office: Office, line: NewRequestLine, field: str) -> None:
    assert make_item(office) == 1
    with pytest.raises((InvalidInput, Refused)) as caught:
        make_request(office, NewRequestLine(1, Decimal(1)), line)
    assert (caught.value.row, caught.value.field) == (2, field)
    assert office.ask(purchasing.list_requests) == []


def test_an_empty_request_and_a_day_gone_by_are_refused(office: Office) -> None:
    with pytest.raises(InvalidInput):
        make_request(office)
    with pytest.raises(InvalidInput) as caught:
        make_request(office, NewRequestLine(make_item(office), Decimal(1)), needed_on=date(2026, 3, 3))
    assert caught.value.field == "needed_on"


def test_two_people_edit_one_request_field_by_field(office: Office) -> None:
    item = make_item(office)
    line = NewRequestLine(item, Decimal(1), "kg")
    seen = NewRequest((line,), "热厨", needed_on=DAY)
    purchase_request_id = make_request(office, line)
    theirs = NewRequest((NewRequestLine(item, Decimal(9), "kg"),), "热厨", needed_on=DAY)
    office.do(purchasing.update_request, purchase_request_id=purchase_request_id, version=1, new=theirs, base=seen)
    mine = NewRequest((line,), "凉菜", needed_on=DAY)
    office.do(purchasing.update_request, purchase_request_id=purchase_request_id, version=1, new=mine, base=seen)
    card = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id)
    assert (card.row.department, card.lines[0].qty) == ("凉菜", Decimal(9)), "what each of them touched"
    with pytest.raises(Conflict) as caught:
        clash = NewRequest((NewRequestLine(item, Decimal(5), "kg"),), "热厨", needed_on=DAY)
        office.do(purchasing.update_request, purchase_request_id=purchase_request_id, version=1, new=clash, base=seen)
    assert set(caught.value.theirs) == {"lines"}


def test_a_request_is_ordered_when_all_its_lines_are_and_waits_again_when_one_falls_out(office: Office) -> None:
    first, second = make_item(office, "A"), make_item(office, "B")
    purchase_request_id = make_request(
        office, NewRequestLine(first, Decimal(1)), NewRequestLine(second, Decimal(2)), is_submitted=True
    )
    lines = [line.id for line in office.ask(purchasing.get_request, purchase_request_id=purchase_request_id).lines]
    with pytest.raises(Refused):
        office.do(order_lines_for_test, ordered={71: (lines[0],)})
    office.do(purchasing.approve_request, purchase_request_id=purchase_request_id)
    office.do(order_lines_for_test, ordered={71: (lines[0],)})
    assert state_of(office, purchase_request_id) is RequestState.APPROVED
    for wrong in (purchasing.withdraw_request, purchasing.cancel_request):
        with pytest.raises(Refused):
            office.do(wrong, purchase_request_id=purchase_request_id)
    with pytest.raises(Refused):
        office.do(order_lines_for_test, ordered={72: (lines[0],)})
    office.do(order_lines_for_test, ordered={72: (lines[1],)})
    row = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id).row
    assert (row.state, row.ordered) == (RequestState.ORDERED, 2)
    with pytest.raises(Refused):
        office.do(purchasing.reopen_request, purchase_request_id=purchase_request_id)
    office.do(free_lines_for_test, order_line_ids=(72,))
    row = office.ask(purchasing.get_request, purchase_request_id=purchase_request_id).row
    assert (row.state, row.ordered) == (RequestState.APPROVED, 1)


def test_lists_of_requests_are_filtered(office: Office) -> None:
    first, second = make_item(office, "A"), make_item(office, "B")
    draft = make_request(office, NewRequestLine(first, Decimal(1)))
    waiting = make_request(office, NewRequestLine(second, Decimal(1)), is_submitted=True, department="酒吧")

    def ids(**chosen: object) -> list[int]:
        return [row.id for row in office.ask(purchasing.list_requests, **chosen)]

    assert ids() == [waiting, draft]
    assert ids(states=(RequestState.SUBMITTED,)) == [waiting]
    assert ids(department="热厨") == [draft]
    assert ids(item_id=second) == [waiting]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_the_slip_of_a_request_is_a_paper(office: Office, language: str) -> None:
    item = make_item(office, "TOM", name="番茄", name_en="Tomatoes")
    purchase_request_id = make_request(office, NewRequestLine(item, Decimal(12), note="soft"), is_submitted=True)
    paper = office.ask(purchasing.get_request_paper, purchase_request_id=purchase_request_id, language=language)
    assert paper.number == "PR-2026-000001"
    assert render_pdf(paper, language=language)[:5] == b"%PDF-"
