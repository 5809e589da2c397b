"""The outbox: what is queued is kept to the byte, once for one request, and a person decides where nobody can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core import identity, mail, maintenance
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Refused
from core.i18n import _
from core.mail import Delivery, Mailbox, MailFilter, MailServerEdit
from core.office import Office
from db.base import table_of
from db.enums import MailState
from db.journal import Journal
from db.mail import MailOutbox
from tests.core.mail.makers import NEW, card, queue, run_step, server_edit, set_up
from tests.helpers.sites import ADMIN, PASSWORD

OUTBOX = table_of(MailOutbox)
WHY = _("It arrived")


def message(office: Office, mail_id: int) -> bytes:
    wanted = select(OUTBOX.c.message).where(OUTBOX.c.id == mail_id)
    return bytes.fromhex(run_step(office, lambda uow: str(uow.sql.execute(wanted).scalar_one().hex())))


def take(office: Office, holder: str = "run-1") -> int:
    return office.do(mail.take_mail, holder=holder)


def mark(office: Office, mail_id: int, outcome: str, holder: str = "run-1") -> MailState:
    return office.do(mail.mark_mail, mail_id=mail_id, holder=holder, delivery=Delivery(outcome, WHY))  # type: ignore[arg-type]


def make_unsure(office: Office) -> int:
    mail_id = queue(office)
    assert take(office) == mail_id
    assert mark(office, mail_id, "unsure") is MailState.UNSURE
    return mail_id


def test_without_a_mail_server_nothing_is_queued_and_the_way_out_is_said(office: Office) -> None:
    with pytest.raises(Refused) as caught:
        queue(office)
    assert "Settings" in str(caught.value)
    assert office.ask(mail.list_mails).total == 0


def test_a_queued_mail_is_read_back_whole(office: Office) -> None:
    set_up(office, reply_to="buyer@example.com")
    mail_id = queue(office, copies=(Mailbox("chef@example.com"),))
    found = card(office, mail_id)
    assert found.row.state is MailState.QUEUED and found.row.made_by == ADMIN and not found.row.decided_by
    assert found.row.recipients == "绿源农场 <orders@farm.example>, chef@example.com"
    assert found.row.subject == NEW.subject and found.body == NEW.body
    assert found.attachments == (("采购订单 PO-9.pdf", 10),)
    assert found.sender == "后厨 <kitchen@example.com>"
    assert (found.copies, found.answer_to) == ("chef@example.com", "buyer@example.com")
    assert found.question is None and found.row.why is None and found.row.size > 500
    own = card(office, queue(office, answer_to=Mailbox("a@b.example")))
    assert own.answer_to == "a@b.example"


def test_the_same_request_queues_once_and_one_request_may_queue_several(office: Office) -> None:
    set_up(office)
    first = queue(office, request_id="r-1")
    assert queue(office, request_id="r-1") == first
    assert office.ask(mail.list_mails).total == 1

    def two(uow: object) -> list[int]:
        return [mail.queue_mail(uow, replace(NEW, subject=words)) for words in ("A", "B")]  # type: ignore[arg-type]

    ids = run_step(office, two, "r-2")
    assert len(set(ids)) == 2 and tuple(run_step(office, two, "r-2")) == tuple(ids)
    assert office.ask(mail.list_mails).total == 3
    messages = [message(office, one) for one in ids]
    heads = {one.split(b"\r\n")[0] for one in messages}
    assert len(heads) == 2 and all(head.startswith(b"Message-ID: <steward.") for head in heads)


@pytest.mark.parametrize(
    "over",
    [{"to": ()}, {"to": (Mailbox("nobody"),)}, {"subject": ""}, {"attachments": (("a", "b/c", b"x" * 15_000_001),)}],
)
def test_what_cannot_be_sent_is_not_queued(office: Office, over: dict[str, Any]) -> None:
    set_up(office)
    with pytest.raises(InvalidInput):
        queue(office, **over)
    assert office.ask(mail.list_mails).total == 0


def test_the_latest_mail_of_each_record_is_told(office: Office) -> None:
    set_up(office)
    queue(office, owner_id=1)
    second, third = queue(office, owner_id=1), queue(office, owner_id=2)
    queue(office, owner_kind="claim", owner_id=1)
    found = run_step(
        office, lambda uow: {key: row.id for key, row in mail.mail_states(uow, "order", [1, 2, 3, 2]).items()}
    )
    assert {int(key): value for key, value in found.items()} == {1: second, 2: third}
    assert run_step(office, lambda uow: len(mail.mail_states(uow, "order", range(10_000)))) == 2


def test_the_outbox_is_filtered_and_read_in_parts(office: Office) -> None:
    set_up(office)
    ids = [queue(office, owner_id=number, subject=f"Order {number} 100%") for number in range(5)]
    claim = queue(office, owner_kind="claim", owner_id=7, to=(Mailbox("fish@sea.example"),))
    office.do(mail.withdraw_mail, mail_id=ids[2])

    def found(**over: Any) -> list[int]:
        return [row.id for row in office.ask(mail.list_mails, wanted=MailFilter(**over)).rows]

    assert found() == [claim, *reversed(ids)]
    assert found(states=(MailState.WITHDRAWN,)) == [ids[2]]
    assert found(owner_kind="claim") == [claim] and found(owner_kind="order", owner_id=3) == [ids[3]]
    assert found(text="FISH@") == [claim] and found(text="4 100%") == [ids[4]] and found(text="%%") == []
    part = office.ask(mail.list_mails, offset=1, limit=2)
    assert [row.id for row in part.rows] == [ids[4], ids[3]] and part.total == 6


def test_counts_say_who_waits_and_since_when(office: Office, clock: FixedClock) -> None:
    set_up(office)
    assert office.ask(mail.count_mails).waits_since is None and office.ask(mail.count_mails).is_set_up
    first = clock.now()
    ids = [queue(office) for _number in range(4)]
    clock.advance(hours=2)
    queue(office)
    take(office), mark(office, ids[0], "refused")
    take(office), mark(office, ids[1], "unsure")
    take(office)
    counts = office.ask(mail.count_mails)
    assert (counts.queued, counts.sending, counts.failed, counts.unsure) == (2, 1, 1, 1)
    assert counts.need_person == 2 and counts.waits_since == first


def test_a_person_says_that_it_arrived(office: Office) -> None:
    set_up(office)
    mail_id = make_unsure(office)
    question = card(office, mail_id).question
    assert question is not None and "orders@farm.example" in question.render("zh")
    office.do(mail.it_arrived, mail_id=mail_id)
    found = card(office, mail_id)
    assert found.row.state is MailState.SENT and found.row.decided_by == ADMIN and found.row.sent_at is not None
    assert found.question is None
    with pytest.raises(Refused):
        office.do(mail.send_again, mail_id=mail_id)


def test_a_person_has_it_sent_again_from_the_address_of_today(office: Office) -> None:
    set_up(office)
    mail_id = queue(office)
    before = message(office, mail_id)
    take(office)
    assert mark(office, mail_id, "refused") is MailState.FAILED
    assert card(office, mail_id).row.why == WHY
    set_up(office, address="new@example.com", name="New")
    office.do(mail.send_again, mail_id=mail_id)
    found = card(office, mail_id)
    assert (found.row.state, found.row.attempts, found.row.why) == (MailState.QUEUED, 0, None)
    assert found.sender == "New <new@example.com>"
    after = message(office, mail_id)
    assert [line for line in before.split(b"\r\n") if b"kitchen@" in line or b"From" in line]
    assert before.partition(b"\r\nTo:")[2] == after.partition(b"\r\nTo:")[2], "all else is the same"
    assert take(office, "run-2") == mail_id


def test_a_withdrawn_mail_is_never_sent(office: Office, clock: FixedClock) -> None:
    set_up(office)
    waiting, unsure = queue(office), make_unsure_of_second(office)
    for mail_id in (waiting, unsure):
        office.do(mail.withdraw_mail, mail_id=mail_id)
        assert card(office, mail_id).row.state is MailState.WITHDRAWN
        for command in (mail.send_again, mail.it_arrived, mail.withdraw_mail):
            with pytest.raises(Refused):
                office.do(command, mail_id=mail_id)
    clock.advance(days=9)
    assert take(office) == 0


def make_unsure_of_second(office: Office) -> int:
    """A second mail goes wrong while the first waits on."""
    mail_id = queue(office)
    first = take(office)
    assert take(office, "run-2") == mail_id and mark(office, mail_id, "unsure", "run-2") is MailState.UNSURE
    mark(office, first, "later")
    return mail_id


def test_a_mail_being_sent_is_left_alone(office: Office) -> None:
    set_up(office)
    mail_id = queue(office)
    take(office)
    for command in (mail.send_again, mail.it_arrived, mail.withdraw_mail):
        with pytest.raises(Refused, match="right now"):
            office.do(command, mail_id=mail_id)
    assert take(office, "run-2") == 0
    assert office.ask(mail.get_taken_mail, mail_id=mail_id, holder="run-1").also_to == ()
    for holder in ("run-2", ""):
        with pytest.raises(Refused):
            office.ask(mail.get_taken_mail, mail_id=mail_id, holder=holder)


def test_a_late_answer_counts_only_while_nobody_decided(office: Office, clock: FixedClock) -> None:
    set_up(office)
    mail_id = queue(office)
    take(office)
    clock.advance(minutes=30)
    assert office.do(mail.ask_stranded) == 1 and office.do(mail.ask_stranded) == 0
    found = card(office, mail_id)
    assert found.row.state is MailState.UNSURE and found.row.why is not None and found.taken_by == "test"
    assert mark(office, mail_id, "later") is MailState.UNSURE, "it does not go back to the queue by itself"
    assert mark(office, mail_id, "sent", "somebody") is MailState.UNSURE
    assert mark(office, mail_id, "sent") is MailState.SENT
    assert mark(office, mail_id, "refused") is MailState.SENT
    second = make_unsure(office)
    office.do(mail.send_again, mail_id=second)
    assert mark(office, second, "sent") is MailState.QUEUED, "a person asked for it again"


def test_a_mail_that_is_not_there_is_told(office: Office) -> None:
    set_up(office)
    for command in (mail.send_again, mail.it_arrived, mail.withdraw_mail):
        with pytest.raises(NotFound):
            office.do(command, mail_id=99)
    with pytest.raises(NotFound):
        card(office, 99)


def test_put_off_mails_wait_and_go_at_once_when_the_server_is_put_right(office: Office, clock: FixedClock) -> None:
    set_up(office)
    mail_id = queue(office)
    take(office)
    mark(office, mail_id, "later")
    assert take(office) == 0 and office.ask(mail.get_mails_due).due == 0
    assert office.ask(mail.get_mails_due).next_at == clock.now() + timedelta(minutes=1)
    assert office.do(mail.hurry_mails) == 1 and take(office) == mail_id
    mark(office, mail_id, "later")
    assert take(office) == 0
    set_up(office, host="smtp.example.com")
    assert office.ask(mail.get_mails_due).due == 1 and take(office) == mail_id


def test_the_mail_server_is_kept_and_two_people_merge_field_by_field(office: Office) -> None:
    assert not office.ask(mail.get_mail_server).is_set
    first = server_edit(host=" SMTP.Example.com. ", user=" me ", reply_to="")
    assert office.do(mail.save_mail_server, new=first) == 1
    kept = office.ask(mail.get_mail_server)
    assert kept.edit == MailServerEdit("smtp.example.com", 2525, "none", "me", "kitchen@example.com", "后厨")
    assert (kept.version, kept.saved_by) == (1, ADMIN)
    mine, theirs = replace(kept.edit, port=587), replace(kept.edit, name="厨房")
    assert office.do(mail.save_mail_server, new=theirs, version=1, seen=kept.edit) == 2
    assert office.do(mail.save_mail_server, new=mine, version=1, seen=kept.edit) == 3
    assert office.ask(mail.get_mail_server).edit == replace(kept.edit, port=587, name="厨房")
    with pytest.raises(Conflict):
        office.do(mail.save_mail_server, new=replace(kept.edit, port=25), version=1, seen=kept.edit)


@pytest.mark.parametrize(
    ("field", "value"),
    [("host", ""), ("host", "a b"), ("host", "-a.example"), ("host", "x" * 300), ("port", 0), ("port", 70_000),
     ("security", "tls"), ("user", "x" * 201), ("user", "a\nb"), ("address", "kitchen"), ("reply_to", "x@"), ("address", "")],
)  # fmt: skip
def test_settings_that_cannot_be_right_are_told_at_their_field(office: Office, field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        office.do(mail.save_mail_server, new=server_edit(**{field: value}))
    assert caught.value.field == field
    assert not office.ask(mail.get_mail_server).is_set


@pytest.mark.parametrize("host", ["localhost", "192.168.1.9", "::1", "邮件.example", "smtp.qq.com"])
def test_servers_may_be_called_in_any_way(office: Office, host: str) -> None:
    office.do(mail.save_mail_server, new=server_edit(host=host))
    assert office.ask(mail.get_mail_server).edit.host == host


def test_rights_are_asked_for(office: Office) -> None:
    set_up(office)
    mail_id = queue(office)
    kitchen = next(role.role_id for role in office.ask(identity.list_roles) if role.name_en == "Kitchen manager")
    cook = identity.NewPerson("Cook", password=PASSWORD, roles=(identity.RoleGrant(kitchen),))
    office.do(identity.add_person, new=cook)
    office.sign_in("Cook", PASSWORD)
    for command in (mail.send_again, mail.it_arrived, mail.withdraw_mail):
        with pytest.raises(NotAllowed):
            office.do(command, mail_id=mail_id)
    with pytest.raises(NotAllowed):
        office.do(mail.save_mail_server, new=server_edit())
    for query in (mail.list_mails, mail.get_mail_server):
        with pytest.raises(NotAllowed):
            office.ask(query)
    assert office.ask(mail.count_mails).queued == 1
    assert take(office) == mail_id, "whoever is signed in, the program sends"


def test_the_journal_names_the_mail(office: Office) -> None:
    set_up(office)
    office.do(mail.withdraw_mail, mail_id=queue(office))
    facts = run_step(
        office,
        lambda uow: uow.sql.execute(select(Journal.facts).where(Journal.command == "mail.withdraw_mail")).scalar_one(),
    )
    assert facts["mail"] == NEW.subject and "orders@farm.example" in facts["to"]


def test_a_restored_site_sends_nothing_that_may_have_left_since(
    office: Office, clock: FixedClock, tmp_path: Path
) -> None:
    set_up(office)
    taken, waiting, gone = queue(office), queue(office), queue(office)
    assert take(office) == taken
    office.do(mail.withdraw_mail, mail_id=gone)
    made = maintenance.back_up(office, tmp_path / "one.stewardbackup")
    target = str(tmp_path / "restored.db")
    maintenance.restore_site(made.path, target)
    with Office.open(target, station="test", clock=clock) as restored:
        restored.sign_in_as_system()
        assert restored.ask(mail.count_mails).unsure == 2 and take(restored) == 0
        found = card(restored, waiting)
        assert found.row.why is not None and "restored" in str(found.row.why) and found.question is not None
        assert card(restored, gone).row.state is MailState.WITHDRAWN
    assert office.ask(mail.count_mails).unsure == 0, "the site itself goes on as it was"


def test_words_of_old_mails_are_let_go_of_and_their_lines_stay(office: Office, clock: FixedClock) -> None:
    set_up(office)
    sent, failed = queue(office), queue(office)
    take(office), mark(office, sent, "sent")
    take(office), mark(office, failed, "refused")
    clock.advance(days=399)
    recent = queue(office)
    assert card(office, sent).is_kept
    clock.advance(days=2)
    queue(office)
    old = card(office, sent)
    assert not old.is_kept and old.body == "" and old.attachments == () and old.row.subject == NEW.subject
    assert card(office, failed).is_kept and card(office, recent).is_kept
    office.do(mail.send_again, mail_id=failed)
