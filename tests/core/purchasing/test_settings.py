"""The site's rules of purchasing: kept as written, merged, refused with a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core import purchasing
from core.errors import Conflict, InvalidInput
from core.office import Office

D = Decimal


def change(office: Office, **changes: object) -> int:
    version = office.ask(purchasing.get_purchase_rules).version
    return office.do(purchasing.save_purchase_rules, version=version, changes=changes)


def test_a_new_site_waits_for_invoices_from_its_first_day(office: Office) -> None:
    found = office.ask(purchasing.get_purchase_rules)
    assert isinstance(found.values["invoices_from"], date)
    assert (found.values["is_tax_recoverable"], found.values["match_percent"]) == (True, D(2))


def test_rules_are_kept_and_merged_by_field(office: Office) -> None:
    first = office.ask(purchasing.get_purchase_rules)
    change(office, match_percent=D("1.5"), iban="IE29 AIBK 9311 5212 3456 78")
    version = office.do(
        purchasing.save_purchase_rules, version=first.version, changes={"frozen_limit": D(-18)},
        base={"frozen_limit": first.values["frozen_limit"]},
    )  # fmt: skip
    found = office.ask(purchasing.get_purchase_rules)
    assert (found.version, found.values["frozen_limit"], found.values["match_percent"]) == (version, D(-18), D("1.5"))
    assert found.values["iban"] == "IE29AIBK93115212345678"
    with pytest.raises(Conflict):
        office.do(
            purchasing.save_purchase_rules, version=first.version, changes={"match_percent": D(3)},
            base={"match_percent": first.values["match_percent"]},
        )  # fmt: skip
    assert change(office, match_percent=D("1.5")) == version


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("match_percent", D(101)), ("match_percent", D(-1)), ("default_tax_rate", D(100)), ("match_amount", D(-1)),
        ("chilled_limit", D(99)), ("usage_days", 1), ("iban", "IE00"), ("bic", "X"), ("invoices_from", None),
        ("account_name", "x" * 141), ("qty_percent", D("0.1234567")), ("margin_percent", None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(office: Office, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        change(office, **{field: value})
    assert caught.value.field == field
