"""Ledger, postings, lots, places, reservations, proposals, kit check, age and idle stock."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core import catalog, stock
from core.clock import FixedClock
from core.office import Office
from desktop.context import AppContext
from desktop.shell.registry import Page
from desktop.stock.entry.handover import Handover
from desktop.stock.entry.transfer import TransferPage
from desktop.stock.lists.ageing_page import AgeingPage
from desktop.stock.lists.idle_page import IdlePage
from desktop.stock.lists.kit_lines import Asked, read_lines
from desktop.stock.lists.kit_page import KitPage
from desktop.stock.lists.ledger_page import LedgerPage
from desktop.stock.lists.lots_page import LotsPage
from desktop.stock.lists.on_hand_page import OnHandPage
from desktop.stock.lists.period import days_of
from desktop.stock.lists.places_page import PlacesPage
from desktop.stock.lists.postings_page import PostingsPage
from desktop.stock.lists.proposals_page import ProposalsPage
from desktop.stock.lists.reservations_page import ReservationsPage
from desktop.stock.lists.trace_page import TracePage
from desktop.widgets import FormPanel, WhyPanel, set_language
from tests.desktop.noting import NotingShell
from tests.desktop.stock.entry.larder import Larder, waste_some
from tests.helpers.accessibility import nameless_controls
from tests.helpers.scans import scan_of

D = Decimal
Show = Callable[[Any], Any]


def noted(context: AppContext) -> NotingShell:
    """The shell that takes notes."""
    assert isinstance(context.shell, NotingShell)
    return context.shell


# --- ledger and postings


def test_the_ledger_shows_entries_newest_first(
    context: AppContext, office_here: Office, larder: Larder, shown: Show
) -> None:
    waste_some(office_here, larder)
    page = shown(LedgerPage(context))
    assert page.table.total() == 16
    assert [page.table.words_at(0, key) for key in ("kind", "item", "place", "qty")] == [
        "Waste",
        "Tomatoes",
        "Cold room",
        "−0.8 kg",
    ]
    assert page.table.words_at(0, "detail") == "Over-prepped"


def test_ledger_filters_and_opening(
    context: AppContext, office_here: Office, larder: Larder, shell: NotingShell, shown: Show, qtbot: QtBot
) -> None:
    waste_some(office_here, larder)
    page = shown(LedgerPage(context, item_id=larder.items["TOM-001"]))
    assert page.table.total() == 3
    page.chips.set_value("kind", "receipt")
    qtbot.waitUntil(lambda: page.table.total() == 1)
    page.table.row_activated.emit(page.table.row_at(0))
    assert shell.went == [("stock.posting", {"posting_id": larder.receipt})]
    page.clear_filters()
    qtbot.waitUntil(lambda: page.table.total() == 16)
    page.period.choose("yesterday")
    qtbot.waitUntil(lambda: page.table.total() == 0)


def test_the_whole_ledger_goes_into_the_file(
    context: AppContext,
    larder: Larder,
    shown: Show,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    office_here = context.office
    shell = noted(context)
    waste_some(office_here, larder)
    page = shown(LedgerPage(context))
    page.file.save(tmp_path / "ledger.csv")
    qtbot.waitUntil(lambda: bool(shell.said))
    rows = list(csv.DictReader((tmp_path / "ledger.csv").read_text("utf-8-sig").splitlines()))
    value = next(key for key in rows[0] if key.startswith("Value"))
    assert len(rows) == 16 and sum(D(row[value]) for row in rows) == office_here.ask(
        stock.sum_stock_value, filters=stock.StockFilter()
    )


def test_usual_periods() -> None:
    day = date(2026, 3, 15)
    assert days_of("week", day) == (date(2026, 3, 9), day)
    assert days_of("last_month", day) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days_of("this_month", day) == (date(2026, 3, 1), day)


def test_postings_by_kind_and_number(
    context: AppContext, office_here: Office, larder: Larder, shell: NotingShell, shown: Show, qtbot: QtBot
) -> None:
    waste_some(office_here, larder)
    page = shown(PostingsPage(context))
    assert page.table.total() == 6
    page.chips.set_value("kind", "receipt")
    qtbot.waitUntil(lambda: page.table.total() == 1)
    assert page.table.words_at(0, "document") == "DN-7001"
    page.scan(scan_of("DN-7001"))
    qtbot.waitUntil(lambda: bool(shell.went))
    assert shell.went[-1] == ("stock.posting", {"posting_id": larder.receipt})


# --- lots


def lot_numbers(page: LotsPage) -> list[str]:
    return [page.table.words_at(at, "number") for at in range(page.table.total())]


def test_the_board_shows_what_expires(
    context: AppContext, larder: Larder, handover: Handover, clock: FixedClock, shown: Show
) -> None:
    clock.advance(days=(date(2026, 3, 8) - clock.now().date()).days)
    page = shown(LotsPage(context, handover))
    assert lot_numbers(page) == ["M-0301", "M-0305", "BEF-77"]
    page._chips["days3"].setChecked(True)
    assert lot_numbers(page) == ["M-0301"]
    page._chips["days7"].setChecked(True)
    assert lot_numbers(page) == ["M-0301", "M-0305"] and not page._chips["days3"].isChecked()


def test_a_lot_is_blocked_with_a_reason_and_released(
    context: AppContext, office_here: Office, larder: Larder, handover: Handover, shown: Show, qtbot: QtBot
) -> None:
    page = shown(LotsPage(context, handover))
    row = page._lots[0]
    page._open_form("block", row)
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.save()
    assert panel.form.editor("note").error()
    panel.form.editor("note").set_value("smells")
    panel.save()
    qtbot.waitUntil(lambda: any(one.is_blocked for one in page._lots))
    assert office_here.ask(stock.list_lots)[0].note == "smells"
    page._open_form("release", page._lots[0])
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.save()
    qtbot.waitUntil(lambda: not any(one.is_blocked for one in page._lots))


def test_wrong_dates_of_a_lot_are_said_at_their_field(
    context: AppContext, larder: Larder, handover: Handover, shown: Show, qtbot: QtBot
) -> None:
    page = shown(LotsPage(context, handover))
    page._open_form("dates", page._lots[0])
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    panel.form.editor("produced_on").set_value(date(2026, 4, 1))
    panel.form.editor("expires_on").set_value(date(2026, 3, 1))
    panel.save()
    qtbot.waitUntil(lambda: bool(panel.form.editor("expires_on").error()))


def test_what_is_left_of_a_lot_explains_itself(
    context: AppContext, larder: Larder, handover: Handover, shown: Show, qtbot: QtBot
) -> None:
    page = shown(LotsPage(context, handover))
    page.table.why_requested.emit(page._lots[0], "qty")
    qtbot.waitUntil(lambda: isinstance(page.panel(), WhyPanel))
    assert page.panel().agrees()


def test_a_lot_is_traced_through_production(
    context: AppContext,
    larder: Larder,
    shown: Show,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    office_here = context.office
    shell = noted(context)
    lots = office_here.ask(stock.list_lots, item_id=larder.items["BEF-001"])
    used = (stock.NewLine(larder.items["BEF-001"], D(10), location_id=larder.places["COLD"], lot_id=lots[0].lot_id),)
    made = (
        stock.NewLine(
            larder.items["MLK-001"],
            D(5),
            location_id=larder.places["KITCHEN"],
            lot="SOUP-1",
            expires_on=date(2026, 3, 30),
        ),
    )
    office_here.do(stock.produce_goods, used=used, made=made)
    page = shown(TracePage(context, lot_id=lots[0].lot_id))
    assert page.detail_title() == "BEF-77"
    assert [page.made.words_at(0, key) for key in ("number", "qty")] == ["SOUP-1", "5 L"]
    assert page.out.total() == 1 and page.left.total() == 2
    page.print_page()
    assert shell.makers[0]().pdf.startswith(b"%PDF")
    page.file.save(tmp_path / "recall.csv")
    qtbot.waitUntil(lambda: bool(shell.said))
    assert "SOUP-1" in (tmp_path / "recall.csv").read_text("utf-8-sig")


# --- places


def place_codes(page: PlacesPage) -> list[str]:
    return [page.table.words_at(at, "code") for at in range(page.table.total())]


def test_a_place_is_added_locked_and_retired(
    context: AppContext, office_here: Office, larder: Larder, shown: Show, qtbot: QtBot
) -> None:
    page = shown(PlacesPage(context))
    page.primary()
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    for key, value in (("parent", "COLD"), ("code", "COLD-1"), ("name", "一号架"), ("name_en", "Rack 1")):
        panel.form.editor(key).set_value(value)
    panel.save()
    qtbot.waitUntil(lambda: "COLD-1" in place_codes(page))
    for kind, state in (("lock", "Locked"), ("unlock", "")):
        page.open_form(kind, next(row for row in page.known.places if row.code == "COLD-1"))
        panel = page.panel()
        assert isinstance(panel, FormPanel)
        if kind == "lock":
            panel.form.editor("lock_note").set_value("defrosting")
        panel.save()
        qtbot.waitUntil(lambda state=state: page.table.words_at(place_codes(page).index("COLD-1"), "state") == state)  # type: ignore[misc]
    page.open_form("retire", next(row for row in page.known.places if row.code == "COLD-1"))
    page.panel().save()
    qtbot.waitUntil(lambda: "COLD-1" not in place_codes(page))
    assert not next(
        row for row in office_here.ask(stock.list_locations, with_retired=True) if row.code == "COLD-1"
    ).is_active


def test_a_place_with_stock_is_not_retired(context: AppContext, larder: Larder, shown: Show, qtbot: QtBot) -> None:
    page = shown(PlacesPage(context))
    page.open_form("retire", next(row for row in page.known.places if row.code == "COLD"))
    panel = page.panel()
    panel.save()
    qtbot.waitUntil(lambda: panel.form._notice.text() != "")
    assert "still stock" in panel.form._notice.text()


def rename(page: PlacesPage, code: str) -> FormPanel:
    page.open_form("edit", next(row for row in page.known.places if row.code == code))
    panel = page.panel()
    assert isinstance(panel, FormPanel)
    return panel


@pytest.mark.parametrize(("keeps_mine", "name"), [(True, "Mine"), (False, "Theirs")])
def test_two_people_edit_one_field_and_are_asked(
    context: AppContext, larder: Larder, shown: Show, qtbot: QtBot, keeps_mine: bool, name: str
) -> None:
    office_here = context.office
    page = shown(PlacesPage(context))
    panel = rename(page, "DRY")
    row = next(one for one in page.known.places if one.code == "DRY")
    changes = {"name_en": "Theirs", "walk_order": 77}
    office_here.do(stock.update_location, location_id=row.location_id, version=row.version, changes=changes)
    panel.form.editor("name_en").set_value("Mine")
    panel.form.editor("distance").set_value(5)
    panel.save()
    qtbot.waitUntil(lambda: bool(panel.question()))
    assert "Theirs" in panel.question()
    panel.answer(keeps_mine=keeps_mine)

    def stored() -> stock.LocationRow:
        return next(one for one in office_here.ask(stock.list_locations) if one.code == "DRY")

    qtbot.waitUntil(lambda: stored().distance == 5)
    assert (stored().name_en, stored().walk_order) == (name, 77)


def test_fields_of_two_people_are_merged_silently(
    context: AppContext, office_here: Office, larder: Larder, shown: Show, qtbot: QtBot
) -> None:
    page = shown(PlacesPage(context))
    panel = rename(page, "DRY")
    row = next(one for one in page.known.places if one.code == "DRY")
    office_here.do(stock.update_location, location_id=row.location_id, version=row.version, changes={"walk_order": 77})
    panel.form.editor("name_en").set_value("Mine")
    with qtbot.waitSignal(panel.saved):
        panel.save()
    stored = next(one for one in office_here.ask(stock.list_locations) if one.code == "DRY")
    assert (stored.name_en, stored.walk_order) == ("Mine", 77)


# --- reservations, proposals, kit


def test_goods_are_reserved_and_taken(
    context: AppContext, office_here: Office, larder: Larder, shell: NotingShell, shown: Show, qtbot: QtBot
) -> None:
    page = shown(ReservationsPage(context, item_id=larder.items["RIC-001"]))
    panel = page.panel()
    qtbot.waitUntil(lambda: panel.form.editor("item_id").value() == larder.items["RIC-001"])
    panel.form.editor("qty").set_value(D(500))
    panel.form.editor("purpose").set_value("Wedding")
    panel.save()
    qtbot.waitUntil(lambda: bool(panel.form.editor("qty").error()))
    panel.form.editor("qty").set_value(D(20))
    panel.save()
    qtbot.waitUntil(lambda: page.table.total() == 1)
    assert [page.table.words_at(0, key) for key in ("item", "qty", "purpose", "state")] == [
        "Jasmine rice", "20 kg", "Wedding", "Reserved",
    ]  # fmt: skip
    page._close(page.table.row_at(0), is_used=True)
    qtbot.waitUntil(lambda: page.table.total() == 0)


def test_a_proposal_fills_the_transfer_form(
    context: AppContext,
    larder: Larder,
    handover: Handover,
    shown: Show,
    qtbot: QtBot,
) -> None:
    office_here = context.office
    shell = noted(context)
    eggs, kitchen = larder.items["EGG-001"], larder.places["KITCHEN"]
    policy = catalog.NewPolicy(location_id=kitchen, minimum=D(30), par=D(60))
    office_here.do(catalog.save_policy, item_id=eggs, policy=policy)
    page = shown(ProposalsPage(context, handover))
    assert [page.table.words_at(0, key) for key in ("item", "from", "to", "qty", "missing")] == [
        "Eggs", "Cold room", "Kitchen", "60", "Complete",
    ]  # fmt: skip
    page.table.why_requested.emit(page.table.row_at(0), "qty")
    assert page.panel().agrees()
    page.accept()
    assert shell.went[-1] == ("stock.transfer", {})
    made = handover.receiving(Page("stock.transfer", page.file._title, "stock", None, TransferPage))
    form = shown(made.factory(context))
    qtbot.waitUntil(lambda: bool(form.lines()))
    line = form.lines()[0]
    assert (line.goods.id, line.qty, line.place_id, form.target.value()) == (
        eggs,
        D(60),
        larder.places["COLD"],
        kitchen,
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("TOM-001\t2.5", Asked("TOM-001", D("2.5"), "")),
        ("TOM-001 2.5 kg", Asked("TOM-001", D("2.5"), "kg")),
        ("TOM-001 x 3", Asked("TOM-001", D(3), "")),
        ("TOM-001 × 3 箱", Asked("TOM-001", D(3), "箱")),
        ("TOM-001;番茄;3;kg", Asked("TOM-001", D(3), "kg")),
        ("6901234567892", Asked("6901234567892", D(1), "")),
    ],
)
def test_pasted_lines_are_read(text: str, asked: Asked) -> None:
    assert read_lines(text) == ([asked], [])


def test_lines_that_make_no_sense_are_told_apart() -> None:
    asked, unread = read_lines("\nhello there you\nTOM-001\t-4\nRIC-001\t1\n")
    assert [one.code for one in asked] == ["RIC-001"] and len(unread) == 2


def test_a_list_is_checked(context: AppContext, office_here: Office, larder: Larder, shown: Show, qtbot: QtBot) -> None:
    tomatoes, soy = larder.items["TOM-001"], larder.items["SOY-001"]
    office_here.do(catalog.add_substitute, item_id=tomatoes, substitute_id=soy)
    page = shown(KitPage(context))
    page.add_text("TOM-001\t150\nRIC-001\t2 case\nOIL-001\t500\nnobody knows this")
    qtbot.waitUntil(lambda: page.table.total() == 3)
    states = {row.item_code: page.table.words_at(at, "state") for at, row in enumerate(page._rows)}
    assert states == {"TOM-001": "By substitute", "RIC-001": "There", "OIL-001": "Missing"}
    rice = next(row for row in page._rows if row.item_code == "RIC-001")
    assert rice.needed == D(50)
    assert "1 line cannot be read" in page.trouble.text() and page.result.text() == "1 line cannot be picked."
    page.table.why_requested.emit(rice, "available")
    qtbot.waitUntil(lambda: isinstance(page.panel(), WhyPanel))
    assert page.panel().agrees()
    page.clear()
    assert page.table.total() == 0


# --- age and idle stock


def test_every_age_explains_itself(
    context: AppContext, office_here: Office, larder: Larder, clock: FixedClock, shown: Show, qtbot: QtBot
) -> None:
    clock.advance(days=40)
    line = stock.NewLine(larder.items["RIC-001"], D(7), value=D("61.37"))
    office_here.do(stock.receive_goods, lines=(line,))
    page = shown(AgeingPage(context))
    rice = next(row for row in page._rows if row.item_code == "RIC-001")
    for key in ("qty", "value", "age0", "age1"):
        page.close_panel()
        page.table.why_requested.emit(rice, key)
        qtbot.waitUntil(lambda: isinstance(page.panel(), WhyPanel))
        assert page.panel().agrees(), key
    assert [label for _words, label in page.chart.labels()][2:] == ["¥0.00"] * 3


def test_the_age_at_a_past_moment(
    context: AppContext, larder: Larder, clock: FixedClock, shown: Show, qtbot: QtBot
) -> None:
    received = clock.now()
    clock.advance(days=200)
    page = shown(AgeingPage(context))
    assert page._rows[0].qtys[3] > 0
    page.as_at.set_moment(received + timedelta(hours=1))
    qtbot.waitUntil(lambda: page._rows[0].qtys[0] > 0)


def test_idle_stock_explains_its_value(
    context: AppContext, larder: Larder, handover: Handover, clock: FixedClock, shown: Show, qtbot: QtBot
) -> None:
    clock.advance(days=120)
    page = shown(IdlePage(context, handover))
    assert page.table.total() == 10 and page.table.words_at(0, "state") == "Never used"
    page.table.why_requested.emit(page.table.row_at(0), "value")
    qtbot.waitUntil(lambda: isinstance(page.panel(), WhyPanel))
    assert page.panel().agrees()


# --- all of them


@pytest.mark.parametrize("make", [LedgerPage, PostingsPage, ReservationsPage, AgeingPage])
def test_an_empty_list_says_what_belongs_there(
    context: AppContext, shown: Show, make: Callable[[AppContext], Any]
) -> None:
    page = shown(make(context))
    assert page._stack.currentWidget() is page._nothing


@pytest.mark.parametrize("make", [LotsPage, ProposalsPage, IdlePage])
def test_an_empty_list_that_hands_over_says_it_too(
    context: AppContext, handover: Handover, shown: Show, make: Callable[[AppContext, Handover], Any]
) -> None:
    page = shown(make(context, handover))
    assert page._stack.currentWidget() is page._nothing


PAGES: tuple[tuple[Any, dict[str, Any]], ...] = (
    (OnHandPage, {"item_id": 1}), (LedgerPage, {"item_id": 1}), (PostingsPage, {}), (LotsPage, {"lot_id": 1}),
    (TracePage, {"lot_id": 1}), (PlacesPage, {"location_id": 3}), (PlacesPage, {"is_adding": True}),
    (ReservationsPage, {"is_adding": True}), (ProposalsPage, {}), (KitPage, {"text": "TOM-001 1"}), (AgeingPage, {}),
    (IdlePage, {"days": 30}),
)  # fmt: skip
HANDING_OVER = (OnHandPage, LotsPage, ProposalsPage, IdlePage)


@pytest.mark.parametrize(("make", "args"), PAGES)
def test_every_control_has_a_name(
    context: AppContext, larder: Larder, handover: Handover, shown: Show, make: Any, args: dict[str, Any]
) -> None:
    given = (handover,) if make in HANDING_OVER else ()
    page = shown(make(context, *given, **args))
    assert not nameless_controls(page)


@pytest.mark.parametrize(("make", "args"), PAGES)
def test_nothing_is_lost_when_the_language_changes(
    context: AppContext, larder: Larder, handover: Handover, shown: Show, make: Any, args: dict[str, Any]
) -> None:
    given = (handover,) if make in HANDING_OVER else ()
    page = shown(make(context, *given, **args))
    words = [widget.text() for widget in page.findChildren(QLineEdit)]
    set_language("zh")
    chinese = page.accessibleName()
    set_language("en")
    assert page.accessibleName() != chinese
    assert [widget.text() for widget in page.findChildren(QLineEdit)] == words
