"""The sample's suppliers: on which days and until when they take orders, how they are paid, who is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from core import catalog
from core.catalog import ClosedDay, NewContact, NewSupplier
from core.office import Office
from core.sample.tables import suppliers

CUTOFF = {"S-01": "22:00", "S-02": "18:00", "S-03": "20:00", "S-04": "17:00"}
OTHER_CUTOFF = "16:00"
MINIMUM = {"S-02": "500", "S-05": "800", "S-07": "300", "S-08": "600", "S-10": "400"}
FRESH = ("S-01", "S-02", "S-03")
BUDGET = {"S-01": "60000", "S-02": "90000", "S-03": "70000"}
GOODS = ("S-08", "S-10")
CONTACTS = {
    "S-01": (
        NewContact("郑秋生", "接单", "028-5550 1101", "orders@luyuan.example", gets_orders=True, rank=1),
        NewContact("周敏", "售后 / claims", "139 0000 1101", "service@luyuan.example", gets_claims=True, rank=2),
        NewContact("老吴", "送货司机 / driver", "139 0000 2101", rank=3),
    ),
    "S-02": (NewContact("何静", "财务 / accounts", "028-5550 1192", "finance@xinhui.example"),),
}
FESTIVALS = ((10, 1, "国庆节 / National Day"), (10, 2, "国庆节 / National Day"), (1, 1, "元旦 / New Year"))


def sample_suppliers() -> list[NewSupplier]:
    """All suppliers with their whole deal, in the order of the table."""
    return [_supplier(code, at) for at, code in enumerate(suppliers(), start=1)]


def _supplier(code: str, at: int) -> NewSupplier:
    one = suppliers()[code]
    return NewSupplier(
        one.name, one.code, one.name_en, one.contact, one.phone, one.email, one.address, "zh", one.note,
        tax_number=f"91510100MA6C{at:04d}X{at % 10}",
        tax_rate=Decimal(13) if code in GOODS else Decimal(9), payment_days=30, payment_end_of_month=code not in FRESH,
        delivery_days=sum(1 << (day - 1) for day in one.weekdays), cutoff_time=CUTOFF.get(code, OTHER_CUTOFF),
        lead_days=one.lead_days, minimum_value=_amount(MINIMUM, code), monthly_budget=_amount(BUDGET, code),
        over_tolerance=Decimal(5) if code in FRESH else Decimal(0),
        short_tolerance=Decimal(3) if code in FRESH else Decimal(0),
        price_jump_percent=Decimal(30) if code in FRESH else Decimal(20), match_amount=Decimal(5),
        bank_name="示例银行成都分行 / Example Bank Chengdu", bank_account=f"6200 0000 0000 {1100 + at}",
    )  # fmt: skip


def _amount(amounts: Mapping[str, str], code: str) -> Decimal | None:
    return Decimal(amounts[code]) if code in amounts else None


def add_contacts(office: Office, ids: Mapping[str, int], today: date) -> None:
    """Further people at some of them, and the festivals on which the fresh ones stay at home."""
    for code, people in CONTACTS.items():
        for contact in people:
            office.do(catalog.save_contact, supplier_id=ids[code], contact=contact)
    days = [ClosedDay(_next(today, month, day), note) for month, day, note in FESTIVALS]
    for code in FRESH:
        office.do(catalog.set_closed_days, supplier_id=ids[code], days=days)


def _next(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
