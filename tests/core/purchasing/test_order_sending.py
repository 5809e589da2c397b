"""Sending orders: by e-mail, on paper, by phone; revisions; what is asked; nothing goes twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from email import policy
from email.parser import BytesParser
from typing import Any

import pytest
from sqlalchemy import select

from core import catalog, documents, identity, mail, purchasing
from core.catalog import NewContact, NewTerm
from core.errors import InvalidInput, NeedsConfirmation, NotAllowed, Refused
from core.i18n import verbatim
from core.mail import MailServerEdit
from core.office import Office
from core.purchasing import NewOrderLine
from core.registry import query
from core.uow import UnitOfWork
from db.enums import ApprovalSubject, MailState, OrderState, SendWay
from db.mail import MailOutbox
from tests.core.purchasing.order_makers import draft, get_order_row, list_line_rows, receive_for_test
from tests.core.purchasing.people import sign_in_as
from tests.core.purchasing.test_orders import asked, edits, sent, version
from tests.factories import make_item, make_supplier
from tests.helpers.sites import ADMIN, PASSWORD

S = OrderState
MAIL, PHONE, PAPER = SendWay.MAIL, SendWay.PHONE, SendWay.PAPER
send = purchasing.send_order


@query(None)
def list_messages_for_test(uow: UnitOfWork) -> list[bytes]:
    """The e-mails in the outbox, byte for byte."""
    return [bytes(one) for one in uow.sql.execute(select(MailOutbox.message).order_by(MailOutbox.id)).scalars()]


@pytest.fixture
def line(office: Office) -> NewOrderLine:
    """5 kg at 20.00."""
    return NewOrderLine(make_item(office), D(5), price=D(20))


def set_up_mail(office: Office) -> None:
    edit = MailServerEdit("127.0.0.1", 2525, "none", "", "kitchen@example.com", "后厨")
    office.do(mail.save_mail_server, new=edit, version=0)


def test_an_order_goes_by_mail_with_its_paper(office: Office, line: NewOrderLine) -> None:
    set_up_mail(office)
    supplier = make_supplier(office, name_en="Green Farm", language="en", contact="Ann", email="info@farm.example")
    contact = NewContact("Bob", email="orders@farm.example", gets_orders=True)
    office.do(catalog.save_contact, supplier_id=supplier, contact=contact)
    key = draft(office, supplier, line, deliver_on=date(2026, 3, 6), note="Back door")
    shown = office.ask(purchasing.get_order_mail, order_id=key)
    done = office.do(send, order_id=key, version=1, way=MAIL, message="Ring twice.")
    assert (done.state, done.revision, done.version) == (S.SENT, 1, 2)
    assert done.recipients == shown.to == ("orders@farm.example",)
    message = BytesParser(policy=policy.default).parsebytes(office.ask(list_messages_for_test)[0])
    body = message.get_body()
    assert body is not None
    assert "Ann" in body.get_content() and "Ring twice." in body.get_content()
    assert "PO-2026-000001" in str(message["subject"]) and str(message["subject"]) == shown.subject
    attached = next(message.iter_attachments())
    kept = office.ask(documents.get_printed_paper, printed_id=done.print_id)
    assert attached.get_filename() == "PO-2026-000001.pdf" and attached.get_content() == kept.content
    card = office.ask(purchasing.get_order, order_id=key)
    assert card.row.mail is MailState.QUEUED and [one.mail_id for one in card.mails] == [done.mail_id]
    assert [(one.revision, one.way, one.print_id) for one in card.versions] == [(1, MAIL, done.print_id)]
    assert [one.amount for one in card.approvals] == [D("100.00")]


def test_the_same_request_never_sends_twice(office: Office, line: NewOrderLine) -> None:
    set_up_mail(office)
    key = draft(office, make_supplier(office, email="a@farm.example"), line)
    first = office.do(send, request_id="one", order_id=key, version=1, way=MAIL)
    assert office.do(send, request_id="one", order_id=key, version=1, way=MAIL) == first
    assert len(office.ask(list_messages_for_test)) == 1
    with pytest.raises(NeedsConfirmation, match="has not changed since") as again:
        office.do(send, order_id=key, version=2, way=MAIL)
    assert again.value.key == "sent_already"
    done = office.do(
        send, order_id=key, version=2, way=MAIL, to=("b@farm.example",), confirmed=frozenset({"sent_already"})
    )
    assert (done.revision, done.recipients, done.state) == (1, ("b@farm.example",), S.SENT)
    assert len(office.ask(purchasing.get_order, order_id=key).versions) == 1


def test_mail_that_cannot_go_leaves_the_order_unsent(office: Office, line: NewOrderLine) -> None:
    supplier, silent = make_supplier(office, email="a@farm.example"), make_supplier(office, "S2")
    key, mute = draft(office, supplier, line), draft(office, silent, line)
    with pytest.raises(Refused, match="No mail server"):
        office.do(send, order_id=key, version=1, way=MAIL)
    set_up_mail(office)
    with pytest.raises(InvalidInput, match="no e-mail address") as refused:
        office.do(send, order_id=mute, version=1, way=MAIL)
    assert refused.value.field == "to"
    with pytest.raises(InvalidInput):
        office.do(send, order_id=key, version=1, way=MAIL, to=("not an address",))
    row = office.ask(get_order_row, order_id=key)
    assert (row.state, row.revision, row.version) == ("draft", 0, 1)
    assert office.ask(list_messages_for_test) == []


def test_a_blocked_supplier_gets_no_order(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office)
    key = draft(office, supplier, line)
    office.do(catalog.block_supplier, supplier_id=supplier, version=1, note="Rats")
    with pytest.raises(Refused, match=r"blocked for orders \(Rats\)"):
        office.do(send, order_id=key, version=1, way=PHONE)


def test_minimum_budget_day_and_slips_are_asked_about(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office, minimum_value=D(150), monthly_budget=D(180))
    day = date(2026, 3, 6)
    first = draft(office, supplier, line, deliver_on=day)
    assert asked(office, send, order_id=first, version=1, way=PHONE) == "below_minimum"
    second = draft(office, supplier, line, deliver_on=day)
    facts: dict[str, Any] = {"order_id": second, "version": 1, "way": PHONE}
    keys: list[str] = []
    for _step in range(4):
        try:
            office.do(send, **facts, confirmed=frozenset(keys))
        except NeedsConfirmation as question:
            assert question.text.render("zh") != question.text.render("en")
            keys.append(question.key)
    assert keys == ["second_order", "below_minimum", "over_budget"]
    office.do(catalog.save_term, item_id=line.item_id, term=NewTerm(supplier, price=D(20)))
    other = make_supplier(office, "S2")
    office.do(catalog.save_term, item_id=line.item_id, term=NewTerm(other, price=D(20)))
    slip = draft(office, other, replace(line, price=D(200)))
    assert asked(office, send, order_id=slip, version=1, way=PHONE) == "slips"
    late = draft(office, other, line, deliver_on=date(2026, 3, 2))
    assert asked(office, send, order_id=late, version=1, way=PHONE) == "deliver_on_passed"


def test_quantities_the_supplier_does_not_deliver_are_asked_about_with_the_other_slips(
    office: Office, line: NewOrderLine
) -> None:
    supplier, other = make_supplier(office), make_item(office, "EGG-001")
    for item in (line.item_id, other):
        term = NewTerm(supplier, price=D(20), minimum_qty=D(6), multiple_qty=D(4))
        office.do(catalog.save_term, item_id=item, term=term)
    key = draft(office, supplier, line, NewOrderLine(other, D(10), price=D(200)), replace(line, qty=D(8)))
    with pytest.raises(NeedsConfirmation) as question:
        office.do(send, order_id=key, version=1, way=PHONE)
    assert question.value.key == "slips"
    said = question.value.text.render("en").splitlines()
    assert [one.partition(":")[0] for one in said] == ["Line 1", "Line 2", "Line 2"]
    assert "5 kg is less than the supplier delivers (6 kg). 8 kg would fit." in said[0]
    assert "about 10 times" in said[1] and "no multiple of 4 kg. 12 kg would fit." in said[2]
    assert office.do(send, order_id=key, version=1, way=PHONE, confirmed=frozenset({"slips"})).state is S.SENT


def test_a_change_goes_as_the_next_revision(office: Office, line: NewOrderLine) -> None:
    set_up_mail(office)
    key = draft(office, make_supplier(office, email="a@farm.example"), line, line)
    office.do(send, order_id=key, version=1, way=MAIL)
    first, second = edits(office, key)
    office.do(purchasing.update_order, order_id=key, version=2, lines=(replace(first, qty=D(4)),))
    office.do(purchasing.update_order, order_id=key, version=version(office, key), changes={"note": "Ring"})
    assert "replaces" in office.ask(purchasing.get_order_mail, order_id=key).body or True
    done = office.do(send, order_id=key, version=version(office, key), way=MAIL, reason="Less guests")
    assert (done.revision, done.state) == (2, S.SENT)
    newest = office.ask(purchasing.get_order, order_id=key).versions[0]
    assert newest.reason == "Less guests"
    assert [(one.kind, one.line, one.before, one.after) for one in newest.changes] == [
        ("order", 0, "", "Ring"), ("changed", 1, D(5), D(4)), ("removed", 2, D(5), None),
    ]  # fmt: skip
    subjects = [
        BytesParser(policy=policy.default).parsebytes(one)["subject"] for one in office.ask(list_messages_for_test)
    ]
    assert subjects[0] != subjects[1] and second.id is not None


def test_what_has_come_in_part_can_change_and_go_again(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line, line)
    office.do(receive_for_test, order_id=key, came=(D(5), D(0)))
    first, second = edits(office, key)
    mine = (first, replace(second, qty=D(3)))
    assert office.do(purchasing.update_order, order_id=key, version=3, lines=mine).state is S.PART_RECEIVED
    done = office.do(send, order_id=key, version=version(office, key), way=PAPER)
    assert (done.revision, done.state) == (2, S.PART_RECEIVED)


def test_a_cancelled_order_is_told_by_mail_when_it_went_by_mail(office: Office, line: NewOrderLine) -> None:
    set_up_mail(office)
    supplier = make_supplier(office, email="a@farm.example")
    mailed, told = draft(office, supplier, line), draft(office, supplier, line)
    office.do(send, order_id=mailed, version=1, way=MAIL)
    office.do(send, order_id=told, version=1, way=PHONE)
    office.do(purchasing.cancel_order, order_id=told, version=2, reason="Rain")
    assert len(office.ask(list_messages_for_test)) == 1
    office.do(purchasing.cancel_order, order_id=mailed, version=2, reason="Rain")
    message = BytesParser(policy=policy.default).parsebytes(office.ask(list_messages_for_test)[1])
    body = message.get_body()
    assert body is not None and "Rain" in body.get_content() and not list(message.iter_attachments())


def test_who_orders_sends_a_draft_up_to_the_limit(office: Office, line: NewOrderLine) -> None:
    supplier = make_supplier(office)
    small, large = draft(office, supplier, line), draft(office, supplier, replace(line, qty=D(6)))
    office.do(identity.set_own_pin, password=PASSWORD, new_pin="8642")
    roles = {one.name_en: one.role_id for one in office.ask(identity.list_roles)}
    rule: dict[str, Any] = {"limit_amount": D(100), "role_id": roles["Manager"]}
    office.do(identity.set_approval_rule, subject=ApprovalSubject.ORDER, **rule)
    sign_in_as(office, "Buyer")
    assert office.do(send, order_id=small, version=1, way=PHONE).state is S.SENT
    approvals = office.ask(purchasing.get_order, order_id=small).approvals
    assert [(one.by, one.amount) for one in approvals] == [("Li Buyer", D("100.00"))]
    with pytest.raises(NotAllowed, match="over 100"):
        office.do(send, order_id=large, version=1, way=PHONE)
    assert office.ask(get_order_row, order_id=large).state == "draft"
    assert office.do(send, order_id=large, version=1, way=PHONE, stand_in=(ADMIN, "8642")).state is S.SENT
    approvals = office.ask(purchasing.get_order, order_id=large).approvals
    assert [(one.by, one.asked_by, one.amount) for one in approvals] == [(ADMIN, "Li Buyer", D("120.00"))]


def test_nothing_is_sent_of_an_order_that_is_over(office: Office, line: NewOrderLine) -> None:
    key = sent(office, make_supplier(office), line)
    line_id = office.ask(list_line_rows, order_id=key)[0].id
    closed = office.do(purchasing.close_line, order_id=key, version=2, line_id=line_id, reason="x")
    with pytest.raises(Refused, match="sending is not possible"):
        office.do(send, order_id=key, version=closed.version, way=PHONE)


def test_a_mail_the_server_refuses_stands_in_the_list(office: Office, line: NewOrderLine) -> None:
    set_up_mail(office)
    key = draft(office, make_supplier(office, email="a@farm.example"), line)
    done = office.do(send, order_id=key, version=1, way=MAIL)
    taken = office.do(mail.take_mail, holder="run-1")
    assert taken == done.mail_id
    refused = mail.Delivery("refused", verbatim("550 no such user"))
    office.do(mail.mark_mail, mail_id=taken, holder="run-1", delivery=refused)
    row = office.ask(purchasing.list_orders).rows[0]
    assert (row.mail, row.state) == (MailState.FAILED, S.SENT)
    assert office.ask(purchasing.get_order, order_id=key).mails[0].state is MailState.FAILED
