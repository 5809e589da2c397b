"""What may stand in the fields of a supplier, its contacts and its days without delivery."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from core.catalog.rules.codes import normal_code
from core.catalog.rules.fields import Clean, amount, line, note_text, required, tax
from core.catalog.types import ClosedDay
from core.currencies import check_currency
from core.errors import InvalidInput
from core.i18n import LANGUAGES, _
from core.iban import check_bic, check_iban

LONGEST_TERM = 730
LONGEST_LEAD = 365
EVERY_DAY = 127
MOST_CONTACTS = 50
MOST_CLOSED_DAYS = 400
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)", re.ASCII)


def _language(word: str) -> str:
    if word not in LANGUAGES:
        raise InvalidInput(_("A supplier's papers are in Chinese (zh) or English (en)."), field="language")
    return word


def _line(longest: int, field: str) -> Clean:
    return lambda text: line(text, longest, field)


def email(text: str) -> str:
    """One e-mail address, or none. Raises InvalidInput."""
    address = line(text, 120, "email")
    if address and not _EMAIL.fullmatch(address):
        raise InvalidInput(
            _("“{email}” is no e-mail address. Write one, such as orders@example.com.", email=address), field="email"
        )
    return address


def normal_cutoff(text: str | None) -> str | None:
    """A time of day as HH:MM; 9:30, 930 and 09.30 mean the same. Raises InvalidInput."""
    typed = (text or "").strip().replace("：", ":")
    if not typed:
        return None
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise InvalidInput(
            _("“{time}” is no time of day. Write hours and minutes, such as 16:30.", time=typed[:20]),
            field="cutoff_time",
        )
    return f"{int(found[1]):02d}:{found[2]}"


def _whole(most: int, field: str) -> Clean:
    def clean(number: int) -> int:
        if not 0 <= number <= most:
            raise InvalidInput(_("{n} is no number of days here: write 0 to {most}.", n=number, most=most), field=field)
        return int(number)

    return clean


def _weekdays(mask: int) -> int:
    if not 0 <= mask <= EVERY_DAY:
        raise InvalidInput(_("Delivery days are days of the week from Monday to Sunday."), field="delivery_days")
    return int(mask)


def percent(number: Decimal | None, field: str) -> Decimal | None:
    """A share in per cent from 0 to 100, or none. Raises InvalidInput."""
    share = amount(number, field)
    if share is not None and share > 100:
        raise InvalidInput(_("{percent} % is too much: write 0 to 100.", percent=share), field=field)
    return share


def _percent(field: str) -> Clean:
    return lambda number: percent(Decimal(0) if number is None else number, field)


def _amount(field: str) -> Clean:
    return lambda number: amount(number, field)


SUPPLIER_FIELDS: Mapping[str, Clean] = {
    "code": normal_code,
    "name": lambda text: required(text, 200, "name", _("A supplier needs a name.")),
    "name_en": _line(200, "name_en"),
    "contact": _line(80, "contact"),
    "phone": _line(60, "phone"),
    "email": email,
    "address": _line(400, "address"),
    "language": _language,
    "note": note_text,
    "currency": check_currency,
    "tax_number": _line(60, "tax_number"),
    "prices_incl_tax": bool,
    "tax_rate": tax,
    "payment_days": _whole(LONGEST_TERM, "payment_days"),
    "payment_end_of_month": bool,
    "delivery_days": _weekdays,
    "cutoff_time": normal_cutoff,
    "lead_days": _whole(LONGEST_LEAD, "lead_days"),
    "minimum_value": _amount("minimum_value"),
    "monthly_budget": _amount("monthly_budget"),
    "over_tolerance": _percent("over_tolerance"),
    "short_tolerance": _percent("short_tolerance"),
    "price_jump_percent": _percent("price_jump_percent"),
    "match_percent": lambda number: percent(number, "match_percent"),
    "match_amount": _amount("match_amount"),
    "iban": lambda text: check_iban(text) if text.strip() else "",
    "bic": lambda text: check_bic(text) if text.strip() else "",
    "bank_name": _line(120, "bank_name"),
    "bank_account": _line(60, "bank_account"),
}
SECRET_FIELDS = ("monthly_budget", "iban", "bic", "bank_name", "bank_account")
"""What only those see who may see costs or change suppliers."""

CONTACT_FIELDS: Mapping[str, Clean] = {
    "name": lambda text: required(text, 80, "name", _("A contact needs a name.")),
    "role": _line(80, "role"),
    "phone": _line(60, "phone"),
    "email": email,
    "gets_orders": bool,
    "gets_claims": bool,
    "note": _line(400, "note"),
    "rank": int,
}


def check_mailed(values: Mapping[str, object]) -> None:
    """Who is to get papers by e-mail needs an address. Raises InvalidInput."""
    if (values["gets_orders"] or values["gets_claims"]) and not values["email"]:
        raise InvalidInput(_("Who gets papers by e-mail needs an e-mail address."), field="email")


def block_reason(text: str) -> str:
    """Why a supplier is blocked. Raises InvalidInput when it is not said."""
    missing = _("Say why the supplier is blocked: whoever orders next will read it.")
    return required(text, 400, "block_note", missing)


def closed_days(days: Iterable[ClosedDay]) -> dict[date, str]:
    """Days without delivery and what for, each day once. Raises InvalidInput."""
    kept: dict[date, str] = {}
    for one in days:
        if one.day in kept:
            raise InvalidInput(_("{day} is there twice.", day=one.day), field="closed_days")
        kept[one.day] = line(one.note, 200, "closed_days")
    if len(kept) > MOST_CLOSED_DAYS:
        raise InvalidInput(
            _("A supplier has at most {n} days without delivery. Remove past ones.", n=MOST_CLOSED_DAYS),
            field="closed_days",
        )
    return kept


def without_tax(price: Decimal, rate: Decimal | None) -> Decimal:
    """A price with tax in it as one without: 113 at 13 % is 100."""
    return price * 100 / (100 + (rate or 0))
