"""Column types that keep numbers and times exact, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MICRO = 1_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode
"""How `Json` columns keep their facts."""
Key = BigInteger().with_variant(Integer, "sqlite")


def sortable(length: int | None = None) -> String:
    """A text that is compared by its code points, so that lists are in the same order on every database."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


@lru_cache(maxsize=256)
def micros(at: datetime) -> int:
    """An aware moment as whole microseconds since 1970 UTC."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The opposite of `micros`."""
    return EPOCH + timedelta(microseconds=value)


class Scaled(TypeDecorator[Decimal]):
    """A `Decimal` kept as a whole number of millionths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        numerator, denominator = value.as_integer_ratio()
        whole, rest = divmod(numerator * MICRO, denominator)
        if rest:
            raise ValueError(f"{value} has more than six decimals")
        return whole

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        whole, part = divmod(value, MICRO)
        return Decimal(value).scaleb(-6).normalize() if part else Decimal(whole)


class Quantity(Scaled):
    """A quantity in the item's base unit, six decimals."""

    cache_ok = True


class Price(Scaled):
    """A price of one unit in major units of the site's currency, six decimals."""

    cache_ok = True


class Instant(TypeDecorator[datetime]):
    """A moment in UTC kept as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class Day(TypeDecorator[date]):
    """A calendar day kept as 2026-11-21."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """Small structured facts kept as JSON text; never a number that is summed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else as_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
