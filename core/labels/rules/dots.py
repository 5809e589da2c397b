"""Millimetres and the dots of print heads."""

from __future__ import annotations

from core.errors import InvalidInput
from core.i18n import _

# A "203 dpi" head has exactly 8 dots a millimetre; the others are what they say.
DOTS_PER_MM: dict[int, float] = {180: 180 / 25.4, 203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
PRINTER_DPI = (203, 300)


def check_dpi(dpi: int) -> None:
    """Refuse a resolution no label is drawn at. Raises InvalidInput naming those that are."""
    if dpi not in DOTS_PER_MM:
        raise InvalidInput(
            _("{dpi} dpi is no resolution of a label printer. Choose {known}.", dpi=dpi, known=known_dpis()),
            field="dpi",
        )


def known_dpis() -> str:
    """The resolutions as people read them: 180, 203, 300, 600."""
    return ", ".join(str(dpi) for dpi in DOTS_PER_MM)


def to_dots(mm: float, dpi: int) -> int:
    """Millimetres as whole dots, halves up."""
    return int(mm * DOTS_PER_MM[dpi] + 0.5) if mm >= 0 else -int(-mm * DOTS_PER_MM[dpi] + 0.5)


def to_mm(dots: float, dpi: int) -> float:
    """Dots as millimetres, to a hundredth upwards, so that what is said to fit does fit."""
    hundredths = dots / DOTS_PER_MM[dpi] * 100
    whole = int(hundredths)
    return (whole if hundredths - whole < 1e-6 else whole + 1) / 100


def dots_of_module(module: float, dpi: int) -> int:
    """The nearest whole number of dots for the narrowest bar, at least one."""
    return max(1, to_dots(module, dpi))
