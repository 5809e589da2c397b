"""What a scan was, what it means, and how a scanner's data is to be understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.i18n import Text
from core.values import plain, round_decimal


class ScanKind(StrEnum):
    """What was scanned."""

    GTIN = "gtin"
    SSCC = "sscc"
    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    IN_STORE = "in_store"
    SUPPLIER = "supplier"
    OWN = "own"
    URL = "url"
    JSON = "json"
    TEXT = "text"
    PAYMENT = "payment"
    UNKNOWN = "unknown"


class OwnKind(StrEnum):
    """What a code of our own stands for."""

    ITEM = "item"
    LOT = "lot"
    LOCATION = "location"
    ASSET = "asset"
    DOCUMENT = "document"
    PERSON = "person"


class ScanWord(StrEnum):
    """What is wrong with a scan or with one field of it."""

    CHECK_DIGIT = "check_digit"
    INVALID_DATE = "invalid_date"
    TRUNCATED = "truncated"
    BAD_LENGTH = "bad_length"
    BAD_CHAR = "bad_char"
    UNKNOWN_AI = "unknown_ai"
    MISSING_SEPARATOR = "missing_separator"
    CONFLICT = "conflict"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    GLUED = "glued"
    ZERO_MEASURE = "zero_measure"
    PRICE_CHECK_DIGIT = "price_check_digit"
    MISSING_AI = "missing_ai"
    MALFORMED = "malformed"
    PAYMENT_CODE = "payment_code"


class Measure(StrEnum):
    """What the digits V of an in-store code say."""

    WEIGHT = "weight"
    PRICE = "price"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code of our own: a thing's kind and its code."""

    kind: OwnKind
    value: str


@dataclass(frozen=True, slots=True)
class ScanTrouble:
    """One thing that is wrong: its word, its sentence, the field (number of the identifier) and the digits read there."""

    word: ScanWord
    text: Text
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class StoreTemplate:
    """How a shop's scales write their codes: `20IIIIIPVVVVC`. Digits stand for themselves, `x` is any digit, I the item,
    P the inner check of V, V the value, M an amount beside it (18-digit codes), C the check digit.

    A code of 12 digits is read as one of 13 that begins with 0. Weights are kilograms with `decimals`, prices the
    currency's units.
    """

    pattern: str
    measure: Measure
    decimals: int = 0
    amount_decimals: int = 2


@dataclass(frozen=True, slots=True)
class ScanProfile:
    """How one scanner, or the scanners of one country, are to be understood.

    `prefix` and `suffix` are taken off; `characters` are pairs (as it comes, as it was) from calibration; `separator` is
    what stands for the group separator; `code_ids` are pairs (a maker's own code id, the AIM id) of scanners that send
    such; `date_order` (ymd, dmy, mdy) is for dates written by people.
    """

    name: str = ""
    templates: tuple[StoreTemplate, ...] = ()
    currency: str = ""
    prefix: str = ""
    suffix: str = ""
    separator: str = ""
    characters: tuple[tuple[str, str], ...] = ()
    code_ids: tuple[tuple[str, str], ...] = ()
    date_order: str = "ymd"
    has_payment_codes: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan means. Only what is certain is filled in; what is wrong with the rest stands in `troubles`.

    `gtin` has 14 digits; `code` is what to look up in the catalogue and `codes` all that may be looked up, best first;
    `net_weight_kg` is exact (a label in pounds may give more than the six decimals of a quantity; `weight_to_book` is
    rounded); `fields` are all fields as they were encoded; `symbology` is the AIM id, where the scanner sends it.
    """

    raw: str
    kind: ScanKind = ScanKind.UNKNOWN
    symbology: str = ""
    gtin: str = ""
    batch: str = ""
    expiry: date | None = None
    best_before: date | None = None
    production: date | None = None
    serial: str = ""
    sscc: str = ""
    net_weight_kg: Decimal | None = None
    price: Decimal | None = None
    currency: str = ""
    count: Decimal | None = None
    item_code: str = ""
    text: str = ""
    url: str = ""
    codes: tuple[str, ...] = ()
    own: OwnCode | None = None
    fields: tuple[tuple[str, str], ...] = ()
    troubles: tuple[ScanTrouble, ...] = ()

    @property
    def code(self) -> str:
        """What to look up in the catalogue: a GTIN as it is stored there, else the text; empty when there is nothing."""
        return self.codes[0] if self.codes else ""

    @property
    def error(self) -> str:
        """The word of the first trouble, or nothing."""
        return self.troubles[0].word.value if self.troubles else ""

    @property
    def weight_to_book(self) -> Decimal | None:
        """The net weight as a quantity of kilograms: six decimals, halves away from zero."""
        return None if self.net_weight_kg is None else plain(round_decimal(self.net_weight_kg, 6))
