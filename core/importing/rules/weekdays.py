"""Days of the week and times of day as people write them in a cell."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from decimal import Decimal

from core.errors import InvalidInput
from core.i18n import _
from core.importing.rules.cells import Cell, short, text_of

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIGNS = "一二三四五六日"
EVERY = ("daily", "everyday", "all", "any", "每天", "每日", "天天")
MINUTES = 24 * 60


def weekdays_of(cell: Cell) -> int:
    """Delivery days as a mask (Monday 1, Tuesday 2, Wednesday 4 ...): 135, Mon Wed Fri, 周一三五, daily. Empty is any day."""
    typed = unicodedata.normalize("NFKC", text_of(cell)).casefold().strip()
    if not typed or typed.replace(" ", "") in EVERY:
        return 0
    mask = 0
    for part in re.split(r"[\s,;/、和+&]+", typed):
        for day in _days_in(part):
            mask |= 1 << day
    if not mask:
        raise _unknown(typed)
    return mask


def _days_in(part: str) -> list[int]:
    if not part:
        return []
    if re.fullmatch(r"[1-7]+", part):
        return [int(sign) - 1 for sign in part]
    if part[:3] in NAMES and part.isascii():
        return [NAMES.index(part[:3])]
    signs = re.sub(r"周|星期|礼拜", "", part).replace("天", "日")
    if signs and all(sign in SIGNS for sign in signs):
        return [SIGNS.index(sign) for sign in signs]
    raise _unknown(part)


def _unknown(text: str) -> InvalidInput:
    return InvalidInput(
        _("“{text}” is no day of the week. Write 1 for Monday to 7 for Sunday, such as 135.", text=short(text))
    )


def clock_of(cell: Cell) -> str:
    """A time of day as text; a workbook has it as a share of the day (0.6875 is 16:30)."""
    if isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    text = text_of(cell)
    if re.fullmatch(r"0?\.\d+", text):
        minutes = round(Decimal(text) * MINUTES) % MINUTES
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return text[:5] if re.fullmatch(r"\d{2}:\d{2}:00", text) else text
