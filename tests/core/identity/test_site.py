"""The site's settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert

from core import identity
from core.errors import Conflict, CoreError, Refused
from core.office import Office
from core.uow import UnitOfWork
from db.enums import PostingKind
from db.stock import StockPosting


def test_the_settings_are_changed_and_known_at_once(office: Office) -> None:
    card = office.ask(identity.get_site)
    new = replace(
        card.settings, name_en="The Sample", address="人民路 1 号", phone="010-1234", zone="Europe/Stockholm",
        language="en", day_start_hour=5, lock_minutes=3, currency="JPY",
    )  # fmt: skip
    office.do(identity.update_site, version=card.version, new=new, seen=card.settings)
    site = office.site
    assert (site.title("en"), site.zone, site.language, site.day_start_hour) == (
        "The Sample",
        "Europe/Stockholm",
        "en",
        5,
    )
    assert (site.lock_minutes, site.currency, site.digits) == (3, "JPY", 0)
    assert office.ask(identity.get_site).settings == new


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("name_en", "x" * 201),
        ("address", "x" * 401),
        ("phone", "1" * 61),
        ("currency", "cny"),
        ("currency", "￥￥￥"),
        ("zone", "Peking"),
        ("language", "fr"),
        ("day_start_hour", 24),
        ("lock_minutes", 0),
        ("lock_minutes", 241),
    ],
)
def test_a_wrong_setting_is_refused_at_its_field(office: Office, field: str, value: Any) -> None:
    card = office.ask(identity.get_site)
    with pytest.raises(CoreError) as caught:
        office.do(identity.update_site, version=card.version, new=replace(card.settings, **{field: value}))
    assert caught.value.field == field
    assert office.ask(identity.get_site) == card


def _post_something(uow: UnitOfWork) -> None:
    uow.sql.execute(
        insert(StockPosting).values(
            number="R-1", kind=PostingKind.RECEIPT, at=uow.now, posted_at=uow.now, person_id=uow.actor.person_id,
            station=uow.station, request_id=uow.request_id, previous_hash="", hash="1",
        )
    )  # fmt: skip


def test_the_currency_stays_once_goods_were_posted(office: Office) -> None:
    card = office.ask(identity.get_site)
    assert not card.has_stock
    me = office.ask(identity.get_me).person_id
    office._transact(identity.SIGN_IN, _post_something, person_id=me, request_id="a posting", facts={})
    assert office.ask(identity.get_site).has_stock
    with pytest.raises(Refused, match="stays CNY") as caught:
        office.do(identity.update_site, version=card.version, new=replace(card.settings, currency="SEK"))
    assert caught.value.field == "currency"
    office.do(identity.update_site, version=card.version, new=replace(card.settings, phone="1"))


def test_two_who_change_the_settings_are_merged_or_asked(office: Office) -> None:
    card = office.ask(identity.get_site)
    seen = card.settings
    office.do(identity.update_site, version=card.version, new=replace(seen, phone="1"), seen=seen)
    office.do(identity.update_site, version=card.version, new=replace(seen, lock_minutes=5), seen=seen)
    now = office.ask(identity.get_site).settings
    assert (now.phone, now.lock_minutes) == ("1", 5)
    with pytest.raises(Conflict) as caught:
        office.do(identity.update_site, version=card.version, new=replace(seen, phone="2"), seen=seen)
    assert caught.value.theirs == {"phone": "1"}
