"""Barcodes as standards: who can hold what, quiet zones, how narrow a bar may be, check digits.

Source: GS1 General Specifications (EAN/UPC, ITF-14, GS1-128, GS1 DataMatrix), ISO/IEC 15417, 18004, 16022.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import InvalidInput
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
# How many digits an application identifier's value has where it is fixed, by its first two digits (GenSpecs, 7.8.5).
_FIXED = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6, "17": 6,
    "18": 6, "19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6, "35": 6, "36": 6, "41": 13,
}  # fmt: skip
_ELEMENT = re.compile(r"\((\d{2,4})\)([!-'*-~]{1,90})")


def check_digit(digits: str) -> str:
    """The check digit of a GS1 number without it."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_gs1_number(code: str) -> bool:
    """8, 12, 13 or 14 digits of which the last is the check digit."""
    return code.isascii() and code.isdigit() and len(code) in _BY_LENGTH and check_digit(code[:-1]) == code[-1]


def chosen(code: str) -> tuple[str, ...]:
    """Symbologies for a code whose layout leaves the choice, best first."""
    if is_gs1_number(code):
        return (_BY_LENGTH[len(code)], "datamatrix")
    if code.isascii() and code.isprintable():
        return ("code128", "datamatrix")
    return ("qr",)


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
        length = _FIXED.get(ai[:2])
        if length is not None and (len(value) != length or not value.isdigit()):
            raise InvalidInput(
                _("({ai}) needs {length} digits, not “{value}”.", ai=ai, length=length, value=value[:30])
            )
        if ai in ("00", "01", "02") and check_digit(value[:-1]) != value[-1]:
            raise InvalidInput(
                _(
                    "The check digit of {code} is wrong: it should end in {right}.",
                    code=value,
                    right=check_digit(value[:-1]),
                )
            )
    return found


def is_fixed(ai: str) -> bool:
    """Whether a field's length is known from its number, so that no separator follows it."""
    return ai[:2] in _FIXED


def element_bytes(code: str, fnc1: str) -> str:
    """A GS1 code as it stands in the symbol after the leading FNC1: a separator after each field of open length but the
    last."""
    fields = elements(code)
    parts = [ai + value + ("" if is_fixed(ai) else fnc1) for ai, value in fields[:-1]]
    return "".join(parts) + "".join(fields[-1])
