"""What the site's rules of purchasing may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import InvalidInput
from core.i18n import _
from core.iban import check_bic, check_iban

LONGEST = {"account_name": 140, "bank_account": 60}
USAGE_DAYS = range(7, 366)
FIELDS = (
    "invoices_from", "is_tax_recoverable", "default_tax_rate", "match_percent", "match_amount", "qty_percent",
    "price_jump_percent", "margin_percent", "chilled_limit", "frozen_limit", "usage_days", "account_name", "iban", "bic",
    "bank_account",
)  # fmt: skip


def clean_settings(values: Mapping[str, Any]) -> dict[str, object]:
    """The values as they are kept. Raises InvalidInput with the field and what would be right."""
    return {field: _CLEAN[field](field, value) for field, value in values.items()}


def _percent(field: str, value: Any) -> Decimal:
    number = _number(field, value)
    if not 0 <= number <= 100:
        raise InvalidInput(_("Write a percentage from 0 to 100."), field=field)
    return number


def _tax(field: str, value: Any) -> Decimal:
    number = _percent(field, value)
    if number == 100:
        raise InvalidInput(_("{rate} is no tax rate: write per cent, 13 for 13 %.", rate=number), field=field)
    return number


def _money(field: str, value: Any) -> Decimal:
    number = _number(field, value)
    if number < 0:
        raise InvalidInput(_("An amount is not below zero."), field=field)
    return number


def _degrees(field: str, value: Any) -> Decimal:
    number = _number(field, value)
    if not -60 <= number <= 60:
        raise InvalidInput(_("Write a temperature from -60 to 60 °C."), field=field)
    return number


def _number(field: str, value: Any) -> Decimal:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise InvalidInput(_("Write a number."), field=field)
    if value != round(value, 6):
        raise InvalidInput(_("At most six decimals fit here."), field=field)
    return value


def _days(field: str, value: Any) -> int:
    if int(value) not in USAGE_DAYS:
        raise InvalidInput(_("Usage is taken from 7 to 365 days."), field=field)
    return int(value)


def _words(field: str, value: Any) -> str:
    words = str(value or "").strip()
    if len(words) > LONGEST[field]:
        raise InvalidInput(_("At most {n} characters fit here.", n=LONGEST[field]), field=field)
    return words


def _iban(_field: str, value: Any) -> str:
    return check_iban(str(value)) if value else ""


def _bic(_field: str, value: Any) -> str:
    return check_bic(str(value)) if value else ""


def _yes_no(_field: str, value: Any) -> bool:
    return bool(value)


def _date(field: str, value: Any) -> date:
    if not isinstance(value, date):
        raise InvalidInput(_("From which day on are invoices awaited?"), field=field)
    return value


_CLEAN: dict[str, Callable[[str, Any], object]] = {
    "invoices_from": _date, "is_tax_recoverable": _yes_no, "default_tax_rate": _tax, "match_percent": _percent,
    "match_amount": _money, "qty_percent": _percent, "price_jump_percent": _percent, "margin_percent": _percent,
    "chilled_limit": _degrees, "frozen_limit": _degrees, "usage_days": _days, "account_name": _words, "iban": _iban,
    "bic": _bic, "bank_account": _words,
}  # fmt: skip
