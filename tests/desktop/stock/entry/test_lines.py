"""The lines of a form that posts stock: by scan and by keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.context import AppContext
from desktop.stock.entry.issue import IssuePage
from tests.desktop.stock.entry.larder import Larder
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

Show = Callable[[IssuePage], IssuePage]
Settled = Callable[[], None]


@pytest.fixture
def page(context: AppContext, larder: Larder, shown: Show) -> IssuePage:
    return shown(IssuePage(context))


def type_into(page: IssuePage, words: str) -> None:
    focus: QWidget | None = page.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def enter(page: IssuePage) -> None:
    focus: QWidget | None = page.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def find(page: IssuePage, words: str, settled: Settled) -> None:
    page.sheet.focus()
    type_into(page, words)
    enter(page)
    settled()


def test_each_scan_adds_one_pack_of_the_codes_unit(page: IssuePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    find(page, "6900000000007", settled)
    find(page, "6900000000007", settled)
    lines = page.sheet.lines()
    assert [(line.goods.code, line.qty, line.unit) for line in lines] == [("RIC-001", Decimal(3), "kg")]


def test_a_star_and_a_number_corrects_what_was_scanned(page: IssuePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    find(page, "*24", settled)
    assert page.sheet.lines()[0].qty == Decimal(24)


def test_del_removes_a_line(page: IssuePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    page.sheet.table.setFocus()
    page.sheet.table.select_row(0)
    QTest.keyClick(page.sheet.table, Qt.Key.Key_Delete)
    assert page.sheet.lines() == []


def test_a_scan_from_elsewhere_keeps_what_is_typed(page: IssuePage, settled: Settled) -> None:
    note = page.strip.editor("note")
    note.field().setFocus()
    QTest.keyClicks(note.field(), "two boxes wet")
    page.scan(scan_of("6900000000007"))
    settled()
    assert page.strip.value("note") == "two boxes wet"
    assert page.sheet.lines()[0].goods.code == "RIC-001"


def test_an_unknown_code_is_said(page: IssuePage, settled: Settled) -> None:
    page.scan(scan_of("4006381333931"))
    settled()
    assert "4006381333931" in page.notice.text()


def test_what_is_typed_survives_the_program(
    page: IssuePage, context: AppContext, shown: Show, settled: Settled
) -> None:
    find(page, "6900000000007", settled)
    find(page, "*24", settled)
    page.strip.set_values({"document": "DN-9"})
    page._drafts.save()
    again = shown(IssuePage(context))
    assert "with 1 line" in again._offer.text()
    again._take_draft(again._drafts.load())  # type: ignore[arg-type]
    line = again.sheet.lines()[0]
    assert (line.goods.code, line.qty) == ("RIC-001", Decimal(24))
    assert again.strip.value("document") == "DN-9"


def test_a_posted_form_leaves_no_draft(page: IssuePage, settled: Settled) -> None:
    find(page, "6900000000007", settled)
    page._drafts.save()
    page.post()
    settled()
    page._drafts.save()
    assert page._drafts.load() is None


def test_every_control_has_a_name(page: IssuePage) -> None:
    assert nameless_controls(page) == []
