"""A month at work to its end: received, invoiced, counted, wasted, budgeted, claimed, checked, closed, packed, booked, reopened,
put right and closed again, by the people whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from core import alerts, costing, counting, documents, expenses, identity, maintenance, purchasing, reports, stock
from core.catalog import NewTerm, PackUnit
from core.costing import (
    WHOLE,
    Against,
    BookLayout,
    BudgetCell,
    BudgetLevel,
    CheckKind,
    Closed,
    Differences,
    MonthReview,
    MonthState,
)
from core.counting import CountPart, NewCount
from core.errors import NeedsConfirmation, NotAllowed, Refused
from core.expenses import NewExpense, NewExpenseLine
from core.identity import NewPerson, RoleGrant
from core.office import Office
from core.purchasing import NewDelivery, NewDeliveryLine, NewInvoice, NewInvoiceLine
from core.stock import NewLine
from db.enums import (
    AlertKind,
    CountKind,
    CountState,
    ExpenseState,
    InvoiceState,
    RepayWay,
    VarianceReason,
    WasteStage,
)
from tests.core.expenses.helping import picture
from tests.factories import make_item, make_place, make_supplier
from tests.helpers.sites import PASSWORD

if TYPE_CHECKING:
    from core.clock import FixedClock

D = Decimal
PEOPLE = {"王建国": "Kitchen manager", "周海": "Storekeeper", "林晓芸": "Manager", "赵会计": "Cost reviewer"}
CHEF, STOREKEEPER, MANAGER, ACCOUNTANT = PEOPLE
MARCH, APRIL = "2026-03", "2026-04"


def day_of(day: int, month: int = 3) -> date:
    """A day of the story."""
    return date(2026, month, day)


@dataclass
class House:
    """A restaurant with one supplier: tomatoes in cases of 10 kg at 50, oil in cans of 5 l at 60, all in one cold room."""

    office: Office
    clock: FixedClock
    supplier: int
    cold: int
    tomatoes: int
    oil: int

    def day(self, day: int, month: int = 3) -> None:
        """It is that day, noon at the site."""
        self.clock.at = datetime(2026, month, day, 4, tzinfo=UTC)

    def do(self, who: str, command: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody does something, a minute after what was done before."""
        self.clock.advance(minutes=1)
        self.office.sign_in(who, PASSWORD)
        return self.office.do(command, **arguments)

    def ask(self, who: str, query: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody looks at something."""
        self.office.sign_in(who, PASSWORD)
        return self.office.ask(query, **arguments)

    def look_for_alerts(self) -> None:
        """The program looks, whoever sits there."""
        self.clock.advance(minutes=1)
        alerts.look_for_alerts(self.office)

    def lost(self, qty: str, **over: Any) -> None:
        """Tomatoes that spoiled."""
        line = NewLine(self.tomatoes, D(qty), location_id=self.cold, reason="spoiled", stage=WasteStage.STORAGE)
        self.do(STOREKEEPER, stock.record_waste, lines=(line,), **over)

    def review(self, month: str = MARCH, against: Against = Against.PREVIOUS) -> MonthReview:
        """A month as the accountant reads it."""
        found: MonthReview = self.ask(ACCOUNTANT, costing.get_month_review, month=month, against=against)
        return found

    def figures(self, month: str = MARCH) -> dict[str, Decimal]:
        """The month's figures that are not nothing."""
        total = self.review(month).review.total
        names = ("opening", "receipts", "usage", "waste", "adjustments", "closing")
        return {name: total.value(name) for name in names if total.value(name)}

    def states(self) -> dict[str, MonthState]:
        """Where each month stands."""
        return {row.month: row.state for row in self.ask(ACCOUNTANT, costing.list_months)}


@pytest.fixture
def house(office: Office, clock: FixedClock) -> House:
    clock.at = datetime(2026, 3, 1, 4, tzinfo=UTC)
    cold = make_place(office, "COLD-1")
    roles = {one.name_en: one.role_id for one in office.ask(identity.list_roles)}
    for name, role in PEOPLE.items():
        office.do(identity.add_person, new=NewPerson(name, password=PASSWORD, roles=(RoleGrant(roles[role]),)))
    rules = office.ask(purchasing.get_purchase_rules)
    office.do(purchasing.save_purchase_rules, version=rules.version, changes={"invoices_from": day_of(1)})
    supplier = make_supplier(office, tax_rate=D(9), payment_days=30)
    tomatoes = make_item(
        office, "TOM", pack_units=(PackUnit("箱", D(10)),), terms=(NewTerm(supplier, unit="箱", price=D(50)),)
    )
    oil = make_item(
        office, "OIL", base_unit="L", pack_units=(PackUnit("桶", D(5)),),
        terms=(NewTerm(supplier, unit="桶", price=D(60)),),
    )  # fmt: skip
    return House(office, clock, supplier, cold, tomatoes, oil)


def the_month_has_a_budget(house: House) -> None:
    """160 for everything; the store may not set it."""
    cells = (BudgetCell(MARCH, WHOLE, D(160)),)
    with pytest.raises(NotAllowed):
        house.do(STOREKEEPER, costing.set_budgets, cells=cells)
    house.do(ACCOUNTANT, costing.set_budgets, cells=cells)


def goods_come_and_one_of_two_deliveries_is_invoiced(house: House) -> None:
    """Three cases of tomatoes for 150, four cans of oil for 240; the oil's invoice is here."""
    house.day(3)
    for item, packs, unit, price, note in ((house.tomatoes, 3, "箱", 50, "DN-1"), (house.oil, 4, "桶", 60, "DN-2")):
        line = NewDeliveryLine(item, D(packs), unit, price=D(price), location_id=house.cold)
        house.do(STOREKEEPER, purchasing.receive_delivery, new=NewDelivery((line,), house.supplier, note))
    billed = NewInvoiceLine(item_id=house.oil, qty=D(4), unit="桶", price=D(60))
    new = NewInvoice(house.supplier, "F-1", day_of(3), (billed,))
    done = house.do(ACCOUNTANT, purchasing.enter_invoice, invoice=new)
    assert done.state is InvoiceState.MATCHED
    house.do(ACCOUNTANT, purchasing.approve_invoices, invoice_ids=(done.invoice_id,))


def the_kitchen_cooks_and_something_spoils(house: House) -> None:
    """20 kg and 5 l are used, 160 in all; 2 kg of tomatoes for 10 spoil."""
    house.day(9)
    lines = tuple(NewLine(item, D(qty), location_id=house.cold) for item, qty in ((house.tomatoes, 20), (house.oil, 5)))
    house.do(CHEF, stock.issue_goods, lines=lines, purpose="热厨")
    house.lost("2")


def somebody_pays_a_taxi_and_gets_it_back(house: House) -> None:
    """Claimed with the receipt, approved by who may, paid back; nobody approves their own."""
    house.day(12)
    line = NewExpenseLine(day_of(12), 1, D("46.50"), supplier="出租车", receipts=(picture(),))
    made = house.do(STOREKEEPER, expenses.create_expense, new=NewExpense((line,), "去早市"), is_submitted=True)
    with pytest.raises(NotAllowed):
        house.do(STOREKEEPER, expenses.approve_expense, expense_id=made.expense_id)
    house.do(ACCOUNTANT, expenses.approve_expense, expense_id=made.expense_id)
    paid = {"expense_id": made.expense_id, "paid_on": day_of(12), "way": RepayWay.CASH}
    assert house.do(ACCOUNTANT, expenses.pay_expense, **paid).state is ExpenseState.PAID


def everything_is_counted_and_a_kilogram_is_missing(house: House) -> None:
    """8 kg of tomatoes should be there, 7 are: 5 lost. The oil is as the book says."""
    house.day(31)
    count = house.do(
        STOREKEEPER, counting.start_count, new=NewCount(CountKind.FULL, (house.cold,), tolerance_pct=D(20))
    )
    found = {house.tomatoes: D(7), house.oil: D(15)}
    for line in house.ask(STOREKEEPER, counting.list_count_lines, count_id=count):
        house.do(STOREKEEPER, counting.enter_count, line_id=line.id, parts=(CountPart(found[line.item_id]),))
    assert house.do(STOREKEEPER, counting.complete_count, count_id=count).state is CountState.TO_APPROVE
    (off,) = (line.id for line in house.ask(STOREKEEPER, counting.list_count_lines, count_id=count)
              if line.item_id == house.tomatoes)  # fmt: skip
    house.do(STOREKEEPER, counting.give_reason, count_id=count, line_ids=(off,), reason=VarianceReason.UNKNOWN)
    house.do(MANAGER, counting.approve_count, count_id=count)


def the_checks_say_what_is_open(house: House) -> None:
    """The tomatoes' invoice has not come: 150. The month warns of itself, its budget is over by 15."""
    house.day(8, 4)
    checks = house.ask(ACCOUNTANT, costing.list_month_checks, month=MARCH)
    assert {check.kind: (check.count, check.amount) for check in checks.open_checks} == {
        CheckKind.NOT_INVOICED: (1, D("150.00"))
    }
    (line,) = house.ask(ACCOUNTANT, costing.list_check_lines, month=MARCH, kind=CheckKind.NOT_INVOICED)
    assert line.amount == D("150.00")
    house.look_for_alerts()
    assert AlertKind.MONTH_OPEN in {row.kind for row in house.ask(MANAGER, alerts.list_alerts).rows}
    (whole,) = (
        row for row in house.ask(ACCOUNTANT, costing.list_budget_state, month=MARCH).rows if row.place.category_id == 0
    )
    assert (whole.budget, whole.actual, whole.level) == (D(160), D("175.00"), BudgetLevel.OVER)


def it_is_closed(house: House) -> Closed:
    """Only by who may, and knowing what is open."""
    with pytest.raises(NotAllowed):
        house.do(STOREKEEPER, costing.close_month, month=MARCH)
    with pytest.raises(NeedsConfirmation, match=r"150\.00") as asked:
        house.do(ACCOUNTANT, costing.close_month, month=MARCH)
    done: Closed = house.do(ACCOUNTANT, costing.close_month, month=MARCH, confirmed=frozenset({asked.value.key}))
    assert house.states() == {MARCH: MonthState.CLOSED, APRIL: MonthState.RUNNING}
    assert house.figures() == {
        "receipts": D("390.00"), "usage": D("160.00"), "waste": D("10.00"), "adjustments": D("-5.00"),
        "closing": D("215.00"),
    }  # fmt: skip
    with pytest.raises(Refused, match=ACCOUNTANT):
        house.do(MANAGER, costing.close_month, month=MARCH)
    house.look_for_alerts()
    assert AlertKind.MONTH_OPEN not in {row.kind for row in house.ask(MANAGER, alerts.list_alerts).rows}
    return done


def it_goes_on_paper_into_a_workbook_and_into_the_books(house: House, folder: Path) -> None:
    """The pack with the hash of what was stored, a workbook, a sealed file that proves itself, a journal that balances."""
    pack = house.ask(ACCOUNTANT, costing.get_month_pack, month=MARCH, language="zh")
    assert documents.render_pdf(pack, "zh").startswith(b"%PDF")
    book = load_workbook(BytesIO(house.ask(ACCOUNTANT, costing.get_month_book, month=MARCH, language="en")))
    formulas = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 10
    sealed = folder / "2026-03.steward-month"
    sealed.write_bytes(house.ask(ACCOUNTANT, costing.seal_month, month=MARCH))
    assert not costing.check_sealed(sealed).faults
    (account, *_others) = house.ask(ACCOUNTANT, costing.list_accounts)
    house.do(ACCOUNTANT, costing.save_account, use=account.use, code="1403.01", name="食材")
    kept = house.do(ACCOUNTANT, costing.keep_journal, month=MARCH, confirmed=frozenset({"suggested_accounts"}))
    journal = house.ask(ACCOUNTANT, costing.get_journal, month=MARCH)
    assert kept.is_new and len(journal.vouchers) == kept.vouchers
    for voucher in journal.vouchers:
        assert voucher.total == sum((line.credit for line in voucher.lines), D(0))
    for layout in BookLayout:
        facts = {"month": MARCH, "layout": layout, "language": "zh"}
        assert house.ask(ACCOUNTANT, costing.get_journal_file, **facts).content


def a_forgotten_slip_is_found_and_refused(house: House) -> None:
    """The missing kilogram had spoiled on the 20th: too late, and it is said what can be done."""
    before = house.figures()
    with pytest.raises(Refused):
        house.lost("1", at=datetime(2026, 3, 20, 4, tzinfo=UTC))
    assert house.figures() == before


def the_month_is_reopened_put_right_and_closed_again(house: House) -> Closed:
    """By the manager, with the reason; the slip takes the count's loss away: what was counted stays counted."""
    with pytest.raises(NotAllowed):
        house.do(ACCOUNTANT, costing.reopen_month, month=MARCH, reason="漏单")
    house.do(MANAGER, costing.reopen_month, month=MARCH, reason="报损单漏录")
    assert house.states()[MARCH] is MonthState.REOPENED
    house.lost("1", at=datetime(2026, 3, 20, 4, tzinfo=UTC))
    again: Closed = house.do(ACCOUNTANT, costing.close_month, month=MARCH, confirmed=frozenset({"open_checks"}))
    assert house.figures() == {
        "receipts": D("390.00"), "usage": D("160.00"), "waste": D("15.00"), "closing": D("215.00")
    }  # fmt: skip
    return again


def everybody_sees_what_became_different(house: House, first: Closed, again: Closed) -> None:
    """Waste 10 became 15, the count's loss 5 became nothing; by whom and why stays to be read."""
    found: Differences = house.ask(ACCOUNTANT, costing.get_reopened_differences, closing_id=first.closing_id)
    assert {column: (stored, now) for column, stored, now in found.totals} == {
        "waste": (D("10.00"), D("15.00")), "adjustments": (D("-5.00"), D("0.00")),
    }  # fmt: skip
    assert {entry.by for entry in found.entries} == {STOREKEEPER}
    assert house.ask(ACCOUNTANT, costing.get_reopened_differences, closing_id=again.closing_id).is_same
    card = house.ask(ACCOUNTANT, costing.get_closing, closing_id=first.closing_id)
    assert (card.is_standing, card.reopened_by, card.reason) == (False, MANAGER, "报损单漏录")
    kept = house.do(ACCOUNTANT, costing.keep_journal, month=MARCH, confirmed=frozenset({"suggested_accounts"}))
    assert kept.is_new


def april_goes_on_from_there(house: House) -> None:
    """What March left is what April begins with; the tomatoes' invoice comes and changes nothing of March."""
    before = house.figures()
    billed = NewInvoiceLine(item_id=house.tomatoes, qty=D(3), unit="箱", price=D(52))
    new = NewInvoice(house.supplier, "F-2", day_of(9, 4), (billed,))
    house.day(9, 4)
    done = house.do(ACCOUNTANT, purchasing.enter_invoice, invoice=new)
    for one in house.ask(ACCOUNTANT, purchasing.list_differences):
        house.do(ACCOUNTANT, purchasing.accept_difference, match_ids=one.match_ids, reason="涨价 / dearer")
    house.do(ACCOUNTANT, purchasing.approve_invoices, invoice_ids=(done.invoice_id,))
    assert house.figures() == before
    review = house.review(APRIL)
    assert review.review.total.value("opening") == D("215.00") and review.review.ties
    bridge = review.bridge
    assert bridge.start + sum((bridge.amount(part) for part in costing.PARTS), D(0)) == bridge.end
    row = house.ask(MANAGER, reports.get_report_page, name="month-review", limit=5)
    assert row.rows


def test_a_month_from_its_first_delivery_to_its_second_closing(house: House, site_url: str, tmp_path: Path) -> None:
    the_month_has_a_budget(house)
    goods_come_and_one_of_two_deliveries_is_invoiced(house)
    the_kitchen_cooks_and_something_spoils(house)
    somebody_pays_a_taxi_and_gets_it_back(house)
    everything_is_counted_and_a_kilogram_is_missing(house)
    the_checks_say_what_is_open(house)
    first = it_is_closed(house)
    it_goes_on_paper_into_a_workbook_and_into_the_books(house, tmp_path)
    a_forgotten_slip_is_found_and_refused(house)
    again = the_month_is_reopened_put_right_and_closed_again(house)
    everybody_sees_what_became_different(house, first, again)
    april_goes_on_from_there(house)
    assert not maintenance.verify_site(site_url).findings
