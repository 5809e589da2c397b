"""Roles, giving and taking them, rights at one location, and approval rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import insert

from core import identity
from core.errors import Conflict, CoreError, InvalidInput, NotAllowed, NotFound, Refused
from core.identity import RoleEdit, steps
from core.office import Office
from core.uow import UnitOfWork
from db.enums import ApprovalSubject, LocationKind, Permission
from db.stock import Location
from tests.core.identity.conftest import PIN, MakePerson, SignIn, make_role, role_id


def _role(office: Office, wanted: int) -> identity.RoleRow:
    return next(role for role in office.ask(identity.list_roles) if role.role_id == wanted)


def _in_transaction(office: Office, person_id: int, run, approver_id: int | None = None):  # type: ignore[no-untyped-def]
    """Run a step as a command would, for somebody, and keep what it writes."""

    def as_command(uow: UnitOfWork) -> object:
        uow.approver = None if approver_id is None else steps.load_actor(uow.sql, approver_id)
        return run(uow)

    return office._transact(
        identity.SIGN_IN, as_command, person_id=person_id, request_id=f"test {run}{approver_id}"[:40], facts={}
    )


@pytest.fixture
def places(office: Office) -> dict[str, int]:
    """A kitchen with a cold room in it, and a bar beside it."""

    def add(uow: UnitOfWork) -> None:
        for number, (code, parent) in enumerate((("KIT", 0), ("COLD", 901), ("BAR", 0)), start=901):
            path = f"/{parent}/{number}/" if parent else f"/{number}/"
            row = {"id": number, "code": code, "name": code, "kind": LocationKind.AREA, "path": path}
            uow.sql.execute(insert(Location).values(**row, parent_id=parent or None))

    _in_transaction(office, office.ask(identity.get_me).person_id, add)
    return {"KIT": 901, "COLD": 902, "BAR": 903}


def test_the_roles_of_the_program_come_first(office: Office) -> None:
    make_role(office, "甲", Permission.STOCK_VIEW)
    roles = office.ask(identity.list_roles)
    assert [role.name_en for role in roles][:2] == ["Back-office operator", "Kitchen manager"]
    assert [role.name for role in roles][-2:] == ["管理员", "甲"]
    administrator = roles[-2]
    assert administrator.is_fixed
    assert set(administrator.permissions) == set(Permission)
    assert administrator.people == 1


def test_every_right_has_a_name_and_says_what_it_allows(office: Office) -> None:
    rows = office.ask(identity.list_permissions)
    assert {row.permission for row in rows} == set(Permission)
    assert len(rows) == len(Permission)
    assert all(row.may_give for row in rows)
    for row in rows:
        for text in (row.area, row.name, row.allows):
            assert text.render("zh") != text.render("en")


def test_a_role_is_made_changed_and_deleted(office: Office) -> None:
    wanted = make_role(office, "早班", Permission.STOCK_WASTE, Permission.STOCK_VIEW)
    role = _role(office, wanted)
    assert role.permissions == (Permission.STOCK_VIEW, Permission.STOCK_WASTE)
    assert (role.title("en"), role.is_built_in) == ("早班", False)
    edit = RoleEdit("早班", "Morning shift", (Permission.STOCK_VIEW,))
    office.do(identity.update_role, role_id=wanted, version=role.version, new=edit, seen=role.edit())
    assert _role(office, wanted).edit() == edit
    office.do(identity.delete_role, role_id=wanted)
    assert wanted not in [role.role_id for role in office.ask(identity.list_roles)]
    with pytest.raises(NotFound):
        office.do(identity.delete_role, role_id=wanted)


@pytest.mark.parametrize("name", ["", "店长", "manager", "x" * 81])
def test_a_role_needs_a_name_of_its_own(office: Office, name: str) -> None:
    with pytest.raises(InvalidInput):
        make_role(office, name, Permission.STOCK_VIEW)


def test_the_roles_of_the_program_are_changed_but_not_deleted(office: Office) -> None:
    buyer = _role(office, role_id(office, "Buyer"))
    fewer = RoleEdit("采购员", buyer.name_en, buyer.permissions[:-1])
    office.do(identity.update_role, role_id=buyer.role_id, version=buyer.version, new=fewer)
    assert _role(office, buyer.role_id).edit() == fewer
    with pytest.raises(Refused, match="comes with the program"):
        office.do(identity.delete_role, role_id=buyer.role_id)


def test_the_administrator_keeps_every_right(office: Office) -> None:
    role = _role(office, role_id(office, "Administrator"))
    with pytest.raises(Refused, match="every right"):
        office.do(
            identity.update_role,
            role_id=role.role_id,
            version=role.version,
            new=RoleEdit("管理员", "Administrator", ()),
        )
    office.do(
        identity.update_role,
        role_id=role.role_id,
        version=role.version,
        new=RoleEdit("老板", "Owner", role.permissions),
    )


def test_a_role_in_use_is_not_deleted(office: Office, make_person: MakePerson) -> None:
    wanted = make_role(office, "早班", Permission.STOCK_VIEW)
    make_person("小李", wanted)
    with pytest.raises(Refused, match="1 person has this role"):
        office.do(identity.delete_role, role_id=wanted)
    other = make_role(office, "晚班", Permission.STOCK_VIEW)
    office.do(identity.set_approval_rule, subject=ApprovalSubject.WRITE_OFF, limit_amount=Decimal(100), role_id=other)
    with pytest.raises(Refused, match="approval rule"):
        office.do(identity.delete_role, role_id=other)


def test_two_who_change_one_role_are_merged_or_asked(office: Office) -> None:
    wanted = make_role(office, "早班", Permission.STOCK_VIEW)
    seen = _role(office, wanted).edit()
    more = RoleEdit("早班", "早班", (Permission.STOCK_VIEW, Permission.ITEM_VIEW))
    office.do(identity.update_role, role_id=wanted, version=1, new=more, seen=seen)
    office.do(
        identity.update_role, role_id=wanted, version=1, new=RoleEdit("白班", "早班", seen.permissions), seen=seen
    )
    assert _role(office, wanted).edit() == RoleEdit("白班", "早班", more.permissions)
    with pytest.raises(Conflict) as caught:
        office.do(identity.update_role, role_id=wanted, version=1, new=RoleEdit("早班", "早班", ()), seen=seen)
    assert set(caught.value.mine) == {"permissions"}


def test_nobody_gives_rights_they_do_not_hold(office: Office, make_person: MakePerson, sign_in: SignIn) -> None:
    clerk = make_role(office, "人事", Permission.PERSON_EDIT, Permission.STOCK_VIEW)
    target = make_person("小李")
    make_person("Clerk", clerk)
    window = sign_in("Clerk")
    assert [row.permission for row in window.ask(identity.list_permissions) if row.may_give] == [
        Permission.STOCK_VIEW,
        Permission.PERSON_EDIT,
    ]
    refused = r"do not hold yourself: .*See costs"
    for giving in (
        lambda: window.do(identity.give_role, person_id=target, role_id=role_id(office, "Manager")),
        lambda: window.do(identity.create_role, new=RoleEdit("x", "", (Permission.COST_VIEW,))),
        lambda: window.do(
            identity.update_role, role_id=clerk, version=1, new=RoleEdit("人事", "", (Permission.COST_VIEW,))
        ),
        lambda: window.do(
            identity.add_person,
            new=identity.NewPerson("Friend", roles=(identity.RoleGrant(role_id(office, "Manager")),)),
        ),
    ):
        with pytest.raises(NotAllowed, match=refused):
            giving()
    window.do(identity.give_role, person_id=target, role_id=clerk)


def test_a_role_is_given_once_and_taken_once(office: Office, make_person: MakePerson) -> None:
    person_id, buyer = make_person("小李"), role_id(office, "Buyer")
    office.do(identity.give_role, person_id=person_id, role_id=buyer)
    with pytest.raises(Refused, match="has this role already"):
        office.do(identity.give_role, person_id=person_id, role_id=buyer)
    office.do(identity.take_role, person_id=person_id, role_id=buyer)
    with pytest.raises(Refused, match="any more"):
        office.do(identity.take_role, person_id=person_id, role_id=buyer)
    with pytest.raises(NotFound):
        office.do(identity.give_role, person_id=person_id, role_id=buyer, location_id=12345)


def test_a_right_at_a_location_reaches_what_lies_under_it_and_nothing_else(
    office: Office, make_person: MakePerson, places: dict[str, int]
) -> None:
    person_id = make_person("小李", "Kitchen manager", location_id=places["KIT"])
    card = office.ask(identity.get_person, person_id=person_id)
    assert [role.title("zh") for role in card.roles] == ["厨房经理（KIT）"]
    assert [role.title("en") for role in card.roles] == ["Kitchen manager (KIT)"]

    def check(uow: UnitOfWork) -> None:
        uow.require(Permission.STOCK_WASTE)
        uow.require_at(Permission.STOCK_WASTE, "/901/", "KIT")
        uow.require_at(Permission.STOCK_WASTE, "/901/902/", "COLD")
        for path in ("/903/", "/", "", "/9010/"):
            with pytest.raises(NotAllowed, match="at the bar"):
                uow.require_at(Permission.STOCK_WASTE, path, "the bar")
        with pytest.raises(NotAllowed):
            uow.require_at(Permission.STOCK_BACKDATE, "/901/", "KIT")

    _in_transaction(office, person_id, check)


def test_who_stands_in_lends_the_right_at_their_location(
    office: Office, make_person: MakePerson, places: dict[str, int]
) -> None:
    cook = make_person("小李", "Kitchen manager", location_id=places["KIT"])
    barkeeper = make_person("小王", "Storekeeper", location_id=places["BAR"])

    def check(uow: UnitOfWork) -> None:
        uow.require_at(Permission.STOCK_WASTE, "/901/", "KIT")
        uow.require_at(Permission.STOCK_ADJUST, "/903/", "BAR")
        with pytest.raises(NotAllowed):
            uow.require_at(Permission.STOCK_ADJUST, "/901/", "KIT")

    _in_transaction(office, cook, check, approver_id=barkeeper)


def test_rights_at_a_location_are_given_there_only(
    office: Office, make_person: MakePerson, places: dict[str, int], sign_in: SignIn
) -> None:
    clerk = make_role(office, "人事", Permission.PERSON_EDIT)
    count = make_role(office, "点货", Permission.COUNT_ENTER)
    boss = make_person("Boss", clerk)
    office.do(identity.give_role, person_id=boss, role_id=count, location_id=places["KIT"])
    target, window = make_person("小李"), sign_in("Boss")
    for elsewhere in (0, places["BAR"]):
        with pytest.raises(NotAllowed, match="do not hold yourself"):
            window.do(identity.give_role, person_id=target, role_id=count, location_id=elsewhere)
    window.do(identity.give_role, person_id=target, role_id=count, location_id=places["COLD"])
    everywhere = make_person("小王", count)
    with pytest.raises(NotAllowed, match="holds rights"):
        window.do(identity.set_pin, person_id=everywhere, new_pin=PIN)
    window.do(identity.set_pin, person_id=target, new_pin="8642")


def test_above_the_limit_somebody_with_the_role_must_approve(office: Office, make_person: MakePerson) -> None:
    manager = role_id(office, "Manager")
    office.do(
        identity.set_approval_rule, subject=ApprovalSubject.WRITE_OFF, limit_amount=Decimal("500.00"), role_id=manager
    )
    cook, boss = make_person("小李", "Kitchen manager"), make_person("店长老王", "Manager")

    def check(uow: UnitOfWork) -> None:
        subject = ApprovalSubject.WRITE_OFF
        assert identity.approval_needed(uow, subject, Decimal("500.00")) is None
        assert identity.approval_needed(uow, ApprovalSubject.ORDER, Decimal(10**6)) is None
        for amount in (Decimal("500.01"), Decimal("-500.01")):
            needed = identity.approval_needed(uow, subject, amount)
            assert needed is not None
            assert (needed.title("en"), needed.limit_amount) == ("Manager", Decimal(500))
        with pytest.raises(NotAllowed, match="Write-off over 500 CNY needs 店长"):
            identity.check_approval(uow, subject, Decimal(501))

    _in_transaction(office, cook, check)

    def is_free(uow: UnitOfWork) -> None:
        identity.check_approval(uow, ApprovalSubject.WRITE_OFF, Decimal(501))

    _in_transaction(office, cook, is_free, approver_id=boss)
    _in_transaction(office, boss, is_free)
    _in_transaction(office, office.ask(identity.get_me).person_id, is_free)


def test_approval_rules_are_set_changed_and_removed(office: Office) -> None:
    manager, buyer = role_id(office, "Manager"), role_id(office, "Buyer")
    subject = ApprovalSubject.COUNT_VARIANCE
    version = office.do(identity.set_approval_rule, subject=subject, limit_amount=Decimal(0), role_id=manager)
    rows = {row.subject: row for row in office.ask(identity.list_approval_rules)}
    assert set(rows) == set(ApprovalSubject)
    assert (rows[subject].limit_amount, rows[subject].role, rows[subject].version) == (Decimal(0), "店长", version)
    assert rows[ApprovalSubject.ORDER].limit_amount is None
    with pytest.raises(Conflict):
        office.do(identity.set_approval_rule, subject=subject, limit_amount=Decimal(9), role_id=buyer)
    office.do(
        identity.set_approval_rule, subject=subject, limit_amount=Decimal("12.50"), role_id=buyer, version=version
    )
    office.do(identity.remove_approval_rule, subject=subject)
    with pytest.raises(NotFound):
        office.do(identity.remove_approval_rule, subject=subject)


@pytest.mark.parametrize(
    ("limit", "role"), [(Decimal(-1), 1), (Decimal("0.001"), 1), (Decimal(10**13), 1), (Decimal(1), 99)]
)
def test_a_wrong_approval_rule_is_refused(office: Office, limit: Decimal, role: int) -> None:
    with pytest.raises(CoreError):
        office.do(identity.set_approval_rule, subject=ApprovalSubject.ORDER, limit_amount=limit, role_id=role)
