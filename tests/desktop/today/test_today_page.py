"""The first page: cards, work, where they lead, and what somebody without rights sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core import alerts
from core.catalog import NewItem, NewPolicy
from core.maintenance import NewestBackup
from core.office import Office
from core.reports import FigureKind, TodayFigure, WorkKind, WorkRow
from core.stock import NewLine
from db.enums import PostingKind as K
from desktop.context import AppContext
from desktop.shell.places import standard_registry
from desktop.theme import Meaning
from desktop.today import register
from desktop.today.alerts import AlertLine
from desktop.today.figures import MOST, at_most_eight, backup_face, face_of
from desktop.today.page import TodayPage
from desktop.today.work import WorkLine, target_of
from desktop.widgets import Button, set_language, ui_text
from tests.core.costing.house import Room
from tests.desktop.conftest import Shown
from tests.desktop.noting import NotingShell
from tests.factories import make_items
from tests.helpers.accessibility import nameless_controls

DAY = date(2026, 3, 4)


@pytest.fixture
def page(room: Room, office_here: Office, context: AppContext, shown: Shown) -> TodayPage:
    make_items(office_here, [NewItem("米", "kg", "RICE", "Rice", policy=NewPolicy(safety=Decimal(5)))])
    return shown(TodayPage(context))  # type: ignore[no-any-return]


def said(page: TodayPage) -> dict[str, str]:
    return {key: card.accessibleName() for key, card in page._by_key.items()}


def test_at_most_eight_figures_with_what_to_make_of_them(page: TodayPage) -> None:
    names = said(page)
    assert len(names) == MOST and "transit" not in names
    assert names["stock_value"].startswith("Stock value, ¥")
    assert names["usage"].startswith("Usage this week, ¥150.00, last week to now")
    assert names["waste"] == "Waste today, ¥0.00, 7 days: ¥18.00"
    assert names["below"] == "Below safety stock, 1 item, to be ordered"
    assert names["backup"] == "Newest backup, none, Make a backup now"
    assert page.error_text() == "" and page.is_loaded()


def test_every_card_and_every_line_leads_somewhere(page: TodayPage, shell: NotingShell, qtbot: QtBot) -> None:
    for card in page._by_key.values():
        before = len(shell.went)
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        assert len(shell.went) == before + 1
    went = dict(shell.went)
    assert went["month_end.review"] == {"first": "2026-02-26", "last": "2026-03-04", "tab": "waste"}
    assert went["stock.on_hand"] == {"level": "below"} and went["settings.maintenance"] == {}
    assert page.work.total() == 2
    page.work.row_activated.emit(page.work.row_at(0))
    assert ("month_end.close", {"month": "2026-01"}) in shell.went
    page.work.row_activated.emit(page.work.row_at(1))
    assert shell.went[-1][0] == "stock.on_hand" and "item_id" in shell.went[-1][1]


def test_a_card_that_leads_nowhere_is_not_shown(
    room: Room, context: AppContext, shown: Shown, shell: NotingShell
) -> None:
    shell.closed = {"stock.on_hand", "month_end.review", "stock.ledger"}
    page = shown(TodayPage(context))
    names = said(page)
    assert not {"stock_value", "usage", "below"} & set(names)
    assert "waste" in names
    page._by_key["waste"].click()
    assert shell.went[-1][0] == "stock.waste"


def test_what_is_posted_meanwhile_is_seen_without_new_cards(page: TodayPage, room: Room, qtbot: QtBot) -> None:
    before = dict(page._by_key)
    room.post(K.WASTE, NewLine(room.items[0], Decimal(1), reason="spoiled"))
    qtbot.waitUntil(lambda: not said(page)["waste"].startswith("Waste today, ¥0.00"))
    assert page._by_key == before


def test_no_money_without_the_right(
    room: Room, context: AppContext, shown: Shown, sign_in_without_costs: Callable[[], None]
) -> None:
    sign_in_without_costs()
    page = shown(TodayPage(context))
    assert page._by_key and not any("¥" in name for name in said(page).values())


def test_a_new_site_says_how_to_begin(context: AppContext, shown: Shown, shell: NotingShell) -> None:
    page = shown(TodayPage(context))
    assert page._stack.currentWidget() is page._nothing
    starts = [button.accessibleName() for button in page._nothing.findChildren(Button)]
    assert starts == ["Receive goods", "Import from a file"]


def test_nothing_to_do_is_said(room: Room, context: AppContext, shown: Shown, shell: NotingShell) -> None:
    shell.closed = {"month_end.close"}
    page = shown(TodayPage(context))
    assert page.alerts.isHidden() and not page._calm.isHidden()
    assert page.work.isHidden() and not page._done.isHidden()


def test_both_languages_and_a_screen_reader(page: TodayPage) -> None:
    assert nameless_controls(page) == []
    set_language("zh")
    assert said(page)["below"] == "低于安全库存, 1 种, 需要补货"
    assert [page.work.words_at(at, "kind") for at in range(2)] == ["月末结账", "低于安全库存"]


def test_eight_at_most_and_the_silent_make_room() -> None:
    usual = [kind for kind in FigureKind if kind not in ("budget", "turnover", "fill_rate")]
    faces = [face_of(TodayFigure(kind, Decimal(0)), DAY) for kind in usual] + [backup_face(None)]
    assert [face.key for face in at_most_eight(faces)] == [
        "stock_value", "usage", "waste", "receipts", "below", "expiring", "counts", "backup",
    ]  # fmt: skip
    busy = [face_of(TodayFigure(kind, Decimal(1), beside=Decimal(1)), DAY) for kind in FigureKind] + [backup_face(None)]
    assert [face.key for face in at_most_eight(busy)] == [
        "stock_value", "usage", "budget", "waste", "below", "fill_rate", "labels", "backup",
    ]  # fmt: skip


def test_alerts_stand_beside_the_work_and_open_the_inbox(
    page: TodayPage, office_here: Office, shell: NotingShell, qtbot: QtBot
) -> None:
    alerts.look_for_alerts(office_here)
    qtbot.waitUntil(lambda: page.alerts.total() > 0)
    found = {page.alerts.words_at(at, "title"): page.alerts.row_at(at) for at in range(page.alerts.total())}
    one = found["At or below safety stock: Rice"]
    assert one is not None and one.group.count == 1
    page.alerts.row_activated.emit(one)
    assert shell.went[-1] == ("alerts.inbox", {"alert_id": one.group.newest.id})
    many = AlertLine(replace(one.group, count=3, unread=0))
    assert ui_text(many.title()) == "At or below safety stock: 3" and many.unread() == ""
    assert many.target() == ("alerts.inbox", {"kind": "below_safety", "urgency": "urgent"})


def test_the_month_says_what_its_checks_want(page: TodayPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "2026-01" in page._checks)
    qtbot.waitUntil(lambda: page.work.words_at(0, "detail") != "it is over and not closed")
    blocks, looks = page._checks["2026-01"]
    line = replace(page._lines[0], checks=(2, 1))
    assert ui_text(line.detail()) == "2 checks stand in the way"
    assert ui_text(replace(line, checks=(0, 1)).detail()) == "1 check wants a look"
    assert ui_text(replace(line, checks=(0, 0)).detail()) == "every check is green"
    assert blocks >= 0 and looks >= 0


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (TodayFigure(FigureKind.BUDGET, Decimal(50), True, Decimal(100), expected=Decimal(90)),
         ("¥50.00", "of ¥100.00, will be ¥90.00", Meaning.GOOD)),
        (TodayFigure(FigureKind.BUDGET, Decimal(50), True, Decimal(100), expected=Decimal(120)),
         ("¥50.00", "of ¥100.00, will be ¥120.00", Meaning.SOON)),
        (TodayFigure(FigureKind.BUDGET, Decimal(150), True, Decimal(100), expected=Decimal(200)),
         ("¥150.00", "over the budget of ¥100.00", Meaning.DANGER)),
        (TodayFigure(FigureKind.BUDGET, Decimal(50), True, Decimal(100)), ("¥50.00", "of ¥100.00", Meaning.PLAIN)),
        (TodayFigure(FigureKind.TURNOVER, Decimal("36.3"), beside=Decimal(11)),
         ("36.3", "lasts 11 days at this usage", Meaning.PLAIN)),
        (TodayFigure(FigureKind.FILL_RATE, Decimal("0.9796"), beside=Decimal(2153)),
         ("98.0 %", "of 2153 lines due in 4 weeks", Meaning.GOOD)),
        (TodayFigure(FigureKind.FILL_RATE, Decimal("0.9"), beside=Decimal(1)),
         ("90.0 %", "of 1 line due in 4 weeks", Meaning.SOON)),
    ],
)  # fmt: skip
def test_what_the_slow_figures_say(context: AppContext, figure: TodayFigure, said: tuple[str, str, Meaning]) -> None:
    face = face_of(figure, DAY)
    assert (ui_text(face.figure), ui_text(face.note[0]), face.note[1]) == said and face.targets


@pytest.mark.parametrize(
    ("hours", "is_verified", "figure", "meaning"),
    [
        (3, True, "3 hours old", Meaning.GOOD),
        (3, False, "3 hours old", Meaning.SOON),
        (200, True, "8 days old", Meaning.DANGER),
    ],
)
def test_the_age_of_a_backup(hours: int, is_verified: bool, figure: str, meaning: Meaning) -> None:
    face = backup_face(NewestBackup(datetime(2026, 3, 4, tzinfo=UTC), hours, "b.stew", "PC", 1, is_verified))
    assert f"{ui_text(face.figure)} {ui_text(face.unit)}" == figure
    assert face.note[1] is meaning


@pytest.mark.parametrize(
    ("row", "target", "detail"),
    [
        (WorkRow(WorkKind.EXPIRED, 7, "L1", "奶", "Milk", expires_on=date(2026, 3, 2), qty=Decimal(2), unit_en="L"),
         ("stock.lots", {"lot_id": 7, "board": "expired"}), "2 L left, expired 2 days ago"),
        (WorkRow(WorkKind.EXPIRING, 7, "L1", "奶", "Milk", expires_on=DAY, qty=Decimal(2), unit_en="L"),
         ("stock.lots", {"lot_id": 7, "board": "days3"}), "2 L left, expires today"),
        (WorkRow(WorkKind.EXPIRING, 0, count=9), ("stock.lots", {"board": "days3"}), ""),
        (WorkRow(WorkKind.APPROVE, 3, "C1", qty=Decimal(5), floor=Decimal(6)),
         ("stock.count_review", {"count_id": 3}), "5 of 6 lines counted"),
        (WorkRow(WorkKind.RESOLVE, 3, "C1", qty=Decimal(6), floor=Decimal(6)),
         ("stock.count_review", {"count_id": 3}), "6 of 6 lines counted"),
        (WorkRow(WorkKind.COUNT, 3, "C1", qty=Decimal(0), floor=Decimal(6)),
         ("stock.count", {"count_id": 3}), "0 of 6 lines counted"),
        (WorkRow(WorkKind.ARRIVAL, 3, "TR-1", qty=Decimal(1)), ("stock.transit", {}), "1 line on its way"),
        (WorkRow(WorkKind.BELOW, 5, "A", qty=Decimal(-1), floor=Decimal(0), unit_en="kg"),
         ("stock.on_hand", {"level": "below", "item_id": 5}), "−1 kg: less than nothing"),
        (WorkRow(WorkKind.BELOW, 0, count=3), ("stock.on_hand", {"level": "below"}), ""),
        (WorkRow(WorkKind.DELIVERY, 7, "PO-1", qty=Decimal(2), days=2),
         ("purchasing.receive", {"order_id": 7}), "2 days late, lines awaited: 2"),
        (WorkRow(WorkKind.DELIVERY, 7, "PO-1", qty=Decimal(2)),
         ("purchasing.receive", {"order_id": 7}), "2 lines awaited today"),
        (WorkRow(WorkKind.DELIVERY, 0, count=3), ("purchasing.receive", {}), ""),
        (WorkRow(WorkKind.ORDER, 7, "PO-1", amount=Decimal(5)),
         ("purchasing.order", {"order_id": 7}), "worth ¥5.00"),
        (WorkRow(WorkKind.ORDER, 0, count=3), ("purchasing.orders", {}), ""),
        (WorkRow(WorkKind.EXPENSE, 7, "EX-1", amount=Decimal(5)),
         ("month_end.expenses", {"expense_id": 7}), "worth ¥5.00"),
        (WorkRow(WorkKind.INVOICE, 7, "IN-1"), ("purchasing.invoice", {"invoice_id": 7}), "not as ordered or received"),
        (WorkRow(WorkKind.INVOICE, 0, count=2), ("purchasing.differences", {}), ""),
        (WorkRow(WorkKind.CLAIM, 7, "CL-1", amount=Decimal(5), days=3, state="sent"),
         ("purchasing.claims", {"claim_id": 7}), "¥5.00 expected, waits 3 days"),
        (WorkRow(WorkKind.CLAIM, 7, "CL-1", days=1, state="sent"),
         ("purchasing.claims", {"claim_id": 7}), "waits 1 day for the credit"),
        (WorkRow(WorkKind.CLAIM, 7, "CL-1", state="open"), ("purchasing.claims", {"claim_id": 7}), "not sent yet"),
        (WorkRow(WorkKind.MONTH, 202602, "2026-02"),
         ("month_end.close", {"month": "2026-02"}), "it is over and not closed"),
        (WorkRow(WorkKind.BUDGET, -1, "2026-03", amount=Decimal(50), limit=Decimal(40), state="over"),
         ("month_end.budgets", {"month": "2026-03"}), "¥50.00 of ¥40.00 is spent"),
        (WorkRow(WorkKind.BUDGET, 4, "2026-03", "肉", "Meat", amount=Decimal(5), limit=Decimal(40),
                 expected=Decimal(50), state="watch"),
         ("month_end.budgets", {"month": "2026-03"}), "will be ¥50.00 of ¥40.00"),
        (WorkRow(WorkKind.SCHEDULE, 4, name="周报"), ("reports.schedules", {}), "was not made or delivered"),
    ],
)  # fmt: skip
def test_work_says_how_it_stands_and_where_it_is_done(
    context: AppContext, row: WorkRow, target: tuple[str, object], detail: str
) -> None:
    line = WorkLine((row.kind, row.id), row, DAY)
    assert target_of(row) == target
    assert ui_text(line.detail()) == detail


def test_it_is_the_first_page_of_its_place(context: AppContext) -> None:
    registry = standard_registry()
    register(registry)
    (page,) = registry.pages
    assert (page.route, page.place, page.permission) == ("today", "today", None)
    assert isinstance(page.factory(context), TodayPage)
