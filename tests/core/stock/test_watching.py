"""Other domains hear of reversals: they may refuse them, and follow them in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal as D

import pytest

from core import stock
from core.errors import Refused
from core.i18n import _
from core.office import Office
from core.registry import command
from core.stock import NewLine
from core.stock.steps import watching
from core.uow import UnitOfWork
from tests.factories import make_item


class Listener:
    """Remembers what it was asked and told; refuses the postings in `held`."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.told: list[tuple[int, int]] = []
        self.held: set[int] = set()

    def check(self, _uow: UnitOfWork, posting_ids: Sequence[int]) -> None:
        self.asked.append(list(posting_ids))
        if self.held & set(posting_ids):
            raise Refused(_("An adjustment of nothing changes nothing. Write how much more or (with a minus) less."))

    def after(self, uow: UnitOfWork, pairs: Sequence[tuple[int, int]]) -> None:
        for _posting_id, reversal_id in pairs:
            assert stock.get_posting(uow, posting_id=reversal_id).row.posting_id == reversal_id
        self.told.extend(pairs)


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    heard = Listener()
    monkeypatch.setattr(watching, "_watchers", list(watching._watchers))
    stock.watch_reversals(heard.check, heard.after)
    yield heard


@command(None)
def reverse_several_for_test(uow: UnitOfWork, *, posting_ids: tuple[int, ...]) -> int:
    """Take several postings back at one desk."""
    desk = stock.Desk(uow)
    made = stock.post_reversals(uow, desk, posting_ids=posting_ids)
    desk.close()
    return made


def receipts(office: Office, count: int) -> list[int]:
    item = make_item(office)
    lines = (NewLine(item, D(2), value=D(10)),)
    return [office.do(stock.receive_goods, lines=lines).posting_id for _number in range(count)]


def test_one_reversal_is_asked_and_told(office: Office, listener: Listener) -> None:
    (receipt,) = receipts(office, 1)
    back = office.do(stock.reverse_posting, posting_id=receipt)
    assert listener.asked == [[receipt]]
    assert listener.told == [(receipt, back.posting_id)]


def test_many_reversals_are_asked_and_told_at_once(office: Office, listener: Listener) -> None:
    several = receipts(office, 3)
    office.do(stock.reverse_posting, posting_id=several[0])
    listener.asked.clear()
    listener.told.clear()
    assert office.do(reverse_several_for_test, posting_ids=tuple(several)) == 2
    assert listener.asked == [[several[2], several[1]]]
    assert [posting_id for posting_id, _reversal in listener.told] == [several[2], several[1]]


def test_a_refusal_leaves_the_ledger_as_it_was(office: Office, listener: Listener) -> None:
    first, second = receipts(office, 2)
    listener.held = {first}
    with pytest.raises(Refused):
        office.do(stock.reverse_posting, posting_id=first)
    with pytest.raises(Refused):
        office.do(reverse_several_for_test, posting_ids=(first, second))
    assert listener.told == []
    assert office.ask(stock.get_posting, posting_id=second).row.reversed_by == ""


def test_nothing_is_told_of_other_postings(office: Office, listener: Listener) -> None:
    receipts(office, 1)
    assert (listener.asked, listener.told) == ([], [])
