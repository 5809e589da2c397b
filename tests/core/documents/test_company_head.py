"""The head of the site's papers: logo, address, tax number, the line at the foot; names in two languages."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal as D

import pytest
from PIL import Image

from core import documents, identity, stock
from core.documents import SITE, SITE_ID, render_pdf
from core.errors import CoreError, NotAllowed
from core.office import Office
from tests.core.stock.slips import text_of
from tests.helpers.stock import make_items


def logo(width: int, height: int) -> bytes:
    picture = io.BytesIO()
    Image.effect_noise((width, height), 80).convert("RGB").save(picture, "PNG")
    return picture.getvalue()


def settle(office: Office, **over: object) -> None:
    card = office.ask(identity.get_site)
    office.do(identity.update_site, version=card.version, new=replace(card.settings, **over))  # type: ignore[arg-type]


def receipt(office: Office, site: str) -> int:
    line = stock.NewLine(make_items(site, 1)[0], D(2), unit_cost=D(3))
    return int(office.do(stock.receive_goods, lines=(line,)).posting_id)


def test_every_paper_carries_what_the_site_says_of_itself(office: Office, site_url: str) -> None:
    posting_id = receipt(office, site_url)
    settle(office, name="青禾", name_en="Green Rice", tax_number="91310000MA1FL", paper_foot="ICBC 6222 0200")
    bare = render_pdf(office.ask(stock.get_slip, posting_id=posting_id, language="both"), "both")
    words = text_of(bare)
    for expected in ("青禾", "Green Rice", "税号 Tax number 91310000MA1FL", "ICBC 6222 0200"):
        assert expected in words
    office.do(
        documents.add_attachment, owner_kind=SITE, owner_id=SITE_ID, name="logo.png", content=logo(1500, 600),
        is_photo=True,
    )  # fmt: skip
    with_logo = render_pdf(office.ask(stock.get_slip, posting_id=posting_id, language="zh"), "zh")
    assert b"/Subtype /Image" in with_logo
    assert len(with_logo) < len(bare) + 450 * 190 * 3, "no finer than paper shows it"


@pytest.mark.parametrize(("field", "value"), [("tax_number", "1" * 61), ("paper_foot", "x" * 201), ("paper_days", 0)])
def test_a_wrong_setting_is_refused_at_its_field(office: Office, field: str, value: object) -> None:
    with pytest.raises(CoreError) as caught:
        settle(office, **{field: value})
    assert caught.value.field == field


def test_only_who_may_change_the_site_changes_its_logo(office: Office) -> None:
    store = next(row.role_id for row in office.ask(identity.list_roles) if row.name_en == "Storekeeper")
    office.do(identity.add_person, new=identity.NewPerson("Mei", pin="4821", roles=(identity.RoleGrant(store),)))
    office.sign_in_with_pin("Mei", "4821")
    with pytest.raises(NotAllowed):
        office.do(
            documents.add_attachment, owner_kind=SITE, owner_id=SITE_ID, name="logo.png", content=logo(20, 20),
            is_photo=True,
        )  # fmt: skip
