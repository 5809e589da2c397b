"""The page of one posting, and what is registered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton

from core import stock
from core.office import Office
from core.words import Permission
from desktop.context import AppContext
from desktop.shell.places import standard_registry
from desktop.stock import register
from desktop.stock.entry.papers import slip_of
from desktop.stock.entry.posting import PostingPage
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import Larder, waste_some
from tests.helpers.accessibility import nameless_controls

Show = Callable[[PostingPage], PostingPage]
Settled = Callable[[], None]


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Show) -> PostingPage:
    return shown(PostingPage(context, larder.receipt))


def labels(page: PostingPage) -> list[str]:
    return [one.text() for one in page.findChildren(QPushButton) if not one.isHidden()]


def test_it_shows_lines_and_value(page: PostingPage) -> None:
    assert page.detail_title() == "RC-2026-000001"
    assert page.table.total() == 11
    assert page._total.text() == "Value ¥12,172.00"


def test_freight_is_added_and_can_be_undone(
    page: PostingPage, shell: NotingShell, settled: Settled, office_here: Office
) -> None:
    page.open_landed_cost()
    panel = page.panel()
    assert panel is not None
    from desktop.widgets import Form

    form = panel.findChildren(Form)[0]
    form.set_values({"amount": Decimal("121.72"), "document": "FR-1"})
    page.post()
    settled()
    assert page.panel() is None
    assert shell.postings[-1].undo is not None
    value = sum(row.value for row in office_here.ask(stock.list_values))
    assert value == Decimal("12293.72")


def test_freight_without_an_amount_is_asked_for(page: PostingPage) -> None:
    page.open_landed_cost()
    page.post()
    assert page.panel() is not None


def test_reversing_says_by_which(page: PostingPage, settled: Settled, larder: Larder) -> None:
    page.open_reversal()
    panel = page.panel()
    assert panel is not None
    from desktop.widgets import Form

    form = panel.findChildren(Form)[0]
    form.set_values({"note": "Wrong supplier"})
    form.submitted.emit()
    settled()
    assert page._card is not None
    assert page._card.row.reversed_by.startswith("RE-")
    assert page._card.row.reversed_by in labels(page)
    assert not any(label == "Reverse" for label in labels(page))


def test_without_the_right_there_is_no_value(
    context: AppContext, shell: NotingShell, larder: Larder, shown: Show
) -> None:
    shell.forbidden.add(Permission.COST_VIEW)
    shell.forbidden.add(Permission.STOCK_REVERSE)
    page = shown(PostingPage(context, larder.receipt))
    assert "value" not in [column.key for column in page.table.columns]
    assert "Reverse" not in labels(page)


def test_a_posting_that_is_not_there_says_so(context: AppContext, shown: Show) -> None:
    page = shown(PostingPage(context, 999))
    assert page.error_text() == "There is no such posting."


def test_every_control_has_a_name(page: PostingPage) -> None:
    page.open_landed_cost()
    assert nameless_controls(page) == []


def test_slips_can_be_made_in_both_languages(office_here: Office, larder: Larder) -> None:
    waste_some(office_here, larder)
    waste = office_here.ask(stock.list_postings, limit=1)[0].posting_id
    for language in ("zh", "en"):
        for posting_id in (larder.receipt, waste):
            assert slip_of(office_here, language, posting_id)().pdf.startswith(b"%PDF")


def test_everything_is_registered() -> None:
    registry = standard_registry()
    register(registry)
    assert registry.action("stock.waste").key == "W"
    assert registry.page("stock.posting").permission == Permission.STOCK_VIEW
    assert registry.undo is stock.reverse_posting
