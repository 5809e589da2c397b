"""Exactly once across the end of the program: what was on its way is sent again as the same request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from core import stock
from core.errors import Refused
from core.i18n import verbatim
from core.office import Office
from core.words import PostingKind
from desktop.context import AppContext
from desktop.stock.entry.issue import IssuePage
from desktop.stock.entry.lines import EntryLine, Goods
from desktop.stock.entry.returns import ReturnToSupplierPage
from desktop.stock.entry.waste_log import Sending
from desktop.stock.entry.waste_page import WastePage
from desktop.widgets import PageBase
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import Larder

D = Decimal
Show = Callable[[PageBase], PageBase]
Settled = Callable[[], None]


class Killed:
    """A page that sent something and whose program ended: what it kept on the PC is what stood there while it was sent."""

    def __init__(self, context: AppContext, settled: Settled) -> None:
        self._settings, self._settled = context.settings, settled

    def while_sending(self, page: IssuePage) -> None:
        """Post, and let the answer be lost."""
        key = page._drafts._key
        page.post()
        kept = self._settings.get(key)
        self._settled()
        self._settings.put(key, kept)


@pytest.fixture
def killed(context: AppContext, settled: Settled) -> Killed:
    return Killed(context, settled)


def tomatoes(larder: Larder, qty: str) -> EntryLine:
    goods = Goods(larder.items["TOM-001"], "TOM-001", "番茄", "Tomatoes", "kg")
    return EntryLine(0, goods, D(qty), "kg", place_id=larder.places["COLD"], reason="spoiled")


def of_kind(office: Office, kind: PostingKind) -> list[stock.PostingRow]:
    return office.ask(stock.list_postings, kinds=(kind,))


def filled(context: AppContext, larder: Larder, shown: Show, settled: Settled) -> IssuePage:
    page = IssuePage(context)
    shown(page)
    page.sheet.set_lines([tomatoes(larder, "3")])
    page.strip.set_values({"purpose": "Hot kitchen"})
    page.finder.table(larder.items["TOM-001"], lambda _table: None)
    settled()
    return page


def test_an_answer_that_was_lost_is_told_and_nothing_is_offered(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office, killed: Killed
) -> None:
    killed.while_sending(filled(context, larder, shown, settled))
    posted = of_kind(office_here, PostingKind.ISSUE)
    again = IssuePage(context)
    shown(again)
    settled()
    assert again._offer.isHidden()
    assert f"was posted as {posted[0].number} before the program ended" in again.notice.text()
    assert again._drafts.load() is None


def test_the_recovered_entry_is_the_same_request(
    context: AppContext,
    larder: Larder,
    shown: Show,
    settled: Settled,
    office_here: Office,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The database finishes the first request only after the form asked for it: still one posting."""
    page = filled(context, larder, shown, settled)
    sent: list[dict[str, object]] = []
    with monkeypatch.context() as away:
        away.setattr(context.ops, "do", lambda *_args, **given: sent.append(given))
        page.post()
    draft = page._drafts.load()
    assert draft is not None
    assert draft.request_id == sent[0]["request_id"] != ""

    again = IssuePage(context)
    shown(again)
    settled()
    assert "was on its way when the program ended, and was not posted" in again._offer.text()
    office_here.do(
        stock.issue_goods, request_id=draft.request_id, lines=(tomatoes(larder, "3").new_line(1),),
        purpose="Hot kitchen",
    )  # fmt: skip
    again._offer.buttons()[0].click()
    settled()
    again.post()
    settled()
    rows = of_kind(office_here, PostingKind.ISSUE)
    assert len(rows) == 1
    assert again.sheet.lines() == []
    assert again._drafts.load() is None


def test_the_day_is_kept(context: AppContext, larder: Larder, shown: Show, settled: Settled) -> None:
    page = filled(context, larder, shown, settled)
    page.strip.set_values({"at": date(2026, 3, 3)})
    page._drafts.save()
    again = IssuePage(context)
    shown(again)
    again._offer.buttons()[0].click()
    assert again.strip.value("at") == date(2026, 3, 3)
    assert again.strip.value("purpose") == "Hot kitchen"


def test_the_next_entry_is_another_request(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = filled(context, larder, shown, settled)
    page.post()
    settled()
    page.sheet.set_lines([tomatoes(larder, "3")])
    page.post()
    settled()
    assert len(of_kind(office_here, PostingKind.ISSUE)) == 2


def test_after_a_refusal_the_mended_entry_is_another_request(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = filled(context, larder, shown, settled)
    page.sheet.set_lines([tomatoes(larder, "3000")])
    page.post()
    settled()
    draft = page._drafts.load()
    assert draft is not None
    assert draft.request_id == ""


def test_a_return_is_taken_up_with_its_document(
    context: AppContext, larder: Larder, shown: Show, settled: Settled
) -> None:
    page = ReturnToSupplierPage(context, larder.receipt)
    shown(page)
    settled()
    page._drafts.save()
    again = ReturnToSupplierPage(context)
    shown(again)
    again._offer.buttons()[0].click()
    settled()
    assert len(again.sheet.lines()) == len(page.sheet.lines())
    record = again.origin.record()
    assert record is not None
    assert record.id == larder.receipt


def sent_waste(page: WastePage, sending: Sending) -> None:
    """It was sent, and the program ended."""
    page.pad.log._sent[sending.request_id] = sending
    page.pad.log._drafts.save()


def test_waste_that_was_not_posted_is_offered_again(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = WastePage(context)
    shown(page)
    sending = Sending(tomatoes(larder, "3"))
    sent_waste(page, sending)
    again = WastePage(context)
    shown(again)
    settled()
    assert "1 line: it was on its way when the program ended" in again.pad.offer.text()
    office_here.do(stock.record_waste, request_id=sending.request_id, lines=(sending.line.new_line(1),))
    again.pad.offer.buttons()[0].click()
    settled()
    assert len(of_kind(office_here, PostingKind.WASTE)) == 1
    assert again.pad.log._drafts.load() is None


def test_waste_that_arrived_is_told(
    context: AppContext, larder: Larder, shown: Show, settled: Settled, office_here: Office
) -> None:
    page = WastePage(context)
    shown(page)
    first, second = Sending(tomatoes(larder, "3")), Sending(tomatoes(larder, "4"))
    office_here.do(stock.record_waste, request_id=first.request_id, lines=(first.line.new_line(1),))
    sent_waste(page, first)
    sent_waste(page, second)
    again = WastePage(context)
    shown(again)
    settled()
    assert "1 line" in again.pad.offer.text(), "only what did not arrive"
    again.pad.offer.buttons()[1].click()
    assert again.pad.log._drafts.load() is None
    sent_waste(page, first)
    page.pad.log._sent.pop(second.request_id)
    page.pad.log._drafts.save()
    third = WastePage(context)
    shown(third)
    settled()
    assert "before the program ended" in third.pad.offer.text()
    assert third.pad.offer.buttons() == []


def test_an_offer_stays_on_the_pc_while_something_else_is_wasted(
    context: AppContext, larder: Larder, shown: Show, settled: Settled
) -> None:
    page = WastePage(context)
    shown(page)
    sent_waste(page, Sending(tomatoes(larder, "3")))
    again = WastePage(context)
    shown(again)
    settled()
    again.pad.log.send(Sending(tomatoes(larder, "1")))
    settled()
    draft = again.pad.log._drafts.load()
    assert draft is not None
    assert draft.lines == 1


def test_until_it_is_answered_it_is_the_same_request(
    context: AppContext, larder: Larder, shown: Show, shell: NotingShell
) -> None:
    page = IssuePage(context)
    shown(page)
    page.sheet.set_lines([tomatoes(larder, "1")])
    first = page._drafts.send()
    assert page._drafts.send() == first, "until it is answered it is the same"
    page.refuse(Refused(verbatim("no")))
    assert page._drafts.send() != first
    page._drafts.clear()
