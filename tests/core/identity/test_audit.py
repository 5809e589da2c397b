"""The operation log: found, paged, in words, with before and after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from core import catalog, identity
from core.clock import FixedClock
from core.identity import AuditFilter, RoleEdit
from core.office import Office
from core.registry import command
from core.uow import UnitOfWork
from core.words import ApprovalSubject
from db.enums import Permission
from tests.core.identity.conftest import MakePerson, SignIn, make_role, role_id
from tests.factories import make_item, make_place


def _search(office: Office, **wanted: object) -> list[str]:
    return [row.label.render("en") for row in office.ask(identity.search_audit, wanted=AuditFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_the_log_is_read_newest_first_and_in_pages(office: Office, make_person: MakePerson) -> None:
    for number in range(5):
        make_person(f"Person {number}")
    wanted = AuditFilter(command="identity.add_person")
    first = office.ask(identity.search_audit, wanted=wanted, limit=2)
    assert (first.total, len(first.rows)) == (5, 2)
    second = office.ask(identity.search_audit, wanted=wanted, limit=2, before_id=first.before_id)
    third = office.ask(identity.search_audit, wanted=wanted, limit=2, before_id=second.before_id)
    assert third.before_id is None
    ids = [row.journal_id for page in (first, second, third) for row in page.rows]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 5


@pytest.mark.parametrize("text", ["小李", "100%", "Add a per", "新增人", "小'李\"", "second_pc"])
def test_the_text_is_found_in_facts_people_and_acts(office: Office, make_person: MakePerson, text: str) -> None:
    make_person("小李")
    make_person("100% 可靠")
    make_person("小'李\"\\")
    found = _search(office, text=text)
    assert found == {
        "小李": ["Add a person"],
        "100%": ["Add a person"],
        "小'李\"": ["Add a person"],
        "second_pc": [],
    }.get(text, ["Add a person"] * 3)


def test_the_log_is_narrowed_by_person_station_act_and_day(
    office: Office, make_person: MakePerson, sign_in: SignIn, clock: FixedClock
) -> None:
    person_id = make_person("小李", "Manager")
    clock.advance(hours=30)
    sign_in("小李")
    assert _search(office, person_id=person_id) == ["Sign in"]
    assert _search(office, station="second") == ["Sign in"]
    assert _search(office, command="identity.add_person") == ["Add a person"]
    assert _search(office, from_on=date(2026, 3, 5)) == ["Sign in"]
    assert "Add a person" in _search(office, to_on=date(2026, 3, 4))
    assert _search(office, from_on=date(2026, 3, 6)) == []
    choices = office.ask(identity.list_audit_choices)
    assert "小李" in [name for _id, name in choices.people]
    assert choices.stations == ("second", "test")
    assert ("identity.add_person", "新增人员") in [(name, label.render("zh")) for name, label in choices.commands]


def test_changes_of_rights_stand_with_before_and_after(office: Office, make_person: MakePerson) -> None:
    wanted = make_role(office, "早班", Permission.STOCK_VIEW)
    new = RoleEdit("早班", "早班", (Permission.STOCK_VIEW, Permission.COST_VIEW))
    office.do(identity.update_role, role_id=wanted, version=1, new=new)
    person_id = make_person("小李", "Buyer")
    office.do(identity.give_role, person_id=person_id, role_id=wanted)
    given, _added, changed = office.ask(identity.search_audit).rows[:3]
    assert [(one.label.render("zh"), one.before.render("zh"), one.after.render("zh")) for one in changed.changes] == [
        ("权限", "查看库存", "查看库存; 查看成本")
    ]
    assert [(fact.label.render("en"), fact.value.render("en")) for fact in given.facts] == [
        ("Person", "小李"),
        ("Role", "早班"),
    ]
    assert [(one.before.render("en"), one.after.render("en")) for one in given.changes] == [("采购", "采购; 早班")]


def test_changes_of_rules_and_settings_are_read_in_words(office: Office) -> None:
    office.do(
        identity.set_approval_rule, subject=ApprovalSubject.WRITE_OFF, limit_amount=Decimal("500.00"),
        role_id=role_id(office, "Manager"),
    )  # fmt: skip
    row = office.ask(identity.search_audit).rows[0]
    assert [(fact.label.render("zh"), fact.value.render("zh")) for fact in row.facts] == [("事项", "报损核销")]
    assert [(one.label.render("zh"), one.before.render("zh"), one.after.render("zh")) for one in row.changes] == [
        ("限额", "–", "500.00"),
        ("角色", "–", "店长"),
    ]


def test_a_refused_act_leaves_no_trace(office: Office, make_person: MakePerson) -> None:
    person_id = make_person("小李")
    before = office.ask(identity.search_audit).total
    with pytest.raises(Exception, match="not there"):
        office.do(identity.give_role, person_id=person_id, role_id=9999)
    assert office.ask(identity.search_audit).total == before


@command(None)
def note_things(uow: UnitOfWork, *, item_id: int, location_id: int, item_ids: list[int], label_ids: list[int]) -> None:
    """Note things by number for a test."""


def test_numbers_of_things_are_read_by_their_names(office: Office) -> None:
    tomato = make_item(office, "TOM-001", name="番茄", name_en="Tomato")
    oil = make_item(office, "OIL-001", name="油")
    place = make_place(office, "COLD", name="冷库")
    office.do(note_things, item_id=tomato, location_id=place, item_ids=[tomato, oil], label_ids=[4, 5, 6])
    office.do(note_things, item_id=oil, location_id=0, item_ids=[999_999], label_ids=[])
    second, first = office.ask(identity.search_audit, limit=2).rows
    said = {fact.label.render("en"): fact.value for fact in first.facts}
    assert [said[key].render("zh") for key in ("Item", "Location", "Items", "label ids")] == [
        "TOM-001 番茄",
        "COLD 冷库",
        "TOM-001 番茄; OIL-001 油",
        "3",
    ]
    assert said["Item"].render("en") == "TOM-001 Tomato"
    said = {fact.label.render("en"): fact.value for fact in second.facts}
    assert [said[key].render("en") for key in ("Item", "Location", "Items")] == ["OIL-001 油", "All places", "999999"]


def test_a_change_told_by_its_form_stands_with_what_the_form_had_shown(office: Office) -> None:
    item = make_item(office, "TOM-001", name="番茄")
    office.do(catalog.update_item, item_id=item, version=1, changes={"name": "西红柿"}, base={"name": "番茄"})
    [change] = office.ask(identity.search_audit, limit=1).rows[0].changes
    assert (change.before.render("zh"), change.after.render("zh")) == ("番茄", "西红柿")


def test_names_of_a_page_are_read_in_one_statement(office: Office) -> None:
    ids = [make_item(office, f"X-{number:03d}") for number in range(6)]
    place = make_place(office, "COLD")
    for one in ids:
        office.do(note_things, item_id=one, location_id=place, item_ids=ids, label_ids=[])

    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    def statements_of(limit: int) -> int:
        seen.clear()
        office.ask(identity.search_audit, limit=limit)
        return len(seen)

    event.listen(office._reader, "before_cursor_execute", note)
    assert statements_of(1) == statements_of(6)
    assert sum("UNION" in one for one in seen) == 1
