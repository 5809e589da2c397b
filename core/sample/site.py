"""Making a sample site: small for looking around, large for trying the program's pace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from core.clock import Clock
from core.i18n import Text
from core.sample.history import Progress
from core.sample.large import make_large
from core.sample.small import make_small
from db.engine import url_of

Size = Literal["small", "large"]


def create_sample_site(
    site: str,
    *,
    size: Size = "small",
    with_year_before: bool = True,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> None:
    """Make a sample site at a path or in an empty database named by its address.

    Its history ends at the clock's now. Without the year before, the small one is made in two thirds of the time and has
    nothing to hold a month against the one a year ago. `progress` is told the share done and what is being done. Raises Refused when
    there is a site already; a file that was not finished is taken away again.
    """
    report = progress or _silent
    now = (clock or Clock()).now()
    with _whole_or_nothing(site):
        if size == "large":
            make_large(site, now, report)
        else:
            make_small(site, now, report, with_year_before=with_year_before)


@contextmanager
def _whole_or_nothing(site: str) -> Iterator[None]:
    """A file that was not there before and is not finished does not stay."""
    url = url_of(site)
    path = Path(str(url.database)) if url.get_backend_name() == "sqlite" else None
    was_there = path is not None and path.exists()
    try:
        yield
    except BaseException:
        if path is not None and not was_there:
            for ending in ("", "-wal", "-shm"):
                Path(f"{path}{ending}").unlink(missing_ok=True)
        raise


def _silent(share: float, words: Text) -> None:
    return None
