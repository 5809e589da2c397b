"""A supplier's deal: its rules, its people, its days without delivery, whether it may be ordered from."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, update

from core import catalog, identity
from core.catalog import ClosedDay, NewContact, NewSupplier, NewTerm, PackUnit
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, NeedsConfirmation, NotFound
from core.office import Office
from core.uow import UnitOfWork
from db.catalog import Supplier
from tests.core.catalog.makers import make_item, make_supplier, run_step
from tests.core.catalog.test_rights import sign_in_as

D = Decimal
IBAN = "IE29 AIBK 9311 5212 3456 78"


def card(office: Office, supplier_id: int) -> catalog.SupplierCard:
    return office.ask(catalog.get_supplier_card, supplier_id=supplier_id)


def deal(office: Office, supplier_id: int) -> catalog.SupplierDeal:
    found: list[catalog.SupplierDeal] = []
    run_step(office, lambda uow: found.extend(catalog.load_suppliers(uow, [supplier_id]).values()))
    return found[0]


def change(office: Office, supplier_id: int, **changes: object) -> int:
    version = card(office, supplier_id).version
    return office.do(catalog.update_supplier, supplier_id=supplier_id, version=version, changes=changes)


def test_a_new_supplier_has_the_sites_currency_and_usual_rules(office: Office) -> None:
    key = make_supplier(office, email="order@farm.example")
    values = card(office, key).values
    assert (values["currency"], values["payment_days"], values["lead_days"]) == ("CNY", 30, 1)
    assert (values["price_jump_percent"], values["match_percent"]) == (D(20), D(2))
    known = deal(office, key)
    assert (known.cutoff, known.delivery_days, known.is_blocked, known.digits) == (None, 0, False, 2)
    assert known.order_emails == known.claim_emails == ("order@farm.example",)


def test_every_rule_of_a_deal_is_kept_as_written(office: Office) -> None:
    key = make_supplier(
        office, currency="eur", tax_number="IE1234567FA", prices_incl_tax=True, tax_rate=D(23), payment_days=45,
        payment_end_of_month=True, delivery_days=1 + 4 + 16, cutoff_time="9.30", lead_days=2, minimum_value=D(150),
        monthly_budget=D(9000), over_tolerance=D(5), short_tolerance=D("2.5"), price_jump_percent=D(10),
        match_percent=None, match_amount=D(3), iban=IBAN, bic="aibkie2d", bank_name="AIB", bank_account="12345678",
    )  # fmt: skip
    known = deal(office, key)
    assert (known.currency, known.cutoff, known.iban, known.bic) == (
        "EUR", time(9, 30), "IE29AIBK93115212345678", "AIBKIE2D",
    )  # fmt: skip
    assert (known.tax_rate, known.payment_days, known.payment_end_of_month, known.delivery_days) == (
        D(23),
        45,
        True,
        21,
    )
    assert (known.over_tolerance, known.short_tolerance, known.match_percent) == (D(5), D("2.5"), None)
    version = change(office, key, cutoff_time="", iban="", currency="CNY")
    assert deal(office, key).cutoff is None
    assert version == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "XYZ"), ("iban", "IE29 AIBK 9311 5212 3456 79"), ("bic", "AIB"), ("cutoff_time", "24:10"),
        ("cutoff_time", "morning"), ("payment_days", -1), ("payment_days", 731), ("delivery_days", 128),
        ("lead_days", 366), ("over_tolerance", D(101)), ("short_tolerance", D(-1)), ("price_jump_percent", D("Inf")),
        ("match_amount", D(-1)), ("minimum_value", D("0.0000001")), ("email", "not an address"), ("tax_rate", D(113)),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(office: Office, field: str, value: Any) -> None:
    key = make_supplier(office)
    with pytest.raises(InvalidInput) as caught:
        change(office, key, **{field: value})
    assert caught.value.field == field


def test_papers_go_to_the_contacts_that_get_them(office: Office) -> None:
    key = make_supplier(office, email="main@farm.example")
    orders = NewContact("王芳", "订单", email="orders@farm.example", gets_orders=True)
    first = office.do(catalog.save_contact, supplier_id=key, contact=orders)
    office.do(catalog.save_contact, supplier_id=key, contact=NewContact("李明", "财务", "138", rank=2))
    assert deal(office, key).order_emails == ("orders@farm.example",)
    assert deal(office, key).claim_emails == ("main@farm.example",)
    moved = NewContact("王芳", "订单", email="wang@farm.example", gets_orders=True, gets_claims=True)
    office.do(catalog.save_contact, supplier_id=key, contact=moved, contact_id=first, version=1)
    assert deal(office, key).claim_emails == ("wang@farm.example",)
    assert [(one.name, one.version) for one in card(office, key).contacts] == [("王芳", 2), ("李明", 1)]
    with pytest.raises(Conflict):
        office.do(catalog.save_contact, supplier_id=key, contact=moved, contact_id=first, version=1)
    for wrong in (NewContact(" "), NewContact("x", email="x"), NewContact("x", gets_orders=True)):
        with pytest.raises(InvalidInput):
            office.do(catalog.save_contact, supplier_id=key, contact=wrong)
    office.do(catalog.remove_contact, contact_id=first)
    with pytest.raises(NotFound):
        office.do(catalog.remove_contact, contact_id=first)
    with pytest.raises(NotFound):
        office.do(catalog.save_contact, supplier_id=key, contact=moved, contact_id=first, version=2)
    with pytest.raises(NotFound):
        office.do(catalog.save_contact, supplier_id=999, contact=moved)


def test_days_without_delivery_are_set_as_a_whole(office: Office) -> None:
    key = make_supplier(office)
    days = [ClosedDay(date(2026, 10, 1), "国庆"), ClosedDay(date(2026, 5, 1))]
    office.do(catalog.set_closed_days, supplier_id=key, days=days)
    assert card(office, key).closed_days == (days[1], days[0])
    assert deal(office, key).closed_on == {date(2026, 5, 1), date(2026, 10, 1)}
    office.do(catalog.set_closed_days, supplier_id=key, days=days[:1])
    assert card(office, key).closed_days == (days[0],)
    with pytest.raises(InvalidInput):
        office.do(catalog.set_closed_days, supplier_id=key, days=[days[0], days[0]])
    with pytest.raises(NotFound):
        office.do(catalog.set_closed_days, supplier_id=999, days=[])


def test_a_blocked_supplier_says_why_until_it_is_released(office: Office) -> None:
    key = make_supplier(office)
    with pytest.raises(InvalidInput):
        office.do(catalog.block_supplier, supplier_id=key, version=1, note=" ")
    version = office.do(catalog.block_supplier, supplier_id=key, version=1, note="三次送错货")
    assert (card(office, key).is_blocked, deal(office, key).block_note) == (True, "三次送错货")
    assert office.ask(catalog.list_suppliers)[0].is_blocked
    with pytest.raises(Conflict):
        office.do(catalog.release_supplier, supplier_id=key, version=1)
    office.do(catalog.release_supplier, supplier_id=key, version=version)
    assert (card(office, key).is_blocked, deal(office, key).block_note) == (False, "")
    with pytest.raises(NotFound):
        office.do(catalog.release_supplier, supplier_id=999, version=1)
    with pytest.raises(NotFound):
        card(office, 999)


def test_bank_and_budget_are_not_for_everybody(office: Office) -> None:
    key = make_supplier(office, iban=IBAN, monthly_budget=D(100))
    sign_in_as(office, "Storekeeper")
    seen = card(office, key)
    assert (seen.values["iban"], seen.values["monthly_budget"], seen.sees_secrets) == ("", None, False)


def test_terms_are_those_that_hold_on_the_day(office: Office) -> None:
    rice = make_item(office, "大米", pack_units=(PackUnit("袋", D(25)),), purchase_unit="袋")
    oil = make_item(office, "菜油", "L")
    make_item(office, "没人卖的")
    main, backup = make_supplier(office, "一号米行"), make_supplier(office, "二号米行", currency="USD")
    breaks = (catalog.Break(D(20), D(90)), catalog.Break(D(10), D(95)))
    term = NewTerm(main, "R-25", price=D(100), breaks=breaks, minimum_qty=D(2), valid_to=date(2026, 3, 31))
    office.do(catalog.save_term, item_id=rice, term=term)
    office.do(catalog.save_term, item_id=rice, term=NewTerm(backup, price=D("4.2"), unit="kg", rank=2))
    office.do(catalog.save_term, item_id=oil, term=NewTerm(main, price=D(9), valid_from=date(2026, 4, 1)))

    def terms(on: date, **over: Any) -> list[tuple[int, int, str, Decimal]]:
        found = run_step(office, lambda uow: catalog.load_terms(uow, over.pop("items", None), on, **over))
        return [(item, one.supplier_id, one.unit, one.factor) for item, several in found.items() for one in several]

    assert terms(date(2026, 3, 31)) == [(rice, main, "袋", D(25)), (rice, backup, "kg", D(1))]
    assert terms(date(2026, 4, 1)) == [(rice, backup, "kg", D(1)), (oil, main, "L", D(1))]
    assert terms(date(2026, 3, 31), items=[oil]) == terms(date(2026, 3, 31), items=[]) == []
    assert terms(date(2026, 4, 1), supplier_id=main) == [(oil, main, "L", D(1))]
    facts = run_step(office, lambda uow: catalog.load_terms(uow, [rice], date(2026, 3, 1)))[rice][0]
    assert [one.price for one in facts.breaks] == [D(95), D(90)]
    assert (facts.supplier_code, facts.minimum_qty, facts.valid_to) == ("R-25", D(2), date(2026, 3, 31))
    with pytest.raises(InvalidInput) as caught:
        wrong = NewTerm(backup, valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 1))
        office.do(catalog.save_term, item_id=oil, term=wrong)
    assert caught.value.field == "valid_to"


def test_a_suppliers_codes_find_items_and_are_learned(office: Office) -> None:
    rice, oil, flour = make_item(office, "大米"), make_item(office, "菜油"), make_item(office, "面粉")
    farm = make_supplier(office)
    office.do(catalog.save_term, item_id=rice, term=NewTerm(farm, "Ab-1", price=D(3)))

    def find(*codes: str) -> dict[str, int]:
        return run_step(office, lambda uow: catalog.find_item_by_supplier_code(uow, farm, codes))

    def learn(item_id: int, code: str) -> bool:
        return run_step(office, lambda uow: catalog.learn_supplier_code(uow, farm, item_id, code))

    assert find("AB-1", " ab-1 ", "zz", "") == {"AB-1": rice, " ab-1 ": rice}
    assert learn(oil, "OIL-5")
    assert not learn(oil, "oil-5")
    assert not learn(flour, "AB-1")
    assert not learn(flour, " ")
    assert not learn(flour, "x" * 61)
    assert learn(rice, "AB-2")
    assert find("ab-1", "ab-2", "oil-5") == {"ab-2": rice, "oil-5": oil}
    known = office.ask(catalog.get_item, item_id=oil).terms[0]
    assert (known.supplier_code, known.price, known.rank) == ("OIL-5", None, 1)
    office.do(catalog.save_term, item_id=flour, term=NewTerm(farm, "ab-2"))
    assert find("ab-2") == {}
    version = office.ask(catalog.get_item, item_id=flour).version
    office.do(catalog.retire_item, item_id=flour, version=version)
    assert find("ab-2") == {"ab-2": rice}


def test_last_prices_are_without_tax_and_say_their_currency(office: Office, clock: FixedClock) -> None:
    rice = make_item(office, "大米", tax_rate=D(9))
    other = make_item(office, "大米粉")
    farm = make_supplier(office, prices_incl_tax=True, tax_rate=D(13), currency="EUR")
    office.do(catalog.save_term, item_id=rice, term=NewTerm(farm, price=D("1.09")))
    office.do(catalog.save_term, item_id=other, term=NewTerm(farm, price=D("11.3")))
    for number in range(6):
        clock.advance(days=1)
        paid = [(rice, D(number + 1))]
        run_step(office, partial(catalog.record_paid_prices, posting_lines=paid, supplier_id=farm, at=clock.at))
    pairs = [(rice, farm), (rice, None), (other, farm), (other, None), (999, farm)]
    found = run_step(office, lambda uow: catalog.last_prices(uow, pairs, limit=3))
    assert [(one.price, one.on.day, one.currency) for one in found[rice, farm]] == [
        (D(6), 10, "CNY"), (D(5), 9, "CNY"), (D(4), 8, "CNY"),
    ]  # fmt: skip
    assert found[rice, None] == found[rice, farm]
    assert [(one.price, one.currency, one.source) for one in found[other, farm]] == [(D(10), "EUR", "term")]
    asked = run_step(office, lambda uow: catalog.last_prices(uow, pairs, currency="EUR"))
    assert [one.price for one in asked[rice, farm]] == [D(1)]
    assert (999, farm) not in found
    rows = office.ask(catalog.list_prices, item_id=rice)
    assert [(row.price, row.currency) for row in rows][-2:] == [(D(1), "CNY"), (D(1), "EUR")]
    assert rows[-2].change is None


def test_many_items_take_a_fixed_number_of_statements(office: Office) -> None:
    suppliers = [make_supplier(office, f"供应商 {number}") for number in range(3)]
    items = [
        catalog.NewItem(f"物料{n}", "个", pack_units=(PackUnit("箱", D(12)),), purchase_unit="箱",
                        terms=(NewTerm(suppliers[n % 3], f"C{n}", price=D(n + 1)),))
        for n in range(1200)
    ]  # fmt: skip
    ids = run_step(office, lambda uow: catalog.create_items_bulk(uow, items))
    told: list[str] = []

    def load(uow: UnitOfWork) -> int:
        event.listen(uow.sql, "before_cursor_execute", lambda *args: told.append(args[2]))
        return len(catalog.load_terms(uow, ids, date(2026, 3, 4))) + len(catalog.load_suppliers(uow))

    assert run_step(office, load) == 1203
    assert len(told) <= 8


def test_a_supplier_given_as_positional_facts_stays_the_same(office: Office) -> None:
    key = office.do(catalog.create_supplier, supplier=NewSupplier("绿源", "GS", "Green", "王", "1", "a@b", "x", "en"))
    row = office.ask(catalog.get_supplier, supplier_id=key)
    assert (row.language, row.currency, row.title("en")) == ("en", "CNY", "Green")


def test_another_currency_is_asked_about_where_prices_were_agreed(office: Office) -> None:
    key = make_supplier(office)
    change(office, key, currency="USD")
    item = make_item(office)
    office.do(catalog.save_term, item_id=item, term=NewTerm(key, price=D(3)))
    version = card(office, key).version
    args: dict[str, Any] = {"supplier_id": key, "version": version, "changes": {"currency": "EUR"}}
    with pytest.raises(NeedsConfirmation):
        office.do(catalog.update_supplier, **args)
    office.do(catalog.update_supplier, **args, confirmed=frozenset({"supplier.currency"}))
    assert deal(office, key).currency == "EUR"


def test_a_price_that_begins_later_is_asked_about_where_one_holds_today(office: Office) -> None:
    key, item = make_supplier(office), make_item(office)
    later = NewTerm(key, price=D(4), valid_from=date(2026, 5, 1))
    office.do(catalog.save_term, item_id=item, term=NewTerm(key, price=D(3)))
    with pytest.raises(NeedsConfirmation):
        office.do(catalog.save_term, item_id=item, term=later, version=1)
    office.do(catalog.save_term, item_id=item, term=later, version=1, confirmed=frozenset({"prices.later"}))
    assert office.ask(catalog.get_item, item_id=item).terms[0].valid_from == date(2026, 5, 1)


def test_who_changed_a_suppliers_bank_account_stands_in_the_log(office: Office) -> None:
    key = make_supplier(office)
    change(office, key, iban=IBAN)
    contact = office.do(catalog.save_contact, supplier_id=key, contact=NewContact("Ann"))
    office.do(catalog.remove_contact, contact_id=contact)
    rows = office.ask(identity.search_audit).rows
    told = {row.command: " ".join(fact.value.render("en") for fact in row.facts) for row in rows}
    assert "Ann" in next(words for name, words in told.items() if name.endswith("remove_contact"))
    changed = next(row for row in rows if row.command.endswith("update_supplier"))
    assert [one.label.render("en") for one in changed.changes] == ["IBAN"]


def test_an_address_of_old_that_would_be_refused_now_can_be_put_right(office: Office) -> None:
    key = make_supplier(office)
    run_step(office, partial(_write, Supplier, {"email": "a@b.example; c@d.example"}))
    changes, base = {"email": "a@b.example"}, {"email": "a@b.example; c@d.example"}
    office.do(catalog.update_supplier, supplier_id=key, version=1, changes=changes, base=base)
    assert card(office, key).values["email"] == "a@b.example"


def _write(kind: Any, values: dict[str, Any], uow: UnitOfWork) -> None:
    uow.sql.execute(update(kind).values(**values))
