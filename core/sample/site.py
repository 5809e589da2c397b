"""Making a sample site: small for looking around, large for trying the program's pace."""

from __future__ import annotations

from typing import Literal

from core.clock import Clock
from core.i18n import Text
from core.sample.history import Progress
from core.sample.small import make_small

Size = Literal["small", "large"]


def create_sample_site(
    site: str, *, size: Size = "small", progress: Progress | None = None, clock: Clock | None = None
) -> None:
    """Make a sample site at a path or in an empty database named by its address.

    Its history ends at the clock's now. `progress` is told the share done and what is being done. Raises Refused when
    there is a site already; a file that was not finished is taken away again.
    """
    report = progress or _silent
    now = (clock or Clock()).now()
    make_small(site, now, report)


def _silent(share: float, words: Text) -> None:
    return None
