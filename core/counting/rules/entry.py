"""Figures as people type them from a paper sheet."""

from __future__ import annotations

import re

_ROW_AND_FIGURE = re.compile(r"^\s*(\d{1,5})\s+(\S.*)$|^\s*(\d{1,5})\s*[=:：]\s*(\S.*)$")


def row_and_figure(text: str) -> tuple[int, str] | None:
    """The row number and the figure of "17 3" or "17=3"; None for anything else."""
    found = _ROW_AND_FIGURE.match(text)
    if found is None:
        return None
    row, figure = (found[1], found[2]) if found[1] else (found[3], found[4])
    return int(row), figure
