"""Agreed stock and usage figures for a supplier who keeps an eye on our stock (PU-8): rows in, CSV out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.i18n import Language, _
from core.purchasing.rules.files.payments import guarded
from core.purchasing.rules.files.unit_codes import code_of
from core.values import plain


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """One item as the supplier may see it. Quantities in `unit`; None is not agreed and stays empty."""

    supplier_item: str
    item: str
    gtin: str
    name: str
    unit: str
    on_hand: Decimal | None = None
    on_order: Decimal | None = None
    used: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None


def shared_figures_csv(figures: Sequence[SharedFigure], begins: date, ends: date, language: Language) -> bytes:
    """One row an item, usage from `begins` to `ends` (both days included), UTF-8 with mark. Figures have a point and no
    thousands separator, dates are 2026-03-31, the unit stands with its UN/ECE code. No money leaves the house.

    Raises ValueError when the period ends before it begins.
    """
    if ends < begins:
        raise ValueError("the period ends before it begins")
    heads = (
        _("Supplier item code"), _("Item code"), _("GTIN"), _("Name"), _("Unit"), _("UN/ECE unit"), _("On hand"),
        _("On order"), _("Used"), _("Minimum"), _("Maximum"), _("From"), _("To"),
    )  # fmt: skip
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([head.render(language) for head in heads])
    for one in figures:
        words = (one.supplier_item, one.item, one.gtin, one.name, one.unit, code_of(one.unit))
        numbers = (one.on_hand, one.on_order, one.used, one.lowest, one.highest)
        figured = ("" if number is None else str(plain(number)) for number in numbers)
        writer.writerow([*map(guarded, words), *figured, begins.isoformat(), ends.isoformat()])
    return target.getvalue().encode("utf-8-sig")
