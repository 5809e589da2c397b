"""Barcodes as standards: who can hold what, quiet zones, how narrow a bar may be, check digits.

Source: GS1 General Specifications (EAN/UPC, ITF-14, GS1-128, GS1 DataMatrix), ISO/IEC 15417, 18004, 16022.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import InvalidInput
from core.gs1 import identifier
from core.gtin import check_digit, is_gtin
from core.i18n import Text, _

LONGEST = 400


@dataclass(frozen=True, slots=True)
class Standard:
    """A symbology: its name, quiet zones in modules (left, right, and for matrix codes all around), the narrowest and
    widest module in millimetres, how many digits it holds where it is for digits only."""

    name: str
    quiet: tuple[int, int]
    least: float
    most: float = 2.0
    digits: int = 0
    is_matrix: bool = False


# 0.25 is the 76 % of thermal heads with 8 dots a millimetre: allowed on demand, printed unscaled.
STANDARDS: dict[str, Standard] = {
    "ean13": Standard("EAN-13", (11, 7), 0.249, 0.66, 13),
    "ean8": Standard("EAN-8", (7, 7), 0.249, 0.66, 8),
    "upca": Standard("UPC-A", (9, 9), 0.249, 0.66, 12),
    "itf14": Standard("ITF-14", (10, 10), 0.249, 1.1, 14),
    "code128": Standard("Code 128", (10, 10), 0.165),
    "gs1-128": Standard("GS1-128", (10, 10), 0.249),
    "qr": Standard("QR", (4, 4), 0.249, is_matrix=True),
    "datamatrix": Standard("Data Matrix", (1, 1), 0.249, is_matrix=True),
    "gs1-datamatrix": Standard("GS1 DataMatrix", (1, 1), 0.249, is_matrix=True),
}
_BY_LENGTH = {13: "ean13", 8: "ean8", 12: "upca", 14: "itf14"}
_ELEMENT = re.compile(r"\((\d{2,4})\)([!-'*-~]{1,90})")


def chosen(code: str, wanted: str) -> tuple[str, ...]:
    """Symbologies for a code, best first: the one the layout names, or for `auto` and `matrix` those that can hold it."""
    if wanted not in ("auto", "matrix"):
        return (wanted,)
    if code.startswith("(") and fault_of(code, "gs1-datamatrix") is None:
        return ("gs1-datamatrix",)
    is_plain = code.isascii() and code.isprintable()
    if wanted == "matrix" or not is_plain:
        return ("datamatrix",) if is_plain else ("qr",)
    # A till reads no Data Matrix in the place of a retail code: that one is refused where it does not fit.
    return (_BY_LENGTH[len(code)],) if is_gtin(code) else ("code128", "datamatrix")


def fault_of(code: str, symbology: str) -> Text | None:
    """Why a symbology cannot hold a code, or None."""
    standard = STANDARDS[symbology]
    if len(code) > LONGEST:
        return _("The code has {n} characters; at most {most} can be printed.", n=len(code), most=LONGEST)
    if standard.digits:
        return _fault_of_digits(code, standard)
    if symbology.startswith("gs1-"):
        return _fault_of_elements(code)
    if symbology in ("code128", "datamatrix") and not (code.isascii() and code.isprintable()):
        return _(
            "“{code}” holds signs that {name} cannot print. Letters, digits and signs of English are right, or a QR code.",
            code=code[:30],
            name=standard.name,
        )
    return None


def _fault_of_digits(code: str, standard: Standard) -> Text | None:
    if not (code.isascii() and code.isdigit() and len(code) == standard.digits):
        return _(
            "“{code}” is no {name} code: it needs {digits} digits.",
            code=code[:30],
            name=standard.name,
            digits=standard.digits,
        )
    right = check_digit(code[:-1])
    if right != code[-1]:
        return _("The check digit of {code} is wrong: it should end in {right}.", code=code, right=right)
    return None


def _fault_of_elements(code: str) -> Text | None:
    try:
        elements(code)
    except InvalidInput as fault:
        return fault.text
    return None


def elements(code: str) -> tuple[tuple[str, str], ...]:
    """The fields of a GS1 code written with brackets: (01)06901234567892(17)271231 -> (("01", "069..."), ("17", "271231")).

    Raises InvalidInput for anything that is not written so, and for a field of the wrong length.
    """
    found = tuple((one.group(1), one.group(2)) for one in _ELEMENT.finditer(code))
    if not found or "".join(f"({ai}){value}" for ai, value in found) != code:
        raise InvalidInput(
            _("“{code}” is no GS1 code. It is written (01)06901234567892(17)271231(10)AB12.", code=code[:60])
        )
    for ai, value in found:
        _check_field(ai, value)
    return found


def _check_field(ai: str, value: str) -> None:
    known = identifier(ai)
    if known is None:
        raise InvalidInput(_("There is no GS1 field ({ai}).", ai=ai))
    if not known.least <= len(value) <= known.most or not known.has_right_characters(value):
        raise InvalidInput(
            _(
                "“{value}” is no value of the GS1 field ({ai}): it has {least} to {most} characters.",
                value=value[:30],
                ai=ai,
                least=known.least,
                most=known.most,
            )
        )
    start, end = known.checked
    if end and check_digit(value[start : end - 1]) != value[end - 1]:
        right = check_digit(value[start : end - 1])
        raise InvalidInput(
            _("The check digit of {code} is wrong: it should end in {right}.", code=value[start:end], right=right)
        )


def is_fixed(ai: str) -> bool:
    """Whether a field's length is known from its number, so that no separator follows it."""
    known = identifier(ai)
    return known is not None and known.is_predefined


def element_bytes(code: str, fnc1: str) -> str:
    """A GS1 code as it stands in the symbol after the leading FNC1: a separator after each field of open length but the
    last."""
    fields = elements(code)
    parts = [ai + value + ("" if is_fixed(ai) else fnc1) for ai, value in fields[:-1]]
    return "".join(parts) + "".join(fields[-1])


def can_be_batch(number: str) -> bool:
    """Whether a lot's number can stand in a GS1 code as it is: up to 20 characters of GS1's set, no brackets."""
    known = identifier("10")
    is_right = known is not None and known.least <= len(number) <= known.most and known.has_right_characters(number)
    return is_right and not set("()") & set(number)
