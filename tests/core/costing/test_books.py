"""The journal of a month: it balances, it moves stock as the ledger does, and once kept it stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from core import catalog, costing, expenses, purchasing, stock
from core.clock import FixedClock
from core.costing import Journal, KeptJournal, Month, get_review, period_moments
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotAllowed, Refused
from core.office import Office
from core.stock import NewLine
from core.words import AccountUse as U
from core.words import AccrualStyle, BookGrain, RepayWay, VoucherKind
from core.words import PostingKind as K
from tests.core.costing.books import MARCH, busy_month, close
from tests.core.costing.house import make_room
from tests.core.expenses.helping import add_person, claim, line, signed_in
from tests.core.purchasing.books import await_invoices, goods, invoice, owed, receive, send_back
from tests.factories import make_item, make_supplier


def journal(office: Office, month: str = MARCH) -> Journal:
    found = office.ask(costing.get_journal, month=month)
    for voucher in found.vouchers:
        assert sum((line.debit - line.credit for line in voucher.lines), D(0)) == 0
        assert all(not (line.debit and line.credit) for line in voucher.lines)
    return found


def keep(office: Office, month: str = MARCH) -> KeptJournal:
    kept: KeptJournal = office.do(costing.keep_journal, month=month, confirmed=frozenset({"suggested_accounts"}))
    return kept


def balance(found: Journal, use: U) -> D:
    return found.balance(use)


def test_the_journal_moves_stock_and_usage_as_the_review_does(office: Office) -> None:
    busy_month(office)
    found = journal(office)
    site = office.site
    start, end = period_moments(Month.parse(MARCH).days, site.zone, site.day_start_hour)
    total = office.ask(get_review, start=start, end=end).total
    assert balance(found, U.STOCK) == total.value("closing") - total.value("opening")
    assert balance(found, U.USAGE) == total.value("usage")
    assert balance(found, U.WASTE) == total.value("waste")
    assert balance(found, U.COUNT_DIFFERENCE) == -total.value("adjustments")
    assert {line.section for voucher in found.vouchers for line in voucher.lines if line.use is U.USAGE} >= {"厨房"}


def test_what_is_received_and_not_invoiced_is_what_waits_for_invoices(office: Office) -> None:
    _room, supplier, _invoice = busy_month(office)
    found = journal(office)
    waiting = sum((row.not_invoiced for row in office.ask(purchasing.list_not_invoiced)), D(0))
    assert waiting == D("68.33")
    assert balance(found, U.GOODS_RECEIVED) == -waiting
    assert balance(found, U.PAYABLE) == -D("74.30")
    assert balance(found, U.BANK) == -D(50)
    assert balance(found, U.INPUT_TAX) == D("14.30")
    assert balance(found, U.LANDED_COST) == 0
    lines = [line for voucher in found.vouchers for line in voucher.lines if line.use is U.PAYABLE]
    assert {(line.supplier_id, line.key) for line in lines} == {(supplier, "S1")}


def test_goods_for_which_no_invoice_is_awaited_are_owed_at_once(office: Office) -> None:
    room, supplier, _invoice = busy_month(office)
    await_invoices(office, invoices_from=date(2026, 3, 5))
    back = receive(office, supplier, (room.items[3], "4", "40"))[1][0]
    returned = send_back(office, supplier, room.items[3], "1", back)
    found = journal(office)
    assert balance(found, U.GOODS_RECEIVED) == 0
    assert balance(found, U.PAYABLE) == -D("74.30") - D("68.33") - D(30)
    office.do(stock.reverse_posting, posting_id=returned)
    assert balance(journal(office), U.PAYABLE) == -D("74.30") - D("68.33") - D(40)
    room.post(K.RECEIPT, NewLine(room.items[3], D(1), location_id=1, value=D(7)))
    assert balance(journal(office), U.ADJUSTMENT) == -D(7)


def test_a_difference_accepted_and_goods_that_never_came_stand_where_they_belong(office: Office) -> None:
    room, supplier, _invoice = busy_month(office)
    _posting, (entry,) = receive(office, supplier, (room.items[0], "10", "100"))
    made = invoice(office, supplier, "INV-2", goods(room.items[0], "10", "101"))
    office.do(purchasing.approve_invoices, invoice_ids=(made.invoice_id,), confirmed=frozenset({"findings"}))
    assert owed(office, entry) == 0
    found = journal(office)
    assert balance(found, U.GOODS_RECEIVED) == -D("68.33")
    assert (
        balance(found, U.LANDED_COST) == 0
    )  # freight and the difference came with the invoice and went onto the goods
    assert balance(found, U.PRICE_DIFFERENCE) == 0


def test_accruals_by_the_month_are_reversed_on_the_first_of_the_next(office: Office, clock: FixedClock) -> None:
    busy_month(office)
    office.do(
        costing.save_book_settings,
        voucher_word="记",
        grain=BookGrain.MONTH,
        accruals=AccrualStyle.MONTH_START,
        version=0,
    )
    march = journal(office)
    assert (balance(march, U.GOODS_RECEIVED), balance(march, U.ACCRUAL)) == (D(0), -D("68.33"))
    clock.advance(days=40)
    april = journal(office, "2026-04")
    first = april.vouchers[0]
    assert (first.kind, first.day.isoformat()) == (VoucherKind.ACCRUAL_BACK, "2026-04-01")
    assert balance(april, U.ACCRUAL) == 0


def test_a_voucher_a_day_comes_to_the_same_as_one_a_month(office: Office) -> None:
    busy_month(office)
    monthly = journal(office)
    office.do(
        costing.save_book_settings, voucher_word="转", grain=BookGrain.DAY, accruals=AccrualStyle.ON_INVOICE, version=0
    )
    daily = journal(office)
    assert [balance(daily, use) for use in U] == [balance(monthly, use) for use in U]
    assert {voucher.day.isoformat() for voucher in daily.vouchers} == {"2026-03-04"}
    with pytest.raises(Conflict):
        office.do(
            costing.save_book_settings,
            voucher_word="记",
            grain=BookGrain.DAY,
            accruals=AccrualStyle.ON_INVOICE,
            version=0,
        )


def test_accounts_are_suggested_until_they_are_set_and_go_down_the_tree(office: Office) -> None:
    room, supplier, _invoice = busy_month(office)
    room.post(K.RECEIPT, NewLine(room.items[3], D(4), location_id=1, value=D(9)), supplier_id=supplier)
    assert U.STOCK in journal(office).suggested
    food = next(str(row.id) for row in office.ask(catalog.list_categories) if row.path == "食品")
    whole = office.do(costing.save_account, use=U.STOCK, code="1405", name="库存商品")
    office.do(costing.save_account, use=U.STOCK, key=food, code="140301", name="食品")
    office.do(costing.save_account, use=U.WASTE, key="expired", code="660209", name="过期损耗")
    found = journal(office)
    codes = {line.code for voucher in found.vouchers for line in voucher.lines if line.use is U.STOCK}
    assert codes == {"1405", "140301"}
    assert {line.code for voucher in found.vouchers for line in voucher.lines if line.use is U.WASTE} == {
        "660209",
        "540102",
    }
    assert U.STOCK not in found.suggested
    rows = office.ask(costing.list_accounts)
    assert [(row.key, row.about, row.code) for row in rows if row.use is U.STOCK] == [
        ("", "", "1405"),
        (food, "食品", "140301"),
    ]
    with pytest.raises(Conflict):
        office.do(costing.save_account, use=U.STOCK, code="1406")
    office.do(costing.remove_account, account_id=whole)
    with pytest.raises(InvalidInput) as caught:
        office.do(costing.save_account, use=U.BANK, key="x", code="1002")
    assert caught.value.field == "key"
    with pytest.raises(InvalidInput):
        office.do(costing.save_account, use=U.BANK, code=" ")


def test_a_kept_journal_stays_and_later_ones_book_what_became_different(office: Office, clock: FixedClock) -> None:
    _room, supplier, invoice_id = busy_month(office)
    with pytest.raises(Refused, match="is not closed"):
        keep(office)
    clock.advance(days=30)
    close(office)
    before = journal(office)
    with pytest.raises(NeedsConfirmation, match="Nobody has set the accounts"):
        office.do(costing.keep_journal, month=MARCH)
    kept = keep(office)
    assert (kept.is_new, kept.total, kept.vouchers) == (True, before.total, len(before.vouchers))
    office.do(costing.save_account, use=U.STOCK, code="9999", name="别的")
    again = journal(office)
    assert again.is_final
    assert again.vouchers == before.vouchers
    assert keep(office).is_new is False
    assert journal(office, "2026-04").vouchers == ()
    paid = office.ask(purchasing.list_payments, invoice_id=invoice_id)[0]
    office.do(purchasing.undo_payment, payment_id=paid.id)
    card = office.ask(purchasing.get_invoice, invoice_id=invoice_id)
    office.do(purchasing.withdraw_invoice, invoice_id=invoice_id, version=card.row.version, reason="查")
    april = journal(office, "2026-04")
    assert [voucher.kind for voucher in april.vouchers] == [VoucherKind.INVOICE, VoucherKind.PAYMENT]
    assert balance(april, U.PAYABLE) == D("74.30")
    assert balance(april, U.BANK) == D(50)
    office.do(costing.reopen_month, month=MARCH, reason="查")
    assert journal(office).is_final is False
    with pytest.raises(Refused):
        keep(office)
    close(office)
    anew = keep(office)
    assert anew.is_new
    assert journal(office).balance(U.PAYABLE) == 0
    assert supplier


def test_journals_are_kept_in_order(office: Office, clock: FixedClock) -> None:
    busy_month(office)
    clock.advance(days=90)
    close(office, "2026-04")
    keep(office, "2026-04")
    with pytest.raises(Refused, match="kept already"):
        keep(office)


def test_journals_need_their_right(office: Office) -> None:
    with pytest.raises(InvalidInput, match="not a month"):
        office.ask(costing.get_journal, month="2026-13")
    office.sign_out()
    with pytest.raises(NotAllowed):
        office.ask(costing.get_journal, month=MARCH)


def test_expense_claims_stand_with_their_tax_and_what_people_are_owed(office: Office, clock: FixedClock) -> None:
    make_room(office).post(K.OPENING, NewLine(make_item(office), D(1), location_id=1, value=D(0)))
    add_person(office, "小王", "Storekeeper")
    with signed_in(office, "小王"):
        made = claim(office, line(amount="58.00", tax=D("4.79")), line(day="2026-03-02", amount="10.00"))
    assert journal(office).vouchers == ()
    office.do(expenses.approve_expense, expense_id=made.expense_id)
    found = journal(office)
    assert [voucher.kind for voucher in found.vouchers] == [VoucherKind.EXPENSE] * 2
    assert (balance(found, U.EXPENSE), balance(found, U.INPUT_TAX)) == (D("63.21"), D("4.79"))
    assert balance(found, U.PEOPLE) == -D(68)
    clock.advance(days=40)
    office.do(expenses.pay_expense, expense_id=made.expense_id, paid_on=date(2026, 4, 10), way=RepayWay.CASH)
    april = journal(office, "2026-04")
    assert (balance(april, U.PEOPLE), balance(april, U.BANK)) == (D(68), -D(68))
    close(office)
    keep(office)
    assert balance(journal(office), U.PEOPLE) == -D(68)
    assert balance(journal(office, "2026-04"), U.PEOPLE) == D(68)
    office.do(expenses.unpay_expense, expense_id=made.expense_id)
    assert journal(office, "2026-04").vouchers == ()


def test_freight_on_a_receipt_taken_back_waits_again_and_no_supplier_of_goods_owes_it(office: Office) -> None:
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    posting, _entries = receive(office, supplier, (item, "10", "100"))
    office.do(stock.add_landed_cost, receipt_id=posting, amount=D(10))
    office.do(stock.reverse_posting, posting_id=posting)
    found = journal(office)
    assert not any(balance(found, use) for use in (U.STOCK, U.GOODS_RECEIVED, U.LANDED_COST))


def test_goods_received_stand_until_an_invoice_is_approved_not_only_matched(office: Office) -> None:
    """The account holds the accruals and what is matched with invoices that nobody approved yet."""
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    receive(office, supplier, (item, "10", "100"))
    made = invoice(office, supplier, "INV-1", goods(item, "4", "40"))
    accrued = office.ask(costing.get_accruals, month=MARCH).total
    assert (accrued, balance(journal(office), U.GOODS_RECEIVED)) == (D(60), -D(100))
    office.do(purchasing.approve_invoices, invoice_ids=(made.invoice_id,), confirmed=frozenset({"findings"}))
    assert balance(journal(office), U.GOODS_RECEIVED) == -accrued


def test_freight_of_goods_sent_back_waits_and_the_account_holds_what_the_list_says(office: Office) -> None:
    """The supplier is asked for what the goods were booked at; freight on them waits until it is credited or shared anew."""
    await_invoices(office)
    item, supplier = make_item(office), make_supplier(office)
    posting, (entry,) = receive(office, supplier, (item, "10", "100"))
    office.do(stock.add_landed_cost, receipt_id=posting, amount=D(10))
    back = send_back(office, supplier, item, "4", entry)
    assert owed(office, entry) == D(60)
    found = journal(office)
    assert (balance(found, U.GOODS_RECEIVED), balance(found, U.LANDED_COST)) == (-D(60), -D(10) + D(4))
    office.do(stock.reverse_posting, posting_id=back)
    assert balance(journal(office), U.LANDED_COST) == -D(10)
    office.do(stock.return_to_supplier, lines=(NewLine(item, D(1), location_id=1),), supplier_id=supplier)
    found = journal(office)
    assert (balance(found, U.GOODS_RECEIVED), balance(found, U.CLAIM)) == (-D(100), D(11))


def test_no_journal_is_left_out_between_two(office: Office, clock: FixedClock) -> None:
    busy_month(office)
    clock.advance(days=90)
    close(office, "2026-05")
    keep(office)
    with pytest.raises(Refused, match="2026-04 is not kept yet"):
        keep(office, "2026-05")
    keep(office, "2026-04")
    keep(office, "2026-05")


def test_an_item_in_another_category_takes_its_value_to_that_account(office: Office, clock: FixedClock) -> None:
    room, _supplier, _invoice = busy_month(office)
    clock.advance(days=30)
    close(office)
    keep(office, "2026-02")
    keep(office)
    milk = office.ask(catalog.get_item, item_id=room.items[2])
    vegetables = room.categories["食品/蔬菜/叶菜"]
    worth_of = office.ask(stock.list_values, item_id=room.items[2])[0].value
    office.do(catalog.update_item, item_id=milk.id, version=milk.version, changes={"category_id": vegetables})
    found = journal(office, "2026-04")
    lines = [line for voucher in found.vouchers for line in voucher.lines]
    assert [(line.use, line.key, line.debit - line.credit) for line in lines] == [
        (U.STOCK, str(vegetables), worth_of), (U.STOCK, str(room.categories["食品/乳品"]), -worth_of),
    ]  # fmt: skip
