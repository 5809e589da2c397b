"""Saved views: own or shared, of reports and pivots; what they ask comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core import identity, reports
from core.clock import FixedClock
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.office import Office
from core.reports import Asked, PivotAsked, PivotFilter, PivotSort, Sort, Span, ViewEdit, run_due
from db.enums import Period, ViewKind
from tests.core.reports.schedules import edit, files, save
from tests.helpers.stock import make_items, receive

ASKED = Asked(
    Span(datetime(2026, 1, 1, tzinfo=UTC)), (("item", (1, 2)),), "", (Sort("qty", True),), ("item", "qty"), "en"
)
PIVOT = PivotAsked(
    "movements", ("item",), ("month",), ("qty",), (PivotFilter("kind", ("receipt",)),), Span(), PivotSort("qty")
)
OWN = ViewEdit(ViewKind.REPORT, "stock-on-hand", "Mine", ASKED)


def add_other(office: Office) -> None:
    """Somebody who may see reports, signed in."""
    roles = {role.name_en: role.id for role in office.ask(identity.list_roles)}
    grants = (identity.RoleGrant(roles["Manager"]),)
    office.do(identity.add_person, new=identity.NewPerson("Wu", password="a long enough password", roles=grants))
    office.sign_in("Wu", "a long enough password")


@pytest.mark.parametrize("new", [OWN, ViewEdit(ViewKind.PIVOT, "movements", "Pivot", PIVOT)])
def test_what_a_view_asks_comes_back_as_it_was(office: Office, new: ViewEdit) -> None:
    view_id = office.do(reports.save_view, new=new)
    row = office.ask(reports.get_view, view_id=view_id)
    assert (row.kind, row.source, row.asked, row.is_mine) == (new.kind, new.source, new.asked, True)
    (listed,) = office.ask(reports.list_views, kind=new.kind, source=new.source)
    assert listed == row and office.ask(reports.list_views, source="stock-value") == ()


def test_others_see_what_is_shared_and_change_none_of_it(office: Office) -> None:
    office.do(reports.save_view, new=OWN)
    shared = office.do(reports.save_view, new=replace(OWN, name="All", is_shared=True))
    add_other(office)
    (row,) = office.ask(reports.list_views)
    assert (row.id, row.is_mine, row.name) == (shared, False, "All")
    office.do(reports.save_view, new=OWN)
    assert len(office.ask(reports.list_views)) == 2


def test_a_view_of_somebody_else_is_not_changed_without_the_right(office: Office) -> None:
    shared = office.do(reports.save_view, new=replace(OWN, name="All", is_shared=True))
    own = office.do(reports.save_view, new=OWN)
    roles = {role.name_en: role.id for role in office.ask(identity.list_roles)}
    grants = (identity.RoleGrant(roles["Buyer"]),)
    office.do(identity.add_person, new=identity.NewPerson("Li", password="a long enough password", roles=grants))
    office.sign_in("Li", "a long enough password")
    with pytest.raises(NotAllowed):
        office.do(reports.remove_view, view_id=shared)
    with pytest.raises(NotFound):
        office.do(reports.remove_view, view_id=own)
    with pytest.raises(NotFound):
        office.ask(reports.get_view, view_id=own)


def test_names_are_taken_once_by_each_person(office: Office) -> None:
    office.do(reports.save_view, new=OWN)
    for name in ("Mine", " Mine ", "", "x" * 81):
        with pytest.raises(InvalidInput) as caught:
            office.do(reports.save_view, new=replace(OWN, name=name))
        assert caught.value.field == "name"


def test_a_view_that_fits_no_report_is_refused(office: Office) -> None:
    with pytest.raises(NotFound):
        office.do(reports.save_view, new=replace(OWN, source="no-such"))
    with pytest.raises(InvalidInput):
        office.do(reports.save_view, new=replace(OWN, asked=PIVOT))
    with pytest.raises(InvalidInput):
        office.do(reports.save_view, new=ViewEdit(ViewKind.PIVOT, "waste", "x", PIVOT))


def test_a_stale_view_is_merged_or_asked(office: Office) -> None:
    view_id = office.do(reports.save_view, new=OWN)
    office.do(reports.save_view, new=replace(OWN, name="New"), view_id=view_id, version=1, seen=OWN)
    office.do(reports.save_view, new=replace(OWN, is_shared=True), view_id=view_id, version=1, seen=OWN)
    row = office.ask(reports.get_view, view_id=view_id)
    assert (row.name, row.is_shared, row.version) == ("New", True, 3)
    with pytest.raises(Conflict):
        office.do(reports.save_view, new=replace(OWN, name="Other"), view_id=view_id, version=1, seen=OWN)


def test_what_a_newer_program_kept_is_shown_without_what_it_asks(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    view_id = office.do(reports.save_view, new=OWN)
    monkeypatch.delattr("core.reports.types.asked.Sort")
    assert office.ask(reports.get_view, view_id=view_id).asked is None


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "pdf"])
def test_a_pivot_is_made_by_schedule(
    office: Office, clock: FixedClock, tmp_path: Path, site_url: str, form: str
) -> None:
    receive(office, make_items(site_url, 2))
    place = tmp_path / "out"
    place.mkdir()
    view_id = office.do(reports.save_view, new=ViewEdit(ViewKind.PIVOT, "movements", "Pivot", PIVOT))
    over: dict[str, Any] = {"report": "", "view_id": view_id, "period": Period.MONTH_TO_DATE}
    save(office, edit(place, form=form, **over))
    with pytest.raises(InvalidInput):
        save(office, edit(place, name="Other", form="table", **over))
    clock.advance(hours=1)
    assert run_due(office).made == 1
    (name,) = files(place)
    content = (place / name).read_bytes()
    assert form != "csv" or (b"2026-03" in content and b"I-fi-0002" in content)
