"""What is wrong with a scan, as sentences; and the names of what may be scanned."""

from __future__ import annotations

from collections.abc import Callable

from core.devices.types.scans import OwnKind, ScanKind, ScanTrouble, ScanWord
from core.i18n import Text, _

_LONGEST_SHOWN = 40
_Sentence = Callable[[str, str], Text]

_SENTENCES: dict[ScanWord, _Sentence] = {
    ScanWord.CHECK_DIGIT: lambda value, field: _(
        "The check digit of {value} is wrong. Scan it again; if it stays wrong, the label is.", value=value
    ),
    ScanWord.INVALID_DATE: lambda value, field: _(
        "{value} is no date. Type the one printed on the label.", value=value
    ),
    ScanWord.TRUNCATED: lambda value, field: _(
        "The code ends too early, at “{value}”. Scan the whole of it again.", value=value
    ),
    ScanWord.BAD_LENGTH: lambda value, field: _("“{value}” is too long or too short for its field.", value=value),
    ScanWord.BAD_CHAR: lambda value, field: _(
        "“{value}” holds characters that cannot stand there. Check the scanner's keyboard layout.", value=value
    ),
    ScanWord.UNKNOWN_AI: lambda value, field: _("GS1 knows no field that begins with “{value}”.", value=value),
    ScanWord.MISSING_SEPARATOR: lambda value, field: _(
        "“{value}” may be more than one field: a separator is missing. Type the field from the label, and set the "
        "scanner to send FNC1 as GS.",
        value=value,
    ),
    ScanWord.CONFLICT: lambda value, field: _("The code contradicts itself: {value}. Look at the label.", value=value),
    ScanWord.EMPTY: lambda value, field: _("The scan was empty."),
    ScanWord.TOO_LONG: lambda value, field: _("This is too long for a code; it was not read."),
    ScanWord.GLUED: lambda value, field: _("These are two scans in one. Scan them one after the other."),
    ScanWord.ZERO_MEASURE: lambda value, field: _(
        "The label says a weight, price or count of nothing. Weigh it again."
    ),
    ScanWord.PRICE_CHECK_DIGIT: lambda value, field: _(
        "The inner check digit of the price or weight {value} is wrong. Scan it again.", value=value
    ),
    ScanWord.MISSING_AI: lambda value, field: _(
        "The field ({field}) stands alone; the field it belongs to is missing on the label.", field=field
    ),
    ScanWord.MALFORMED: lambda value, field: _(
        "“{value}” is not built as such codes are. It was not read.", value=value
    ),
    ScanWord.PAYMENT_CODE: lambda value, field: _("This is somebody's payment code, not a code of goods."),
}

KIND_NAMES: dict[ScanKind, Text] = {
    ScanKind.GTIN: _("article number"),
    ScanKind.SSCC: _("parcel or pallet number (SSCC)"),
    ScanKind.GS1: _("GS1 code"),
    ScanKind.DIGITAL_LINK: _("GS1 Digital Link"),
    ScanKind.IN_STORE: _("code of a shop's scale"),
    ScanKind.SUPPLIER: _("supplier's bag label"),
    ScanKind.OWN: _("our own code"),
    ScanKind.URL: _("web address"),
    ScanKind.JSON: _("JSON data"),
    ScanKind.TEXT: _("plain text"),
    ScanKind.PAYMENT: _("payment code"),
    ScanKind.UNKNOWN: _("not understood"),
}

OWN_KIND_NAMES: dict[OwnKind, Text] = {
    OwnKind.ITEM: _("item label"),
    OwnKind.LOT: _("batch label"),
    OwnKind.LOCATION: _("place label"),
    OwnKind.ASSET: _("asset label"),
    OwnKind.DOCUMENT: _("document number as a code"),
    OwnKind.PERSON: _("person's badge"),
}


def scan_kind_name(kind: ScanKind) -> Text:
    """What people call such a scan."""
    return KIND_NAMES[kind]


def own_kind_name(kind: OwnKind) -> Text:
    """What people call the thing a code of our own stands for."""
    return OWN_KIND_NAMES[kind]


def trouble(word: ScanWord, value: str = "", field: str = "") -> ScanTrouble:
    """A trouble with its sentence; `value` is what was read there."""
    shown = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
    shown = "".join(letter if letter.isprintable() else "␣" for letter in shown)
    return ScanTrouble(word, _SENTENCES[word](shown, field), field, value[:200])
