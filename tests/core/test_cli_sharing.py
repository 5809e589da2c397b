"""`steward report shared-stock` and `steward notice`, as a scheduled job runs them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core import purchasing
from core.cli import main
from core.office import Office
from core.purchasing import NewOrder, NewOrderLine
from db.enums import OrderState
from tests.core.purchasing.order_makers import set_state_for_test
from tests.core.purchasing.test_needs import bought
from tests.factories import make_supplier
from tests.helpers.sites import ADMIN, PASSWORD


@pytest.fixture
def number(sqlite_site: str) -> str:
    """An order on its way; its number."""
    with Office.open(sqlite_site) as office:
        office.sign_in(ADMIN, PASSWORD)
        supplier = make_supplier(office, "GREEN")
        item = bought(office, "TOM", supplier, term={"supplier_code": "G-77"})
        (made,) = office.do(purchasing.make_orders, choices=(NewOrder(supplier, (NewOrderLine(item, Decimal(2)),)),))
        office.do(set_state_for_test, order_id=made.order_id, state=OrderState.SENT)
        return made.number


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_LANGUAGE", "en")


def test_figures_for_a_supplier_are_a_file(sqlite_site: str, number: str, tmp_path: Path) -> None:
    out = tmp_path / "green.csv"
    assert main(["report", "shared-stock", "--site", sqlite_site, "--supplier", "GREEN", "--out", str(out)]) == 0
    lines = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[1].startswith("G-77,TOM,") and ",20," in lines[1]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--supplier", "NOBODY"),
        ("--supplier", "GREEN", "--supplier", "RED"),
        ("--supplier", "GREEN", "--format", "pdf"),
        ("--supplier", "GREEN", "--json"),
        ("--supplier", "GREEN", "--item", "TOM"),
        ("--supplier", "GREEN", "--filter", "item=TOM"),
    ],
)
def test_what_cannot_be_shared_is_refused(sqlite_site: str, number: str, options: tuple[str, ...]) -> None:
    assert main(["report", "shared-stock", "--site", sqlite_site, *options]) == 2


def test_a_notice_is_taken_in(
    sqlite_site: str, number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notice.csv"
    file.write_text("notice,arrives,supplier item,name,qty,unit\nDN-1,2099-03-06,G-77,Tomatoes,1,case\n")
    assert main(["notice", str(file), "--site", sqlite_site]) == 2
    assert main(["notice", str(file), "--site", sqlite_site, "--order", "PO-1"]) == 2
    assert main(["notice", str(tmp_path / "none.csv"), "--site", sqlite_site]) == 2
    capsys.readouterr()
    assert main(["notice", str(file), "--site", sqlite_site, "--order", number, "--language", "en"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "notice": "DN-1", "arrives_on": "2099-03-06", "orders": [number], "lines": 1,
        "remarks": ["物料 TOM: 10 are on their way, 20 are awaited."],
    }  # fmt: skip
    assert f"1 line of {number} is on its way." in told.err
