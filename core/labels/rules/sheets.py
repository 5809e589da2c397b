"""Sheets of labels: which there are, and whether labels fit them."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import InvalidInput, NotFound
from core.i18n import _
from core.labels.types import SHEETS, Sheet

_SLACK = 0.2  # mm; a label made for a stock may be rounded


def find_sheet(code: str) -> Sheet:
    """A ready sheet by its code, capital letters aside. Raises NotFound with the codes there are."""
    for sheet in SHEETS:
        if sheet.code.casefold() == code.strip().casefold():
            return sheet
    known = ", ".join(sheet.code for sheet in SHEETS)
    raise NotFound(_("There is no sheet {code}. There are: {known}.", code=code[:30], known=known), field="sheet")


def check_sheet(sheet: Sheet, start_at: int, sizes: Iterable[tuple[float, float]]) -> None:
    """A start on the sheet, labels no larger than its own. Raises InvalidInput with the size that would fit."""
    if not 1 <= start_at <= sheet.count:
        raise InvalidInput(
            _("The sheet {sheet} has labels 1 to {count}; start at one of them, not at {start}.",
              sheet=sheet.code, count=sheet.count, start=start_at),
            field="start_at",
        )  # fmt: skip
    for width, height in set(sizes):
        if width > sheet.width + _SLACK or height > sheet.height + _SLACK:
            raise InvalidInput(
                _("A label of {width} × {height} mm does not fit the sheet {sheet}: its labels are {has_width} × {has_height} mm.",
                  width=f"{width:.4g}", height=f"{height:.4g}", sheet=sheet.code,
                  has_width=f"{sheet.width:.4g}", has_height=f"{sheet.height:.4g}"),
                field="sheet",
            )  # fmt: skip
